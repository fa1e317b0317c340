"""Wrong input of every kind: one line on stderr, the documented exit code, and no text that looks like a verdict."""

import contextlib
import io
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from astrbot_conformance.cli.check import check
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_reference.cli import serve

from tests.conformance.hostile import Talk, answering, listening, reply, saying, silent

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (check, clean, conform, diff, replay, serve)
}
COMMAND = Path(sys.executable).with_name("astrbot-contract")
NO_SERVER = "http://127.0.0.1:9"
VERDICT = re.compile(r"CONFORMANT|VIOLATIONS|NOT JUDGED|opens|better|removed \d|on http")
VARIABLES = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY", "ASTRBOT_KEY_EXPIRED")


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


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test runs in its own folder, without the login of the user."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login and keys, so that no command ends because they are missing."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "abk_0123456789abcdef")


def refused(name: str, words: Sequence[str], capsys: pytest.CaptureFixture[str], code: int = 2) -> str:
    """The output of a command that ends with `code`: one line on stderr, and no verdict."""
    assert COMMANDS[name](list(words)) == code
    output = capsys.readouterr()
    assert not VERDICT.search(output.out)
    assert "Traceback" not in output.err
    assert output.err.count("\n") == 1, output.err
    return output.err


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


DEEP = 100_000
FILES: list[tuple[str, bytes, str]] = [
    ("invalid UTF-8", b"\xff\xfe[\x00", "is not UTF-8 text"),
    ("deep", b"a = " + b"[" * DEEP, "is nested too deeply"),
    ("huge", b"#" * ((1 << 20) + 1), "is larger than 1 MiB"),
    ("not TOML", b"[[known", "is not valid TOML"),
    ("a long number", b"a = " + b"9" * 5000, "is not valid TOML"),
]


@pytest.mark.parametrize("option", ["--known", "--keys"])
@pytest.mark.parametrize(("content", "error"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_an_unreadable_toml_file_is_reported(
    option: str, content: bytes, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the file and the problem."""
    Path("given.toml").write_bytes(content)

    assert f"{option} given.toml: {error}" in refused("conform", [NO_SERVER, option, "given.toml"], capsys)


@pytest.mark.parametrize("option", ["--known", "--keys", "--ca"])
def test_a_folder_instead_of_a_file_is_reported(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder cannot be read as a file."""
    assert f"{option} ." in refused("conform", [NO_SERVER, option, "."], capsys)


REPORTS: list[tuple[str, bytes, str]] = [
    ("invalid UTF-8", b"\xff", "is not UTF-8 text"),
    ("deep", b"[" * DEEP, "is not valid JSON"),
    ("cut short", b'{"format": 1', "is not valid JSON"),
    ("a long number", b'{"format": ' + b"9" * 5000 + b"}", "is not valid JSON"),
    ("empty", b"", "is not valid JSON"),
    ("something else", b"[]", "is not a report"),
    ("another format", b'{"format": 2, "findings": []}', "format 2"),
    ("no target", b'{"format": 1, "findings": [], "verdict": "conformant"}', "is damaged"),
    (
        "an endless seed",
        json.dumps(
            {
                "format": 1,
                "verdict": "conformant",
                "target": {"url": "", "release": "", "contract": ""},
                "run": {"seed": math.inf, "effects": "read"},
                "requirements": [],
                "findings": [],
            }
        ).encode(),
        "is not valid JSON",
    ),
]


@pytest.mark.parametrize(("content", "error"), [row[1:] for row in REPORTS], ids=[row[0] for row in REPORTS])
@pytest.mark.parametrize("name", ["diff", "replay"])
def test_an_unreadable_report_is_reported(
    name: str, content: bytes, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, and the line names the file."""
    Path("report.json").write_bytes(content)
    words = ["report.json"] * (2 if name == "diff" else 1)

    output = refused(name, words, capsys)

    assert "report.json" in output
    assert error in output


@pytest.mark.parametrize(
    "words",
    [
        ["conform", NO_SERVER, "--known", "pipe"],
        ["conform", NO_SERVER, "--keys", "pipe"],
        ["conform", NO_SERVER, "--ca", "pipe"],
        ["diff", "pipe", "pipe"],
        ["replay", "pipe"],
    ],
    ids=" ".join,
)
def test_a_pipe_without_a_writer_does_not_hang(words: list[str]) -> None:
    """A named pipe is not a regular file, and the command does not wait for it."""
    os.mkfifo("pipe")

    ended = subprocess.run([str(COMMAND), *words], capture_output=True, text=True, timeout=60, check=False)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "is not a regular file" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--known", "--keys"])
def test_a_byte_order_mark_is_allowed(
    option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """TOML from an editor on Windows is read: the run ends later, because nothing listens at the address."""
    monkeypatch.setenv("KEY_OF_MY_BOT", "abk_0123456789abcdef")
    known = '[[known]]\nrequirement = "DOC-UI"\nreason = "seen"\n'
    keys = '[[key]]\nvariable = "KEY_OF_MY_BOT"\nscopes = ["bot"]\n'
    Path("given.toml").write_text(known if option == "--known" else keys, encoding="utf-8-sig")

    assert "nothing listens at this address" in refused("conform", [NO_SERVER, option, "given.toml"], capsys)


OTHERS: list[tuple[str, Talk, int, str]] = [
    ("a web site", answering(200, "<html><title>Shop</title></html>", kind="text/html"), 3, "returns a web page"),
    ("an empty 200", answering(200, ""), 3, "not AstrBot"),
    ("another JSON API", answering(200, {"hello": "world"}), 3, "not AstrBot"),
    ("another API's 404", answering(404, {"detail": "Not Found"}), 3, "not AstrBot"),
    ("a login in front", answering(401, "who?", kind="text/plain"), 3, "requires a login"),
    ("a gateway without a server", answering(502, "bad gateway", kind="text/plain"), 3, "returns 502"),
    ("SSH", saying(b"SSH-2.0-OpenSSH_9.6\r\n"), 3, ""),
    ("a port that hangs up", saying(b""), 3, ""),
    ("a redirect to itself", answering(302, "", more="Location: /api/v1/im/bots\r\n"), 3, "redirects to itself"),
    (
        "a redirect elsewhere",
        answering(302, "", more="Location: https://elsewhere.example/\r\n"),
        2,
        "give that address",
    ),
    ("silence", silent, 2, "no response in time"),
]


@pytest.mark.parametrize("name", ["check", "clean", "conform"])
@pytest.mark.parametrize(("talk", "code", "error"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
@pytest.mark.usefixtures("credentials")
def test_a_server_that_is_not_astrbot_ends_as_documented(
    name: str, talk: Talk, code: int, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """3 if another server responds; 2 if nothing listens, or if the error knows the right address."""
    with listening(talk) as base:
        output = refused(name, [base, "--timeout", "0.5"], capsys, code)

    assert error in output
    assert base in output


@pytest.mark.parametrize("name", ["check", "clean", "conform"])
@pytest.mark.usefixtures("credentials")
def test_https_to_a_plain_port_is_a_wrong_address(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says that the port uses http, with exit code 2."""
    with listening(saying(reply(400, "Bad Request"))) as base:
        output = refused(name, [base.replace("http:", "https:"), "--timeout", "0.5"], capsys)

    assert "does this port use plain http" in output
