"""Hostile responses: headers, bodies and streams, each of which is wrong, endless or expensive in one way."""

import gzip
import json
import socket
import zlib
from functools import cache
from itertools import cycle

from tests.conformance.hostile import Talk
from tests.conformance.hostile_servers import plain

MEBIBYTE = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
REFUSAL = json.dumps({"status": "error", "message": "Missing API key", "data": None}).encode()
LONE = b'{"status": "ok", "message": "\\ud800", "data": {"\\udfff": ["a\\ud800b"]}}'
INTERIM = {100: b"HTTP/1.1 100 Continue\r\n\r\n", 103: b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"}
BAITS = {  # text that is expensive for patterns
    "tokens": b"eyJ" * MEBIBYTE,
    "hashes": b"pbkdf2_" * (MEBIBYTE // 3),
    "keys": b"abk_short " * (MEBIBYTE // 4),
    "escapes": b"%25" * MEBIBYTE,
    "braces": b"{" * MEBIBYTE,
}


def coded(coding: str, body: bytes) -> bytes:
    """A response whose header declares that coding of the body."""
    return plain(200, body, more=f"Content-Encoding: {coding}\r\n")


@cache
def bomb(times: int = 1, size: int = 256 * MEBIBYTE) -> bytes:
    """A gzip of that many zeros, compressed several times: small in transit."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)) + packer.flush()
    for _ in range(times - 1):
        packed = gzip.compress(packed)
    return packed


def repeating(head: bytes, piece: bytes) -> Talk:
    """Send the headers, and then the same piece without end."""

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(head)
        block = piece * max(1, 65536 // len(piece))
        for one in cycle([block]):
            connection.sendall(one)

    return talk


def enveloped(data: object, message: str | None = None) -> bytes:
    """A valid envelope with unusual data."""
    return plain(200, json.dumps({"status": "ok", "message": message, "data": data}).encode())


def many_values(count: int) -> bytes:
    """JSON with that many empty objects."""
    return b'{"status": "ok", "message": null, "data": [' + b"{}," * count + b"{}]}"


def events(piece: bytes, count: int) -> bytes:
    """A stream that repeats one event and ends."""
    return plain(200, piece * count, "text/event-stream")


def flood(status: int) -> Talk:
    """Interim responses without end."""
    return repeating(b"", INTERIM[status])


def after_interim(response: bytes) -> bytes:
    """A valid response after a thousand interim responses."""
    return INTERIM[103] * 1000 + response
