"""The generated package follows the contract: its name, its pages and its dependencies."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from astrbot_generator.arguments import RUN_TIME
from astrbot_generator.cli import generate

from tests.generator.making import contract, write

BOARD: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Tic Tac Toe", "version": "1.0.0"},
    "paths": {
        "/board": {
            "get": {
                "operationId": "get-board",
                "tags": ["game"],
                "parameters": [{"name": "when", "in": "query", "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "The board.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/board"}}},
                    }
                },
            },
            "put": {
                "operationId": "play",
                "tags": ["game"],
                "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}},
                "responses": {"204": {"description": "Played."}},
            },
        }
    },
    "components": {"schemas": {"board": {"type": "array", "items": {"enum": [".", "X", "O"]}}}},
}
PROGRAM = """
import tic_tac_toe.server
from tic_tac_toe import models, releases
assert models.board(["X", "."])[0] == "X"
assert releases.contract().by_id["get-board"].path == "/board"
"""


def made(folder: Path, document: dict[str, Any], *options: str) -> Path:
    """The output folder of a contract, whose package is called `tic_tac_toe`."""
    out = folder / "out"

    assert (
        generate(["--spec", str(write(folder, document)), "--out", str(out), "--package", "tic_tac_toe", *options]) == 0
    )

    return out


def test_a_package_has_the_given_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It can be imported under this name, `--check` finds it, and the summary names it."""
    out = made(tmp_path, BOARD)

    assert [path.name for path in out.iterdir()] == ["tic_tac_toe"]
    assert "tic_tac_toe: Tic Tac Toe 1.0.0" in capsys.readouterr().out
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=out, check=True)
    made(tmp_path, BOARD, "--check")


def test_nothing_in_it_is_about_astrbot(tmp_path: Path) -> None:
    """No file, with or without scopes, contains the name; without scopes, there is no page about scopes."""
    for number, document in enumerate((BOARD, contract())):
        out = made(tmp_path / str(number), document)
        for path in [path for path in out.rglob("*") if path.is_file()]:
            assert not re.search("astrbot", path.read_text("utf-8"), re.IGNORECASE), path
        assert (out / "docs").exists() == (document is not BOARD)


def test_it_imports_what_it_says(tmp_path: Path) -> None:
    """The imports of all modules are the packages that the docstring of the package names, and the standard library."""
    package = made(tmp_path, BOARD) / "tic_tac_toe"
    found: set[str] = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).partition(".")[0])
    about = (package / "__init__.py").read_text("utf-8")

    assert found - sys.stdlib_module_names == set(RUN_TIME)
    for name in {name.replace("_", "-") for name in RUN_TIME} - {"pydantic-core", "starlette"}:
        assert f"`{name}`" in about, name


@pytest.mark.parametrize("name", ["docs", "json", "1a", "class", "fastapi", "a-b", "a.b", "../a", "é"])
def test_a_name_that_cannot_be_imported_is_rejected(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a name in Python, or the name of a package that generated code imports: exit 2, and nothing is written."""
    with pytest.raises(SystemExit) as ended:
        generate(["--spec", str(write(tmp_path, BOARD)), "--out", str(tmp_path / "out"), "--package", name])

    assert ended.value.code == 2
    assert "--package: `" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
