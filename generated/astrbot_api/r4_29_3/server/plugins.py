"""Installed plugins and the plugin market. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class PluginsService(Protocol[CallerT_contra]):
    """Installed plugins and the plugin market."""

    async def list_plugins(
        self, *, caller: CallerT_contra, name: str | None = None, plugin_id: str | None = None
    ) -> Answered[models.PluginListAnswer]:
        """List the installed plugins. `GET /api/v1/plugins`, scope `plugin`."""

    async def get_plugin_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin and its components. `GET /api/v1/plugins/by-id`, scope `plugin`."""
        return await self.get_plugin(caller=caller, plugin_id=plugin_id)

    async def delete_plugin_by_id(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginRemoval | None = None
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Uninstall a plugin. `DELETE /api/v1/plugins/by-id`, scope `plugin`."""
        return await self.delete_plugin(caller=caller, plugin_id=plugin_id, body=body)

    async def get_plugin_changelog_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginChangelogAnswer] | Answered[models.ErrorEnvelope]:
        """Read the changelog of a plugin. `GET /api/v1/plugins/changelog`, scope `plugin`."""
        return await self.get_plugin_changelog(caller=caller, plugin_id=plugin_id)

    async def set_plugin_enabled_by_id(
        self, *, caller: CallerT_contra, body: models.PluginSwitchById
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Enable or disable a plugin. `PATCH /api/v1/plugins/enabled`, scope `plugin`."""

    async def list_failed_plugins(self, *, caller: CallerT_contra) -> Answered[models.FailedPluginListAnswer]:
        """List the plugins that could not be loaded. `GET /api/v1/plugins/failed`, scope `plugin`."""

    async def delete_failed_plugin(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginRemoval | None = None
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Remove a plugin that could not be loaded. `DELETE /api/v1/plugins/failed/{plugin_id}`, scope `plugin`."""

    async def reload_failed_plugin(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Try again to load a failed plugin. `POST /api/v1/plugins/failed/{plugin_id}/reload`, scope `plugin`."""

    async def list_market_plugins(
        self, *, caller: CallerT_contra, custom_registry: str | None = None, force_refresh: str = "false"
    ) -> Answered[models.PluginMarketAnswer] | Answered[models.ErrorEnvelope]:
        """List the plugins in the market. `GET /api/v1/plugins/market`, scope `plugin`."""

    async def list_market_categories(self, *, caller: CallerT_contra) -> Answered[models.MarketCategoriesAnswer]:
        """List the categories of the market. `GET /api/v1/plugins/market/categories`, scope `plugin`."""

    async def get_plugin_readme_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginReadmeAnswer] | Answered[models.ErrorEnvelope]:
        """Read the README of a plugin. `GET /api/v1/plugins/readme`, scope `plugin`."""
        return await self.get_plugin_readme(caller=caller, plugin_id=plugin_id)

    async def reload_plugin_by_id(
        self, *, caller: CallerT_contra, body: models.PluginChoice
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Reload a plugin. `POST /api/v1/plugins/reload`, scope `plugin`."""

    async def check_plugin_version_support(
        self, *, caller: CallerT_contra, body: models.VersionRange
    ) -> Answered[models.VersionSupportAnswer]:
        """Check whether the running AstrBot is within a range of versions.

        `POST /api/v1/plugins/version-support/check`, scope `plugin`.
        """

    async def get_plugin(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin and its components. `GET /api/v1/plugins/{plugin_id}`, scope `plugin`."""

    async def delete_plugin(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginRemoval | None = None
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Uninstall a plugin. `DELETE /api/v1/plugins/{plugin_id}`, scope `plugin`."""

    async def get_plugin_changelog(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginChangelogAnswer] | Answered[models.ErrorEnvelope]:
        """Read the changelog of a plugin. `GET /api/v1/plugins/{plugin_id}/changelog`, scope `plugin`."""

    async def set_plugin_enabled(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginSwitch
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Enable or disable a plugin. `PATCH /api/v1/plugins/{plugin_id}/enabled`, scope `plugin`."""

    async def get_plugin_readme(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginReadmeAnswer] | Answered[models.ErrorEnvelope]:
        """Read the README of a plugin. `GET /api/v1/plugins/{plugin_id}/readme`, scope `plugin`."""

    async def reload_plugin(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.Done] | Answered[models.ErrorEnvelope]:
        """Reload a plugin. `POST /api/v1/plugins/{plugin_id}/reload`, scope `plugin`."""


def router(
    service: PluginsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `plugins` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PluginsService
    serve("list_plugins", "/api/v1/plugins", declared.list_plugins, service.list_plugins)
    serve("get_plugin_by_id", "/api/v1/plugins/by-id", declared.get_plugin_by_id, service.get_plugin_by_id)
    serve("delete_plugin_by_id", "/api/v1/plugins/by-id", declared.delete_plugin_by_id, service.delete_plugin_by_id)
    serve(
        "get_plugin_changelog_by_id",
        "/api/v1/plugins/changelog",
        declared.get_plugin_changelog_by_id,
        service.get_plugin_changelog_by_id,
    )
    serve(
        "set_plugin_enabled_by_id",
        "/api/v1/plugins/enabled",
        declared.set_plugin_enabled_by_id,
        service.set_plugin_enabled_by_id,
    )
    serve("list_failed_plugins", "/api/v1/plugins/failed", declared.list_failed_plugins, service.list_failed_plugins)
    serve(
        "delete_failed_plugin",
        "/api/v1/plugins/failed/{plugin_id}",
        declared.delete_failed_plugin,
        service.delete_failed_plugin,
    )
    serve(
        "reload_failed_plugin",
        "/api/v1/plugins/failed/{plugin_id}/reload",
        declared.reload_failed_plugin,
        service.reload_failed_plugin,
    )
    serve("list_market_plugins", "/api/v1/plugins/market", declared.list_market_plugins, service.list_market_plugins)
    serve(
        "list_market_categories",
        "/api/v1/plugins/market/categories",
        declared.list_market_categories,
        service.list_market_categories,
    )
    serve(
        "get_plugin_readme_by_id",
        "/api/v1/plugins/readme",
        declared.get_plugin_readme_by_id,
        service.get_plugin_readme_by_id,
    )
    serve("reload_plugin_by_id", "/api/v1/plugins/reload", declared.reload_plugin_by_id, service.reload_plugin_by_id)
    serve(
        "check_plugin_version_support",
        "/api/v1/plugins/version-support/check",
        declared.check_plugin_version_support,
        service.check_plugin_version_support,
    )
    serve("get_plugin", "/api/v1/plugins/{plugin_id}", declared.get_plugin, service.get_plugin)
    serve("delete_plugin", "/api/v1/plugins/{plugin_id}", declared.delete_plugin, service.delete_plugin)
    serve(
        "get_plugin_changelog",
        "/api/v1/plugins/{plugin_id}/changelog",
        declared.get_plugin_changelog,
        service.get_plugin_changelog,
    )
    serve(
        "set_plugin_enabled",
        "/api/v1/plugins/{plugin_id}/enabled",
        declared.set_plugin_enabled,
        service.set_plugin_enabled,
    )
    serve(
        "get_plugin_readme", "/api/v1/plugins/{plugin_id}/readme", declared.get_plugin_readme, service.get_plugin_readme
    )
    serve("reload_plugin", "/api/v1/plugins/{plugin_id}/reload", declared.reload_plugin, service.reload_plugin)
    return routes.router()
