"""Why a request got no usable response: one specific reason for each kind of connection failure."""

import socket
import ssl
from collections.abc import Iterator

import httpx2

from astrbot_conformance.http.deadline import response_begins

NO_HOST = "no host has that name"
NOTHING_LISTENS = "nothing listens at this address"
CUT_HEAD = "the connection was closed within the headers of the response"
HANGING_UP = "disconnected without"  # from the httpcore2 message, whether bytes arrived or not
HANGS_UP = "the server closed the connection without a response"
NOT_HTTP = "the response is not HTTP/1.1"
RESET = "the connection was reset"
TIMED_OUT = "no response in time"
UNTRUSTED = "its TLS certificate is not trusted"
TLS_FAILS = "the TLS handshake failed"
PROXY = "the proxy in the environment refused the connection"

# Messages of h11 and httpcore2, in this order: a distinctive part, and the reason.
PROTOCOL: tuple[tuple[str, str], ...] = (
    (HANGING_UP, HANGS_UP),
    ("Receive buffer too long", "the headers of the response do not end (more than 100 KiB)"),
    ("incomplete chunked read", "the connection was closed within a chunked body"),
    ("without sending complete message body", "the body is shorter than its Content-Length"),
    ("Transfer-Encoding", "the Transfer-Encoding is not chunked"),
    ("chunk", "the chunked body is malformed"),
    ("Content-Length", "the Content-Length is not a single number"),
    ("illegal header", "a header line is malformed"),
    ("illegal status line", NOT_HTTP),
    ("unsupported HTTP version", NOT_HTTP),
    ("status", "the status code is out of range"),
)
MOST_CAUSES = 10  # that are searched: a cause may lead back to itself
UNSENDABLE = (httpx2.InvalidURL, httpx2.LocalProtocolError, UnicodeError)


def unsendable(error: Exception) -> str:
    """Why a request could not be sent at all: one of `UNSENDABLE`."""
    place = "URL" if isinstance(error, httpx2.InvalidURL) else "header"
    return f"a name that the target returned cannot be sent in a {place}"


def reason_of(error: httpx2.TransportError) -> str:
    """Why a request got no usable response."""
    if isinstance(error, httpx2.ConnectError):
        return _unconnected(error)
    if isinstance(error, httpx2.TimeoutException):
        return TIMED_OUT
    if isinstance(error, httpx2.ProxyError):
        return PROXY
    if isinstance(error, httpx2.RemoteProtocolError):
        text = str(error)
        if HANGING_UP in text and response_begins():
            return CUT_HEAD if response_begins().startswith(b"HTTP/") else NOT_HTTP
        return next((reason for part, reason in PROTOCOL if part in text), NOT_HTTP)
    if _is_of(error, ssl.SSLError) or "SSL" in str(error):
        return "the TLS connection broke"
    if isinstance(error, httpx2.ReadError | httpx2.WriteError | httpx2.CloseError):
        return RESET
    return f"the request could not be sent ({type(error).__name__})"


def _unconnected(error: httpx2.ConnectError) -> str:
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return UNTRUSTED
    if "SSL" in text or "TLS" in text or _is_of(error, ssl.SSLError):
        return TLS_FAILS
    if _is_of(error, socket.gaierror) or "Name or service" in text or "name resolution" in text:
        return NO_HOST
    return RESET if _is_of(error, ConnectionResetError) else NOTHING_LISTENS


def _is_of(error: BaseException, kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
