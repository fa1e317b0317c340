"""CI compares with history if there is any, and says so if there is none."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.tree import ROOT

SAID = "this clone has no history to compare with"
MAKEFILE = "gate:\n\t@echo 'base=$(BASE) origin=$(origin BASE)'\n"


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as nobody in particular."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, "-C", str(folder), *words], check=True, capture_output=True)


def project(folder: Path) -> None:
    """The script and a Makefile that prints the base."""
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "gate", folder / ".ci" / "gate")
    (folder / "Makefile").write_text(MAKEFILE)


def history(folder: Path) -> None:
    """A project with two commits."""
    project(folder)
    git(folder, "init", "-q", ".")
    for _ in range(2):
        git(folder, "add", ".")
        git(folder, "commit", "-q", "--allow-empty", "-m", "a change")


def cloned(folder: Path) -> None:
    """A clone of the newest commit alone, whose origin has the others."""
    history(folder.parent / "source")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{folder.parent / 'source'}", str(folder)], check=True
    )


def cut_off(folder: Path) -> None:
    """A clone of the newest commit alone, whose origin is out of reach."""
    cloned(folder)
    shutil.rmtree(folder.parent / "source")


def first(folder: Path) -> None:
    """A project whose first commit is its only one."""
    project(folder)
    git(folder, "init", "-q", ".")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "the first")


def unpacked(folder: Path) -> None:
    """An archive, unpacked in a folder that another repository has around it."""
    project(folder)
    git(folder.parent, "init", "-q", ".")
    for _ in range(2):
        git(folder.parent, "commit", "-q", "--allow-empty", "-m", "something else")


def run(folder: Path, **environment: str) -> str:
    """What `.ci/gate` prints."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.parent.parent)}
    line = [str(folder / ".ci" / "gate")]
    return subprocess.run(line, env=kept | ceiling | environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("made", [history, cloned], ids=lambda made: made.__name__)
def test_history_is_compared_with(tmp_path: Path, made: Callable[[Path], None]) -> None:
    """With its history, fetched if need be, the gate chooses its base."""
    made(tmp_path / "around" / "here")

    assert run(tmp_path / "around" / "here") == "base= origin=undefined\n"


@pytest.mark.parametrize("made", [cut_off, first, project, unpacked], ids=lambda made: made.__name__)
def test_without_history_the_contract_alone_is_checked(tmp_path: Path, made: Callable[[Path], None]) -> None:
    """Without history nothing is compared: that is chosen explicitly and printed."""
    made(tmp_path / "around" / "here")

    said = run(tmp_path / "around" / "here")

    assert SAID in said
    assert "base=none origin=command line" in said


def test_a_base_that_is_named_is_handed_on(tmp_path: Path) -> None:
    """BASE decides, even an empty one, which the gate then refuses."""
    project(tmp_path / "around" / "here")

    assert run(tmp_path / "around" / "here", BASE="main") == "base=main origin=environment\n"
    assert run(tmp_path / "around" / "here", BASE="") == "base= origin=environment\n"
