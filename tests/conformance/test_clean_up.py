"""Whatever ends a run, nothing that it made stays behind; and nothing else is touched."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, command, operator

FOREIGN = ["conforming", "my conform-key", "Conform-1"]


def names(client: httpx.Client) -> list[str]:
    """The names of all keys."""
    return [key["name"] for key in client.get("/api/v1/api-keys").json()["data"]]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, so that it outlives the runs."""
    with running(SETTINGS) as url:
        yield url


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_keys(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C and SIGTERM in the middle: keys are removed, the report says so, the exit code is 3."""
    with operator(base) as client:
        run = command("conform", base, "--requirement", "SCOPE-REQUIRED", "--seed", "1", folder=tmp_path)
        deadline = time.monotonic() + 60
        while len(names(client)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(names(client)) >= 4
        run.send_signal(number)

        told, wrong = run.communicate(timeout=60)

        assert names(client) == []
    assert run.returncode == 3, wrong
    assert "interrupted" in told


def test_clean_removes_what_runs_left_and_nothing_else(base: str, tmp_path: Path) -> None:
    """Keys named `conform-…` go; keys with similar names stay."""
    with operator(base) as client:
        for name in ("conform-12345678-chat", "conform-x", *FOREIGN):
            client.post("/api/v1/api-keys", json={"name": name, "scopes": ["chat"]}).raise_for_status()

        cleaning = command("clean", base, folder=tmp_path)
        told, wrong = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, wrong) == (0, "")
        assert "2 of 2 keys" in told
        assert sorted(names(client)) == sorted(FOREIGN)
