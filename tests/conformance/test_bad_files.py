"""Files that a command cannot read: one line on stderr, exit code 2, and no text that looks like a verdict."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.wrong_use import NO_SERVER, refused

pytestmark = pytest.mark.usefixtures("empty_folder")

COMMAND = Path(sys.executable).with_name("astrbot-contract")
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
