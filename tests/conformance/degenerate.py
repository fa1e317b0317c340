"""Servers that return the same response to every request with a key. Their login and key management work."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from astrbot_faults import Fault
from astrbot_reference import Settings, running
from astrbot_reference.app import create_app
from starlette.types import ASGIApp, Receive, Scope, Send

SPARED = ("/api/v1/auth/", "/api/v1/api-keys")  # without these, no run starts
KEY_HEADERS = frozenset({b"authorization", b"x-api-key"})
ERROR = json.dumps({"status": "error", "message": "no"}).encode()
INSUFFICIENT = json.dumps({"status": "error", "message": "Insufficient API key scope"}).encode()


@dataclass(frozen=True, slots=True)
class Canned:
    """The fixed response."""

    status: int
    body: bytes
    kind: str = "application/json"


MISSING = Canned(401, ERROR)
REFUSING = {
    "401": MISSING,
    "403 for the scope": Canned(403, INSUFFICIENT),
    "404": Canned(404, ERROR),
    "500": Canned(500, ERROR),
    "302": Canned(302, b"", "text/plain"),
}
ACCEPTING = {
    "an empty object": Canned(200, b"{}"),
    "an error with status 200": Canned(200, ERROR),
    "a web page": Canned(200, b"<!doctype html><p>Welcome</p>", "text/html"),
}


class Always:
    """Returns the fixed response to every request with a key, and 401 to every request without one."""

    def __init__(self, app: ASGIApp, canned: Canned) -> None:
        self._app = app
        self._canned = canned

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"].startswith(SPARED):
            await self._app(scope, receive, send)
            return
        canned = self._canned if KEY_HEADERS & {name for name, _ in scope["headers"]} else MISSING
        headers = [(b"content-type", canned.kind.encode()), (b"content-length", str(len(canned.body)).encode())]
        headers += [(b"location", b"/login")] if canned.status == 302 else []
        await send({"type": "http.response.start", "status": canned.status, "headers": headers})
        await send({"type": "http.response.body", "body": canned.body})


def always(canned: Canned) -> Callable[..., AbstractContextManager[str]]:
    """A function that runs such a server, for `default_run`."""

    @contextmanager
    def serving(settings: Settings, *_: Fault) -> Iterator[str]:
        app = create_app(settings)
        app.add_middleware(Always, canned=canned)
        with running(app=app) as url:
            yield url

    return serving
