"""Walks two schemas at once and yields every place where B may refuse what A allows.

Complete by construction: two schemas that say the same in every word allow the same, so each word that differs either
has its family below or is named as `generic`. What is yielded is a candidate: `witness` shows it, `oracle` refutes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from astrbot_generator.gate.schema import arrays, objects, scalars, unions
from astrbot_generator.gate.schema.difference import Difference, Label, Step
from astrbot_generator.gate.schema.flat import Flat, flatten
from astrbot_generator.gate.schema.view import Node, View
from astrbot_generator.pointer import join

Nodes = tuple[Node, ...]


class Comparison:
    """What A allows and B does not; A is who writes: the old side of a request, the new side of an answer."""

    def __init__(self, a: View, b: View) -> None:
        self.a = a
        self.b = b
        self.texts: dict[int, tuple[Any, str]] = {}
        self.flats: dict[tuple[Any, ...], tuple[Nodes, Flat]] = {}
        self.reached: dict[int, tuple[Any, frozenset[str]]] = {}

    def differences(self, a: Node, b: Node) -> list[Difference]:
        """Every candidate, in the order of B."""
        found: dict[tuple[str, ...], Difference] = {}
        for difference in _Walk(self).pair((a,), (b,), ()):
            found.setdefault((difference.kind, difference.at_a, difference.at_b, difference.name), difference)
        return list(found.values())

    def same(self, a: Iterable[Node], b: Iterable[Node]) -> bool:
        """Whether two conjunctions are the same word for word, through every reference."""
        one, other = list(a), list(b)
        if [self._text(node) for node in one] != [self._text(node) for node in other]:
            return False
        if len(one) == 1 and not self._reached(self.a, one[0]):
            return True
        reached = frozenset[str]().union(*(self._reached(self.a, node) for node in one))
        if reached != frozenset[str]().union(*(self._reached(self.b, node) for node in other)):
            return False
        return all(self._text(self.a.node(pointer)) == self._text(self.b.node(pointer)) for pointer in reached)

    def flat_a(self, nodes: Nodes) -> Flat:
        """What schemas of A demand."""
        return self._flat(self.a, nodes)

    def flat_b(self, nodes: Nodes) -> Flat:
        """What schemas of B demand."""
        return self._flat(self.b, nodes)

    def _flat(self, view: View, nodes: Nodes) -> Flat:
        key = (id(view), *((node.pointer, id(node.value)) for node in nodes))
        known = self.flats.get(key)
        if known is None:  # the nodes are kept, see below
            known = self.flats[key] = (nodes, flatten(view, list(nodes)))
        return known[1]

    def _text(self, node: Node) -> str:
        known = self.texts.get(id(node.value))
        if known is None:  # the value is kept, so that its identity stays its own
            known = self.texts[id(node.value)] = (node.value, text(node.value))
        return known[1]

    def _reached(self, view: View, node: Node) -> frozenset[str]:
        known = self.reached.get(id(node.value))
        if known is None:
            known = self.reached[id(node.value)] = (node.value, view.reaches(node.value))
        return known[1]


def text(value: Any) -> str:
    """A JSON value as text; equal values in any order of keys give equal texts, true and 1 differ."""
    return json.dumps(value, sort_keys=True)


class _Walk:
    def __init__(self, comparison: Comparison, tries: int = 2) -> None:
        self.comparison = comparison
        self.tries = tries
        """How deep unions inside unions are tried out."""
        self.seen: set[tuple[frozenset[str], frozenset[str]]] = set()

    def finds_nothing(self, a: Nodes, b: Nodes) -> bool:
        """Whether a walk of its own finds no difference; False where it was not tried."""
        return self.tries > 0 and next(_Walk(self.comparison, self.tries - 1).pair(a, b, ()), None) is None

    def pair(self, a: Nodes, b: Nodes, trail: tuple[Step, ...]) -> Iterator[Difference]:
        """The differences of two conjunctions and of all that is inside them."""
        key = (frozenset(node.pointer for node in a), frozenset(node.pointer for node in b))
        if key in self.seen or any(node.value is False for node in a) or self.comparison.same(a, b):
            return
        self.seen.add(key)
        flat_a, flat_b = self.comparison.flat_a(a), self.comparison.flat_b(b)
        spot = Spot(self, flat_a, flat_b, a, b, trail)
        if unions.split_first(spot):
            yield from unions.compare(spot)
            return
        yield from scalars.compare(spot)
        common = flat_a.types & flat_b.types
        if "object" in common:
            yield from objects.compare(spot)
        if "array" in common:
            yield from arrays.compare(spot)
        yield from unions.compare(spot)
        yield from _generic(spot)


class Spot:
    """Two conjunctions that are compared, and how the walk came there."""

    def __init__(self, walk: _Walk, flat_a: Flat, flat_b: Flat, a: Nodes, b: Nodes, trail: tuple[Step, ...]) -> None:  # noqa: PLR0917
        self.walk = walk
        self.comparison = walk.comparison
        self.flat_a = flat_a
        self.flat_b = flat_b
        self.a = a
        self.b = b
        self.trail = trail

    def found(self, kind: Any, at_a: str | None = None, at_b: str | None = None, **more: Any) -> Difference:
        """A difference at this spot."""
        here_a = self.a[0].pointer if self.a else self._around(of_a=True)
        here_b = self.b[0].pointer if self.b else self._around(of_a=False)
        return Difference(kind, self.a, self.b, at_a or here_a, at_b or here_b, self.trail, **more)

    def _around(self, *, of_a: bool) -> str:
        for step in reversed(self.trail):
            nodes = step.a if of_a else step.b
            if nodes:
                return nodes[0].pointer
        return ""

    def inside(self, label: Label, key: str | int, a: Iterable[Node], b: Iterable[Node]) -> Iterator[Difference]:
        """The differences of two schemas inside."""
        step = Step(label, key, self.a, self.b)
        yield from self.walk.pair(tuple(a), tuple(b), (*self.trail, step))

    def branch(self, name: str, a: Iterable[Node], b: Iterable[Node]) -> Iterator[Difference]:
        """The differences of two branches of a union."""
        yield from self.inside("branch", name, a, b)

    def with_nodes(self, difference: Difference, a: Nodes, b: Nodes) -> Difference:
        """The same difference, shown on other schemas."""
        return replace(difference, a=a, b=b)


def _generic(spot: Spot) -> Iterator[Difference]:
    """Words without a family: only search can tell."""
    for word, parts in spot.flat_b.generic.items():
        known = [_said(part, word) for part in spot.flat_a.generic.get(word, ())]
        for part in parts:
            if _said(part, word) in known and spot.comparison.same(
                [_only(part, word)],
                [_only(other, word) for other in spot.flat_a.generic[word] if _said(other, word) == _said(part, word)][
                    :1
                ],
            ):
                continue
            yield spot.found("generic", at_b=join(part.pointer, word), name=word)


def _words(word: str) -> tuple[str, ...]:
    return ("if", "then", "else") if word == "if" else (word,)


def _only(part: Node, word: str) -> Node:
    value = part.value if isinstance(part.value, dict) else {}
    if word == "unevaluatedProperties":
        return part
    return Node({name: value[name] for name in _words(word) if name in value}, part.pointer)


def _said(part: Node, word: str) -> str:
    return text(_only(part, word).value)
