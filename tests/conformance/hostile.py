"""Small servers on loopback that are not what a run expects, each in one way."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket, str], None]  # what a server says on a connection, given the path that was asked for

TLS_HELLO = b"\x16\x03"  # how somebody begins who takes the server for a secure one


@contextmanager
def listening(talk: Talk) -> Iterator[str]:
    """A server in a thread that talks so on each connection, for as long as the block lasts; gives its address."""
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
                asked = _asked_path(connection)
                try:
                    talk(connection, asked)
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
    """Answers every request so; a body that is not text is sent as JSON."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(reply(status, body, kind=kind, more=more))

    return talk


def by_path(replies: dict[str, bytes], otherwise: bytes) -> Talk:
    """Answers each path in its own way."""

    def talk(connection: socket.socket, path: str) -> None:
        connection.sendall(replies.get(path, otherwise))

    return talk


def saying(raw: bytes) -> Talk:
    """Says these bytes, whatever they are, and hangs up."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)

    return talk


def resetting(raw: bytes) -> Talk:
    """Says these bytes and resets the connection."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(raw)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return talk


def silent(connection: socket.socket, _: str) -> None:
    """Takes the request and says nothing until the other side gives up."""
    connection.settimeout(30)
    connection.recv(1)


def dripping(connection: socket.socket, _: str) -> None:
    """Goes on and on with a header, a byte at a time, so that no single byte is late."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.1)


def dripping_later(connection: socket.socket, _: str) -> None:
    """Begins a body, and goes on and on about how long the next piece of it is."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
    while True:
        connection.sendall(b"0")
        time.sleep(0.05)


def endless(connection: socket.socket, _: str) -> None:
    """Sends a body that has no end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


def reply(status: int, body: object, *, kind: str = "application/json", more: str = "") -> bytes:
    """One HTTP answer."""
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
