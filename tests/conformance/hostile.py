"""Small servers on loopback, each of which violates one expectation of a run."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket, str], None]  # sends the bytes of a server on a connection, for the requested path

TLS_HELLO = b"\x16\x03"  # the first bytes of a client that expects TLS


@contextmanager
def listening(talk: Talk) -> Iterator[str]:
    """The address of a server that calls `talk` for each connection, in a thread, as long as the block lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(2)
                path = _asked_path(connection)
                try:
                    talk(connection, path)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        thread.join(5)
        listener.close()


def answering(status: int, body: object, *, kind: str = "application/json", more: str = "") -> Talk:
    """Return this response to every request. A body that is not text is sent as JSON."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(reply(status, body, kind=kind, more=more))

    return talk


def by_path(replies: dict[str, bytes], otherwise: bytes) -> Talk:
    """Return the response for the path of each request."""

    def talk(connection: socket.socket, path: str) -> None:
        connection.sendall(replies.get(path, otherwise))

    return talk


def saying(raw: bytes) -> Talk:
    """Send these bytes and close the connection."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)

    return talk


def resetting(raw: bytes) -> Talk:
    """Send these bytes and reset the connection."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return talk


def silent(connection: socket.socket, _: str) -> None:
    """Read the request and send nothing until the client gives up."""
    connection.settimeout(30)
    connection.recv(1)


def dripping(connection: socket.socket, _: str) -> None:
    """Send a header without end, one byte at a time, so that no single byte is late."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.1)


def dripping_later(connection: socket.socket, _: str) -> None:
    """Begin a body, and send the length of its next piece without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
    while True:
        connection.sendall(b"0")
        time.sleep(0.05)


def endless(connection: socket.socket, _: str) -> None:
    """Send a body without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


def reply(status: int, body: object, *, kind: str = "application/json", more: str = "") -> bytes:
    """The bytes of one HTTP response."""
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n"
    return f"{head}Connection: close\r\n{more}\r\n".encode() + content


def _asked_path(connection: socket.socket) -> str:
    read = b""
    try:
        while b"\r\n\r\n" not in read and not read.startswith(TLS_HELLO) and (some := connection.recv(65536)):
            read += some
    except OSError:
        return ""
    words = read.split(b" ", 2)
    return words[1].decode("ascii", "replace") if len(words) > 2 else ""
