"""Conversations over a WebSocket keep to the limits of a run, and are shown without keys."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from astrbot_conformance.chat.socket import PING, ask, ask_at_once, is_authorized, must_open
from astrbot_conformance.http import CredentialState, Key, KeyHeader, Target, TargetOptions
from astrbot_conformance.http import websocket as opening
from astrbot_conformance.outcome import NoAnswer, NotJudged
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret
from websockets.sync.server import ServerConnection, serve

from tests.conformance.hostile import Talk, answering, listening, saying, silent

TEXT = "abk_" + "k" * 43
KEY = Key("id", frozenset({"chat"}), Secret(TEXT, "ASTRBOT_KEY_CHAT"), CredentialState.LIVE)
PONG = json.dumps({"type": "pong"})
END = json.dumps({"type": "end"})
Serve = Callable[[ServerConnection], None]


@contextmanager
def served(handle: Serve, timeout: float = 2.0) -> Iterator[Target]:
    """A target whose server handles each WebSocket with `handle`."""
    with serve(handle, "127.0.0.1", 0, compression=None) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        target = target_at(f"http://127.0.0.1:{server.socket.getsockname()[1]}", timeout)
        yield target
        server.shutdown()


def target_at(base: str, timeout: float = 2.0) -> Target:
    """The target at an address."""
    return astrbot_target(TargetOptions(base=base, timeout=timeout))


def each(reply: str) -> Serve:
    """Send the same reply to every message."""

    def handle(connection: ServerConnection) -> None:
        for _ in connection:
            connection.send(reply)

    return handle


def test_answers_are_read_in_turn() -> None:
    """Each message is followed by its answer, and the requests are counted as requests with a key."""
    with served(each(PONG)) as target:
        conversation = ask(target, KEY, PING, PING)

    assert conversation.turns == ((PONG,), (PONG,))
    assert (conversation.ending, conversation.closed_with, is_authorized(conversation)) == ("closed", None, True)
    assert (target.requests, target.keyed_requests) == (1, 1)


@pytest.mark.parametrize(
    ("place", "header", "query"),
    [
        (KeyHeader.BEARER, ("Authorization", f"Bearer {TEXT}"), ""),
        (KeyHeader.HEADER, ("X-API-Key", TEXT), ""),
        ("api_key", ("Authorization", None), f"?api_key={TEXT}"),
        ("key", ("X-API-Key", None), f"?key={TEXT}"),
    ],
)
def test_a_key_is_sent_at_its_place(place: KeyHeader | str, header: tuple[str, str | None], query: str) -> None:
    """In a header or in the query, never in both."""
    requests = []

    def handle(connection: ServerConnection) -> None:
        requests.append(connection.request)
        each(PONG)(connection)

    with served(handle) as target:
        conversation = ask(target, KEY, PING, place=place)

    (request,) = requests
    assert request is not None
    assert request.headers.get(header[0]) == header[1]
    assert request.path == f"/api/v1/chat/ws{query}"
    for shown in (conversation.curl, conversation.sent_text, conversation.in_short, repr(conversation)):
        assert TEXT not in shown
    assert "$ASTRBOT_KEY_CHAT" in conversation.curl


def test_the_command_sends_the_same_messages() -> None:
    """`websocat` gets the messages one by one, and the address of the WebSocket."""
    with served(each(PONG)) as target:
        conversation = ask(target, KEY, PING, {"t": "it's"})

    address = target.options.base.replace("http", "ws")
    expected = (
        """printf '%s\\n' '{"t": "ping"}' '{"t": "it'"'"'s"}' | websocat -n """
        f"""-H "Authorization: Bearer $ASTRBOT_KEY_CHAT" "{address}/api/v1/chat/ws\""""
    )
    assert conversation.curl == expected


def test_a_rejection_is_read_after_the_connection_is_closed() -> None:
    """The error may arrive before the first message is sent."""

    def handle(connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "error", "code": "UNAUTHORIZED"}))
        connection.close(1008, "no key")

    with served(handle) as target:
        conversation = ask(target, KEY, PING, PING)

    assert not is_authorized(conversation)
    assert conversation.closed_with == (1008, "no key")
    assert "UNAUTHORIZED" in conversation.in_short


def silence(connection: ServerConnection) -> None:
    """Send nothing."""
    connection.recv()
    connection.recv()


def drip(connection: ServerConnection) -> None:
    """Send events that never end."""
    while True:
        connection.send('{"type": "plain"}')
        time.sleep(0.1)


def flood(connection: ServerConnection) -> None:
    """Send more than a run reads."""
    while True:
        connection.send("x" * 500_000)


def one_large(connection: ServerConnection) -> None:
    """Send one message that is too large."""
    connection.recv()
    connection.send("x" * 2_000_000)


def hang_up(connection: ServerConnection) -> None:
    """Close the connection without a word."""
    connection.recv()
    connection.socket.close()


@pytest.mark.parametrize(
    ("handle", "ending"),
    [(silence, "silent"), (drip, "slow"), (flood, "large"), (one_large, "large"), (hang_up, "broken")],
)
def test_a_conversation_ends_in_time(handle: Serve, ending: str) -> None:
    """However the server behaves, the run goes on after the time-out at the latest."""
    began = time.monotonic()
    with served(handle, timeout=1.0) as target:
        conversation = ask(target, KEY, PING, PING)

    assert conversation.ending == ending
    assert time.monotonic() - began < 5
    assert len(conversation.body) < 9 * 1024 * 1024


def test_other_texts_are_not_json() -> None:
    """Neither a text that is not JSON nor a binary message is an event."""
    replies: list[str | bytes] = ["{", b"\x00\xff", PONG]

    def handle(connection: ServerConnection) -> None:
        for reply in replies:
            connection.send(reply)
        connection.recv()

    with served(handle) as target:
        conversation = ask(target, KEY, PING)

    assert [isinstance(event, dict) for event in conversation.replies[0]] == [False, False, True]


def test_all_messages_are_sent_before_the_answers_are_read() -> None:
    """The conversation ends when the last answer has ended and the pong has come."""
    received = []

    def handle(connection: ServerConnection) -> None:
        received.extend([connection.recv(), connection.recv()])
        for reply in (END, PONG):
            connection.send(reply)
        connection.recv()

    with served(handle) as target:
        conversation = ask_at_once(target, KEY, {"message": "hello"})

    assert conversation.turns == ((END, PONG),)
    assert len(received) == 2


@pytest.mark.parametrize(
    ("talk", "status"),
    [
        (answering(404, ""), 404),
        (answering(200, "<html>", kind="text/html"), 200),
        (answering(502, "bad gateway"), 502),
        (answering(302, "", more="Location: ws://127.0.0.1:9/elsewhere\r\n"), 302),
    ],
)
def test_a_server_without_a_websocket_is_not_judged(talk: Talk, status: int) -> None:
    """A proxy that passes no WebSocket, a server without one, and a redirect, which is never followed."""
    with listening(talk) as base:
        conversation = ask(target_at(base), KEY, PING)

        assert (conversation.status, conversation.is_open) == (status, False)
        with pytest.raises(NotJudged, match="a proxy may not pass WebSockets"):
            must_open(conversation)


@pytest.mark.parametrize("talk", [silent, saying(b""), saying(b"SSH-2.0\r\n"), saying(b"HTTP/1.1 101 X\r\n\r\n")])
def test_a_failed_handshake_is_not_judged(talk: Talk) -> None:
    """Nor does it show that the target is down: other requests go on."""
    with listening(talk) as base:
        target = target_at(base, timeout=0.6)
        with pytest.raises(NotJudged, match="handshake"):
            ask(target, KEY, PING)

    assert not target.circuit_breaker.last_failed


def test_a_run_that_ends_waits_for_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption ends a conversation within a second, although the server would send more."""
    monkeypatch.setattr(opening, "SLICE", 0.05)
    with served(silence, timeout=20.0) as target:
        threading.Timer(0.2, target.wind_down).start()
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            ask(target, KEY, PING)

    assert time.monotonic() - began < 5
