"""Chats over the WebSocket: how a key is presented there, and the rules for the messages of the server."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.astrbot_operations import CHAT_SOCKET
from astrbot_conformance.http import NOT_JSON, HttpRequest, Key, KeyHeader, Presented, Target
from astrbot_conformance.http.conversation import Conversation, with_messages
from astrbot_conformance.http.websocket import converse
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.schema_problem import first_errors, schema_problem

PING = {"t": "ping"}
NAMELESS = {"t": "send", "message": "hello"}  # a message that is rejected even if the key is authorized
UNAUTHORIZED = "UNAUTHORIZED"
SAVED = "message_saved"  # the last message of an answer may be stored after its end
CARRIERS: Mapping[str, KeyHeader | str] = {
    "`Authorization: Bearer`": KeyHeader.BEARER,
    "`X-API-Key`": KeyHeader.HEADER,
    "the parameter `api_key`": "api_key",
    "the parameter `key`": "key",
}
"""The places of a key: a header, or a parameter of the query."""
OPENING = HttpRequest(CHAT_SOCKET, CHAT_SOCKET.path)


def ask(
    target: Target,
    key: Key | None,
    *messages: Any,
    place: KeyHeader | str = KeyHeader.BEARER,
    beside: tuple[Key, KeyHeader] | None = None,
    leaving: bool = False,
) -> Conversation:
    """Send messages with `key` at a place, and read the answer to each. `beside`: a second key in a header."""
    header = beside[1] if beside else KeyHeader.BEARER
    shown, request = beside[0] if beside else None, OPENING
    if isinstance(place, str):
        request = replace(request, presented=(Presented(key, place, in_query=True),) if key else ())
    elif beside and key:
        request = replace(request, presented=(Presented(key, *place.value),))
    else:
        header, shown = place, key
    return converse(target, with_messages(request, *messages), shown, header, ends=ends_answer, leaving=leaving)


def ask_once(target: Target, key: Key, message: Any, *, place: KeyHeader | str = KeyHeader.BEARER) -> Conversation:
    """The same for one message, sent once a run even if several checks rely on it."""
    identity = (CHAT_SOCKET.id, key.variable, place, json.dumps(message))
    stored = target.memory.once(identity, lambda: ask(target, key, message, place=place))
    if not isinstance(stored, Conversation):
        raise TypeError("the memory holds another response")
    return stored


def ask_at_once(target: Target, key: Key, *messages: Any) -> Conversation:
    """Send messages and then a ping, and read until the last answer has ended and the pong has come."""
    ends = _Ends(len(messages))
    return converse(target, with_messages(OPENING, *messages, PING), key, KeyHeader.BEARER, ends=ends, at_once=True)


class _Ends:
    """Whether the answers to a number of messages have ended, and the pong has come."""

    def __init__(self, answers: int) -> None:
        self._left = answers + 1

    def __call__(self, text: str) -> bool:
        self._left -= ends_answer(text)
        return self._left <= 0


def ends_answer(text: str) -> bool:
    """Whether a message of the server ends the answer to a message."""
    try:
        return part_of(json.loads(text), "type") in ("pong", "error", "end")
    except ValueError:
        return False


def must_open(conversation: Conversation) -> None:
    """Raise NotJudged if no WebSocket was opened."""
    if not conversation.is_open:
        reason = f"no WebSocket is opened, but {conversation.in_short}; a proxy may not pass WebSockets"
        raise NotJudged(f"{CHAT_SOCKET}: {reason}")


def is_pong(event: Any) -> bool:
    """Whether the server answered a ping."""
    return bool(part_of(event, "type") == "pong")


def is_error(event: Any) -> bool:
    """Whether the server rejected a message."""
    return bool(part_of(event, "type") == "error")


def is_authorized(conversation: Conversation) -> bool:
    """Whether the key was authorized for anything: the server sent something other than `UNAUTHORIZED`."""
    events = [event for turn in conversation.replies for event in turn]
    return any(not (is_error(event) and event.get("code") == UNAUTHORIZED) for event in events)


def part_of(event: Any, name: str) -> Any:
    """A member of an event; None if the event is not an object or lacks it."""
    return event.get(name) if isinstance(event, dict) else None


def flaw_of_events(events: tuple[Any, ...], contract: Contract) -> str | None:
    """The first event that does not match its schema, as text; None if all of them do."""
    messages = next(one.socket for one in contract.websockets if one.id == CHAT_SOCKET.id)
    schema = contract.validator_at(messages.sends if messages else "#")
    for event in events:
        if event is NOT_JSON:
            return "a message that is not JSON"
        if not schema.is_valid(event):
            problem = schema_problem(first_errors(schema, event), event, "the message")
            return f"{problem}: {json.dumps(event, ensure_ascii=False)[:160]}"
    return None


def flaw_of_answer(events: tuple[Any, ...], session: str, contract: Contract) -> str | None:
    """What is wrong with the events of an accepted message in a session; None if they are valid."""
    if flaw := flaw_of_events(events, contract):
        return flaw
    kinds = [part_of(event, "type") for event in events]
    if kinds[:1] != ["session_id"]:
        return f"the first event has the type `{kinds[0] if kinds else None}`, not `session_id`"
    if events[0]["session_id"] != session:
        return f"the first event names the session {events[0]['session_id']}, not {session}"
    if kinds.count("end") != 1 or kinds[kinds.index("end") + 1 :] not in ([], [SAVED]):
        return "no event of the type `end` ends the answer"
    names = {event["message_id"] for event in events if "message_id" in event}
    return f"the events of one answer name {len(names)} different answers" if len(names) > 1 else None
