"""Accounts and addresses that several providers use."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.provider_sources import ProviderSourcesService

from .answers import ok
from .auth import Caller
from .bodies import configuration, given
from .context import Service
from .refusal import Refusal
from .release import described
from .simulated.model_services import known_models, offered
from .stores.provider_store import NOT_SOURCE
from .stores.store import JsonObject


class ProviderSources(Service, ProviderSourcesService[Caller]):
    """The operations of the tag `provider-sources`."""

    async def list_provider_sources(self, *, caller: Caller) -> Json[models.ProviderSourceListAnswer]:
        """The sources as they are stored."""
        return ok(models.ProviderSourceListAnswer, {"provider_sources": self._providers.sources()})

    async def create_provider_source(self, *, caller: Caller, body: models.ProviderSourceCreation) -> Json[models.Done]:
        """Create a source, or replace the one with its id."""
        self._providers.put_source(configuration(given(body), NOT_SOURCE))
        return ok(models.Done, {}, "Saved")

    async def get_provider_source(self, *, caller: Caller, source_id: str) -> Json[models.SingleProviderSourceAnswer]:
        """A source as it is stored. Raises Refusal if it does not exist."""
        return ok(models.SingleProviderSourceAnswer, {"provider_source": self._providers.source(source_id)})

    async def replace_provider_source(
        self, *, caller: Caller, source_id: str, body: models.ProviderSourceReplacement
    ) -> Json[models.Done]:
        """Replace the configuration of a source; the body may change its id."""
        source = configuration(given(body), NOT_SOURCE, source_id)
        if not source.get("id", "").strip():
            raise Refusal("id is required")
        if source["id"] == source_id:
            self._providers.put_source(source)
        else:
            self._providers.rename_source(source_id, source)
        return ok(models.Done, {}, "Saved")

    async def replace_provider_source_by_id(
        self, *, caller: Caller, body: models.ProviderSourceReplacementById
    ) -> Json[models.Done]:
        """Replace the configuration of a source; its id stays."""
        source = configuration(given(body), NOT_SOURCE)
        self._providers.put_source(source | {"id": body.source_id.strip()})
        return ok(models.Done, {}, "Saved")

    async def delete_provider_source(self, *, caller: Caller, source_id: str) -> Json[models.Done]:
        """Delete a source and its providers."""
        self._providers.remove_source(source_id)
        return ok(models.Done, {}, "Deleted")

    async def list_provider_source_models(self, *, caller: Caller, source_id: str) -> Json[models.ModelListAnswer]:
        """The models that the simulated service offers."""
        return ok(models.ModelListAnswer, offered(self._providers.source(source_id)))

    async def list_provider_source_providers(
        self, *, caller: Caller, source_id: str, capability: str | None = None
    ) -> Json[models.ProviderListAnswer]:
        """The providers of a source; empty if there is no such source."""
        providers = self._providers.select(capability, source_id) if source_id else []
        whole = {"providers": providers, "model_metadata": known_models(providers)}
        return ok(models.ProviderListAnswer, described(self._contract, "ProviderList", whole))

    async def create_provider_source_provider(
        self, *, caller: Caller, source_id: str, body: models.SourcedProviderCreation
    ) -> Json[models.Done]:
        """Create a provider of a source, which need not exist."""
        return self._create(source_id, given(body))

    async def create_provider_source_provider_by_id(
        self, *, caller: Caller, body: models.SourcedProviderCreationById
    ) -> Json[models.Done]:
        """Create a provider of a source, which need not exist."""
        return self._create(body.source_id.strip(), given(body))

    def _create(self, source_id: str, sent: JsonObject) -> Json[models.Done]:
        self._providers.add(self._providers.described(sent, source_id=source_id))
        return ok(models.Done, {}, "Created")
