"""Providers and their sources, as they are stored and as they are merged."""

from __future__ import annotations

from astrbot_reference.bodies import configuration, switched_on
from astrbot_reference.refusal import Refusal
from astrbot_reference.simulated.model_services import CHAT, provider_type

from .store import JsonObject, Store

PROVIDER = "provider"
SOURCE = "provider_source"
NOT_PROVIDER = frozenset({"provider_id", "source_id", "provider_config", "capability", "config", "enabled"})
NOT_SOURCE = frozenset({"source_id", "config"})


class ProviderStore:
    """The providers and sources that two services share. A provider inherits the members of its source."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def provider(self, provider_id: str) -> JsonObject:
        """A provider as it is stored. Raises Refusal if there is none."""
        return self._store.find(PROVIDER, provider_id, f"Provider {provider_id} not found")

    def providers(self) -> list[JsonObject]:
        """All providers as they are stored."""
        return self._store.all(PROVIDER)

    def merged(self, provider: JsonObject) -> JsonObject:
        """A provider with the members that it inherits from its source."""
        source = self._store.get(SOURCE, provider.get("provider_source_id", "")) or {}
        return source | provider

    def select(self, capability: str | None, source_id: str | None, *, enabled: bool | None = None) -> list[JsonObject]:
        """The providers that match every filter, merged with their sources. An empty filter matches all."""
        return [
            provider
            for provider in map(self.merged, self.providers())
            if (not capability or provider.get("provider_type", CHAT) in {capability, provider_type(capability)})
            and (not source_id or provider.get("provider_source_id") == source_id)
            and enabled in {None, provider["enable"]}
        ]

    def described(self, body: JsonObject, provider_id: str | None = None, source_id: str | None = None) -> JsonObject:
        """The provider that a body describes."""
        found = configuration(body, NOT_PROVIDER, provider_id)
        source = source_id or body.get("provider_source_id")
        if source:
            found["provider_source_id"] = source
        if body.get("capability"):
            found["provider_type"] = provider_type(body["capability"])
        return found | {"enable": switched_on(body, found)}

    def add(self, provider: JsonObject) -> None:
        """Store a new provider. Raises Refusal if its id is taken, or if it is enabled and has no type."""
        if self._store.get(PROVIDER, provider["id"]) is not None:
            raise Refusal(f"Provider {provider['id']} already exists")
        self._ready(provider)
        self._store.put(PROVIDER, provider["id"], provider)

    def replace(self, provider_id: str, provider: JsonObject) -> None:
        """Replace a configuration, perhaps under another id. Raises Refusal as `add` does, or if there is none."""
        self.provider(provider_id)
        renamed = provider["id"] != provider_id
        if renamed and self._store.get(PROVIDER, provider["id"]) is not None:
            raise Refusal(f"Provider {provider['id']} already exists")
        self._ready(provider)
        self._store.rename(PROVIDER, provider_id, provider["id"], provider)

    def remove(self, provider_id: str) -> None:
        """Delete a provider, if it exists."""
        self._store.remove(PROVIDER, provider_id)

    def source(self, source_id: str) -> JsonObject:
        """A source as it is stored. Raises Refusal if there is none."""
        return self._store.find(SOURCE, source_id, f"Provider source {source_id} not found")

    def sources(self) -> list[JsonObject]:
        """All sources as they are stored."""
        return self._store.all(SOURCE)

    def put_source(self, source: JsonObject) -> None:
        """Store a source, or replace the one with its id."""
        self._store.put(SOURCE, source["id"], source)

    def rename_source(self, source_id: str, source: JsonObject) -> None:
        """Store a source under another id, also in its providers. Raises Refusal if that id is taken."""
        if self._store.get(SOURCE, source["id"]) is not None:
            raise Refusal(f"Provider source {source['id']} already exists")
        if self._store.get(SOURCE, source_id) is None:
            self.put_source(source)
            return
        self._store.rename(SOURCE, source_id, source["id"], source)
        for provider in self._providers_of(source_id):
            self._store.put(PROVIDER, provider["id"], provider | {"provider_source_id": source["id"]})

    def remove_source(self, source_id: str) -> None:
        """Delete a source and its providers. Raises Refusal if there is none."""
        self.source(source_id)
        self._store.remove(SOURCE, source_id)
        for provider in self._providers_of(source_id):
            self._store.remove(PROVIDER, provider["id"])

    def _providers_of(self, source_id: str) -> list[JsonObject]:
        return [provider for provider in self.providers() if provider.get("provider_source_id") == source_id]

    def _ready(self, provider: JsonObject) -> None:
        if provider["enable"] and not self.merged(provider).get("type"):
            raise Refusal("An enabled provider requires a type, its own or that of its source")
