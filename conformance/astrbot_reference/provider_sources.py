"""Accounts and addresses that providers share."""

from __future__ import annotations

from astrbot_api.contract import Contract
from astrbot_api.models import (
    Done,
    ModelListAnswer,
    ProviderListAnswer,
    ProviderSourceCreation,
    ProviderSourceListAnswer,
    ProviderSourceReplacement,
    ProviderSourceReplacementById,
    SingleProviderSourceAnswer,
    SourcedProviderCreation,
    SourcedProviderCreationById,
)
from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .config_body import configuration
from .refusal import Refusal
from .release import described
from .simulated.model_services import known_models, offered
from .stores.provider_store import NOT_SOURCE, ProviderStore
from .stores.store import JsonObject, Store


class ProviderSources:
    """The operations of the tag `provider-sources`."""

    def __init__(self, store: Store, contract: Contract) -> None:
        self._contract = contract
        self._providers = ProviderStore(store)

    async def list_provider_sources(self, *, caller: Caller) -> Json[ProviderSourceListAnswer]:
        """The sources as they are stored."""
        return ok(ProviderSourceListAnswer, {"provider_sources": self._providers.sources()})

    async def create_provider_source(self, *, caller: Caller, body: ProviderSourceCreation) -> Json[Done]:
        """A source, in place of the one that has its id."""
        self._providers.put_source(configuration(body.model_dump(mode="json"), NOT_SOURCE))
        return ok(Done, {}, "Saved")

    async def get_provider_source(self, *, caller: Caller, source_id: str) -> Json[SingleProviderSourceAnswer]:
        """The source as it is stored."""
        return ok(SingleProviderSourceAnswer, {"provider_source": self._providers.source(source_id)})

    async def get_provider_source_by_id(self, *, caller: Caller, source_id: str) -> Json[SingleProviderSourceAnswer]:
        """The source as it is stored."""
        return await self.get_provider_source(caller=caller, source_id=source_id)

    async def replace_provider_source(
        self, *, caller: Caller, source_id: str, body: ProviderSourceReplacement
    ) -> Json[Done]:
        """The whole new configuration, under another id if it says so."""
        source = configuration(body.model_dump(mode="json"), NOT_SOURCE, source_id)
        if not source.get("id", "").strip():
            raise Refusal("id is required")
        if source["id"] == source_id:
            self._providers.put_source(source)
        else:
            self._providers.rename_source(source_id, source)
        return ok(Done, {}, "Saved")

    async def replace_provider_source_by_id(self, *, caller: Caller, body: ProviderSourceReplacementById) -> Json[Done]:
        """The whole new configuration, under the id it had."""
        source = configuration(body.model_dump(mode="json"), NOT_SOURCE)
        self._providers.put_source(source | {"id": body.source_id.strip()})
        return ok(Done, {}, "Saved")

    async def delete_provider_source(self, *, caller: Caller, source_id: str) -> Json[Done]:
        """The source and its providers are gone."""
        self._providers.remove_source(source_id)
        return ok(Done, {}, "Deleted")

    async def delete_provider_source_by_id(self, *, caller: Caller, source_id: str) -> Json[Done]:
        """The source and its providers are gone."""
        return await self.delete_provider_source(caller=caller, source_id=source_id)

    async def list_provider_source_models(self, *, caller: Caller, source_id: str) -> Json[ModelListAnswer]:
        """What the service behind it would offer; this server plays it."""
        return ok(ModelListAnswer, offered(self._providers.source(source_id)))

    async def list_provider_source_models_by_id(self, *, caller: Caller, source_id: str) -> Json[ModelListAnswer]:
        """What the service behind it would offer; this server plays it."""
        return await self.list_provider_source_models(caller=caller, source_id=source_id)

    async def list_provider_source_providers(
        self, *, caller: Caller, source_id: str, capability: str | None = None
    ) -> Json[ProviderListAnswer]:
        """The providers that take from it; none where there is no such source."""
        providers = self._providers.select(capability, source_id) if source_id else []
        whole = {"providers": providers, "model_metadata": known_models(providers)}
        return ok(ProviderListAnswer, described(self._contract, "ProviderList", whole))

    async def list_provider_source_providers_by_id(
        self, *, caller: Caller, source_id: str, capability: str | None = None
    ) -> Json[ProviderListAnswer]:
        """The providers that take from it; none where there is no such source."""
        return await self.list_provider_source_providers(caller=caller, source_id=source_id, capability=capability)

    async def create_provider_source_provider(
        self, *, caller: Caller, source_id: str, body: SourcedProviderCreation
    ) -> Json[Done]:
        """A further provider that takes from it, whether it is there or not."""
        return self._create(source_id, body.model_dump(mode="json"))

    async def create_provider_source_provider_by_id(
        self, *, caller: Caller, body: SourcedProviderCreationById
    ) -> Json[Done]:
        """A further provider that takes from it, whether it is there or not."""
        return self._create(body.source_id.strip(), body.model_dump(mode="json"))

    def _create(self, source_id: str, sent: JsonObject) -> Json[Done]:
        self._providers.add(self._providers.described(sent, source_id=source_id))
        return ok(Done, {}, "Created")
