"""Properties: required, declared, refused, closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.view import Node

if TYPE_CHECKING:
    from astrbot_generator.gate.schema.compare import Spot

_TEXT = Node({"type": "string"}, "")


def compare(spot: Spot) -> Iterator[Difference]:
    """Where B refuses objects that A allows."""
    a, b = spot.flat_a, spot.flat_b
    for name, pointer in b.required.items():
        if name not in a.required:
            at = a.properties[name][0].pointer if name in a.properties else None
            yield spot.found("required", at, pointer, name=name, in_a=a.declares(name))
    for name in dict.fromkeys((*b.properties, *a.properties)):
        yield from _property(spot, name)
    for pattern in dict.fromkeys((*b.patterns, *a.patterns)):
        yield from _pattern(spot, pattern)
    yield from _others(spot)
    if b.names:
        yield from spot.inside("name", "", [_TEXT, *a.names], [_TEXT, *b.names])
    for (name, other), pointer in b.dependent.items():
        if (name, other) not in a.dependent and other not in a.required:
            yield spot.found("dependent", None, pointer, name=name, in_b=other)


def _others(spot: Spot) -> Iterator[Difference]:
    """Properties that nobody named."""
    others_a, others_b = spot.flat_a.of_other_properties(), spot.flat_b.of_other_properties()
    if _never(others_b):
        if not _never(others_a):
            closed = next(node for node in others_b if node.value is False)
            yield spot.found("closed", others_a[0].pointer if others_a else None, closed.pointer)
    elif others_b:
        yield from spot.inside("other", "", others_a, others_b)


def _never(nodes: list[Node]) -> bool:
    return any(node.value is False for node in nodes)


def _property(spot: Spot, name: str) -> Iterator[Difference]:
    a, b = spot.flat_a, spot.flat_b
    one, other = a.of_property(name), b.of_property(name)
    if _never(one) or (name in a.properties and name in b.properties and spot.comparison.same(one, other)):
        return
    if _never(other):
        at_b = next(node for node in other if node.value is False).pointer
        at_a = a.properties[name][0].pointer if name in a.properties else None
        if a.declares(name):
            yield spot.found("refused", at_a, at_b, name=name, in_a=b.declares(name))
        elif b.declares(name):
            yield spot.found("refused", None, at_b, name=name, in_a=True)
        return
    if b.declares(name) and not a.declares(name):
        demanded = name in b.required and name not in a.required
        promised = "any member" if one else None
        yield spot.found("declared", None, other[0].pointer, name=name, in_a=demanded, in_b=promised)
        if all(node.value in (True, {}) for node in one):
            return
    if other:
        yield from spot.inside("property", name, one, other)


def _pattern(spot: Spot, pattern: str) -> Iterator[Difference]:
    a, b = spot.flat_a, spot.flat_b
    one = a.patterns.get(pattern) or a.of_other_properties()
    other = b.patterns.get(pattern) or b.of_other_properties()
    if _never(one):
        return
    if pattern in b.patterns and not one:
        yield spot.found("declared", None, other[0].pointer, name=pattern)
    elif _never(other):
        at_b = next(node for node in other if node.value is False).pointer
        yield spot.found("closed", one[0].pointer if one else None, at_b, name=pattern)
    elif other:
        yield from spot.inside("pattern", pattern, one, other)
