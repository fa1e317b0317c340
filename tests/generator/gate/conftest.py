"""Fixtures of the gate's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.gate.calling import NARROWED, OLD, Call, calling, commit, git


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The gate, called in an empty folder that holds `old.yaml` and `new.yaml`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NARROWED)
    return calling(capsys)


@pytest.fixture
def repository(call: Call, tmp_path: Path) -> Path:
    """A repository whose first commit holds the old contract."""
    git(tmp_path, "init", "-q", "-b", "main", ".")
    (tmp_path / "old.yaml").unlink()
    (tmp_path / "new.yaml").unlink()
    commit(tmp_path, OLD)
    return tmp_path
