"""Differences of `anyOf` and `oneOf`; matches the branches of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from astrbot_generator.gate.schema.comparison import Nodes
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import FlatSchema, Union, atoms
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import SELECTS, Node
from astrbot_generator.gate.values import table


def split_first(here: Location) -> bool:
    """Returns whether branches must be compared first: only one side has them."""
    one, other = _changed(here)
    return (len(one), len(other)) in ((1, 0), (0, 1))


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences by which B rejects values that a branch of A allows."""
    one, other = _changed(here)
    if len(one) == len(other) == 1:
        yield from _matched(here, _branches(one[0]), _branches(other[0]), other[0])
    elif len(one) + len(other) == 1:
        alternatives = _alternatives(here.flat_a, one), _alternatives(here.flat_b, other)
        yield from _matched(here, *alternatives, other[0] if other else None)
    elif other:
        for union in other:
            at_a = one[0].pointer if one else None
            yield here.found("generic", at_a, union.pointer, name=union.word)


def _changed(here: Location) -> tuple[list[Union], list[Union]]:
    """Returns the unions of A and B without those that are equal on both sides."""
    one, other = list(here.flat_a.unions), list(here.flat_b.unions)
    for union in here.flat_a.unions:
        for twin in other:
            if union.word == twin.word and here.comparison.same(union.branches, twin.branches):
                one.remove(union)
                other.remove(twin)
                break
    return one, other


def _branches(union: Union) -> list[Nodes]:
    return [(branch,) for branch in union.branches]


def _alternatives(flat: FlatSchema, unions: list[Union]) -> list[Nodes]:
    """Returns each branch together with the keywords next to the union."""
    if not unions:
        return [tuple(flat.parts) or (Node({}, ""),)]
    beside = _beside(flat, unions[0])
    return [(branch, *beside) for branch in unions[0].branches]


def _beside(flat: FlatSchema, union: Union) -> Nodes:
    return tuple(part for part in map(union.beside, flat.parts) if part.value)


def _matched(here: Location, one: list[Nodes], other: list[Nodes], union: Union | None) -> Iterator[Difference]:
    pairs, rest = _pairs(here, one, other, union)
    for a, b in pairs:
        yield from here.inside("branch", "", a, b)
    selected = any(union.node.value.get(SELECTS) for union in (*here.flat_a.unions, *here.flat_b.unions))  # type: ignore[union-attr]
    for a in () if selected else rest:  # the values of a discriminator are compared by its own rule
        flat = here.comparison.flat_a(a)
        at_b = union.pointer if union else None
        if flat.types == {"null"}:
            yield here.found("null", a[0].pointer, at_b, samples=(None,))
        else:
            found = here.found("branch", a[0].pointer, at_b, name=_label(a[0]))
            yield replace(found, a=(*a, *_siblings(here)))
    if union and union.word == "oneOf" and not selected:
        yield here.found("overlap", None, union.pointer)


def _siblings(here: Location) -> Nodes:
    """Returns the keywords next to the only union of A."""
    if len(here.flat_a.unions) != 1:
        return ()
    return _beside(here.flat_a, here.flat_a.unions[0])


def _label(node: Node) -> str:
    value: Any = node.value
    if isinstance(value, dict):
        if "$ref" in value:
            return str(value["$ref"]).rsplit("/", 1)[-1]
        if isinstance(value.get("type"), str):
            return str(value["type"])
    return node.pointer.rsplit("/", 1)[-1]


def _pairs(
    here: Location, one: list[Nodes], other: list[Nodes], union: Union | None
) -> tuple[list[tuple[Nodes, Nodes]], list[Nodes]]:
    """Returns the matching pairs of branches, and the branches of A without a match."""
    pairs: list[tuple[Nodes, Nodes]] = []
    waiting, free = list(one), list(other)
    pairs += _identical_pairs(here, waiting, free if union else list(free))
    for likeness in (_identical, _same_name, _same_tag, _alike, _same_types):
        for a in list(waiting):
            found = [b for b in free if likeness(here, a, b)]
            if not found or (len(found) > 1 and likeness is _same_types):
                continue
            pairs.append((a, found[0]))
            waiting.remove(a)
            if union:  # if B is not a union, every branch of A must fit the whole of B
                free.remove(found[0])
    if len(waiting) == 1 and len(free) == 1:
        a, b = waiting[0], free[0]
        if here.comparison.flat_a(a).types & here.comparison.flat_b(b).types:
            return [*pairs, (a, b)], []
    return pairs, waiting


def _identical_pairs(here: Location, waiting: list[Nodes], free: list[Nodes]) -> list[tuple[Nodes, Nodes]]:
    """Removes equal branches from both lists, and returns them; large unions are mostly equal."""
    known: dict[tuple[str, ...], list[Nodes]] = {}
    for b in free:
        known.setdefault(here.comparison.text(b), []).append(b)
    pairs = []
    for a in list(waiting):
        twins = known.get(here.comparison.text(a), [])
        if twins and here.comparison.same(a, twins[0]):
            b = twins.pop(0)
            pairs.append((a, b))
            waiting.remove(a)
            free.remove(b)
    return pairs


def _identical(here: Location, a: Nodes, b: Nodes) -> bool:
    return here.comparison.same(a, b)


def _same_name(_: Location, a: Nodes, b: Nodes) -> bool:
    one, other = a[0].value, b[0].value
    return isinstance(one, dict) and isinstance(other, dict) and "$ref" in one and one["$ref"] == other.get("$ref")


def _same_tag(here: Location, a: Nodes, b: Nodes) -> bool:
    """Returns whether both have the same constant in the same required property, as in discriminated unions."""
    one = _tags(here.comparison.flat_a(a))
    return bool(one) and one == _tags(here.comparison.flat_b(b))


def _tags(flat: FlatSchema) -> set[tuple[str, str]]:
    found = set()
    nodes = ((name, node.value) for name, nodes in flat.properties.items() if name in flat.required for node in nodes)
    for name, value in nodes:
        members = table(value)
        values = [members["const"]] if "const" in members else members.get("enum", ())
        if len(values) == 1:
            found.add((name, repr(values[0])))
    return found


def _alike(here: Location, a: Nodes, b: Nodes) -> bool:
    """Returns whether B allows everything that A allows: only names differ."""
    return here.walk.finds_nothing(a, b)


def _same_types(here: Location, a: Nodes, b: Nodes) -> bool:
    one, other = here.comparison.flat_a(a), here.comparison.flat_b(b)
    differs = one.types == other.types and _tags(one) and _tags(other) and _tags(one) != _tags(other)
    return one.types == other.types and one.types != atoms([]) and not differs
