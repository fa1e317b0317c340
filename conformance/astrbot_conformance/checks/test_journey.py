"""JOURNEY-*: for every scope, a common user flow with a key that holds only that scope."""

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import messages_of_user, user_of
from astrbot_conformance.chat.stream import saved_by
from astrbot_conformance.contract import along
from astrbot_conformance.http import NONE, Target, with_file, with_text
from astrbot_conformance.json_value import holds, items, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kinds import NO_PLATFORM
from astrbot_conformance.resources.skill_sample import skill_archive, unpacked
from astrbot_conformance.scenarios.journey import Journey
from astrbot_conformance.verdict.finding import expect_accepted, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

PROVIDER_TYPE = {"type": "openai_chat_completion", "provider_type": "chat_completion"}


@requirement("JOURNEY-BOT")
@over(along("create_bot list_bots get_bot replace_bot set_bot_enabled delete_bot"))
def test_journey_bot(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Create a bot of an unknown platform, which never runs; find, change, enable and delete it.

    Each step is checked in a list or in the bot itself.
    """
    bot, journey = f"conform-{chats.run}-bot", Journey(target, keys.holding(Scope.BOT), cleanup)
    stored = {"id": bot, "type": NO_PLATFORM, "enable": False}
    journey.owns("delete_bot", bot_id=bot)

    journey.go("create_bot", body=stored | {"conform_note": "first"})
    journey.shows("the new bot", bot in _bots(journey, type=NO_PLATFORM, enabled="false"))
    journey.shows("no bot of another platform", bot not in _bots(journey, type="telegram"))
    journey.shows("no disabled bot", bot not in _bots(journey, enabled="true"))
    journey.shows("the bot as it was created", holds(journey.go("get_bot", bot_id=bot), "first"))
    journey.go("replace_bot", bot_id=bot, body=stored | {"conform_note": "second"})
    journey.shows("the changed bot", holds(journey.go("get_bot", bot_id=bot), "second"))
    journey.go("set_bot_enabled", bot_id=bot, body={"enabled": True})
    shown = journey.go("get_bot", bot_id=bot)
    journey.shows("`enable` true", part(shown, "bot", "enable") is True)
    journey.shows("the other members unchanged", holds(shown, "second"))
    journey.removes("delete_bot", bot_id=bot)
    journey.shows("no deleted bot", bot not in _bots(journey))


@requirement("JOURNEY-PROVIDER")
@over(along("create_provider_source create_provider_source_provider list_providers get_provider replace_provider"))
def test_journey_provider(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Create a source and a provider in it; find, change, switch and delete the provider; delete the source.

    Each step is checked in a list or in the provider itself. The provider is enabled only on a disposable target.
    """
    name, journey = f"conform-{chats.run}", Journey(target, keys.holding(Scope.PROVIDER), cleanup)
    source, provider = f"{name}-source", f"{name}-provider"
    stored = {"id": provider, "model": "first", "enable": False, "provider_source_id": source}
    journey.owns("delete_provider_source", source_id=source)
    journey.owns("delete_provider", provider_id=provider)

    journey.go("create_provider_source", body={"id": source, "key": [], **PROVIDER_TYPE})
    journey.shows("the new source", holds(journey.go("list_provider_sources"), source))
    journey.go("create_provider_source_provider", source_id=source, body=stored)
    journey.shows("the new provider", holds(journey.go("list_provider_source_providers", source_id=source), provider))
    off = journey.go("list_providers", source_id=source, enabled="false")
    journey.shows("the new provider", holds(off, provider))
    journey.shows("no disabled provider", not holds(journey.go("list_providers", enabled="true"), provider))
    elsewhere = journey.go("list_providers", source_id=NONE)
    journey.shows("no provider of another source", not holds(elsewhere, provider))
    journey.go("replace_provider", provider_id=provider, body=stored | {"model": "second"})
    journey.shows("the changed provider", holds(journey.go("get_provider", provider_id=provider), "second"))
    journey.go("set_provider_enabled", provider_id=provider, body={"enabled": target.options.disposable})
    shown = journey.go("get_provider", provider_id=provider)
    is_on = part(shown, "provider", "enable")
    journey.shows(f"`enable` {target.options.disposable}", is_on is target.options.disposable)
    journey.shows("the other members unchanged", holds(shown, "second"))
    journey.removes("delete_provider", provider_id=provider)
    journey.removes("delete_provider_source", source_id=source)
    journey.shows("no deleted source", not holds(journey.go("list_provider_sources"), source))
    journey.shows("no deleted provider", not holds(journey.go("get_provider_schema"), provider))
    journey.shows("no deleted provider", not holds(journey.go("list_providers"), provider), level="SHOULD")


@requirement("JOURNEY-PERSONA")
@over(along("create_persona_folder create_persona move_persona get_persona_tree update_persona delete_persona"))
def test_journey_persona(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Create a folder and a persona; move the persona into the folder, change it, and delete both.

    Each step is checked in a list, in the tree of folders, or in the persona itself.
    """
    persona, journey = f"conform-{chats.run}-persona", Journey(target, keys.holding(Scope.PERSONA), cleanup)
    name = f"conform-{chats.run}-folder"
    with journey.owning_named(
        name, "list_persona_folders", None, identity="folder_id", removal="delete_persona_folder"
    ):
        created = journey.go("create_persona_folder", body={"name": name})
    folder = str(part(created, "folder", "folder_id"))
    journey.owns("delete_persona", persona_id=persona)

    journey.go("create_persona", body={"persona_id": persona, "system_prompt": "first"})
    journey.shows("the new persona once", len(_places(journey.go("list_personas"), persona)) == 1)
    journey.shows("no persona outside the folder", not holds(journey.go("list_personas", folder_id=folder), persona))
    journey.go("move_persona", body={"persona_id": persona, "folder_id": folder})
    moved = journey.go("list_personas", folder_id=folder)
    journey.shows("the persona once, in its new folder", _places(moved, persona) == [folder])
    journey.shows("the other members unchanged", holds(moved, "first"))
    journey.shows("the new folder", holds(journey.go("get_persona_tree"), folder))
    journey.go("update_persona", persona_id=persona, body={"system_prompt": "second"})
    changed = journey.go("get_persona", persona_id=persona)
    journey.shows("the changed persona", holds(changed, "second"))
    journey.shows("the persona in its folder", part(changed, "folder_id") == folder)
    journey.removes("delete_persona", persona_id=persona)
    journey.removes("delete_persona_folder", folder_id=folder)
    journey.shows("no deleted folder", not holds(journey.go("get_persona_tree"), folder))
    journey.shows("no deleted persona", not holds(journey.go("list_personas"), persona))


@requirement("JOURNEY-IM")
@over(along("list_im_bots send_im_message"))
def test_journey_im(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """List the bots, then send a message as text and as segments."""
    journey = Journey(target, keys.holding(Scope.IM), cleanup)

    bots = journey.go("list_im_bots")
    journey.shows("the ids of bots", isinstance(bots, dict) and isinstance(bots.get("bot_ids"), list))
    journey.go("send_im_message", body={"umo": chats.umo, "message": "hello"})
    journey.go("send_im_message", body={"umo": chats.umo, "message": GREETING})


@requirement("JOURNEY-CONFIG")
@over(along("create_config_profile get_config_profile rename_config_profile set_config_route delete_config_profile"))
def test_journey_config(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Create a profile, read and rename it, select it for two sessions, and delete the routes and the profile.

    Each step is checked in a list. The deletion of one route must not affect the other.
    """
    name, journey = f"conform-{chats.run}-profile", Journey(target, keys.holding(Scope.CONFIG), cleanup)
    umo, another = (f"conform-{chats.run}:FriendMessage:{end}" for end in ("none", "another"))
    with journey.owning_named(
        name, "list_config_profiles", "info_list", identity="id", removal="delete_config_profile"
    ):
        profile = str(part(journey.go("create_config_profile", body={"name": name}), "conf_id"))
    journey.owns("delete_config_route", umo=umo)
    journey.owns("delete_config_route", umo=another)

    journey.shows("the new profile", holds(journey.go("list_config_profiles"), profile))
    journey.shows("a configuration", isinstance(journey.go("get_config_profile", config_id=profile), dict))
    journey.go("rename_config_profile", config_id=profile, body={"name": f"{name}-renamed"})
    journey.shows("the new name", holds(journey.go("list_config_profiles"), f"{name}-renamed"))
    journey.go("set_config_route", umo=umo, body={"config_id": profile})
    journey.go("set_config_route", umo=another, body={"config_id": profile})
    routes = part(journey.go("get_config_routes"), "routing")
    journey.shows("both routes", [part(routes, one) for one in (umo, another)] == [profile, profile])
    journey.removes("delete_config_route", umo=umo)
    routes = part(journey.go("get_config_routes"), "routing")
    journey.shows(
        "the other route, and no deleted route", [part(routes, one) for one in (umo, another)] == [None, profile]
    )
    journey.removes("delete_config_route", umo=another)
    journey.removes("delete_config_profile", config_id=profile)
    journey.shows("no deleted profile", not holds(journey.go("list_config_profiles"), profile))


@requirement("JOURNEY-CHAT")
@over(along("chat list_chat_sessions get_chat_session update_chat_session delete_chat_session"))
def test_journey_chat(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Chat twice in one session; find, read, rename and delete it; delete another session in a batch.

    After each chat, the list must contain the session once, and its history must contain every message so far.
    """
    key = keys.own("journey", Scope.CHAT)
    session, journey = f"conform-{chats.run}-journey", Journey(target, key, cleanup)

    for turn, text in enumerate(["hello", "hello again"], start=1):
        response = chats.converse(key, {"session_id": session, "message": text})
        expect_accepted(response, "a chat with a key that has only the scope `chat`")
        listed = journey.go("list_chat_sessions", username=user_of(key))
        journey.shows("the session once", [one.get("session_id") for one in items(listed, "sessions")] == [session])
        history = items(journey.go("get_chat_session", session_id=session), "history")
        contents = [message["content"] for message in history if isinstance(message.get("content"), dict)]
        stored = messages_of_user(contents)
        journey.shows(f"{turn} message(s) of the user", len(stored) == turn and holds(stored, text))
        named, ids = saved_by(response.events()), [message.get("id") for message in history]
        if not all(id in ids for id in named):
            expected = "the stream to name only message ids that are in the history"
            fail(response, expected=expected, actual=written(named))
    elsewhere = journey.go("list_chat_sessions", username=user_of(key), platform_id=NONE)
    journey.shows("no session of another platform", not holds(elsewhere, session) and part(elsewhere, "total") == 0)
    journey.go("update_chat_session", session_id=session, body={"display_name": "conform: renamed"})
    journey.shows("the new name", holds(journey.go("list_chat_sessions", username=user_of(key)), "conform: renamed"))
    another = str(part(journey.go("create_chat_session"), "session_id"))
    journey.go("delete_chat_session", session_id=session)
    journey.go("delete_chat_sessions", body={"session_ids": [another]})
    listed = journey.go("list_chat_sessions", username=user_of(key))
    journey.shows("no deleted session", not holds(listed, session) and not holds(listed, another))
    read = target.send(request("get_chat_session", session_id=session), key)
    if read.is_accepted and part(read.data, "history"):
        fail(read, expected="the history of a deleted session not to be shown", actual="its history")


@requirement("JOURNEY-PLUGIN")
@over(along("list_plugins get_plugin get_plugin_config create_plugin_source list_plugin_sources delete_plugin_source"))
def test_journey_plugin(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """List the plugins, read the first one and its configuration; then add, list and remove two plugin sources."""
    source, journey = f"conform-{chats.run}-plugins", Journey(target, keys.holding(Scope.PLUGIN), cleanup)
    another = f"{source}-2"
    journey.owns("delete_plugin_source", source_id=source)
    journey.owns("delete_plugin_source", source_id=another)

    for plugin in items(journey.go("list_plugins"))[:1]:
        name = str(plugin.get("name"))
        journey.shows("the plugin", holds(journey.go("get_plugin", plugin_id=name), name))
        shown = journey.go("get_plugin_config", plugin_id=name)
        journey.shows(
            "the configuration of the plugin", isinstance(shown, dict) and {"config", "metadata"} <= shown.keys()
        )
    url = "https://plugins.invalid/plugins.json"
    for one in (source, another):
        journey.go("create_plugin_source", body={"id": one, "name": one, "url": f"{url}?{one}"})
    listed = journey.go("list_plugin_sources")
    journey.shows("both new sources", holds(listed, source) and holds(listed, another))
    journey.removes("delete_plugin_source", source_id=source)
    listed = journey.go("list_plugin_sources")
    journey.shows("the other source, and no deleted source", not holds(listed, source) and holds(listed, another))
    journey.removes("delete_plugin_source", source_id=another)


@requirement("JOURNEY-MCP")
@over(along("list_mcp_servers create_mcp_server set_mcp_server_enabled delete_mcp_server"))
def test_journey_mcp(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Try to add a server with the command `rm`, which must be rejected and must not be listed.

    If the run has a server that the target can reach, add it, list it, switch it off and remove it.
    """
    server, journey = f"conform-{chats.run}-server", Journey(target, keys.holding(Scope.MCP), cleanup)
    journey.owns("delete_mcp_server", server_name=server)

    journey.shows("a list of servers", isinstance(journey.go("list_mcp_servers"), list))
    journey.refused(
        "an MCP server with the command `rm`",
        "create_mcp_server",
        body={"name": server, "command": "rm", "active": False},
    )
    journey.shows("no rejected server", not holds(journey.go("list_mcp_servers"), server))
    cleanup.gone(request("delete_mcp_server", server_name=server))
    if target.options.mcp_server:  # AstrBot connects to a server before it stores it
        journey.owns("delete_mcp_server", server_name=server)
        journey.go("create_mcp_server", body={"name": server, "active": False, **target.options.mcp_server})
        journey.shows("the new server", holds(journey.go("list_mcp_servers"), server))
        journey.go("set_mcp_server_enabled", server_name=server, body={"enabled": False})
        journey.removes("delete_mcp_server", server_name=server)
        journey.shows("no deleted server", not holds(journey.go("list_mcp_servers"), server))


@requirement("JOURNEY-SKILL")
@over(
    along("upload_skill list_skills list_skill_files get_skill_file replace_skill_file set_skill_enabled delete_skill")
)
def test_journey_skill(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """Upload a skill; list it, read and change its file, switch it off, download it, and delete it.

    Each step is checked in a list or in the file itself. The archive must contain every file.
    """
    skill, journey = f"conform-{chats.run}-skill", Journey(target, keys.holding(Scope.SKILL), cleanup)
    journey.owns("delete_skill", skill_name=skill)
    text = f"---\nname: {skill}\ndescription: Says hello.\n---\n"
    archive = skill_archive(skill, f"{text}first\n", {"words.txt": "hello\n"})

    journey.send(with_file(request("upload_skill"), "file", f"{skill}.zip", archive))
    journey.shows("the new skill", holds(journey.go("list_skills"), skill))
    files = journey.go("list_skill_files", skill_name=skill)
    journey.shows("the files of the skill", holds(files, "SKILL.md") and holds(files, "words.txt"))
    file = {"skill_name": skill, "file_path": "SKILL.md"}
    journey.shows("the uploaded text", part(journey.go("get_skill_file", **file), "content") == f"{text}first\n")
    journey.send(with_text(request("replace_skill_file", **file), f"{text}second\n"))
    journey.shows("the changed text", part(journey.go("get_skill_file", **file), "content") == f"{text}second\n")
    journey.go("set_skill_enabled", skill_name=skill, body={"enabled": False})
    listed = items(journey.go("list_skills"), "skills")
    journey.shows("`active` false", [one.get("active") for one in listed if one.get("name") == skill] == [False])
    journey.go("download_skill", skill_name=skill)
    packed = unpacked(journey.last.body if journey.last else b"")
    both = {"SKILL.md": f"{text}second\n", "words.txt": "hello\n"}
    journey.shows("a ZIP file with both files", both.items() <= packed.items())
    journey.removes("delete_skill", skill_name=skill)
    journey.shows("no deleted skill", not holds(journey.go("list_skills"), skill))


def _bots(journey: Journey, **which: str) -> list[object]:
    """The ids of the bots in a list."""
    return [one.get("id") for one in items(journey.go("list_bots", **which), "bots")]


def _places(personas: object, persona: str) -> list[object]:
    """The folder of a persona, once for each entry in a list."""
    return [one.get("folder_id") for one in items(personas) if one.get("persona_id") == persona]
