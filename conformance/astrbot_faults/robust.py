"""Faults that odd input brings to light."""

from __future__ import annotations

from .server import Server, fault


@fault(breaks="ROBUST-INPUT")
def list_instead_of_object(server: Server) -> None:
    """A body that is not an object makes the server fail."""
    server.answers["POST /api/v1/personas"] = lambda status, body: (500 if status == 422 else status, body)
