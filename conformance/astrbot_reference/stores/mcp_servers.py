"""The stored MCP servers, and what the embedded catalogue knows of those that can be reached. No socket is opened."""

from __future__ import annotations

from astrbot_reference.catalogue import catalogue
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

KIND = "mcp_server"
# Said of a server, not of how it is reached.
ABOUT = {"name", "oldName", "server_name", "active", "enabled", "tools", "errlogs"}
WRAPPERS = ("mcp_server_config", "config", "mcpServers")
# How one that the catalogue knows is reached, for those who want to try.
EXAMPLE = {word: value for word, value in catalogue("mcp")["servers"][0].items() if word != "tools"}


class McpServers:
    """Stored servers by name: `{name, active}` and how each is reached."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[JsonObject]:
        """Every server, the oldest first."""
        return self._store.all(KIND)

    def find(self, name: str) -> JsonObject:
        """The server of this name. Raises Refusal when there is none."""
        found = self._store.get(KIND, name)
        if found is None:
            raise Refusal(f"MCP server {name} not found")
        return found

    def add(self, server: JsonObject) -> None:
        """Keep a new server. Raises Refusal when the name is taken."""
        if self._store.get(KIND, server["name"]) is not None:
            raise Refusal(f"MCP server {server['name']} already exists")
        self._store.put(KIND, server["name"], server)

    def replace(self, name: str, server: JsonObject) -> None:
        """Keep a server in the place of another, perhaps under a new name.

        Raises Refusal when there is none of the old name, or another of the new one.
        """
        self.find(name)
        if server["name"] == name:
            self._store.put(KIND, name, server)
            return
        if self._store.get(KIND, server["name"]) is not None:
            raise Refusal(f"MCP server {server['name']} already exists")
        renamed = [server if kept["name"] == name else kept for kept in self.all()]
        self._store.replace_all(KIND, [(kept["name"], kept) for kept in renamed])

    def remove(self, name: str) -> None:
        """Forget a server. Raises Refusal when there is none of this name."""
        self.find(name)
        self._store.remove(KIND, name)

    @staticmethod
    def tools(server: JsonObject) -> list[JsonObject]:
        """The tools of a server, `{name, description, parameters}` each; none where it cannot be reached."""
        known = reachable(server)
        return [] if known is None else known["tools"]


def reachable(configuration: JsonObject) -> JsonObject | None:
    """What the catalogue knows of the server that is reached in this way."""
    for known in catalogue("mcp")["servers"]:
        if "command" in configuration:
            same = configuration["command"] == known.get("command")
            if same and configuration.get("args", [])[: len(known["args"])] == known["args"]:
                return dict(known)
        elif (configuration.get("url"), configuration.get("transport")) == (known.get("url"), known.get("transport")):
            return dict(known)
    return None


def tried(configuration: JsonObject) -> list[str]:
    """The names of the tools of the server that is reached in this way. Raises Refusal when none is."""
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
    """How a server is reached, from what was said about it; empty when nothing was."""
    ignored = {*ABOUT, *WRAPPERS}
    found = {name: value for name, value in members.items() if name not in ignored and value is not None}
    if "command" not in found and "url" not in found:
        several = members.get("mcpServers") or {}
        return next((found | how_reached(one) for one in several.values()), {})
    return found
