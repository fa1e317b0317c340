"""A forward proxy that stores the exchanges and can delay responses. It passes WebSockets through, unread."""

import contextlib
import http.client
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that passed the proxy, and its response."""

    method: str
    path: str
    status: int
    response: bytes


@dataclass
class Recording:
    """The exchanges of the proxy at `url` so far."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)


@contextmanager
def recording(seconds_held: Callable[[Exchange], float] = lambda _: 0.0) -> Iterator[Recording]:
    """A proxy on loopback, as long as the block lasts. It delays each response by that many seconds."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    recorder = Recording(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler(recorder, seconds_held)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def _handler(recorder: Recording, seconds_held: Callable[[Exchange], float]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):  # for every method
                return self._forward
            raise AttributeError(name)

        def _forward(self) -> None:
            if self.command == "CONNECT":
                _pass_through(self, recorder)
                return
            host = urlsplit(self.path).netloc
            path = self.path.partition(host)[2] or "/"  # as it was sent, not normalised
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            upstream = http.client.HTTPConnection(host, timeout=60)
            upstream.putrequest(self.command, path, skip_host=True, skip_accept_encoding=True)
            for name, value in _passed_on(self.headers.items()):
                upstream.putheader(name, value)
            if body or "Content-Length" in self.headers:
                upstream.putheader("Content-Length", str(len(body)))
            upstream.endheaders(body or None)
            response = upstream.getresponse()
            content = response.read()
            upstream.close()
            exchange = Exchange(self.command, path, response.status, content)
            recorder.exchanges.append(exchange)
            time.sleep(seconds_held(exchange))
            with contextlib.suppress(
                BrokenPipeError, ConnectionResetError
            ):  # the client did not wait for the delayed response
                self.send_response_only(response.status, response.reason)
                for name, value in _passed_on(response.getheaders()):
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Handler


def _pass_through(handler: BaseHTTPRequestHandler, recorder: Recording) -> None:
    host, _, port = handler.path.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as upstream:
        recorder.exchanges.append(Exchange(handler.command, handler.path, 200, b""))
        handler.send_response_only(200)
        handler.end_headers()
        _relay(handler.connection, upstream)
    handler.close_connection = True


def _relay(one: socket.socket, other: socket.socket) -> None:
    """Pass bytes on in both directions until one side closes."""
    peers = {one: other, other: one}
    with contextlib.suppress(ConnectionError):
        while True:
            for ready in select.select(list(peers), [], [], 60)[0]:
                if not (data := ready.recv(65536)):
                    return
                peers[ready].sendall(data)


def _passed_on(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP]
