"""Values of every kind that JSON has, for members that take any value."""

from typing import Any

TEXT = "odd \"text\" 'of' {one} <b>&amp;</b> %41 %s \\n\n\te\u0301\u212b \u4f60\u597d \U0001f600 \u202eabc\u202c null 0"
VALUES: tuple[Any, ...] = (
    TEXT,
    ["three"],
    1.5,
    {"other": 1, "inner": {"more": 2}},
    True,
    False,
    [1, "two", None, {"three": []}, [], 0, False],
    [],
    {"inner": {"text": TEXT, "nothing": None, "zero": 0, "off": False, "empty": ""}},
    {},
    -7,
    "null",
    "",
    0,
)
SHIFT = 5  # most values get another kind; an object and a list get another object and another list
FIRST: dict[str, Any] = {f"conform_{number}": value for number, value in enumerate(VALUES, 1)}
"""Members with a value of every kind."""
SECOND: dict[str, Any] = dict(zip(FIRST, (*VALUES[SHIFT:], *VALUES[:SHIFT]), strict=True))
"""The same members, each with another value."""
