"""Configuration of plugins and its files. Generated; do not edit."""

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


class PluginConfigService(Protocol[CallerT_contra]):
    """Configuration of plugins and its files."""

    async def get_plugin_config_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginSettingsAnswer]:
        """Show the configuration of a plugin and its form. `GET /api/v1/plugins/config`, scope `plugin`."""
        return await self.get_plugin_config(caller=caller, plugin_id=plugin_id)

    async def set_plugin_config_by_id(
        self, *, caller: CallerT_contra, body: models.PluginConfigChangeById
    ) -> Answered[models.Done]:
        """Change items of the configuration of a plugin and reload the plugin.

        `PUT /api/v1/plugins/config`, scope `plugin`.
        """

    async def list_plugin_config_files_by_id(
        self, *, caller: CallerT_contra, plugin_id: str, config_key: str
    ) -> Answered[models.PluginConfigFileListAnswer]:
        """List the files of a configuration item. `GET /api/v1/plugins/config-files`, scope `plugin`."""
        return await self.list_plugin_config_files(caller=caller, plugin_id=plugin_id, config_key=config_key)

    async def upload_plugin_config_files_by_id(
        self, *, caller: CallerT_contra, plugin_id: str, config_key: str, body: Form
    ) -> Answered[models.PluginConfigUploadAnswer]:
        """Upload files for a configuration item. `POST /api/v1/plugins/config-files`, scope `plugin`."""
        return await self.upload_plugin_config_files(
            caller=caller, plugin_id=plugin_id, config_key=config_key, body=body
        )

    async def delete_plugin_config_file_by_id(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginConfigFileChoice | None = None
    ) -> Answered[models.Done]:
        """Delete a file of the configuration. `DELETE /api/v1/plugins/config-files`, scope `plugin`."""
        return await self.delete_plugin_config_file(caller=caller, plugin_id=plugin_id, body=body)

    async def get_plugin_config_schema_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginConfigAnswer]:
        """Show the form of the configuration of a plugin; returns the same as the configuration.

        `GET /api/v1/plugins/config/schema`, scope `plugin`.
        """
        return await self.get_plugin_config_schema(caller=caller, plugin_id=plugin_id)

    async def get_plugin_config(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginSettingsAnswer]:
        """Show the configuration of a plugin and its form. `GET /api/v1/plugins/{plugin_id}/config`, scope `plugin`."""

    async def set_plugin_config(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginConfigChange
    ) -> Answered[models.Done]:
        """Change items of the configuration of a plugin and reload the plugin.

        `PUT /api/v1/plugins/{plugin_id}/config`, scope `plugin`.
        """

    async def delete_plugin_config_file(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginConfigFileChoice | None = None
    ) -> Answered[models.Done]:
        """Delete a file of the configuration. `DELETE /api/v1/plugins/{plugin_id}/config-files`, scope `plugin`."""

    async def list_plugin_config_files(
        self, *, caller: CallerT_contra, plugin_id: str, config_key: str
    ) -> Answered[models.PluginConfigFileListAnswer]:
        """List the files of a configuration item.

        `GET /api/v1/plugins/{plugin_id}/config-files/{config_key}`, scope `plugin`.
        """

    async def upload_plugin_config_files(
        self, *, caller: CallerT_contra, plugin_id: str, config_key: str, body: Form
    ) -> Answered[models.PluginConfigUploadAnswer]:
        """Upload files for a configuration item.

        `POST /api/v1/plugins/{plugin_id}/config-files/{config_key}`, scope `plugin`.
        """

    async def get_plugin_config_schema(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginConfigAnswer]:
        """Show the form of the configuration of a plugin; returns the same as the configuration.

        `GET /api/v1/plugins/{plugin_id}/config/schema`, scope `plugin`.
        """

    async def set_plugin_log_level(
        self, *, caller: CallerT_contra, plugin_id: str, body: models.PluginLogLevelChange
    ) -> Answered[models.PluginLogLevelAnswer] | Answered[models.ErrorEnvelope]:
        """Set the log level of a plugin. `PUT /api/v1/plugins/{plugin_id}/log-level`, scope `plugin`."""


def router(
    service: PluginConfigService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `plugin-config` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PluginConfigService
    serve(
        "get_plugin_config_by_id",
        "/api/v1/plugins/config",
        declared.get_plugin_config_by_id,
        service.get_plugin_config_by_id,
    )
    serve(
        "set_plugin_config_by_id",
        "/api/v1/plugins/config",
        declared.set_plugin_config_by_id,
        service.set_plugin_config_by_id,
    )
    serve(
        "list_plugin_config_files_by_id",
        "/api/v1/plugins/config-files",
        declared.list_plugin_config_files_by_id,
        service.list_plugin_config_files_by_id,
    )
    serve(
        "upload_plugin_config_files_by_id",
        "/api/v1/plugins/config-files",
        declared.upload_plugin_config_files_by_id,
        service.upload_plugin_config_files_by_id,
    )
    serve(
        "delete_plugin_config_file_by_id",
        "/api/v1/plugins/config-files",
        declared.delete_plugin_config_file_by_id,
        service.delete_plugin_config_file_by_id,
    )
    serve(
        "get_plugin_config_schema_by_id",
        "/api/v1/plugins/config/schema",
        declared.get_plugin_config_schema_by_id,
        service.get_plugin_config_schema_by_id,
    )
    serve(
        "get_plugin_config", "/api/v1/plugins/{plugin_id}/config", declared.get_plugin_config, service.get_plugin_config
    )
    serve(
        "set_plugin_config", "/api/v1/plugins/{plugin_id}/config", declared.set_plugin_config, service.set_plugin_config
    )
    serve(
        "delete_plugin_config_file",
        "/api/v1/plugins/{plugin_id}/config-files",
        declared.delete_plugin_config_file,
        service.delete_plugin_config_file,
    )
    serve(
        "list_plugin_config_files",
        "/api/v1/plugins/{plugin_id}/config-files/{config_key:path}",
        declared.list_plugin_config_files,
        service.list_plugin_config_files,
    )
    serve(
        "upload_plugin_config_files",
        "/api/v1/plugins/{plugin_id}/config-files/{config_key:path}",
        declared.upload_plugin_config_files,
        service.upload_plugin_config_files,
    )
    serve(
        "get_plugin_config_schema",
        "/api/v1/plugins/{plugin_id}/config/schema",
        declared.get_plugin_config_schema,
        service.get_plugin_config_schema,
    )
    serve(
        "set_plugin_log_level",
        "/api/v1/plugins/{plugin_id}/log-level",
        declared.set_plugin_log_level,
        service.set_plugin_log_level,
    )
    return routes.router()
