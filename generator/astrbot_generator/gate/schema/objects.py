"""Differences of properties: required, declared, refused, closed."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import Node

_TEXT = Node({"type": "string"}, "")


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences by which B rejects objects that A allows."""
    a, b = here.flat_a, here.flat_b
    for name, pointer in b.required.items():
        if name not in a.required:
            at = a.properties[name][0].pointer if name in a.properties else None
            yield here.found("required", at, pointer, name=name, in_a=a.declares(name))
    for name in dict.fromkeys((*b.properties, *a.properties)):
        yield from _property(here, name)
    for pattern in dict.fromkeys((*b.patterns, *a.patterns)):
        yield from _pattern(here, pattern)
    yield from _others(here)
    if b.names:
        yield from here.inside("name", "", [_TEXT, *a.names], [_TEXT, *b.names])
    for (name, other), pointer in b.dependent.items():
        if (name, other) not in a.dependent and other not in a.required:
            yield here.found("dependent", None, pointer, name=name, in_b=other)


def _others(here: Location) -> Iterator[Difference]:
    """Compares the rules for undeclared properties."""
    others_a, others_b = here.flat_a.of_other_properties(), here.flat_b.of_other_properties()
    closed = _closing(others_b)
    if closed:
        if not _closing(others_a):
            yield here.found("closed", others_a[0].pointer if others_a else None, closed.pointer)
    elif others_b:
        yield from here.inside("other", "", others_a, others_b)


def _closing(nodes: list[Node]) -> Node | None:
    """Returns the first schema that allows no value; None if each allows some."""
    return next((node for node in nodes if node.value is False), None)


def _property(here: Location, name: str) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    one, other = a.of_property(name), b.of_property(name)
    if _closing(one) or (name in a.properties and name in b.properties and here.comparison.same(one, other)):
        return
    closed = _closing(other)
    if closed:
        at_a = a.properties[name][0].pointer if name in a.properties else None
        if a.declares(name):
            yield here.found("refused", at_a, closed.pointer, name=name, in_a=b.declares(name))
        elif b.declares(name):
            yield here.found("refused", None, closed.pointer, name=name, in_a=True)
        return
    if b.declares(name) and not a.declares(name):
        demanded = name in b.required and name not in a.required
        promised = "any member" if one else None
        yield here.found("declared", None, other[0].pointer, name=name, in_a=demanded, in_b=promised)
        if all(node.value in (True, {}) for node in one):
            return
    if other:
        yield from here.inside("property", name, one, other)


def _pattern(here: Location, pattern: str) -> Iterator[Difference]:
    a, b = here.flat_a, here.flat_b
    one = a.patterns.get(pattern) or a.of_other_properties()
    other = b.patterns.get(pattern) or b.of_other_properties()
    if _closing(one):
        return
    closed = _closing(other)
    if pattern in b.patterns and not one:
        yield here.found("declared", None, other[0].pointer, name=pattern)
    elif closed:
        yield here.found("closed", one[0].pointer if one else None, closed.pointer, name=pattern)
    elif other:
        yield from here.inside("pattern", pattern, one, other)
