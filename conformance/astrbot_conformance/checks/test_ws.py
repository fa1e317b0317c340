"""WS-*: the chat over a WebSocket, for which the server has separate code for keys and messages."""

import time
from collections.abc import Iterator
from typing import Any

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CHAT_SOCKET
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.chat.sessions import history_of, messages_of_user, user_of
from astrbot_conformance.chat.socket import (
    CARRIERS,
    NAMELESS,
    PING,
    SAVED,
    ask,
    ask_at_once,
    ask_once,
    flaw_of_answer,
    flaw_of_events,
    is_authorized,
    is_error,
    is_pong,
    must_open,
    part_of,
)
from astrbot_conformance.contract import sockets
from astrbot_conformance.http import UNKNOWN_ID, Key, KeyHeader, Target
from astrbot_conformance.http.conversation import Conversation
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import MEDIA, NO_ATTACHMENT
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import in_words
from astrbot_conformance.outcome import NotJudged, if_judged
from astrbot_conformance.verdict.finding import fail, written
from astrbot_conformance.verdict.requirement import for_each, over, requirement

TEXT = "hello over a WebSocket"
PLAIN = {"type": "plain", "text": TEXT}
LEFT = "hello, and goodbye"
PATIENCE, SHORT_PATIENCE = 10.0, 2.0  # seconds in which a message must be stored, on other servers and on our own
FORMS: list[dict[str, Any]] = [
    {"message": TEXT},
    {"t": "send", "message": [PLAIN], "enable_streaming": False},
    {"message": [PLAIN, {"type": "reply", "message_id": 1}], "enable_streaming": True},
]
REFUSED: list[dict[str, Any]] = [
    *({"username": name} for name in (None, "", " \t")),
    *({"message": message} for message in (None, "", " \n", [], [{"type": "plain", "text": ""}])),
    {"message": [{"type": "bogus", "text": "hello"}]},
    {"message": [{"type": "Plain", "text": "hello"}]},
    {"message": [{"type": "plain"}]},
    {"message": [{"type": "reply", "message_id": 1}]},
    {"message": [{"type": "image"}]},
    *({"message": [{"type": kind, "attachment_id": NO_ATTACHMENT}]} for kind in MEDIA),
    {"config_id": UNKNOWN_ID},
    {"config_name": UNKNOWN_ID},
]


@requirement("WS-AUTH")
@for_each("carrier", CARRIERS)
@over(sockets)
def test_ws_auth(carrier: str, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Open WebSockets with a key at one place: a ping from a key with `chat` is answered.

    Without a key, or with an invalid or insufficient key at the same place, every message is rejected with the error
    `UNAUTHORIZED`, and the server closes the connection.
    """
    key = keys.weakest(Scope.CHAT)
    admitted = ask_once(target, key, PING, place=CARRIERS[carrier])
    _must_open_elsewhere(admitted, key, carrier, target)
    what = f"{in_words(key, keys.contract)} in {carrier}"
    if not admitted.replies or not all(map(is_pong, admitted.replies[0][:1])) or not admitted.replies[0]:
        fail(admitted, expected=f"{what} to be authorized: a ping gets the answer `pong`")
    if flaw := flaw_of_events(admitted.replies[0], keys.contract):
        fail(admitted, expected="messages that match the schema", actual=flaw)

    _expect_rejected(ask(target, None, PING, NAMELESS), "a WebSocket without a key")
    for bad in _bad_keys(keys, list(CARRIERS).index(carrier) + exploration.number, target):
        _expect_rejected(
            ask(target, bad, PING, NAMELESS, place=CARRIERS[carrier]), f"{in_words(bad, keys.contract)} in {carrier}"
        )


@requirement("WS-AUTH")
@over(sockets)
def test_ws_auth_of_two_keys(target: Target, keys: KeyRing) -> None:
    """Open WebSockets with a revoked key at one place and a valid key at a place that counts less: expect a rejection.

    The control: the valid key alone is authorized.
    """
    valid, revoked = keys.weakest(Scope.CHAT), keys.revoked()
    control = ask_once(target, valid, PING)
    must_open(control)
    if not is_authorized(control):
        raise NotJudged(f"{CHAT_SOCKET}: a key with `chat` is not authorized, see WS-AUTH")
    pairs: list[tuple[KeyHeader | str, KeyHeader]] = [
        ("api_key", KeyHeader.BEARER),
        ("key", KeyHeader.HEADER),
        (KeyHeader.HEADER, KeyHeader.BEARER),
    ]
    for place, weaker in pairs if target.options.is_cheap else pairs[:1]:
        named = place if isinstance(place, str) else place.value[0]
        what = f"a revoked key in `{named}` next to a valid key in `{weaker.value[0]}`"
        _expect_rejected(ask(target, revoked, PING, NAMELESS, place=place, beside=(valid, weaker)), what)


@requirement("WS-CHAT")
@over(sockets)
def test_ws_chat(chats: Chats, keys: KeyRing, target: Target) -> None:
    """Cut a connection at the first event of an answer, then send messages in the same session over another one.

    Expect well-formed events that end, an answer to a ping after them, and every message in the history as it was sent.
    """
    key, forms = keys.chatting("socket"), FORMS if target.options.is_cheap else FORMS[:1]
    session = chats.claim(key, "over-a-websocket", 1 + len(forms))
    base = {"username": user_of(key), "session_id": session}
    cut = ask(target, key, base | {"message": LEFT}, leaving=True)
    must_open(cut)
    if not is_authorized(cut):
        raise NotJudged(f"{CHAT_SOCKET}: a key with `chat` is not authorized, see WS-AUTH")

    for form in forms:
        answered = ask_at_once(target, key, base | form)
        must_open(answered)
        events = answered.replies[0]
        if answered.ending != "closed" and not any(map(is_pong, events)) and not target.options.disposable:
            reason = f"the answer did not end within {answered.seconds:.0f} s; use --timeout to wait longer"
            raise NotJudged(f"{CHAT_SOCKET}: {reason}")
        if not any(map(is_pong, events)):
            fail(answered, expected=f"the answer to {written(form)} to end, and then a ping to be answered")
        answer = tuple(event for event in events if not is_pong(event))
        if flaw := flaw_of_answer(answer, session, keys.contract):
            fail(answered, expected=f"a well-formed answer to {written(form)}, which ends", actual=flaw)

    sent = [[{"type": "plain", "text": LEFT}], *(_stored(form["message"]) for form in forms)]
    stored = _history(target, key, session, len(sent))
    if stored != sent:
        fail(answered, expected=f"the history to contain the messages {written(sent)}", actual=f"{written(stored)}")


@requirement("WS-RULES")
@over(sockets)
def test_ws_rules(chats: Chats, keys: KeyRing, target: Target) -> None:
    """Send messages that `POST /chat` rejects, and one in the session of another username: each gets an error.

    The connection stays open: a ping at the end is answered. The control: a message to the same session is accepted.
    """
    key = keys.chatting("socket")
    session = chats.claim(key, "rules-of-a-websocket", 1)
    valid = {"username": user_of(key), "session_id": session, "message": TEXT}
    stranger = {"username": f"{user_of(key)}-not"}
    refused: list[Any] = [*(valid | form for form in REFUSED), valid | stranger, valid | {"t": "bogus"}, [valid]]
    conversation = ask(target, key, valid, *refused, PING)
    must_open(conversation)
    control, *answers = [_own(turn) for turn in conversation.replies]
    kinds = [part_of(event, "type") for event in control]
    if kinds[:1] != ["session_id"] or "end" not in kinds:
        raise NotJudged(f"{CHAT_SOCKET}: an ordinary message gets no answer that ends, see WS-CHAT")
    for message, events in zip(refused, answers, strict=False):
        if len(events) != 1 or not is_error(events[0]):
            seen = [part_of(event, "type") for event in events]
            expected = f"the message {written(message)} to be rejected with one error"
            fail(conversation, expected=expected, actual=f"messages of the types {written(seen)}")
        if flaw := flaw_of_events(events, keys.contract):
            fail(conversation, expected="an error that matches its schema", actual=flaw)
    if len(answers) <= len(refused) or not all(map(is_pong, answers[len(refused)])) or not answers[len(refused)]:
        fail(conversation, expected="the connection to stay open after rejected messages")


def _bad_keys(keys: KeyRing, turn: int, target: Target) -> Iterator[Key]:
    """The invalid and insufficient keys for a place. If requests are expensive, the places share the kinds."""
    insufficient = keys.strongest_without(Scope.CHAT)
    if target.options.is_cheap:
        kinds = (keys.unknown, keys.revoked, keys.deleted, keys.expired)
        yield from (key for kind in kinds if (key := if_judged(kind)))
        yield insufficient
        return
    yield keys.unknown() if turn % len(CARRIERS) == 0 else keys.revoked()
    if turn % 2 == 0:
        yield insufficient


def _expect_rejected(conversation: Conversation, what: str) -> None:
    """Raise FindingRaised unless the server rejected everything and closed the connection."""
    if conversation.status in (401, 403):
        return
    must_open(conversation)
    if is_authorized(conversation):
        fail(conversation, expected=f"{what} to be rejected with the error `UNAUTHORIZED`, and nothing else")
    if conversation.closed_with is None and conversation.ending not in ("closed", "broken"):
        fail(conversation, expected=f"the server to close {what}", actual="the connection stays open")


def _must_open_elsewhere(conversation: Conversation, key: Key, carrier: str, target: Target) -> None:
    """Raise FindingRaised if a WebSocket opens with the key at another place only, NotJudged if it opens at none."""
    if conversation.is_open:
        return
    for other in CARRIERS.keys() - {carrier}:
        if ask(target, key, PING, place=CARRIERS[other]).is_open:
            fail(conversation, expected=f"a WebSocket to open with the key in {carrier}, as with the key in {other}")
    must_open(conversation)


def _own(turn: tuple[Any, ...]) -> tuple[Any, ...]:
    """The messages of a turn without the one that belongs to the answer before it."""
    return turn[1:] if len(turn) > 1 and part_of(turn[0], "type") == SAVED else turn


def _stored(message: Any) -> Any:
    """A message as the history contains it."""
    return [{"type": "plain", "text": message}] if isinstance(message, str) else message


def _history(target: Target, key: Key, session: str, count: int) -> list[Any]:
    """The messages of the user in a session, as soon as there are that many, or when the time is over."""
    deadline = time.monotonic() + (SHORT_PATIENCE if target.options.is_cheap else PATIENCE)
    while True:
        stored = messages_of_user(history_of(target, key, session))
        if len(stored) >= count or time.monotonic() > deadline:
            return stored
        time.sleep(0.5)
