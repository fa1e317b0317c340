"""Faults in the times that responses show: without an offset, or in another format than the contract declares."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from .server import Fault, Server, fault

Rewrite = Callable[[str], str]


def _without_offset(time: str) -> str:
    return time.removesuffix("Z").removesuffix("+00:00")


def _with_a_blank(time: str) -> str:
    return time.replace("T", " ")


def _in_other_words(time: str) -> str:
    return f"{time[8:10]}/{time[5:7]}/{time[:4]} {time[11:19]}"


def _rewritten(value: Any, members: tuple[str, ...], rewrite: Rewrite) -> Any:
    """The value with these members rewritten wherever they are."""
    if isinstance(value, list):
        return [_rewritten(one, members, rewrite) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: rewrite(part) if name in members and isinstance(part, str) else _rewritten(part, members, rewrite)
        for name, part in value.items()
    }


def _put(operation: str, members: tuple[str, ...], rewrite: Rewrite, server: Server) -> None:
    server.change_data(operation, lambda data: _rewritten(data, members, rewrite))


def _fault(name: str, line: str, operation: str, members: str, rewrite: Rewrite) -> Fault:
    return Fault(name, "SHAPE-BODY", line, partial(_put, operation, tuple(members.split()), rewrite))


TIMES = (
    _fault(
        "keys-listed-without-offset",
        "The list of keys shows their creation without an offset.",
        "GET /api/v1/api-keys",
        "created_at",
        _without_offset,
    ),
    _fault(
        "sessions-without-offset",
        "The list of chat sessions shows their last change without an offset.",
        "GET /api/v1/chat/sessions",
        "updated_at",
        _without_offset,
    ),
    _fault(
        "projects-dated-with-a-blank",
        "The list of projects shows times with a blank between date and time, and without an offset.",
        "GET /api/v1/chat/projects",
        "created_at updated_at",
        lambda time: _with_a_blank(_without_offset(time)),
    ),
    _fault(
        "plugins-dated-in-other-words",
        "A plugin shows when it was installed, but not as RFC 3339 writes it.",
        "GET /api/v1/plugins/{plugin_id}",
        "installed_at",
        _in_other_words,
    ),
)


@fault(breaks="CHAT-STREAM")
def events_without_offset(server: Server) -> None:
    """The event of a saved message has a time without an offset."""
    server.streams["POST /api/v1/chat"] = lambda stream: stream.replace(b"+00:00", b"")
