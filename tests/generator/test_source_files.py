"""What a path leads to: whatever stands behind it, reading a contract ends soon, in one line, with exit code 2."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest
from astrbot_generator.main import main
from astrbot_generator.source_files import LARGEST_FILE

from tests.generator.making import contract, operation, schemas, write

SECONDS = 20
"""How long a command may take; one that waits for a pipe would take forever."""
LONG = "x" * 300
REFERENCES = {
    "NUL": "a%00b.yaml#/A",
    "a raw NUL": "a\0b.yaml#/A",
    "half a surrogate pair": "%ED%A0%80.yaml#/A",
    "a loop of links": "loop.yaml#/A",
    "a folder": "folder#/A",
    "a pipe": "pipe.yaml#/A",
    "a device": "device.yaml#/A",
    "a missing file": "missing.yaml#/A",
    "a name that is too long": f"{LONG}.yaml#/A",
    "a folder name that is too long": f"{LONG}/a.yaml#/A",
    "a broken address": "http://[#/A",
    "a file as folder": "good.yaml/a.yaml#/A",
    "a huge file": "huge.yaml#/A",
    "bytes that are no text": "bytes.yaml#/A",
}
FILES = ("loop.yaml", "folder", "pipe.yaml", "device.yaml", "missing.yaml", f"{LONG}.yaml", "huge.yaml", "bytes.yaml")


class Called(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Called]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that calls a command in the folder, and fails if it takes too long."""
    monkeypatch.chdir(tmp_path)

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"the command took more than {SECONDS} seconds")

    def call(*arguments: str) -> Called:
        capsys.readouterr()
        before = signal.signal(signal.SIGALRM, late)
        signal.alarm(SECONDS)
        try:
            code = main(arguments)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
        return Called(code, *capsys.readouterr())

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with everything that a path can lead to."""
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    (tmp_path / "bytes.yaml").write_bytes(b"A: \xff\xfe")
    with (tmp_path / "huge.yaml").open("wb") as huge:
        huge.truncate(LARGEST_FILE + 1)
    write(tmp_path, schemas(), "good.yaml")
    return tmp_path


def commands(file: str) -> dict[str, list[str]]:
    """Every way to hand a contract to a command, for a file of the folder."""
    return {
        "generate": ["generate", "--spec", file, "--out", "out"],
        "gate, new": ["gate", "--base", "good.yaml", "--head", file],
        "gate, old": ["gate", "--base", file, "--head", "good.yaml"],
        "changelog, new": ["changelog", "good.yaml", file],
        "changelog, old": ["changelog", file, "good.yaml"],
    }


def assert_refused(called: Called, case: str) -> None:
    """One line on standard error, exit code 2, nothing on standard output."""
    assert called.code == 2, f"{case}: {called.err}"
    assert len(called.err.splitlines()) == 1, f"{case}: {called.err}"
    assert called.out == "", case
    assert "; " in called.err, case


def assert_not_compared(called: Called, place: str) -> None:
    """A broken reference of the base is named, and the rest is compared: otherwise nobody could mend the base."""
    assert called.code == 0
    assert f"not compared: {place}: " in called.out.replace("\\", "")


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_to_no_contract_is_refused(run: Run, folder: Path, name: str) -> None:
    """A `$ref` to anything but a readable file of the contract is one line with file, line and pointer."""
    write(folder, schemas(A={"$ref": REFERENCES[name]}), "bad.yaml")

    for case, arguments in commands("bad.yaml").items():
        called = run(*arguments)
        if case.endswith(", old"):
            assert_not_compared(called, "bad.yaml:9:7")
            continue
        assert_refused(called, case)
        if name not in ("a huge file", "bytes that are no text"):  # these are wrong themselves, and named
            assert called.err.startswith("bad.yaml:"), case
            assert "#/components/schemas/A/$ref:" in called.err, case
    assert not (folder / "out").exists()


@pytest.mark.parametrize("file", FILES)
def test_a_root_that_is_no_contract_is_refused(run: Run, folder: Path, file: str) -> None:
    """The same for the file that a command is given."""
    for case, arguments in commands(file).items():
        assert_refused(run(*arguments), case)
    for option in ("--uses", "--exceptions"):
        arguments = ["gate", "--base", "good.yaml", "--head", "good.yaml", option, file]
        assert_refused(run(*arguments), option)


def test_a_base_at_a_git_ref_is_read_by_the_same_rules(run: Run, folder: Path) -> None:
    """A contract of an older commit may refer to anything, too."""
    write(folder, schemas(A={"$ref": "a%00b.yaml#/A"}, B={"$ref": f"{LONG}.yaml#/A"}), "bad.yaml")
    for arguments in (["init", "-q"], ["add", "bad.yaml"], ["commit", "-q", "-m", "old"]):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    assert_not_compared(run("gate", "--base", "HEAD:bad.yaml", "--head", "good.yaml"), "HEAD:bad.yaml:9:7")


def parameter(schema: Any) -> dict[str, Any]:
    """A contract whose operation has one parameter."""
    listed = [{"name": "q", "in": "query", "schema": schema}]
    return {"paths": {"/a": {"get": operation("a", parameters=listed)}}}


def endless(section: str) -> dict[str, Any]:
    """A contract with a component that refers to itself, and an operation that uses it."""
    circle = {"$ref": f"#/components/{section}/A"}
    used: dict[str, dict[str, Any]] = {
        "parameters": {"parameters": [circle]},
        "requestBodies": {"requestBody": circle},
        "responses": {"responses": {"200": circle}},
    }
    made = contract(paths={"/a": {"post": operation("a", **used[section])}})
    made["components"][section] = {"A": circle}
    return made


ENDLESS: dict[str, Callable[[], Any]] = {
    "a parameter that is itself": lambda: endless("parameters"),
    "a body that is itself": lambda: endless("requestBodies"),
    "an answer that is itself": lambda: endless("responses"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_refers_to_itself_ends(run: Run, tmp_path: Path, name: str) -> None:
    """A reference that leads back to itself is refused; no command follows it forever."""
    write(tmp_path, ENDLESS[name](), "bad.yaml")

    called = run("generate", "--spec", "bad.yaml", "--out", "out")

    assert called.code == 2
    assert all(line.startswith("bad.yaml:") for line in called.err.splitlines())


def test_a_parameter_that_holds_itself_is_read(run: Run, tmp_path: Path) -> None:
    """A list of such lists: its type ends."""
    made = contract(**parameter({"$ref": "#/components/schemas/A"}))
    made["components"]["schemas"] = {"A": {"type": "array", "items": SELF}}
    write(tmp_path, made, "good.yaml")

    assert run("generate", "--spec", "good.yaml", "--out", "out").code == 0


SELF = {"$ref": "#/components/schemas/A"}
NUMBERS = {"decimal": "9" * 5000, "hexadecimal": "0x" + "F" * 5000, "infinite": "1e999", "negative": "-" + "9" * 5000}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_number_that_nobody_can_print_is_refused(run: Run, tmp_path: Path, name: str, suffix: str) -> None:
    """In YAML and in JSON, by every command."""
    text = json.dumps(schemas(A={"maximum": "NUMBER"})).replace('"NUMBER"', NUMBERS[name])
    write(tmp_path, schemas(), "good.yaml")
    (tmp_path / f"bad.{suffix}").write_text(text)

    for case, arguments in commands(f"bad.{suffix}").items():
        assert_refused(run(*arguments), case)


def test_half_a_character_is_a_finding(run: Run, tmp_path: Path) -> None:
    """JSON can spell half of a surrogate pair in any name: the gate says so, whichever side has it."""
    bad = '{"openapi": "3.1.0", "info": {"title": "\\ud800", "version": "1"}, "paths": {"/\\ud800": {"get": {}}}}'
    (tmp_path / "bad.json").write_text(bad)
    write(tmp_path, schemas(), "good.yaml")

    new = run("gate", "--base", "good.yaml", "--head", "bad.json")
    old = run("gate", "--base", "bad.json", "--head", "good.yaml")

    assert (new.code, old.code) == (1, 1), new.err + old.err
    assert "half of a surrogate pair" in new.out
