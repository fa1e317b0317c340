"""A run does not wait for a response without end, even if it arrives in small pieces."""

from __future__ import annotations

import math
import socket
import time

import pytest
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.request import harmless
from astrbot_conformance.outcome import NoAnswer
from astrbot_conformance.preflight.target import astrbot_target

from tests.conformance.hostile import dripping, dripping_later, listening, silent


def test_headers_byte_by_byte_are_no_response() -> None:
    """Each byte is in time, but all the headers together are not."""
    with listening(dripping) as base:
        target = astrbot_target(TargetOptions(base=base, timeout=0.5))
        began = time.monotonic()
        with pytest.raises(NoAnswer, match="no response in time"):
            target.send(harmless(IM_BOTS))
        target.close()

    assert time.monotonic() - began < 5


def test_a_body_byte_by_byte_is_cut() -> None:
    """The bytes that were read count, as with a stream that stays open."""
    with listening(dripping_later) as base:
        target = astrbot_target(TargetOptions(base=base, timeout=0.5))
        response = target.send(harmless(IM_BOTS))
        target.close()

    assert response.body == b"{}"
    assert response.ending == "silent"


def test_a_silent_target_gave_no_response() -> None:
    """If only one stream stops, the response is at fault. If the whole target pauses, no response is at fault."""
    received = list[str]()

    def freezing(connection: socket.socket, path: str) -> None:
        if not received:
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
        received.append(path)
        silent(connection, path)

    with listening(freezing) as base:
        target = astrbot_target(TargetOptions(base=base, timeout=0.5))
        with pytest.raises(NoAnswer, match="stopped responding within the response"):
            target.send(harmless(IM_BOTS))
        target.close()

    assert len(received) == 2
    assert target.uncertain


def test_the_shortest_of_several_limits_applies() -> None:
    """The limit of a whole command applies to each of its requests, even if their own limits are longer."""
    with within(5):
        with within(60):
            assert seconds_left() <= 5
        assert seconds_left() > 4
        with within(1):
            assert seconds_left() <= 1
        assert seconds_left() > 4
    assert seconds_left() == math.inf
