"""Parameters, headers, forms, plain text and XML are judged as text on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from astrbot_generator.gate.schema.wire import readings
from hypothesis import given
from hypothesis import strategies as st

from tests.generator.gate.small import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    Json,
    breaks,
    header,
    lists,
    objects,
    parameter,
    request,
    response,
)

DIGITS = {"type": "string", "pattern": "^[0-9]{1,5}$"}
WORDS = {"enum": ["true", "false"]}
TEXTS: list[tuple[str, Json, Json, bool, bool]] = [
    ("an integer to a text", INTEGER, STRING, False, True),
    ("an integer to a number", INTEGER, NUMBER, False, True),
    ("a truth value to a text", BOOLEAN, STRING, False, True),
    ("a truth value to its two words", BOOLEAN, WORDS, False, False),
    ("a truth value to an integer", BOOLEAN, INTEGER, True, True),
    ("numbers as texts", {"enum": [1, 2]}, {"enum": ["1", "2"]}, False, False),
    ("fewer numbers as texts", {"enum": [1, 2]}, {"enum": ["1"]}, True, False),
    ("digits to an integer", DIGITS, INTEGER, False, True),
    ("a positive integer to digits", {**INTEGER, "minimum": 0, "maximum": 99}, DIGITS, False, True),
    ("an integer to a short text", INTEGER, {"type": "string", "maxLength": 3}, True, True),
    ("null, which text cannot express", {"type": ["string", "null"]}, STRING, False, False),
    ("one text to a list of texts", STRING, lists(STRING), False, False),
    ("a list of integers to a list of texts", lists(INTEGER), lists(STRING), False, True),
    ("a list of texts to a list of integers", lists(STRING), lists(INTEGER), True, False),
]
IDS = [case[0] for case in TEXTS]


@pytest.mark.parametrize("case", TEXTS, ids=IDS)
@pytest.mark.parametrize("param_in", ["query", "path", "header", "cookie"])
def test_parameter(tmp_path: Path, case: tuple[str, Json, Json, bool, bool], param_in: str) -> None:
    """A parameter breaks only if a text that was accepted is rejected."""
    _, old, new, narrowed, _ = case

    assert breaks(tmp_path, parameter(old, param_in), parameter(new, param_in)) is narrowed


@pytest.mark.parametrize("case", TEXTS, ids=IDS)
def test_header(tmp_path: Path, case: tuple[str, Json, Json, bool, bool]) -> None:
    """A header of a response breaks only if a text becomes possible that could not be read before."""
    _, old, new, _, widened = case

    assert breaks(tmp_path, header(old), header(new)) is widened


@pytest.mark.parametrize("case", TEXTS, ids=IDS)
@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_form(tmp_path: Path, case: tuple[str, Json, Json, bool, bool], media_type: str) -> None:
    """A field of a form is text too."""
    _, old, new, narrowed, _ = case

    assert breaks(tmp_path, *(request(objects({"k": s}), media_type) for s in (old, new))) is narrowed


def test_list_to_single_value(tmp_path: Path) -> None:
    """Several values do not fit a single one, unless they are sent as one text with commas."""
    assert breaks(tmp_path, parameter(lists(STRING)), parameter(STRING))
    assert not breaks(tmp_path, parameter(lists(STRING, maxItems=1)), parameter(STRING))
    assert not breaks(tmp_path, parameter(lists(STRING), explode=False), parameter(STRING, explode=False))


def test_object_in_form_is_json(tmp_path: Path) -> None:
    """An object in a part of a multipart body is JSON, where 1 is not a text."""
    pair = (request(objects({"k": objects({"a": schema})}), "multipart/form-data") for schema in (INTEGER, STRING))

    assert breaks(tmp_path, *pair)


@pytest.mark.parametrize(("media_type", "is_text"), [("text/plain", True), ("application/json", False)])
def test_body(tmp_path: Path, *, media_type: str, is_text: bool) -> None:
    """A plain text is not JSON."""
    assert breaks(tmp_path, request(INTEGER, media_type), request(STRING, media_type)) is not is_text
    assert breaks(tmp_path, request(STRING, media_type), request(INTEGER, media_type))
    assert breaks(tmp_path, response(INTEGER, media_type), response(STRING, media_type))
    assert breaks(tmp_path, response(STRING, media_type), response(INTEGER, media_type)) is not is_text


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False), st.lists))
def test_value_is_one_of_its_readings(value: Json) -> None:
    """A value that can be sent can be read as it was meant."""
    for medium in ("json", "xml", "text", "list", "form"):
        read = readings(value, medium)
        assert not read or value in read
        assert len(read) <= 200


def test_too_many_readings() -> None:
    """A value with too many readings is not used: one of those that are left out may be accepted."""
    assert readings({f"k{index}": index for index in range(20)}, "form") == []
