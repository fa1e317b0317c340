"""How to connect to a target, and which effects a run may have on it."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from astrbot_conformance.http.deadline import BoundedNetwork
from astrbot_conformance.outcome import NotJudged

Effects = Literal["read", "write", "external", "destructive"]
LEVELS: tuple[Effects, ...] = ("read", "write", "external", "destructive")


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """How to connect to a target, and which effects a run may have on it.

    disposable: the run may change and delete everything on it. is_quick: it responds to a request with a key at
    once; a real AstrBot hashes the key slowly.
    """

    base: str
    effects: Effects = "write"
    disposable: bool = False
    is_quick: bool = False
    concurrency: int = 8
    timeout: float = 20.0
    rate: float | None = None  # requests per second, at most
    verify: Path | bool = True  # the certificates to trust; False: any, True: those of the system
    mcp_server: Mapping[str, Any] | None = None  # how the target connects to an MCP server, if an option names one

    @property
    def is_cheap(self) -> bool:
        """Whether the run may send every request because requests are cheap."""
        return self.disposable or self.is_quick

    def transport(self) -> "Transport":
        """The transport with one pool of connections. It uses a proxy if the environment names one.

        It is not a client: it follows no redirect and returns no cookie, not even the cookie that a login sets.
        It keeps to `within`. Raises OSError if the certificates cannot be read.
        """
        most, trusted = self.concurrency + 2, self.verify
        limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
        verify = ssl.create_default_context(cafile=str(trusted)) if isinstance(trusted, Path) else trusted
        return Transport(verify=verify, limits=limits, proxy=proxy_to(self.base))

    @property
    def known_mcp_server(self) -> dict[str, Any]:
        """How the target connects to an MCP server. Raises NotJudged if no option names one."""
        if not self.mcp_server:
            reason = "needs an MCP server that the target can reach; name one with --mcp-server"
            raise NotJudged(reason, by_choice=True)
        return dict(self.mcp_server)

    def allows(self, effects: str | None) -> bool:
        """Whether the run may have an effect of that kind. An unknown kind is allowed only if every effect is."""
        return effects in LEVELS[: LEVELS.index(self.effects) + 1]


class Transport(httpx2.HTTPTransport):
    """A pool of connections that keeps to `within` and can be closed at any time."""

    def __init__(self, *, verify: ssl.SSLContext | bool, limits: httpx2.Limits, proxy: str | None) -> None:
        """Create the pool without opening a connection."""
        super().__init__(verify=verify, limits=limits, proxy=proxy)
        self._network = BoundedNetwork(self._pool._network_backend)  # noqa: SLF001  httpx2 passes no network on to it
        self._pool._network_backend = self._network  # noqa: SLF001

    def hang_up(self) -> None:
        """Close every connection at once. Safe in a signal handler."""
        self._network.hang_up()


def proxy_to(base: str) -> str | None:
    """The proxy that the environment names for an address. None if there is none, or if the address bypasses it."""
    url, proxies = urlsplit(base), getproxies()
    proxy = None if proxy_bypass(url.netloc) else proxies.get(url.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
