"""Faults in what chat asks for."""

from __future__ import annotations

from .server import Server, fault


@fault(breaks="CHAT-USERNAME")
def nobody_may_chat(server: Server) -> None:
    """A chat without a username is taken for somebody's."""
    server.bodies["POST /api/v1/chat"] = lambda body: (
        body | {"username": body.get("username") or "somebody"} if isinstance(body, dict) else body
    )


@fault(breaks="CHAT-USERNAME")
def blank_name_is_a_name(server: Server) -> None:
    """A username of blanks is good enough."""
    server.bodies["POST /api/v1/chat"] = lambda body: (
        body | {"username": "blank"} if isinstance(body, dict) and str(body.get("username", "x")).isspace() else body
    )
