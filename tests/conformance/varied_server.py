"""A middleware that changes how a sound server responds, and a proxy that speaks HTTP/1.0."""

import asyncio
import http.client
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]
Stream = list[bytes]
BUSY = (b'{"status": "error", "message": "Too many requests"}', [(b"content-type", b"application/json")])


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    headers: Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type."""
        return next((value.decode() for name, value in self.headers if name.lower() == b"content-type"), "")

    def with_header(self, name: str, value: str) -> "Answer":
        """The response with one more header, in place of those with that name."""
        others = [one for one in self.headers if one[0].lower() != name.encode()]
        return replace(self, headers=[*others, (name.encode(), value.encode())])


@dataclass(frozen=True, slots=True)
class Variation:
    """How a sound server differs from the reference server.

    alter: changes a whole response. stream: changes the pieces of an event stream. piece: bytes that are sent at a
    time. delay, stream_delay: seconds before a response, and before the first event. busy_every: how often a request
    gets 429.
    """

    alter: Callable[[Answer], Answer] = lambda answer: answer
    stream: Callable[[Stream], Stream] | None = None
    piece: int = 0
    delay: float = 0.0
    stream_delay: float = 0.0
    busy_every: int = 0
    merges_slashes: bool = False
    base: str = ""
    is_behind_proxy: bool = False
    resources: int = 0

    @property
    def waits(self) -> bool:
        """Whether responses or streams start late."""
        return self.delay > 0 or self.stream_delay > 0

    @property
    def alters_streams(self) -> bool:
        """Whether event streams differ."""
        return self.stream is not None or self.stream_delay > 0


class Altered:
    """Serves requests as the variation says."""

    def __init__(self, app: ASGIApp, variation: Variation) -> None:
        self._app = app
        self._varied = variation
        self._numbers = count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        varied = self._varied
        await asyncio.sleep(varied.delay)
        is_login = scope["path"].startswith(f"{varied.base}/api/v1/auth/")
        if varied.busy_every and not is_login and next(self._numbers) % varied.busy_every == 0:
            await _send(send, Answer(429, [*BUSY[1], (b"retry-after", b"0")], BUSY[0]), 0)
            return
        await self._app(self._scope(scope), receive, self._collecting(send))

    def _scope(self, scope: Scope) -> Scope:
        path = scope["path"].removeprefix(self._varied.base)
        if self._varied.merges_slashes:
            path = re.sub("//+", "/", path)
        return scope if path == scope["path"] else {**scope, "path": path, "raw_path": path.encode()}

    def _collecting(self, send: Send) -> Send:
        varied, head, pieces = self._varied, dict[str, Message](), list[bytes]()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                head["start"] = message
                return
            start = head["start"]
            if _is_stream(start):
                await self._stream(send, start, message, is_first=not pieces)
                pieces.append(b"")
                return
            pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                headers = [one for one in start["headers"] if one[0].lower() != b"content-length"]
                await _send(send, varied.alter(Answer(start["status"], headers, b"".join(pieces))), varied.piece)

        return collect

    async def _stream(self, send: Send, start: Message, message: Message, *, is_first: bool) -> None:
        if is_first:
            await send(start)
            await asyncio.sleep(self._varied.stream_delay)
        pieces = [message["body"]] if message.get("body") else []
        for piece in self._varied.stream(pieces) if self._varied.stream else pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not message.get("more_body"):
            await send({"type": "http.response.body", "body": b""})


def _is_stream(start: Message) -> bool:
    return any(value.startswith(b"text/event-stream") for _, value in start["headers"])


async def _send(send: Send, answer: Answer, piece: int) -> None:
    length = [] if piece else [(b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": [*answer.headers, *length]})
    for begin in range(0, len(answer.body), piece) if piece else ():
        await send({"type": "http.response.body", "body": answer.body[begin : begin + piece], "more_body": True})
    await send({"type": "http.response.body", "body": b"" if piece else answer.body})


class _OldProxy(BaseHTTPRequestHandler):
    """Passes requests on, and responds in HTTP/1.0: it closes each connection."""

    protocol_version = "HTTP/1.0"
    upstream = ""

    def parse_request(self) -> bool:
        """Take every method."""
        is_valid = super().parse_request()
        if is_valid:
            setattr(self, f"do_{self.command}", self._pass_on)
        return is_valid

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        connection = http.client.HTTPConnection(self.upstream)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        try:
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "server", "date"):
                    self.send_header(name, value)
            self.end_headers()
            while piece := response.read1(4096):
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True
        finally:
            connection.close()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def old_proxy(url: str) -> Iterator[str]:
    """The address of a proxy in front of a server, for as long as the block lasts."""
    handler = type("Handler", (_OldProxy,), {"upstream": urlsplit(url).netloc})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        proxy.daemon_threads = True
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{proxy.server_address[1]}"
        finally:
            proxy.shutdown()
            thread.join()
