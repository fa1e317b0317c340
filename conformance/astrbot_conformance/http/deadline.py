"""A network layer that limits the time of a whole response.

httpx2 limits each wait for bytes, but a server may send them one by one. The layer also checks idle connections rarely:
httpcore2 checks each of them whenever a request begins or ends, and these checks take longer than its other work.
"""

import contextlib
import math
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream, ReadError, ReadTimeout

FIRST_BYTES = 8  # bytes of a response that are kept to tell HTTP from other protocols
AT_REST = 0.5  # seconds after which the other side may have closed an idle connection


class _Mine(threading.local):
    until: float | None = None
    response: bytes = b""  # the first bytes after the last request


_mine = _Mine()


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Limit the total time for reads of this thread over a `BoundedNetwork`. Later reads raise httpcore2.ReadTimeout.

    An outer `within` that ends sooner still applies.
    """
    outer = _mine.until
    until = time.monotonic() + seconds
    _mine.until = until if outer is None else min(until, outer)
    try:
        yield
    finally:
        _mine.until = outer


def seconds_left() -> float:
    """Seconds until the innermost `within` of this thread ends. Negative if it has ended, infinite if there is none."""
    return math.inf if _mine.until is None else _mine.until - time.monotonic()


def response_begins() -> bytes:
    """The first bytes that this thread read after its last request. Empty if it read none."""
    return _mine.response


class BoundedNetwork(NetworkBackend):
    """A network that keeps to `within`.

    hangs_up: whether the other side ever closed a connection from which bytes were read. Such a server is not
    trusted to keep connections open.
    """

    def __init__(self, network: NetworkBackend) -> None:
        """Open all connections through `network`."""
        self.hangs_up = False
        self._network = network
        self._open: dict[int, NetworkStream] = {}  # by id; read and changed without a lock, also in a signal handler

    def hang_up(self) -> None:
        """Close every connection at once, so that no thread waits for it any longer."""
        for stream in list(self._open.values()):
            with contextlib.suppress(OSError):
                # Do not call the method of a TLS socket: it waits for a lock, or for the other side.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)

    def opened(self, stream: NetworkStream) -> None:
        """Record a connection that `hang_up` must close."""
        self._open[id(stream)] = stream

    def closed(self, stream: NetworkStream) -> None:
        """Record that the connection is closed."""
        self._open.pop(id(stream), None)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Open a connection."""
        return _BoundedStream(self, self._network.connect_tcp(host, port, timeout, local_address, socket_options))


class _BoundedStream(NetworkStream):
    def __init__(self, network: BoundedNetwork, stream: NetworkStream) -> None:
        self._network = network
        self._stream = stream
        self._used = time.monotonic()
        network.opened(stream)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            piece = self._stream.read(max_bytes, self._left(timeout))
        except ReadError:
            self._network.hangs_up = True
            raise
        self._used = time.monotonic()
        self._network.hangs_up |= not piece
        if len(_mine.response) < FIRST_BYTES:
            _mine.response += piece[:FIRST_BYTES]
        return piece

    def _left(self, timeout: float | None) -> float | None:
        left = seconds_left()
        if left <= 0:
            raise ReadTimeout("the time is up")
        return timeout if left == math.inf else min(left, math.inf if timeout is None else timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        _mine.response = b""
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._network.closed(self._stream)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, timeout)
        self._network.closed(self._stream)
        return _BoundedStream(self._network, secure)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable" and not self._network.hangs_up and time.monotonic() - self._used < AT_REST:
            return False  # nothing more arrived: neither bytes nor the end
        return self._stream.get_extra_info(info)
