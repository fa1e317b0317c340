"""An AstrBot in this process that manages keys and authorizes them, without a server."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_conformance.http import Target
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.secret import Secret

from tests.conformance.fake_responses import REFUSED, envelope, target_that

CONTRACT = releases.contract()
TOKEN = "Ab1.0123456789cdefGH.ij"
KEYS = "/api/v1/api-keys"
Reply = tuple[int, Any]


class FakeAstrBot:
    """Stores keys, and records each request as method and path. `answers` replaces the reply to one of them.

    admits: whether a key with these scopes is authorized for an operation that requires `scope`.
    """

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Any]] = {}
        self.secrets: dict[str, str] = {}  # secret -> id
        self.requests: list[str] = []
        self.created: list[dict[str, Any]] = []  # the bodies that created keys
        self.answers: dict[str, Callable[[], Reply]] = {}
        self.tokens = [TOKEN]
        self.admits: Callable[[str, frozenset[str]], bool] = lambda scope, held: scope in CONTRACT.closure(held)

    @property
    def target(self) -> Target:
        """A target that is this AstrBot."""
        return target_that(self)

    def dashboard(self, log_in: Callable[[], Secret] | None = None) -> Dashboard:
        """Its dashboard, with a session."""
        return Dashboard(self.target, Secret(TOKEN, "ASTRBOT_DASHBOARD_TOKEN"), log_in)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request."""
        place = f"{request.method} {_path(request)}"
        self.requests.append(place)
        status, body = self.answers[place]() if place in self.answers else self._reply(request)
        return httpx2.Response(status, json=body)

    def _reply(self, request: httpx2.Request) -> Reply:
        secret = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not _path(request).startswith(KEYS):
            return self._read(request, secret)
        if secret not in self.tokens:
            return 401, REFUSED
        id, _, action = _path(request).removeprefix(KEYS).strip("/").partition("/")
        if not id:
            return self._create(json.loads(request.read())) if request.method == "POST" else (200, self._listing())
        if id not in self.keys:
            return 404, {**REFUSED, "message": "not found"}
        if action == "revoke":
            self.keys[id]["revoked"] = True
        else:
            del self.keys[id]
        return 200, envelope(None)

    def _listing(self) -> dict[str, Any]:
        return envelope(list(self.keys.values()))

    def _create(self, body: dict[str, Any]) -> Reply:
        self.created.append(body)
        id = f"id-{len(self.secrets) + 1}"
        secret = f"abk_{id}Abcdefgh01234567{len(self.secrets)}xYzq"
        self.keys[id] = {"key_id": id, "name": body["name"], "scopes": body["scopes"], "key_prefix": secret[:12]}
        self.secrets[secret] = id
        return 200, envelope({**self.keys[id], "api_key": secret})

    def _read(self, request: httpx2.Request, secret: str) -> Reply:
        operation = next(one for one in CONTRACT.operations if _is_at(one, request))
        key = self.keys.get(self.secrets.get(secret, ""))
        if key is None or key.get("revoked"):
            return 401, REFUSED
        is_admitted = self.admits(str(operation.scope), frozenset(key["scopes"]))
        return (200, envelope({"done": True})) if is_admitted else (403, REFUSED)


def _path(request: httpx2.Request) -> str:
    """The path as it is sent: no library normalised it."""
    return request.url.raw_path.decode().partition("?")[0]


def _is_at(operation: Operation, request: httpx2.Request) -> bool:
    return operation.method == request.method and operation.matches(_path(request))
