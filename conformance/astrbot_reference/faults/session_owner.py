"""Faults in whose a session is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from astrbot_api.models import ChatSessionPageAnswer

from astrbot_reference.auth import Caller
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.session_book import SessionBook
from astrbot_reference.store import JsonObject

from .server import Server, fault


@fault(breaks="SESSIONS-OWNER")
def anybody_reads(server: Server) -> None:
    """Any key reads the history of any session."""
    server.patch.setattr(SessionBook, "readable", lambda book, session_id, _: book.find(session_id))


@fault(breaks="SESSIONS-OWNER")
def anybody_changes(server: Server) -> None:
    """Any key renames, stops and deletes any session."""
    server.patch.setattr(SessionBook, "own", lambda book, session_id, _: book.find(session_id))


@fault(breaks="SESSIONS-OWNER")
def anybody_continues(server: Server) -> None:
    """Any username goes on with any session."""
    _entered(server, lambda *_: True)


@fault(breaks="SESSIONS-OWNER")
def names_know_no_case(server: Server) -> None:
    """A username that differs in case only goes on with a session."""
    _entered(server, lambda creator, username: creator.lower() == username.lower())


@fault(breaks="SESSIONS-OWNER")
def names_are_patterns(server: Server) -> None:
    """A username with a percent sign lists the sessions of a user whose name begins so."""
    _listed(server, lambda asked, name: "%" in asked and name.startswith(asked.partition("%")[0]))


@fault(breaks="SESSIONS-OWNER")
def lists_know_no_case(server: Server) -> None:
    """A username in capitals lists the sessions of the user who is called so in small letters."""
    _listed(server, lambda asked, name: asked.lower() == name.lower())


def _entered(server: Server, is_let_in: Callable[[str, str], bool]) -> None:
    """Let a username go on with a session where it is taken for its creator."""
    sound = SessionBook.enter

    def enter(book: SessionBook, id: str, username: str, caller: str) -> JsonObject:
        creator = book.find(id)["creator"] if book.exists(id) else username
        return sound(book, id, creator if is_let_in(creator, username) else username, caller)

    server.patch.setattr(SessionBook, "enter", enter)


def _listed(server: Server, is_meant: Callable[[str, str], bool]) -> None:
    """List the sessions of the first user who is taken for the one that was asked for."""
    sound = ChatSessions.list_chat_sessions

    async def listing(self: ChatSessions, *, caller: Caller, username: str, **more: Any) -> ChatSessionPageAnswer:
        names = [session["creator"] for session in self._book.all()]
        meant = next((name for name in names if name != username and is_meant(username, name)), username)
        return await sound(self, caller=caller, username=meant, **more)

    server.patch.setattr(ChatSessions, "list_chat_sessions", listing)
