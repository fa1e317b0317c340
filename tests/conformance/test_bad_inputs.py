"""Wrong usage of every kind: one line on stderr, the documented exit code, and no text that looks like a verdict."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from astrbot_conformance.cli.conform import conform

from tests.conformance.wrong_use import COMMANDS, NO_SERVER, refused

pytestmark = pytest.mark.usefixtures("empty_folder")


def options_with_a_value(name: str) -> list[str]:
    """The options of a command that take a value, from its help."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
        COMMANDS[name](["--help"])
    return re.findall(r"^  (?:-\w, )?(-{1,2}[\w-]+) (?=[A-Z{])", text.getvalue(), re.MULTILINE)


OPTIONS = {name: options_with_a_value(name) for name in ("conform", "check", "clean", "replay", "serve")}
EMPTY = [
    *((name, [option, blank]) for name, options in OPTIONS.items() for option in options for blank in ("", " ")),
    *(("conform", [f"{option}="]) for option in OPTIONS["conform"] if option.startswith("--")),
    *((name, [""]) for name in ("check", "clean", "conform", "replay")),
    ("conform", ["--requirement", "DOC-UI", "--requirement", ""]),
    ("conform", [" ", "--requirement", "DOC-UI"]),
    ("diff", ["", "report.json"]),
    ("diff", ["report.json", ""]),
    ("replay", ["report.json", ""]),
]


def test_the_cases_cover_every_option() -> None:
    """The cases below cover every option of every command, including options that are added later."""
    assert {"--report", "--known", "--keys", "--requirement", "--tag", "-k", "--ca", "-n"} <= set(OPTIONS["conform"])
    assert {"--url", "--release"} <= set(OPTIONS["replay"])
    assert {"--port", "--database", "--fault"} <= set(OPTIONS["serve"])
    assert all("--timeout" in OPTIONS[name] for name in ("check", "clean"))


@pytest.mark.parametrize(("name", "words"), EMPTY, ids=[f"{name} {words}" for name, words in EMPTY])
def test_an_empty_value_selects_no_default(
    name: str, words: list[str], capsys: pytest.CaptureFixture[str], empty_folder: Path
) -> None:
    """An empty argument or option value is named and ends the command before it does anything."""
    output = refused(name, words, capsys)

    before = next((words[place - 1] for place, word in enumerate(words) if place and not word.strip()), "")
    named = words[0].rstrip("=") if words[0].endswith("=") else before
    assert "the value is empty" in output
    assert named in output or not named.startswith("-")
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words", "variable"),
    [
        *(("conform", [NO_SERVER], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        ("conform", [NO_SERVER], "ASTRBOT_KEY_EXPIRED"),
        ("conform", ["--ui", NO_SERVER], "ASTRBOT_CHROMIUM"),
        ("check", [NO_SERVER], "ASTRBOT_KEY"),
        *(("clean", [NO_SERVER], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        *(("replay", ["report.json"], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        *(("serve", [], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY_EXPIRED")),
    ],
)
def test_a_variable_that_is_set_but_empty_is_not_unset(
    name: str, words: list[str], variable: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No request is sent, no server starts, and no other mode is used. The line names the variable."""
    monkeypatch.setenv(variable, "")

    assert variable in refused(name, words, capsys)


def test_variables_that_a_run_does_not_read_may_be_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The built-in server needs no login, so an empty login is no error."""
    monkeypatch.setenv("ASTRBOT_PASSWORD", "")

    assert conform(["--requirement", "DOC-UI", "--report", str(tmp_path / "report")]) == 0


WRONG = [
    ("conform", ["--report", "x" * 300], "the report cannot be written to this folder"),
    ("conform", ["--release", "soon"], "--release soon"),
    ("conform", ["--requirement", "DOC-UI\nCONFORMANT"], "--requirement DOC-UI"),
    ("conform", ["--release", "9" * 5000], "not a version"),
    ("conform", ["--max-chats", "-1"], "--max-chats"),
    ("conform", ["-n", "0"], "-n 0"),
    ("conform", ["--timeout", "inf"], "--timeout"),
    ("conform", ["--timeout", "0"], "--timeout"),
    ("conform", ["--keys", "keys.toml"], "--keys needs the URL"),
    ("conform", [NO_SERVER, "--keys", "missing.toml"], "missing.toml: cannot be read"),
    ("conform", ["--known", "missing.toml"], "missing.toml: cannot be read"),
    ("conform", ["one", "two"], "unrecognized arguments: two"),
    ("conform", ["--dry-run", "--ui"], "--dry-run"),
    ("conform", ["http://"], "not a valid address"),
    ("conform", ["http://user:secret@127.0.0.1"], "contains a login"),
    ("check", ["--format", "yaml"], "invalid choice"),
    ("check", ["127.0.0.1:6185"], "ASTRBOT_KEY"),
    ("clean", [], "URL"),
    ("clean", ["nonsense"], "not a valid address"),
    ("diff", ["missing", "missing"], "cannot be read"),
    ("diff", ["x" * 300, "missing"], "cannot be read"),
    ("replay", ["missing"], "cannot be read"),
    ("serve", ["--no-such-option"], "unrecognized arguments"),
    ("serve", ["--port", "many"], "invalid int value"),
    ("serve", ["--port", "70000"], "cannot be used"),
    ("serve", ["--release", "4.27.0"], "no such release"),
    ("serve", ["--fault", "bearer-ignred"], "did you mean bearer-ignored?"),
    ("serve", ["--database", "nonsense"], "the database cannot be opened"),
    ("serve", ["extra"], "unrecognized arguments"),
]


@pytest.mark.parametrize(
    ("name", "words", "error"), WRONG, ids=[f"{name} {' '.join(words)}"[:60] for name, words, _ in WRONG]
)
def test_wrong_usage_is_reported(name: str, words: list[str], error: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown or impossible values are named, with exit code 2."""
    assert error in refused(name, words, capsys)
