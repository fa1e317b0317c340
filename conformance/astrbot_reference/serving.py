"""The server on a port: in a thread for tests and the suite, in the foreground for the command."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from .app import create_app
from .http.connections import BoundedProtocol
from .settings import Settings

HOST = "127.0.0.1"
LARGEST_MESSAGE = 1024 * 1024  # bytes of a message over a WebSocket


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one.

    Raises OSError if it is in use, OverflowError if it is not a port.
    """
    # Named as TCP, so that asyncio switches off Nagle's algorithm: it would cost 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError):
        listener.close()
        raise
    listener.listen(128)
    return listener


def server(app: FastAPI) -> uvicorn.Server:
    """A uvicorn server that prints nothing itself."""
    quiet: dict[str, Any] = {
        "log_config": None,
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "ws_max_size": LARGEST_MESSAGE,
    }
    return uvicorn.Server(uvicorn.Config(app, http=BoundedProtocol, lifespan="on", proxy_headers=False, **quiet))


@contextmanager
def running(settings: Settings | None = None, *, app: FastAPI | None = None, port: int = 0) -> Iterator[str]:
    """Run the server in a thread of this process for as long as the block lasts; gives its base URL.

    app: an application to run in place of `create_app(settings)`.
    """
    listener = listen(port)
    running_server = server(app or create_app(settings or Settings()))
    thread = threading.Thread(target=running_server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        # The socket already listens: a request that arrives before the server is up waits in its queue.
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        running_server.should_exit = True
        thread.join(timeout=10)
        listener.close()
