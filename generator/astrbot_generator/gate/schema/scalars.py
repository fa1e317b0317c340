"""Differences of types, enumerations, bounds, patterns and formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import FlatSchema, atom_of, same
from astrbot_generator.gate.schema.formats import RANGES, format_kept, string_demands
from astrbot_generator.gate.schema.languages import Demand
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.pointer import split

SAMPLES: dict[str, tuple[Any, ...]] = {
    "null": (None,),
    "boolean": (True, False),
    "integer": (1, 0),
    "fraction": (0.5,),
    "string": ("a", ""),
    "array": ([],),
    "object": ({},),
}
TEXTS = frozenset(("text", "list", "form"))
"""How values are sent that are text on the wire."""
_BOUNDS = (
    ("range", "minimum", "maximum", {"integer", "fraction"}),
    ("length", "minLength", "maxLength", {"string"}),
    ("count", "minItems", "maxItems", {"array"}),
    ("size", "minProperties", "maxProperties", {"object"}),
)
_WORDS = {
    "pattern": ("pattern", {"string"}),
    "uniqueItems": ("unique", {"array"}),
    "multipleOf": ("multiple", {"integer", "fraction"}),
    "format": ("format", {"string", "integer", "fraction"}),
}
"""keyword -> (kind of its differences, the types that it restricts)"""


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences of single keywords by which B rejects values that A allows."""
    a, b = here.flat_a, here.flat_b
    yield from _types(here)
    yield from _enums(here)
    common = a.types & b.types
    for kind, lower, upper, types in _BOUNDS:
        if common & types:
            yield from _bounds(here, kind, lower, upper)
    yield from _words(here, common)


def _types(here: Location) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    missing = a.types - b.types
    if here.comparison.a.medium in TEXTS:
        missing -= {"null"}  # text cannot express null
    if "null" in missing and a.types != {"null"} and b.types:
        yield here.found("null", a.types_at, b.types_at or b.enum_at, samples=(None,))
        missing -= {"null"}
    if missing:
        samples = tuple(sample for name in sorted(missing) for sample in SAMPLES[name])
        in_a, in_b = type_words(a.types), type_words(b.types)
        yield here.found("type", a.types_at, b.types_at or b.enum_at, in_a=in_a, in_b=in_b, samples=samples)


def type_words(types: frozenset[str]) -> list[str]:
    """Returns types in the words of `type`; an empty list if nothing is allowed."""
    names = sorted(types - {"integer", "fraction"})
    if "fraction" in types:
        return [*names, "number"]
    return [*names, "integer"] if "integer" in types else names


def _enums(here: Location) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    if b.enum is None or not (a.types & b.types):
        return
    if a.enum is None:
        yield here.found("enum", a.types_at, b.enum_at, in_a=None, in_b=b.enum)
        return
    gone = [value for value in a.enum if not any(same(value, other) for other in b.enum)]
    shared = [value for value in gone if atom_of(value) in a.types & b.types]
    if shared:
        yield here.found("enum", a.enum_at, b.enum_at, in_a=shared, in_b=b.enum, samples=tuple(shared))


def _bounds(here: Location, kind: str, lower: str, upper: str) -> Iterator[Difference]:
    for word, sign in ((lower, 1), (upper, -1)):
        one, other = _edge(here.flat_a, word, sign), _edge(here.flat_b, word, sign)
        if other is None or any(edge and other[0] <= edge[0] for edge in (one, _format_edge(here.flat_a, word, sign))):
            continue
        if kind == "length" and _length_kept(here, sign, other[2]):
            continue
        _, at_a, in_a = one or (None, None, None)
        _, at_b, in_b = other
        if kind == "range" or sign == -1 or in_b != 0:  # a length is never below 0
            yield here.found(kind, at_a, at_b, name=split(at_b)[-1], in_a=in_a, in_b=in_b)


def _edge(flat: FlatSchema, word: str, sign: int) -> tuple[tuple[Any, bool], str, Any] | None:
    """Returns the tightest bound on one side: (sort key, pointer, value)."""
    found = []
    exclusive = "exclusive" + word[:1].upper() + word[1:]
    for name in (word, exclusive):
        if name in flat.bounds:
            value, pointer = flat.bounds[name]
            found.append(((value * sign, name == exclusive), pointer, value))
    return max(found, key=lambda edge: edge[0], default=None)


def _format_edge(flat: FlatSchema, word: str, sign: int) -> tuple[tuple[Any, bool]] | None:
    """Returns the bound that a format such as `int32` implies, as a sort key."""
    ranges = [RANGES[known] for name, known in flat.words if name == "format" and known in RANGES]
    if word not in ("minimum", "maximum") or not ranges:
        return None
    return (((max(low for low, _ in ranges) if sign == 1 else -min(high for _, high in ranges)), False),)


def _length_kept(here: Location, sign: int, bound: int) -> bool:
    """Returns whether the patterns of A allow only strings whose length is inside the bound."""
    demands = string_demands(here.flat_a)
    length = Demand(None, bound) if sign == 1 else Demand(None, 0, bound)
    patterned = any(demand.pattern for demand in demands)
    return patterned and here.comparison.languages.keeps(demands, length).kept is True


def _words(here: Location, common: frozenset[str]) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    for (word, value), pointer in b.words.items():
        if (word, value) in a.words:
            continue
        others = [(known, at) for (name, known), at in a.words.items() if name == word]
        in_a, at = others[0] if others else (None, None)
        kind, types = _WORDS[word]
        if not common & types:
            continue
        if word == "pattern":
            answer = here.comparison.languages.keeps(string_demands(a), Demand(str(value)))
            if not answer.kept:
                samples = () if answer.example is None else (answer.example,)
                known = answer.kept is False
                yield here.found(kind, at, pointer, in_a=in_a, in_b=value, samples=samples, undecided=not known)
        elif not _is_kept(here, word, [known for known, _ in others], value):
            yield here.found(kind, at, pointer, in_a=in_a, in_b=value)


def _is_kept(here: Location, word: str, known: list[Any], value: Any) -> bool:
    """Returns whether values that follow the keyword in A also follow it in B."""
    if word == "multipleOf":
        whole = isinstance(value, int) and value
        return any(whole and isinstance(other, int) and other % value == 0 for other in known)
    if word != "format":
        return False
    if value in RANGES and _within(here.flat_a, *RANGES[value]):
        return True
    return format_kept(known[0] if known else None, value, here.flat_a)


def _within(flat: FlatSchema, low: int, high: int) -> bool:
    """Returns whether the bounds of A allow only numbers of a range."""
    lower, upper = _edge(flat, "minimum", 1), _edge(flat, "maximum", -1)
    return lower is not None and upper is not None and lower[0][0] >= low and -upper[0][0] <= high
