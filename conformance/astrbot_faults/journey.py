"""Faults that a typical use of a scope runs into."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from astrbot_api import models
from astrbot_api.server import Json, Raw
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.bots import BOT, Bots
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.config_profiles import ROUTES, ConfigProfiles
from astrbot_reference.packages.skill_archives import packed
from astrbot_reference.personas import Personas
from astrbot_reference.plugin_sources import PluginSources
from astrbot_reference.skills import Skills
from astrbot_reference.stores.skill_store import SkillStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

Content = dict[str, Any]


@fault(breaks="JOURNEY-BOT")
def new_bots_not_listed(server: Server) -> None:
    """The list of bots is always empty."""
    server.change_data("GET /api/v1/bots", lambda data: data | {"bots": []})


@fault(breaks="JOURNEY-BOT")
def bots_of_any_platform_listed(server: Server) -> None:
    """The list of bots ignores the filter by platform."""
    server.queries["GET /api/v1/bots"] = lambda query: _without("type", query)


@fault(breaks="JOURNEY-BOT")
def bots_cannot_be_switched(server: Server) -> None:
    """A bot is always shown as disabled."""
    server.change_data("GET /api/v1/bots/{bot_id}", lambda data: {"bot": data["bot"] | {"enable": False}})


@fault(breaks="JOURNEY-PROVIDER")
def providers_of_any_source_listed(server: Server) -> None:
    """The list of providers ignores the filter by source."""
    server.queries["GET /api/v1/providers"] = lambda query: _without("source_id", query)


@fault(breaks="JOURNEY-PROVIDER")
def providers_not_under_their_source(server: Server) -> None:
    """The list of the providers of a source is always empty."""
    place = "GET /api/v1/provider-sources/{source_id}/providers"
    server.change_data(place, lambda data: data | {"providers": []})


@fault(breaks="JOURNEY-PROVIDER")
def sources_not_listed(server: Server) -> None:
    """The list of provider sources is always empty."""
    server.change_data("GET /api/v1/provider-sources", lambda data: data | {"provider_sources": []})


@fault(breaks="JOURNEY-PERSONA")
def personas_do_not_move(server: Server) -> None:
    """Moving a persona reports success but changes nothing."""
    server.bodies["POST /api/v1/personas/move"] = lambda body: body | {"folder_id": None}


@fault(breaks="JOURNEY-PERSONA")
def folders_not_in_the_tree(server: Server) -> None:
    """The tree of persona folders is always empty."""
    server.change_data("GET /api/v1/personas/tree", lambda _: [])


@fault(breaks="JOURNEY-IM")
def no_segments_over_im(server: Server) -> None:
    """IM rejects messages in segments."""
    server.bodies["POST /api/v1/im/message"] = lambda body: (
        body | {"umo": "none"} if isinstance(body.get("message"), list) else body
    )


@fault(breaks="JOURNEY-CONFIG")
def profiles_keep_their_name(server: Server) -> None:
    """Renaming a profile reports success but changes nothing."""
    server.bodies["PATCH /api/v1/config-profiles/{config_id}"] = lambda body: {} if isinstance(body, dict) else body


@fault(breaks="JOURNEY-CONFIG")
def routes_lead_nowhere(server: Server) -> None:
    """The list of routes is always empty."""
    server.change_data("GET /api/v1/config-routes", lambda data: data | {"routing": {}})


@fault(breaks="JOURNEY-CHAT")
def sessions_keep_their_name(server: Server) -> None:
    """Renaming a session reports success but changes nothing."""
    server.bodies["PATCH /api/v1/chat/sessions/{session_id}"] = lambda body: {} if isinstance(body, dict) else body


@fault(breaks="JOURNEY-CHAT")
def sessions_deleted_together_stay(server: Server) -> None:
    """Deleting several sessions reports success but deletes nothing."""

    @server.override
    class Broken(ChatSessions):
        async def delete_chat_sessions(
            self, *, caller: Caller, body: models.ChatSessionBatch
        ) -> Json[models.ChatSessionBatchAnswer]:
            count = len(given(body)["session_ids"])
            return ok(models.ChatSessionBatchAnswer, {"deleted_count": count, "failed_count": 0, "failed_items": []})


@fault(breaks="JOURNEY-PLUGIN")
def plugin_sources_not_listed(server: Server) -> None:
    """The list of plugin sources is always empty."""
    server.change_data("GET /api/v1/plugin-sources", lambda data: data | {"sources": []})


@fault(breaks="JOURNEY-MCP")
def any_command_is_run(server: Server) -> None:
    """An MCP server with a forbidden command is accepted."""
    server.bodies["POST /api/v1/mcp/servers"] = lambda body: (
        body | {"command": "uvx", "args": ["library-mcp"]} if body.get("command") else body
    )


@fault(breaks="JOURNEY-SKILL")
def skills_stay_switched_on(server: Server) -> None:
    """A skill is always shown as enabled."""

    def on(data: Content) -> Content:
        return data | {"skills": [skill | {"active": True} for skill in data["skills"]]}

    server.change_data("GET /api/v1/skills", on)


@fault(breaks="JOURNEY-SKILL")
def skill_text_without_its_end(server: Server) -> None:
    """The text of a skill file lacks its last character."""
    place = "GET /api/v1/skills/{skill_name}/files/{file_path}"
    server.change_data(place, lambda data: data | {"content": data["content"][:-1]})


@fault(breaks="JOURNEY-CHAT")
def sessions_of_any_platform_listed(server: Server) -> None:
    """The list of sessions ignores the filter by platform."""
    server.queries["GET /api/v1/chat/sessions"] = lambda query: _without("platform_id", query)


@fault(breaks="JOURNEY-MCP")
def servers_not_listed(server: Server) -> None:
    """The list of MCP servers is always empty."""
    server.change_data("GET /api/v1/mcp/servers", lambda _: [])


@fault(breaks="JOURNEY-BOT")
def switched_bots_forget_the_rest(server: Server) -> None:
    """Enabling or disabling a bot deletes the rest of its configuration."""

    @server.override
    class Broken(Bots):
        def _switch(self, bot_id: str, *, on: bool) -> Json[models.Done]:
            bot = self._bot(bot_id)
            self._store.put(BOT, bot_id, {"id": bot["id"], "type": bot.get("type"), "enable": on})
            return ok(models.Done, {}, "Saved")


@fault(breaks="JOURNEY-BOT")
def bots_are_not_switched(server: Server) -> None:
    """Enabling a bot reports success but leaves it disabled."""
    server.bodies["PATCH /api/v1/bots/{bot_id}/enabled"] = lambda body: body | {"enabled": False}


@fault(breaks="JOURNEY-PROVIDER")
def providers_listed_on_or_off(server: Server) -> None:
    """The list of providers ignores the filter `enabled`."""
    server.queries["GET /api/v1/providers"] = lambda query: _without("enabled", query)


@fault(breaks="JOURNEY-PERSONA")
def changed_personas_leave_their_folder(server: Server) -> None:
    """Updating a persona moves it out of its folder."""

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, fields: JsonObject) -> Json[models.PersonaNoteAnswer]:
            answer = super()._change(persona_id, fields)
            self._keep(self._persona(persona_id), folder_id=None)
            return answer


@fault(breaks="JOURNEY-PERSONA")
def personas_in_folders_listed_twice(server: Server) -> None:
    """The list of personas contains each persona in a folder twice."""
    server.change_data("GET /api/v1/personas", lambda data: [*data, *(one for one in data if one.get("folder_id"))])


@fault(breaks="JOURNEY-CONFIG")
def a_new_route_is_the_only_one(server: Server) -> None:
    """Setting a route deletes all other routes."""

    @server.override
    class Broken(ConfigProfiles):
        async def set_config_route(
            self, *, caller: Caller, umo: str, body: models.ConfigRouteChoice
        ) -> Json[models.Done]:
            self._store.set_setting(ROUTES, {umo: given(body)["config_id"]})
            return ok(models.Done, {}, "Saved")


@fault(breaks="JOURNEY-PLUGIN")
def no_plugin_source_stays(server: Server) -> None:
    """Deleting a plugin source deletes all others too."""

    @server.override
    class Broken(PluginSources):
        async def delete_plugin_source(
            self, *, caller: Caller, source_id: str
        ) -> Json[models.ChangedPluginSourceListAnswer]:
            return self._keep([])


@fault(breaks="JOURNEY-SKILL")
def archives_are_empty(server: Server) -> None:
    """A downloaded skill is an empty archive."""

    @server.override
    class Broken(Skills):
        async def download_skill(self, *, caller: Caller, skill_name: str) -> Raw:
            archive = await super().download_skill(caller=caller, skill_name=skill_name)
            return replace(archive, content=packed(skill_name, {}))


@fault(breaks="JOURNEY-SKILL")
def one_file_of_a_skill_kept(server: Server) -> None:
    """Uploading a skill stores its first file only."""

    @server.override
    class Broken(SkillStore):
        def keep(self, name: str, files: dict[str, bytes]) -> None:
            super().keep(name, {path: files[path] for path in files if path.endswith("SKILL.md")})


def _without(name: str, query: dict[str, str]) -> dict[str, str]:
    return {other: value for other, value in query.items() if other != name}
