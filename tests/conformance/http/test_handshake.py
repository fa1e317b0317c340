"""A handshake that opens no WebSocket is read like any other response."""

import pytest
from astrbot_conformance.http import NOT_JSON, HttpRequest, KeyHeader
from astrbot_conformance.http import websocket as under_test
from astrbot_conformance.http.conversation import Conversation
from astrbot_conformance.http.websocket import converse
from astrbot_conformance.outcome import NoAnswer
from websockets.datastructures import Headers
from websockets.exceptions import InvalidStatus
from websockets.http11 import Response

from tests.conformance.http.scripted import scripted
from tests.conformance.http.test_talking import Connection
from tests.conformance.made import operation


def refused(monkeypatch: pytest.MonkeyPatch, status: int, headers: list[tuple[str, str]], body: bytes) -> Conversation:
    """The conversation if the handshake gets this response."""
    error = InvalidStatus(Response(status, "reason", Headers(headers), body))
    monkeypatch.setattr(under_test, "_Opening", Connection(failure=error))
    return converse(scripted()[0], HttpRequest(operation("/ws"), "/ws"), None, ends=bool)


def test_another_status_is_kept_with_its_headers_and_its_body(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may say why the key is rejected."""
    conversation = refused(monkeypatch, 403, [("X-A", "1"), ("x-a", "2")], b"why")

    assert (conversation.status, conversation.is_open, conversation.turns) == (403, False, ())
    assert (dict(conversation.headers), conversation.body) == ({"x-a": "1, 2"}, b"why")
    assert conversation.in_short == "the status 403 instead of a WebSocket"
    assert refused(monkeypatch, 404, [], b"").body == b""


def test_a_response_beyond_the_limits_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for other requests."""
    with pytest.raises(
        NoAnswer, match="the response to the handshake of a WebSocket cannot be used: it has 201 headers"
    ):
        refused(monkeypatch, 404, [(f"X-{number}", "") for number in range(201)], b"")


@pytest.mark.parametrize(("status", "is_open"), [(100, False), (101, True), (102, False), (404, False)])
def test_only_101_opens_a_websocket(status: int, is_open: bool) -> None:  # noqa: FBT001  by pytest
    """The last message is quoted. A text that is not JSON is marked."""
    request = HttpRequest(operation("/ws"), "/ws")
    made = Conversation("http://h", request, None, KeyHeader.BEARER, status, {}, b"", 0.1, turns=(("1", "{"), ()))

    assert made.is_open is is_open
    assert made.in_short == ("`{`" if is_open else f"the status {status} instead of a WebSocket")
    assert made.replies == ((1, NOT_JSON), ())
    assert made.curl.endswith('"ws://h/ws"')
