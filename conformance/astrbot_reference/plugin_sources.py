"""The registries of the plugin market."""

from __future__ import annotations

from typing import Any

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.plugin_sources import PluginSourcesService

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service

SOURCES = "plugin_sources"


class PluginSources(Service, PluginSourcesService[Caller]):
    """The operations of the tag `plugin-sources`."""

    async def list_plugin_sources(self, *, caller: Caller) -> Json[models.PluginSourceListAnswer]:
        """The registries in the order of creation."""
        return ok(models.PluginSourceListAnswer, {"sources": self._sources()})

    async def create_plugin_source(
        self, *, caller: Caller, body: models.PluginSourceCreation
    ) -> Json[models.ChangedPluginSourceListAnswer]:
        """Add a registry, without the members that are null."""
        fields = given(body)
        return self._keep([*self._sources(), {name: value for name, value in fields.items() if value is not None}])

    async def replace_plugin_sources(
        self, *, caller: Caller, body: models.PluginSourceReplacement
    ) -> Json[models.ChangedPluginSourceListAnswer]:
        """Replace all registries."""
        return self._keep(given(body).get("sources") or [])

    async def delete_plugin_source(
        self, *, caller: Caller, source_id: str
    ) -> Json[models.ChangedPluginSourceListAnswer]:
        """Delete a registry, if it exists."""
        return self._keep([source for source in self._sources() if called(source) != source_id])

    def _sources(self) -> list[Any]:
        stored: list[Any] = self._store.setting(SOURCES, [])
        return stored

    def _keep(self, sources: list[Any]) -> Json[models.ChangedPluginSourceListAnswer]:
        self._store.set_setting(SOURCES, sources)
        return ok(models.ChangedPluginSourceListAnswer, {"sources": sources}, "Saved")


def called(source: Any) -> Any:
    """The id of a registry in requests: its id, else its URL, else its name."""
    if not isinstance(source, dict):
        return source
    return source.get("id") or source.get("url") or source.get("name")
