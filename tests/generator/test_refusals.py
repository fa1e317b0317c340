"""Bad input is refused in one clear line that says where and what to do; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from astrbot_generator.cli import generate

from tests.generator.making import contract, operation, schemas, write
from tests.generator.refusal import expect_refusal

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

COOKIE = {"name": "a", "in": "cookie", "style": "cookie", "schema": {}}

BAD: dict[str, tuple[Any, str, str]] = {
    "not YAML": ("openapi: [3.1.0\npaths: {}", r":\d+:\d+:", "not YAML"),
    "a control character": ("openapi: \x01", r":1:1:", "not YAML"),
    "a repeated key": ("openapi: 3.1.0\nopenapi: 3.1.0", r":2:1: #/openapi:", "duplicate key"),
    "a second document": ("openapi: 3.1.0\n---\na: 1", r":2:1:", "second document"),
    "an infinite number": ("a: .inf", r":1:4: #/a:", "cannot be written in JSON"),
    "a tag": ("a: !!binary aGk=", r":1:4: #/a:", "cannot be written in JSON"),
    "a YAML bomb": (BOMB, r":\d+:\d+:", "values"),
    "an anchor inside itself": ("a: &a [*a]", r":1:8:", "has no anchor"),
    "endless nesting": ("[" * 100_000, r":1:\d+:", "nested deeper"),
    "a list": ("- 1", r":1:1: #:", "not an OpenAPI document"),
    "nothing at all": ("", r":1:1: #:", "not an OpenAPI document"),
    "another document": ("name: Library", r":1:1: #:", "not an OpenAPI document"),
    "OpenAPI 2.0": ("swagger: '2.0'", r":1:1: #/swagger:", "this is Swagger 2.0, not OpenAPI 3.0"),
    "OpenAPI 3.3": ("openapi: 3.3.0", r":1:1: #/openapi:", "this is OpenAPI 3.3.0, not OpenAPI 3.0 or 3.1 or 3.2"),
    "OpenAPI 3.0 that is not valid": ("openapi: 3.0.3\npaths: {}", r":1:1: #:", "not valid OpenAPI 3.0.*info"),
    "a new method of OpenAPI 3.2": (
        contract(openapi="3.2.0", paths={"/a": {"query": operation("a")}}),
        r": #/paths/~1a/query:",
        "new in OpenAPI 3.2",
    ),
    "a new style of OpenAPI 3.2": (
        contract(openapi="3.2.0", components={"parameters": {"A": COOKIE}}),
        r": #/components/parameters/A/style:",
        "`style: cookie` is new in OpenAPI 3.2",
    ),
    "no info": ({"openapi": "3.1.0", "paths": {}}, r":1:1: #:", "'?\"?info'?\"? is a required property"),
    "a wrong shape": (
        contract(paths={"/books": {"get": {"responses": []}}}),
        r": #/paths/~1books/get",
        "not valid OpenAPI 3.1",
    ),
    "a $ref into nothing": (
        schemas(A={"$ref": "#/components/schemas/B"}),
        r":\d+:\d+: #/components/schemas/A/\$ref:",
        "leads to nothing",
    ),
    "a $ref to no file": (schemas(A={"$ref": "b.yaml#/B"}), r"A/\$ref:", "names a file that does not exist"),
    "a $ref to the network": (schemas(A={"$ref": "https://example.org/a.yaml"}), r"A/\$ref:", "leads to the network"),
    "a $ref out of the folder": (
        schemas(A={"$ref": "../../a.yaml"}),
        r"A/\$ref:",
        "leads out of the contract's folder",
    ),
    "a $ref to an anchor": (schemas(A={"$ref": "#here"}), r"A/\$ref:", "names an anchor"),
    "a circle of two": (
        schemas(A={"$ref": "#/components/schemas/B"}, B={"$ref": "#/components/schemas/A"}),
        r": #/components/schemas/A:",
        "circular reference that no value can satisfy",
    ),
    "a circle through allOf": (
        schemas(A={"allOf": [{"$ref": "#/components/schemas/A"}]}),
        r": #/components/schemas/A:",
        "circular reference that no value can satisfy",
    ),
    "a circle of responses": (
        schemas() | {"components": {"responses": {"A": {"$ref": "#/components/responses/A"}}}},
        r": #/components/responses/A:",
        "circular reference that no value can satisfy",
    ),
    "one operationId twice": (
        contract(paths={"/a": {"get": operation("list_books")}, "/b": {"get": operation("list_books")}}),
        r": #/paths/~1b/get/operationId:",
        "is already used",
    ),
    "half a requirement": (
        contract(**{"x-requirements": {"A": {"level": "MAY"}}}),
        r"requirements/A:",
        "is incomplete",
    ),
    "an alias of nothing": (
        contract(paths={"/a": {"get": operation("a", **{"x-alias-of": "b"})}}),
        r": #/paths/~1a/get/x-alias-of:",
        "which is not an operation",
    ),
    "an unknown side effect": (
        contract(paths={"/a": {"get": operation("a", **{"x-side-effect": "fun"})}}),
        r": #/paths/~1a/get/x-side-effect:",
        "unknown value",
    ),
    "an undeclared security scheme": (
        contract(paths={"/a": {"get": operation("a", security=[{"Kye": ["read"]}])}}),
        r": #/paths/~1a/get/security:",
        "the security scheme `Kye` is not declared; use one of Key, or add it",
    ),
    "an undeclared part of a path": (
        contract(paths={"/a/{b}": {"get": operation("a")}}),
        r"~1{b}/get:",
        "is not declared",
    ),
}


@pytest.mark.parametrize(("bad", "where", "why"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused(
    bad: Any, where: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, lines of the form `file:line:column: #/pointer: what is wrong; what to do`, and no output."""
    expect_refusal(bad, where, why, tmp_path, capsys)


def test_names_that_two_files_share_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files that both bring a schema of one name into the bundle."""
    root = schemas(A={"$ref": "a.yaml#/schemas/Book"}, B={"$ref": "b.yaml#/schemas/Book"})
    write(tmp_path, {"schemas": {"Book": {"type": "string"}}}, "a.yaml")
    write(tmp_path, {"schemas": {"Book": {"type": "integer"}}}, "b.yaml")

    assert generate(["--spec", str(write(tmp_path, root)), "--out", str(tmp_path / "out")]) == 2
    assert "two schemas would be named `Book`" in capsys.readouterr().err


def test_every_problem_is_named_in_the_order_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each problem, so that all can be mended at once."""
    bad = schemas(A={"nullable": True}, B={"nullable": True}, C={"pattern": "("})

    assert generate(["--spec", str(write(tmp_path, bad)), "--out", str(tmp_path / "out")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split("/")[-1][:1] for line in lines if "schemas" in line] == ["n", "n", "p"]


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, and a folder in place of a file."""
    for path in (tmp_path / "none.yaml", tmp_path):
        assert generate(["--spec", str(path), "--out", str(tmp_path / "out")]) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The output folder is a file."""
    (tmp_path / "out").write_text("", encoding="utf-8")

    assert generate(["--spec", str(write(tmp_path, contract())), "--out", str(tmp_path / "out")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_file_that_is_not_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no UTF-8."""
    path = tmp_path / "openapi.yaml"
    path.write_bytes(b"openapi: 3.1.0\ninfo: \xff\xfe")

    assert generate(["--spec", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "openapi.yaml:2:1: not UTF-8" in capsys.readouterr().err
