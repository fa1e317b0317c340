"""Wrong input of every kind: one line on stderr, the documented exit code, and nothing that reads like a verdict."""

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
NOBODY = "http://127.0.0.1:9"
VERDICT = re.compile(r"CONFORMANT|VIOLATIONS|NOT JUDGED|opens|better|removed from|on http")
VARIABLES = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY", "ASTRBOT_KEY_EXPIRED")


def options_with_a_value(name: str) -> list[str]:
    """The options of a command that take a value, as its help lists them."""
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
    """Each test runs in a folder of its own, without the login of whoever runs it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login and keys, so that no command ends for want of one."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "abk_0123456789abcdef")


def refused(name: str, words: Sequence[str], capsys: pytest.CaptureFixture[str], code: int = 2) -> str:
    """What a command says when it ends with `code`: one line on stderr, and no verdict."""
    assert COMMANDS[name](list(words)) == code
    said = capsys.readouterr()
    assert not VERDICT.search(said.out)
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1, said.err
    return said.err


def test_the_help_lists_the_options_that_are_tried() -> None:
    """The cases below cover every option of every command, also those that are added later."""
    assert {"--report", "--known", "--keys", "--requirement", "--tag", "-k", "--ca", "-n"} <= set(OPTIONS["conform"])
    assert {"--url", "--release"} <= set(OPTIONS["replay"])
    assert {"--port", "--database", "--fault"} <= set(OPTIONS["serve"])
    assert all("--timeout" in OPTIONS[name] for name in ("check", "clean"))


@pytest.mark.parametrize(("name", "words"), EMPTY, ids=[f"{name} {words}" for name, words in EMPTY])
def test_an_empty_value_selects_no_default(
    name: str, words: list[str], capsys: pytest.CaptureFixture[str], empty_folder: Path
) -> None:
    """An argument or option value that is empty or blank is named and ends the command before it does anything."""
    said = refused(name, words, capsys)

    before = next((words[place - 1] for place, word in enumerate(words) if place and not word.strip()), "")
    named = words[0].rstrip("=") if words[0].endswith("=") else before
    assert "the value is empty" in said
    assert named in said or not named.startswith("-")
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words", "variable"),
    [
        *(("conform", [NOBODY], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        ("conform", [NOBODY], "ASTRBOT_KEY_EXPIRED"),
        ("conform", ["--ui", NOBODY], "ASTRBOT_CHROMIUM"),
        ("check", [NOBODY], "ASTRBOT_KEY"),
        *(("clean", [NOBODY], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        *(("replay", ["report.json"], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD")),
        *(("serve", [], variable) for variable in ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY_EXPIRED")),
    ],
)
def test_a_variable_that_is_set_but_empty_is_not_unset(
    name: str, words: list[str], variable: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sent, served or judged in another mode; the line names the variable."""
    monkeypatch.setenv(variable, "")

    assert variable in refused(name, words, capsys)


def test_variables_that_a_run_does_not_read_may_be_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The built-in server needs no login: an empty one is no reason to stop."""
    monkeypatch.setenv("ASTRBOT_PASSWORD", "")

    assert conform(["--requirement", "DOC-UI", "--report", str(tmp_path / "report")]) == 0


WRONG = [
    ("conform", ["--report", "x" * 300], "no folder can be written there"),
    ("conform", ["--release", "soon"], "--release soon"),
    ("conform", ["--requirement", "DOC-UI\nCONFORMANT"], "--requirement DOC-UI"),
    ("conform", ["--release", "9" * 5000], "not a version"),
    ("conform", ["--max-chats", "-1"], "--max-chats"),
    ("conform", ["-n", "0"], "-n 0"),
    ("conform", ["--timeout", "inf"], "--timeout"),
    ("conform", ["--timeout", "0"], "--timeout"),
    ("conform", ["--keys", "keys.toml"], "--keys needs the URL"),
    ("conform", [NOBODY, "--keys", "missing.toml"], "missing.toml: cannot be read"),
    ("conform", ["--known", "missing.toml"], "missing.toml: cannot be read"),
    ("conform", ["one", "two"], "unrecognized arguments: two"),
    ("conform", ["--dry-run", "--ui"], "--dry-run"),
    ("conform", ["http://"], "not an address"),
    ("conform", ["http://user:secret@127.0.0.1"], "holds a password"),
    ("check", ["--format", "yaml"], "invalid choice"),
    ("check", ["127.0.0.1:6185"], "ASTRBOT_KEY"),
    ("clean", [], "URL"),
    ("clean", ["nonsense"], "not an address"),
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
    ("name", "words", "told"), WRONG, ids=[f"{name} {' '.join(words)}"[:60] for name, words, _ in WRONG]
)
def test_wrong_usage_is_named(name: str, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not exist or cannot be is named, exit code 2."""
    assert told in refused(name, words, capsys)


DEEP = 100_000
FILES: list[tuple[str, bytes, str]] = [
    ("invalid UTF-8", b"\xff\xfe[\x00", "is not UTF-8 text"),
    ("deep", b"a = " + b"[" * DEEP, "is nested too deeply"),
    ("huge", b"#" * ((1 << 20) + 1), "is larger than 1 MiB"),
    ("not TOML", b"[[known", "is not valid TOML"),
    ("a long number", b"a = " + b"9" * 5000, "is not valid TOML"),
]


@pytest.mark.parametrize("option", ["--known", "--keys"])
@pytest.mark.parametrize(("content", "told"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_toml_file_that_cannot_be_read_is_named(
    option: str, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is in it: the line names the file and what is wrong with it."""
    Path("given.toml").write_bytes(content)

    assert f"{option} given.toml: {told}" in refused("conform", [NOBODY, option, "given.toml"], capsys)


@pytest.mark.parametrize("option", ["--known", "--keys", "--ca"])
def test_a_folder_in_place_of_a_file_is_named(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder is no file to read from."""
    assert f"{option} ." in refused("conform", [NOBODY, option, "."], capsys)


REPORTS: list[tuple[str, bytes, str]] = [
    ("invalid UTF-8", b"\xff", "is not UTF-8 text"),
    ("deep", b"[" * DEEP, "is not valid JSON"),
    ("cut short", b'{"format": 1', "is not valid JSON"),
    ("a long number", b'{"format": ' + b"9" * 5000 + b"}", "is not valid JSON"),
    ("empty", b"", "is not valid JSON"),
    ("something else", b"[]", "is no report"),
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


@pytest.mark.parametrize(("content", "told"), [row[1:] for row in REPORTS], ids=[row[0] for row in REPORTS])
@pytest.mark.parametrize("name", ["diff", "replay"])
def test_a_report_that_cannot_be_read_is_named(
    name: str, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is in it: exit code 2, and the line names the file."""
    Path("report.json").write_bytes(content)
    words = ["report.json"] * (2 if name == "diff" else 1)

    said = refused(name, words, capsys)

    assert "report.json" in said
    assert told in said


@pytest.mark.parametrize(
    "words",
    [
        ["conform", NOBODY, "--known", "pipe"],
        ["conform", NOBODY, "--keys", "pipe"],
        ["conform", NOBODY, "--ca", "pipe"],
        ["diff", "pipe", "pipe"],
        ["replay", "pipe"],
    ],
    ids=" ".join,
)
def test_a_pipe_that_nobody_writes_to_does_not_hang(words: list[str]) -> None:
    """A named pipe is not a regular file, and is not waited for."""
    os.mkfifo("pipe")

    ended = subprocess.run([str(COMMAND), *words], capture_output=True, text=True, timeout=60, check=False)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "is not a regular file" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--known", "--keys"])
def test_a_byte_order_mark_is_no_mistake(
    option: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """TOML that an editor on Windows saved is read: the run ends later, at an address where nothing listens."""
    monkeypatch.setenv("KEY_OF_MY_BOT", "abk_0123456789abcdef")
    known = '[[known]]\nrequirement = "DOC-UI"\nreason = "seen"\n'
    keys = '[[key]]\nvariable = "KEY_OF_MY_BOT"\nscopes = ["bot"]\n'
    Path("given.toml").write_text(known if option == "--known" else keys, encoding="utf-8-sig")

    assert "nothing listens there" in refused("conform", [NOBODY, option, "given.toml"], capsys)


OTHERS: list[tuple[str, Talk, int, str]] = [
    ("a web site", answering(200, "<html><title>Shop</title></html>", kind="text/html"), 3, "a web page answers"),
    ("an empty 200", answering(200, ""), 3, "not AstrBot"),
    ("another JSON API", answering(200, {"hello": "world"}), 3, "not AstrBot"),
    ("another API's 404", answering(404, {"detail": "Not Found"}), 3, "not AstrBot"),
    ("a login in front", answering(401, "who?", kind="text/plain"), 3, "a login of its own"),
    ("a gateway without a server", answering(502, "bad gateway", kind="text/plain"), 3, "answers 502"),
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
@pytest.mark.parametrize(("talk", "code", "told"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
@pytest.mark.usefixtures("credentials")
def test_a_server_that_is_not_astrbot_ends_as_documented(
    name: str, talk: Talk, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """3 if something answers that is not AstrBot, 2 if nothing answers or the address is known to be another."""
    with listening(talk) as base:
        said = refused(name, [base, "--timeout", "0.5"], capsys, code)

    assert told in said
    assert base in said


@pytest.mark.parametrize("name", ["check", "clean", "conform"])
@pytest.mark.usefixtures("credentials")
def test_https_to_a_plain_port_is_a_wrong_address(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says that the port speaks http, exit code 2."""
    with listening(saying(reply(400, "Bad Request"))) as base:
        said = refused(name, [base.replace("http:", "https:"), "--timeout", "0.5"], capsys)

    assert "does it speak plain http" in said
