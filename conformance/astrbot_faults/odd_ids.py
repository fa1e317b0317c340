"""Faults with resources whose ids contain unusual characters."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from astrbot_api.models import Done, ProviderSourceCreation
from astrbot_api.server import Json, Raw
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.provider_sources import ProviderSources
from astrbot_reference.refusal import Refusal
from astrbot_reference.skills import Skills
from astrbot_reference.stores.skill_store import SkillStore
from astrbot_reference.t2i import T2i
from starlette.types import Scope

from .server import Server, fault

LONGEST = 150


@fault(breaks="ODD-IDS")
def versions_are_suffixes(server: Server) -> None:
    """A skill whose name ends like a file name cannot be downloaded."""

    @server.override
    class Broken(Skills):
        async def download_skill(self, *, caller: Caller, skill_name: str) -> Raw:
            if "." in skill_name:
                raise Refusal("The archive was not found", 500)
            return await super().download_skill(caller=caller, skill_name=skill_name)


@fault(breaks="ODD-IDS")
def dotted_skills_have_no_files(server: Server) -> None:
    """The folder of a skill is shown without its files if there is a dot in its name."""

    @server.override
    class Broken(SkillStore):
        def folder(self, name: str, path: str) -> list[dict[str, Any]]:
            return super().folder(name.partition(".")[0], path)


@fault(breaks="ODD-IDS")
def plus_is_a_blank(server: Server) -> None:
    """A bot with a plus in its id is not found by the second path."""
    server.queries["GET /api/v1/bots/by-id"] = lambda query: {
        name: value.replace("+", " ") for name, value in query.items()
    }


@fault(breaks="ODD-IDS")
def ids_are_decoded_twice(server: Server) -> None:
    """A percent sign in the id of a persona is decoded twice."""

    def form(scope: Scope) -> Scope:
        if not scope["path"].startswith("/api/v1/personas/"):
            return scope
        path = unquote(scope["path"])
        return {**scope, "path": path, "raw_path": path.encode()}

    server.forms = form


@fault(breaks="ODD-IDS")
def foreign_templates_stay(server: Server) -> None:
    """A template whose name is not ASCII is said to be deleted, and stays."""

    @server.override
    class Broken(T2i):
        async def delete_t2i_template(self, *, caller: Caller, name: str) -> Json[Done]:
            if name.isascii():
                return await super().delete_t2i_template(caller=caller, name=name)
            return ok(Done, {}, "Deleted")


@fault(breaks="ODD-IDS")
def long_sources_are_refused_and_stored(server: Server) -> None:
    """A provider source with a long id is refused, but stored."""

    @server.override
    class Broken(ProviderSources):
        async def create_provider_source(self, *, caller: Caller, body: ProviderSourceCreation) -> Json[Done]:
            done = await super().create_provider_source(caller=caller, body=body)
            if len(str(body.id)) > LONGEST:
                raise Refusal("The id is too long")
            return done


@fault(breaks="ODD-IDS")
def ids_are_cut(server: Server) -> None:
    """A long id of a persona is cut when the persona is created."""

    def cut(body: Any) -> Any:
        return body | {"persona_id": body["persona_id"][:LONGEST]}

    server.bodies["POST /api/v1/personas"] = cut
