"""The stored MCP servers, and the embedded catalogue of servers that can be reached. No socket is opened."""

from __future__ import annotations

from astrbot_reference.catalogue import catalogue
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

KIND = "mcp_server"
# Members of a server that are not part of its connection.
ABOUT = {"name", "oldName", "server_name", "active", "enabled", "tools", "errlogs"}
WRAPPERS = ("mcp_server_config", "config", "mcpServers")
# The connection of a server in the catalogue, as an example.
EXAMPLE = {word: value for word, value in catalogue("mcp")["servers"][0].items() if word != "tools"}


class McpServers:
    """Stored servers by name: `{name, active}` and the configuration of the connection."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[JsonObject]:
        """Every server, the oldest first."""
        return self._store.all(KIND)

    def find(self, name: str) -> JsonObject:
        """The server of this name. Raises Refusal if there is none."""
        return self._store.find(KIND, name, f"MCP server {name} not found")

    def add(self, server: JsonObject) -> None:
        """Store a new server. Raises Refusal if the name is taken."""
        if self._store.get(KIND, server["name"]) is not None:
            raise Refusal(f"MCP server {server['name']} already exists")
        self._store.put(KIND, server["name"], server)

    def replace(self, name: str, server: JsonObject) -> None:
        """Replace a server, perhaps under a new name.

        Raises Refusal if the old name is unknown, or if the new name is taken.
        """
        self.find(name)
        if server["name"] != name and self._store.get(KIND, server["name"]) is not None:
            raise Refusal(f"MCP server {server['name']} already exists")
        self._store.rename(KIND, name, server["name"], server)

    def remove(self, name: str) -> None:
        """Delete a server. Raises Refusal if the name is unknown."""
        self.find(name)
        self._store.remove(KIND, name)

    @staticmethod
    def tools(server: JsonObject) -> list[JsonObject]:
        """The tools of a server, each as `{name, description, parameters}`; none if it cannot be reached."""
        known = reachable(server)
        return [] if known is None else known["tools"]


def reachable(configuration: JsonObject) -> JsonObject | None:
    """The entry of the catalogue for a configuration."""
    for known in catalogue("mcp")["servers"]:
        if "command" in configuration:
            same = configuration["command"] == known.get("command")
            if same and configuration.get("args", [])[: len(known["args"])] == known["args"]:
                return dict(known)
        elif (configuration.get("url"), configuration.get("transport")) == (known.get("url"), known.get("transport")):
            return dict(known)
    return None


def tried(configuration: JsonObject) -> list[str]:
    """The names of the tools of a server. Raises Refusal if it cannot be reached."""
    command = configuration.get("command")
    if not command and not configuration.get("url"):
        raise Refusal("An MCP server requires a command or a url")
    if command and command not in catalogue("mcp")["launchers"]:
        raise Refusal(f"MCP stdio command `{command}` is not allowed.")
    if not command and configuration.get("transport") not in {"sse", "streamable_http"}:
        raise Refusal("A url requires a transport: sse or streamable_http")
    known = reachable(configuration)
    if known is None:
        raise Refusal("Cannot connect to the MCP server: it is not in the catalogue of this reference server")
    return [tool["name"] for tool in known["tools"]]


def how_reached(members: JsonObject) -> JsonObject:
    """The configuration of the connection in a body; empty if there is none."""
    ignored = {*ABOUT, *WRAPPERS}
    found = {name: value for name, value in members.items() if name not in ignored and value is not None}
    if "command" not in found and "url" not in found:
        several = members.get("mcpServers") or {}
        return next((found | how_reached(one) for one in several.values()), {})
    return found
