"""Rejects requests that name another server.

A web page can make a browser send requests to this machine under a name that the owner of the page controls (DNS
rebinding), and read the responses. Such a request has that name in its Host header.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from astrbot_reference.refusal import refused

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ANY = "*"


class HostCheck:
    """Forwards requests that name this server in their Host header, or have none; rejects others with 400."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        """allowed: names besides those of the loopback address, without a port; `*` allows all."""
        self._app = app
        self._allowed = {host.lower() for host in (*LOOPBACK, *allowed)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or reject it."""
        headers = scope["headers"] if scope["type"] in ("http", "websocket") else []
        hosts = [value for name, value in headers if name == b"host"]
        if ANY in self._allowed or all(hostname(value) in self._allowed for value in hosts):
            await self._app(scope, receive, send)
        else:
            await refused(400, "The Host header names another server; allow it with --allowed-host")(
                scope, receive, send
            )


def hostname(header: bytes) -> str:
    """The name in a Host header in lower case: without the port, without the brackets of an IPv6 address."""
    host = header.decode("latin-1").strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
