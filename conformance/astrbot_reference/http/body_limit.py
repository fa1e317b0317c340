"""Limits the size of request bodies.

A body up to SMALL is always read, so that checks keep the order of AstrBot: invalid JSON, credentials, scope, fields. A
larger body is read only for a caller that may use the operation.
"""

from __future__ import annotations

import asyncio
import json
import re
from itertools import islice

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.server.routing import OperationRoute
from astrbot_api.server.security import Authenticate, Credentials, InsufficientScope, authorize
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from astrbot_reference.auth import Caller
from astrbot_reference.refusal import Unauthorized, refused

SMALL = 64 * 1024  # bytes
LARGEST = 4 * 1024 * 1024  # bytes of a body that is not a form
LARGEST_FORM = 32 * 1024 * 1024  # bytes of a form, which may carry files
AT_ONCE = 8  # larger bodies that are processed at the same time: they cost memory
# Reading and validating a value takes about ten microseconds, and blocks other requests.
MOST_TOKENS = 100_000
TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,]', re.DOTALL)
CLOSE = {"Connection": "close"}


class BodyTooLarge(Exception):
    """The body exceeds a limit: 413. The message says which."""


def limit_bodies(routes: list[BaseRoute], contract: Contract, authenticate: Authenticate[Caller]) -> None:
    """Put a limit before each of the routes that serves an operation."""
    slots = asyncio.Semaphore(AT_ONCE)
    for route in routes:
        if isinstance(route, OperationRoute) and route.operation.body:
            route.app = BodyLimit(route.app, route.operation, contract, authenticate, slots)


class BodyLimit:
    """Rejects a body with 413, 401 or 403 before it is read, or forwards the request."""

    def __init__(
        self,
        app: ASGIApp,
        operation: Operation,
        contract: Contract,
        authenticate: Authenticate[Caller],
        slots: asyncio.Semaphore,
    ) -> None:
        """slots: how many larger bodies may be processed at the same time."""
        self._app = app
        self._operation = operation
        self._contract = contract
        self._authenticate = authenticate
        self._slots = slots
        types = operation.body.media_types if operation.body else ()
        self._is_form = any(type.startswith("multipart/") for type in types)
        self._is_json = any(type.endswith("json") for type in types)
        self._largest = LARGEST_FORM if self._is_form else LARGEST
        if not operation.security:  # the credentials are invalid
            self._largest = SMALL

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or reject it."""
        headers = scope["headers"]
        length = next((int(value) for name, value in headers if name == b"content-length"), None)
        if length is None:
            if all(name != b"transfer-encoding" for name, _ in headers):
                await self._app(scope, receive, send)
                return
            length, receive = await _begun(receive)
        if length <= SMALL:
            await self._app(scope, receive, send)
            return
        try:
            await self._serve_large(scope, length, receive, send)
        except ClientDisconnect:
            return
        except BodyTooLarge as error:
            await refused(413, str(error), CLOSE)(scope, receive, send)
        except Unauthorized as error:
            await refused(401, str(error), CLOSE)(scope, receive, send)
        except InsufficientScope:
            await refused(403, "Insufficient API key scope", CLOSE)(scope, receive, send)

    async def _serve_large(self, scope: Scope, length: int, receive: Receive, send: Send) -> None:
        """length: the declared number of bytes."""
        if self._operation.security:
            credentials = presented(Headers(scope=scope))
            caller = await self._authenticate(self._operation, credentials)
            authorize(self._contract, self._operation, caller, credentials)
        if length > self._largest:
            raise too_large(self._largest)
        async with self._slots:
            receive = _counted(receive, self._largest)
            if not self._is_form:
                body = await _whole(receive)
                if self._is_json and has_too_many_values(body):
                    raise BodyTooLarge("The body has too many values")
                receive = replayed([{"type": "http.request", "body": body, "more_body": False}], receive)
            await self._app(scope, receive, send)


def presented(headers: Headers) -> Credentials:
    """The credentials in the headers of a request, by security scheme."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    bearer = token.strip() or None if scheme.lower() == "bearer" else None
    return {"BearerKey": bearer, "DashboardToken": bearer, "HeaderKey": headers.get("x-api-key", "").strip() or None}


def has_too_many_values(body: bytes) -> bool:
    """Whether a JSON body has too many values to be read quickly."""
    if sum(map(body.count, (b'"', b"[", b"{", b","))) <= MOST_TOKENS:
        return False
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
    except UnicodeDecodeError:
        return False  # nor will it be read
    return next(islice(TOKENS.finditer(text), MOST_TOKENS, None), None) is not None


def too_large(largest: int) -> BodyTooLarge:
    """The error response for a body with more bytes than `largest`."""
    return BodyTooLarge(f"The body has more than {largest // 1024} KiB")


async def _begun(receive: Receive) -> tuple[int, Receive]:
    """The bytes until a body ended or was no longer small, and a receiver of the whole body."""
    messages: list[Message] = []
    size, more = 0, True
    while more and size <= SMALL:
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
        more = messages[-1].get("more_body", False)
    return size, replayed(messages, receive)


def replayed(messages: list[Message], then: Receive) -> Receive:
    """Receives these messages, and then what follows them."""
    waiting = messages[::-1]

    async def receive() -> Message:
        return waiting.pop() if waiting else await then()

    return receive


def _counted(receive: Receive, largest: int) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise too_large(largest)
        return message

    return counted


async def _whole(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)
