"""What lies on disk changes as a whole or not at all; `--check` only looks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from astrbot_generator import publish
from astrbot_generator.cli import generate

from tests.generator.making import contract, make, operation, write


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def renamed() -> dict[str, object]:
    """The small contract with another operation and another tag."""
    return contract(paths={"/shelves": {"get": operation("list_shelves", tags=["shelves"])}})


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The files are not even written again."""
    out = make(tmp_path, contract())
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}

    assert make(tmp_path, contract()) == out
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_what_is_no_longer_generated_goes(tmp_path: Path) -> None:
    """A module of a tag that is gone is removed; what others keep beside the package stays."""
    out = make(tmp_path, contract())
    (out / "docs" / "rules.md").write_text("others wrote this", encoding="utf-8")
    (out / "notes.txt").write_text("and this", encoding="utf-8")

    make(tmp_path, renamed())

    modules = {path.name for path in (out / "astrbot_api" / "server").glob("*.py")}
    assert "shelves.py" in modules
    assert "books.py" not in modules
    assert (out / "docs" / "rules.md").exists()
    assert (out / "notes.txt").exists()
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("step", ["_exchange", "_replace_package"])
def test_an_interrupted_run_leaves_the_old_package_whole(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C at any step leaves what was there, every byte of it."""
    out = make(tmp_path, contract())
    before = snapshot(out)

    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, renamed())

    assert snapshot(out) == before


def test_interrupted_while_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files of the new package leaves the old one whole."""
    out = make(tmp_path, contract())
    before = snapshot(out)
    write_text, left = Path.write_text, iter(range(3))

    def write_three(path: Path, *arguments: object, **options: object) -> int:
        if "astrbot_api.new" in str(path) and next(left, None) is None:
            raise KeyboardInterrupt
        return write_text(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", write_three)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, renamed())

    assert snapshot(out) == before


def test_folders_change_places_without_the_system_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no exchange in one step, two renames do."""
    out = make(tmp_path, contract())
    monkeypatch.setattr("ctypes.CDLL", lambda _, use_errno: SimpleNamespace(errno=use_errno))

    make(tmp_path, renamed())

    assert (out / "astrbot_api" / "server" / "shelves.py").exists()
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_check_prints_a_diff_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Drift: exit 1 and a unified diff; in step: exit 0 and silence."""
    out = make(tmp_path, contract())
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  models.py      1 model",
        "  operations.py  1 operation",
        "  server/        1 service",
        f"{out}/docs: 2 pages",
    ]
    spec = write(tmp_path / "spec", contract())

    assert generate(["--spec", str(spec), "--out", str(out), "--check"]) == 0
    assert capsys.readouterr().out == ""

    before = snapshot(out)
    spec = write(tmp_path / "spec", renamed())
    assert generate(["--spec", str(spec), "--out", str(out), "--check"]) == 1
    printed = capsys.readouterr().out
    assert "--- astrbot_api/server/books.py\n+++ /dev/null\n" in printed
    assert "--- /dev/null\n+++ astrbot_api/server/shelves.py\n" in printed
    assert "\n+    async def list_shelves(" in printed
    assert snapshot(out) == before


def test_check_finds_a_file_that_was_edited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Generated code that was changed by hand is drift, and so is a file that does not belong there."""
    out = make(tmp_path, contract())
    spec = write(tmp_path / "spec", contract())
    (out / "astrbot_api" / "scopes.py").write_text("", encoding="utf-8")
    (out / "astrbot_api" / "stray.py").write_text("x = 1\n", encoding="utf-8")

    assert generate(["--spec", str(spec), "--out", str(out), "--check"]) == 1
    printed = capsys.readouterr().out
    assert "+++ astrbot_api/scopes.py" in printed
    assert "--- astrbot_api/stray.py\n+++ /dev/null\n" in printed


@pytest.mark.parametrize(
    "name", ["astrbot_api/notes.py", "astrbot_api/models.py", "astrbot_api/a/b.txt", "docs/scopes.md"]
)
def test_a_file_that_is_not_generated_is_kept(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of somebody else in the package, or in place of a page: exit 2, the file is named, and nothing changes."""
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("x = 1\n", encoding="utf-8")

    assert generate(["--spec", str(write(tmp_path / "spec", contract())), "--out", str(out)]) == 2

    assert f"`{name}` is not generated, and would be replaced or removed; move them" in capsys.readouterr().err
    assert list(snapshot(out)) == [name]
