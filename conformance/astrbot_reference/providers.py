"""Models for chat, speech and embedding."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.providers import ProvidersService

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service
from .refusal import Refusal
from .release import described
from .simulated.model_services import dimension, form, known_models, trial
from .stores.store import JsonObject


class Providers(Service, ProvidersService[Caller]):
    """The operations of the tag `providers`."""

    async def list_providers(
        self,
        *,
        caller: Caller,
        capability: str | None = None,
        source_id: str | None = None,
        enabled: bool | None = None,
    ) -> Json[models.ProviderListAnswer]:
        """The providers that match, each merged with its source."""
        found = self._providers.select(capability, source_id, enabled=enabled)
        whole = {"providers": found, "model_metadata": known_models(found)}
        return ok(models.ProviderListAnswer, described(self._contract, "ProviderList", whole))

    async def create_provider(self, *, caller: Caller, body: models.ProviderCreation) -> Json[models.Done]:
        """Create a provider. Raises Refusal if the id is taken."""
        self._providers.add(self._providers.described(given(body)))
        return ok(models.Done, {}, "Created")

    async def get_provider(
        self, *, caller: Caller, provider_id: str, merged: bool = False
    ) -> Json[models.SingleProviderAnswer]:
        """A provider as it is stored, or merged with its source."""
        provider = self._providers.provider(provider_id)
        shown = self._providers.merged(provider) if merged else provider
        whole = {"provider": shown, "model_metadata": known_models([shown])}
        return ok(models.SingleProviderAnswer, described(self._contract, "SingleProvider", whole))

    async def replace_provider(
        self, *, caller: Caller, provider_id: str, body: models.ProviderReplacement
    ) -> Json[models.Done]:
        """Replace the configuration of a provider; the body may change its id."""
        return self._replace(provider_id, given(body))

    async def replace_provider_by_id(
        self, *, caller: Caller, body: models.ProviderReplacementById
    ) -> Json[models.Done]:
        """Replace the configuration of a provider; the body may change its id."""
        return self._replace(body.provider_id.strip(), given(body))

    async def delete_provider(self, *, caller: Caller, provider_id: str) -> Json[models.Done]:
        """Delete a provider, if it exists."""
        self._providers.remove(provider_id)
        return ok(models.Done, {}, "Deleted")

    async def set_provider_enabled(
        self, *, caller: Caller, provider_id: str, body: models.ProviderSwitch
    ) -> Json[models.Done]:
        """Enable or disable a provider."""
        return self._switch(provider_id, on=body.enabled)

    async def set_provider_enabled_by_id(self, *, caller: Caller, body: models.ProviderReference) -> Json[models.Done]:
        """Enable or disable a provider; it is disabled if the body does not say."""
        return self._switch(body.provider_id.strip(), on=bool(given(body).get("enabled")))

    async def get_provider_schema(self, *, caller: Caller) -> Json[models.ProviderSchemaAnswer]:
        """The form, and all providers and sources as they are stored."""
        providers, sources = self._providers.providers(), self._providers.sources()
        whole = {"config_schema": form(), "providers": providers, "provider_sources": sources}
        whole["model_metadata"] = known_models(providers)
        return ok(models.ProviderSchemaAnswer, described(self._contract, "ProviderSchema", whole))

    async def test_provider(self, *, caller: Caller, provider_id: str) -> Json[models.ProviderTrialAnswer]:
        """The response of the simulated model."""
        provider = self._providers.merged(self._providers.provider(provider_id))
        if not provider["enable"]:
            raise Refusal(f"Provider {provider_id} not found")
        return ok(models.ProviderTrialAnswer, trial(provider))

    async def test_provider_by_id(
        self, *, caller: Caller, body: models.ProviderReference
    ) -> Json[models.ProviderTrialAnswer]:
        """The response of the simulated model."""
        return await self.test_provider(caller=caller, provider_id=body.provider_id.strip())

    async def get_embedding_dimension(
        self, *, caller: Caller, provider_id: str, body: models.EmbeddingQuestion | None = None
    ) -> Json[models.EmbeddingDimensionAnswer]:
        """The length of the vectors of a provider, or of a given configuration."""
        return self._dimension(provider_id, given(body))

    async def get_embedding_dimension_by_id(
        self, *, caller: Caller, body: models.ProviderReference
    ) -> Json[models.EmbeddingDimensionAnswer]:
        """The length of the vectors of a provider, or of a given configuration."""
        return self._dimension(body.provider_id.strip(), given(body))

    def _replace(self, provider_id: str, sent: JsonObject) -> Json[models.Done]:
        self._providers.replace(provider_id, self._providers.described(sent, provider_id))
        return ok(models.Done, {}, "Saved")

    def _switch(self, provider_id: str, *, on: bool) -> Json[models.Done]:
        self._providers.replace(provider_id, self._providers.provider(provider_id) | {"enable": on})
        return ok(models.Done, {}, "Saved")

    def _dimension(self, provider_id: str, sent: JsonObject) -> Json[models.EmbeddingDimensionAnswer]:
        provider = self._providers.provider(provider_id)
        tried = sent.get("provider_config")
        settings = self._providers.merged(provider) if tried is None else tried
        return ok(models.EmbeddingDimensionAnswer, {"embedding_dimensions": dimension(settings)})
