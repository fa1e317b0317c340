"""Faults in the resource that a request is about, if it names two."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from astrbot_api.models import BotSwitch, Done, PersonaNoteAnswer
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bots import Bots
from astrbot_reference.personas import PERSONA, Personas
from astrbot_reference.stores.skill_store import KIND, SkillStore
from astrbot_reference.stores.store import JsonObject
from starlette.types import Scope

from .server import Server, fault


@fault(breaks="PATH-ID")
def the_body_decides(server: Server) -> None:
    """An update changes the persona in the body and not the one in the path."""

    @server.override
    class Broken(Personas):
        @staticmethod
        def refuse_another_id(addressed: str, named: str | None) -> None:
            pass

        def _change(self, persona_id: str, fields: JsonObject) -> Json[PersonaNoteAnswer]:
            return super()._change(fields.get("persona_id") or persona_id, fields)


@fault(breaks="PATH-ID")
def the_body_is_switched(server: Server) -> None:
    """Enabling a bot changes the one in the body and not the one in the path."""
    said: ContextVar[Any] = ContextVar("said")

    def note(body: Any) -> Any:
        said.set(body)
        return body

    @server.override
    class Broken(Bots):
        async def set_bot_enabled(self, *, caller: Caller, bot_id: str, body: BotSwitch) -> Json[Done]:
            return self._switch(said.get().get("bot_id") or bot_id, on=body.enabled)

    server.bodies["PATCH /api/v1/bots/{bot_id}/enabled"] = note


@fault(breaks="PATH-ID")
def the_query_is_removed(server: Server) -> None:
    """A deletion removes the persona in the query and not the one in the path."""

    def form(scope: Scope) -> Scope:
        named = parse_qs(scope["query_string"].decode("latin-1")).get("persona_id")
        if scope["method"] != "DELETE" or not scope["path"].startswith("/api/v1/personas/") or not named:
            return scope
        path = f"/api/v1/personas/{named[0]}"
        return scope if scope["path"].endswith("/by-id") else {**scope, "path": path, "raw_path": path.encode()}

    server.forms = form


@fault(breaks="PATH-ID")
def namesakes_are_removed_too(server: Server) -> None:
    """Deleting a persona deletes all personas whose ids start with its id."""

    @server.override
    class Broken(Personas):
        async def delete_persona(self, *, caller: Caller, persona_id: str) -> Json[PersonaNoteAnswer]:
            for persona in self._store.all(PERSONA):
                if persona["persona_id"].startswith(persona_id):
                    self._store.remove(PERSONA, persona["persona_id"])
            return ok(PersonaNoteAnswer, {"message": "Deleted"})


@fault(breaks="PATH-ID")
def names_regardless_of_case(server: Server) -> None:
    """A persona is found by an id that differs in case."""

    @server.override
    class Broken(Personas):
        def _persona(self, persona_id: str) -> JsonObject:
            alike = (p for p in self._store.all(PERSONA) if p["persona_id"].lower() == persona_id.lower())
            return next(alike, None) or super()._persona(persona_id)


@fault(breaks="PATH-ID")
def every_skill_is_switched(server: Server) -> None:
    """Enabling or disabling a skill changes all skills."""

    @server.override
    class Broken(SkillStore):
        def enable(self, name: str, *, active: bool) -> None:
            for skill in self._store.all(KIND):
                self._store.put(KIND, skill["name"], skill | {"active": active})
