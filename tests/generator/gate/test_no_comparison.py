"""Without an old contract to compare with, the gate accepts nothing and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generator.gate.calling import NARROWED, OLD, Call, commit, git


def nothing_compared(call: Call, *arguments: str) -> str:
    """The one line with which the gate ends because it found nothing to compare with."""
    called = call(*arguments)
    assert (called.code, called.out) == (2, "")
    assert "nothing to compare with" in called.err
    assert "--base none" in called.err
    assert called.err.count("\n") == 1
    return called.err


def outside_git(_: Path) -> None:
    """No repository at all."""


def empty_repository(folder: Path) -> None:
    """A repository without a commit."""
    git(folder, "init", "-q", ".")


def first_commit(folder: Path) -> None:
    """A repository whose only commit holds the contract."""
    empty_repository(folder)
    commit(folder, OLD)


def shallow(folder: Path) -> None:
    """The newest commit of a longer history."""
    source = folder.parent / "source"
    source.mkdir()
    first_commit(source)
    commit(source, NARROWED)
    git(folder, "clone", "-q", "--depth", "1", f"file://{source}", ".")


def detached(folder: Path) -> None:
    """A commit that a CI server checked out by its id, without its history."""
    shallow(folder)
    git(folder, "checkout", "-q", "--detach")
    git(folder, "branch", "-q", "-D", "main")
    git(folder, "remote", "remove", "origin")


def no_common_commit(folder: Path) -> None:
    """A branch that shares no commit with the default branch."""
    first_commit(folder)
    git(folder, "branch", "-M", "main")
    git(folder, "checkout", "-q", "--orphan", "other")
    commit(folder, NARROWED)


def inside_another_repository(folder: Path) -> None:
    """An unpacked archive below a repository that does not know it."""
    git(folder.parent, "init", "-q", ".")
    (folder.parent / "more").mkdir()
    commit(folder.parent / "more", OLD, "openapi.yaml")
    commit(folder.parent / "more", NARROWED, "openapi.yaml")


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (outside_git, "not in a git repository"),
        (empty_repository, "has no commit yet"),
        (first_commit, "HEAD has no parent commit"),
        (shallow, "`git fetch --unshallow --tags` fetches the history"),
        (detached, "this clone is shallow"),
        (no_common_commit, "have no commit in common"),
        (inside_another_repository, "git does not track"),
    ],
    ids=lambda made: getattr(made, "__name__", ""),
)
def test_nothing_to_compare_with(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Path], None], why: str
) -> None:
    """Without an old contract the gate accepts nothing, unless it is asked to check the contract alone."""
    folder = tmp_path / "around" / "here"
    folder.mkdir(parents=True)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(folder)
    made(folder)
    (folder / "openapi.yaml").write_text(NARROWED)

    assert why in nothing_compared(call, "openapi.yaml")
    alone = call("--base", "none", "openapi.yaml")
    assert alone.code == 0
    assert "no comparison, because of --base none" in alone.out
    assert "accepted: openapi.yaml (no comparison)" in alone.out
    (folder / "openapi.yaml").write_text(OLD + "unknown: 1\n")
    assert call("--base", "none", "openapi.yaml").code == 1


def test_without_git(call: Call, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a git program there is no history: the gate says so."""
    monkeypatch.setenv("PATH", str(repository))

    assert "git cannot be run" in nothing_compared(call, "openapi.yaml")


@pytest.mark.parametrize("output", ["text", "markdown", "github", "junit", "json", "sarif"])
def test_every_output_says_that_nothing_was_compared(call: Call, repository: Path, output: str) -> None:
    """A reader of any format sees that only the contract was checked."""
    commit(repository, NARROWED)

    alone = call("--base", "none", "--format", output, "openapi.yaml")
    compared = call("--base", "HEAD", "--format", output, "openapi.yaml")

    assert (alone.code, compared.code) == (0, 0)
    told = '"base": null' if output in ("json", "sarif") else "no comparison"
    assert told in alone.out
    assert told not in compared.out


def test_new_file(call: Call, repository: Path) -> None:
    """A contract that git tracks and that was not there before is new: nothing can break, unless a base is named."""
    commit(repository, OLD + "# more\n")
    (repository / "third.yaml").write_text(OLD)

    assert "git does not track third.yaml" in nothing_compared(call, "third.yaml")
    git(repository, "add", "third.yaml")
    called = call("third.yaml")
    assert called.code == 0
    assert "third.yaml is new" in called.out
    assert "accepted: third.yaml (no comparison)" in called.out
    assert call("--base", "HEAD", "third.yaml").code == 2


def test_a_new_file_may_be_an_old_one(call: Call, repository: Path) -> None:
    """If another contract is gone, the new one may be the same under a new name: the gate asks which."""
    commit(repository, "{}\n", "other.yaml")
    git(repository, "rm", "-q", "openapi.yaml")
    (repository / "third.yaml").write_text("# Everything is different here.\n" * 200 + NARROWED)
    git(repository, "add", "third.yaml")

    said = nothing_compared(call, "third.yaml")

    named = said.partition("--base ")[2].partition(" ")[0]
    assert named.endswith(":openapi.yaml")
    assert call("--base", named, "third.yaml").code == 1


def test_shallow_clone(call: Call, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a shallow clone it says what to fetch."""
    commit(repository, NARROWED)
    git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    monkeypatch.chdir(repository / "shallow")

    assert "git fetch --unshallow" in nothing_compared(call, "openapi.yaml")
    assert "git fetch origin v1" in call("--base", "v1", "openapi.yaml").err
    fetch = call("--base", "origin/other", "openapi.yaml").err.partition("`")[2].partition("`")[0]
    git(repository, "branch", "other", "HEAD~1")
    git(repository / "shallow", *fetch.split()[1:])
    assert "against origin/other:openapi.yaml: 1 breaking" in call("--base", "origin/other", "openapi.yaml").out
