"""The scenarios that show successes: those of the checks, and some that stay on loopback."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from astrbot_api.contract import Contract
from astrbot_conformance.astrbot_operations import SEND_MESSAGE, SEND_MESSAGES, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.checks import test_shape_tours as tours
from astrbot_conformance.checks import test_shape_tours_later as later_tours
from astrbot_conformance.http import Target, with_file
from astrbot_conformance.json_value import items
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import client_of
from astrbot_conformance.resources.plugin_sample import plugin_archive
from astrbot_conformance.resources.skill_sample import SKILL_FILE
from astrbot_conformance.scenarios.scenario import CHAT_MODEL, Tour
from astrbot_conformance.verdict.requirement import marks_of

from tests.live.model import NAME

Scenario = Callable[[Target, KeyRing, Chats, str], None]


def providers(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
    """Register the scripted model as the only one, so that later scenarios chat with it. Call each operation on it."""
    tour, source = Tour(target, keys.weakest("provider"), Cleanup(target)), {"source_id": "twin-source"}
    provider = {"provider_id": "twin-model"}
    for other in items(tour.go("list_providers"), "providers"):
        tour.go("delete_provider", {"provider_id": str(other.get("id"))})
    stored = {"id": source["source_id"], "key": ["none"], "api_base": model, "enable": True, **CHAT_MODEL}
    tour.go("create_provider_source", own=True, body=stored)
    body = {"id": provider["provider_id"], "provider_source_id": source["source_id"], "model": NAME, **CHAT_MODEL}
    tour.go("create_provider", own=True, body={**body, "enable": True})
    for suffix in ("", "_by_id"):
        tour.go(f"list_provider_source_models{suffix}", source)
        tour.go(f"list_provider_source_providers{suffix}", source)
        tour.go(f"get_provider{suffix}", provider)
        tour.go(f"get_provider_source{suffix}", source)
    tour.go("list_providers")
    tour.go("test_provider", provider)
    tour.go("test_provider_by_id", body=provider)
    tour.go("get_provider_schema")


def configuration(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
    """Read each configuration, and write back the values that were read."""
    tour = Tour(target, keys.weakest("config"), Cleanup(target))
    profile = {"config_id": str(tour.go("create_config_profile", body={"name": "twin"}).get("conf_id"))}
    tour.go("update_config_profile", profile, body=tour.go("get_config_profile", profile).get("config"))
    umo = {"umo": "twin:FriendMessage:none"}
    tour.go("set_config_route", umo, body=profile)
    for reading in ("get_config_routes", "list_config_profiles", "list_configs", "list_chat_configs"):
        tour.go(reading)
    tour.go("replace_config_routes", body={"routing": tour.go("get_config_routes").get("routing")})
    tour.go("delete_config_route", umo)
    tour.go("delete_config_profile", profile)
    tour.go("replace_subagent_config", body=tour.go("get_subagent_config"))
    tour.go("update_system_config", body=tour.go("get_system_config").get("config"))
    tour.go("set_active_t2i_template", body={"name": tour.go("get_active_t2i_template").get("active_template")})


def files_of_a_skill(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
    """Read the file of a skill by the path that names it in the query, and save the list of plugin sources."""
    tour, skill = Tour(target, keys.weakest("skill"), Cleanup(target)), f"conform-{chats.run}-twin"
    client = client_of("skill", target, keys, Cleanup(target))
    with client.temporary(skill):
        tour.go("get_skill_file_by_name", {"skill_name": skill, "path": SKILL_FILE})
    tour = Tour(target, keys.weakest("plugin"), Cleanup(target))
    tour.go("replace_plugin_sources", body={"sources": tour.go("list_plugin_sources").get("sources")})


def plugins(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
    """Upload a plugin that cannot be loaded, load it again, and remove it. Set the log level of another one."""
    tour = Tour(target, keys.weakest("plugin"), Cleanup(target))
    broken = with_file(request("install_plugin_from_upload"), "file", "twin_broken.zip", broken_plugin())
    tour.send(broken)
    for failed in tour.go("list_failed_plugins"):
        tour.go("reload_failed_plugin", {"plugin_id": failed})
        tour.go("delete_failed_plugin", {"plugin_id": failed}, body={})
    plugin = {"plugin_id": "twin_level"}
    tour.send(with_file(request("install_plugin_from_upload"), "file", "twin_level.zip", plugin_archive("twin_level")))
    if "set_plugin_log_level" in keys.contract.by_id:
        tour.go("set_plugin_log_level", plugin, body={"level": "debug"})
    tour.go("get_plugin_config_schema", plugin)
    tour.go("delete_plugin", plugin, body={})


def messages(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
    """Send a message to the built-in web chat by both paths, and read the lists of sessions."""
    for operation in (SEND_MESSAGE, SEND_MESSAGES):
        chats.push({"umo": chats.umo, "message": GREETING}, operation)
    key = keys.chatting("twin")
    tour, session = Tour(target, key, Cleanup(target)), {"session_id": f"conform-{chats.run}-twin"}
    chats.converse(key, {**session, "message": GREETING})
    chats.converse(key, {**session, "message": GREETING, "enable_streaming": False})
    tour.go("list_chat_sessions", {"username": f"api_key:{key.id}"})
    tour.go("get_chat_session", session)
    tour.go("update_chat_session", session, body={"display_name": "twin"})
    project = {"project_id": str(tour.go("create_chat_project", body={"title": "twin"}).get("project_id"))}
    tour.go("add_session_to_project", project | session)
    tour.go("list_project_sessions", project)
    tour.go("list_chat_projects")
    tour.go("remove_session_from_project", session)
    tour.go("delete_chat_session", session)
    chats.converse(key, {**session, "message": GREETING})
    tour.go("delete_chat_sessions", body={"session_ids": [session["session_id"]]})


def broken_plugin() -> bytes:
    """The archive of a plugin whose code cannot be loaded."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "twin_broken/metadata.yaml", "name: twin_broken\nauthor: twin\nversion: 1.0.0\ndesc: Broken.\n"
        )
        archive.writestr("twin_broken/main.py", "def broken(:\n")
    return packed.getvalue()


def of_check(tour: Callable[..., None]) -> Scenario:
    """The scenario of a check. It ends with NotJudged if a request was not accepted."""

    def walk(target: Target, keys: KeyRing, chats: Chats, model: str) -> None:
        given: dict[str, Any] = {"target": target, "keys": keys, "cleanup": Cleanup(target), "chats": chats}
        tour(**{name: given[name] for name in tour.__annotations__ if name in given})

    return walk


CHECKS = (
    tours.test_shape_body_of_chat,
    later_tours.test_shape_body_of_conversations,
    later_tours.test_shape_body_of_session_settings,
    later_tours.test_shape_body_of_workspaces,
    tours.test_shape_body_of_bots,
    tours.test_shape_body_of_personas,
    tours.test_shape_body_of_skills,
    tours.test_shape_body_of_mcp_servers,
    tours.test_shape_body_of_plugins,
    later_tours.test_shape_body_of_views,
    later_tours.test_shape_body_of_files,
    later_tours.test_shape_body_of_uploads,
)


def scenarios(contract: Contract) -> tuple[Scenario, ...]:
    """The scenarios for the operations of a release. Chats need the model, so its provider is created first."""
    checks = [of_check(check) for check in CHECKS if marks_of(check).operations_in(contract)]
    return (providers, messages, *checks, files_of_a_skill, plugins, configuration)
