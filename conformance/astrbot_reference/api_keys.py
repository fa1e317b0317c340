"""Developer keys, as the dashboard manages them."""

from __future__ import annotations

from astrbot_api.models import ApiKeyCreation, ApiKeyListAnswer, CreatedApiKeyAnswer, DoneQuietly
from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Context


class ApiKeys:
    """The operations of the tag `api-keys`."""

    def __init__(self, context: Context) -> None:
        self._keys = context.keys

    async def list_api_keys(self, *, caller: Caller) -> Json[ApiKeyListAnswer]:
        """List all keys without their secrets."""
        return ok(ApiKeyListAnswer, self._keys.list())

    async def create_api_key(self, *, caller: Caller, body: ApiKeyCreation) -> Json[CreatedApiKeyAnswer]:
        """Create a key; only this response contains its secret."""
        fields = given(body)
        record = self._keys.create(fields.get("name"), fields.get("scopes"), fields.get("expires_in_days"), caller.name)
        return ok(CreatedApiKeyAnswer, record)

    async def revoke_api_key(self, *, caller: Caller, key_id: str) -> Json[DoneQuietly]:
        """Revoke a key at once; it stays in the list."""
        self._keys.revoke(key_id)
        return ok(DoneQuietly, {})

    async def delete_api_key(self, *, caller: Caller, key_id: str) -> Json[DoneQuietly]:
        """Delete a key at once."""
        self._keys.delete(key_id)
        return ok(DoneQuietly, {})
