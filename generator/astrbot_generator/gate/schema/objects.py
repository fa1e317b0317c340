"""Differences of properties: required, declared, refused, closed."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import FlatSchema
from astrbot_generator.gate.schema.languages import Demand
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import Node

_TEXT = Node({"type": "string"}, "")


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences by which B rejects objects that A allows."""
    a, b = here.flat_a, here.flat_b
    for name, pointer in b.required.items():
        if name not in a.required and not (name in a.hidden and here.comparison.a.side == "response"):
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
    if name in a.hidden or name in b.hidden:
        yield from _hidden(here, name)
        return
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
    if b.declares(name) and not a.declares(name) and name not in a.required:
        demanded = name in b.required and name not in a.required
        promised = "any member" if one else None
        yield here.found("declared", None, other[0].pointer, name=name, in_a=demanded, in_b=promised)
        if all(node.value in (True, {}) for node in one):
            return
    if other:
        yield from here.inside("property", name, one, other)


def _hidden(here: Location, name: str) -> Iterator[Difference]:
    """Yields the difference by which a member is no longer sent; what is never sent differs in nothing else."""
    a, b = here.flat_a, here.flat_b
    if name not in a.hidden and a.declares(name):
        kind = "read-only" if here.comparison.b.side == "request" else "write-only"
        at = next(node.pointer for node in b.properties[name] if here.comparison.b.is_hidden(node))
        yield here.found(kind, a.of_property(name)[0].pointer, at, name=name)


def _pattern(here: Location, pattern: str) -> Iterator[Difference]:
    one, other = _with_pattern(here, here.flat_a, pattern), _with_pattern(here, here.flat_b, pattern)
    if _closing(one):
        return
    closed = _closing(other)
    if closed:
        yield here.found("closed", one[0].pointer if one else None, closed.pointer, name=pattern)
    elif other:
        yield from here.inside("pattern", pattern, one, other)


def _with_pattern(here: Location, flat: FlatSchema, pattern: str) -> list[Node]:
    """Returns the schemas of all properties whose name matches a pattern and that are not declared by name."""
    keeps = here.comparison.languages.keeps
    wider = [known for known in flat.patterns if known == pattern or keeps((Demand(pattern),), Demand(known)).kept]
    declared = [node for known in wider for node in flat.patterns[known]]
    return declared or flat.of_other_properties()
