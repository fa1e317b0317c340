"""A server that forwards each request to a reference server and changes the response, as a hostile target may do."""

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.conformance.hostile import Talk

LONGEST_TALK = 130.0  # seconds after which the server closes a connection


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, the response of the reference server, and the number of earlier requests."""

    method: str
    path: str
    is_keyed: bool
    status: int
    kind: str
    body: bytes
    number: int

    @property
    def json(self) -> Any:
        """The body as JSON; None if it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def changed(self, change: Callable[[Any], None]) -> bytes:
        """The response after `change` was applied to its JSON."""
        value = self.json
        change(value)
        return plain(self.status, json.dumps(value).encode(), self.kind)


# The bytes instead of a response, or a function that writes to the connection; None: the unchanged response.
Spoil = Callable[[Exchange], bytes | Talk | None]


def plain(status: int, body: bytes, kind: str = "application/json", more: str = "") -> bytes:
    """The unchanged response."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


@contextmanager
def spoiling(upstream: str, spoil: Spoil) -> Iterator[str]:
    """The address of such a server in front of `upstream`, as long as the block lasts."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    listener.settimeout(0.2)
    server = _Server(urlsplit(upstream).netloc, spoil)
    thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.is_over.set()
        thread.join(5)
        listener.close()


class _Server:
    """Handles every connection in a thread."""

    def __init__(self, upstream: str, spoil: Spoil) -> None:
        self.is_over = threading.Event()
        self._upstream = upstream
        self._spoil = spoil
        self._number = 0

    def serve(self, listener: socket.socket) -> None:
        """Accept connections until the server is closed."""
        while not self.is_over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(LONGEST_TALK)
        with connection, contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while request := _request(connection):
                exchange = self._forwarded(*request)
                if not self._answer(connection, exchange):
                    return

    def _answer(self, connection: socket.socket, exchange: Exchange) -> bool:
        """Send the response, changed or not. Returns whether the connection stays open."""
        spoilt = self._spoil(exchange)
        if spoilt is None:
            connection.sendall(plain(exchange.status, exchange.body, exchange.kind))
            return True
        if isinstance(spoilt, bytes):
            connection.sendall(spoilt)
        else:
            spoilt(connection, exchange.path)
        return False

    def _forwarded(self, head: bytes, body: bytes) -> Exchange:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = dict(line.split(": ", 1) for line in lines if ": " in line)
        self._number += 1
        upstream = http.client.HTTPConnection(self._upstream, timeout=60)
        upstream.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            if name.lower() not in ("connection", "accept-encoding"):
                upstream.putheader(name, value)
        upstream.endheaders(body or None)
        response = upstream.getresponse()
        content = response.read()
        upstream.close()
        keyed = "abk_" in head.decode("latin-1")
        kind = response.getheader("Content-Type") or "application/json"
        return Exchange(method, path.partition("?")[0], keyed, response.status, kind, content, self._number)


def _request(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """The headers and the body of the next request; None if the client closed the connection."""
    read = b""
    while b"\r\n\r\n" not in read:
        some = connection.recv(65536)
        if not some:
            return None
        read += some
    head, _, body = read.partition(b"\r\n\r\n")
    length = next((line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b"0")
    while len(body) < int(length):
        body += connection.recv(65536)
    return head, body
