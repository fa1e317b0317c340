"""Faults in the ownership of what was removed, is in progress, or is addressed in another way."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import ChatProjects
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.stores.session_store import SESSION, SessionStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault


@fault(breaks="SESSIONS-OWNER")
def removed_sessions_are_open(server: Server) -> None:
    """Any key but that of its owner can read the history of a session that was removed."""
    removed = dict[str, JsonObject]()

    @server.override
    class Broken(SessionStore):
        def delete(self, id: str) -> None:
            session, messages = self.find(id), self.history.messages(id)
            super().delete(id)
            removed[id] = session
            self._store.put("chat_history", id, {"messages": messages})

        def readable(self, id: str, caller: str) -> JsonObject:
            former = None if self.exists(id) else removed.get(id)
            return former if former and former["creator"] != caller else super().readable(id, caller)


@fault(breaks="SESSIONS-OWNER")
def new_sessions_inherit_messages(server: Server) -> None:
    """A session with the id of a removed one contains the messages of its former owner."""

    @server.override
    class Broken(SessionStore):
        def delete(self, id: str) -> None:
            self._store.remove(SESSION, id)

        def create(self, id: str, creator: str, platform: str = "webchat") -> JsonObject:
            messages = self.history.messages(id)
            session = super().create(id, creator, platform)
            self._store.put("chat_history", id, {"messages": messages})
            return session


@fault(breaks="SESSIONS-OWNER")
def addresses_need_no_owner(server: Server) -> None:
    """The address of a session with its owner shows its history to any key."""

    @server.override
    class Broken(ChatSessions):
        async def get_chat_session(
            self, *, caller: Caller, session_id: str, page: int = 1, page_size: int | None = None
        ) -> Json[models.ChatSessionHistoryAnswer]:
            before, _, session = session_id.rpartition("!")
            asked = Caller(before.rpartition("!")[2], caller.scopes) if before else caller
            return await super().get_chat_session(caller=asked, session_id=session, page=page, page_size=page_size)


@fault(breaks="PROJECTS-OWNER")
def removed_projects_are_shown(server: Server) -> None:
    """Any key can read a project that was removed."""
    removed = dict[str, JsonObject]()

    @server.override
    class Broken(ChatProjects):
        async def delete_chat_project(self, *, caller: Caller, project_id: str) -> Json[models.DoneQuietly]:
            project = self._own(project_id, caller)
            answer = await super().delete_chat_project(caller=caller, project_id=project_id)
            removed[project_id] = project
            return answer

        def _own(self, project_id: str, caller: Caller) -> JsonObject:
            return removed.get(project_id) or super()._own(project_id, caller)
