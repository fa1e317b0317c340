"""Faults in the ownership of messages and threads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from astrbot_api.models import ChatEvent, ThreadMessage
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.chat import Chat
from astrbot_reference.stores.session_store import WEBCHAT, SessionStore
from astrbot_reference.stores.store import JsonObject

from .server import UNDER, Fault, Server, fault


def _open_sessions(operation: str, server: Server) -> None:
    """Let any key use any session in one operation."""

    @server.override
    class Broken(SessionStore):
        def own(self, id: str, caller: str) -> JsonObject:
            return self.find(id) if UNDER.get().operation == operation else super().own(id, caller)


def _anybody(name: str, line: str, operation: str) -> Fault:
    return Fault(name, "SESSIONS-OWNER", line, partial(_open_sessions, operation))


ANYBODY = (
    _anybody("anybody-edits-messages", "Any key can edit messages in any session.", "edit_chat_message"),
    _anybody(
        "anybody-has-it-answered-anew",
        "Any key can regenerate the last answer in any session.",
        "regenerate_chat_message",
    ),
    _anybody("anybody-begins-threads", "Any key can create threads in any session.", "create_chat_thread"),
    _anybody("anybody-reads-threads", "Any key can read any thread.", "get_chat_thread"),
    _anybody("anybody-chats-in-threads", "Any key can chat in any thread.", "chat_in_thread"),
    _anybody("anybody-deletes-threads", "Any key can delete any thread.", "delete_chat_thread"),
    _anybody("projects-take-any-session", "A key can add any session to its own project.", "add_session_to_project"),
)


@fault(breaks="SESSIONS-OWNER")
def refused_in_a_thread_is_said(server: Server) -> None:
    """A message in another key's thread is rejected but stored."""

    @server.override
    class Broken(Chat):
        async def chat_in_thread(
            self, *, caller: Caller, thread_id: str, body: ThreadMessage
        ) -> AsyncIterator[Json[ChatEvent]]:
            if _session_of(self._sessions, thread_id):
                said = {"type": "user", "message": given(body)["message"]}
                self._sessions.thread_history.add(thread_id, WEBCHAT, caller.name, "", said)
            return await super().chat_in_thread(caller=caller, thread_id=thread_id, body=body)


def _session_of(sessions: SessionStore, thread_id: str) -> str:
    """The id of the session of a thread; empty if there is no such thread."""
    threads = [thread for session in sessions.all() for thread in sessions.threads(session["session_id"])]
    return next((thread["parent_session_id"] for thread in threads if thread["thread_id"] == thread_id), "")
