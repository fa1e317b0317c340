"""An error of a union speaks of the alternative that the value was meant for."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from astrbot_api.conforming import wrong
from astrbot_api.explain import explained
from astrbot_api.models import ChatRequest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

MEMBER = {"type": "integer"}
A = {"type": "object", "required": ["a"], "properties": {"a": MEMBER, "secret": {"type": "string"}}}
B = {"type": "object", "required": ["b"], "properties": {"b": MEMBER}}
CAT = {"type": "object", "required": ["kind", "m"], "properties": {"kind": {"const": "cat"}, "m": MEMBER}}
DOG = {"type": "object", "required": ["kind", "w"], "properties": {"kind": {"enum": ["dog"]}, "w": MEMBER}}
TREE = {"oneOf": [CAT, {**DOG, "properties": {**DOG["properties"], "inner": {"anyOf": [CAT, {"type": "null"}]}}}]}  # type: ignore[dict-item]

CASES: dict[str, tuple[Any, Any, list[tuple[tuple[str | int, ...], str]]]] = {
    "a constant decides": (TREE, {"kind": "cat", "w": 1}, [(("m",), "required")]),
    "a constant decides inside another": (
        TREE,
        {"kind": "dog", "w": 1, "inner": {"kind": "cat"}},
        [(("inner", "m"), "required")],
    ),
    "an unknown constant": (TREE, {"kind": "cow"}, [(("kind",), 'enum: ["cat", "dog"]')]),
    "in a list": (
        {"type": "array", "items": TREE},
        [{"kind": "dog", "w": 1}, {"kind": "cat", "m": "x"}],
        [((1, "m"), 'type: ["integer"]')],
    ),
    "the fewest missing members": ({"oneOf": [A, B]}, {"a": "x", "secret": "y"}, [(("a",), 'type: ["integer"]')]),
    "null beside an object": ({"anyOf": [A, {"type": "null"}]}, {"a": "x"}, [(("a",), 'type: ["integer"]')]),
    "another type": ({"anyOf": [{"type": "string"}, {"type": "array"}]}, 5, [((), 'type: ["string", "array"]')]),
    "another type, through unions": (
        {"anyOf": [{"oneOf": [{"type": "string"}, {"type": "null"}]}, {"type": "array"}]},
        5,
        [((), 'type: ["string", "null", "array"]')],
    ),
    "several alternatives": ({"oneOf": [MEMBER, {"minimum": 1}]}, 5, [((), "oneOf")]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_alternative_is_chosen(case: str) -> None:
    """Its constants, then the number of missing members decide."""
    schema, value, expected = CASES[case]
    validator = jsonschema_rs.Draft202012Validator(schema)

    found = list(explained(validator.iter_errors(value)))

    assert [violation.path for violation in found] == [path for path, _ in expected]
    for violation, (_, rule) in zip(found, expected, strict=True):
        assert rule in ("required", *wrong(violation).split("`"))


@given(
    tags=st.lists(st.text("abc", min_size=1, max_size=3), min_size=2, max_size=5, unique=True),
    chosen=st.integers(0, 4),
    word=st.sampled_from(["oneOf", "anyOf"]),
    removed=st.booleans(),
)
def test_a_fault_in_one_member_is_one_line_that_names_it(
    tags: list[str], *, chosen: int, word: str, removed: bool
) -> None:
    """In every union of objects with a constant each."""
    branches = []
    for number, tag in enumerate(tags):
        members = {"tag": {"const": tag}, **{f"m{index}": MEMBER for index in range(number + 1)}}
        branches.append({"type": "object", "required": list(members), "properties": members})
    number = chosen % len(tags)
    value: dict[str, Any] = {"tag": tags[number], **{f"m{index}": index for index in range(number + 1)}}
    value[f"m{number}"] = "x"
    if removed:
        del value[f"m{number}"]

    found = list(explained(jsonschema_rs.Draft202012Validator({word: branches}).iter_errors(value)))

    assert [violation.path for violation in found] == [(f"m{number}",)]
    assert found[0].keyword == ("required" if removed else "type")


@pytest.mark.parametrize(
    ("message", "place", "text"),
    [
        ([{"type": "image"}], ("message", 0, "attachment_id"), "Field required"),
        ([{"type": "bogus"}], ("message", 0, "type"), '`enum: ["plain", "reply", "image", "record", "file", "video"]`'),
        (5, ("message",), '`type: ["string", "array"]`'),
    ],
)
def test_a_chat_message(message: Any, place: tuple[str | int, ...], text: str) -> None:
    """The place of an error leads to the member of the part."""
    with pytest.raises(ValidationError) as refusal:
        ChatRequest.model_validate({"username": "me", "message": message})

    (error,) = refusal.value.errors()
    assert error["loc"] == place
    assert text in error["msg"]
