"""Faults in the pages of the list of sessions."""

from __future__ import annotations

from typing import Any

from astrbot_reference.chat_sessions import ChatSessions

from .server import Server, fault

SESSIONS = "GET /api/v1/chat/sessions"
Data = dict[str, Any]


@fault(breaks="SESSIONS-PAGING")
def total_of_the_page(server: Server) -> None:
    """`total` counts only the sessions on the page."""
    server.change_data(SESSIONS, lambda data: data | {"total": len(data["sessions"])})


@fault(breaks="SESSIONS-PAGING")
def total_off_by_one(server: Server) -> None:
    """`total` is one too high."""
    server.change_data(SESSIONS, lambda data: data | {"total": data["total"] + 1})


@fault(breaks="SESSIONS-PAGING")
def later_pages_begin_late(server: Server) -> None:
    """Every page but the first lacks its first session."""
    server.change_data(SESSIONS, lambda data: data | {"sessions": data["sessions"][data["page"] > 1 :]})


@fault(breaks="SESSIONS-PAGING")
def pages_overlap(server: Server) -> None:
    """Every page but the first starts with the last session of the page before."""
    before: list[Any] = []

    def overlapping(data: Data) -> Data:
        sessions = data["sessions"]
        stored = [*(before if data["page"] > 1 and sessions else []), *sessions][: data["page_size"]]
        before[:] = sessions[-1:]
        return data | {"sessions": stored}

    server.change_data(SESSIONS, overlapping)


@fault(breaks="SESSIONS-PAGING")
def oldest_session_first(server: Server) -> None:
    """A page lists the oldest session first."""
    server.change_data(SESSIONS, lambda data: data | {"sessions": data["sessions"][::-1]})


@fault(breaks="SESSIONS-PAGING")
def pages_of_two_hundred(server: Server) -> None:
    """A page can contain up to 200 sessions."""

    @server.override
    class Broken(ChatSessions):
        largest_page = 200


@fault(breaks="SESSIONS-PAGING")
def pages_from_zero(server: Server) -> None:
    """Pages are numbered from 0."""
    server.queries[SESSIONS] = lambda query: query | {"page": str(int(query.get("page", "0")) + 1)}


@fault(breaks="SESSIONS-PAGING")
def past_the_end_is_the_first_page(server: Server) -> None:
    """A page past the end returns the first page."""
    stored: list[Any] = []

    def anew(data: Data) -> Data:
        if data["page"] == 1:
            stored[:] = data["sessions"]
        return data if data["sessions"] else data | {"sessions": stored[: data["page_size"]]}

    server.change_data(SESSIONS, anew)


@fault(breaks="SESSIONS-PAGING")
def full_last_pages_lack_one(server: Server) -> None:
    """A full last page lacks its last session."""

    def lacking(data: Data) -> Data:
        is_last = data["page_size"] > 1 and data["page"] * data["page_size"] == data["total"]
        return data | {"sessions": data["sessions"][:-1]} if is_last else data

    server.change_data(SESSIONS, lacking)


@fault(breaks="SESSIONS-PAGING")
def pages_of_twenty_at_most(server: Server) -> None:
    """A page contains at most twenty sessions, whatever `page_size` says."""
    server.change_data(SESSIONS, lambda data: data | {"sessions": data["sessions"][:20]})
