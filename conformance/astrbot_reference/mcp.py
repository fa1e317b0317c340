"""Servers of the Model Context Protocol."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.mcp import McpService

from .answers import ok
from .auth import Caller
from .bodies import given
from .catalogue import catalogue
from .context import Service
from .refusal import Refusal
from .release import described
from .stores.mcp_servers import how_reached, reachable, tried
from .stores.store import JsonObject


class Mcp(Service, McpService[Caller]):
    """The operations of the tag `mcp`. The embedded catalogue knows the servers that can be reached."""

    async def list_mcp_servers(self, *, caller: Caller) -> Json[models.McpServerListAnswer]:
        """List all servers, with tools and errors of the enabled servers that can be reached."""
        return ok(models.McpServerListAnswer, [self._shown(server) for server in self._mcp_servers.all()])

    async def create_mcp_server(self, *, caller: Caller, body: models.McpServerCreation) -> Json[models.Done]:
        """Connect to a server and store it. Raises Refusal if the name is taken or the server cannot be reached."""
        fields = given(body)
        configuration = how_reached(fields)
        tried(configuration)
        active = fields.get("active")
        active = fields.get("enabled") if active is None else active
        self._mcp_servers.add(configuration | {"name": fields["name"], "active": active is not False})
        return ok(models.Done, {}, "Added")

    async def replace_mcp_server(
        self, *, caller: Caller, server_name: str, body: models.McpServerReplacement
    ) -> Json[models.Done]:
        """Replace a server. Raises Refusal if the name is unknown, or if the new name is taken."""
        self._replace(server_name, given(body))
        return ok(models.Done, {}, "Saved")

    async def replace_mcp_server_by_name(
        self, *, caller: Caller, body: models.NamedMcpServerReplacement
    ) -> Json[models.Done]:
        """The same, with the name in the body."""
        fields = given(body)
        self._replace(fields["server_name"], fields)
        return ok(models.Done, {}, "Saved")

    async def set_mcp_server_enabled(
        self, *, caller: Caller, server_name: str, body: models.McpServerEnabling
    ) -> Json[models.Done]:
        """Enable or disable a server. Raises Refusal if the name is unknown."""
        self._replace(server_name, given(body))
        return ok(models.Done, {}, "Saved")

    async def set_mcp_server_enabled_by_name(
        self, *, caller: Caller, body: models.NamedMcpServerReplacement
    ) -> Json[models.Done]:
        """The same, with the name in the body."""
        return await self.replace_mcp_server_by_name(caller=caller, body=body)

    async def delete_mcp_server(self, *, caller: Caller, server_name: str) -> Json[models.Done]:
        """Delete a server. Raises Refusal if the name is unknown."""
        self._mcp_servers.remove(server_name)
        return ok(models.Done, {}, "Deleted")

    async def test_mcp_server(
        self, *, caller: Caller, server_name: str, body: models.McpServerTrial | None = None
    ) -> Json[models.McpToolNamesAnswer]:
        """Connect to the given or the stored server. Raises Refusal if there is neither, or if it cannot be reached."""
        return self._try(server_name, given(body))

    async def test_mcp_server_by_name(
        self, *, caller: Caller, body: models.NamedMcpServerTrial
    ) -> Json[models.McpToolNamesAnswer]:
        """The same, with the name in the body."""
        fields = given(body)
        return self._try(fields["server_name"], fields)

    async def sync_modelscope_mcp_servers(
        self, *, caller: Caller, body: models.ModelScopeSync | None = None
    ) -> Json[models.ModelScopeSyncedAnswer]:
        """Add the servers of the only account in the catalogue; existing ones are replaced.

        Raises Refusal without a body.
        """
        if body is None:
            raise Refusal("access_token is required")
        names = {server["name"] for server in self._mcp_servers.all()}
        for server in catalogue("mcp")["modelscope"]:
            kept = server | {"active": True}
            if server["name"] in names:
                self._mcp_servers.replace(server["name"], kept)
            else:
                self._mcp_servers.add(kept)
        return ok(models.ModelScopeSyncedAnswer, {}, "Done")

    def _shown(self, server: JsonObject) -> JsonObject:
        """A server as it is listed."""
        known = reachable(server) if server["active"] else None
        shown = server | described(self._contract, "McpServer", {"connected": known is not None})
        if known is None:
            return shown | {"tools": []}
        return shown | {"tools": [tool["name"] for tool in known["tools"]], "errlogs": []}

    def _replace(self, name: str, fields: JsonObject) -> None:
        stored = self._mcp_servers.find(name)
        instead = next((fields[word] for word in ("config", "mcp_server_config") if fields.get(word)), fields)
        configuration = how_reached(instead) or {k: v for k, v in stored.items() if k not in {"name", "active"}}
        states = [source.get(word) for source in (instead, fields) for word in ("active", "enabled")]
        active = next((state for state in states if state is not None), stored["active"])
        self._mcp_servers.replace(name, configuration | {"name": instead.get("name") or name, "active": active})

    def _try(self, name: str, fields: JsonObject) -> Json[models.McpToolNamesAnswer]:
        instead = next((fields[word] for word in ("mcp_server_config", "config") if fields.get(word)), None)
        configuration = how_reached(instead or fields) or self._mcp_servers.find(name)
        return ok(models.McpToolNamesAnswer, tried(configuration), "Reached")
