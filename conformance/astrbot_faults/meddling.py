"""The middleware between a broken server and its clients: it rewrites requests and responses."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_reference.http.body_limit import replayed
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .server import INSUFFICIENT, UNDER, Answer, Request, Server, Under

Rewrite = Callable[[int, Any], Answer]

# Raised if a request or response is not of the kind that a fault changes: it then stays unchanged.
UNLIKE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Meddling:
    """Rewrites requests and responses as a `Server` says."""

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app = app
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        server, under = self._server, Under()
        UNDER.set(under)
        scope = server.forms(dict(scope))
        under.trusted = bool(scope.get("trusted"))
        operation = operation_at(server.contract, scope["method"], scope["path"])
        place = str(operation)
        if place in server.queries:
            scope["query_string"] = urlencode(server.queries[place](_query(scope))).encode()
        headers = server.headers(
            {  # if a header is sent twice, the first one counts
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"][::-1]
            }
        )
        crashes = False
        if place in server.bodies or server.crashes or server.hangs:
            body = await _whole(receive)
            crashes = bool(server.crashes and server.crashes(Request(operation, _query(scope), body)))
            if place in server.bodies:
                body = _changed(body, server.bodies[place])
                headers["content-length"] = str(len(body))
            receive = replayed([{"type": "http.request", "body": body, "more_body": False}], receive)
            if server.hangs:
                send = _hanging(send, receive, partial(server.hangs, Request(operation, _query(scope), body)))
        scope["headers"] = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        rewrite = server.answers.get(place) or server.every_answer
        if crashes:
            rewrite = _crashing
        if operation and server.acts_first(operation):
            send = _refusing(send, under)
        if rewrite or place in server.streams:
            send = _rewriting(send, rewrite, server.streams.get(place))
        await self._app(scope, receive, _retyped(send, server.pages.get(scope["path"])))


@lru_cache(maxsize=4096)
def operation_at(contract: Contract, method: str, path: str) -> Operation | None:
    """The operation of the contract that a request is for; the one with the fewest path parameters."""
    return next((o for o in _specific_first(contract) if o.method == method and o.matches(path)), None)


@cache
def _specific_first(contract: Contract) -> list[Operation]:
    return sorted(contract.operations, key=lambda operation: (operation.path.count("{"), -len(operation.path)))


def _query(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))


def _changed(body: bytes, change: Callable[[Any], Any]) -> bytes:
    try:
        return json.dumps(change(json.loads(body))).encode()
    except UNLIKE:
        return body


def _crashing(status: int, content: Any) -> Answer:
    return (status, content) if status in (401, 403) else (500, {"status": "error", "message": "Internal server error"})


def _refusing(send: Send, under: Under) -> Send:
    """Sends the rejection in place of the response, if the request is rejected."""

    async def refuse(message: Message) -> None:
        if under.refused is None:
            await send(message)
        elif message["type"] == "http.response.body" and not message.get("more_body"):
            status = 403 if under.refused == INSUFFICIENT else 401
            body = json.dumps({"status": "error", "message": under.refused}).encode()
            headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    return refuse


def _hanging(send: Send, receive: Receive, hangs: Callable[[int], bool]) -> Send:
    """Sends nothing until the client leaves, if the request hangs."""
    left: list[bool] = []

    async def hang(message: Message) -> None:
        if message["type"] == "http.response.start" and hangs(message["status"]):
            while (await receive())["type"] != "http.disconnect":
                pass
            left.append(True)
        if not left:
            await send(message)

    return hang


def _rewriting(send: Send, rewrite: Rewrite | None, restream: Callable[[bytes], bytes] | None) -> Send:
    started: dict[str, Any] = {}
    said = bytearray()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
            return
        said.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        status, body = started["status"], bytes(said)
        kind = next((value for name, value in started["headers"] if name.lower() == b"content-type"), b"")
        if kind.startswith(b"text/event-stream"):
            body = restream(body) if restream else body
        elif rewrite:
            status, body = _rewritten(status, body, rewrite)
        headers = [(name, value) for name, value in started["headers"] if name.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return collect


def _rewritten(status: int, body: bytes, rewrite: Rewrite) -> tuple[int, bytes]:
    try:
        content = json.loads(body)
    except ValueError:  # a page, an archive
        return rewrite(status, None)[0], body
    try:
        status, content = rewrite(status, content)
    except UNLIKE:
        return status, body
    return status, json.dumps(content).encode()


def _retyped(send: Send, kind: str | None) -> Send:
    async def retype(message: Message) -> None:
        if message["type"] == "http.response.start" and kind:
            others = [(name, value) for name, value in message["headers"] if name.lower() != b"content-type"]
            message = {**message, "headers": [*others, (b"content-type", kind.encode())]}
        await send(message)

    return retype


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)
