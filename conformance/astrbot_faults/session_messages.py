"""Faults in who may do something with what was said in a session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from astrbot_api.models import (
    ChangedMessageAnswer,
    ChatEvent,
    ChatThreadAnswer,
    DeletedThreadAnswer,
    MessageChange,
    Regeneration,
    ThreadCreation,
    ThreadHistoryAnswer,
    ThreadMessage,
)
from astrbot_api.server import Json
from astrbot_reference.agent.messages import given
from astrbot_reference.auth import Caller
from astrbot_reference.chat import Chat
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.stores.session_store import WEBCHAT, SessionStore

from .server import Server, fault


@fault(breaks="SESSIONS-OWNER")
def anybody_edits_messages(server: Server) -> None:
    """Any key changes what was said in any session."""

    @server.override
    class Broken(ChatSessions):
        async def edit_chat_message(
            self, *, caller: Caller, session_id: str, message_id: str, body: MessageChange
        ) -> Json[ChangedMessageAnswer]:
            caller = _creator_of(self._sessions, session_id, caller)
            return await super().edit_chat_message(
                caller=caller, session_id=session_id, message_id=message_id, body=body
            )


@fault(breaks="SESSIONS-OWNER")
def anybody_has_it_answered_anew(server: Server) -> None:
    """Any key has the last message in any session answered anew."""

    @server.override
    class Broken(ChatSessions):
        async def regenerate_chat_message(
            self, *, caller: Caller, session_id: str, message_id: str, body: Regeneration | None = None
        ) -> AsyncIterator[Json[ChatEvent]]:
            caller = _creator_of(self._sessions, session_id, caller)
            return await super().regenerate_chat_message(
                caller=caller, session_id=session_id, message_id=message_id, body=body
            )


@fault(breaks="SESSIONS-OWNER")
def anybody_begins_threads(server: Server) -> None:
    """Any key begins a thread on an answer in any session."""

    @server.override
    class Broken(Chat):
        async def create_chat_thread(self, *, caller: Caller, body: ThreadCreation) -> Json[ChatThreadAnswer]:
            caller = _creator_of(self._sessions, given(body)["session_id"], caller)
            return await super().create_chat_thread(caller=caller, body=body)


@fault(breaks="SESSIONS-OWNER")
def anybody_reads_threads(server: Server) -> None:
    """Any key reads any thread."""

    @server.override
    class Broken(Chat):
        async def get_chat_thread(self, *, caller: Caller, thread_id: str) -> Json[ThreadHistoryAnswer]:
            caller = _creator_of_thread(self._sessions, thread_id, caller)
            return await super().get_chat_thread(caller=caller, thread_id=thread_id)


@fault(breaks="SESSIONS-OWNER")
def anybody_chats_in_threads(server: Server) -> None:
    """Any key goes on with any thread."""

    @server.override
    class Broken(Chat):
        async def chat_in_thread(
            self, *, caller: Caller, thread_id: str, body: ThreadMessage
        ) -> AsyncIterator[Json[ChatEvent]]:
            caller = _creator_of_thread(self._sessions, thread_id, caller)
            return await super().chat_in_thread(caller=caller, thread_id=thread_id, body=body)


@fault(breaks="SESSIONS-OWNER")
def anybody_deletes_threads(server: Server) -> None:
    """Any key deletes any thread."""

    @server.override
    class Broken(Chat):
        async def delete_chat_thread(self, *, caller: Caller, thread_id: str) -> Json[DeletedThreadAnswer]:
            caller = _creator_of_thread(self._sessions, thread_id, caller)
            return await super().delete_chat_thread(caller=caller, thread_id=thread_id)


@fault(breaks="SESSIONS-OWNER")
def refused_in_a_thread_is_said(server: Server) -> None:
    """What another says in a thread is kept, although it is refused."""

    @server.override
    class Broken(Chat):
        async def chat_in_thread(
            self, *, caller: Caller, thread_id: str, body: ThreadMessage
        ) -> AsyncIterator[Json[ChatEvent]]:
            if _session_of(self._sessions, thread_id):
                said = {"type": "user", "message": given(body)["message"]}
                self._sessions.thread_history.add(thread_id, WEBCHAT, caller.name, "", said)
            return await super().chat_in_thread(caller=caller, thread_id=thread_id, body=body)


def _creator_of_thread(sessions: SessionStore, thread_id: str, caller: Caller) -> Caller:
    return _creator_of(sessions, _session_of(sessions, thread_id), caller)


def _creator_of(sessions: SessionStore, session_id: str, caller: Caller) -> Caller:
    """The caller, in the place of the creator of a session if there is one."""
    return replace(caller, name=sessions.find(session_id)["creator"]) if sessions.exists(session_id) else caller


def _session_of(sessions: SessionStore, thread_id: str) -> str:
    """The id of the session of a thread; empty if there is no such thread."""
    threads = [thread for session in sessions.all() for thread in sessions.threads(session["session_id"])]
    return next((thread["parent_session_id"] for thread in threads if thread["thread_id"] == thread_id), "")
