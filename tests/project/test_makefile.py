"""Variables of make reach the command unchanged: unset adds nothing, empty is an error, nothing is expanded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.tree import ROOT

TAKEN = {
    "conform": {"URL": "--"},
    "gate": {"BASE": "--base"},
    "serve": {"PORT": "--port", "RELEASE": "--release", "FAULT": "--fault"},
}
VARIABLES = [(target, name) for target, names in TAKEN.items() for name in names]
HOSTILE = [
    "http://127.0.0.1:1/'; touch pwned; '",
    "$(shell touch pwned)",
    "$$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "a b\\ && touch pwned",
    "$(error pwned)",
    "--debug",
    "x # y",
]
FAKE = f"""#!{sys.executable}
import json, sys
print(json.dumps(sys.argv[1:]))
"""


class Make:
    """Runs make on the Makefile of the project, from an empty folder, with a command that prints its arguments."""

    def __init__(self, folder: Path) -> None:
        (folder / "bin").mkdir()
        command = folder / "bin" / "astrbot-contract"
        command.write_text(FAKE)
        command.chmod(0o755)
        (folder / "here").mkdir()
        self.folder = folder

    def __call__(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run make and return its output and exit code."""
        line = ["make", "--no-print-directory", f"--makefile={ROOT / 'Makefile'}", "--old-file=.venv/ready"]
        (self.folder / "here" / ".venv").mkdir(exist_ok=True)
        (self.folder / "here" / ".venv" / "ready").touch()
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
        return subprocess.run(
            [*line, f"BIN={self.folder / 'bin'}", *words],
            cwd=self.folder / "here",
            env=kept | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make, with nothing in its environment."""
    return Make(tmp_path)


@pytest.mark.parametrize("target", TAKEN)
def test_unset_variables_add_nothing(make: Make, target: str) -> None:
    """Without variables, the command gets no arguments and uses its own defaults."""
    ended = make(target)

    assert (ended.returncode, json.loads(ended.stdout)) == (0, [target])


@pytest.mark.parametrize(("target", "name"), VARIABLES)
@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_variable_is_an_error(make: Make, target: str, name: str, value: str) -> None:
    """On the command line and in the environment: exit code 2, one line with its name, and no command runs."""
    for ended in (make(target, f"{name}={value}"), make(target, **{name: value})):
        assert (ended.returncode, ended.stdout) == (2, "")
        assert f"{name} is empty" in ended.stderr
        assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(("target", "name"), VARIABLES)
@pytest.mark.parametrize("value", ["1", "http://127.0.0.1:6185", *HOSTILE])
def test_a_value_is_never_code(make: Make, target: str, name: str, value: str) -> None:
    """On the command line and in the environment: the command gets exactly this text as one argument."""
    for ended in (make(target, f"{name}={value}"), make(target, **{name: value})):
        assert (ended.returncode, ended.stderr) == (0, "")
        assert json.loads(ended.stdout) == [target, TAKEN[target][name], value]
    assert not list(make.folder.rglob("pwned"))


@pytest.mark.parametrize(("target", "name"), VARIABLES)
def test_a_value_of_many_lines_runs_nothing(make: Make, target: str, name: str) -> None:
    """A value with a line end cannot be used: make stops with 2 before it runs any line."""
    ended = make(target, **{name: "a\ntouch pwned\n"})

    assert (ended.returncode, ended.stdout) == (2, "")
    assert not list(make.folder.rglob("pwned"))


def test_arguments_are_words_of_the_shell(make: Make) -> None:
    """ARGS can contain several arguments and quotes; URL is one argument after them."""
    ended = make("conform", "URL=http://127.0.0.1:6185", 'ARGS=--effects read -k "not chat"')

    assert json.loads(ended.stdout) == ["conform", "--effects", "read", "-k", "not chat", "--", "http://127.0.0.1:6185"]


def test_variables_of_other_targets_may_be_empty(make: Make) -> None:
    """An empty URL does not affect the gate."""
    assert make("gate", URL="").returncode == 0
