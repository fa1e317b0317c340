"""Random pairs of schemas: nothing that breaks passes in silence, and every example is true."""

from __future__ import annotations

import os
from typing import Any

import jsonschema_rs
import pytest
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.schema.oracle import Oracle
from astrbot_generator.gate.verdicts import SchemaJudge, Verdict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

MOST = int(os.environ.get("GATE_PAIRS", "80"))
ENOUGH = settings(max_examples=MOST, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
AT = "/components/schemas/S"

ATOMS = st.sampled_from(
    [
        True,
        {},
        {"type": "string"},
        {"type": "integer"},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "null"},
        {"type": ["string", "null"]},
        {"type": ["integer", "boolean"]},
        {"enum": ["a", "b"]},
        {"enum": ["a"]},
        {"enum": [1, True, None]},
        {"const": 1},
        {"type": "number", "minimum": 2},
        {"type": "integer", "exclusiveMinimum": 1},
        {"maximum": 3},
        {"multipleOf": 2},
        {"minLength": 2},
        {"type": "string", "maxLength": 2},
        {"pattern": "^a"},
        {"$ref": "#/components/schemas/R"},
    ]
)
NAMES = st.sampled_from("abc")


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.just("object"),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.lists(NAMES, unique=True, max_size=2),
            "additionalProperties": inner | st.booleans(),
            "patternProperties": st.dictionaries(st.just("^a"), inner, max_size=1),
            "dependentRequired": st.just({"a": ["b"]}),
            "minProperties": st.integers(0, 2),
        },
    )


def _arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("array")},
        optional={
            "items": inner,
            "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "contains": inner,
            "minContains": st.integers(0, 2),
            "maxContains": st.just(1),
            "minItems": st.integers(0, 2),
            "maxItems": st.integers(1, 2),
            "uniqueItems": st.booleans(),
        },
    )


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        *(st.fixed_dictionaries({word: several}) for word in ("anyOf", "oneOf", "allOf")),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner}, optional={"else": inner}),
        st.tuples(_objects(inner), st.fixed_dictionaries({"oneOf": several})).map(lambda two: {**two[0], **two[1]}),
    )


SCHEMAS = st.recursive(ATOMS, lambda inner: _objects(inner) | _arrays(inner) | _composed(inner), max_leaves=8)
LEAVES = st.sampled_from([None, True, False, 0, 1, 2, 3, 4, -1, 1.5, 2.5, "", "a", "b", "ab", "abc", "aaa"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema and what a change of one part made of it."""
    old = draw(SCHEMAS)
    if draw(st.integers(0, 4)) == 0:
        return old, draw(SCHEMAS)
    return old, _replaced(draw, old)


def _replaced(draw: st.DrawFn, schema: Any) -> Any:
    """The schema with one part exchanged; the deeper, the likelier."""
    if not isinstance(schema, dict) or not schema or draw(st.integers(0, 3)) == 0:
        return draw(SCHEMAS)
    word = draw(st.sampled_from(sorted(schema)))
    value = schema[word]
    if word in ("anyOf", "oneOf", "allOf", "prefixItems"):
        index = draw(st.integers(0, len(value) - 1))
        return {**schema, word: [*value[:index], _replaced(draw, value[index]), *value[index + 1 :]]}
    if word in ("properties", "patternProperties") and value:
        name = draw(st.sampled_from(sorted(value)))
        return {**schema, word: {**value, name: _replaced(draw, value[name])}}
    if word in ("items", "contains", "additionalProperties", "not", "if", "then", "else"):
        return {**schema, word: _replaced(draw, value)}
    return {key: inner for key, inner in schema.items() if key != word}


def judged(old: Any, new: Any, recursive: list[Any]) -> tuple[list[Verdict], list[Verdict], list[Any]]:
    """What is said of a change in a request and in an answer, and a validator of each side."""
    documents, validators = [], []
    for schema, shared in zip((old, new), recursive, strict=True):
        components = {"schemas": {"S": schema, "R": shared}}
        documents.append(Document("a", {"openapi": "3.1.0", "components": components}, None))  # type: ignore[arg-type]
        validators.append(jsonschema_rs.Draft202012Validator({"$ref": f"#{AT}", "components": components}))
    judge = SchemaJudge(*documents)
    return judge.judge("request", AT, AT), judge.judge("response", AT, AT), validators


NODE = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/R"}, "b": {"type": "integer"}}}
TREE = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/R"}}]}
SHARED = st.sampled_from([NODE, TREE, {**NODE, "required": ["b"]}])


@ENOUGH
@given(changed(), st.lists(SHARED, min_size=2, max_size=2), st.lists(VALUES, min_size=40, max_size=80))
def test_nothing_breaks_in_silence(pair: tuple[Any, Any], shared: list[Any], values: list[Any]) -> None:
    """A value that only one side allows is not found without a finding that names the change."""
    asked, answered, (old, new) = judged(*pair, shared)

    allowed = [(old.is_valid(value), new.is_valid(value)) for value in values]
    for said, breaks in ((asked, (True, False)), (answered, (False, True))):
        if breaks in allowed:
            assert [verdict for verdict in said if not verdict.rule.id.endswith(("loosened", "tightened"))]


@ENOUGH
@given(changed(), st.lists(SHARED, min_size=2, max_size=2))
def test_examples_are_true(pair: tuple[Any, Any], shared: list[Any]) -> None:
    """Every example is allowed on the one side and refused on the other, for whoever validates it."""
    asked, answered, (old, new) = judged(*pair, shared)

    for said, allows, refuses in ((asked, old, new), (answered, new, old)):
        for verdict in said:
            if verdict.witness:
                assert allows.is_valid(verdict.witness.value)
                assert not refuses.is_valid(verdict.witness.value)


@ENOUGH
@given(SCHEMAS, SHARED)
def test_nothing_changed_is_silence(schema: Any, shared: Any) -> None:
    """A schema against itself gives nothing."""
    asked, answered, _ = judged(schema, schema, [shared, shared])

    assert (asked, answered) == ([], [])


@ENOUGH
@given(changed(), st.lists(SHARED, min_size=2, max_size=2), st.lists(VALUES, min_size=40, max_size=80))
def test_proofs_hold(pair: tuple[Any, Any], shared: list[Any], values: list[Any]) -> None:
    """What is proven to be allowed is allowed."""
    documents = [
        Document("a", {"openapi": "3.1.0", "components": {"schemas": {"S": schema, "R": inner}}}, None)  # type: ignore[arg-type]
        for schema, inner in zip(pair, shared, strict=True)
    ]
    judge = SchemaJudge(*documents)
    sides = judge.sides("request")
    one, other = (side.node(AT) for side in sides)
    oracle = Oracle(*sides)
    if oracle.covered([one], [other]):
        assert not [value for value in values if oracle.shows([one], [other], value)]
