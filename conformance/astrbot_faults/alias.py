"""Faults of second paths."""

from __future__ import annotations

from astrbot_api.models import BotReference, Done, SourcedProviderCreationById
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bots import Bots
from astrbot_reference.provider_sources import ProviderSources

from .server import Server, fault


@fault(breaks="ALIAS-SAME")
def second_path_shows_an_older_state(server: Server) -> None:
    """A persona read by query has another prompt than the same read by path."""
    server.change_data("GET /api/v1/personas/by-id", lambda data: data | {"system_prompt": "as it was once"})


@fault(breaks="ALIAS-SAME")
def second_path_does_not_write(server: Server) -> None:
    """A change of a persona by its second path is told to be done, and is not."""
    server.bodies["PUT /api/v1/personas/by-id"] = lambda body: {"persona_id": body["persona_id"]}


@fault(breaks="ALIAS-SAME")
def second_path_does_not_remove(server: Server) -> None:
    """The removal of a bot by its second path is told to be done, and is not."""

    @server.override
    class Broken(Bots):
        async def delete_bot_by_id(self, *, caller: Caller, bot_id: str) -> Json[Done]:
            return ok(Done, {}, "Deleted")


@fault(breaks="ALIAS-SAME")
def second_path_does_not_switch(server: Server) -> None:
    """A bot that is switched by its second path stays as it is."""

    @server.override
    class Broken(Bots):
        async def set_bot_enabled_by_id(self, *, caller: Caller, body: BotReference) -> Json[Done]:
            return ok(Done, {}, "Saved")


@fault(breaks="ALIAS-SAME")
def second_path_makes_no_provider(server: Server) -> None:
    """A provider that is made under a source by the second path is not there afterwards."""

    @server.override
    class Broken(ProviderSources):
        async def create_provider_source_provider_by_id(
            self, *, caller: Caller, body: SourcedProviderCreationById
        ) -> Json[Done]:
            return ok(Done, {}, "Created")


@fault(breaks="ALIAS-SAME")
def second_path_lists_no_providers(server: Server) -> None:
    """The list of the providers of a source is empty by its second path."""
    server.queries["GET /api/v1/provider-sources/providers"] = lambda query: query | {"source_id": "none"}
