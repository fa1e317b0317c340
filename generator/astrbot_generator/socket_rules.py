"""Rules for operations that are WebSockets: those with `x-websocket`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.errors import Problem
from astrbot_generator.pointer import join
from astrbot_generator.read import Table, problem_at

WORD = "x-websocket"
MESSAGES = ("receives", "sends")
_REMEDY = "map `receives` and `sends` to the schemas of the messages"
_HTTP_ONLY = ("requestBody", "callbacks", "x-refusal", "x-alias-of", "x-harmless-probe")


def socket_problems(method: str, item: Table, operation: Table, pointer: str) -> Iterator[Problem]:
    """Yields the problems of `x-websocket`, and members of the operation that a WebSocket cannot have."""
    if WORD not in operation:
        return
    yield from _message_problems(operation, pointer)
    if method != "get":
        wrong = f"a WebSocket cannot be opened with {method.upper()}"
        yield problem_at(item, method, pointer.rpartition("/")[0], wrong, "move it to `get`")
    for word in _HTTP_ONLY:
        if word in operation:
            wrong = f"a WebSocket has no `{word}`"
            yield problem_at(operation, word, pointer, wrong, f"remove it, or remove `{WORD}`")
    for holder, where in ((operation, pointer), (item, pointer.rpartition("/")[0])):
        if holder.get("parameters"):
            wrong = "parameters of a WebSocket cannot be served"
            yield problem_at(holder, "parameters", where, wrong, "put the values into the messages")
    responses = operation.get("responses")
    if not isinstance(responses, Table) or list(responses) != ["101"] or _has_content(responses["101"]):
        wrong = "a WebSocket has one response, `101` without content"
        key = "responses" if isinstance(responses, Table) else WORD
        yield problem_at(operation, key, pointer, wrong, f"declare only `101`, and the messages in `{WORD}`")


def _message_problems(operation: Table, pointer: str) -> Iterator[Problem]:
    declared = operation[WORD]
    if not isinstance(declared, Table):
        yield problem_at(operation, WORD, pointer, "not a mapping", _REMEDY)
        return
    for name in MESSAGES:
        if not isinstance(declared.get(name), Table | bool):
            yield problem_at(operation, WORD, pointer, f"`{name}` is missing or not a schema", _REMEDY)
    for name in declared:
        if name not in MESSAGES and not name.startswith("x-"):
            yield problem_at(declared, name, join(pointer, WORD), f"unknown member `{name}`", _REMEDY)


def _has_content(response: Any) -> bool:
    return not isinstance(response, Table) or "content" in response or "$ref" in response
