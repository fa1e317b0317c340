"""Developer keys, as the dashboard manages them. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ApiKeysService(Protocol[CallerT_contra]):
    """Developer keys, as the dashboard manages them."""

    async def list_api_keys(self, *, caller: CallerT_contra) -> Answered[models.ApiKeyListAnswer]:
        """List the developer keys, without their secrets. `GET /api/v1/api-keys`, closed (`system`)."""

    async def create_api_key(
        self, *, caller: CallerT_contra, body: models.ApiKeyCreation
    ) -> Answered[models.CreatedApiKeyAnswer]:
        """Create a developer key. `POST /api/v1/api-keys`, closed (`system`)."""

    async def delete_api_key(self, *, caller: CallerT_contra, key_id: str) -> Answered[models.DoneQuietly]:
        """Delete a key; it stops working at once and is no longer listed.

        `DELETE /api/v1/api-keys/{key_id}`, closed (`system`).
        """

    async def revoke_api_key(self, *, caller: CallerT_contra, key_id: str) -> Answered[models.DoneQuietly]:
        """Revoke a key; it stops working at once and stays listed.

        `POST /api/v1/api-keys/{key_id}/revoke`, closed (`system`).
        """


def router(
    service: ApiKeysService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `api-keys` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ApiKeysService
    serve("list_api_keys", "/api/v1/api-keys", declared.list_api_keys, service.list_api_keys)
    serve("create_api_key", "/api/v1/api-keys", declared.create_api_key, service.create_api_key)
    serve("delete_api_key", "/api/v1/api-keys/{key_id}", declared.delete_api_key, service.delete_api_key)
    serve("revoke_api_key", "/api/v1/api-keys/{key_id}/revoke", declared.revoke_api_key, service.revoke_api_key)
    return routes.router()
