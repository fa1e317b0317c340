"""What the generator's commands print is inert, one line an error, and honest about what it speaks of."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from astrbot_generator.cli import diff_releases, generate
from astrbot_generator.gate.cli import changelog, gate
from astrbot_generator.main import main

from tests.generator.making import contract, schemas, write

Command = Callable[[list[str]], int]
COMMAND = Path(sys.executable).with_name("astrbot-contract")
COMMANDS: dict[str, Command] = {
    "generate": generate,
    "diff-releases": diff_releases,
    "gate": gate,
    "changelog": changelog,
}
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
HOSTILE = "a\x1b]0;title\x07\x1b[2J\u202eb\x9b31m\r\x00\nforged: line\u2066"


def code(command: Command, arguments: list[str]) -> int:
    """The exit code of a command."""
    try:
        return command(arguments)
    except SystemExit as error:
        return int(error.code or 0)


def actions(command: Command, monkeypatch: pytest.MonkeyPatch) -> list[argparse.Action]:
    """Everything that the command takes a value for."""
    parsers: list[argparse.ArgumentParser] = []

    def stop(parser: argparse.ArgumentParser, *_: object) -> None:
        parsers.append(parser)
        raise SystemExit(0)

    monkeypatch.setattr(argparse.ArgumentParser, "parse_known_args", stop)
    code(command, [])
    monkeypatch.undo()
    return [action for action in parsers[0]._actions if action.nargs != 0]  # noqa: SLF001 - argparse lists them nowhere else


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_value_is_a_usage_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--spec ""` is a variable that is not set, for every option and argument: exit 2, one line that names it."""
    command = COMMANDS[name]
    options = actions(command, monkeypatch)
    monkeypatch.chdir(tmp_path)
    write(tmp_path, schemas(), "a.yaml")
    count = sum(not action.option_strings for action in options)
    rest = ["a.yaml"] * (count - 1)

    assert options
    for action in options:
        option = action.option_strings[-1:] or [""]
        spellings = [["", *rest], [" ", *rest]]
        if action.option_strings:
            spellings = [[*option, ""], [*option, "\t"], [f"{option[0]}="]]
        for spelling in spellings:
            capsys.readouterr()
            assert code(command, spelling) == 2, spelling
            printed = capsys.readouterr()
            assert printed.out == ""
            assert "the value is empty" in printed.err, spelling
            assert option[0] in printed.err
            assert len(printed.err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_usage_error_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown option, with control characters in it."""
    assert code(COMMANDS[name], ["a", "b", "--no-such-\x1b[31m", "\x1b]0;x\x07"]) == 2

    printed = capsys.readouterr().err
    assert len(printed.splitlines()) == 1
    assert not UNSAFE.search(printed.replace("\n", ""))


@pytest.mark.parametrize("arguments", [[], ["--check"], ["--out", "out"], ["--out", "out", "--check"]])
def test_without_a_contract_nothing_is_generated_or_compared(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder without `spec/`, `generate` does not speak of the installed package: exit 2, and what to do."""
    monkeypatch.chdir(tmp_path)

    assert generate(arguments) == 2
    printed = capsys.readouterr()
    assert "spec/openapi.yaml: no contract in this folder; name one with --spec" in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def hostile(version: str) -> dict[str, object]:
    """A contract with hostile names and texts."""
    bot = {"type": "object", "properties": {HOSTILE: {"enum": [HOSTILE, version]}}, "required": [HOSTILE]}
    answer = {"description": HOSTILE, "content": {"application/json": {"schema": bot}}}
    operation = {"operationId": f"get{HOSTILE}", "summary": HOSTILE, "responses": {"200": answer}}
    return schemas() | {
        "info": {"title": HOSTILE, "version": f"{version}{HOSTILE}"},
        "paths": {f"/{HOSTILE}": {"get": operation, "post": operation}, f"/{version}": {"get": operation}},
    }


def test_what_a_contract_holds_reaches_no_terminal_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters, ANSI and OSC sequences and bidi controls are escaped in every output of every command."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, hostile("1"), "old.yaml")
    write(tmp_path, hostile("2"), "new.yaml")
    write(tmp_path, contract(**{"x-scopes": {HOSTILE: {"en": HOSTILE}}}), "bad.yaml")
    (tmp_path / "uses.txt").write_text(HOSTILE)
    pair = ["--base", "old.yaml", "--head", "new.yaml"]
    calls: list[tuple[Command, list[str]]] = [
        (generate, ["--spec", "bad.yaml"]),
        (generate, ["--spec", HOSTILE]),
        (diff_releases, [HOSTILE, "4.29.1"]),
        (gate, ["--explain", HOSTILE]),
        (gate, [*pair, "--uses", "uses.txt"]),
        (gate, [*pair, "--accept", HOSTILE, "--reason", "x"]),
        (changelog, ["old.yaml", "new.yaml"]),
        (changelog, ["old.yaml", HOSTILE]),
        (main, [HOSTILE]),
    ]
    kinds = ("text", "json", "markdown", "github", "junit", "sarif")
    calls += [(gate, [*pair, "--fail-on", "information", "--format", kind]) for kind in kinds]
    calls += [(gate, [*pair, "--format", kind, "--output", "written"]) for kind in kinds]

    for command, arguments in calls:
        capsys.readouterr()
        code(command, arguments)
        printed = capsys.readouterr()
        file = (tmp_path / "written").read_text() if "written" in arguments else ""
        assert printed.out + printed.err + file, arguments
        for text in (printed.out, printed.err, file):
            assert UNSAFE.findall(text.replace("\n", "")) == [], arguments


def test_generated_differences_are_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`generate --check` shows what lies in the output folder, which anybody may have written."""
    made = ["--spec", str(write(tmp_path, schemas())), "--out", str(tmp_path / "out")]
    assert generate(made) == 0
    (tmp_path / "out" / "astrbot_api" / "models.py").write_text("\x1b]0;title\x07 \u202e\n", encoding="utf-8")

    assert generate([*made, "--check"]) == 1
    printed = capsys.readouterr().out
    assert r"-\x1b]0;title\x07 \u202e" in printed
    assert not UNSAFE.search(printed.replace("\n", ""))


@pytest.mark.parametrize("redirection", ["| head -1", ">&-", ">/dev/full"])
def test_a_lost_output_ends_in_one_line(tmp_path: Path, redirection: str) -> None:
    """A reader that leaves, a closed output and a full disk: the documented code, and never a traceback."""
    write(tmp_path, schemas(**{f"A{n}": {"type": "string"} for n in range(50)}), "old.yaml")
    write(tmp_path, schemas(), "new.yaml")
    calls = {
        "generate --spec old.yaml --check": 1,
        "gate --base old.yaml --head new.yaml": 0,
        "changelog old.yaml new.yaml": 0,
        "gate --explain all": 0,
    }

    for call, usual in calls.items():
        script = f"set -o pipefail; {COMMAND} {call} {redirection}"
        answer = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
        )
        assert answer.returncode == (usual if "head" in redirection else 2), answer.stderr
        assert len(answer.stderr.splitlines()) == (0 if "head" in redirection else 1), answer.stderr
