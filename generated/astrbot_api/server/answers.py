"""Builds HTTP responses from the results of services, and validates them. Generated; do not edit."""

import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from fastapi import Response
from fastapi.responses import StreamingResponse

from ..conforming import plain, pointer_of, wrong
from ..contract import Contract
from ..document import Validator
from ..explain import explained
from ..operation import Answer, Operation
from .media_types import is_json, matching, media_type_of

AnswerT = TypeVar("AnswerT")
AnswerT_co = TypeVar("AnswerT_co", covariant=True)

_log = logging.getLogger(__name__)
_as_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Json(Generic[AnswerT_co]):
    """A response as JSON, in place of an instance of its model. The contract judges the content when it is sent."""

    model: type[AnswerT_co]
    content: Any
    status: int | None = None
    """The status, if the contract declares several with this model; otherwise the first one is sent."""


Answered: TypeAlias = AnswerT | Json[AnswerT]
"""A JSON response: a model, or JSON in its place."""

EventStream: TypeAlias = AsyncIterator[AnswerT | Json[AnswerT]]
"""Events that are sent one by one, as soon as each is available."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A response that is not JSON."""

    content: bytes | str
    media_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class WrongAnswer(RuntimeError):
    """A service returned a value that the contract does not allow: a bug in the service. The client gets a 500."""


def respond(contract: Contract, operation: Operation, value: Any) -> Response:
    """Returns the HTTP response for the result of a service. Raises WrongAnswer if the contract does not allow it."""
    good = [answer for answer in operation.answers if answer.status[0] in "123"]
    good = good or [answer for answer in operation.answers if answer.status == "default"]
    if isinstance(value, Raw):
        return _raw(contract, operation, value)
    if isinstance(value, Json) and value.status is not None:
        return _json(contract, operation, declared_for(operation, value.status), value, value.status)
    if hasattr(value, "__aiter__"):
        return _stream(contract, operation, good, value)
    if value is None and not any(_is_json(answer) for answer in good):
        empty = [answer for answer in good if answer.media_type is None]
        if not empty:
            raise _wrong(operation, "", "no content, but a response body is required")
        return Response(status_code=_status(empty[0]))
    return _json(contract, operation, good, value)


def _json(
    contract: Contract, operation: Operation, good: list[Answer], value: Any, status: int | None = None
) -> Response:
    content = _content(value)
    fitting = [answer for answer in good if _is_json(answer)]
    for answer in fitting:
        if answer.pointer is None or contract.validator_at(answer.pointer).is_valid(content):
            return Response(_as_text(content).encode(), status or _status(answer), media_type=answer.media_type)
    if not fitting or fitting[0].pointer is None:
        raise _wrong(operation, "", "JSON, which is not declared")
    raise _misfit(operation, contract.validator_at(fitting[0].pointer), content)


def _raw(contract: Contract, operation: Operation, value: Raw) -> Response:
    answers = declared_for(operation, value.status)
    refuse_undeclared(contract, operation, answers, value.media_type, value.content)
    return Response(value.content, value.status, dict(value.headers), media_type=value.media_type)


def declared_for(operation: Operation, status: int) -> list[Answer]:
    """Returns the responses that an operation declares for a status: its own, else those of its range, else `default`."""
    for name in (str(status), f"{status // 100}XX", "DEFAULT"):
        if found := [answer for answer in operation.answers if answer.status.upper() == name]:
            return found
    return []


def refuse_undeclared(
    contract: Contract, operation: Operation, answers: list[Answer], media_type: str, content: bytes | str
) -> None:
    """Raises WrongAnswer unless one of the declared responses has this media type, and its schema accepts the JSON."""
    by_type = {answer.media_type: answer for answer in answers if answer.media_type is not None}
    name = media_type_of(media_type)
    declared = matching(by_type, name)
    if declared is None:
        raise _wrong(operation, "", f"{name}, which is not declared")
    pointer = by_type[declared].pointer
    if pointer is None or not is_json(name):
        return
    try:
        value = plain(json.loads(content))
    except (TypeError, ValueError, RecursionError):
        raise _wrong(operation, "", "text that is not JSON") from None
    if not contract.validator_at(pointer).is_valid(value):
        raise _misfit(operation, contract.validator_at(pointer), value)


def _stream(contract: Contract, operation: Operation, good: list[Answer], events: AsyncIterator[Any]) -> Response:
    for answer in good:
        if answer.media_type == "text/event-stream":
            frames = _frames(contract, operation, answer, events)
            headers = {"Cache-Control": "no-cache", "Connection": "keep-alive"}
            return StreamingResponse(frames, _status(answer), headers, "text/event-stream")
    raise _wrong(operation, "", "events, which are not declared")


async def _frames(
    contract: Contract, operation: Operation, answer: Answer, events: AsyncIterator[Any]
) -> AsyncIterator[bytes]:
    async for event in events:
        yield b"data: " + event_text(contract, operation, answer.events, event).encode() + b"\n\n"


def event_text(contract: Contract, operation: Operation, pointer: str | None, event: Any) -> str:
    """Returns an event as JSON text. Raises WrongAnswer if the schema at the pointer does not allow it."""
    content = _content(event)
    if pointer is not None and not contract.validator_at(pointer).is_valid(content):
        raise _misfit(operation, contract.validator_at(pointer), content)
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def _content(value: Any) -> Any:
    return plain(value.content if isinstance(value, Json) else value)


def _is_json(answer: Answer) -> bool:
    return is_json(answer.media_type or "")


def _status(answer: Answer) -> int:
    if answer.status.isdigit():
        return int(answer.status)
    return int(answer.status[0]) * 100 if answer.status[0].isdigit() else 200


def _misfit(operation: Operation, compiled: Validator, content: Any) -> WrongAnswer:
    """Returns the error for content that a schema rejects, without the content, which may include a new key."""
    violation = next(explained(compiled.iter_errors(content)))
    return _wrong(operation, pointer_of(violation), wrong(violation))


def _wrong(operation: Operation, pointer: str, problem: str) -> WrongAnswer:
    message = f"{operation.id} returned a value that its contract does not allow, at #{pointer}: {problem}"
    _log.error("%s", message)
    return WrongAnswer(message)
