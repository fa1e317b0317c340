"""SHAPE-BODY: scenarios for operations whose success no other check observes. Each response is checked when it arrives.

They require a resource of the run, or a disposable target. There, shared settings are read and written back while no
other requests are running.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import UNKNOWN_ID, Target, with_file
from astrbot_conformance.json_value import items, objects
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.plugin_sample import ASSET, FILE_ITEM, PAGE, TEXT_ITEM, plugin_archive
from astrbot_conformance.resources.skill_sample import skill_archive, skill_text
from astrbot_conformance.scenarios.scenario import CHAT_MODEL, Tour
from astrbot_conformance.verdict.requirement import by_itself, over, requirement

SCANNED = ("weixin_oc", "qq_official", "lark", "dingtalk")  # platforms where a bot is set up by scanning a code
MARKET_PLUGINS = 3  # maximum number of plugins that are installed
EMBEDDING_MODEL = "text-embedding-3-small"


@requirement("SHAPE-BODY")
@over(along("test_bot_by_id"))
def test_shape_body_of_bots(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Call the operation that tests a bot, with a nonexistent one."""
    tour = Tour(target, keys.weakest("bot"), cleanup)
    tour.go("test_bot_by_id", body={"bot_id": UNKNOWN_ID})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("create_provider_source_provider_by_id test_provider list_provider_source_models get_embedding_dimension"))
def test_shape_body_of_providers(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Call the operations that test providers, by both paths. The target then calls the services behind them."""
    tour, source = Tour(target, keys.weakest("provider"), cleanup, only_disposable=True), f"{keys.name}tour-source"
    chat, embedding = ({"provider_id": f"{keys.name}tour-{what}"} for what in ("chat", "embedding"))
    tour.owns("delete_provider_source", {"source_id": source})
    for one in (chat, embedding):
        tour.owns("delete_provider", one)
    tour.go("create_provider_source", own=True, body={"id": source, "key": [], "enable": False, **CHAT_MODEL})
    stored = {"id": chat["provider_id"], "model": "small", "enable": tour.is_disposable, "source_id": source}
    tour.go("create_provider_source_provider_by_id", own=True, body=stored)
    tour.go("list_provider_source_models", {"source_id": source})
    tour.go("list_provider_source_models_by_id", {"source_id": source})
    tour.go("test_provider", chat)
    tour.go("test_provider_by_id", body=chat)
    schema = tour.go("get_provider_schema")
    forms = [entry for entry in objects(schema) if entry.get("provider_type") == "embedding"]
    template = {**(forms[0] if forms else {}), "id": embedding["provider_id"], "embedding_model": EMBEDDING_MODEL}
    template["enable"] = False
    tour.go("create_provider", own=True, body=template)
    tour.go("get_embedding_dimension", embedding, body={"provider_config": template})
    tour.go("get_embedding_dimension_by_id", body={**embedding, "provider_config": template})
    for one in (embedding, chat):
        tour.removes("delete_provider", one)
    tour.removes("delete_provider_source", {"source_id": source})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("reorder_personas"))
def test_shape_body_of_personas(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Call the operation that sorts personas, with a persona of the run."""
    tour, persona = Tour(target, keys.weakest("persona"), cleanup, only_disposable=True), f"{keys.name}tour"
    tour.owns("delete_persona", {"persona_id": persona})
    tour.go("create_persona", own=True, body={"persona_id": persona, "system_prompt": "first"})
    place = {"id": persona, "type": "persona", "sort_order": 10**6}
    tour.go("reorder_personas", own=True, body={"items": [place]})
    tour.removes("delete_persona", {"persona_id": persona})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("create_chat_thread get_chat_thread chat_in_thread delete_chat_thread edit_chat_message stop_chat_session"))
def test_shape_body_of_chat(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Continue a session after a chat: threads, regenerated responses and changed messages."""
    key, session = keys.chatting("talk"), {"session_id": f"conform-{chats.run}-tour"}
    tour = Tour(target, key, cleanup)
    chats.converse(key, {**session, "message": GREETING})
    for response in _last_message("bot", tour, session):
        part = {"parent_message_id": response["id"], "selected_text": _excerpt(response)}
        created = tour.go("create_chat_thread", own=True, body={**session, **part})
        thread = {"thread_id": str(created.get("thread_id"))}
        tour.go("get_chat_thread", thread)
        tour.go("chat_in_thread", thread, own=True, body={"message": "why?"})
        tour.go("delete_chat_thread", thread, own=True)
        message = session | {"message_id": str(response["id"])}
        tour.go("regenerate_chat_message", message, own=True, body={})
    for question in _last_message("user", tour, session):
        content = {"type": "user", "message": [{"type": "plain", "text": "good evening"}]}
        message = session | {"message_id": str(question["id"])}
        tour.go("edit_chat_message", message, own=True, body={"content": content})
    tour.go("stop_chat_session", session, own=True)
    tour.end()


@requirement("SHAPE-BODY")
@over(along("upload_skills"))
def test_shape_body_of_skills(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Upload an archive by the operation for several skills."""
    tour, skill = Tour(target, keys.weakest("skill"), cleanup, only_disposable=True), f"{keys.name}tour"
    tour.owns("delete_skill", {"skill_name": skill})
    archive = skill_archive(skill, skill_text(skill, "made by a conformance run"))
    tour.send(with_file(request("upload_skills"), "files", f"{skill}.zip", archive), own=True)
    tour.removes("delete_skill", {"skill_name": skill})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("test_mcp_server test_mcp_server_by_name sync_modelscope_mcp_servers"))
def test_shape_body_of_mcp_servers(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Create, switch and test MCP servers by both paths, and fetch a list of them."""
    tour, reached = Tour(target, keys.weakest("mcp"), cleanup, only_disposable=True), target.options.known_mcp_server
    server = {"server_name": f"{keys.name}tour"}
    tour.owns("delete_mcp_server", server)
    tour.go("create_mcp_server", own=True, body={"name": server["server_name"], "active": False, **reached})
    tour.go("set_mcp_server_enabled", server, own=True, body={"enabled": False})
    tour.removes("delete_mcp_server", server)
    tour.go("test_mcp_server", server, body={"mcp_server_config": reached})
    tour.go("test_mcp_server_by_name", body={**server, "mcp_server_config": reached})
    tour.go("sync_modelscope_mcp_servers", body={"access_token": UNKNOWN_ID})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("register_bot update_config_profile replace_config_routes replace_subagent_config update_system_config"))
@by_itself
def test_shape_body_of_configuration(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read each configuration, and write back the values that were read."""
    tour = Tour(target, keys.weakest("config"), cleanup, only_disposable=True)
    created = tour.go("create_config_profile", own=True, body={"name": f"{keys.name}tour"})
    profile = {"config_id": str(created.get("conf_id"))}
    tour.owns("delete_config_profile", profile)
    stored = tour.go("get_config_profile", profile).get("config")
    tour.go("update_config_profile", profile, own=True, body=stored)
    tour.removes("delete_config_profile", profile)
    tour.send(*(request("register_bot", bot_type=name, body={"action": "start"}) for name in SCANNED))
    tour.go("replace_config_routes", body={"routing": tour.go("get_config_routes").get("routing")})
    tour.go("replace_subagent_config", body=tour.go("get_subagent_config"))
    tour.go("update_system_config", body=tour.go("get_system_config").get("config"))
    tour.go("set_active_t2i_template", body={"name": tour.go("get_active_t2i_template").get("active_template")})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("install_plugin_from_upload set_plugin_enabled set_plugin_config get_plugin_page get_plugin_extension"))
@by_itself
def test_shape_body_of_plugins(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Call every operation on a plugin that the run created."""
    tour = Tour(target, keys.weakest("plugin"), cleanup, only_disposable=True)
    name = f"{keys.name}plugin".replace("-", "_")  # the name of a module
    plugin, page = {"plugin_id": name}, {"page_name": PAGE}
    tour.owns("delete_plugin", plugin)
    tour.send(with_file(request("install_plugin_from_upload"), "file", f"{name}.zip", plugin_archive(name)))
    tour.go("check_plugin_version_support", body={"astrbot_version": ">=4.16"})
    for suffix in ("", "_by_id"):  # the plugin is named by the path, or by the query or the body
        named, body = ({}, plugin) if suffix else (plugin, {})
        tour.go(f"set_plugin_enabled{suffix}", named, body={**body, "enabled": True})
        tour.go(f"reload_plugin{suffix}", named, body=body or ...)
        tour.go(f"set_plugin_config{suffix}", named, body={**body, "config": {TEXT_ITEM: "hi"}})
        tour.go(f"get_plugin_readme{suffix}", plugin)
        tour.go(f"get_plugin_page{suffix}", plugin | page)
        if f"get_plugin_page_asset{suffix}" in keys.contract.by_id:  # before pages became views
            tour.go(f"get_plugin_page_asset{suffix}", plugin | page | {"asset_path": ASSET})
        upload = request(f"upload_plugin_config_files{suffix}", **plugin, config_key=FILE_ITEM)
        uploaded = tour.send(with_file(upload, "picture", "one.png", b"\x89PNG")).get("uploaded")
        tour.go(f"list_plugin_config_files{suffix}", plugin | {"config_key": FILE_ITEM})
        for file in uploaded if isinstance(uploaded, list) else ():
            tour.go(f"delete_plugin_config_file{suffix}", plugin, body={"path": file})
    for method in ("get", "post", "put", "patch", "delete"):
        tour.go(f"{method}_plugin_extension", {"plugin_path": f"{name}/echo"})
    tour.removes("delete_plugin", plugin)
    tour.end()


@requirement("SHAPE-BODY")
@over(
    along("list_market_plugins install_plugin_from_github install_plugin_from_url update_plugin replace_plugin_sources")
)
@by_itself
def test_shape_body_of_the_market(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Install market plugins, starting with the last. A plugin then fails because another one is missing."""
    tour = Tour(target, keys.weakest("plugin"), cleanup, only_disposable=True)
    all_data = {"delete_config": True, "delete_data": True}
    market = [plugin for plugin in tour.go("list_market_plugins").values() if isinstance(plugin, dict)]
    offered = [{"plugin_id": str(plugin.get("name"))} for plugin in market[:MARKET_PLUGINS]]
    repositories = [str(plugin.get("repo")) for plugin in market[:MARKET_PLUGINS]]
    listing, install = request("list_failed_plugins"), "install_plugin_from_github"
    for plugin, repository in [*zip(offered, repositories, strict=True)][::-1]:
        tour.owns("delete_plugin", plugin, body=all_data)
        tour.send(request(install, body={"repository": repository}), listing)
    for failed in tour.send(listing):
        tour.go("reload_failed_plugin", {"plugin_id": failed})
    for plugin, repository in [*zip(offered, repositories, strict=True)][:1]:
        tour.go("update_plugin", plugin, body={})
        tour.go("update_plugins", body={"plugin_ids": [plugin["plugin_id"]]})
        tour.removes("delete_plugin", plugin, body=all_data)
        tour.go("install_plugin_from_url", body={"url": repository})
        tour.go("delete_plugin_by_id", plugin, body=all_data)
    name = f"{keys.name}broken".replace("-", "_")
    broken = plugin_archive(name, code="def")
    tour.send(with_file(request("install_plugin_from_upload"), "file", f"{name}.zip", broken), listing)
    for failed in tour.send(listing):
        tour.go("delete_failed_plugin", {"plugin_id": failed}, body=all_data)
    sources = tour.go("list_plugin_sources").get("sources")
    tour.go("replace_plugin_sources", body={"sources": sources})
    tour.end()


@requirement("SHAPE-BODY")
@over(along("list_neo_candidates evaluate_neo_candidate promote_neo_candidate rollback_neo_release sync_neo_release"))
@by_itself
def test_shape_body_of_learnt_skills(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Take the first candidate for a skill from its evaluation to the release and back."""
    tour = Tour(target, keys.weakest("skill"), cleanup, only_disposable=True)
    candidates = items(tour.go("list_neo_candidates"), "items")
    for candidate in candidates[:1]:
        which = {"candidate_id": candidate.get("id")}
        tour.go("get_neo_payload", {"payload_ref": str(candidate.get("payload_ref"))})
        tour.go("evaluate_neo_candidate", body={**which, "passed": True})
        promotion = {**which, "stage": "stable", "sync_to_local": False}
        promoted = tour.go("promote_neo_candidate", body=promotion).get("release")
        release = {"release_id": promoted.get("id") if isinstance(promoted, dict) else None}
        tour.go("sync_neo_release", body=release)
        tour.go("rollback_neo_release", body=release)
        tour.go("delete_neo_release", body=release)
        tour.go("delete_neo_candidate", body=which)
    tour.go("list_neo_releases")
    tour.end()


def _last_message(by: str, tour: Tour, session: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The last message of one author in a session, if there is one."""
    history = items(tour.go("get_chat_session", session), "history")
    messages = [one for one in history if isinstance(one.get("content"), dict) and one["content"].get("type") == by]
    yield from messages[-1:]


def _excerpt(message: Mapping[str, Any]) -> str:
    """A part of the text of a message."""
    texts = [str(part["text"]) for part in objects(message) if isinstance(part.get("text"), str) and part["text"]]
    return next(iter(texts), "hello")[:20]
