"""Faults in the list of sessions."""

from __future__ import annotations

from .server import Server, fault

SESSIONS = "GET /api/v1/chat/sessions"


@fault(breaks="SESSIONS-USERNAME")
def sessions_of_nobody(server: Server) -> None:
    """Without a username the sessions of somebody are listed."""
    server.queries[SESSIONS] = lambda query: query | {"username": query.get("username") or "somebody"}


@fault(breaks="SESSIONS-USERNAME")
def sessions_of_a_blank(server: Server) -> None:
    """A username of blanks is good enough."""
    server.queries[SESSIONS] = lambda query: (
        query | {"username": "blank"} if query.get("username", "x").isspace() else query
    )
