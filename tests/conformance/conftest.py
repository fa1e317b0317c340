"""Fixtures of several tests of the suite, and what counts as a failure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_conformance import secret
from astrbot_conformance.outcome import NotJudged

VARIABLES = ("ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_KEY", "ASTRBOT_KEY_EXPIRED")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """A test that ends with NotJudged fails. It is a SkipTest, so pytest would skip the test and hide the error."""
    try:
        return (yield)
    except NotJudged as error:
        raise AssertionError(f"the test ended with NotJudged: {error}") from error


@pytest.fixture
def nothing_held() -> Iterator[None]:
    """No secret outlives a test."""
    yield
    secret.forget()


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
