"""Faults in second paths."""

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
    """The second path of a persona returns an outdated prompt."""
    server.change_data("GET /api/v1/personas/by-id", lambda data: data | {"system_prompt": "as it was once"})


@fault(breaks="ALIAS-SAME")
def second_path_does_not_write(server: Server) -> None:
    """An update of a persona on its second path reports success but changes nothing."""
    server.bodies["PUT /api/v1/personas/by-id"] = lambda body: {"persona_id": body["persona_id"]}


@fault(breaks="ALIAS-SAME")
def second_path_does_not_remove(server: Server) -> None:
    """The deletion of a bot on its second path reports success but deletes nothing."""

    @server.override
    class Broken(Bots):
        async def delete_bot_by_id(self, *, caller: Caller, bot_id: str) -> Json[Done]:
            return ok(Done, {}, "Deleted")


@fault(breaks="ALIAS-SAME")
def second_path_does_not_switch(server: Server) -> None:
    """Enabling or disabling a bot on its second path reports success but changes nothing."""

    @server.override
    class Broken(Bots):
        async def set_bot_enabled_by_id(self, *, caller: Caller, body: BotReference) -> Json[Done]:
            return ok(Done, {}, "Saved")


@fault(breaks="ALIAS-SAME")
def second_path_makes_no_provider(server: Server) -> None:
    """Creating a provider under a source on the second path reports success but creates nothing."""

    @server.override
    class Broken(ProviderSources):
        async def create_provider_source_provider_by_id(
            self, *, caller: Caller, body: SourcedProviderCreationById
        ) -> Json[Done]:
            return ok(Done, {}, "Created")


@fault(breaks="ALIAS-SAME")
def second_path_lists_no_providers(server: Server) -> None:
    """The second path of the providers of a source always returns an empty list."""
    server.queries["GET /api/v1/provider-sources/providers"] = lambda query: query | {"source_id": "none"}
