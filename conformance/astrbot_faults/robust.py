"""Faults in the handling of bodies of a wrong type."""

from __future__ import annotations

from .server import Server, fault


@fault(breaks="ROBUST-INPUT")
def list_instead_of_object(server: Server) -> None:
    """A body that is not an object causes a 500 when a persona is created."""
    server.answers["POST /api/v1/personas"] = lambda status, body: (500 if status == 422 else status, body)
