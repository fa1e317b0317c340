"""A route of the generated server beside a route written by hand: alone, and in an application with as many routes."""

from __future__ import annotations

import json
from collections.abc import Collection
from time import process_time
from typing import Annotated, Any, Literal

from astrbot_api import models
from astrbot_api.operations import OPERATIONS, Operation
from astrbot_api.server import Services, bots, mount
from fastapi import FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import BaseModel

NAME = "set_bot_enabled"
BODY = json.dumps({"enabled": True}).encode()
ROUNDS, CALLS = 30, 40


class Caller:
    """A caller with one scope."""

    scopes: Collection[str] = frozenset({"bot"})


class Switch(BaseModel):
    """A body."""

    enabled: bool


class Empty(BaseModel):
    """No data."""


class Done(BaseModel):
    """A response."""

    status: Literal["ok"] = "ok"
    message: str
    data: Empty


class Service:
    """Returns the same model for every operation."""

    def __init__(self) -> None:
        self._answer = models.Done(message="Saved", data=models.NoData())

    def __getattr__(self, name: str) -> Any:
        async def method(**_: Any) -> Any:
            return self._answer

        return method


async def authenticate(operation: Any, credentials: Any) -> Caller:
    """Lets everybody in."""
    return Caller()


async def caller(
    bearer: Annotated[Any, Security(HTTPBearer(auto_error=False))],
    key: Annotated[Any, Security(APIKeyHeader(name="X-API-Key", auto_error=False))],
) -> Caller:
    """The same by hand: a key in one of two headers, and its scope."""
    if not (bearer or key):
        raise HTTPException(401)
    found = Caller()
    if "bot" not in found.scopes:
        raise HTTPException(403)
    return found


def by_hand(operations: Collection[Operation]) -> FastAPI:
    """Returns an application with a route for each of these operations, in their order."""
    app = FastAPI(openapi_url=None)

    async def switch(bot_id: str, body: Switch, caller: Annotated[Caller, Security(caller)]) -> Done:
        return Done(message="Saved", data=Empty())

    async def other(caller: Annotated[Caller, Security(caller)]) -> dict[str, str]:
        return {}

    for operation in operations:
        endpoint = switch if operation.id == NAME else other
        app.add_api_route(operation.path, endpoint, methods=[operation.method])
    return app


def generated(*, alone: bool) -> FastAPI:
    """Returns an application with the generated routes, or only with the one that is measured."""
    app, service = FastAPI(openapi_url=None), Service()
    if not alone:
        everywhere: dict[str, Any] = dict.fromkeys(Services.__dataclass_fields__, service)
        mount(app, Services(**everywhere), authenticate)
        return app
    router: Any = bots.router(service, authenticate)
    app.router.routes.extend(route for route in router.routes if route.operation.id == NAME)
    return app


async def routes() -> dict[str, tuple[float, float]]:
    """Returns the best times in microseconds: name -> (by hand, generated)."""
    one = [operation for operation in OPERATIONS if operation.id == NAME]
    last = [*(operation for operation in OPERATIONS if operation.id != NAME), *one]
    half = [*last[: len(last) // 2], *one, *last[len(last) // 2 : -1]]
    applications = {
        "alone": (by_hand(one), generated(alone=True)),
        f"among {len(last)}": (by_hand(half), generated(alone=False)),
    }
    found: dict[str, tuple[float, float]] = {}
    for name, pair in applications.items():
        times = [[await call(app) for app in pair] for _ in range(ROUNDS)]
        found[name] = min(time for time, _ in times), min(time for _, time in times)
    return found


async def call(app: FastAPI) -> float:
    """Returns the processor time of one request in microseconds."""
    path = "/api/v1/bots/some-bot/enabled"
    headers = [(b"content-type", b"application/json"), (b"x-api-key", b"abk_x"), (b"content-length", b"%d" % len(BODY))]
    scope = {"type": "http", "http_version": "1.1", "method": "PATCH", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "root_path": "", "scheme": "http", "headers": headers, "server": ("test", 80)}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    started = process_time()
    for _ in range(CALLS):
        await app({**scope, "state": {}}, receive, send)
    taken = process_time() - started
    if sent[0]["status"] != 200:
        raise SystemExit(f"the route returns {sent[0]['status']}")
    return taken / CALLS * 1e6
