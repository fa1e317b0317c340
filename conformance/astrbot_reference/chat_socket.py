"""The chat over a WebSocket: the events of an answer in its form, and the errors for rejected messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

from astrbot_api.models import ChatSocketEvent
from astrbot_api.server import InsufficientScope, Json, WrongMessage

from .http.refusal_text import EMPTY_MESSAGE
from .refusal import Refusal, Unauthorized
from .safe_text import one_line
from .stores.store import JsonObject

UNSENT = frozenset({"user_message_saved", "attachment_saved"})  # events of `POST /chat` that a WebSocket does not send
LONGEST = 100  # characters of a value that an error repeats


async def pong() -> AsyncIterator[Json[ChatSocketEvent]]:
    """The answer to a ping."""
    yield _event({"type": "pong"})


async def over_socket(
    events: AsyncIterator[Json[Any]], session: str, message_id: str
) -> AsyncIterator[Json[ChatSocketEvent]]:
    """The events of an answer as a WebSocket sends them: every one names the answer or the session."""
    async with aclosing(cast(Any, events)):
        async for event in events:
            if event.content["type"] not in UNSENT:
                yield _event(_in_its_form(event.content, session, message_id))


def _in_its_form(content: JsonObject, session: str, message_id: str) -> JsonObject:
    if content["type"] == "message_saved":
        saved = {name: content["data"][name] for name in ("id", "created_at")}
        return {"type": "message_saved", "data": saved, "session_id": session}
    is_named = "message_id" in content or content["type"] == "session_id"
    return {**content, "message_id": message_id} if is_named else content


def refusal_event(error: Exception) -> Json[ChatSocketEvent] | None:
    """The event for a rejected connection or message; None if the error is a bug of the server."""
    if isinstance(error, Unauthorized):
        return _error("UNAUTHORIZED", str(error))
    if isinstance(error, InsufficientScope):
        return _error("UNAUTHORIZED", "Insufficient API key scope")
    if isinstance(error, Refusal):
        return _error(_code(error.message), error.message)
    if isinstance(error, WrongMessage):
        text = _wrong(error.value)
        return _error(_code(text), text)
    return None


def _code(text: str) -> str:
    if text.startswith("config_"):
        return "CONFIG_ERROR"
    if text in {"Missing key: username", "username is empty"}:
        return "BAD_USER"
    return "SESSION_ERROR" if "session" in text else "INVALID_MESSAGE"


def _wrong(value: Any) -> str:
    """What is wrong with a message that does not match its schema."""
    if not isinstance(value, dict):
        return "message must be an object"
    if (kind := value.get("t", "send")) not in {"send", "ping"}:
        return f"Unsupported message type: {one_line(str(kind))[:LONGEST]}"
    for name in ("message", "username"):
        if value.get(name) is None:
            return f"Missing key: {name}"
    if not str(value["username"]).strip():
        return "username is empty"
    return EMPTY_MESSAGE


def _error(code: str, text: str) -> Json[ChatSocketEvent]:
    return _event({"type": "error", "code": code, "data": text})


def _event(content: JsonObject) -> Json[ChatSocketEvent]:
    return Json(ChatSocketEvent, content)
