"""A conversation with a prepared connection: its arguments, its time, its size, and its end."""

import ssl
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self

import pytest
from astrbot_conformance.http import HttpRequest, Key, KeyHeader, Target
from astrbot_conformance.http import websocket as under_test
from astrbot_conformance.http.conversation import Conversation, with_messages
from astrbot_conformance.http.websocket import converse
from astrbot_conformance.outcome import NoAnswer, NotJudged
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, WebSocketException
from websockets.frames import Close

from tests.conformance.http.scripted import key, scripted
from tests.conformance.made import operation

REQUEST = HttpRequest(operation("/ws"), "/ws", query=(("a", "b c"),), headers=(("X-A", "1"),))
Step = str | bytes | Exception | Callable[[], None]


class Connection:
    """Receives what the test prepared, and stores what happens."""

    def __init__(self, *steps: Step, failure: Exception | None = None) -> None:
        self.steps = list(steps)
        self.failure = failure
        self.arguments = dict[str, Any]()
        self.events = list[Any]()
        self.socket = self

    def __call__(self, **arguments: Any) -> Self:
        """Open it."""
        self.arguments = arguments
        return self

    def __enter__(self) -> Self:
        """Succeed, or fail as prepared."""
        if self.failure:
            raise self.failure
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""

    def send(self, message: str) -> None:
        """Store a message."""
        self.events.append(message)
        if self.steps and self.steps[0] is UNSENT:
            raise self.steps.pop(0)  # type: ignore[misc]

    def recv(self, timeout: float) -> str | bytes:
        """The next message."""
        self.events.append(timeout)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        if callable(step):
            step()
            raise TimeoutError
        return step

    def close(self) -> None:
        """Store that the socket was closed at once."""
        self.events.append("cut")


UNSENT = ConnectionClosedError(None, None)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Conversation, Connection, Target]]:
    """Talks over a connection with these steps. A message that is "end" ends an answer."""

    def run(
        *steps: Step,
        messages: Iterable[Any] = (0,),
        failure: Exception | None = None,
        base: str = "",
        with_key: Key | None = None,
        **how: Any,
    ) -> tuple[Conversation, Connection, Target]:
        connection = Connection(*steps, failure=failure)
        monkeypatch.setattr(under_test, "_Opening", connection)
        target, _ = scripted(options={"timeout": 4.0} | ({"base": base} if base else {}))
        request = with_messages(REQUEST, *messages) if messages else REQUEST
        return converse(target, request, with_key, ends=lambda text: text == "end", **how), connection, target

    return run


Talking = Callable[..., tuple[Conversation, Connection, Target]]


@pytest.mark.parametrize(
    ("base", "uri"), [("http://h:1/below", "ws://h:1/below/ws?a=b+c"), ("https://h/", "wss://h//ws?a=b+c")]
)
def test_a_connection_is_opened_with_the_limits_of_the_run(talk: Talking, base: str, uri: str) -> None:
    """To the same host and path as other requests, with the same headers, without compression and pings."""
    _, connection, target = talk("end", base=base, with_key=key())
    arguments = connection.arguments

    assert arguments["uri"] == uri
    assert arguments["additional_headers"] == [("X-A", "1"), ("Authorization", f"Bearer {key().secret.reveal()}")]
    assert arguments["user_agent_header"] == "astrbot-contract"
    assert (arguments["open_timeout"], arguments["close_timeout"], arguments["ping_interval"]) == (2.0, 1.0, None)
    assert (arguments["max_size"], arguments["compression"], arguments["proxy"]) == (1_048_576, None, None)
    assert isinstance(arguments["ssl"], ssl.SSLContext) == base.startswith("https")
    assert (target.requests, target.keyed_requests) == (1, 1)


def test_a_key_is_sent_in_the_header_that_is_asked_for(talk: Talking) -> None:
    """Without a key, only the headers of the request are sent."""
    _, named, _ = talk("end", with_key=key(), key_header=KeyHeader.HEADER)
    _, keyless, _ = talk("end")

    assert named.arguments["additional_headers"][1] == ("X-API-Key", key().secret.reveal())
    assert keyless.arguments["additional_headers"] == [("X-A", "1")]


def test_each_message_is_answered_before_the_next_one(talk: Talking) -> None:
    """A binary message is noted. A wait of half a second shows whether the run ends."""
    conversation, connection, _ = talk("a", b"123", "end", "end", messages=range(2))

    assert conversation.turns == (("a", "(binary, 3 bytes)", "end"), ("end",))
    assert connection.events == ["0", 0.5, 0.5, 0.5, "1", 0.5]
    assert (conversation.status, conversation.ending, conversation.closed_with) == (101, "closed", None)
    assert conversation.body == b"a\n(binary, 3 bytes)\nend\nend"
    assert (conversation.sent_messages, conversation.in_short) == (("0", "1"), "`end`")


def test_messages_can_be_sent_at_once(talk: Talking) -> None:
    """Their answers are one turn."""
    conversation, connection, _ = talk("a", "end", messages=range(2), at_once=True)

    assert conversation.turns == (("a", "end"),)
    assert connection.events == ["0", "1", 0.5, 0.5]


def test_the_last_answer_can_be_left(talk: Talking) -> None:
    """At its first message. The answers before it are read to the end."""
    conversation, connection, _ = talk("a", "end", "b", messages=["same", "same"], leaving=True)

    assert (conversation.turns, conversation.ending) == ((("a", "end"), ("b",)), "left")
    assert connection.events[-1] == "cut"
    assert "cut" not in talk("a", "end")[1].events


SLOW: list[tuple[list[float], list[Step], str, list[float]]] = [
    # times of the waits, messages before them, how it ends, and how long each wait may be
    ([3.75, 4.0], [], "silent", [0.5, 0.25]),
    ([4.5], [], "silent", [0.5]),
    ([3.0, 3.75, 4.0], ["a"], "slow", [0.5, 0.5, 0.5, 0.25]),
]


@pytest.mark.parametrize("case", SLOW)
def test_a_conversation_takes_one_time_out(
    talk: Talking, monkeypatch: pytest.MonkeyPatch, case: tuple[list[float], list[Step], str, list[float]]
) -> None:
    """All answers together. It is slow if some messages came, else silent."""
    times, steps, ending, waits = case
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def at(time: float) -> Callable[[], None]:
        return lambda: now.__setitem__(0, time)

    conversation, connection, _ = talk(*steps, *map(at, times), messages=range(2))

    assert (conversation.ending, len(conversation.turns)) == (ending, 1)
    assert connection.events == ["0", *waits]


@pytest.mark.parametrize(("more", "ending"), [(0, "closed"), (1, "large")])
def test_a_conversation_has_at_most_8_mib(talk: Talking, more: int, ending: str) -> None:
    """All messages together. Its size is charged to the run."""
    half = "x" * 4_194_304
    conversation, _, target = talk(half, half[:-3] + "x" * more, "end")

    assert conversation.ending == ending
    spent = sum(map(len, conversation.turns[0]))
    target.budget.spend(0, 268_435_456 - spent)
    assert target.budget.exhausted is None
    target.budget.spend(0, 1)
    assert target.budget.exhausted


@pytest.mark.parametrize(
    ("error", "ending", "closed_with", "in_short"),
    [
        (ConnectionClosedOK(Close(1000, "bye"), None), "closed", (1000, "bye"), "`a`, then closed with 1000 `bye`"),
        (ConnectionClosedError(Close(1008, ""), None), "closed", (1008, ""), "`a`, then closed with 1008"),
        (ConnectionClosedError(None, Close(1009, "")), "large", None, "`a`"),
        (ConnectionClosedError(None, Close(1008, "")), "broken", None, "`a`"),
        (ConnectionClosedError(None, Close(1010, "")), "broken", None, "`a`"),
        (ConnectionClosedError(None, None), "broken", None, "`a`"),
    ],
)
def test_the_end_of_a_connection_is_noted(
    talk: Talking, error: Exception, ending: str, closed_with: tuple[int, str] | None, in_short: str
) -> None:
    """How the server closed it. If this side did, the message was too large. Nothing more is sent."""
    conversation, connection, _ = talk("a", error, messages=range(2))

    assert (conversation.ending, conversation.closed_with) == (ending, closed_with)
    assert (conversation.turns, connection.events) == ((("a",),), ["0", 0.5, 0.5])
    assert conversation.in_short == in_short


def test_messages_are_read_although_the_server_has_closed_the_connection(talk: Talking) -> None:
    """It may have sent an error before, which is read if the close arrived too."""
    closed = ConnectionClosedOK(Close(1008, "no"), None)
    conversation, _, _ = talk(closed)
    assert (conversation.turns, conversation.in_short) == (((),), "no message, then closed with 1008 `no`")

    conversation, connection, _ = talk(UNSENT, "end")
    assert (conversation.turns, conversation.ending, connection.events) == (((),), "broken", ["0"])


@pytest.mark.parametrize(
    "failure", [OSError("x"), EOFError("x"), ValueError("x"), ImportError("x"), WebSocketException("x")]
)
def test_a_failed_handshake_is_not_judged(talk: Talking, failure: Exception) -> None:
    """A failure after the first message ends the conversation."""
    with pytest.raises(NotJudged, match=rf"GET /ws: the handshake of a WebSocket failed \({type(failure).__name__}\)"):
        talk(failure=failure)

    conversation, _, _ = talk("a", failure, messages=range(2))
    assert conversation.turns == (("a",),)


def test_a_request_that_must_not_be_sent_opens_no_connection(talk: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a conversation go on if the run ends in the middle."""
    target, _ = scripted()
    target.budget.spend(10_000)
    with pytest.raises(NoAnswer):
        converse(target, REQUEST, None, ends=bool)

    monkeypatch.setattr(Target, "_closing", 5)
    with pytest.raises(NoAnswer, match="the run is ending"):
        talk("end")


def test_a_conversation_is_timed(talk: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is stored, and charged to the run."""
    now = [2.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    charged = list[tuple[float, int]]()
    monkeypatch.setattr(
        "astrbot_conformance.http.budget.Budget.spend", lambda _, seconds, size=0: charged.append((seconds, size))
    )

    conversation, _, _ = talk(lambda: now.__setitem__(0, 5.0), "end")

    assert (conversation.seconds, charged) == (3.0, [(3.0, 3)])


def test_without_messages_nothing_is_sent(talk: Talking) -> None:
    """The handshake alone may be judged."""
    conversation, connection, _ = talk(messages=())

    assert (conversation.turns, conversation.in_short, connection.events) == ((), "no message", [])
    assert conversation.sent_messages == ()


@pytest.mark.parametrize("verify", [True, False, Path("file")])
def test_certificates_are_trusted_as_for_other_requests(monkeypatch: pytest.MonkeyPatch, verify: Any) -> None:
    """Those of the system, any, or those of a file."""
    context, connection = ssl.create_default_context(), Connection("end")
    usual = ssl.create_default_context
    monkeypatch.setattr("ssl.create_default_context", lambda cafile=None: context if cafile == "file" else usual())
    monkeypatch.setattr(under_test, "_Opening", connection)
    converse(scripted(options={"base": "https://h", "verify": verify})[0], REQUEST, None, ends=bool)

    used = connection.arguments["ssl"]
    assert (used.check_hostname, used.verify_mode is ssl.CERT_NONE) == (verify is not False, verify is False)
    assert (used is context) == isinstance(verify, Path)
