"""Generated for later releases: tables for each; models and a server for the newest, shared where they can be."""

from __future__ import annotations

import asyncio
import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from astrbot_generator.cli import generate
from fastapi import FastAPI
from pydantic import ValidationError

from tests.generator.making import load, make, schemas, write
from tests.generator.three_releases import LIBRARY, NEW, OLD, OVERLAY


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the library and its overlays."""
    where = tmp_path_factory.mktemp("releases")
    for update in (OLD, NEW):
        overlay = OVERLAY | {"actions": [{"target": "$", "update": update}]}
        write(where / "spec" / "overlays", overlay, f"{update['x-release']}.yaml")
    return where


@pytest.fixture(scope="module")
def api(folder: Path) -> ModuleType:
    """The package that is generated from it."""
    return load(folder, LIBRARY)


@pytest.fixture(scope="module")
def newest(api: ModuleType) -> ModuleType:
    """What it holds of the newest release."""
    for module in ("models", "server"):
        importlib.import_module(f"{api.__name__}.r2_0.{module}")
    return sys.modules[f"{api.__name__}.r2_0"]


def test_every_release_has_its_tables(api: ModuleType, folder: Path) -> None:
    """Operations, scopes, sentences and the document; models and server only for the base and the newest."""
    tables = {"__init__.py", "openapi.json", "operations.py", "requirements.py", "scopes.py"}
    package = folder / "out" / "astrbot_api"

    assert {path.name for path in (package / "r1_1").iterdir() if path.name != "__pycache__"} == tables
    assert {path.name for path in (package / "r2_0").iterdir() if path.name != "__pycache__"} == tables | {
        "models.py",
        "server",
        "validation.py",
    }
    assert api.releases.RELEASES == ("1.0", "1.1", "2.0")


def test_a_contract_says_what_its_release_has(api: ModuleType) -> None:
    """Each release has its own operations, scopes and sentences; the classes of these values are shared."""
    base, middle, newest = map(api.releases.contract, api.releases.RELEASES)

    assert [len(one.operations) for one in (base, middle, newest)] == [3, 3, 4]
    assert middle.by_id["list_books"].sub_scopes == ("read:all",)
    assert [parameter.name for parameter in middle.by_id["list_books"].parameters] == ["page"]
    assert (base.scopes, middle.scopes) == (("read", "all"), ("read", "all"))
    assert (dict(base.sub_scopes), dict(newest.sub_scopes)) == ({}, {"read:all": "read"})
    assert newest.requirements["ORDER"].sentence == "In strict order."
    assert base.requirements["ORDER"].sentence == "In order."
    assert type(base.operations[0]) is type(newest.operations[0])
    assert newest.operation_at("get", "/chairs") is newest.by_id["list_chairs"]
    assert newest.validator_at("#/components/schemas/Chair").is_valid({"title": "a", "legs": 4})


@pytest.mark.parametrize(
    ("met", "found"),
    [("0.9", "1.0"), ("1.0", "1.0"), ("v1.1", "1.1"), ("1.9.9", "1.1"), ("2.0b1", "1.1"), ("3", "2.0")],
)
def test_the_nearest_release_is_not_above(met: str, found: str, api: ModuleType) -> None:
    """Versions are compared as versions."""
    assert api.releases.nearest(met) == found


def test_models_that_did_not_change_are_those_of_the_base(api: ModuleType, newest: ModuleType) -> None:
    """What changed, and what refers to it, has a class of its own; all else is the very class of the base."""
    for name in ("Titled", "Shelf", "ShelfPlan"):
        assert getattr(newest.models, name) is getattr(api.models, name)
    for name in ("Book", "Room"):
        assert getattr(newest.models, name) is not getattr(api.models, name)
    assert issubclass(newest.models.Book, api.models.Titled)
    assert issubclass(newest.models.Chair, api.models.Titled)
    assert not hasattr(api.models, "Chair")


def test_every_model_is_held_to_its_own_release(api: ModuleType, newest: ModuleType) -> None:
    """Also a class that inherits from one of the base, and one that holds another."""
    book: dict[str, Any] = {"title": "a"}

    assert api.models.Book.model_validate(book).title == "a"
    assert api.models.Room.model_validate({"first": book}).first.title == "a"
    with pytest.raises(ValidationError, match="pages"):
        newest.models.Book.model_validate(book)
    with pytest.raises(ValidationError, match="pages"):
        newest.models.Room.model_validate({"first": book})
    with pytest.raises(ValidationError, match="legs"):
        newest.models.Chair.model_validate(book)
    with pytest.raises(ValidationError, match="minLength"):
        newest.models.Chair.model_validate({"title": "", "legs": 4})


class Librarian:
    """A service that answers every operation with what fits the base, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        async def method(**arguments: Any) -> Any:
            self.given = arguments
            return {"title": "a"} if name != "list_rooms" else {}

        return method


class Reader:
    """A caller with all scopes."""

    scopes = frozenset({"all"})


async def anybody(operation: object, credentials: object) -> Reader:
    """Whoever calls is a reader."""
    return Reader()


def asked(newest: ModuleType, path: str, contract: object = None) -> tuple[int, dict[str, Any]]:
    """The status of an answer by the server of the newest release, for a contract; and what the service was given."""
    librarian, app = Librarian(), FastAPI()
    newest.server.mount(app, newest.server.Services(books=librarian), anybody, contract)

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://library") as client:
            return await client.get(path)

    return asyncio.run(ask()).status_code, librarian.given


def test_the_server_serves_its_release(newest: ModuleType) -> None:
    """New operations and parameters are there, and answers are held to the newest contract."""
    status, given = asked(newest, "/maps?page=2")
    assert (status, set(given)) == (200, {"caller"})

    status, given = asked(newest, "/books?page=2")
    assert (status, given["page"]) == (500, 2)  # a book without pages is no book any more
    assert asked(newest, "/chairs")[0] == 500


def test_the_server_of_the_newest_serves_every_release(api: ModuleType, newest: ModuleType) -> None:
    """Operations and parameters that a release does not have are not there; answers are held to its contract."""
    base, middle = api.releases.contract("1.0"), api.releases.contract("1.1")

    status, given = asked(newest, "/books?page=2", base)
    assert (status, set(given)) == (200, {"caller"})

    status, given = asked(newest, "/books?page=2", middle)
    assert (status, given["page"]) == (200, 2)
    assert asked(newest, "/chairs", middle)[0] == 404


def test_what_is_generated_is_a_contract_with_releases(folder: Path, api: ModuleType, tmp_path: Path) -> None:
    """The bundles in the package give the same package again, without the overlays."""
    out = folder / "out"
    bundle = out / "astrbot_api" / "openapi.json"

    assert generate(["--spec", str(bundle), "--out", str(out), "--check"]) == 0
    assert generate(["--spec", str(bundle), "--out", str(tmp_path)]) == 0
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file()}
    assert made == {path.relative_to(out) for path in out.rglob("*.*") if path.is_file() and path.suffix != ".pyc"}


def test_every_release_has_its_scope_reference(folder: Path, api: ModuleType) -> None:
    """In both languages; a sub-scope is told with what needs it, and when."""
    pages = folder / "out" / "docs" / "releases"
    page = (pages / "2.0" / "scopes.md").read_text("utf-8")

    assert sorted(path.relative_to(pages).as_posix() for path in pages.rglob("scopes*.md")) == [
        f"{release}/scopes{language}.md" for release in ("1.1", "2.0") for language in ("", ".zh")
    ]
    assert "Library 2.0." in page
    assert "[`read:all`](#readall)" in page
    assert "granted only together with `read`" in page
    assert "| `GET /books` | For secret books. |" in page
    assert "| `GET /chairs` |" in page
    assert "read:all" not in (folder / "out" / "docs" / "scopes.md").read_text("utf-8")


def test_pages_of_a_release_that_is_gone_go(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` names them, and a run removes them; what others wrote about releases stays."""
    shutil.copytree(folder / "spec", tmp_path / "spec")
    out = make(tmp_path, LIBRARY)
    (out / "docs" / "releases" / "2.0.md").write_text("Seen on a real server.", encoding="utf-8")
    (tmp_path / "spec" / "overlays" / "2.0.yaml").unlink()
    capsys.readouterr()

    assert generate(["--spec", str(tmp_path / "spec/openapi.yaml"), "--out", str(out), "--check"]) == 1
    assert "--- docs/releases/2.0/scopes.md" in capsys.readouterr().out

    make(tmp_path, LIBRARY)

    left = sorted(path.relative_to(out / "docs").as_posix() for path in (out / "docs" / "releases").rglob("*"))
    assert left == [
        "releases/1.0-to-1.1.md",
        "releases/1.1",
        "releases/1.1/scopes.md",
        "releases/1.1/scopes.zh.md",
        "releases/2.0.md",
    ]
    assert not (out / "astrbot_api" / "r2_0").exists()


def test_generated_releases_pass_the_type_checker(folder: Path, api: ModuleType, tmp_path: Path) -> None:
    """Strictly, with the models that two releases share."""
    out = folder / "out"
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}", str(out / "astrbot_api")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=out)

    assert checked.returncode == 0, checked.stdout


def test_a_contract_that_names_no_release_is_its_own(tmp_path: Path) -> None:
    """Its version stands for the release, whatever that is."""
    releases = load(tmp_path, schemas() | {"info": {"title": "Shapes", "version": "first draft"}}).releases

    assert (releases.RELEASES, releases.contract().release) == (("first draft",), "first draft")
    with pytest.raises(ValueError, match="first draft"):
        releases.nearest("1.0")
