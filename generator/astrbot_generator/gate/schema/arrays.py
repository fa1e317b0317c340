"""Differences of array items."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import Contains
from astrbot_generator.gate.schema.location import Location


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences by which B rejects arrays that A allows; items after all prefixes have the key -1."""
    a, b = here.flat_a, here.flat_b
    length = max(a.longest_prefix(), b.longest_prefix())
    for index in range(length + 1):
        other = b.of_item(index)
        if other:
            yield from here.inside("item", index if index < length else -1, a.of_item(index), other)
    for required in b.contains:
        if (required.least or required.most is not None) and not any(
            _enough(here, known, required) for known in a.contains
        ):
            yield here.found("contains", a.contains[0].pointer if a.contains else None, required.pointer)


def _enough(here: Location, known: Contains, required: Contains) -> bool:
    fewest = known.least >= required.least
    most = required.most is None or (known.most is not None and known.most <= required.most)
    return fewest and most and here.comparison.same([known.schema], [required.schema])
