"""Faults in the required username of the list of sessions."""

from __future__ import annotations

from .server import Server, fault

SESSIONS = "GET /api/v1/chat/sessions"


@fault(breaks="SESSIONS-USERNAME")
def sessions_of_nobody(server: Server) -> None:
    """The list of sessions accepts a request without a username and uses a default one."""
    server.queries[SESSIONS] = lambda query: query | {"username": query.get("username") or "somebody"}


@fault(breaks="SESSIONS-USERNAME")
def sessions_of_a_blank(server: Server) -> None:
    """The list of sessions accepts a blank username."""
    server.queries[SESSIONS] = lambda query: (
        query | {"username": "blank"} if query.get("username", "x").isspace() else query
    )
