"""The reason why a request got no usable response."""

import socket
import ssl
from collections.abc import Iterator

import httpx2
import pytest
from astrbot_conformance.http import failure
from astrbot_conformance.http.failure import reason_of, unsendable


def caused(error: Exception, *causes: BaseException, by_context: bool = False) -> Exception:
    """The error with a chain of causes, each the cause of the one before it."""
    last: BaseException = error
    for cause in causes:
        if by_context:
            last.__context__ = cause
        else:
            last.__cause__ = cause
        last = cause
    return error


CUT = "peer closed connection without sending complete message body"
REASONS: list[tuple[Exception, str]] = [
    (httpx2.ReadTimeout("x"), "no response in time"),
    (httpx2.ConnectTimeout("x"), "no response in time"),
    (httpx2.ProxyError("x"), "the proxy in the environment refused the connection"),
    (httpx2.ReadError("x"), "the connection was reset"),
    (httpx2.WriteError("x"), "the connection was reset"),
    (httpx2.CloseError("x"), "the connection was reset"),
    (httpx2.ReadError("[SSL: X]"), "the TLS connection broke"),
    (caused(httpx2.ReadError("x"), ssl.SSLError("y")), "the TLS connection broke"),
    (httpx2.UnsupportedProtocol("x"), "the request could not be sent (UnsupportedProtocol)"),
    (httpx2.ConnectError("CERTIFICATE_VERIFY_FAILED SSL"), "its TLS certificate is not trusted"),
    (httpx2.ConnectError("SSL: x"), "the TLS handshake failed"),
    (httpx2.ConnectError("TLS: x"), "the TLS handshake failed"),
    (caused(httpx2.ConnectError("x"), ssl.SSLError("y")), "the TLS handshake failed"),
    (httpx2.ConnectError("Name or service not known"), "no host has that name"),
    (httpx2.ConnectError("Temporary failure in name resolution"), "no host has that name"),
    (caused(httpx2.ConnectError("x"), OSError("y"), socket.gaierror("z")), "no host has that name"),
    (caused(httpx2.ConnectError("x"), ConnectionResetError("y"), by_context=True), "the connection was reset"),
    (caused(httpx2.ConnectError("x"), ConnectionRefusedError("y")), "nothing listens at this address"),
    (httpx2.RemoteProtocolError(CUT), "the body is shorter than its Content-Length"),
    (httpx2.RemoteProtocolError("illegal chunk header"), "the chunked body is malformed"),
    (httpx2.RemoteProtocolError("something else"), "the response is not HTTP/1.1"),
]


@pytest.mark.parametrize(("error", "reason"), REASONS)
def test_each_failure_has_its_reason(error: httpx2.TransportError, reason: str) -> None:
    """By its type, its message, or an error that caused it."""
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("begins", "reason"),
    [
        (b"", "the server closed the connection without a response"),
        (b"HTTP/1.1 2", "the connection was closed within the headers of the response"),
        (b"SSH-2.0", "the response is not HTTP/1.1"),
    ],
)
def test_a_closed_connection_is_explained_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, begins: bytes, reason: str
) -> None:
    """The message is the same in each case. Another message is not."""
    monkeypatch.setattr(failure, "response_begins", lambda: begins)

    assert reason_of(httpx2.RemoteProtocolError("Server disconnected without sending a response.")) == reason
    assert reason_of(httpx2.RemoteProtocolError(CUT)) == "the body is shorter than its Content-Length"


@pytest.mark.parametrize(("depth", "is_found"), [(9, True), (10, False)])
@pytest.mark.parametrize("by_context", [True, False])
def test_causes_are_followed_up_to_a_limit(depth: int, is_found: bool, by_context: bool) -> None:  # noqa: FBT001
    """Ten errors: a chain may lead back to itself."""
    chain: Iterator[BaseException] = (OSError(str(number)) for number in range(depth - 1))
    error = caused(httpx2.ConnectError("x"), *chain, ssl.SSLError("y"), by_context=by_context)

    assert isinstance(error, httpx2.ConnectError)
    assert (reason_of(error) == "the TLS handshake failed") is is_found


def test_a_request_that_cannot_be_sent_names_the_place() -> None:
    """A text of the target fits in no address or in no header."""
    assert unsendable(httpx2.InvalidURL("x")).endswith("cannot be sent in a URL")
    assert unsendable(UnicodeError("x")).endswith("cannot be sent in a header")
