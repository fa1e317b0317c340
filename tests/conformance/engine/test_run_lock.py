"""Runs of one machine and user see each other by lock files that no other user can lock, remove or redirect."""

import os
import stat
from pathlib import Path

import pytest
from astrbot_conformance.engine.run_lock import announced, forget, going, state_of
from astrbot_conformance.run_mark import new_mark

BASE = "http://127.0.0.1:6185"


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private session folder and a private home folder."""
    folder = tmp_path / "session"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("astrbot_reference.user_folder.SESSIONS", tmp_path / "none")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return folder / "astrbot-contract"


def test_an_active_run_is_listed(session: Path) -> None:
    """The lock names its target. After the run, nothing of it is left."""
    run = new_mark()

    with announced(run, BASE):
        assert (going(), state_of(run)) == ({run: BASE}, "going")
        assert stat.S_IMODE(session.stat().st_mode) == 0o700
        assert stat.S_IMODE((session / run).stat().st_mode) == 0o600
    assert (going(), state_of(run)) == ({}, "unknown")
    assert list(session.iterdir()) == []


def test_an_unlocked_lock_file_belongs_to_a_dead_run(session: Path) -> None:
    """A killed process leaves such a file."""
    run = new_mark()
    with announced(new_mark(), BASE):
        (session / run).write_text(BASE)
        assert state_of(run) == "dead"
        forget(run)
        assert state_of(run) == "unknown"


def test_a_job_without_a_session_sees_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run without $XDG_RUNTIME_DIR locks in the home folder, where a run with both folders sees it."""
    run, session = new_mark(), os.environ["XDG_RUNTIME_DIR"]
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    with announced(run, BASE):
        monkeypatch.setenv("XDG_RUNTIME_DIR", session)
        assert going() == {run: BASE}


@pytest.mark.parametrize("folder", ["open", "link"])
def test_an_unsafe_folder_is_not_used(folder: str, session: Path, tmp_path: Path) -> None:
    """If the folder is a link, or others can write to it, the locks are in the home folder instead."""
    run, elsewhere = new_mark(), tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    if folder == "link":
        session.symlink_to(elsewhere)
    else:
        session.mkdir()
        session.chmod(0o777)
        (session / new_mark()).write_text("http://other.example")

    with announced(run, BASE):
        assert going() == {run: BASE}
        assert list(elsewhere.iterdir()) == []
        assert not (session / run).exists()


def test_a_link_in_place_of_a_lock_file_is_not_followed(session: Path, tmp_path: Path) -> None:
    """The target of the link keeps its content."""
    run, precious = new_mark(), tmp_path / "precious"
    precious.write_text("kept")
    session.mkdir(mode=0o700)
    (session / run).symlink_to(precious)

    with announced(run, BASE):
        assert state_of(run) == "unknown"
    assert precious.read_text() == "kept"


@pytest.mark.usefixtures("session")
def test_without_a_home_folder_locks_are_in_a_private_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container may have neither a session folder nor a writable home folder."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "temporary").chmod(0o1777)
    (tmp_path / "state").write_text("no folder")
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    run = new_mark()

    with announced(run, BASE):
        assert going() == {run: BASE}
        (folder,) = (tmp_path / "temporary").iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
