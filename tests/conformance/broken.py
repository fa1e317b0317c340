"""The reference server with places where a fault can be put in, and the decorator that makes one.

Nothing of this is known to the suite: it judges the server over HTTP, whatever is wrong with it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from astrbot_api.operations import Operation
from astrbot_reference import Settings, create_app, running
from astrbot_reference.auth import Authentication, Caller
from astrbot_reference.refusal import Unauthorized
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Scopes = frozenset[str]
Credentials = Mapping[str, str | None]
Answer = tuple[int, Any]
Fault = Callable[["Server"], None]
BREAKS = "breaks"

SETTINGS = Settings(username="astrbot", password="a long password", logins_at_once=10**6)


@dataclass
class Server:
    """What a fault may change. Every place does nothing until a fault fills it."""

    patch: pytest.MonkeyPatch
    credentials: Callable[[Operation, Credentials], Credentials] = lambda _, presented: presented
    scopes: Callable[[Operation, Scopes], Scopes] = lambda _, held: held
    strangers: Callable[[Operation, Credentials], Scopes | None] = lambda *_: None
    headers: Callable[[dict[str, str]], dict[str, str]] = lambda headers: headers
    bodies: dict[str, Callable[[Any], Any]] = field(default_factory=dict)  # `POST /path` -> what the server reads
    queries: dict[str, Callable[[dict[str, str]], dict[str, str]]] = field(default_factory=dict)
    answers: dict[str, Callable[[int, Any], Answer]] = field(default_factory=dict)  # what it says
    pages: dict[str, str] = field(default_factory=dict)  # `/path` -> the content type that it is sent with
    every_answer: Callable[[int, Any], Answer] | None = None


def fault(breaks: str) -> Callable[[Fault], Fault]:
    """Mark a function that breaks a server so that exactly the requirement `breaks` fails."""

    def mark(broken: Fault) -> Fault:
        setattr(broken, BREAKS, breaks)
        return broken

    return mark


@contextmanager
def breakable() -> Iterator[tuple[str, Callable[[Server], None]]]:
    """A running reference server: its address, and how to put a broken `Server` in its place."""
    current = Server(pytest.MonkeyPatch())

    def change(server: Server) -> None:
        nonlocal current
        current = server

    sound = Authentication.authenticate

    async def authenticate(self: Authentication, operation: Operation, presented: Credentials) -> Caller:
        presented = current.credentials(operation, presented)
        try:
            caller = await sound(self, operation, presented)
        except Unauthorized:
            scopes = current.strangers(operation, presented)
            if scopes is None:
                raise
            return Caller("stranger", scopes)
        return caller if caller.key_id is None else replace(caller, scopes=current.scopes(operation, caller.scopes))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Authentication, "authenticate", authenticate)
        app = create_app(SETTINGS)
        app.add_middleware(Meddling, now=lambda: current)
        with running(app=app) as url:
            yield url, change


class Meddling:
    """Rewrites requests and answers on their way, as the current `Server` says."""

    def __init__(self, app: ASGIApp, now: Callable[[], Server]) -> None:
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, meddled with."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        server, place = self._now(), f"{scope['method']} {scope['path']}"
        body = b""
        if place in server.bodies:
            body = json.dumps(server.bodies[place](json.loads(await _whole(receive)))).encode()
            receive = _once(body)
        scope = dict(scope)
        headers = server.headers({name.decode().lower(): value.decode() for name, value in scope["headers"]})
        if place in server.bodies:
            headers["content-length"] = str(len(body))
        scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
        if place in server.queries:
            query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
            scope["query_string"] = urlencode(server.queries[place](query)).encode()
        rewrite = server.answers.get(place) or server.every_answer
        send = _rewriting(send, rewrite) if rewrite else send
        await self._app(scope, receive, _retyped(send, server.pages.get(scope["path"])))


def _rewriting(send: Send, rewrite: Callable[[int, Any], Answer]) -> Send:
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
        try:
            status, content = rewrite(status, json.loads(body))
            body = json.dumps(content).encode()
        except ValueError:  # not JSON: a stream, a page
            pass
        headers = [(name, value) for name, value in started["headers"] if name.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return collect


def _retyped(send: Send, kind: str | None) -> Send:
    async def retype(message: Message) -> None:
        if message["type"] == "http.response.start" and kind:
            others = [(name, value) for name, value in message["headers"] if name.lower() != b"content-type"]
            message = message | {"headers": [*others, (b"content-type", kind.encode())]}
        await send(message)

    return retype


async def _whole(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
