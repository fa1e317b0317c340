"""A run reports findings of the passive check for any selection, and a replay repeats the request."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.judgement import Report
from astrbot_faults import CATALOGUE, Server, broken, fault
from starlette.types import Scope

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME

pytestmark = pytest.mark.slow

REMOVAL = "DELETE /api/v1/bots/{bot_id}"
FAULT = CATALOGUE["existing-bot-removed-by-any-key"]
FIXED: list[bool] = []  # empty as long as the server is broken
DELETED_BOTS: list[str] = []  # the paths of the bots that a request tried to remove


@fault(breaks="SCOPE-REQUIRED")
def delete_with_any_key(server: Server) -> None:
    """Any key deletes an existing bot, until the server is fixed."""
    FAULT.put_into(server)
    broken_scopes, form = server.scopes, server.forms

    def noted(scope: Scope) -> Scope:
        DELETED_BOTS.extend([scope["path"]] if scope["method"] == "DELETE" and "/bots/" in scope["path"] else [])
        return form(scope)

    server.forms = noted
    server.scopes = lambda operation, held: held if FIXED else broken_scopes(operation, held)


@pytest.fixture(autouse=True)
def _login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The login of the server."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    yield
    FIXED.clear()
    DELETED_BOTS.clear()


def findings_of(folder: Path, url: str, *words: str) -> list[dict[str, str]]:
    """The findings of a run with these options in its report. The exit code agrees."""
    code = conform([url, "--seed", "1", "--report", str(folder), *words])
    report = json.loads((folder / "report.json").read_text())
    assert code == (1 if report["findings"] else 0)
    return list(report["findings"])


@pytest.mark.parametrize(
    "words", [("--requirement", "SCOPE-NO-EFFECT"), ("-k", "test_scope_no_effect and bot"), ("--tag", "bots")]
)
def test_a_run_reports_an_unselected_requirement(words: tuple[str, ...], tmp_path: Path) -> None:
    """The finding affects the verdict and is in every format of the report."""
    with broken(SETTINGS, FAULT) as url:
        findings = findings_of(tmp_path, url, *words)

    passive = [one for one in findings if one["operation"] == REMOVAL and one["requirement"] == "SCOPE-REQUIRED"]
    assert len(passive) == 1
    assert "$ASTRBOT_KEY_ALL_BUT_BOT_CONFIG" in passive[0]["curl"]
    for name in ("junit.xml", "report.html", "report.sarif", "summary.md"):
        text = (tmp_path / name).read_text()
        assert "SCOPE-REQUIRED" in text
        assert "/bots/{bot_id}" in text


def test_a_sound_server_gives_no_finding_in_a_narrowed_run(tmp_path: Path) -> None:
    """No unselected requirement is listed either."""
    with broken(SETTINGS) as url:
        assert findings_of(tmp_path, url, "--requirement", "SCOPE-NO-EFFECT") == []
    report = json.loads((tmp_path / "report.json").read_text())

    assert [requirement["id"] for requirement in report["requirements"]] == ["SCOPE-NO-EFFECT"]


def test_replay_repeats_the_same_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding is present as long as the server is broken, and gone after the fix."""
    with broken(SETTINGS, delete_with_any_key) as url:
        (finding,) = findings_of(tmp_path, url, "-k", "test_scope_no_effect and bot")
        assert finding["sent_by"] == "test_scope_no_effect[bot]"
        again = partial(replay, [str(tmp_path), "--url", url])
        DELETED_BOTS.clear()
        capsys.readouterr()

        assert again() == 1
        assert any(path.endswith("-bot-kept") for path in DELETED_BOTS)
        FIXED.append(True)
        DELETED_BOTS.clear()
        assert again() == 0
        assert any(path.endswith("-bot-kept") for path in DELETED_BOTS)
    out = capsys.readouterr().out
    assert [line.split()[1] for line in out.splitlines() if line.startswith("#1")] == ["present", "gone"]


def test_two_processes_have_the_findings_of_one() -> None:
    """The evidence of all processes is merged, and each finding is reported once."""

    def found_with(workers: int) -> list[tuple[str, str, str]]:
        report = _judged(url, workers)
        return [(one.requirement, one.operation, one.check) for one in report.findings]

    with broken(SETTINGS, FAULT) as url:
        alone, shared = found_with(1), found_with(2)

    assert shared == alone
    assert [(requirement, operation) for requirement, operation, _ in alone] == [("SCOPE-REQUIRED", REMOVAL)]


def _judged(url: str, workers: int) -> Report:
    selection = Selection(seed=1, requirements=frozenset({"SCOPE-NO-EFFECT"}))
    options, password = TargetOptions(base=url, disposable=True), Secret(PASSWORD, "ASTRBOT_PASSWORD")
    report, mistakes = judge(RunOptions(options, USERNAME, password, selection, workers=workers), lambda *_: None)
    assert mistakes == []
    return report
