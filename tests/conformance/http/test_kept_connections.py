"""A server may end a connection that was kept for the next request, and says so nowhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.target import Target

REQUESTS = 60


class Rude(BaseHTTPRequestHandler):
    """Answers as if it kept the connection, and ends it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One answer."""
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def rude() -> Iterator[str]:
    """The address of such a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Rude) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("at_once", [1, 8])
def test_every_request_is_answered(rude: str, at_once: int) -> None:
    """The first that finds its connection dead is sent again; from then on one looks before one sends."""
    target = Target(TargetOptions(base=rude))
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(lambda _: target.send(harmless(IM_BOTS)), range(REQUESTS)))
    target.close()

    assert [response.status for response in answers] == [200] * REQUESTS
    assert target.requests < 2 * REQUESTS
