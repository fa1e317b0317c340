"""Faults in which of two things a request means."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from astrbot_api.models import PersonaNoteAnswer
from starlette.types import Scope

from astrbot_reference import personas
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bots import Bots
from astrbot_reference.personas import PERSONA, Personas
from astrbot_reference.skill_shelf import KIND, SkillShelf

from .server import Server, fault


@fault(breaks="PATH-ID")
def the_body_decides(server: Server) -> None:
    """Of two personas the one in the body is changed."""
    sound: Any = vars(Personas)["_change"]

    def change(self: Personas, persona_id: str, wanted: dict[str, Any]) -> Any:
        return sound(self, wanted.get("persona_id") or persona_id, wanted)

    server.patch.setattr(personas, "refuse_another_id", lambda *_: None)
    server.patch.setattr(Personas, "_change", change)


@fault(breaks="PATH-ID")
def the_body_is_switched(server: Server) -> None:
    """Of two bots the one in the body is switched."""
    said: ContextVar[Any] = ContextVar("said")

    def note(body: Any) -> Any:
        said.set(body)
        return body

    async def switch(self: Bots, *, bot_id: str, body: Any, caller: Caller) -> Any:  # noqa: ARG001
        return vars(Bots)["_switch"](self, said.get().get("bot_id") or bot_id, on=body.enabled)

    server.bodies["PATCH /api/v1/bots/{bot_id}/enabled"] = note
    server.patch.setattr(Bots, "set_bot_enabled", switch)


@fault(breaks="PATH-ID")
def the_query_is_removed(server: Server) -> None:
    """Of two personas the one in the query is deleted."""

    def form(scope: Scope) -> Scope:
        named = parse_qs(scope["query_string"].decode("latin-1")).get("persona_id")
        if scope["method"] != "DELETE" or not scope["path"].startswith("/api/v1/personas/") or not named:
            return scope
        path = f"/api/v1/personas/{named[0]}"
        return scope if scope["path"].endswith("/by-id") else {**scope, "path": path, "raw_path": path.encode()}

    server.forms = form


@fault(breaks="PATH-ID")
def namesakes_are_removed_too(server: Server) -> None:
    """With a persona all those are deleted whose names begin with its name."""

    async def delete(self: Personas, *, persona_id: str, caller: Caller) -> PersonaNoteAnswer:  # noqa: ARG001
        store = vars(self)["_store"]
        for persona in store.all(PERSONA):
            if persona["persona_id"].startswith(persona_id):
                store.remove(PERSONA, persona["persona_id"])
        return ok(PersonaNoteAnswer, {"message": "Deleted"})

    server.patch.setattr(Personas, "delete_persona", delete)


@fault(breaks="PATH-ID")
def names_regardless_of_case(server: Server) -> None:
    """A persona is found by a name that differs in case."""
    sound: Any = vars(Personas)["_persona"]

    def persona(self: Personas, persona_id: str) -> Any:
        every = vars(self)["_store"].all(PERSONA)
        alike = (one for one in every if one["persona_id"].lower() == persona_id.lower())
        return next(alike, None) or sound(self, persona_id)

    server.patch.setattr(Personas, "_persona", persona)


@fault(breaks="PATH-ID")
def every_skill_is_switched(server: Server) -> None:
    """With one skill all others are switched."""

    def enable(self: SkillShelf, _: str, *, active: bool) -> None:
        store = vars(self)["_store"]
        for skill in store.all(KIND):
            store.put(KIND, skill["name"], skill | {"active": active})

    server.patch.setattr(SkillShelf, "enable", enable)
