"""Limits the cost of a connection before its request is complete: bytes, seconds, connections."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from enum import Enum, auto
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_CONNECTIONS = 500  # below the 1,024 open files that a process usually has
MOST_HEAD = 64 * 1024  # bytes of request line and headers; more may arrive in one piece, which is bounded too
MOST_RECEIVED = 64 * 1024 * 1024  # bytes of a request, whether its body is read or dropped
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Awaited(Enum):
    """The part of a request that has not arrived yet."""

    HEAD = auto()
    BODY = auto()
    NOTHING = auto()


class BoundedProtocol(HttpToolsProtocol):
    """The protocol of uvicorn with limits on headers and time.

    head_seconds: how long a connection may take for the head of a request. request_seconds: for the rest.
    """

    head_seconds: ClassVar[float] = 10.0
    request_seconds: ClassVar[float] = 120.0
    _awaited: Awaited = Awaited.HEAD
    _received: int = 0
    _timer: TimerHandle | None = None
    _timed: Awaited | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Take a connection, or close it if there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._awaited = Awaited.NOTHING
        self._watch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on while the request is within its limits."""
        self._received += len(data)
        super().data_received(data)
        if self._awaited is Awaited.HEAD and self._received > MOST_HEAD:
            self.transport.write(TOO_LONG)
            self.transport.close()
        elif self._awaited is Awaited.BODY and self._received > MOST_RECEIVED:
            self.transport.abort()
        self._watch()

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._awaited, self._received = Awaited.HEAD, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Accept a header. Headers after the body are dropped."""
        if self._awaited is Awaited.HEAD:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Let the request be answered."""
        self._awaited = Awaited.BODY
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request."""
        self._awaited = Awaited.NOTHING
        super().on_message_complete()

    def _watch(self) -> None:
        """Run a timer for the awaited part, if there is one."""
        if self._timed is self._awaited:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timed, self._timer = self._awaited, None
        if self._awaited is not Awaited.NOTHING:
            seconds = self.head_seconds if self._awaited is Awaited.HEAD else self.request_seconds
            self._timer = self.loop.call_later(seconds, self.transport.abort)
