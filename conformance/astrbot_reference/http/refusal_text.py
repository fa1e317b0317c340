"""The error messages for invalid input, worded for people as AstrBot words them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from astrbot_reference.agent.messages import MEDIA
from astrbot_reference.safe_text import one_line

Problem = Mapping[str, Any]

EMPTY_MESSAGE = "Message content is empty (reply only is not allowed)"
MISSING_KEY = frozenset({"chat", "chat-sessions", "chat-projects", "im"})  # tags that say so in place of "is required"
KINDS = {
    "string": "string",
    "array": "list",
    "object": "dictionary",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}
LONGEST = 100  # characters of a value that a sentence repeats


def sentence(tag: str, problem: Problem, body: Any) -> str:
    """The error message of a service. tag: the tag of the operation. problem: as pydantic reports it."""
    path = [part for part in problem["loc"][1:] if isinstance(part, int) or part.isidentifier()]
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    keyword, limit = _rule(problem)
    if problem["loc"][0] == "body" and path[:1] == ["message"] and (len(path) > 1 or keyword != "missing"):
        return _of_message(_value(body, path[:1]))
    if keyword == "missing":
        return _missing(tag, name or "body")
    if problem["loc"][0] != "body" or not name:
        return f"Invalid {name or 'request body'}"
    value = _value(body, path)
    if value is None:
        return _missing(tag, name)
    if name == "scopes":
        return f"Invalid scopes: {_short(value)}" if value else "At least one valid scope is required"
    if isinstance(value, str | list) and (not value or str(value).isspace()):
        return f"{name} is empty"
    if keyword == "minimum":
        return f"{name} must be greater than {limit - 1}"
    # A value that breaks a rule may be a password: only an address is repeated.
    return f"{name} must be a valid {_kind(limit)}" if keyword == "type" else f"Invalid {name}{_told(name, value)}"


def pydantic_text(problem: Problem) -> str:
    """The `msg` of a problem in a 422, as pydantic words it."""
    keyword, limit = _rule(problem)
    if keyword in {"", "missing"}:
        return str(problem["msg"])
    return f"Input should be a valid {_kind(limit) if keyword == 'type' else 'value'}"


def _missing(tag: str, name: str) -> str:
    return f"Missing key: {name}" if tag in MISSING_KEY else f"{name} is required"


def _of_message(message: Any) -> str:
    """What is wrong with a rejected message, as the IM service words it."""
    if message is not None and not isinstance(message, str | list):
        return "message must be a string or list"
    for part in message if isinstance(message, list) else ():
        if not isinstance(part, dict):
            return "message part must be an object"
        kind = part.get("type")
        if kind not in {"plain", "reply", *MEDIA}:
            return f"unsupported message part type: {_short(kind)}"
        needed = {"plain": "text", "reply": "message_id"}.get(kind, "attachment_id")
        if needed not in part and kind != "plain":
            return f"{kind} part missing {needed}"
    return EMPTY_MESSAGE


def _rule(problem: Problem) -> tuple[str, Any]:
    """The keyword of the schema that a value breaks, and its argument; empty for other problems."""
    if problem["type"] == "missing":
        return "missing", None
    context = problem.get("ctx") or {}
    _, _, limit = str(context.get("wrong", "")).rstrip("`").partition(": ")
    try:
        return str(context.get("keyword", "")), json.loads(limit)
    except ValueError:
        return str(context.get("keyword", "")), None


def _kind(limit: Any) -> str:
    names = [KINDS[each] for each in (limit if isinstance(limit, list) else [limit]) if each in KINDS]
    return " or ".join(names) or "value"


def _value(body: Any, path: list[str | int]) -> Any:
    """The value at a path in the body; None if there is none."""
    for part in path:
        try:
            body = body[part]
        except (LookupError, TypeError):
            return None
    return body


def _told(name: str, value: Any) -> str:
    return f": {_short(value)}" if name == "umo" else ""


def _short(value: Any) -> str:
    text = one_line(str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
