"""Edges of schemas: names without types, patterns of names, formats within bounds, JSON in texts, alternatives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.gate.small import INTEGER, STRING, Json, breaks, document, found, objects, request, response


def _json(schema: Json, **more: Json) -> Json:
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema, **more}


def _named(**patterns: Json) -> Json:
    return {"type": "object", "patternProperties": {"^x-" if name == "x" else name: s for name, s in patterns.items()}}


def _number(format_: str | None = None, **bounds: Json) -> Json:
    return {"type": "integer", **({"format": format_} if format_ else {}), **bounds}


A = {"type": "object", "required": ["a"]}
SMALL: Json = {"minimum": 0, "maximum": 100}
BYTE = {"type": "string", "format": "byte"}
BASE64 = {"type": "string", "contentEncoding": "base64"}
CASES: list[tuple[str, Json, Json, bool, bool]] = [
    ("a required name gets a type", A, {**A, "properties": {"a": INTEGER}}, True, False),
    ("a required name loses its type", {**A, "properties": {"a": INTEGER}}, A, False, True),
    ("a required name may be anything", A, {**A, "properties": {"a": {}}}, False, False),
    ("names get a type", {"type": "object"}, _named(x=STRING), True, False),
    ("names lose their type", _named(x=STRING), {"type": "object"}, False, True),
    ("names are rejected", {"type": "object"}, _named(x=False), True, False),
    ("more names get a type", _named(x=STRING), {"type": "object", "patternProperties": {"^x": STRING}}, True, False),
    ("the same names", _named(**{"^[0-9]": STRING}), _named(**{r"^\d": STRING}), False, False),
    ("a format within bounds", _number(**SMALL), _number("int32", **SMALL), False, False),
    ("a smaller format within bounds", _number("int64", **SMALL), _number("int8", **SMALL), False, False),
    ("a format and one bound", _number(minimum=0), _number("int32", minimum=0), True, False),
    ("a format to its bounds", _number("int8"), _number(minimum=-128, maximum=127), False, False),
    ("a smaller format", _number("int64"), _number("int32"), True, False),
    ("bytes", BYTE, BASE64, False, False),
    ("bytes written in the old way", BASE64, BYTE, False, False),
    ("texts that have the format", {"enum": ["2026-01-01"]}, {"enum": ["2026-01-01"], "format": "date"}, False, False),
    ("JSON of another type", _json(objects({})), _json({"type": "array"}), True, True),
    ("a member of JSON is required", _json(objects({})), _json(objects({}, required=["a"])), True, False),
    ("JSON gets a schema", {"type": "string", "contentMediaType": "application/json"}, _json(INTEGER), True, False),
    ("JSON in base64", _json(INTEGER, contentEncoding="base64"), _json(STRING, contentEncoding="base64"), True, True),
    ("JSON in other words", _json(objects({})), _json({**objects({}), "title": "It"}), False, False),
    (
        "a narrower part of what another alternative allows",
        {"anyOf": [STRING, {"type": "string", "maxLength": 9}]},
        {"anyOf": [STRING, {"type": "string", "maxLength": 5}]},
        False,
        False,
    ),
    (
        "a narrower part of what another alternative excludes",
        {"oneOf": [{"type": "number"}, _number(maximum=10)]},
        {"oneOf": [{"type": "number"}, _number(maximum=5)]},
        False,
        True,
    ),
    (
        "a narrower alternative next to a pattern",
        {"anyOf": [{"type": "string", "maxLength": 10}, {"type": "string", "pattern": "^a"}]},
        {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "string", "pattern": "^a"}]},
        True,
        False,
    ),
    (
        "items after a first one",
        {"type": "array", "prefixItems": [STRING], "items": {"type": "boolean"}},
        {"type": "array", "prefixItems": [STRING], "items": {"type": "null"}},
        True,
        True,
    ),
    (
        "names of which one is declared",
        objects({"a": {"type": "boolean"}}, patternProperties={"^[ab]": {"type": ["string", "boolean"]}}),
        objects({"a": {"type": "boolean"}}, patternProperties={"^[ab]": {"type": "boolean"}}),
        True,
        False,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_edges(tmp_path: Path, case: tuple[str, Json, Json, bool, bool]) -> None:
    """A change breaks in requests, in responses, in both or in neither; what breaks has an example."""
    _, old, new, narrowed, widened = case

    assert breaks(tmp_path, request(old), request(new)) is narrowed
    assert breaks(tmp_path, response(old), response(new)) is widened


NULLABLE = objects({"k": {"nullable": True, "allOf": [STRING]}})
NULL = objects({"k": {"anyOf": [STRING, {"type": "null"}]}})


@pytest.mark.parametrize(("version", "is_new"), [("3.0.0", False), ("3.0.2", False), ("3.0.3", True), ("3.0.4", True)])
def test_nullable_without_type(tmp_path: Path, version: str, *, is_new: bool) -> None:
    """`nullable` without a type means nothing since OpenAPI 3.0.3."""
    assert breaks(tmp_path, response(NULLABLE, version=version), response(NULL)) is is_new


def test_examples_of_responses_follow_formats(tmp_path: Path) -> None:
    """An example of a response has the formats of the new contract."""
    old = objects({"at": {"type": "string", "format": "date-time"}, "n": STRING}, required=["at", "n"])
    new = objects({"at": {"type": "string", "format": "date-time"}, "n": INTEGER}, required=["at", "n"])

    values = [f.witness.value for f in found(tmp_path, response(old), response(new)) if f.witness]

    assert values == [{"at": "2026-01-01T00:00:00Z", "n": 1}]


def test_readers(tmp_path: Path) -> None:
    """A new member of a closed response breaks strict readers only."""
    pair = [response(objects(dict.fromkeys(names, STRING), additionalProperties=False)) for names in ("a", "ab")]

    assert breaks(tmp_path, *pair)
    assert not breaks(tmp_path, *pair, readers="tolerant")


def test_prefix_of_paths(tmp_path: Path) -> None:
    """A prefix can move between the servers and the paths."""
    paths = {"/things": {"get": {"responses": {"200": {"description": "Done"}}}}}
    old = document(servers=[{"url": "https://e.org/api"}]) | {"paths": paths}
    new = document(servers=[{"url": "https://e.org"}]) | {"paths": {"/api/things": paths["/things"]}}

    assert found(tmp_path, old, new) == []
    assert found(tmp_path, new, old) == []
    assert breaks(tmp_path, old, {**new, "servers": [{"url": "https://e.net"}]})
