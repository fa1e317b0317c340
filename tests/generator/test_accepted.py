"""What other documents contain and is valid is accepted: names of schemas, annotations, other versions of OpenAPI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from astrbot_generator.cli import generate
from pydantic import ValidationError

from tests.generator.making import OK, contract, imported, load, operation, schemas, write

pytestmark = pytest.mark.slow
TREE = {"type": "object", "properties": {"n": {"type": "integer"}}}

ACCEPTED: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "an unknown keyword": (schemas(A={"type": "string", "sensitive": True, "ui_order": 3, "minLenght": 9}), "x", 1),
    "keywords of other versions": (
        schemas(A={"type": "integer", "divisibleBy": 2, "extends": {"type": "string"}, "definitions": {"B": {}}}),
        1,
        "x",
    ),
    "$schema": (
        schemas(A={"$schema": "https://json-schema.org/draft/2020-12/schema#", "type": "string"})
        | {"jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base"},
        "x",
        1,
    ),
    "contentSchema": (
        schemas(A={"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}}),
        "1",
        1,
    ),
    "$anchor": (
        schemas(A={"$anchor": "a", "type": "object", "properties": {"b": {"$ref": "#a"}, **TREE["properties"]}}),  # type: ignore[dict-item]
        {"b": {"n": 1}},
        {"b": {"n": "x"}},
    ),
    "an absolute $id": (
        schemas(
            A={"$id": "https://e.org/s/a", "type": "array", "items": {"$ref": "b#n"}},
            B={"$id": "https://e.org/s/b", "$defs": {"N": {"$anchor": "n", "type": "integer"}}},
        ),
        [1],
        ["x"],
    ),
    "a relative $id, and pointers from the root": (
        schemas(
            A={
                "$id": "A",
                "type": "object",
                "properties": {
                    "b": {"$ref": "B"},
                    "c": {"$ref": "#/components/schemas/B"},
                    "d": {"$ref": "#/$defs/D"},
                    "$id": {"type": "string"},
                },
                "$defs": {"D": {"type": "boolean"}},
            },
            B={"$id": "B", "type": "integer"},
        ),
        {"b": 1, "c": 2, "d": True, "$id": "x"},
        {"b": 1, "c": 2, "d": "x"},
    ),
    "$dynamicRef": (
        schemas(A={"$dynamicAnchor": "n", "type": "array", "items": {"$dynamicRef": "#n"}}),
        [[], [[]]],
        [[], ["x"]],
    ),
    "nullable without effect": (schemas(A={"type": ["string", "null"], "nullable": True}), None, 1),
    "OpenAPI 3.0": (
        schemas(
            A={
                "type": "object",
                "properties": {
                    "text": {"type": "string", "nullable": True},
                    "above": {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
                    "one": {"type": "string", "enum": ["x"], "nullable": True},
                    "whole": {"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": True},
                    "beside": {"$ref": "#/components/schemas/B", "maximum": 1},
                },
            },
            B={"type": "integer"},
        )
        | {"openapi": "3.0.3"},
        {"text": None, "above": 1, "one": None, "whole": None, "beside": 5},
        {"above": 0},
    ),
    "OpenAPI 3.2": (
        schemas(A={"type": "string"})
        | {"openapi": "3.2.0", "$self": "https://e.org/api", "tags": [{"name": "a", "kind": "nav", "summary": "A"}]},
        "x",
        1,
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_valid_document_is_accepted(name: str, tmp_path: Path) -> None:
    """The model accepts what the schema accepts, and nothing else."""
    document, good, bad = ACCEPTED[name]

    model = load(tmp_path, document).models.A

    assert model.model_validate(good).model_dump(mode="json") == good
    with pytest.raises(ValidationError):
        model.model_validate(bad)


def run(folder: Path, document: Any, *options: str) -> Path:
    """Generates with options; gives the output folder."""
    arguments = ["--spec", str(write(folder / "spec", document)), "--out", str(folder / "out"), *options]

    assert generate(arguments) == 0

    return folder / "out"


def test_nullable_is_read_on_request(tmp_path: Path) -> None:
    """With `--allow nullable`, a schema with `nullable: true` allows null, also next to `$ref` and `enum`."""
    members = {
        "a": {"type": "string", "nullable": True},
        "b": {"$ref": "#/components/schemas/B", "nullable": True},
        "c": {"enum": ["x"], "nullable": True},
        "d": {"type": "string", "nullable": False},
    }
    document = schemas(A={"type": "object", "properties": members}, B={"type": "integer"})
    model = imported(run(tmp_path, document, "--allow", "nullable")).models.A

    assert model.model_validate({"a": None, "b": None, "c": None, "d": "x"}).model_dump()["b"] is None
    for name, value in {"a": 1, "b": "x", "c": "y", "d": None}.items():
        with pytest.raises(ValidationError):
            model.model_validate({name: value})


def test_a_keyword_that_enforces_nothing_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt keyword, and one of another version: one line each, with the keyword that is meant."""
    run(tmp_path, schemas(A={"minLenght": 1, "divisibleBy": 2, "sensitive": True}))

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "A/minLenght: the keyword `minLenght` enforces nothing" in lines[0]
    assert "did you mean `minLength`?" in lines[0]
    assert "use `multipleOf`" in lines[1]


UNSUPPORTED = {
    "/label": {"get": operation("label", parameters=[{"name": "q", "in": "query", "schema": {"pattern": "("}}])},
    "/reached": {"get": operation("reached", requestBody={"$ref": "#/components/requestBodies/Bad"})},
    "/good": {
        "get": operation("good"),
        "post": operation("good_too", responses={"200": {"$ref": "#/components/responses/Ok"}}),
    },
}
BAD_COMPONENTS = {
    "schemas": {"Bad": {"pattern": "("}, "Holder": {"items": {"$ref": "#/components/schemas/Bad"}}, "Good": {}},
    "requestBodies": {"Bad": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Holder"}}}}},
    "responses": {"Ok": OK["200"]},
}


def test_unsupported_operations_are_left_out_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--skip-unsupported`, one line names each operation that is left out, and everything else is generated."""
    document = contract(paths=UNSUPPORTED)
    document["components"] |= BAD_COMPONENTS

    api = imported(run(tmp_path, document, "--skip-unsupported"))

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "left out: `GET /label`, because `(` is not a supported regular expression" in lines[0]
    assert "left out: `GET /reached`, because `(` is not a supported regular expression" in lines[1]
    assert [operation.id for operation in api.operations.OPERATIONS] == ["good", "good_too"]
    assert list(api.validation.document()["components"]["schemas"]) == ["Good"]


def test_only_models_are_generated_on_request(tmp_path: Path) -> None:
    """With `--models-only`, also from operations that cannot be served: no server, tables or pages."""
    body = {"content": {"application/json": {"schema": TREE}}}
    document = contract(paths={"/a/{undeclared}": {"put": operation("replace", requestBody=body)}})
    out = run(tmp_path, document, "--models-only")

    files = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert {"astrbot_api/models.py", "astrbot_api/openapi.json", "astrbot_api/py.typed"} <= files
    assert not [name for name in files if "server" in name or "operations" in name or "docs" in name]
    assert imported(out).models.ReplaceBody.model_validate({"n": 1}).n == 1


def test_webhooks_and_callbacks_get_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says that only the models of their bodies are generated."""
    hook = {"requestBody": {"content": {"application/json": {"schema": TREE}}}, "responses": OK}
    document = contract(
        paths={"/a": {"post": operation("a", callbacks={"done": {"{$request.body#/url}": {"post": hook}}})}}
    )

    api = imported(run(tmp_path, document | {"webhooks": {"newPet": {"post": hook}}}))

    assert api.models.NewPetPostBody.model_validate({"n": 1}).n == 1
    assert api.models.DonePostBody.model_validate({"n": 1}).n == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "webhooks are not served, only the models of their bodies are generated: `newPet_post`" in lines[0]
    assert "callbacks are not served" in lines[1]
