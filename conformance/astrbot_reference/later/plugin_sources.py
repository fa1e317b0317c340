"""The registries of the plugin market, and the update source of each plugin."""

from __future__ import annotations

from astrbot_api.server import Json

from astrbot_reference import plugin_sources
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.clock import stamp
from astrbot_reference.packages.plugin_views import marketplace_name
from astrbot_reference.refusal import Refusal
from astrbot_reference.stubs import models

from .plugin_origins import FROM_REPOSITORY, in_market, market_id, origin


class PluginSources(plugin_sources.PluginSources):
    """The operations of the tag `plugin-sources`."""

    async def set_plugin_source(
        self, *, caller: Caller, plugin_id: str, body: models.PluginSourceChoice
    ) -> Json[models.PluginOriginAnswer]:
        """Set the update source of a plugin. Raises Refusal unless the market has the plugin with its repository."""
        fields, plugin = given(body), self._plugins.find(plugin_id)
        if not in_market(plugin.package):
            raise Refusal(f"Plugin {plugin_id} is not in the market under its repository")
        method = (fields.get("install_method") or "market").lower()
        chosen = origin(self._contract, self._clock, plugin.package)
        if method == "market":
            if fields.get("market_plugin_id") != market_id(plugin.package):
                raise Refusal("Market plugin not found")
            chosen |= {"install_method": "market", "registry_name": "Default"}
            chosen["market_plugin_id"] = market_id(plugin.package)
        elif method not in FROM_REPOSITORY:
            raise Refusal(f"Invalid install_method: {method}")
        chosen |= {"installed_at": plugin.installed_at, "updated_at": stamp(self._clock())}
        chosen |= {"name": plugin_id, "marketplace_name": marketplace_name(plugin_id)}
        self._plugins.give_origin(plugin_id, chosen)
        return ok(models.PluginOriginAnswer, chosen, "Saved")
