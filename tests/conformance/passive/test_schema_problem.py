"""A finding about a schema names the cause: the place, what is wrong there, and what the schema expects."""

from typing import Any

import pytest
from astrbot_conformance.passive.schema_problem import (
    MOST_ERRORS,
    MOST_NAMES,
    first_errors,
    listing,
    outline,
    schema_problem,
)
from jsonschema_rs import Draft7Validator, validator_for

ITEM = {"type": "object", "required": ["name", "type"], "properties": {"name": {"type": "string"}}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["status"],
    "additionalProperties": False,
    "properties": {
        "status": {"enum": ["ok", "error"]},
        "count": {"type": ["integer", "null"], "minimum": 1},
        "kind": {"const": "page"},
        "names": {"type": "array", "minItems": 1},
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "at": {"type": ["string", "null"], "format": "date-time"},
        "host": {"type": "string", "format": "hostname"},
        "items": {"anyOf": [{"type": "object", "additionalProperties": ITEM}, {"type": "null"}]},
        "unique": {"type": ["array", "object", "integer", "null"], "uniqueItems": True, "maxProperties": 1},
        "either": {
            "oneOf": [
                {"properties": {"type": {"const": "a"}, "x": {"const": {"y": 1}}}},
                {"properties": {"type": {"const": "b"}}, "additionalProperties": False},
            ]
        },
        "deep": {
            "anyOf": [
                {"type": "object", "properties": {"a": {"type": "object", "required": ["b"]}}, "required": ["z"]},
                {"type": "object", "properties": {"a": {"properties": {"c": {"properties": {"d": {"type": "null"}}}}}}},
            ]
        },
        "map": {"additionalProperties": ITEM},
        "list": {"anyOf": [{"type": "array", "uniqueItems": True}, {"type": "null"}]},
        "part": {
            "oneOf": [
                {"required": ["type", "text"], "properties": {"type": {"const": "plain"}, "text": {"type": "string"}}},
                {"required": ["type", "url"], "properties": {"type": {"const": "image"}, "url": {"type": "string"}}},
            ]
        },
        "value": {"oneOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}]},
    },
}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "the body lacks `status`"),
        ([], "the body is an array, expected object"),
        ({"status": "fine"}, "`/status` is `fine`, expected one of `ok`, `error`"),
        ({"status": "x" * 40}, f"`/status` is `{'x' * 40}`, expected one of `ok`, `error`"),
        ({"status": "x" * 41}, "`/status` is a string, expected one of `ok`, `error`"),
        ({"status": "ok", "count": "3"}, "`/count` is a string, expected integer or null"),
        ({"status": "ok", "count": 2.5}, "`/count` is a number, expected integer or null"),
        ({"status": "ok", "count": 0}, "`/count` is `0`, expected at least 1"),
        ({"status": "ok", "kind": {"a": 1, "b": 2}}, "`/kind` is an object with `a`, `b`, expected `page`"),
        ({"status": "ok", "names": []}, "`/names` has 0 elements, expected at least 1"),
        ({"status": "ok", "id": "x"}, "`/id` is `x`, expected a match of the pattern `^[0-9]+$`"),
        (
            {"status": "ok", "at": "2026-11-22T10:00:00"},
            "`/at` is `2026-11-22T10:00:00`, expected a date and time with an offset, as in RFC 3339",
        ),
        ({"status": "ok", "host": "a b"}, "`/host` is `a b`, expected the format `hostname`"),
        ({"status": "ok", "unique": [1, 1]}, "`/unique` is an array, which violates `uniqueItems`"),
        ({"status": "ok", "unique": {"a": 1, "b": 2}}, "`/unique` has 2 members, expected at most 1"),
        ({"status": "ok", "unique": "x"}, "`/unique` is a string, expected array or integer or object or null"),
        ({"status": "ok", "list": [1, 1]}, "`/list` is an array, which violates `uniqueItems`"),
        ({"status": "ok", "more": 1}, "the body has members that the schema does not allow: `more`"),
    ],
)
def test_the_cause_is_named(body: object, problem: str) -> None:
    """The member, its value or type, and the expected ones."""
    assert _problem(body) == problem


def test_all_missing_members_of_one_place_are_named() -> None:
    """Several errors of one object are one problem."""
    assert _problem({"status": "ok", "items": {"a": {}}}) == "`/items/a` lacks `name`, `type`"


def test_other_errors_next_to_missing_members_are_not_named() -> None:
    """They may be of any kind."""
    schema = {"required": ["a", "b"], "minProperties": 2, "unevaluatedProperties": False}
    errors = sorted(validator_for(schema).iter_errors({"x": 1}), key=lambda error: error.kind.name != "required")

    assert [error.kind.name for error in errors[1:]].count("required") == 1
    assert {error.kind.name for error in errors} == {"required", "minProperties", "unevaluatedProperties"}
    assert schema_problem(errors, {"x": 1}) == "the body lacks `a`, `b`"


def test_the_nearest_alternative_is_explained() -> None:
    """An alternative of the same type, or with the same constant, says more than the fact that none matches."""
    assert _problem({"status": "ok", "items": {"a": {"name": 1, "type": "x"}}}) == (
        "`/items/a/name` is an integer, expected string"
    )
    assert _problem({"status": "ok", "part": {"type": "image", "text": "x"}}) == "`/part` lacks `url`"


def test_an_alternative_for_another_constant_is_not_explained() -> None:
    """Its other errors may be deeper, and errors of the alternative with the right constant may be of any kind."""
    assert _problem({"status": "ok", "either": {"type": "b", "x": {"y": 2}}}) == (
        "`/either` has members that the schema does not allow: `x`"
    )


def test_the_deepest_error_is_explained() -> None:
    """Not the first one by its path, nor that of an alternative whose errors are less deep."""
    assert _problem({"count": 0, "map": {"a": {}}}) == "`/map/a` lacks `name`, `type`"
    assert _problem({"count": 0}) == "`/count` is `0`, expected at least 1"
    assert _problem({"status": "ok", "deep": {"a": {"c": {"d": 1}}}}) == "`/deep/a/c/d` is an integer, expected null"


def test_a_keyword_of_an_old_draft_is_named() -> None:
    """Its name is before every other one in the alphabet."""
    errors = list(Draft7Validator({"items": [{}], "additionalItems": False}).iter_errors([1, 2]))

    assert schema_problem(errors, [1, 2], "the event") == "the event is an array, which violates `additionalItems`"


def test_only_the_first_errors_are_inspected() -> None:
    """A value can have as many errors as it has elements."""
    validator = validator_for({"items": {"type": "string"}})

    assert len(first_errors(validator, [1] * 199)) == 199
    assert len(first_errors(validator, [1] * (MOST_ERRORS + 5))) == MOST_ERRORS == 200
    assert first_errors(validator, ["x"]) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "an empty object"),
        ({"b": 1, "a": 2}, "an object with `a`, `b`"),
        ([], "an array"),
        ("", "a string"),
        (True, "a boolean"),
        (None, "null"),
        (0, "an integer"),
        (0.0, "a number"),
    ],
)
def test_the_outline_of_a_value(value: object, text: str) -> None:
    """Its type, and the names of its members in order."""
    assert outline(value) == text


def test_a_long_list_of_names_is_cut() -> None:
    """A sentence lists twelve of them."""
    names = [f"n{number}" for number in range(13)]

    assert listing(names) == f"{', '.join(f'`{name}`' for name in names[:12])}, …"
    assert listing(iter(names[:12])) == ", ".join(f"`{name}`" for name in names[:12])
    assert MOST_NAMES == 12


def test_a_value_of_no_alternative() -> None:
    """All types are named if the value has none of them. Alternatives that exclude each other may both match."""
    assert _problem({"status": "ok", "items": True}) == "`/items` is a boolean, expected object or null"
    assert _problem({"status": "ok", "value": None}) == "`/value` is null, expected integer or number or string"
    assert _problem({"status": "ok", "value": 1}) == (
        "`/value` matches several alternatives of the schema, expected exactly one"
    )


def test_the_order_of_members_does_not_matter() -> None:
    """The same response gives the same text, in whatever order the server writes its members."""
    bodies = [{"status": "ok", "items": {name: {} for name in names}} for names in ("ab", "ba")]

    assert [_problem(body) for body in bodies] == ["`/items/a` lacks `name`, `type`"] * 2


def _problem(body: object) -> str:
    return schema_problem(list(validator_for(SCHEMA, validate_formats=True).iter_errors(body)), body)
