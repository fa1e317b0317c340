"""Schemas that are not valid, or that have a keyword that cannot be enforced, are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.generator.making import schemas
from tests.generator.refusal import expect_refusal

BAD: dict[str, tuple[Any, str, str]] = {
    "nullable": (
        schemas(A={"type": "string", "nullable": True}),
        r"A/nullable:",
        "has no effect in OpenAPI 3.1; add 'null'.*--allow nullable",
    ),
    "a boolean exclusiveMinimum": (schemas(A={"exclusiveMinimum": True}), r"A/exclusiveMinimum:", "enforces nothing"),
    "another dialect": (
        schemas(A={"$schema": "https://e.org/d"}),
        r"A/\$schema:",
        "another version of JSON Schema",
    ),
    "draft 7": (
        schemas() | {"jsonSchemaDialect": "http://json-schema.org/draft-07/schema#"},
        r"#/jsonSchemaDialect:",
        "another version of JSON Schema",
    ),
    "a $dynamicRef to one of two": (
        schemas(
            A={"$id": "a", "$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}},
            B={"$id": "b", "$dynamicAnchor": "n", "$ref": "a"},
        ),
        r"A/items/\$dynamicRef:",
        "can lead to several schemas",
    ),
    "a type that does not exist": (
        schemas(A={"type": "text"}),
        r": #/components/schemas/A/type:",
        "not valid JSON Schema",
    ),
    "required as in draft 3": (
        schemas(A={"properties": {"b": {"required": True}}}),
        r"b/required:",
        "not valid JSON Schema",
    ),
    "a pattern that is none": (schemas(A={"pattern": "("}), r"A/pattern:", "not a supported regular expression"),
}


@pytest.mark.parametrize(("bad", "where", "why"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused(
    bad: Any, where: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, lines of the form `file:line:column: #/pointer: what is wrong; what to do`, and no output."""
    expect_refusal(bad, where, why, tmp_path, capsys)
