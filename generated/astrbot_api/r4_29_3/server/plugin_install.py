"""Installation and updates of plugins. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.bodies import Form
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


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

    async def check_plugin_repository(
        self, *, caller: CallerT_contra, body: models.PluginRepository
    ) -> Answered[models.CheckedPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Check whether a repository contains a plugin. `POST /api/v1/plugins/validate/repo`, scope `plugin`."""

    async def install_plugin_from_git(
        self, *, caller: CallerT_contra, body: models.LinkedPlugin
    ) -> Answered[models.InstalledPluginAnswer] | Answered[models.ErrorEnvelope]:
        """Install a plugin from a Git server other than GitHub. `POST /api/v1/plugins/install/git`, scope `plugin`."""


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
    serve(
        "check_plugin_repository",
        "/api/v1/plugins/validate/repo",
        declared.check_plugin_repository,
        service.check_plugin_repository,
    )
    serve(
        "install_plugin_from_git",
        "/api/v1/plugins/install/git",
        declared.install_plugin_from_git,
        service.install_plugin_from_git,
    )
    return routes.router()
