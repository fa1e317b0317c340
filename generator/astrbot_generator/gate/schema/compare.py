"""Walks two schemas in parallel and yields every location where B may reject a value that A allows.

Complete by construction: schemas with equal keywords allow equal values, so every keyword that differs is reported by
one of the modules here or as `generic`. A difference is a candidate: `witness` may show it, `oracle` may refute it.
"""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.schema import arrays, discriminators, notes, objects, scalars, unions
from astrbot_generator.gate.schema.comparison import Comparison, Nodes, text
from astrbot_generator.gate.schema.difference import Difference, Step
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import SELECTED, Node
from astrbot_generator.pointer import join


def differences(comparison: Comparison, a: Node, b: Node) -> list[Difference]:
    """Returns every candidate, in the order of B."""
    found: dict[tuple[str, ...], Difference] = {}
    for difference in _Walk(comparison).pair((a,), (b,), ()):
        if difference.at_b.startswith(SELECTED):
            continue  # the rule about discriminators reports it
        found.setdefault((difference.kind, difference.at_a, difference.at_b, difference.name), difference)
    return list(found.values())


class _Walk:
    def __init__(self, comparison: Comparison, tries: int = 2) -> None:
        self.comparison = comparison
        self.tries = tries
        """How many levels of nested unions are tried."""
        self.seen: set[tuple[frozenset[str], frozenset[str]]] = set()

    def finds_nothing(self, a: Nodes, b: Nodes) -> bool:
        """Returns whether a separate walk finds no difference; False if it was not tried."""
        return self.tries > 0 and next(_Walk(self.comparison, self.tries - 1).pair(a, b, ()), None) is None

    def pair(self, a: Nodes, b: Nodes, trail: tuple[Step, ...]) -> Iterator[Difference]:
        """Yields the differences of two conjunctions and of all schemas inside them."""
        key = (frozenset(node.pointer for node in a), frozenset(node.pointer for node in b))
        if key in self.seen or any(node.value is False for node in a) or self.comparison.same(a, b):
            return
        self.seen.add(key)
        flat_a, flat_b = self.comparison.flat_a(a), self.comparison.flat_b(b)
        here = Location(self, flat_a, flat_b, a, b, trail)
        if unions.split_first(here):
            yield from unions.compare(here)
            yield from discriminators.compare(here)
            return
        yield from scalars.compare(here)
        yield from notes.compare(here)
        common = flat_a.types & flat_b.types
        if "object" in common:
            yield from objects.compare(here)
        if "array" in common:
            yield from arrays.compare(here)
        yield from unions.compare(here)
        yield from _generic(here)


def _generic(here: Location) -> Iterator[Difference]:
    """Yields keywords that no module compares; only a search can show whether they matter."""
    for word, parts in here.flat_b.generic.items():
        known: dict[str, Node] = {}
        for part in here.flat_a.generic.get(word, ()):
            only = _only(part, word)
            known.setdefault(text(only.value), only)
        for part in parts:
            only = _only(part, word)
            twin = known.get(text(only.value))
            if twin is None or not here.comparison.same([twin], [only]):
                yield here.found("generic", at_b=join(part.pointer, word), name=word)


def _only(part: Node, word: str) -> Node:
    """Returns a schema with only this keyword and the keywords that belong to it."""
    if word == "unevaluatedProperties":
        return part
    value = part.value if isinstance(part.value, dict) else {}
    words = ("if", "then", "else") if word == "if" else (word,)
    return Node({name: value[name] for name in words if name in value}, part.pointer)
