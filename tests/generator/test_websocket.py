"""An operation with `x-websocket`: what the generator rejects, and the code that it writes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI

from tests.generator.making import OK, contract, load, operation
from tests.generator.refusal import expect_refusal

OPENED = {"101": {"description": "A WebSocket."}}
LINE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
MESSAGES = {"receives": {"$ref": "#/components/schemas/Line"}, "sends": {"type": "object"}}
SCHEMES = {
    "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "Asked": {"type": "apiKey", "in": "query", "name": "key"},
}


def sockets(messages: Any = MESSAGES, *, method: str = "get", **parts: Any) -> dict[str, Any]:
    """A contract with a WebSocket that has these parts."""
    talk = operation("talk", **{"x-websocket": messages, "responses": OPENED, **parts})
    talk["security"] = [{"Asked": ["read"]}, {"Key": ["read"]}]
    paths = {"/books": {"get": operation("list_books")}, "/talk": {method: talk}}
    return contract(paths=paths, components={"schemas": {"Line": LINE}, "securitySchemes": SCHEMES})


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no mapping": (sockets("yes"), "talk/get", "x-websocket|not a mapping"),
    "no message from a client": (sockets({"sends": {}}), "get", "`receives` is missing"),
    "no message of the server": (sockets({"receives": {}}), "get", "`sends` is missing"),
    "an unknown member": (
        sockets({**MESSAGES, "takes": {}}),
        "x-websocket",
        "unknown member `takes`",
    ),
    "another method": (sockets(method="put"), "~1talk", "cannot be opened with PUT"),
    "a body": (sockets(requestBody={"content": {"text/plain": {}}}), "get", "has no `requestBody`"),
    "a form of rejection": (sockets(**{"x-refusal": "envelope"}), "get", "has no `x-refusal`"),
    "a parameter": (
        sockets(parameters=[{"name": "a", "in": "query", "schema": {"type": "string"}}]),
        "get",
        "parameters of a WebSocket cannot be served",
    ),
    "an HTTP response": (sockets(responses=OK), "get", "one response, `101` without content"),
    "a second response": (sockets(responses={**OPENED, **OK}), "get", "one response, `101` without content"),
    "a keyword in a message": (
        sockets({**MESSAGES, "sends": {"nullable": True}}),
        "x-websocket/sends",
        "has no effect in OpenAPI 3.1",
    ),
}


@pytest.mark.parametrize(("bad", "where", "why"), BAD.values(), ids=BAD)
def test_a_contradiction_is_rejected(
    bad: dict[str, Any], where: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One clear line says what is wrong, where, and what to do."""
    expect_refusal(bad, where, why, tmp_path, capsys)


def test_the_table_keeps_it_apart(tmp_path: Path) -> None:
    """A WebSocket is no operation for plain requests; it has its scope and the pointers of its messages."""
    package: Any = load(tmp_path, sockets())

    assert [each.id for each in package.operations.OPERATIONS] == ["list_books"]
    (talk,) = package.releases.contract().websockets
    assert (talk.id, talk.scope, str(talk)) == ("talk", "read", "GET /talk")
    assert talk.socket.receives == "#/components/schemas/Line"
    assert package.releases.contract().validator_at(talk.socket.sends).is_valid({"any": 1})


class Books:
    """A service that repeats what it gets."""

    def __init__(self, package: Any) -> None:
        self.package = package

    async def list_books(self, **_: Any) -> dict[str, Any]:
        """Nothing."""
        return {}

    async def talk(self, *, caller: Any, message: Any) -> AsyncIterator[Any]:
        """The text and the name of the caller."""

        async def events() -> AsyncIterator[Any]:
            yield self.package.server.Json(dict, {"text": message.text, "caller": caller.name})

        if message.text == "no":
            raise ValueError("refused")
        return events()

    async def refuse_talk(self, *, error: Exception) -> Any:
        """The class of the error; nothing for one of them."""
        name = type(error).__name__
        return None if name == "KeyError" else self.package.server.Json(dict, {"error": name})


def application(package: Any) -> FastAPI:
    """A server of the package that knows two keys."""

    async def authenticate(_: Any, credentials: Any) -> Any:
        key = next(filter(None, credentials.values()), None)
        if key not in ("good", "poor"):
            raise PermissionError(f"unknown key {key}")
        return SimpleNamespace(name=key, scopes={"read"} if key == "good" else set())

    app = FastAPI(openapi_url=None)
    package.server.mount(app, package.server.Services(books=Books(package)), authenticate)
    return app


def talked(app: FastAPI, *texts: str, query: str = "", header: str = "") -> list[Any]:
    """What the server sends: the messages as JSON, and the code with which it closes the connection."""
    headers = [(b"x-key", header.encode())] if header else []
    scope = {"type": "websocket", "path": "/talk", "query_string": query.encode(), "headers": headers}
    waiting: list[Any] = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": t} for t in texts)]
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            sent.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            sent.append(message["code"])

    asyncio.run(app(scope, receive, send))
    return sent


HELLO = '{"text": "hello"}'


@pytest.mark.parametrize(
    ("texts", "how", "sent"),
    [
        ([HELLO, HELLO], {"header": "good"}, [{"text": "hello", "caller": "good"}] * 2),
        ([HELLO], {"query": "key=good"}, [{"text": "hello", "caller": "good"}]),
        ([HELLO], {"query": "key=", "header": "good"}, [{"text": "hello", "caller": "good"}]),
        ([HELLO], {"query": "key=bad", "header": "good"}, [{"error": "PermissionError"}, 1008]),
        ([HELLO], {}, [{"error": "PermissionError"}, 1008]),
        ([HELLO], {"header": "poor"}, [{"error": "InsufficientScope"}, 1008]),
        (['{"text": 1}', HELLO], {"header": "good"}, [{"error": "WrongMessage"}, {"text": "hello", "caller": "good"}]),
        (['{"text": "no"}', HELLO], {"header": "good"}, [{"error": "ValueError"}, {"text": "hello", "caller": "good"}]),
        (["{", HELLO], {"header": "good"}, [1007]),
    ],
)
def test_the_stub_serves_a_connection(texts: list[str], how: dict[str, str], sent: list[Any], tmp_path: Path) -> None:
    """The first place with a key decides. Messages are parsed and answered in order; a rejected one gets an event."""
    assert talked(application(load(tmp_path, sockets())), *texts, **how) == sent


def test_the_derived_document_describes_it(tmp_path: Path) -> None:
    """Its id, security and response are those of the contract, and so are its schemes."""
    package: Any = load(tmp_path, sockets())
    derived = package.server.derive(application(package))

    talk = derived["paths"]["/talk"]["get"]
    assert (talk["operationId"], talk["security"]) == ("talk", [{"Asked": ["read"]}, {"Key": ["read"]}])
    assert talk["x-websocket"]["receives"] == "#/components/schemas/Line"
    assert derived["components"]["securitySchemes"]["Asked"]["name"] == "key"
