"""How far a run may go on a target, and the way there."""

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
    """How a target is reached and how far a run may go on it.

    disposable: it is the run's own, or told to be. is_quick: it answers a request with a key at once, where a real
    AstrBot hashes the key slowly.
    """

    base: str
    effects: Effects = "write"
    disposable: bool = False
    is_quick: bool = False
    concurrency: int = 8
    timeout: float = 20.0
    rate: float | None = None  # requests in a second, at most
    verify: Path | bool = True  # the certificates to trust; False: any, True: those of the system
    mcp_server: Mapping[str, Any] | None = None  # how an MCP server is reached from there, where one is known

    @property
    def is_cheap(self) -> bool:
        """Whether everything may be asked, since that costs nobody much."""
        return self.disposable or self.is_quick

    def transport(self) -> "Transport":
        """The way there, with one pool of connections; through a proxy where the environment names one.

        It is no client: it follows no redirect, and sends no cookie back, least of all the one that a login sets. It
        keeps to `within`.
        Raises OSError where the certificates cannot be read.
        """
        most, trusted = self.concurrency + 2, self.verify
        limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
        verify = ssl.create_default_context(cafile=str(trusted)) if isinstance(trusted, Path) else trusted
        return Transport(verify=verify, limits=limits, proxy=proxy_to(self.base))

    @property
    def known_mcp_server(self) -> dict[str, Any]:
        """How an MCP server is reached from the target. NotJudged where nobody said so."""
        if not self.mcp_server:
            raise NotJudged("no MCP server that the target reaches is known; --mcp-server names one", by_choice=True)
        return dict(self.mcp_server)

    def allows(self, effects: str | None) -> bool:
        """Whether the run may have an effect of that kind; of an unknown kind only when it may do anything."""
        return effects in LEVELS[: LEVELS.index(self.effects) + 1]


class Transport(httpx2.HTTPTransport):
    """A pool of connections that keeps to `within`, and can be hung up."""

    def __init__(self, *, verify: ssl.SSLContext | bool, limits: httpx2.Limits, proxy: str | None) -> None:
        """Open no connection yet."""
        super().__init__(verify=verify, limits=limits, proxy=proxy)
        self._network = BoundedNetwork(self._pool._network_backend)  # noqa: SLF001  httpx2 hands no network on to it
        self._pool._network_backend = self._network  # noqa: SLF001

    def hang_up(self) -> None:
        """End every connection at once. Safe in a signal handler."""
        self._network.hang_up()


def proxy_to(base: str) -> str | None:
    """The proxy that the environment names for an address; None where there is none, or it is to be gone around."""
    there, named = urlsplit(base), getproxies()
    proxy = None if proxy_bypass(there.netloc) else named.get(there.scheme) or named.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
