"""Installation and updates of plugins. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from .. import models
from ..contract import Contract
from ..operations import RELEASE
from ..releases import contract as contract_of
from .answers import Answered
from .bodies import Form
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra


class PluginInstallService(Protocol[CallerT_contra]):
    """Installation and updates of plugins."""

    async def install_plugin_from_github(
        self, *, caller: CallerT_contra, body: models.GithubPlugin
    ) -> Answered[models.GithubInstalledPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Install a plugin from GitHub. `POST /api/v1/plugins/install/github`, scope `plugin`."""

    async def install_plugin_from_upload(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.InstalledPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Install a plugin from an uploaded archive. `POST /api/v1/plugins/install/upload`, scope `plugin`."""

    async def install_plugin_from_url(
        self, *, caller: CallerT_contra, body: models.LinkedPlugin | None = None
    ) -> Answered[models.InstalledPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Install a plugin from the URL of its repository. `POST /api/v1/plugins/install/url`, scope `plugin`."""

    async def update_plugins(
        self, *, caller: CallerT_contra, body: models.PluginUpdates
    ) -> Answered[models.UpdatedPluginsAnswer] | Answered[models.ErrorEnvelope]:
        """Update one plugin or several. `POST /api/v1/plugins/update`, scope `plugin`."""

    async def update_plugin(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginUpdate | None = None
    ) -> Answered[models.UpdatedPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Update a plugin. `POST /api/v1/plugins/{plugin_id}/update`, scope `plugin`."""


def router(
    service: PluginInstallService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `plugin-install` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PluginInstallService
    serve(
        "install_plugin_from_github",
        "/api/v1/plugins/install/github",
        declared.install_plugin_from_github,
        service.install_plugin_from_github,
    )
    serve(
        "install_plugin_from_upload",
        "/api/v1/plugins/install/upload",
        declared.install_plugin_from_upload,
        service.install_plugin_from_upload,
    )
    serve(
        "install_plugin_from_url",
        "/api/v1/plugins/install/url",
        declared.install_plugin_from_url,
        service.install_plugin_from_url,
    )
    serve("update_plugins", "/api/v1/plugins/update", declared.update_plugins, service.update_plugins)
    serve("update_plugin", "/api/v1/plugins/{plugin_id}/update", declared.update_plugin, service.update_plugin)
    return routes.router()
