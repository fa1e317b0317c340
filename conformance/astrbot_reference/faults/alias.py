"""Faults of second paths."""

from __future__ import annotations

from .server import Server, fault


@fault(breaks="ALIAS-SAME")
def second_path_shows_an_older_state(server: Server) -> None:
    """A persona read by query has another prompt than the same read by path."""
    server.answers["GET /api/v1/personas/by-id"] = lambda status, body: (
        status,
        body | {"data": body["data"] | {"system_prompt": "as it was once"}} if status == 200 else body,
    )


@fault(breaks="ALIAS-SAME")
def second_path_does_not_write(server: Server) -> None:
    """A change of a persona by its second path is told to be done, and is not."""
    server.bodies["PUT /api/v1/personas/by-id"] = lambda body: (
        {name: value for name, value in body.items() if name == "persona_id"} if isinstance(body, dict) else body
    )
