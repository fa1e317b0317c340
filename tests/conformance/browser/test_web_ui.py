"""`--ui`: findings, requirements that are not judged, and the handling of keys and pictures."""

import importlib.util
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.report.json import render as json_of
from astrbot_faults import CATALOGUE, broken
from astrbot_reference import running

from tests.conformance.browser import pages
from tests.conformance.browser.chromium import CHROMIUM, NO_BROWSER
from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, command, operator
from tests.conformance.default_run import default_run
from tests.conformance.report.samples import failed, finding, report

pytestmark = pytest.mark.slow

UI = frozenset(name for name in releases.contract().requirements if name.startswith("UI-"))
WORDS = ["--ui", "-k", "test_ui"]
needs_browser = pytest.mark.skipif(bool(NO_BROWSER), reason=NO_BROWSER)


@pytest.fixture
def logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login of the reference server in the environment."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)


@pytest.fixture
def base() -> Iterator[str]:
    """A reference server."""
    with running(SETTINGS) as url:
        yield url


def names(client: httpx2.Client) -> list[str]:
    """The names of all keys."""
    return [key["name"] for key in client.get("/api/v1/api-keys").json()["data"]]


@needs_browser
def test_the_reference_page_conforms(base: str, logged_in: None, tmp_path: Path) -> None:
    """All requirements pass in both languages, the pictures are stored and shown, and no key is left."""
    code = conform([base, *WORDS, "--report", str(tmp_path)])
    report = json.loads((tmp_path / "report.json").read_text())
    pictures = {path.name for path in tmp_path.glob("*.png")}

    assert code == 0
    assert {one["id"]: (one["status"], one["checks"]) for one in report["requirements"]} == dict.fromkeys(
        UI, ("passed", 2)
    )
    assert pictures == {"ui-en-chosen.png", "ui-en-made.png", "ui-zh-chosen.png", "ui-zh-made.png"}
    assert all(name in (tmp_path / "report.html").read_text() for name in pictures)
    with operator(base) as client:
        assert names(client) == []


@needs_browser
def test_another_layout_is_found_by_role_and_text() -> None:
    """Chips instead of boxes, a list of languages, a dialog behind a tab, a confirmation, a key in a field."""
    report = default_run(pages.showing(pages.OTHER_LAYOUT), requirements=UI, browser=CHROMIUM)

    assert report.findings == ()
    assert {one.id: one.status for one in report.requirements} == dict.fromkeys(UI, "passed")


@needs_browser
def test_the_newest_release_offers_its_sub_scopes() -> None:
    """A server of the newest release offers all its scopes, including those that need another scope."""
    report = default_run(requirements=UI, browser=CHROMIUM, release=releases.NEWEST)

    assert report.findings == ()
    assert {one.status for one in report.requirements} == {"passed"}


@needs_browser
@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (pages.NOTHING, "shows no login"),
        (pages.NO_LOGIN, "shows no login"),
        (pages.NO_DIALOG, "no dialog was found"),
        (pages.WITHOUT_NAMES, "no dialog was found"),
    ],
)
def test_a_missing_dialog_is_not_judged(page: str, reason: str) -> None:
    """Without a dialog, or without scopes in it, nothing fails. A picture shows the step at which the check stopped."""
    report = default_run(pages.showing(page), requirements=UI, browser=CHROMIUM, timeout=4.0)

    assert report.findings == ()
    assert {one.status for one in report.requirements} == {"not-judged"}
    assert all(reason in (one.reason or "") for one in report.judgements)
    assert not any(one.by_choice for one in report.judgements)
    assert {picture.shows for picture in report.pictures} == {"stopped"}


@needs_browser
@pytest.mark.parametrize("page", [pages.LOGS_IN_SLOWLY, pages.FORM_DISAPPEARS], ids=["slow", "form disappears"])
def test_a_slow_login_is_awaited(page: str) -> None:
    """The form is filled again, but a field that disappears meanwhile does not stop the login. Each wait is bounded."""
    began = time.monotonic()
    report = default_run(pages.showing(page), requirements=UI, browser=CHROMIUM, timeout=4.0)

    assert {one.status for one in report.requirements} == {"not-judged"}
    assert all("no dialog was found" in (one.reason or "") for one in report.judgements)
    assert time.monotonic() - began < 120


@needs_browser
def test_a_finding_is_replayed(logged_in: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`replay` checks the web UI again and reports whether the finding is still present."""
    with broken(SETTINGS, CATALOGUE["scopes-without-a-word"]) as url:
        meanings = finding("UI-MEANINGS", "web UI in Chinese", check="test_ui_meanings[zh]", level="SHOULD")
        (tmp_path / "report.json").write_text(json_of(replace(report(failed(meanings)), url=url)))

        assert replay([str(tmp_path), "1", "--yes"]) == 1

    assert "none next to bot, provider" in capsys.readouterr().out


@needs_browser
@pytest.mark.parametrize("whole_group", [True, False], ids=["ctrl-c", "sigterm"])
def test_an_interrupted_browser_check_leaves_no_key(base: str, tmp_path: Path, *, whole_group: bool) -> None:
    """The created key is removed after Ctrl-C, which the browser receives too, and after SIGTERM, which it does not."""
    with operator(base) as client:
        run = command("conform", base, *WORDS, folder=tmp_path, own_group=True)
        deadline = time.monotonic() + 120
        while not (created := [name for name in names(client) if "-ui-" in name]) and time.monotonic() < deadline:
            time.sleep(0.05)
        if whole_group:
            os.killpg(run.pid, signal.SIGINT)
        else:
            run.send_signal(signal.SIGTERM)
        out, err = run.communicate(timeout=60)

        assert [name.rpartition("-ui-")[2] for name in created] == ["en"]
        assert names(client) == []
    assert run.returncode == 3, out + err
    assert "interrupted" in out


def test_the_web_ui_is_judged_only_on_request(base: str, logged_in: None, tmp_path: Path) -> None:
    """Without `--ui`, these requirements are not judged, by choice, which does not affect the verdict."""
    assert conform([base, "--requirement", "UI-SCOPES", "--requirement", "DOC-UI", "--report", str(tmp_path)]) == 0
    (_, status) = sorted(json.loads((tmp_path / "report.json").read_text())["requirements"], key=lambda one: one["id"])

    assert (status["id"], status["status"]) == ("UI-SCOPES", "not-judged")
    assert "--ui" in status["reason"]


@pytest.mark.parametrize(
    ("missing", "out"),
    [("playwright", "pip install 'astrbot-contract[ui]'"), ("chromium", "apt-get install chromium")],
)
def test_a_missing_browser_is_reported(
    missing: str, out: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Playwright or a browser, one line says what to install, and the exit code is 2."""
    if missing == "playwright":
        monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr("astrbot_conformance.browser.browser._playwrights_own", lambda: None)

    assert conform(["--ui"]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert out in line


def test_a_named_browser_must_exist(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong path in ASTRBOT_CHROMIUM is an error, even if another browser could be found."""
    monkeypatch.setenv("ASTRBOT_CHROMIUM", "/nowhere/chromium")

    assert conform(["--ui"]) == 2
    assert "/nowhere/chromium" in capsys.readouterr().err


def test_a_dry_run_cannot_include_the_web_ui(capsys: pytest.CaptureFixture[str]) -> None:
    """`--dry-run --ui` is rejected, because the requests of a browser are not listed."""
    assert conform(["--ui", "--dry-run"]) == 2
    assert "--dry-run" in capsys.readouterr().err
