"""A run ends soon after an interruption, whatever the target does."""

import contextlib
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.engine.check_pool import CheckPool
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import harmless
from astrbot_conformance.outcome import NoAnswer
from astrbot_conformance.preflight.target import astrbot_target

from tests.conformance.dashboard import command, operator
from tests.conformance.engine.test_lost_answers import ENOUGH, serving
from tests.conformance.hostile import listening, silent
from tests.conformance.leftovers import names

pytestmark = pytest.mark.slow

SOON = 10.0  # seconds


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_although_the_target_hangs(number: signal.Signals, tmp_path: Path) -> None:
    """With the default time-out of 20 seconds. Leftovers on the target are named, and the report is written."""
    words = ("serve", "--port", "{}", "--database", f"sqlite:///{tmp_path}/reference.db")
    server, base = serving(*words, port=0, folder=tmp_path)
    try:
        run = command("conform", base, "--effects", "read", folder=tmp_path)
        with operator(base) as client:
            while len(names(client)) < ENOUGH and run.poll() is None:
                time.sleep(0.05)
        server.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        run.send_signal(number)

        out, err = run.communicate(timeout=60)

        assert time.monotonic() - began < SOON
        assert (run.returncode, err) == (3, "")
        assert "the run was interrupted" in out
        assert "left on the target" in " ".join(out.split())
        assert (tmp_path / "conformance-report" / "report.json").exists()
    finally:
        server.kill()
        server.communicate(timeout=10)


def test_first_contact_is_interrupted_at_once(tmp_path: Path) -> None:
    """No resource was created yet, so there is nothing to wait for."""
    received = threading.Event()

    def hang(connection: socket.socket, path: str) -> None:
        received.set()
        silent(connection, path)

    with listening(hang) as base:
        run = command("conform", base, folder=tmp_path)
        assert received.wait(60)
        began = time.monotonic()
        run.send_signal(signal.SIGINT)

        _, err = run.communicate(timeout=60)

    assert time.monotonic() - began < SOON
    assert (run.returncode, err.count("\n")) == (3, 1)


def test_only_the_cleanup_sends_requests_at_the_end() -> None:
    """Waiting threads wake up, new requests are rejected, and a slow response is given up soon."""
    received = threading.Event()

    def hang(connection: socket.socket, path: str) -> None:
        received.set()
        silent(connection, path)

    with listening(hang) as base:
        target = astrbot_target(TargetOptions(base=base, timeout=20))
        waiting = CheckPool(1)
        future = waiting.put(lambda: target.send(harmless(IM_BOTS)), is_long=False)
        waiting.start()
        assert received.wait(10)
        began = time.monotonic()
        target.wind_down()
        assert not waiting.close(0.1)
        target.hang_up()
        assert waiting.close(5)
        with pytest.raises(NoAnswer):
            future.result(1)
        assert target.uncertain

        refused = CheckPool(1)
        other = refused.put(lambda: target.send(harmless(IM_BOTS)), is_long=False)
        refused.start()
        with pytest.raises(NoAnswer, match="the run is ending"):
            other.result(5)

        for _ in range(9):
            with contextlib.suppress(NoAnswer):
                target.send(harmless(IM_BOTS))
        assert target.circuit_breaker.is_open
        target.close()

    assert time.monotonic() - began < SOON
