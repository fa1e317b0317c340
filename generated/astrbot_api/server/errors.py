"""Checks the responses that the application sends for exceptions of a service. Generated; do not edit."""

from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import Message, Send

from ..contract import Contract
from ..operation import Operation
from .answers import declared_for, refuse_undeclared
from .media_types import is_json

CALLED: ContextVar[bool] = ContextVar("CALLED", default=False)
"""Whether the service was called for the request. Before that, FastAPI and `authenticate` reject requests."""


def checked(contract: Contract, operation: Operation, send: Send) -> Send:
    """Returns a function that sends the response of an operation.

    It raises WrongAnswer, before anything is sent, if the service raised an error for whose status the contract declares
    JSON, and the response has another body.
    """
    waiting: list[Message] = []

    async def send_checked(message: Message) -> None:
        if not waiting and not _is_declared_error(operation, message):
            await send(message)
            return
        waiting.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            start, *parts = waiting
            waiting.clear()
            content = b"".join(part.get("body", b"") for part in parts)
            media_type = Headers(raw=start["headers"]).get("content-type", "")
            refuse_undeclared(contract, operation, declared_for(operation, start["status"]), media_type, content)
            for part in (start, *parts):
                await send(part)

    return send_checked


def checks_errors(operation: Operation) -> bool:
    """Returns whether the contract declares JSON with a schema for an error of an operation."""
    errors = [answer for answer in operation.answers if answer.status[0] not in "123"]
    return operation.method != "HEAD" and any(answer.pointer and is_json(answer.media_type or "") for answer in errors)


def _is_declared_error(operation: Operation, message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] < 400 or not CALLED.get():
        return False
    return any(
        answer.pointer and is_json(answer.media_type or "") for answer in declared_for(operation, message["status"])
    )
