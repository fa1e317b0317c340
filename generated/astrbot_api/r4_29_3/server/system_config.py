"""The configuration of the installation and its subagents. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Header

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class SystemConfigService(Protocol[CallerT_contra]):
    """The configuration of the installation and its subagents."""

    async def list_subagent_tools(self, *, caller: CallerT_contra) -> Answered[models.SubagentToolListAnswer]:
        """List the tools that a subagent can be given. `GET /api/v1/subagents/available-tools`, scope `config`."""

    async def get_subagent_config(self, *, caller: CallerT_contra) -> Answered[models.SubagentConfigAnswer]:
        """Show the subagents and how the main agent delegates to them.

        `GET /api/v1/subagents/config`, scope `config`.
        """

    async def replace_subagent_config(
        self, *, caller: CallerT_contra, body: models.SubagentConfigReplacement
    ) -> Answered[models.Done]:
        """Replace the subagents and how the main agent delegates to them.

        `PUT /api/v1/subagents/config`, scope `config`.
        """

    async def get_system_config(self, *, caller: CallerT_contra) -> Answered[models.FilledConfigurationFormAnswer]:
        """Show the configuration of the installation, with the form of its system part.

        `GET /api/v1/system-config`, scope `config`.
        """

    async def update_system_config(
        self,
        *,
        caller: CallerT_contra,
        x_2_fa_code: Annotated[str | None, Header(alias="X-2FA-Code")] = None,
        body: models.ConfigurationChange,
    ) -> Answered[models.Done]:
        """Change the configuration of the installation; absent members stay.

        `PUT /api/v1/system-config`, scope `config`.
        """

    async def get_system_config_runtime(self, *, caller: CallerT_contra) -> Answered[models.RuntimeFormAnswer]:
        """Show the configuration of the installation, with the forms of bots and providers.

        `GET /api/v1/system-config/runtime`, scope `config`.
        """

    async def get_system_config_schema(
        self, *, caller: CallerT_contra
    ) -> Answered[models.FilledConfigurationFormAnswer]:
        """Show the system part of the configuration with its form, without the server time.

        `GET /api/v1/system-config/schema`, scope `config`.
        """


def router(
    service: SystemConfigService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `system-config` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, SystemConfigService
    serve(
        "list_subagent_tools",
        "/api/v1/subagents/available-tools",
        declared.list_subagent_tools,
        service.list_subagent_tools,
    )
    serve("get_subagent_config", "/api/v1/subagents/config", declared.get_subagent_config, service.get_subagent_config)
    serve(
        "replace_subagent_config",
        "/api/v1/subagents/config",
        declared.replace_subagent_config,
        service.replace_subagent_config,
    )
    serve("get_system_config", "/api/v1/system-config", declared.get_system_config, service.get_system_config)
    serve("update_system_config", "/api/v1/system-config", declared.update_system_config, service.update_system_config)
    serve(
        "get_system_config_runtime",
        "/api/v1/system-config/runtime",
        declared.get_system_config_runtime,
        service.get_system_config_runtime,
    )
    serve(
        "get_system_config_schema",
        "/api/v1/system-config/schema",
        declared.get_system_config_schema,
        service.get_system_config_schema,
    )
    return routes.router()
