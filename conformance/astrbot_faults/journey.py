"""Faults that one meets on the way through what a scope is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from astrbot_api import models
from astrbot_api.server import Json, Raw
from astrbot_reference.agent.messages import given
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
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
    """The list of bots stays empty."""
    server.change_data("GET /api/v1/bots", lambda data: data | {"bots": []})


@fault(breaks="JOURNEY-BOT")
def bots_of_any_platform_listed(server: Server) -> None:
    """The filter by platform is not applied."""
    server.queries["GET /api/v1/bots"] = lambda query: _without("type", query)


@fault(breaks="JOURNEY-BOT")
def bots_cannot_be_switched(server: Server) -> None:
    """A bot is always shown as switched off."""
    server.change_data("GET /api/v1/bots/{bot_id}", lambda data: {"bot": data["bot"] | {"enable": False}})


@fault(breaks="JOURNEY-PROVIDER")
def providers_of_any_source_listed(server: Server) -> None:
    """The filter by source is not applied."""
    server.queries["GET /api/v1/providers"] = lambda query: _without("source_id", query)


@fault(breaks="JOURNEY-PROVIDER")
def providers_not_under_their_source(server: Server) -> None:
    """The list of the providers of a source stays empty."""
    place = "GET /api/v1/provider-sources/{source_id}/providers"
    server.change_data(place, lambda data: data | {"providers": []})


@fault(breaks="JOURNEY-PROVIDER")
def sources_not_listed(server: Server) -> None:
    """The list of sources stays empty."""
    server.change_data("GET /api/v1/provider-sources", lambda data: data | {"provider_sources": []})


@fault(breaks="JOURNEY-PERSONA")
def personas_do_not_move(server: Server) -> None:
    """A persona that is moved stays where it is."""
    server.bodies["POST /api/v1/personas/move"] = lambda body: body | {"folder_id": None}


@fault(breaks="JOURNEY-PERSONA")
def folders_not_in_the_tree(server: Server) -> None:
    """The tree of folders stays empty."""
    server.change_data("GET /api/v1/personas/tree", lambda _: [])


@fault(breaks="JOURNEY-IM")
def no_segments_over_im(server: Server) -> None:
    """A message in segments cannot be sent."""
    server.bodies["POST /api/v1/im/message"] = lambda body: (
        body | {"umo": "none"} if isinstance(body.get("message"), list) else body
    )


@fault(breaks="JOURNEY-CONFIG")
def profiles_keep_their_name(server: Server) -> None:
    """A profile is not renamed."""
    server.bodies["PATCH /api/v1/config-profiles/{config_id}"] = lambda body: {} if isinstance(body, dict) else body


@fault(breaks="JOURNEY-CONFIG")
def routes_lead_nowhere(server: Server) -> None:
    """No route is shown."""
    server.change_data("GET /api/v1/config-routes", lambda data: data | {"routing": {}})


@fault(breaks="JOURNEY-CHAT")
def sessions_keep_their_name(server: Server) -> None:
    """A session is not renamed."""
    server.bodies["PATCH /api/v1/chat/sessions/{session_id}"] = lambda body: {} if isinstance(body, dict) else body


@fault(breaks="JOURNEY-CHAT")
def sessions_deleted_together_stay(server: Server) -> None:
    """Sessions that are deleted together are said to be gone, and stay."""

    @server.override
    class Broken(ChatSessions):
        async def delete_chat_sessions(
            self, *, caller: Caller, body: models.ChatSessionBatch
        ) -> Json[models.ChatSessionBatchAnswer]:
            count = len(given(body)["session_ids"])
            return ok(models.ChatSessionBatchAnswer, {"deleted_count": count, "failed_count": 0, "failed_items": []})


@fault(breaks="JOURNEY-PLUGIN")
def plugin_sources_not_listed(server: Server) -> None:
    """The list of plugin sources stays empty."""
    server.change_data("GET /api/v1/plugin-sources", lambda data: data | {"sources": []})


@fault(breaks="JOURNEY-MCP")
def any_command_is_run(server: Server) -> None:
    """A server that runs any command is taken for one that is known."""
    server.bodies["POST /api/v1/mcp/servers"] = lambda body: (
        body | {"command": "uvx", "args": ["library-mcp"]} if body.get("command") else body
    )


@fault(breaks="JOURNEY-SKILL")
def skills_stay_switched_on(server: Server) -> None:
    """A skill is always shown as switched on."""

    def on(data: Content) -> Content:
        return data | {"skills": [skill | {"active": True} for skill in data["skills"]]}

    server.change_data("GET /api/v1/skills", on)


@fault(breaks="JOURNEY-SKILL")
def skill_text_without_its_end(server: Server) -> None:
    """The text of a file lacks its last character."""
    place = "GET /api/v1/skills/{skill_name}/files/{file_path}"
    server.change_data(place, lambda data: data | {"content": data["content"][:-1]})


@fault(breaks="JOURNEY-CHAT")
def sessions_of_any_platform_listed(server: Server) -> None:
    """The filter by platform is not applied."""
    server.queries["GET /api/v1/chat/sessions"] = lambda query: _without("platform_id", query)


@fault(breaks="JOURNEY-MCP")
def servers_not_listed(server: Server) -> None:
    """The list of MCP servers stays empty."""
    server.change_data("GET /api/v1/mcp/servers", lambda _: [])


@fault(breaks="JOURNEY-BOT")
def switched_bots_forget_the_rest(server: Server) -> None:
    """A bot that is switched keeps its id, its type and its state, and nothing else."""

    @server.override
    class Broken(Bots):
        def _switch(self, bot_id: str, *, on: bool) -> Json[models.Done]:
            bot = self._bot(bot_id)
            self._store.put(BOT, bot_id, {"id": bot["id"], "type": bot.get("type"), "enable": on})
            return ok(models.Done, {}, "Saved")


@fault(breaks="JOURNEY-BOT")
def bots_are_not_switched(server: Server) -> None:
    """A bot that is switched on stays off."""
    server.bodies["PATCH /api/v1/bots/{bot_id}/enabled"] = lambda body: body | {"enabled": False}


@fault(breaks="JOURNEY-PROVIDER")
def providers_listed_on_or_off(server: Server) -> None:
    """The filter by whether providers are switched on is not applied."""
    server.queries["GET /api/v1/providers"] = lambda query: _without("enabled", query)


@fault(breaks="JOURNEY-PERSONA")
def changed_personas_leave_their_folder(server: Server) -> None:
    """A persona that is changed lies in no folder any more."""

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, wanted: JsonObject) -> Json[models.PersonaNoteAnswer]:
            answer = super()._change(persona_id, wanted)
            self._keep(self._persona(persona_id), folder_id=None)
            return answer


@fault(breaks="JOURNEY-PERSONA")
def personas_in_folders_listed_twice(server: Server) -> None:
    """The list shows a persona twice that lies in a folder."""
    server.change_data("GET /api/v1/personas", lambda data: [*data, *(one for one in data if one.get("folder_id"))])


@fault(breaks="JOURNEY-CONFIG")
def a_new_route_is_the_only_one(server: Server) -> None:
    """Whoever sets a route forgets all others."""

    @server.override
    class Broken(ConfigProfiles):
        async def set_config_route(
            self, *, caller: Caller, umo: str, body: models.ConfigRouteChoice
        ) -> Json[models.Done]:
            self._store.set_setting(ROUTES, {umo: given(body)["config_id"]})
            return ok(models.Done, {}, "Saved")


@fault(breaks="JOURNEY-PLUGIN")
def no_plugin_source_stays(server: Server) -> None:
    """With one plugin source all others are removed."""

    @server.override
    class Broken(PluginSources):
        async def delete_plugin_source(
            self, *, caller: Caller, source_id: str
        ) -> Json[models.ChangedPluginSourceListAnswer]:
            return self._keep([])


@fault(breaks="JOURNEY-SKILL")
def archives_are_empty(server: Server) -> None:
    """A skill is downloaded as an archive with nothing in it."""

    @server.override
    class Broken(Skills):
        async def download_skill(self, *, caller: Caller, skill_name: str) -> Raw:
            archive = await super().download_skill(caller=caller, skill_name=skill_name)
            return replace(archive, content=packed(skill_name, {}))


@fault(breaks="JOURNEY-SKILL")
def one_file_of_a_skill_kept(server: Server) -> None:
    """Of an archive that is uploaded only its first file is kept."""

    @server.override
    class Broken(SkillStore):
        def keep(self, name: str, files: dict[str, bytes]) -> None:
            super().keep(name, {path: files[path] for path in files if path.endswith("SKILL.md")})


def _without(name: str, query: dict[str, str]) -> dict[str, str]:
    return {other: value for other, value in query.items() if other != name}
