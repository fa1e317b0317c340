"""Faults in updates of skills, MCP servers, and groups and rules of sessions."""

from __future__ import annotations

from astrbot_api import releases
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.sessions import SERVICES, Sessions
from astrbot_reference.stores.mcp_servers import KIND, McpServers
from astrbot_reference.stores.skill_store import SkillStore
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.stubs import models

from .server import Fault, Server, fault

BREAKS = "UPDATE-EXACT"


@fault(breaks=BREAKS)
def the_other_files_get_longer(server: Server) -> None:
    """Writing a file beside the main one of a skill adds a line end to the others."""

    @server.override
    class Broken(SkillStore):
        def write(self, name: str, path: str, content: str) -> int:
            for other in () if path.endswith("SKILL.md") else self.files(name):
                if not other.endswith(path):
                    super().write(name, other, self.read(name, other) + "\n")
            return super().write(name, path, content)


@fault(breaks=BREAKS)
def empty_files_are_not_written(server: Server) -> None:
    """Writing an empty file of a skill is confirmed but not done."""

    @server.override
    class Broken(SkillStore):
        def write(self, name: str, path: str, content: str) -> int:
            return super().write(name, path, content or self.read(name, path))


@fault(breaks=BREAKS)
def a_renamed_mcp_server_stays(server: Server) -> None:
    """An MCP server that gets another name also stays under its old one."""

    @server.override
    class Broken(McpServers):
        def replace(self, name: str, server: JsonObject) -> None:
            old = self.find(name)
            super().replace(name, server)
            self._store.put(KIND, name, old if server["name"] != name else server)


@fault(breaks=BREAKS)
def a_change_enables_the_mcp_server(server: Server) -> None:
    """Changing an MCP server that is off switches it on."""

    @server.override
    class Broken(McpServers):
        def replace(self, name: str, server: JsonObject) -> None:
            is_switch = self.find(name) | {"active": None} == server | {"active": None}
            super().replace(name, server if is_switch else server | {"active": True})


def _switches_are_reset(server: Server) -> None:
    @server.override
    class Broken(Sessions):
        async def set_session_service(
            self, *, caller: Caller, body: models.SessionServiceChange
        ) -> Json[models.SessionBatchAnswer]:
            for umo in self._rules.chosen(given(body)):
                self._rules.set(umo, SERVICES, {})
            return await super().set_session_service(caller=caller, body=body)


def _groups_lose_their_name(server: Server) -> None:
    @server.override
    class Broken(Sessions):
        async def update_session_group(
            self, *, caller: Caller, group_id: str, body: models.SessionGroupChange
        ) -> Json[models.SessionGroupAnswer]:
            answer = await super().update_session_group(caller=caller, group_id=group_id, body=body)
            if given(body).get("add_umos"):
                self._rules.keep_group("group", self._rules.group(group_id)["umos"], group_id)
            return answer


def _every_group_is_changed(server: Server) -> None:
    @server.override
    class Broken(Sessions):
        async def update_session_group(
            self, *, caller: Caller, group_id: str, body: models.SessionGroupChange
        ) -> Json[models.SessionGroupAnswer]:
            for group in self._rules.groups() if given(body).get("umos") else ():
                self._rules.keep_group(group["name"], given(body)["umos"], group["id"])
            return await super().update_session_group(caller=caller, group_id=group_id, body=body)


OF_LATER_RELEASES = (
    Fault(
        "switches-of-a-session-are-reset",
        BREAKS,
        "Switching one service of a session resets the others.",
        _switches_are_reset,
        "set_session_service",
        releases.NEWEST,
    ),
    Fault(
        "groups-lose-their-name",
        BREAKS,
        "Adding a session to a group changes the name of the group.",
        _groups_lose_their_name,
        "update_session_group",
        releases.NEWEST,
    ),
    Fault(
        "every-group-is-changed",
        BREAKS,
        "New sessions of a group are the sessions of every group.",
        _every_group_is_changed,
        "update_session_group",
        releases.NEWEST,
    ),
)
