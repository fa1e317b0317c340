"""Accounts and addresses that several providers use. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ProviderSourcesService(Protocol[CallerT_contra]):
    """Accounts and addresses that several providers use."""

    async def list_provider_sources(self, *, caller: CallerT_contra) -> Answered[models.ProviderSourceListAnswer]:
        """List the sources. `GET /api/v1/provider-sources`, scope `provider`."""

    async def create_provider_source(
        self, *, caller: CallerT_contra, body: models.ProviderSourceCreation
    ) -> Answered[models.Done]:
        """Create a source; an existing one with the same id is replaced.

        `POST /api/v1/provider-sources`, scope `provider`.
        """

    async def get_provider_source_by_id(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.SingleProviderSourceAnswer]:
        """Show a source. `GET /api/v1/provider-sources/by-id`, scope `provider`."""
        return await self.get_provider_source(caller=caller, source_id=source_id)

    async def replace_provider_source_by_id(
        self, *, caller: CallerT_contra, body: models.ProviderSourceReplacementById
    ) -> Answered[models.Done]:
        """Replace the configuration of a source, or create the source.

        `PUT /api/v1/provider-sources/by-id`, scope `provider`.
        """

    async def delete_provider_source_by_id(self, *, caller: CallerT_contra, source_id: str) -> Answered[models.Done]:
        """Delete a source and its providers. `DELETE /api/v1/provider-sources/by-id`, scope `provider`."""
        return await self.delete_provider_source(caller=caller, source_id=source_id)

    async def list_provider_source_models_by_id(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.ModelListAnswer]:
        """List the models that a source offers. `GET /api/v1/provider-sources/models`, scope `provider`."""
        return await self.list_provider_source_models(caller=caller, source_id=source_id)

    async def list_provider_source_providers_by_id(
        self, *, caller: CallerT_contra, source_id: str, capability: str | None = None
    ) -> Answered[models.ProviderListAnswer]:
        """List the providers of a source, which does not have to exist.

        `GET /api/v1/provider-sources/providers`, scope `provider`.
        """
        return await self.list_provider_source_providers(caller=caller, source_id=source_id, capability=capability)

    async def create_provider_source_provider_by_id(
        self, *, caller: CallerT_contra, body: models.SourcedProviderCreationById
    ) -> Answered[models.Done]:
        """Create a provider of a source, which does not have to exist.

        `POST /api/v1/provider-sources/providers`, scope `provider`.
        """

    async def get_provider_source(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.SingleProviderSourceAnswer]:
        """Show a source. `GET /api/v1/provider-sources/{source_id}`, scope `provider`."""

    async def replace_provider_source(
        self, *, caller: CallerT_contra, source_id: str, body: models.ProviderSourceReplacement
    ) -> Answered[models.Done]:
        """Replace the configuration of a source, or create the source; another id renames it.

        `PUT /api/v1/provider-sources/{source_id}`, scope `provider`.
        """

    async def delete_provider_source(self, *, caller: CallerT_contra, source_id: str) -> Answered[models.Done]:
        """Delete a source and its providers. `DELETE /api/v1/provider-sources/{source_id}`, scope `provider`."""

    async def list_provider_source_models(
        self, *, caller: CallerT_contra, source_id: str
    ) -> Answered[models.ModelListAnswer]:
        """List the models that a source offers. `GET /api/v1/provider-sources/{source_id}/models`, scope `provider`."""

    async def list_provider_source_providers(
        self, *, caller: CallerT_contra, source_id: str, capability: str | None = None
    ) -> Answered[models.ProviderListAnswer]:
        """List the providers of a source, which does not have to exist.

        `GET /api/v1/provider-sources/{source_id}/providers`, scope `provider`.
        """

    async def create_provider_source_provider(
        self, *, caller: CallerT_contra, source_id: str, body: models.SourcedProviderCreation
    ) -> Answered[models.Done]:
        """Create a provider of a source, which does not have to exist.

        `POST /api/v1/provider-sources/{source_id}/providers`, scope `provider`.
        """


def router(
    service: ProviderSourcesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `provider-sources` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ProviderSourcesService
    serve(
        "list_provider_sources",
        "/api/v1/provider-sources",
        declared.list_provider_sources,
        service.list_provider_sources,
    )
    serve(
        "create_provider_source",
        "/api/v1/provider-sources",
        declared.create_provider_source,
        service.create_provider_source,
    )
    serve(
        "get_provider_source_by_id",
        "/api/v1/provider-sources/by-id",
        declared.get_provider_source_by_id,
        service.get_provider_source_by_id,
    )
    serve(
        "replace_provider_source_by_id",
        "/api/v1/provider-sources/by-id",
        declared.replace_provider_source_by_id,
        service.replace_provider_source_by_id,
    )
    serve(
        "delete_provider_source_by_id",
        "/api/v1/provider-sources/by-id",
        declared.delete_provider_source_by_id,
        service.delete_provider_source_by_id,
    )
    serve(
        "list_provider_source_models_by_id",
        "/api/v1/provider-sources/models",
        declared.list_provider_source_models_by_id,
        service.list_provider_source_models_by_id,
    )
    serve(
        "list_provider_source_providers_by_id",
        "/api/v1/provider-sources/providers",
        declared.list_provider_source_providers_by_id,
        service.list_provider_source_providers_by_id,
    )
    serve(
        "create_provider_source_provider_by_id",
        "/api/v1/provider-sources/providers",
        declared.create_provider_source_provider_by_id,
        service.create_provider_source_provider_by_id,
    )
    serve(
        "get_provider_source",
        "/api/v1/provider-sources/{source_id:path}",
        declared.get_provider_source,
        service.get_provider_source,
    )
    serve(
        "replace_provider_source",
        "/api/v1/provider-sources/{source_id:path}",
        declared.replace_provider_source,
        service.replace_provider_source,
    )
    serve(
        "delete_provider_source",
        "/api/v1/provider-sources/{source_id:path}",
        declared.delete_provider_source,
        service.delete_provider_source,
    )
    serve(
        "list_provider_source_models",
        "/api/v1/provider-sources/{source_id:path}/models",
        declared.list_provider_source_models,
        service.list_provider_source_models,
    )
    serve(
        "list_provider_source_providers",
        "/api/v1/provider-sources/{source_id:path}/providers",
        declared.list_provider_source_providers,
        service.list_provider_source_providers,
    )
    serve(
        "create_provider_source_provider",
        "/api/v1/provider-sources/{source_id:path}/providers",
        declared.create_provider_source_provider,
        service.create_provider_source_provider,
    )
    return routes.router()
