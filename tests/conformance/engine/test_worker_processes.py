"""Several processes reach the verdict of one, leave nothing behind, and show no secrets."""

import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.secret import Secret, all_held
from astrbot_conformance.verdict.judgement import Report
from astrbot_faults import CATALOGUE, broken
from astrbot_reference import running

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, command, operator

pytestmark = pytest.mark.slow

ASKED = frozenset("SCOPE-REQUIRED SHAPE-BODY NO-SECRETS KEY-IMPLIES PATH-ID MSG-TYPES SESSIONS-OWNER".split())
TAGS = ("api-keys", "bots", "chat", "chat-sessions", "im", "personas")
SOME = frozenset(one.id for one in releases.contract(releases.BASE).operations if one.tag in TAGS)
BROKEN = ("check-dropped", "types-know-no-case")


def run_options(url: str, **more: Any) -> RunOptions:
    """The options of a run of some requirements and operations with one seed."""
    selection = Selection(seed=1, requirements=ASKED, operations=SOME)
    given = RunOptions(
        TargetOptions(base=url, disposable=True), USERNAME, Secret(PASSWORD, "ASTRBOT_PASSWORD"), selection
    )
    return replace(given, **more)


def judged(url: str, **more: Any) -> Report:
    """The report of such a run; the suite had no errors."""
    report, errors = judge(run_options(url, **more), lambda *_: None)
    assert errors == []
    return report


def statuses(report: Report) -> dict[str, object]:
    """The status and the operations of each requirement in a report."""
    return {each.id: (each.status, each.checks, each.reason, each.operations) for each in report.requirements}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, which outlives the runs."""
    with running(SETTINGS) as url:
        yield url


def test_two_processes_have_the_verdict_of_one() -> None:
    """The statuses are equal, the findings are in the same order, and each check ran once. Some faults are included."""
    with broken(SETTINGS, *(CATALOGUE[name] for name in BROKEN)) as url:
        alone, shared = (judged(url, workers=number) for number in (1, 2))

    assert statuses(shared) == statuses(alone)
    assert [each.check for each in shared.judgements] == [each.check for each in alone.judgements]
    assert [each.check for each in shared.findings] == [each.check for each in alone.findings]
    assert (shared.verdict, alone.verdict, bool(shared.findings)) == ("violations", "violations", True)
    assert shared.keyed_requests >= alone.keyed_requests


def test_the_keys_of_all_processes_are_masked_and_removed(base: str) -> None:
    """Each process creates its own keys. This process masks all of them, and none is left on the target."""
    known = {secret.reveal() for secret in all_held()}
    judged(base, workers=2, selection=Selection(seed=1, requirements=frozenset({"SCOPE-REQUIRED"})))
    met = {secret.reveal() for secret in all_held()} - known

    assert len([secret for secret in met if secret.startswith("abk_")]) > 18  # two for each scope, in two processes
    with operator(base) as client:
        assert client.get("/api/v1/api-keys").json()["data"] == []


def test_chats_are_counted_together(base: str) -> None:
    """`--max-chats` limits the chats of all processes together."""
    selection = Selection(seed=1, requirements=frozenset({"MSG-FORMS", "CHAT-STREAM"}))
    report = judged(base, workers=2, selection=selection, max_chats=0)

    reasons = [each.reason for each in report.judgements if each.status == "not-judged"]
    assert reasons
    assert set(reasons) - {"the target returned no response that this check can judge"} == {
        "the limit of 0 chats is reached (--max-chats)"
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_keys(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """The processes stop and remove their resources. The results so far are reported with exit code 3."""
    with operator(base) as client:
        run = _begun(base, client, tmp_path)
        run.send_signal(number)

        out, err = run.communicate(timeout=60)

        assert client.get("/api/v1/api-keys").json()["data"] == []
    assert (run.returncode, err) == (3, "")
    assert "interrupted" in out


def test_a_dead_process_gives_no_verdict(base: str, tmp_path: Path) -> None:
    """Its keys are still removed, and the run reports the failure."""
    with operator(base) as client:
        run = _begun(base, client, tmp_path)
        subprocess.run(["pkill", "-KILL", "-P", str(run.pid), "-f", "spawn_main"], check=True)

        out, _ = run.communicate(timeout=60)

        assert client.get("/api/v1/api-keys").json()["data"] == []
    assert run.returncode == 3
    assert "a process of the run died" in " ".join(out.split())


@pytest.mark.parametrize("number", ["0", "65", "many", "-1", "²"])
def test_an_impossible_number_of_processes_is_reported(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2 with one line."""
    assert conform(["-n", number]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def _begun(base: str, client: httpx2.Client, folder: Path) -> "subprocess.Popen[str]":
    """A run in two processes that have already created keys."""
    run = command("conform", base, "-n", "2", "--requirement", "SCOPE-REQUIRED", "--rate", "100", folder=folder)
    deadline = time.monotonic() + 60
    while len(client.get("/api/v1/api-keys").json()["data"]) < 6 and time.monotonic() < deadline:
        time.sleep(0.05)
    return run
