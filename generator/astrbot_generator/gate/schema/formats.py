"""Formats: which of them includes which, and whether a value has one."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

from astrbot_generator.gate.schema.flat_schema import FlatSchema
from astrbot_generator.gate.schema.languages import Demand

HINTS = frozenset(("int64", "float", "double", "password", "regex", "html", "markdown", "text"))
"""Formats that reject almost nothing: they only describe the value or its size."""
WIDER = {
    ("int32", "int64"),
    ("float", "double"),
    ("uri", "uri-reference"),
    ("uri", "iri"),
    ("uri", "iri-reference"),
    ("uri-reference", "iri-reference"),
    ("iri", "iri-reference"),
    ("email", "idn-email"),
    ("hostname", "idn-hostname"),
}
"""(narrower, wider)"""
RANGES = {f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)}
RANGES |= {f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)}
"""Formats of integers -> the smallest and the largest value."""
PATTERNS = {
    "uuid": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "ipv4": r"^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$",
}
"""Formats -> a pattern that all their values match."""


def string_demands(flat: FlatSchema) -> tuple[Demand, ...]:
    """Returns the patterns and lengths of strings, including the patterns of formats."""
    least, most = (flat.bounds.get(word, (None,))[0] for word in ("minLength", "maxLength"))
    found = [Demand(value) for word, value in flat.words if word == "pattern" and isinstance(value, str)]
    found += [Demand(PATTERNS[value]) for word, value in flat.words if word == "format" and value in PATTERNS]
    if least or most is not None:
        found.append(Demand(None, int(least or 0), None if most is None else int(most)))
    return tuple(found)


def format_kept(in_a: Any, in_b: Any, a: FlatSchema) -> bool:
    """Returns whether format B includes format A, is only a hint, means the same, or all values of A have it."""
    if in_a is None and in_b in HINTS:
        return True
    encoded = a.notes.get("contentEncoding", ("binary",))[0] not in ("binary", "8bit", "7bit")
    if (in_a, in_b) in WIDER or (in_b == "binary" and "contentMediaType" in a.notes and not encoded):
        return True
    if in_a in RANGES and in_b in RANGES:
        (low, high), (other_low, other_high) = RANGES[in_a], RANGES[in_b]
        return bool(other_low <= low and high <= other_high)
    return a.enum is not None and all(has_format(value, in_b) for value in a.enum)


def has_format(value: Any, name: Any) -> bool | None:
    """Returns whether a value has a format; None if the format is not known."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not isinstance(name, str):
        return True
    if name in RANGES and not isinstance(value, str):
        return bool(RANGES[name][0] <= value <= RANGES[name][1])
    if name == "float" and not isinstance(value, str):
        return abs(value) <= 3.4028235e38
    validator = _validator(name)
    return validator.is_valid(value) if validator and isinstance(value, str) else None


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator | None:
    """Returns a validator of a format; None if it is not known."""
    try:
        return jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True, ignore_unknown_formats=False)
    except ValueError:
        return None
