"""Faults in the forms that a message may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .server import Server, fault

CHAT, IM = "POST /api/v1/chat", "POST /api/v1/im/message"
PLAIN = {"type": "plain", "text": "hello"}
KNOWN = {"plain", "reply", "image", "record", "file", "video"}
MEDIA = KNOWN - {"plain", "reply"}


@fault(breaks="MSG-FORMS")
def strings_refused(server: Server) -> None:
    """Chat rejects strings."""
    _refuse(server, CHAT, lambda message: isinstance(message, str))


@fault(breaks="MSG-FORMS")
def strings_refused_over_im(server: Server) -> None:
    """IM rejects strings."""
    _refuse(server, IM, lambda message: isinstance(message, str))


@fault(breaks="MSG-TYPES")
def unknown_type_is_text(server: Server) -> None:
    """Chat accepts a segment of an unknown type as text."""
    _accept(server, CHAT, lambda chain: len(chain) == 1 and _has_unknown_type(chain[0]))


@fault(breaks="MSG-TYPES")
def unknown_type_is_text_over_im(server: Server) -> None:
    """IM accepts a segment of an unknown type as text."""
    _accept(server, IM, lambda chain: len(chain) == 1 and _has_unknown_type(chain[0]))


@fault(breaks="MSG-TYPES")
def types_know_no_case(server: Server) -> None:
    """IM accepts the type `Plain` as `plain`."""
    _accept(server, IM, lambda chain: len(chain) == 1 and chain[0].get("type") == "Plain")


@fault(breaks="MSG-FIELDS")
def video_needs_no_attachment(server: Server) -> None:
    """Chat accepts a video without an attachment."""
    _accept(server, CHAT, lambda chain: [part.get("type") for part in chain] == ["video"] and len(chain[0]) == 1)


@fault(breaks="MSG-FIELDS")
def media_need_no_attachment_over_im(server: Server) -> None:
    """IM accepts media without an attachment."""
    _accept(server, IM, lambda chain: len(chain) == 1 and _is_incomplete_media(chain[0]))


@fault(breaks="MSG-EMPTY")
def missing_message_accepted(server: Server) -> None:
    """Chat accepts a request without a message and uses a greeting."""
    server.bodies[CHAT] = lambda body: {"message": "hello", **body}


@fault(breaks="MSG-EMPTY")
def empty_text_accepted(server: Server) -> None:
    """Chat accepts an empty string."""
    _accept_message(server, CHAT, lambda message: message == "")


@fault(breaks="MSG-EMPTY")
def empty_chain_accepted_over_im(server: Server) -> None:
    """IM accepts an empty list of segments."""
    _accept_message(server, IM, lambda message: message == [])


@fault(breaks="MSG-REPLY-ONLY")
def reply_only_accepted(server: Server) -> None:
    """Chat accepts a message of `reply` segments only."""
    _accept(server, CHAT, _is_reply_only)


@fault(breaks="MSG-REPLY-ONLY")
def reply_only_accepted_over_im(server: Server) -> None:
    """IM accepts a message of `reply` segments only."""
    _accept(server, IM, _is_reply_only)


@fault(breaks="MSG-REPLY-CHAT")
def reply_accepted_over_im(server: Server) -> None:
    """IM accepts a `reply` next to a `plain` with text."""
    _accept(
        server,
        IM,
        lambda chain: (
            [part.get("type") for part in chain] == ["reply", "plain"] and bool(str(chain[1].get("text") or "").strip())
        ),
    )


@fault(breaks="MSG-REPLY-CHAT")
def reply_refused_in_chat(server: Server) -> None:
    """Chat rejects a `reply`."""
    _refuse(
        server,
        CHAT,
        lambda message: _is_chain(message) and [part["type"] for part in message] == ["reply", "plain"],
    )


def _accept(server: Server, place: str, accepted: Callable[[list[Any]], bool]) -> None:
    """Accept such lists of segments as an ordinary message."""
    _accept_message(server, place, lambda message: _is_chain(message) and accepted(message))


def _accept_message(server: Server, place: str, accepted: Callable[[Any], bool]) -> None:
    server.bodies[place] = lambda body: body | {"message": [PLAIN]} if accepted(body.get("message")) else body


def _refuse(server: Server, place: str, refused: Callable[[Any], bool]) -> None:
    server.bodies[place] = lambda body: body | {"message": []} if refused(body.get("message")) else body


def _is_chain(message: Any) -> bool:
    return isinstance(message, list) and bool(message) and all(isinstance(part, dict) for part in message)


def _has_unknown_type(part: dict[str, Any]) -> bool:
    return str(part.get("type")).strip() not in KNOWN


def _is_incomplete_media(part: dict[str, Any]) -> bool:
    return part.get("type") in MEDIA and "attachment_id" not in part


def _is_reply_only(chain: list[Any]) -> bool:
    return all(part.get("type") == "reply" and "message_id" in part for part in chain)
