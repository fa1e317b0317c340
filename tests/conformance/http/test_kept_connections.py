"""A server may close an idle connection without notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import harmless
from astrbot_conformance.preflight.target import astrbot_target

REQUESTS = 60


class ClosingHandler(BaseHTTPRequestHandler):
    """Announces that it keeps the connection, and closes it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send one response."""
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def closing() -> Iterator[str]:
    """The address of such a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), ClosingHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("at_once", [1, 8])
def test_every_request_gets_a_response(closing: str, at_once: int) -> None:
    """A request on a closed connection is sent again. After that, connections are checked before each request."""
    target = astrbot_target(TargetOptions(base=closing))
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(lambda _: target.send(harmless(IM_BOTS)), range(REQUESTS)))
    target.close()

    assert [response.status for response in answers] == [200] * REQUESTS
    assert target.requests < 2 * REQUESTS
