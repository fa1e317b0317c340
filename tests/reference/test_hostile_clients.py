"""What a client may not do before it has sent a request: name another server, send for ever, keep a login."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from astrbot_reference import Settings, running
from astrbot_reference.app import create_app
from astrbot_reference.http import connections
from astrbot_reference.http.connections import MOST_CONNECTIONS, MOST_HEAD, MOST_RECEIVED, BoundedProtocol
from astrbot_reference.stores.logins import MOST, Logins

from tests.reference.conftest import LOGIN

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BUFFERED = 32 * 1024 * 1024  # bytes that may be on their way
READ = "/api/v1/auth/setup-status"


@contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    """A connection to a server."""
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    received = bytearray()
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)


def send_on(connection: socket.socket, piece: bytes) -> int:
    """Send a piece again and again until the server takes no more; gives the bytes that were sent."""
    sent = 0
    try:
        while sent < 4 * MOST_RECEIVED:
            connection.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    return sent


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:6185", "[::1]:80", "127.0.0.1:1"])
def test_the_names_of_this_machine_are_served(url: str, host: str) -> None:
    """With any port, in any case."""
    assert httpx2.get(url + READ, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:6185", "127.0.0.1.example.org", "localhost.", "", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/", READ, "/api/v1/bots"])
def test_the_name_of_another_server_is_refused(url: str, host: str, path: str) -> None:
    """As when a page makes a browser ask this machine under the name of its owner: 400, whatever is asked for."""
    answer = httpx2.get(url + path, headers={"Host": host})

    assert (answer.status_code, answer.json()["status"]) == (400, "error")


def test_one_of_two_names_is_not_enough(url: str) -> None:
    """Each Host header has to name this server."""
    with connected(url) as connection:
        connection.sendall(
            f"GET {READ} HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\nConnection: close\r\n\r\n".encode()
        )
        assert rest(connection).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(("allowed", "status"), [(["Proxy.example.org"], 200), (["*"], 200), (["other"], 400)])
def test_another_name_can_be_allowed(allowed: list[str], status: int) -> None:
    """By name, or all of them."""
    with running(Settings(allowed_hosts=allowed)) as url:
        assert httpx2.get(url + READ, headers={"Host": "proxy.example.org"}).status_code == status


def test_a_login_expires(tmp_path: Path) -> None:
    """Its token opens the dashboard until then, and not afterwards."""
    now = NOW
    app = create_app(Settings(username=LOGIN["username"], password=LOGIN["password"], login_seconds=60), lambda: now)
    with running(app=app) as url, httpx2.Client(base_url=f"{url}/api/v1") as client:
        token = client.post("auth/login", json=LOGIN).json()["data"]["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        assert client.get("api-keys").status_code == 200
        now = NOW + timedelta(seconds=59)
        assert client.get("api-keys").status_code == 200
        now = NOW + timedelta(seconds=60)
        assert client.get("api-keys").status_code == 403


def test_logins_are_forgotten() -> None:
    """Those that have expired, and the oldest if there are too many."""
    now = NOW
    logins = Logins(lambda: now, 60)
    first, second = logins.create(), logins.create()
    for _ in range(MOST - 1):
        logins.create()
    assert (logins.is_valid(first), logins.is_valid(second)) == (False, True)

    now = NOW + timedelta(seconds=61)
    third = logins.create()
    assert (logins.is_valid(second), logins.is_valid(third)) == (False, True)


@pytest.mark.parametrize("begun", [b"", b"GET ", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b"])
def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    """The connection is closed after a while."""
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.01)
    with running(Settings()) as url, connected(url) as connection:
        connection.sendall(begun)

        assert rest(connection) == b""


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is closed after a while, and the next one is served."""
    monkeypatch.setattr(BoundedProtocol, "request_seconds", 0.01)
    with running(Settings()) as url, connected(url) as connection:
        connection.sendall(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")

        assert rest(connection) == b""
        assert httpx2.post(f"{url}/api/v1/auth/login", json={"username": "a", "password": "b"}).status_code == 401


def test_an_answer_may_take_longer_than_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the request has a limit in time."""
    monkeypatch.setattr(BoundedProtocol, "request_seconds", 0.001)
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 5)
    with running(Settings(username=LOGIN["username"], password=LOGIN["password"])) as url:
        assert httpx2.post(f"{url}/api/v1/auth/login", json=LOGIN, timeout=30).status_code == 200


@pytest.mark.parametrize(
    ("begun", "more"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: a\r\n"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a"),
        (b"GET /", b"a"),
    ],
)
def test_headers_without_end_are_refused(url: str, begun: bytes, more: bytes) -> None:
    """However they are cut into pieces."""
    with connected(url) as connection:
        connection.sendall(begun)
        sent = send_on(connection, more * 1_000)

        assert rest(connection)[:12] in {b"HTTP/1.1 431", b"HTTP/1.1 400", b""}
    assert sent < MOST_HEAD + BUFFERED


def test_a_body_that_nobody_reads_ends(url: str) -> None:
    """It is dropped as it comes, and not without end."""
    with connected(url) as connection:
        connection.sendall(b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")

        assert send_on(connection, b"100000\r\n" + bytes(0x100000) + b"\r\n") < MOST_RECEIVED + BUFFERED


def test_there_are_only_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more is closed at once; when others have gone there is room again."""
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 3)
    assert MOST_CONNECTIONS > 100
    with running(Settings()) as url:
        with connected(url), connected(url), connected(url), connected(url) as last:
            assert rest(last) == b""
        assert httpx2.get(url + READ).status_code == 200
