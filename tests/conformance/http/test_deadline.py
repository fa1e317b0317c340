"""No answer is waited for without end, in whatever small pieces it comes."""

from __future__ import annotations

import math
import socket
import time

import pytest
from astrbot_conformance.contract import IM_BOTS
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NoAnswer

from tests.conformance.hostile import dripping, dripping_later, listening, silent


def test_a_head_that_comes_byte_by_byte_is_no_answer() -> None:
    """Each byte is in time; the head is not."""
    with listening(dripping) as base:
        target = Target(TargetOptions(base=base, timeout=0.5))
        began = time.monotonic()
        with pytest.raises(NoAnswer, match="no response in time"):
            target.send(harmless(IM_BOTS))
        target.close()

    assert time.monotonic() - began < 5


def test_a_body_that_comes_byte_by_byte_is_as_long_as_it_is_by_then() -> None:
    """What was read of it counts, as with a stream that stays open."""
    with listening(dripping_later) as base:
        target = Target(TargetOptions(base=base, timeout=0.5))
        response = target.send(harmless(IM_BOTS))
        target.close()

    assert response.body == b"{}"
    assert response.ending == "silent"


def test_a_target_that_falls_silent_altogether_gave_no_answer() -> None:
    """A stream that stops beside others that go on is its own fault; a pause of the target is nobody's."""
    asked = list[str]()

    def freezing(connection: socket.socket, path: str) -> None:
        if not asked:
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
        asked.append(path)
        silent(connection, path)

    with listening(freezing) as base:
        target = Target(TargetOptions(base=base, timeout=0.5))
        with pytest.raises(NoAnswer, match="in the middle of it"):
            target.send(harmless(IM_BOTS))
        target.close()

    assert len(asked) == 2
    assert target.uncertain


def test_the_shortest_of_several_limits_counts() -> None:
    """A limit for a whole command holds for each of its requests, which have longer ones."""
    with within(5):
        with within(60):
            assert seconds_left() <= 5
        assert seconds_left() > 4
        with within(1):
            assert seconds_left() <= 1
        assert seconds_left() > 4
    assert seconds_left() == math.inf
