"""The network of a run: the time of all reads together, the first bytes of a response, and idle connections."""

import math
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import pytest
from astrbot_conformance.http.deadline import BoundedNetwork, response_begins, seconds_left, within
from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream, ReadError, ReadTimeout

from tests.conformance.made import new


class Wire(NetworkStream):
    """A connection that gives these pieces, or fails at None."""

    def __init__(self, *pieces: bytes | None, infos: dict[str, Any] | None = None) -> None:
        self.pieces = list(pieces)
        self.infos = infos or {}
        self.calls = list[Any]()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next piece."""
        self.calls.append((max_bytes, timeout))
        piece = self.pieces.pop(0)
        if piece is None:
            raise ReadError("reset")
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Store it."""
        self.calls.append((buffer, timeout))

    def close(self) -> None:
        """Store it."""
        self.calls.append("closed")

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Another connection."""
        self.calls.append((ssl_context.verify_mode, server_hostname, timeout))
        return Wire(b"secure", infos=self.infos["secure"])

    def get_extra_info(self, info: str) -> Any:
        """What the test prepared."""
        return self.infos.get(info)


class Wires(NetworkBackend):
    """Opens these connections."""

    def __init__(self, *wires: Wire) -> None:
        self.wires = list(wires)
        self.calls = list[Any]()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> NetworkStream:
        """The next one."""
        self.calls.append((host, port, timeout, local_address, socket_options))
        return self.wires.pop(0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time, which begins at 100."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return lambda time: now.__setitem__(0, time)


def opened(*wires: Wire) -> tuple[BoundedNetwork, list[NetworkStream]]:
    """A network with these connections."""
    network = BoundedNetwork(Wires(*wires))
    return network, [network.connect_tcp("host", 1) for _ in wires]


@pytest.mark.parametrize(
    ("limit", "timeout", "used"),
    [(5, 20, 5), (5, 1, 1), (5, None, 5), (None, 20, 20), (None, None, None), (1, 9, 1), (0.5, 9, 0.5)],
)
def test_a_read_ends_with_the_shorter_limit(
    clock: Callable[[float], None], limit: float | None, timeout: float | None, used: float | None
) -> None:
    """Without `within`, only its own time-out counts."""
    wire = Wire(b"a")
    _, (stream,) = opened(wire)
    clock(100)
    with within(math.inf if limit is None else limit):
        stream.read(7, timeout)

    assert wire.calls == [(7, used)]


@pytest.mark.parametrize("later", [5, 6])
def test_nothing_is_read_after_the_limit(clock: Callable[[float], None], later: float) -> None:
    """Not even without a wait."""
    wire = Wire(b"a")
    _, (stream,) = opened(wire)
    with within(5):
        assert seconds_left() == 5
        clock(100 + later)
        with pytest.raises(ReadTimeout):
            stream.read(1)
    assert seconds_left() == math.inf
    assert wire.calls == []


def test_the_arguments_of_a_connection_are_passed_on() -> None:
    """Also those of a write and of TLS."""
    wire = Wire(infos={"secure": {}})
    wires = Wires(wire)
    options: list[SOCKET_OPTION] = [(1, 2, 3)]
    stream = BoundedNetwork(wires).connect_tcp("host", 443, 3.0, "local", options)
    stream.write(b"a", 4.0)
    assert stream.start_tls(ssl.create_default_context(), "name", 5.0).read(1) == b"secure"
    stream.close()

    assert wires.calls == [("host", 443, 3.0, "local", options)]
    assert wire.calls == [(b"a", 4.0), (ssl.CERT_REQUIRED, "name", 5.0), "closed"]


@pytest.mark.parametrize(
    ("pieces", "first"),
    [
        ([b"HTTP/1.1 200 OK"], b"HTTP/1.1"),
        ([b"12345678", b"9"], b"12345678"),
        ([b"1234567", b"89"], b"123456789"),
        ([b"SSH", b"-2.0-0123456789"], b"SSH-2.0-012"),
        ([b""], b""),
    ],
)
def test_the_first_bytes_of_a_response_are_kept(pieces: list[bytes], first: bytes) -> None:
    """At least eight of them, if there are as many. The next request starts with a new count."""
    _, (stream,) = opened(Wire(*pieces))
    stream.write(b"GET")
    assert response_begins() == b""
    for _ in pieces:
        stream.read(99)

    assert response_begins() == first
    stream.write(b"GET")
    assert response_begins() == b""


def test_another_thread_has_read_nothing() -> None:
    """The first bytes belong to the thread that sent the request."""
    _, (stream,) = opened(Wire(b"HTTP"))
    stream.write(b"GET")
    stream.read(9)
    seen = list[bytes]()
    thread = threading.Thread(target=lambda: seen.append(response_begins()))
    thread.start()
    thread.join()

    assert (seen, response_begins()) == ([b""], b"HTTP")


@pytest.mark.parametrize(("piece", "hangs_up"), [(b"", True), (None, True), (b"a", False)])
def test_a_server_that_hangs_up_is_remembered(piece: bytes | None, hangs_up: bool) -> None:  # noqa: FBT001  by pytest
    """Other connections do not matter."""
    network, (first, other) = opened(Wire(piece), Wire(b"b"))
    assert network.hangs_up is False
    if piece is None:
        with pytest.raises(ReadError):
            first.read(1)
    else:
        first.read(1)
    other.read(1)

    assert network.hangs_up is hangs_up


def test_an_idle_connection_is_checked_after_half_a_second(clock: Callable[[float], None]) -> None:
    """Or always, if the server hangs up. Other facts are not remembered."""
    infos = {"is_readable": "asked", "client_addr": "here", "socket": "there"}
    network, (stream,) = opened(Wire(b"a", b"", infos=infos))
    assert stream.get_extra_info(new("is_readable")) is False
    assert [stream.get_extra_info(new(name)) for name in ("client_addr", "socket")] == ["here", "there"]

    for time, answer in ((100.25, False), (100.5, "asked"), (101, "asked")):
        clock(time)
        assert stream.get_extra_info(new("is_readable")) == answer
    stream.read(1)
    assert stream.get_extra_info(new("is_readable")) is False
    stream.read(1)
    assert network.hangs_up
    assert stream.get_extra_info(new("is_readable")) == "asked"


def test_every_open_connection_can_be_closed_at_once() -> None:
    """Also if one is already closed. A connection with TLS replaces the one below it."""
    pairs = [socket.socketpair() for _ in range(4)]
    infos = [{"socket": ours} for ours, _ in pairs]
    wires = [Wire(infos=infos[0]), Wire(infos=infos[1]), Wire(infos=infos[2] | {"secure": infos[3]})]
    network, (broken, closed, secured) = opened(*wires)
    assert broken.get_extra_info("socket") is pairs[0][0]
    pairs[0][0].close()
    closed.close()
    secured.start_tls(ssl.create_default_context())

    network.hang_up()

    for _, theirs in pairs:
        theirs.settimeout(0.05)
    assert pairs[3][1].recv(1) == b""
    for _, theirs in pairs[1:3]:
        with pytest.raises(TimeoutError):
            theirs.recv(1)
    for pair in pairs:
        for one in pair:
            one.close()
