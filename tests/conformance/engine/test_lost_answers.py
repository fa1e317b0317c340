"""Targets whose responses are lost, and targets that stop responding."""

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from astrbot_conformance.http import circuit_breaker
from astrbot_conformance.http.circuit_breaker import CircuitBreaker
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.keys.dashboard import Dashboard, session_token
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret
from astrbot_reference import running

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, command, operator, through
from tests.conformance.leftovers import everything, keyed, names
from tests.conformance.recording import Exchange, recording

pytestmark = pytest.mark.slow

CREATIONS = {
    "/api/v1/bots": "",
    "/api/v1/personas": "",
    "/api/v1/config-profiles": "config_id",
    "/api/v1/persona-folders": "folder_id",
    "/api/v1/chat/projects": "project_id",
    "/api/v1/chat/sessions/new": "session_id",
    "/api/v1/api-keys": "key_id",
}
ENOUGH = 10  # number of keys that exist in the middle of a run
HELD = (2, 5)  # the numbers of the creations, of each kind, that are delayed
MAKING = "journey or creations or path_id or no_effect or sessions or session_made or alias"


def serving(*words: str, port: int, folder: Path) -> tuple[subprocess.Popen[str], str]:
    """A server that can be killed, and its address."""
    server = command(*(word.format(port) for word in words), folder=folder)
    assert server.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
    assert address
    return server, address[0]


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        """Seconds on this clock."""
        return self.now


def test_resources_with_a_lost_response_are_removed(tmp_path: Path) -> None:
    """The proxy delays some responses to creations until the run has given up."""
    held: dict[str, list[str]] = {path: [] for path in CREATIONS}

    def hold(exchange: Exchange) -> float:
        if exchange.status != 200 or exchange.method == "DELETE" or exchange.path not in CREATIONS:
            return 0.0
        body = json.loads(exchange.response)
        if body["status"] != "ok" or not isinstance(body["data"], dict):
            return 0.0
        held[exchange.path].append(str(body["data"].get(CREATIONS[exchange.path])))
        return 1.5 if len(held[exchange.path]) in HELD else 0.0

    with (
        running(SETTINGS) as base,
        operator(base) as client,
        keyed(client) as (target, key),
        recording(hold) as recorder,
    ):
        before = everything(target, key)

        words = ("-k", MAKING, "--timeout", "1", "--seed", "1")
        run = command("conform", base, *words, folder=tmp_path, environment=through(recorder.url))
        out, err = run.communicate(timeout=120)

        assert "and ran a second time" in out, out + err
        assert [line for line in out.splitlines() if "left on the target" in line and "ZIP files" not in line] == []
        assert (run.returncode, "not-judged" in out) == (0, False), out
        assert everything(target, key) == before
        assert names(client) == ["foreign"]
    lost = {path: [ids[number - 1] for number in HELD if len(ids) >= number] for path, ids in held.items()}
    assert all(lost.values()), held
    removed = " ".join(one.path for one in recorder.exchanges if one.method == "DELETE" and one.status == 200)
    for path in ("/api/v1/chat/projects", "/api/v1/chat/sessions/new"):
        assert [id for id in lost[path] if id not in removed] == []


def test_a_restarted_target_is_judged(tmp_path: Path) -> None:
    """The restart takes two seconds, and the target forgets the session of the dashboard."""
    words = ("serve", "--port", "{}", "--database", f"sqlite:///{tmp_path}/reference.db")
    server, base = serving(*words, port=0, folder=tmp_path)
    try:
        run = command("conform", base, "-k", MAKING, "--seed", "1", folder=tmp_path)
        with operator(base) as client:
            while len(names(client)) < ENOUGH and run.poll() is None:
                time.sleep(0.05)
        server.kill()
        server.communicate(timeout=10)
        time.sleep(2)
        server, base = serving(*words, port=int(base.rpartition(":")[2]), folder=tmp_path)

        out, err = run.communicate(timeout=120)

        assert "and ran a second time" in out, out + err
        assert (run.returncode, "tries again" in out) == (0, False), out + err  # of leftovers that could be removed
        with operator(base) as client:
            assert names(client) == []
    finally:
        server.kill()
        server.communicate(timeout=10)


def test_an_ended_session_is_renewed_once() -> None:
    """If the new login is rejected, the first response of the dashboard is returned."""
    with running(SETTINGS) as base:
        target = astrbot_target(TargetOptions(base))
        stale, password = Secret("a-token-of-before", "ASTRBOT_DASHBOARD_TOKEN"), Secret(PASSWORD, "ASTRBOT_PASSWORD")
        logins = []

        def log_in(with_password: Secret) -> Secret:
            logins.append(with_password)
            return session_token(target, USERNAME, with_password)

        dashboard = Dashboard(target, stale, lambda: log_in(password))
        assert [dashboard.list_keys().status for _ in range(2)] == [200, 200]
        assert dashboard.token != stale
        locked_out = Dashboard(target, stale, lambda: log_in(stale))
        assert [locked_out.list_keys().status for _ in range(2)] == [403, 403]
        assert logins == [password, stale]
        target.close()


def test_a_frozen_target_ends_the_run_soon(tmp_path: Path) -> None:
    """The run does not wait for a time-out per request. Leftovers are named, and `clean` removes them."""
    words = ("serve", "--port", "{}", "--database", f"sqlite:///{tmp_path}/reference.db")
    server, base = serving(*words, port=0, folder=tmp_path)
    try:
        run = command("conform", base, "--timeout", "0.5", "--seed", "1", folder=tmp_path)
        with operator(base) as client:
            while len(names(client)) < ENOUGH and run.poll() is None:
                time.sleep(0.05)
            server.send_signal(signal.SIGSTOP)
            began = time.monotonic()

            out, err = run.communicate(timeout=120)

            assert time.monotonic() - began < 30
            assert run.returncode == 3, out + err
            assert "the target stopped responding" in out
            assert "left on the target" in out
            server.send_signal(signal.SIGCONT)
            cleaning = command("clean", base, folder=tmp_path)
            assert cleaning.communicate(timeout=60)[1] == ""
            assert (cleaning.returncode, names(client)) == (0, [])
    finally:
        server.kill()
        server.communicate(timeout=10)


def test_the_circuit_breaker_opens_after_repeated_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three failures in a row that last three time-outs open it. One success closes it."""
    clock = Clock()
    monkeypatch.setattr(circuit_breaker, "time", clock)
    breaker = CircuitBreaker(20)
    for _ in range(9):
        breaker.record_failure()
    clock.now += 40
    assert (breaker.last_failed, breaker.is_open) == (True, False)
    clock.now += 1
    assert breaker.is_open

    breaker.half_open()
    assert not breaker.is_open
    breaker.record_failure()
    assert breaker.is_open
    breaker.record_success()
    assert (breaker.last_failed, breaker.is_open) == (False, False)


def test_idle_time_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time since the first failure counts, not the time since the last request."""
    clock = Clock()
    monkeypatch.setattr(circuit_breaker, "time", clock)
    breaker = CircuitBreaker(20)
    breaker.record_success()
    clock.now += 3600
    for _ in range(9):
        breaker.record_failure()
    assert not breaker.is_open
