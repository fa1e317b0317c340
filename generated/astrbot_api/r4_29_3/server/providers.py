"""Models for chat, speech and embeddings. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ProvidersService(Protocol[CallerT_contra]):
    """Models for chat, speech and embeddings."""

    async def list_providers(
        self,
        *,
        caller: CallerT_contra,
        capability: str | None = None,
        source_id: str | None = None,
        enabled: bool | None = None,
    ) -> Answered[models.ProviderListAnswer]:
        """List the providers. `GET /api/v1/providers`, scope `provider`."""

    async def create_provider(self, *, caller: CallerT_contra, body: models.ProviderCreation) -> Answered[models.Done]:
        """Create a provider, and load it if it is enabled. `POST /api/v1/providers`, scope `provider`."""

    async def get_provider_by_id(
        self, *, caller: CallerT_contra, provider_id: str, merged: bool = False
    ) -> Answered[models.SingleProviderAnswer]:
        """Show a provider. `GET /api/v1/providers/by-id`, scope `provider`."""
        return await self.get_provider(caller=caller, provider_id=provider_id, merged=merged)

    async def replace_provider_by_id(
        self, *, caller: CallerT_contra, body: models.ProviderReplacementById
    ) -> Answered[models.Done]:
        """Replace the configuration of a provider, and reload it if it is enabled.

        `PUT /api/v1/providers/by-id`, scope `provider`.
        """

    async def delete_provider_by_id(self, *, caller: CallerT_contra, provider_id: str) -> Answered[models.Done]:
        """Delete a provider; a nonexistent one is accepted. `DELETE /api/v1/providers/by-id`, scope `provider`."""
        return await self.delete_provider(caller=caller, provider_id=provider_id)

    async def get_embedding_dimension_by_id(
        self, *, caller: CallerT_contra, body: models.ProviderReference
    ) -> Answered[models.EmbeddingDimensionAnswer]:
        """Get the vector length of an embedding model.

        `POST /api/v1/providers/embedding-dimension`, scope `provider`.
        """

    async def set_provider_enabled_by_id(
        self, *, caller: CallerT_contra, body: models.ProviderReference
    ) -> Answered[models.Done]:
        """Enable or disable a provider; an absent `enabled` means false.

        `PATCH /api/v1/providers/enabled`, scope `provider`.
        """

    async def get_provider_schema(self, *, caller: CallerT_contra) -> Answered[models.ProviderSchemaAnswer]:
        """Show the configuration form of providers, and all providers and sources.

        `GET /api/v1/providers/schema`, scope `provider`.
        """

    async def test_provider_by_id(
        self, *, caller: CallerT_contra, body: models.ProviderReference
    ) -> Answered[models.ProviderTrialAnswer]:
        """Send a short test message to the model of a provider. `POST /api/v1/providers/test`, scope `provider`."""

    async def get_provider(
        self, *, caller: CallerT_contra, provider_id: str, merged: bool = False
    ) -> Answered[models.SingleProviderAnswer]:
        """Show a provider. `GET /api/v1/providers/{provider_id}`, scope `provider`."""

    async def replace_provider(
        self, *, caller: CallerT_contra, provider_id: str, body: models.ProviderReplacement
    ) -> Answered[models.Done]:
        """Replace the configuration of a provider, and reload it if it is enabled.

        `PUT /api/v1/providers/{provider_id}`, scope `provider`.
        """

    async def delete_provider(self, *, caller: CallerT_contra, provider_id: str) -> Answered[models.Done]:
        """Delete a provider; a nonexistent one is accepted.

        `DELETE /api/v1/providers/{provider_id}`, scope `provider`.
        """

    async def get_embedding_dimension(
        self, *, caller: CallerT_contra, provider_id: str, body: models.EmbeddingQuestion | None = None
    ) -> Answered[models.EmbeddingDimensionAnswer]:
        """Get the vector length of an embedding model.

        `POST /api/v1/providers/{provider_id}/embedding-dimension`, scope `provider`.
        """

    async def set_provider_enabled(
        self, *, caller: CallerT_contra, provider_id: str, body: models.ProviderSwitch
    ) -> Answered[models.Done]:
        """Enable or disable a provider. `PATCH /api/v1/providers/{provider_id}/enabled`, scope `provider`."""

    async def test_provider(self, *, caller: CallerT_contra, provider_id: str) -> Answered[models.ProviderTrialAnswer]:
        """Send a short test message to the model of a provider.

        `POST /api/v1/providers/{provider_id}/test`, scope `provider`.
        """


def router(
    service: ProvidersService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `providers` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ProvidersService
    serve("list_providers", "/api/v1/providers", declared.list_providers, service.list_providers)
    serve("create_provider", "/api/v1/providers", declared.create_provider, service.create_provider)
    serve("get_provider_by_id", "/api/v1/providers/by-id", declared.get_provider_by_id, service.get_provider_by_id)
    serve(
        "replace_provider_by_id",
        "/api/v1/providers/by-id",
        declared.replace_provider_by_id,
        service.replace_provider_by_id,
    )
    serve(
        "delete_provider_by_id",
        "/api/v1/providers/by-id",
        declared.delete_provider_by_id,
        service.delete_provider_by_id,
    )
    serve(
        "get_embedding_dimension_by_id",
        "/api/v1/providers/embedding-dimension",
        declared.get_embedding_dimension_by_id,
        service.get_embedding_dimension_by_id,
    )
    serve(
        "set_provider_enabled_by_id",
        "/api/v1/providers/enabled",
        declared.set_provider_enabled_by_id,
        service.set_provider_enabled_by_id,
    )
    serve("get_provider_schema", "/api/v1/providers/schema", declared.get_provider_schema, service.get_provider_schema)
    serve("test_provider_by_id", "/api/v1/providers/test", declared.test_provider_by_id, service.test_provider_by_id)
    serve("get_provider", "/api/v1/providers/{provider_id:path}", declared.get_provider, service.get_provider)
    serve(
        "replace_provider", "/api/v1/providers/{provider_id:path}", declared.replace_provider, service.replace_provider
    )
    serve("delete_provider", "/api/v1/providers/{provider_id:path}", declared.delete_provider, service.delete_provider)
    serve(
        "get_embedding_dimension",
        "/api/v1/providers/{provider_id:path}/embedding-dimension",
        declared.get_embedding_dimension,
        service.get_embedding_dimension,
    )
    serve(
        "set_provider_enabled",
        "/api/v1/providers/{provider_id:path}/enabled",
        declared.set_provider_enabled,
        service.set_provider_enabled,
    )
    serve("test_provider", "/api/v1/providers/{provider_id:path}/test", declared.test_provider, service.test_provider)
    return routes.router()
