"""Faults in who may do something with what was said in a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from astrbot_reference.auth import Caller
from astrbot_reference.chat import Chat
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.messages import given
from astrbot_reference.session_book import WEBCHAT

from .server import Server, fault, taken_for_the_owner

Service = ChatSessions | Chat


@fault(breaks="SESSIONS-OWNER")
def anybody_edits_messages(server: Server) -> None:
    """Any key changes what was said in any session."""
    taken_for_the_owner(server, ChatSessions, "edit_chat_message", _creator)


@fault(breaks="SESSIONS-OWNER")
def anybody_has_it_answered_anew(server: Server) -> None:
    """Any key has the last message in any session answered anew."""
    taken_for_the_owner(server, ChatSessions, "regenerate_chat_message", _creator)


@fault(breaks="SESSIONS-OWNER")
def anybody_begins_threads(server: Server) -> None:
    """Any key begins a thread on an answer in any session."""
    taken_for_the_owner(server, Chat, "create_chat_thread", lambda chat, asked: _creator(chat, given(asked["body"])))


@fault(breaks="SESSIONS-OWNER")
def anybody_reads_threads(server: Server) -> None:
    """Any key reads any thread."""
    taken_for_the_owner(server, Chat, "get_chat_thread", _by_thread)


@fault(breaks="SESSIONS-OWNER")
def anybody_chats_in_threads(server: Server) -> None:
    """Any key goes on with any thread."""
    taken_for_the_owner(server, Chat, "chat_in_thread", _by_thread)


@fault(breaks="SESSIONS-OWNER")
def anybody_deletes_threads(server: Server) -> None:
    """Any key deletes any thread."""
    taken_for_the_owner(server, Chat, "delete_chat_thread", _by_thread)


@fault(breaks="SESSIONS-OWNER")
def refused_in_a_thread_is_said(server: Server) -> None:
    """What another says in a thread is kept, although it is refused."""
    sound = Chat.chat_in_thread

    async def chat(self: Chat, *, caller: Caller, thread_id: str, body: Any) -> Any:
        if _by_thread(self, {"thread_id": thread_id}):
            said = {"type": "user", "message": given(body)["message"]}
            self._book.thread_history.add(thread_id, WEBCHAT, caller.name, "", said)
        return await sound(self, caller=caller, thread_id=thread_id, body=body)

    server.patch.setattr(Chat, "chat_in_thread", chat)


def _by_thread(service: Service, asked: Mapping[str, Any]) -> str | None:
    book = service._book  # noqa: SLF001  a fault stands inside the server
    threads = [thread for session in book.all() for thread in book.threads(session["session_id"])]
    parents = (thread["parent_session_id"] for thread in threads if thread["thread_id"] == asked["thread_id"])
    return _creator(service, {"session_id": next(parents, "")})


def _creator(service: Service, asked: Mapping[str, Any]) -> str | None:
    book, session = service._book, asked["session_id"]  # noqa: SLF001  a fault stands inside the server
    return book.find(session)["creator"] if book.exists(session) else None
