"""A time by which there must be an answer: httpx bounds each wait for bytes, and a server may send them one by one."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream, ReadTimeout


class _Mine(threading.local):
    until: float | None = None


_mine = _Mine()


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Give whatever this thread reads over a `BoundedNetwork` so long altogether; httpcore.ReadTimeout after it."""
    _mine.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _mine.until = None


class BoundedNetwork(NetworkBackend):
    """A network that keeps to `within`."""

    def __init__(self, network: NetworkBackend) -> None:
        """Reach everything by `network`."""
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection."""
        return _BoundedStream(self._network.connect_tcp(host, port, timeout, local_address, socket_options))


class _BoundedStream(NetworkStream):
    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if _mine.until is None:
            return self._stream.read(max_bytes, timeout)
        left = _mine.until - time.monotonic()
        if left <= 0:
            raise ReadTimeout("the time is up")
        return self._stream.read(max_bytes, left if timeout is None else min(left, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        return _BoundedStream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
