"""Faults in who may do something with what was said in a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from astrbot_reference.auth import Caller
from astrbot_reference.chat import Chat
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.messages import given
from astrbot_reference.session_book import WEBCHAT, SessionBook

from .server import Server, fault

Service = ChatSessions | Chat


@fault(breaks="SESSIONS-OWNER")
def anybody_edits_messages(server: Server) -> None:
    """Any key changes what was said in any session."""
    _taken_for_the_owner(server, ChatSessions, "edit_chat_message", _named)


@fault(breaks="SESSIONS-OWNER")
def anybody_has_it_answered_anew(server: Server) -> None:
    """Any key has the last message in any session answered anew."""
    _taken_for_the_owner(server, ChatSessions, "regenerate_chat_message", _named)


@fault(breaks="SESSIONS-OWNER")
def anybody_begins_threads(server: Server) -> None:
    """Any key begins a thread on an answer in any session."""
    _taken_for_the_owner(server, Chat, "create_chat_thread", lambda _, asked: given(asked["body"])["session_id"])


@fault(breaks="SESSIONS-OWNER")
def anybody_reads_threads(server: Server) -> None:
    """Any key reads any thread."""
    _taken_for_the_owner(server, Chat, "get_chat_thread", _of_its_thread)


@fault(breaks="SESSIONS-OWNER")
def anybody_chats_in_threads(server: Server) -> None:
    """Any key goes on with any thread."""
    _taken_for_the_owner(server, Chat, "chat_in_thread", _of_its_thread)


@fault(breaks="SESSIONS-OWNER")
def anybody_deletes_threads(server: Server) -> None:
    """Any key deletes any thread."""
    _taken_for_the_owner(server, Chat, "delete_chat_thread", _of_its_thread)


@fault(breaks="SESSIONS-OWNER")
def refused_in_a_thread_is_said(server: Server) -> None:
    """What another says in a thread is kept, although it is refused."""
    sound = Chat.chat_in_thread

    async def chat(self: Chat, *, caller: Caller, thread_id: str, body: Any) -> Any:
        if _of_its_thread(self._book, {"thread_id": thread_id}):
            said = {"type": "user", "message": given(body)["message"]}
            self._book.thread_history.add(thread_id, WEBCHAT, caller.name, "", said)
        return await sound(self, caller=caller, thread_id=thread_id, body=body)

    server.patch.setattr(Chat, "chat_in_thread", chat)


def _named(_: SessionBook, asked: dict[str, Any]) -> str:
    return str(asked["session_id"])


def _of_its_thread(book: SessionBook, asked: dict[str, Any]) -> str:
    threads = [thread for session in book.all() for thread in book.threads(session["session_id"])]
    parents = (thread["parent_session_id"] for thread in threads if thread["thread_id"] == asked["thread_id"])
    return next(parents, "")


def _taken_for_the_owner(
    server: Server,
    service: type[Service],
    method: str,
    session_of: Callable[[SessionBook, dict[str, Any]], str],
) -> None:
    """Let whoever asks stand in for the owner of the session."""
    sound: Callable[..., Awaitable[Any]] = getattr(service, method)

    async def served(self: Service, *, caller: Caller, **asked: Any) -> Any:
        session = session_of(self._book, asked)
        if self._book.exists(session):
            caller = replace(caller, name=self._book.find(session)["creator"])
        return await sound(self, caller=caller, **asked)

    server.patch.setattr(service, method, served)
