"""Proposes numbers and strings near the bounds of a schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.schema.flat_schema import FlatSchema
from astrbot_generator.gate.schema.formats import string_demands
from astrbot_generator.gate.schema.languages import Languages
from astrbot_generator.gate.schema.regexes import example_of

FORMATS = {
    "date-time": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "time": "00:00:00Z",
    "duration": "P1D",
    "email": "a@example.org",
    "hostname": "example.org",
    "idn-email": "a@example.org",
    "idn-hostname": "example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.org/",
    "uri-reference": "/a",
    "uri-template": "/{a}",
    "iri": "https://example.org/",
    "iri-reference": "/a",
    "json-pointer": "/a",
    "relative-json-pointer": "0",
    "regex": "a",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def numbers(flat: FlatSchema) -> Iterator[Any]:
    """Yields numbers that the schema may allow."""
    low, high = flat.bounds.get("minimum"), flat.bounds.get("maximum")
    above, below = flat.bounds.get("exclusiveMinimum"), flat.bounds.get("exclusiveMaximum")
    edges = [low[0], low[0] + 1] if low else []
    edges += [above[0] + 1, above[0] + 0.5] if above else []
    edges += [high[0], high[0] - 1] if high else []
    edges += [below[0] - 1, below[0] - 0.5] if below else []
    steps = [value for word, value in flat.words if word == "multipleOf" and value > 0]
    for step in steps:
        for edge in [*edges, 0]:
            yield from (edge // step * step, (edge // step + 1) * step, (edge // step + 2) * step)
    least = max([edge[0] for edge in (low, above) if edge], default=None)
    most = min([edge[0] for edge in (high, below) if edge], default=None)
    yield from (v for v in (1, 0, 2, -1, 0.5) if (least is None or v >= least) and (most is None or v <= most))
    yield from edges
    yield from (*(edge[0] + 0.5 for edge in (low, above) if edge), *(edge[0] - 0.5 for edge in (high, below) if edge))
    yield from (2, 3, 5, 10, -3, 1000, 0.25)


def strings(flat: FlatSchema, languages: Languages) -> Iterator[str]:
    """Yields strings that the schema may allow."""
    demands = string_demands(flat)
    if len(demands) > 1:
        yield from languages.examples(demands, [], 3)
    least = int(flat.bounds.get("minLength", (0,))[0])
    most = flat.bounds.get("maxLength", (None,))[0]
    for word, value in flat.words:
        if word == "format" and value in FORMATS:
            yield FORMATS[value]
    for word, value in flat.words:
        if word == "pattern":
            yield from _patterned(value, least)
    for length in (max(1, least), least, least + 1):
        if length < 100_000 and (most is None or length <= most):
            yield ("a" * length)
    if most is not None and most < 100_000:
        yield "a" * int(most)
    for length in {max(1, least), min(least + 1, 1_000), min(int(most or 1), 1_000)}:
        yield from (character * length for character in "z0A-")
    yield from (text[: most or None] for text in ("0", "A", "a b", "-", "é"))


def _patterned(pattern: str, least: int) -> Iterator[str]:
    for extra in (0, 1, least):
        found = example_of(pattern, extra)
        if found is not None:
            yield found
            if len(found) < least <= 1000:
                yield found + "a" * (least - len(found))
                yield found + found[-1:] * (least - len(found))
