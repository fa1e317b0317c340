"""Schemas that are not valid, or that have a keyword that cannot be enforced, are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.generator.making import schemas
from tests.generator.refusal import expect_refusal

BAD: dict[str, tuple[Any, str, str]] = {
    "nullable": (schemas(A={"type": "string", "nullable": True}), r"A/nullable:", "cannot be enforced.*'null'"),
    "a boolean exclusiveMinimum": (schemas(A={"exclusiveMinimum": True}), r"A/exclusiveMinimum:", "enforces nothing"),
    "a misspelt keyword": (
        schemas(A={"minLenght": 1}),
        r"A/minLenght:",
        "cannot be enforced; did you mean `minLength`",
    ),
    "an unknown keyword": (schemas(A={"magic": 1}), r"A/magic:", "cannot be enforced"),
    "$id": (schemas(A={"$id": "urn:a"}), r"A/\$id:", "cannot be enforced"),
    "$dynamicRef": (schemas(A={"$dynamicRef": "#a"}), r"A/\$dynamicRef:", "cannot be enforced"),
    "contentSchema": (schemas(A={"contentSchema": {}}), r"A/contentSchema:", "cannot be enforced"),
    "dependencies": (schemas(A={"dependencies": {"a": ["b"]}}), r"A/dependencies:", "use `dependentRequired`"),
    "a keyword deep inside": (
        schemas(A={"type": "array", "items": {"properties": {"b": {"additionalItems": False}}}}),
        r"A/items/properties/b/additionalItems:",
        "cannot be enforced",
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
