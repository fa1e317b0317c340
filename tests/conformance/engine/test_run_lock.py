"""Runs of one machine and user see each other by locks that no other user can hold, remove or lead elsewhere."""

import os
import stat
from pathlib import Path

import pytest
from astrbot_conformance.engine.run_lock import announced, forget, going, state_of
from astrbot_conformance.run_mark import new_mark

BASE = "http://127.0.0.1:6185"


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session folder and a home folder of its own."""
    folder = tmp_path / "session"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("astrbot_reference.user_folder.SESSIONS", tmp_path / "none")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return folder / "astrbot-contract"


def test_a_run_is_seen_while_it_lasts(session: Path) -> None:
    """With its target; afterwards nothing is left of it."""
    run = new_mark()

    with announced(run, BASE):
        assert (going(), state_of(run)) == ({run: BASE}, "going")
        assert stat.S_IMODE(session.stat().st_mode) == 0o700
        assert stat.S_IMODE((session / run).stat().st_mode) == 0o600
    assert (going(), state_of(run)) == ({}, "unknown")
    assert list(session.iterdir()) == []


def test_a_lock_file_that_nobody_locks_is_of_a_dead_run(session: Path) -> None:
    """As a process leaves it that was killed."""
    run = new_mark()
    with announced(new_mark(), BASE):
        (session / run).write_text(BASE)
        assert state_of(run) == "dead"
        forget(run)
        assert state_of(run) == "unknown"


def test_a_job_without_a_session_sees_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was started without $XDG_RUNTIME_DIR locks in the home folder, and is seen by one that has both."""
    run, session = new_mark(), os.environ["XDG_RUNTIME_DIR"]
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    with announced(run, BASE):
        monkeypatch.setenv("XDG_RUNTIME_DIR", session)
        assert going() == {run: BASE}


@pytest.mark.parametrize("made", ["open", "link"])
def test_a_folder_of_somebody_else_is_not_used(made: str, session: Path, tmp_path: Path) -> None:
    """A folder that others can write to, or a link, made before the run: locks go to the home folder instead."""
    run, elsewhere = new_mark(), tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    if made == "link":
        session.symlink_to(elsewhere)
    else:
        session.mkdir()
        session.chmod(0o777)
        (session / new_mark()).write_text("http://somebody.example")

    with announced(run, BASE):
        assert going() == {run: BASE}
        assert list(elsewhere.iterdir()) == []
        assert not (session / run).exists()


def test_a_link_in_place_of_a_lock_file_is_not_followed(session: Path, tmp_path: Path) -> None:
    """The file that it leads to keeps its content."""
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
    """A container may have neither a session nor a home folder that can be written to."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "temporary").chmod(0o1777)
    (tmp_path / "state").write_text("no folder")
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    run = new_mark()

    with announced(run, BASE):
        assert going() == {run: BASE}
        (folder,) = (tmp_path / "temporary").iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
