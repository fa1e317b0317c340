"""Opens WebSockets, within the limits of the run on time and size."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, reconnect

from astrbot_conformance.http.connection import TargetOptions, proxy_to
from astrbot_conformance.http.conversation import OPENED, Conversation, messages_in, socket_address
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.limits import LARGEST_BODY, OFFERED, Ending, UnusableError, clean_headers
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NoAnswer, NotJudged

LARGEST_MESSAGE = 1024 * 1024  # bytes
CLOSING_SECONDS = 1.0
SLICE = 0.5  # seconds between two checks whether the run is ending
USER_AGENT = dict(OFFERED)["User-Agent"]

Ends = Callable[[str], bool]  # whether a message ends the answer to the message before it


def converse(
    target: Target,
    request: HttpRequest,
    key: Key | None,
    key_header: KeyHeader | None = None,
    *,
    ends: Ends,
    leaving: bool = False,
    at_once: bool = False,
) -> Conversation:
    """Open a WebSocket, send the messages of the request one after another, and read each answer to its end.

    With `leaving`, cut the connection at the first message of the last answer. With `at_once`, send all messages first:
    all answers are one turn. Raises NotJudged if the target cannot be
    reached or the handshake fails. A handshake with another status than 101 is a conversation without messages.
    """
    key_header = key_header or target.key_header
    talk = _Talk(target, request.naming(target.nonexistent), ends, leaving=leaving, at_once=at_once)
    target.must_be_sendable(request)
    began = time.monotonic()
    try:
        return target.converse(request, key, lambda: talk.begin(request, key, key_header))
    finally:
        target.budget.spend(time.monotonic() - began, talk.size)


class _Opening(reconnect):
    """Opens a WebSocket at its own address only: a redirect would pass the key on to another server."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        """The error of the handshake."""
        return exc


@dataclass
class _Talk:
    """A conversation in progress. sent: the request with the ids of nonexistent resources."""

    target: Target
    sent: HttpRequest
    ends: Ends
    leaving: bool
    at_once: bool
    turns: list[list[str]] = field(default_factory=list)
    size: int = 0
    ending: Ending = "closed"
    closed_with: tuple[int, str] | None = None

    def begin(self, request: HttpRequest, key: Key | None, key_header: KeyHeader) -> Conversation:
        """Open the WebSocket, and return the conversation."""
        began, options = time.perf_counter(), self.target.options
        status, headers, body = OPENED, dict[str, str](), None
        try:
            with _Opening(**_opening(options, self.sent, key, key_header)) as connection:
                self._converse(connection)
        except InvalidStatus as error:
            status, headers, body = _response(error)
        except NotJudged:
            raise
        except (WebSocketException, OSError, EOFError, ImportError, ValueError) as error:
            if not self.turns:
                reason = f"the handshake of a WebSocket failed ({type(error).__name__})"
                raise NotJudged(f"{request.operation}: {reason}") from None
        return Conversation(
            base=options.base,
            request=request,
            key=key,
            key_header=key_header,
            status=status,
            headers=headers,
            body=body if body is not None else "\n".join(text for turn in self.turns for text in turn).encode(),
            seconds=time.perf_counter() - began,
            ending=self.ending,
            nonexistent=self.target.nonexistent,
            turns=tuple(map(tuple, self.turns)),
            closed_with=self.closed_with,
        )

    def _converse(self, connection: ClientConnection) -> None:
        until = time.monotonic() + self.target.options.timeout
        messages = messages_in(self.sent)
        groups = [messages] if self.at_once else [(message,) for message in messages]
        for group in groups:
            self.turns.append([])
            try:
                for message in group:
                    self._send(connection, message)
                self._read(connection, until, is_left=self.leaving and group is groups[-1])
            except ConnectionClosed as error:
                self._note(error)
            if self.ending != "closed" or self.closed_with:
                break
        if self.ending == "left":
            connection.socket.close()

    def _send(self, connection: ClientConnection, message: str) -> None:
        """Send a message. A target that has closed the connection may have sent messages before."""
        try:
            connection.send(message)
        except ConnectionClosed as error:
            self._note(error)

    def _read(self, connection: ClientConnection, until: float, *, is_left: bool) -> None:
        """Read up to the message that ends the answer."""
        while self.ending == "closed":
            left = until - time.monotonic()
            if left <= 0:
                self.ending = "slow" if self.turns[-1] else "silent"
                return
            self.target.must_be_sendable(self.sent)
            try:
                received = connection.recv(timeout=min(left, SLICE))
            except TimeoutError:
                continue
            text = received if isinstance(received, str) else f"(binary, {len(received)} bytes)"
            self.turns[-1].append(text)
            self.size += len(text)
            if self.size > LARGEST_BODY:
                self.ending = "large"
            elif is_left:
                self.ending = "left"
            elif self.ends(text):
                return

    def _note(self, error: ConnectionClosed) -> None:
        """Remember how the connection was closed."""
        if error.rcvd is not None:
            self.closed_with = error.rcvd.code, error.rcvd.reason
        else:
            self.ending = "large" if error.sent is not None and error.sent.code == 1009 else "broken"


def _opening(options: TargetOptions, sent: HttpRequest, key: Key | None, key_header: KeyHeader) -> dict[str, Any]:
    """The arguments that open a WebSocket."""
    base = urlsplit(options.base)
    headers = [*sent.wire_headers()]
    if key:
        headers.append((key_header.value[0], key_header.value[1] + key.secret.reveal()))
    return {
        "uri": socket_address(f"{base.scheme}://{base.netloc}") + sent.wire_target(options.base).decode(),
        "additional_headers": headers,
        "user_agent_header": USER_AGENT,
        "ssl": _certificates(options) if base.scheme == "https" else None,
        "proxy": proxy_to(options.base),
        "compression": None,
        "open_timeout": options.timeout / 2,
        "close_timeout": CLOSING_SECONDS,
        "ping_interval": None,
        "max_size": LARGEST_MESSAGE,
    }


def _certificates(options: TargetOptions) -> ssl.SSLContext:
    """The certificates to trust, as for other requests."""
    if isinstance(options.verify, Path):
        return ssl.create_default_context(cafile=str(options.verify))
    return httpx2.create_ssl_context(verify=options.verify)


def _response(error: InvalidStatus) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a response that opens no WebSocket."""
    raw = [
        (name.encode("utf-8", "replace"), value.encode("utf-8", "replace"))
        for name, value in error.response.headers.raw_items()
    ]
    try:
        headers = clean_headers(raw)
    except UnusableError as unusable:
        raise NoAnswer(f"the response to the handshake of a WebSocket cannot be used: {unusable}") from None
    return error.response.status_code, headers, bytes(error.response.body or b"")
