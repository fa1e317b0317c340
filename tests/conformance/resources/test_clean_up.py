"""However a run ends, none of its resources is left, and no other resource is changed."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, command, new_key, operator
from tests.conformance.leftovers import delete_similar_keys, everything, keyed, killed_run, names, runs
from tests.conformance.run_names import SIMILAR

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, which outlives the runs."""
    with running(SETTINGS) as url:
        yield url


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_keys(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """After Ctrl-C, SIGTERM or a closed terminal, the keys are removed, the report says so, and the exit code is 3."""
    with operator(base) as client:
        run = command("conform", base, "--requirement", "SCOPE-REQUIRED", "--seed", "1", folder=tmp_path)
        deadline = time.monotonic() + 60
        while len(names(client)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(names(client)) >= 4
        run.send_signal(number)

        out, err = run.communicate(timeout=60)

        assert names(client) == []
    assert run.returncode == 3, err
    assert "interrupted" in out


def test_the_next_run_removes_leftovers(base: str, tmp_path: Path) -> None:
    """It says so, and does not touch similar names or resources of an active run."""
    with operator(base) as client, keyed(client) as (target, key):
        for name in SIMILAR:
            new_key(client, "chat", name=name)
        before = everything(target, key)
        going = command(
            "conform", base, "--requirement", "SCOPE-REQUIRED", "--effects", "read", "--rate", "25", folder=tmp_path
        )
        while not (others := runs(client)):
            time.sleep(0.02)
        killed_run(base, tmp_path, lambda: everything(target, key) != before)
        (killed,) = runs(client) - others

        following = command("conform", base, "--requirement", "IM-BOTS", folder=tmp_path)
        out, err = following.communicate(timeout=60)
        out = " ".join(out.split())

        assert (following.returncode, err) == (0, "")
        assert f"of runs that were killed (conform-{killed}-…)" in out
        assert f"another run is going on this target (conform-{next(iter(others))}-…)" in out
        assert everything(target, key) == before
        assert runs(client) == others
        out, err = going.communicate(timeout=60)
        assert (going.returncode, err) == (0, ""), out
        assert sorted(names(client)) == sorted(["foreign", *SIMILAR])
        delete_similar_keys(client)


def test_a_reading_run_removes_only_keys(base: str, tmp_path: Path) -> None:
    """With --effects read, the keys of a killed run are removed; a note says that `clean` removes the rest."""
    with operator(base) as client, keyed(client) as (target, key):
        before = everything(target, key)
        killed_run(base, tmp_path, lambda: everything(target, key) != before)
        left = everything(target, key)

        following = command("conform", base, "--requirement", "IM-BOTS", "--effects", "read", folder=tmp_path)
        out = " ".join(following.communicate(timeout=60)[0].split())

        assert " and 0 other resources of runs that were killed" in out
        assert "`astrbot-contract clean` removes them" in out
        assert (everything(target, key), names(client)) == (left, ["foreign"])
        command("clean", base, folder=tmp_path).communicate(timeout=60)
        assert everything(target, key) == before
