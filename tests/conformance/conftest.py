"""Fixtures of the tests of wrong input."""

from pathlib import Path

import pytest

VARIABLES = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY", "ASTRBOT_KEY_EXPIRED")


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test runs in its own folder, without the login of the user."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def credentials(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login and keys, so that no command ends because they are missing."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "abk_0123456789abcdef")
