"""Serves the WebSockets of a contract: credentials, messages in both directions, and the end. Generated; do not edit."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.security.base import SecurityBase
from pydantic import TypeAdapter, ValidationError
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ..contract import Contract
from ..operation import Operation, Socket
from .answers import event_text
from .security import SCHEMES, Authenticate, Credentials, authorize

POLICY_VIOLATION = 1008
"""The code that closes a connection without sufficient credentials."""
INVALID_TEXT = 1007
"""The code that closes a connection on which a message is not JSON."""
_LONGEST_REASON = 60
"""The most characters of a reason: a close frame has room for 123 bytes."""


class WrongMessage(ValueError):
    """A client sent a message that the contract does not allow. The text does not contain the message."""

    def __init__(self, value: Any, problems: list[Any]) -> None:
        super().__init__("the message does not match its schema")
        self.value = value
        """The message, parsed from JSON."""
        self.problems = problems
        """The violations, in pydantic's form."""


class SocketRoute(WebSocketRoute):
    """The route of an operation that is a WebSocket."""

    def __init__(self, operation: Operation, contract: Contract, serve: Callable[[WebSocket], Awaitable[None]]) -> None:
        super().__init__(operation.path, serve, name=operation.id)
        self.operation = operation
        self.contract = contract


@dataclass(frozen=True)
class Conversation:
    """How to serve the connections of one operation.

    answer: the service method, which returns the events for one message. refuse: the service method that returns the
    event for a rejected connection or message, or None if it has no event for the error, which is then raised again.
    """

    contract: Contract
    operation: Operation
    messages: Socket
    model: Any
    authenticate: Authenticate[Any]
    answer: Callable[..., Awaitable[AsyncIterator[Any]]]
    refuse: Callable[..., Awaitable[Any]]

    async def serve(self, connection: WebSocket) -> None:
        """Serves a connection until the client leaves."""
        await connection.accept()
        try:
            asked = await self._caller(connection)
            message = TypeAdapter(self.model)
            while asked is not None:
                await self._serve_message(connection, message, asked)
        except json.JSONDecodeError:
            await connection.close(INVALID_TEXT, "The message is not JSON")
        except WebSocketDisconnect:
            return

    async def _caller(self, connection: WebSocket) -> dict[str, Any] | None:
        """Returns the caller as an argument of the service; None if the connection is rejected and closed."""
        if self.operation.public:
            return {}
        try:
            credentials = credentials_of(connection, self.operation)
            caller = await self.authenticate(self.operation, credentials)
            authorize(self.contract, self.operation, caller, credentials)
        except Exception as error:
            if (event := await self.refuse(error=error)) is None:
                raise
            await self._send(connection, event)
            await connection.close(POLICY_VIOLATION, str(getattr(error, "detail", error))[:_LONGEST_REASON])
            return None
        return {"caller": caller}

    async def _serve_message(self, connection: WebSocket, model: TypeAdapter[Any], asked: dict[str, Any]) -> None:
        value = await _received(connection)
        try:
            events = await self.answer(**asked, message=_parsed(model, value))
        except Exception as error:
            if (event := await self.refuse(error=error)) is None:
                raise
            await self._send(connection, event)
            return
        try:
            async for event in events:
                await self._send(connection, event)
        finally:
            if hasattr(events, "aclose"):
                await events.aclose()

    async def _send(self, connection: WebSocket, event: Any) -> None:
        await connection.send_text(event_text(self.contract, self.operation, self.messages.sends, event))


def credentials_of(connection: WebSocket, operation: Operation) -> Credentials:
    """Returns the credentials of a connection. The first alternative of `security` for which there is one decides."""
    presented = {name: _presented(connection, SCHEMES[name]) for way in operation.security for name, _ in way}
    decides = next((name for name, value in presented.items() if value), None)
    return {name: value if name == decides else None for name, value in presented.items()}


def _presented(connection: WebSocket, scheme: SecurityBase) -> str | None:
    if isinstance(scheme.model, APIKey):
        places = {
            APIKeyIn.query: connection.query_params,
            APIKeyIn.header: connection.headers,
            APIKeyIn.cookie: connection.cookies,
        }
        return (places[scheme.model.in_].get(scheme.model.name) or "").strip() or None
    kind, _, value = connection.headers.get("authorization", "").strip().partition(" ")
    expected = str(getattr(scheme.model, "scheme", "bearer"))
    return value.strip() or None if kind.lower() == expected.lower() else None


async def _received(connection: WebSocket) -> Any:
    """Returns the next message. Raises JSONDecodeError if it is not JSON, WebSocketDisconnect if the client left."""
    message = await connection.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text = message.get("text")
    if text is None:
        raise json.JSONDecodeError("not text", "", 0)
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError):  # a number that is too long, or a value that is nested too deeply
        raise json.JSONDecodeError("cannot be parsed", "", 0) from None


def _parsed(model: TypeAdapter[Any], value: Any) -> Any:
    try:
        return model.validate_python(value)
    except ValidationError as error:
        raise WrongMessage(value, list(error.errors())) from None


def described(operation: Operation) -> dict[str, Any]:
    """Returns the description of a WebSocket in the derived document; its messages are pointers into the contract."""
    messages = operation.socket
    return {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "security": [{name: list(roles) for name, roles in way} for way in operation.security],
        "responses": {answer.status: {"description": answer.status} for answer in operation.answers},
        "x-websocket": {"receives": messages.receives, "sends": messages.sends} if messages else {},
    }


def schemes_of(operation: Operation) -> dict[str, Any]:
    """Returns the security schemes of an operation, as the derived document describes them."""
    names = [name for way in operation.security for name, _ in way]
    return {name: SCHEMES[name].model.model_dump(mode="json", by_alias=True, exclude_none=True) for name in names}
