"""The sources from which the plugin market is read. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class PluginSourcesService(Protocol[CallerT_contra]):
    """The sources from which the plugin market is read."""

    async def list_plugin_sources(self, *, caller: CallerT_contra) -> Answered[models.PluginSourceListAnswer]:
        """List the sources of the plugin market. `GET /api/v1/plugin-sources`, scope `plugin`."""

    async def replace_plugin_sources(
        self, *, caller: CallerT_contra, body: models.PluginSourceReplacement
    ) -> Answered[models.ChangedPluginSourceListAnswer]:
        """Replace all sources. `PUT /api/v1/plugin-sources`, scope `plugin`."""

    async def create_plugin_source(
        self, *, caller: CallerT_contra, body: models.PluginSourceCreation
    ) -> Answered[models.ChangedPluginSourceListAnswer]:
        """Add a source. `POST /api/v1/plugin-sources`, scope `plugin`."""

    async def delete_plugin_source_by_id(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.ChangedPluginSourceListAnswer]:
        """Remove a source; an unknown one changes nothing. `DELETE /api/v1/plugin-sources/by-id`, scope `plugin`."""
        return await self.delete_plugin_source(caller=caller, source_id=source_id)

    async def delete_plugin_source(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.ChangedPluginSourceListAnswer]:
        """Remove a source; an unknown one changes nothing.

        `DELETE /api/v1/plugin-sources/{source_id}`, scope `plugin`.
        """

    async def set_plugin_source(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginSourceChoice
    ) -> Answered[models.PluginOriginAnswer] | Answered[models.ErrorEnvelope]:
        """Choose the update source of a plugin. `POST /api/v1/plugins/{plugin_id}/source`, scope `plugin`."""


def router(
    service: PluginSourcesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `plugin-sources` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PluginSourcesService
    serve("list_plugin_sources", "/api/v1/plugin-sources", declared.list_plugin_sources, service.list_plugin_sources)
    serve(
        "replace_plugin_sources",
        "/api/v1/plugin-sources",
        declared.replace_plugin_sources,
        service.replace_plugin_sources,
    )
    serve("create_plugin_source", "/api/v1/plugin-sources", declared.create_plugin_source, service.create_plugin_source)
    serve(
        "delete_plugin_source_by_id",
        "/api/v1/plugin-sources/by-id",
        declared.delete_plugin_source_by_id,
        service.delete_plugin_source_by_id,
    )
    serve(
        "delete_plugin_source",
        "/api/v1/plugin-sources/{source_id}",
        declared.delete_plugin_source,
        service.delete_plugin_source,
    )
    serve(
        "set_plugin_source", "/api/v1/plugins/{plugin_id}/source", declared.set_plugin_source, service.set_plugin_source
    )
    return routes.router()
