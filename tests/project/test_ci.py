"""CI tests every Python that the package supports, and compares with history if there is any."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.project.tree import ROOT

SAID = "this clone has no history to compare with"
MAKEFILE = "gate:\n\t@echo 'base=$(BASE) origin=$(origin BASE)'\n"


def git(folder: Path, *words: str) -> None:
    """Run git in a folder with an invented identity."""
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
    """A clone of the newest commit only; its origin has the others."""
    history(folder.parent / "source")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{folder.parent / 'source'}", str(folder)], check=True
    )


def cut_off(folder: Path) -> None:
    """A clone of the newest commit only; its origin does not exist any more."""
    cloned(folder)
    shutil.rmtree(folder.parent / "source")


def first(folder: Path) -> None:
    """A project whose first commit is its only one."""
    project(folder)
    git(folder, "init", "-q", ".")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "the first")


def unpacked(folder: Path) -> None:
    """An unpacked archive, inside another repository."""
    project(folder)
    git(folder.parent, "init", "-q", ".")
    for _ in range(2):
        git(folder.parent, "commit", "-q", "--allow-empty", "-m", "something else")


def run(folder: Path, **environment: str) -> str:
    """The output of `.ci/gate`."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.parent.parent)}
    line = [str(folder / ".ci" / "gate")]
    return subprocess.run(line, env=kept | ceiling | environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("made", [history, cloned], ids=lambda made: made.__name__)
def test_history_is_compared_with(tmp_path: Path, made: Callable[[Path], None]) -> None:
    """If there is a history, or one can be fetched, the gate selects its base."""
    made(tmp_path / "around" / "here")

    assert run(tmp_path / "around" / "here") == "base= origin=undefined\n"


@pytest.mark.parametrize("made", [cut_off, first, project, unpacked], ids=lambda made: made.__name__)
def test_without_history_the_contract_alone_is_checked(tmp_path: Path, made: Callable[[Path], None]) -> None:
    """Without a history, BASE=none is selected and printed."""
    made(tmp_path / "around" / "here")

    said = run(tmp_path / "around" / "here")

    assert SAID in said
    assert "base=none origin=command line" in said


def test_a_base_that_is_named_is_handed_on(tmp_path: Path) -> None:
    """BASE is passed on, even if it is empty; the gate then rejects it."""
    project(tmp_path / "around" / "here")

    assert run(tmp_path / "around" / "here", BASE="main") == "base=main origin=environment\n"
    assert run(tmp_path / "around" / "here", BASE="") == "base= origin=environment\n"


def test_each_python_is_tested() -> None:
    """The versions in the workflow are those of the classifiers, and its steps call targets of the Makefile."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["classifiers"]
    steps = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    targets = {target for step in steps for target in re.findall(r"^make ([a-z-]+)", step)}

    supported = [name.rpartition(" ")[2] for name in classifiers if re.search(r":: 3\.\d+$", name)]
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == supported
    assert targets == {"lint", "generate", "test", "conform"}
    assert targets <= set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize(("variable", "code"), [("1", 1), ("", 0)])
def test_a_skipped_test_fails_ci(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, variable: str, code: int
) -> None:
    """A test that is skipped on a complete machine is a gap; elsewhere it is listed."""
    monkeypatch.setenv("FAIL_IF_SKIPPED", variable)
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile("import pytest\n\ndef test_one():\n    pytest.skip('no browser')\n\ndef test_two():\n    pass")

    assert pytester.runpytest_inprocess().ret == code
