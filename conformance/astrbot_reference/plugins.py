"""Installed plugins, those that failed to load, and the market."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.plugins import PluginsService

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service
from .packages.plugin_packages import PLUGINS, market
from .packages.plugin_versions import unsupported
from .packages.plugin_views import in_full, in_list
from .refusal import Refusal


class Plugins(Service, PluginsService[Caller]):
    """The operations of the tag `plugins`."""

    async def list_plugins(
        self, *, caller: Caller, name: str | None = None, plugin_id: str | None = None
    ) -> Json[models.PluginListAnswer]:
        """List the plugins; the message names those that failed to load."""
        versions = name or plugin_id
        listed = [
            in_list(self._contract, plugin)
            for plugin in self._plugins.all()
            if versions in (None, "", plugin.package.name)
        ]
        failed = [f"{folder}: {told['error']}" for folder, told in self._plugins.failed().items()]
        return ok(models.PluginListAnswer, listed, "\n".join(failed))

    async def get_plugin(self, *, caller: Caller, plugin_id: str) -> Json[models.PluginAnswer]:
        """A plugin and its components."""
        return ok(models.PluginAnswer, in_full(self._contract, self._plugins.find(plugin_id)))

    async def delete_plugin(
        self, *, caller: Caller, plugin_id: str, body: models.PluginRemoval | None = None
    ) -> Json[models.Done]:
        """Delete the plugin in the path. A name in the body is ignored."""
        config, data = also(body)
        self._plugins.remove(plugin_id, config=config, data=data)
        return ok(models.Done, {}, f"{plugin_id} was removed")

    async def get_plugin_readme(self, *, caller: Caller, plugin_id: str) -> Json[models.PluginReadmeAnswer]:
        """The README of a plugin. Raises Refusal if it has none."""
        readme = self._plugins.find(plugin_id).package.readme
        if readme is None:
            raise Refusal(f"{plugin_id} has no README")
        return ok(models.PluginReadmeAnswer, {"content": readme}, "Read")

    async def get_plugin_changelog(self, *, caller: Caller, plugin_id: str) -> Json[models.PluginChangelogAnswer]:
        """The changelog of a plugin, null if it has none."""
        changelog = self._plugins.find(plugin_id).package.changelog
        return ok(
            models.PluginChangelogAnswer, {"content": changelog}, "Read" if changelog else f"{plugin_id} has none"
        )

    async def set_plugin_enabled(
        self, *, caller: Caller, plugin_id: str, body: models.PluginSwitch
    ) -> Json[models.Done]:
        """Enable or disable a plugin."""
        self._plugins.switch(plugin_id, on=body.enabled)
        return ok(models.Done, {}, f"{plugin_id} is {'on' if body.enabled else 'off'}")

    async def set_plugin_enabled_by_id(self, *, caller: Caller, body: models.PluginSwitchById) -> Json[models.Done]:
        """The same, with the id in the body."""
        switch = models.PluginSwitch(enabled=body.enabled)
        return await self.set_plugin_enabled(caller=caller, plugin_id=body.plugin_id, body=switch)

    async def reload_plugin(self, *, caller: Caller, plugin_id: str) -> Json[models.Done]:
        """Reload a plugin. Raises Refusal if it is unknown, so that a typing error does not stop all others."""
        self._plugins.find(plugin_id)
        return ok(models.Done, {}, f"{plugin_id} was loaded again")

    async def reload_plugin_by_id(self, *, caller: Caller, body: models.PluginChoice) -> Json[models.Done]:
        """The same, with the id in the body."""
        return await self.reload_plugin(caller=caller, plugin_id=body.plugin_id)

    async def list_failed_plugins(self, *, caller: Caller) -> Json[models.FailedPluginListAnswer]:
        """The plugins that could not be loaded, by folder."""
        return ok(models.FailedPluginListAnswer, self._plugins.failed())

    async def delete_failed_plugin(
        self, *, caller: Caller, plugin_id: str, body: models.PluginRemoval | None = None
    ) -> Json[models.Done]:
        """Delete a plugin that could not be loaded."""
        config, data = also(body)
        self._plugins.remove_failed(plugin_id, config=config, data=data)
        return ok(models.Done, {}, f"{plugin_id} was removed")

    async def reload_failed_plugin(self, *, caller: Caller, plugin_id: str) -> Json[models.Done]:
        """Try to load a failed plugin again."""
        self._plugins.retry(plugin_id)
        return ok(models.Done, {}, f"{plugin_id} was loaded")

    async def list_market_plugins(
        self, *, caller: Caller, custom_registry: str | None = None, force_refresh: str = "false"
    ) -> Json[models.PluginMarketAnswer]:
        """The embedded market, or one of the embedded registries. Other addresses cannot be reached."""
        if not custom_registry:
            return ok(models.PluginMarketAnswer, market())
        registry = PLUGINS["registries"].get(custom_registry)
        if registry is None:
            raise Refusal(f"Cannot reach {custom_registry}")
        return ok(models.PluginMarketAnswer, registry)

    async def list_market_categories(self, *, caller: Caller) -> Json[models.MarketCategoriesAnswer]:
        """No categories."""
        return ok(models.MarketCategoriesAnswer, {"categories": []})

    async def check_plugin_version_support(
        self, *, caller: Caller, body: models.VersionRange
    ) -> Json[models.VersionSupportAnswer]:
        """Whether a range of versions contains the served release."""
        versions = given(body).get("astrbot_version") or ""
        problem = unsupported(versions, self._contract.release)
        support = {"supported": problem is None, "message": problem, "astrbot_version": versions}
        return ok(models.VersionSupportAnswer, support)


def also(body: models.PluginRemoval | None) -> tuple[bool, bool]:
    """Whether to delete the configuration and the data too."""
    asked = given(body)
    return bool(asked.get("delete_config")), bool(asked.get("delete_data"))
