"""Schemas of the values that violate a bound."""

from __future__ import annotations

from typing import Any, get_args

from astrbot_generator.gate.schema.difference import Bound, Difference

_BEYOND = {
    "minimum": "exclusiveMaximum",
    "exclusiveMinimum": "maximum",
    "maximum": "exclusiveMinimum",
    "exclusiveMaximum": "minimum",
}
"""The bound of a number -> the keyword that allows only numbers outside it."""


def contrary_of(difference: Difference) -> dict[str, Any] | None:
    """Returns a schema of values that violate a bound of B; None if the difference is not a bound."""
    word, value = difference.name, difference.in_b
    if difference.kind == "range":
        return {"type": "number", _BEYOND[word]: value}
    if difference.kind in get_args(Bound):
        below = {word.replace("min", "max"): int(value) - 1}
        return below if word.startswith("min") else {word.replace("max", "min"): int(value) + 1}
    return None
