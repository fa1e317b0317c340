"""Folders of a user are private: nobody else can write to them, replace them or lead them elsewhere."""

import stat
import tempfile
from pathlib import Path

import pytest
from astrbot_reference.user_folder import (
    UnsafeFolderError,
    cache_folder,
    check_private,
    make_private,
    runtime_folders,
    state_folder,
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings, whose home folder is empty."""
    for name in ("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    """Its mode is 0700, whatever lies above it; made once more it is the same."""
    folder = make_private(tmp_path / "a" / "b")

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert make_private(folder) == folder


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755, 0o701])
def test_a_folder_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    """Somebody made it before us: it is not used."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(mode)

    with pytest.raises(UnsafeFolderError, match="other users may use it"):
        make_private(tmp_path / "folder")


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mode does not matter: its owner can change that."""
    folder = make_private(tmp_path / "folder")
    monkeypatch.setattr("os.geteuid", lambda: folder.stat().st_uid + 1)

    with pytest.raises(UnsafeFolderError):
        check_private(folder)


def test_a_link_is_refused(tmp_path: Path) -> None:
    """Even to a private folder: who made the link can change it."""
    make_private(tmp_path / "folder")
    (tmp_path / "link").symlink_to(tmp_path / "folder")

    with pytest.raises(UnsafeFolderError, match="not a folder"):
        make_private(tmp_path / "link")


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    """A file is no folder."""
    (tmp_path / "file").touch()

    with pytest.raises(OSError, match="file"):
        make_private(tmp_path / "file")


def test_a_folder_that_others_may_replace_is_refused(tmp_path: Path) -> None:
    """Where everybody can rename it, unless only owners may, as in /tmp."""
    folder = make_private(tmp_path / "open" / "folder")
    (tmp_path / "open").chmod(0o777)

    with pytest.raises(UnsafeFolderError, match="other users may replace"):
        check_private(folder)
    (tmp_path / "open").chmod(0o1777)
    check_private(folder)


def test_the_session_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """$XDG_RUNTIME_DIR if there is one; the folder of the home is always among them, for jobs without a session."""
    without = runtime_folders()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert runtime_folders() == [tmp_path / "astrbot-contract", *without]
    assert without[-2].is_relative_to(tmp_path / ".local/state/astrbot-contract")
    assert without[-1].parent == Path(tempfile.gettempdir())


@pytest.mark.parametrize("value", ["", "relative/folder"])
def test_what_is_no_absolute_path_does_not_count(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the XDG standard says: nothing lands in the working folder."""
    for name in ("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, value)

    assert state_folder() == tmp_path / ".local/state/astrbot-contract"
    assert cache_folder() == tmp_path / ".cache/astrbot-contract"
    assert all(folder.is_absolute() for folder in runtime_folders())
