"""Limits the number of logins per address."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from astrbot_reference.refusal import refused

LOGIN = "/api/v1/auth/login"


class LoginLimit:
    """Allows a number of logins at once and one more per interval from each address; rejects others with 429."""

    def __init__(self, app: ASGIApp, at_once: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._at_once = float(at_once)
        self._seconds = seconds
        self._now = now
        self._left: dict[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or reject it."""
        if scope["type"] == "http" and scope["path"] == LOGIN and not self._take((scope.get("client") or ("",))[0]):
            await refused(429, "Too many logins; try again in a second")(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _take(self, address: str) -> bool:
        now = self._now()
        left, since = self._left.get(address, (self._at_once, now))
        left = min(self._at_once, left + (now - since) / self._seconds)
        self._left[address] = (left - 1 if left >= 1 else left, now)
        return left >= 1
