"""A run reports what a passive check found, whatever was selected, and a replay repeats the request."""

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

REMOVAL = "DELETE /api/v1/bots/{bot_id}"
REMOVED = CATALOGUE["existing-bot-removed-by-any-key"]
FIXED: list[bool] = []  # empty for as long as the server is broken
ASKED: list[str] = []  # the paths of the bots that somebody tried to remove


@fault(breaks="SCOPE-REQUIRED")
def removed_until_it_is_fixed(server: Server) -> None:
    """Any key removes a bot that exists, until the server is fixed."""
    REMOVED.put_into(server)
    broken_scopes, form = server.scopes, server.forms

    def noted(scope: Scope) -> Scope:
        ASKED.extend([scope["path"]] if scope["method"] == "DELETE" and "/bots/" in scope["path"] else [])
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
    ASKED.clear()


def found_by(folder: Path, url: str, *words: str) -> list[dict[str, str]]:
    """The findings of a run with these options, as its report has them; its exit code says the same."""
    code = conform([url, "--seed", "1", "--report", str(folder), *words])
    report = json.loads((folder / "report.json").read_text())
    assert code == (1 if report["findings"] else 0)
    return list(report["findings"])


@pytest.mark.parametrize(
    "words", [("--requirement", "SCOPE-NO-EFFECT"), ("-k", "test_scope_no_effect and bot"), ("--tag", "bots")]
)
def test_a_run_that_did_not_select_it_reports_it(words: tuple[str, ...], tmp_path: Path) -> None:
    """The finding decides the verdict and is in every form of the report."""
    with broken(SETTINGS, REMOVED) as url:
        findings = found_by(tmp_path, url, *words)

    passive = [one for one in findings if one["operation"] == REMOVAL and one["requirement"] == "SCOPE-REQUIRED"]
    assert len(passive) == 1
    assert "$ASTRBOT_KEY_ALL_BUT_BOT_CONFIG" in passive[0]["curl"]
    for name in ("junit.xml", "report.html", "report.sarif", "summary.md"):
        text = (tmp_path / name).read_text()
        assert "SCOPE-REQUIRED" in text
        assert "/bots/{bot_id}" in text


def test_a_sound_server_gives_no_finding_in_a_narrowed_run(tmp_path: Path) -> None:
    """Nor is a requirement named that was not selected."""
    with broken(SETTINGS) as url:
        assert found_by(tmp_path, url, "--requirement", "SCOPE-NO-EFFECT") == []
    report = json.loads((tmp_path / "report.json").read_text())

    assert [requirement["id"] for requirement in report["requirements"]] == ["SCOPE-NO-EFFECT"]


def test_replay_repeats_the_very_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding stands for as long as the server is broken, and is gone once it is fixed."""
    with broken(SETTINGS, removed_until_it_is_fixed) as url:
        (finding,) = found_by(tmp_path, url, "-k", "test_scope_no_effect and bot")
        assert finding["sent_by"] == "test_scope_no_effect[bot]"
        again = partial(replay, [str(tmp_path), "--url", url])
        ASKED.clear()
        capsys.readouterr()

        assert again() == 1
        assert any(path.endswith("-bot-kept") for path in ASKED)
        FIXED.append(True)
        ASKED.clear()
        assert again() == 0
        assert any(path.endswith("-bot-kept") for path in ASKED)
    told = capsys.readouterr().out
    assert [line.split()[1] for line in told.splitlines() if line.startswith("#1")] == ["stands", "gone"]


def test_processes_find_what_one_finds() -> None:
    """What a process saw is judged with what the others saw, and reported once."""

    def found_with(workers: int) -> list[tuple[str, str, str]]:
        report = _judged(url, workers)
        return [(one.requirement, one.operation, one.check) for one in report.findings]

    with broken(SETTINGS, REMOVED) as url:
        alone, shared = found_with(1), found_with(2)

    assert shared == alone
    assert [(requirement, operation) for requirement, operation, _ in alone] == [("SCOPE-REQUIRED", REMOVAL)]


def _judged(url: str, workers: int) -> Report:
    selection = Selection(seed=1, requirements=frozenset({"SCOPE-NO-EFFECT"}))
    options, password = TargetOptions(base=url, disposable=True), Secret(PASSWORD, "ASTRBOT_PASSWORD")
    report, mistakes = judge(RunOptions(options, USERNAME, password, selection, workers=workers), lambda *_: None)
    assert mistakes == []
    return report
