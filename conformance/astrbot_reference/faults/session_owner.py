"""Faults in whose a session is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from astrbot_api.models import ChatSessionPageAnswer, DoneQuietly, ProjectSessionListAnswer

from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import ChatProjects
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.session_book import SessionBook, shown
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


@fault(breaks="SESSIONS-OWNER")
def projects_show_all_sessions(server: Server) -> None:
    """A project shows the sessions that are in none too, whosever they are."""
    server.patch.setattr(ChatProjects, "_inside", lambda self, _: self._book.all())


@fault(breaks="SESSIONS-OWNER")
def anybody_looks_into_projects(server: Server) -> None:
    """Any key lists the sessions in any project."""

    async def listed(self: ChatProjects, *, project_id: str, **_caller: Caller) -> ProjectSessionListAnswer:
        return ok(ProjectSessionListAnswer, [shown(session) for session in self._inside(project_id)])

    server.patch.setattr(ChatProjects, "list_project_sessions", listed)


@fault(breaks="SESSIONS-OWNER")
def projects_take_any_session(server: Server) -> None:
    """Any session can be put into one's own project."""

    async def put(self: ChatProjects, *, caller: Caller, project_id: str, session_id: str) -> DoneQuietly:
        self._own(project_id, caller)
        self._book.change(self._book.find(session_id), project_id=project_id)
        return ok(DoneQuietly, {})

    server.patch.setattr(ChatProjects, "add_session_to_project", put)


@fault(breaks="SESSIONS-OWNER")
def projects_lose_sessions_to_anybody(server: Server) -> None:
    """Another's session is taken out of its project, whatever is answered."""
    sound = ChatProjects.remove_session_from_project

    async def removed(self: ChatProjects, *, caller: Caller, session_id: str) -> DoneQuietly:
        if self._book.exists(session_id):
            self._book.change(self._book.find(session_id), project_id=None)
        return await sound(self, caller=caller, session_id=session_id)

    server.patch.setattr(ChatProjects, "remove_session_from_project", removed)


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
