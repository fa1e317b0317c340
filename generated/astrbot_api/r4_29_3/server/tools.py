"""Commands and tools. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ToolsService(Protocol[CallerT_contra]):
    """Commands and tools. Closed to developer keys."""

    async def list_commands(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the commands. `GET /api/v1/commands`, closed (`tool`)."""

    async def list_command_conflicts(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List commands with the same name. `GET /api/v1/commands/conflicts`, closed (`tool`)."""

    async def update_command(self, *, caller: CallerT_contra, command_id: str) -> Answered[models.DashboardAnswer]:
        """Change a command. `PATCH /api/v1/commands/{command_id}`, closed (`tool`)."""

    async def list_tools(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the tools. `GET /api/v1/tools`, closed (`tool`)."""

    async def set_tool_enabled(self, *, caller: CallerT_contra, tool_id: str) -> Answered[models.DashboardAnswer]:
        """Enable or disable a tool. `PATCH /api/v1/tools/{tool_id}/enabled`, closed (`tool`)."""

    async def set_tool_permission(self, *, caller: CallerT_contra, tool_id: str) -> Answered[models.DashboardAnswer]:
        """Set who can use a tool. `PATCH /api/v1/tools/{tool_id}/permission`, closed (`tool`)."""


def router(
    service: ToolsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `tools` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ToolsService
    serve("list_commands", "/api/v1/commands", declared.list_commands, service.list_commands)
    serve(
        "list_command_conflicts",
        "/api/v1/commands/conflicts",
        declared.list_command_conflicts,
        service.list_command_conflicts,
    )
    serve("update_command", "/api/v1/commands/{command_id}", declared.update_command, service.update_command)
    serve("list_tools", "/api/v1/tools", declared.list_tools, service.list_tools)
    serve("set_tool_enabled", "/api/v1/tools/{tool_id}/enabled", declared.set_tool_enabled, service.set_tool_enabled)
    serve(
        "set_tool_permission",
        "/api/v1/tools/{tool_id}/permission",
        declared.set_tool_permission,
        service.set_tool_permission,
    )
    return routes.router()
