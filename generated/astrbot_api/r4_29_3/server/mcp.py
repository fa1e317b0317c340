"""MCP (Model Context Protocol) servers. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class McpService(Protocol[CallerT_contra]):
    """MCP (Model Context Protocol) servers."""

    async def sync_modelscope_mcp_servers(
        self, *, caller: CallerT_contra, body: models.ModelScopeSync | None = None
    ) -> Answered[models.ModelScopeSyncedAnswer]:
        """Import the servers of a ModelScope account. `POST /api/v1/mcp/providers/modelscope/sync`, scope `mcp`."""

    async def list_mcp_servers(self, *, caller: CallerT_contra) -> Answered[models.McpServerListAnswer]:
        """List the servers. `GET /api/v1/mcp/servers`, scope `mcp`."""

    async def create_mcp_server(
        self, *, caller: CallerT_contra, body: models.McpServerCreation
    ) -> Answered[models.Done]:
        """Test a server and store it. `POST /api/v1/mcp/servers`, scope `mcp`."""

    async def replace_mcp_server_by_name(
        self, *, caller: CallerT_contra, body: models.NamedMcpServerReplacement
    ) -> Answered[models.Done]:
        """Replace a server. `PUT /api/v1/mcp/servers/by-name`, scope `mcp`."""

    async def delete_mcp_server_by_name(self, *, caller: CallerT_contra, server_name: str) -> Answered[models.Done]:
        """Stop a server and delete it. `DELETE /api/v1/mcp/servers/by-name`, scope `mcp`."""
        return await self.delete_mcp_server(caller=caller, server_name=server_name)

    async def set_mcp_server_enabled_by_name(
        self, *, caller: CallerT_contra, body: models.NamedMcpServerReplacement
    ) -> Answered[models.Done]:
        """Enable or disable a server. `PATCH /api/v1/mcp/servers/enabled`, scope `mcp`."""

    async def test_mcp_server_by_name(
        self, *, caller: CallerT_contra, body: models.NamedMcpServerTrial
    ) -> Answered[models.McpToolNamesAnswer]:
        """Test a server and list its tools. `POST /api/v1/mcp/servers/test`, scope `mcp`."""

    async def replace_mcp_server(
        self, *, caller: CallerT_contra, server_name: str, body: models.McpServerReplacement
    ) -> Answered[models.Done]:
        """Replace a server. `PUT /api/v1/mcp/servers/{server_name}`, scope `mcp`."""

    async def delete_mcp_server(self, *, caller: CallerT_contra, server_name: str) -> Answered[models.Done]:
        """Stop a server and delete it. `DELETE /api/v1/mcp/servers/{server_name}`, scope `mcp`."""

    async def set_mcp_server_enabled(
        self, *, caller: CallerT_contra, server_name: str, body: models.McpServerEnabling
    ) -> Answered[models.Done]:
        """Enable or disable a server. `PATCH /api/v1/mcp/servers/{server_name}/enabled`, scope `mcp`."""

    async def test_mcp_server(
        self, *, caller: CallerT_contra, server_name: str, body: models.McpServerTrial | None = None
    ) -> Answered[models.McpToolNamesAnswer]:
        """Test a server and list its tools. `POST /api/v1/mcp/servers/{server_name}/test`, scope `mcp`."""


def router(
    service: McpService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `mcp` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, McpService
    serve(
        "sync_modelscope_mcp_servers",
        "/api/v1/mcp/providers/modelscope/sync",
        declared.sync_modelscope_mcp_servers,
        service.sync_modelscope_mcp_servers,
    )
    serve("list_mcp_servers", "/api/v1/mcp/servers", declared.list_mcp_servers, service.list_mcp_servers)
    serve("create_mcp_server", "/api/v1/mcp/servers", declared.create_mcp_server, service.create_mcp_server)
    serve(
        "replace_mcp_server_by_name",
        "/api/v1/mcp/servers/by-name",
        declared.replace_mcp_server_by_name,
        service.replace_mcp_server_by_name,
    )
    serve(
        "delete_mcp_server_by_name",
        "/api/v1/mcp/servers/by-name",
        declared.delete_mcp_server_by_name,
        service.delete_mcp_server_by_name,
    )
    serve(
        "set_mcp_server_enabled_by_name",
        "/api/v1/mcp/servers/enabled",
        declared.set_mcp_server_enabled_by_name,
        service.set_mcp_server_enabled_by_name,
    )
    serve(
        "test_mcp_server_by_name",
        "/api/v1/mcp/servers/test",
        declared.test_mcp_server_by_name,
        service.test_mcp_server_by_name,
    )
    serve(
        "replace_mcp_server",
        "/api/v1/mcp/servers/{server_name:path}",
        declared.replace_mcp_server,
        service.replace_mcp_server,
    )
    serve(
        "delete_mcp_server",
        "/api/v1/mcp/servers/{server_name:path}",
        declared.delete_mcp_server,
        service.delete_mcp_server,
    )
    serve(
        "set_mcp_server_enabled",
        "/api/v1/mcp/servers/{server_name:path}/enabled",
        declared.set_mcp_server_enabled,
        service.set_mcp_server_enabled,
    )
    serve(
        "test_mcp_server",
        "/api/v1/mcp/servers/{server_name:path}/test",
        declared.test_mcp_server,
        service.test_mcp_server,
    )
    return routes.router()
