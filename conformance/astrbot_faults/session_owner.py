"""Faults in the ownership of sessions."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from astrbot_api import models
from astrbot_api.operation import Operation
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.chat_projects import ChatProjects
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.stores.session_store import SessionStore, shown
from astrbot_reference.stores.store import JsonObject

from .server import Scopes, Server, fault


@fault(breaks="SESSIONS-OWNER")
def anybody_reads(server: Server) -> None:
    """Any key can read the history of any session."""

    @server.override
    class Broken(SessionStore):
        def readable(self, id: str, caller: str) -> JsonObject:
            return self.find(id)


@fault(breaks="SESSIONS-OWNER")
def anybody_changes(server: Server) -> None:
    """Any key can rename, stop and delete any session."""

    @server.override
    class Broken(SessionStore):
        def own(self, id: str, caller: str) -> JsonObject:
            return self.find(id)


@fault(breaks="SESSIONS-OWNER")
def anybody_continues(server: Server) -> None:
    """Any username can continue any session."""
    _entered(server, lambda *_: True)


@fault(breaks="SESSIONS-OWNER")
def names_know_no_case(server: Server) -> None:
    """A username that differs only in case can continue a session."""
    _entered(server, lambda creator, username: creator.lower() == username.lower())


@fault(breaks="SESSIONS-OWNER")
def names_are_patterns(server: Server) -> None:
    """A username with a percent sign lists the sessions of another user whose name starts with the part before it."""
    _listed(server, lambda asked, name: "%" in asked and name.startswith(asked.partition("%")[0]))


@fault(breaks="SESSIONS-OWNER")
def lists_know_no_case(server: Server) -> None:
    """A username that differs only in case lists the sessions of another user."""
    _listed(server, lambda asked, name: asked.lower() == name.lower())


@fault(breaks="SESSIONS-OWNER")
def projects_show_all_sessions(server: Server) -> None:
    """A project lists all sessions of all users."""

    @server.override
    class Broken(ChatProjects):
        def _inside(self, project_id: str) -> list[JsonObject]:
            return self._sessions.all()


@fault(breaks="SESSIONS-OWNER")
def projects_lose_sessions_to_anybody(server: Server) -> None:
    """Removing another key's session from its project is rejected but takes effect."""

    @server.override
    class Broken(ChatProjects):
        async def remove_session_from_project(self, *, caller: Caller, session_id: str) -> Json[models.DoneQuietly]:
            if self._sessions.exists(session_id):
                self._sessions.change(self._sessions.find(session_id), project_id=None)
            return await super().remove_session_from_project(caller=caller, session_id=session_id)


@fault(breaks="SESSIONS-OWNER")
def filters_forget_the_owner(server: Server) -> None:
    """The filter by platform lists the sessions of all users."""

    @server.override
    class Broken(ChatSessions):
        def _listed(self, username: str, platform_id: str | None) -> list[JsonObject]:
            everybody = [shown(session) for session in self._sessions.all() if session["platform_id"] == platform_id]
            return everybody or super()._listed(username, platform_id)


@fault(breaks="SESSIONS-OWNER")
def batches_look_at_the_first_only(server: Server) -> None:
    """Deleting several sessions checks the owner of the first only."""

    @server.override
    class Broken(ChatSessions):
        async def delete_chat_sessions(
            self, *, caller: Caller, body: models.ChatSessionBatch
        ) -> Json[models.ChatSessionBatchAnswer]:
            first, *others = given(body)["session_ids"] or [""]
            if self._sessions.exists(first) and self._sessions.find(first)["creator"] == caller.name:
                for session in filter(self._sessions.exists, others):
                    self._sessions.delete(session)
            return await super().delete_chat_sessions(caller=caller, body=body)


@fault(breaks="SESSIONS-OWNER")
def who_was_refused_reads(server: Server) -> None:
    """A key that was rejected in a session can then read it."""

    @server.override
    class Broken(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            if self.exists(id):
                session = self.find(id)
                self.change(session, talkers=[*session["talkers"], caller])
            return super().enter(id, username, caller)


@fault(breaks="SESSIONS-OWNER")
def keys_with_config_read_anything(server: Server) -> None:
    """A key with `config` can read every session."""
    holds_config = ContextVar("holds_config", default=False)

    def seen(_: Operation, held: Scopes) -> Scopes:
        holds_config.set("config" in held)
        return held

    @server.override
    class Broken(SessionStore):
        def readable(self, id: str, caller: str) -> JsonObject:
            return self.find(id) if holds_config.get() else super().readable(id, caller)

    server.scopes = seen


def _entered(server: Server, is_let_in: Callable[[str, str], bool]) -> None:
    """Let a username continue a session if it counts as the creator."""

    @server.override
    class Broken(SessionStore):
        def enter(self, id: str, username: str, caller: str) -> JsonObject:
            creator = self.find(id)["creator"] if self.exists(id) else username
            return super().enter(id, creator if is_let_in(creator, username) else username, caller)


def _listed(server: Server, is_meant: Callable[[str, str], bool]) -> None:
    """List the sessions of the first other user whose name counts as the requested one."""

    @server.override
    class Broken(ChatSessions):
        def _listed(self, username: str, platform_id: str | None) -> list[JsonObject]:
            names = [session["creator"] for session in self._sessions.all()]
            meant = next((name for name in names if name != username and is_meant(username, name)), username)
            return super()._listed(meant, platform_id)
