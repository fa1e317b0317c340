"""Faults in the ownership of messages and threads."""

from __future__ import annotations

from collections.abc import AsyncIterator

from astrbot_api.models import ChatEvent, ThreadMessage
from astrbot_api.server import Json
from astrbot_reference.agent.messages import given
from astrbot_reference.auth import Caller
from astrbot_reference.chat import Chat
from astrbot_reference.stores.session_store import WEBCHAT, SessionStore

from .server import Server, fault
from .session_owner import open_sessions


@fault(breaks="SESSIONS-OWNER")
def anybody_edits_messages(server: Server) -> None:
    """Any key can edit messages in any session."""
    open_sessions(server, "edit_chat_message")


@fault(breaks="SESSIONS-OWNER")
def anybody_has_it_answered_anew(server: Server) -> None:
    """Any key can regenerate the last answer in any session."""
    open_sessions(server, "regenerate_chat_message")


@fault(breaks="SESSIONS-OWNER")
def anybody_begins_threads(server: Server) -> None:
    """Any key can create threads in any session."""
    open_sessions(server, "create_chat_thread")


@fault(breaks="SESSIONS-OWNER")
def anybody_reads_threads(server: Server) -> None:
    """Any key can read any thread."""
    open_sessions(server, "get_chat_thread")


@fault(breaks="SESSIONS-OWNER")
def anybody_chats_in_threads(server: Server) -> None:
    """Any key can chat in any thread."""
    open_sessions(server, "chat_in_thread")


@fault(breaks="SESSIONS-OWNER")
def anybody_deletes_threads(server: Server) -> None:
    """Any key can delete any thread."""
    open_sessions(server, "delete_chat_thread")


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
