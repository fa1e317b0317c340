"""Faults in which of two things a request means."""

from __future__ import annotations

from typing import Any

from astrbot_reference import personas
from astrbot_reference.personas import Personas

from .server import Server, fault


@fault(breaks="PATH-ID")
def the_body_decides(server: Server) -> None:
    """Of two personas the one in the body is changed."""
    sound: Any = vars(Personas)["_change"]

    def change(self: Personas, persona_id: str, wanted: dict[str, Any]) -> Any:
        return sound(self, wanted.get("persona_id") or persona_id, wanted)

    server.patch.setattr(personas, "refuse_another_id", lambda *_: None)
    server.patch.setattr(Personas, "_change", change)
