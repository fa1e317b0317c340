"""Differences of discriminators. A discriminator that repeats constants of its alternatives changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from astrbot_generator.gate.inheritance import discriminator_of, exists, selected, target_of
from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import FlatSchema
from astrbot_generator.gate.schema.location import Location
from astrbot_generator.gate.schema.normalize import Node, NormalizedSchemas
from astrbot_generator.gate.values import table
from astrbot_generator.pointer import pointer_of

Names = dict[str, str]
"""value of the discriminator -> the pointer of the schema that it selects"""


def compare(here: Location) -> Iterator[Difference]:
    """Yields the differences by which the discriminator of B rejects or misreads values of A."""
    a, b = _rule(here.flat_a), _rule(here.flat_b)
    if not b:
        return
    at_a, at_b = (flat.notes.get("discriminator", (None, None))[1] for flat in (here.flat_a, here.flat_b))
    member = str(b["propertyName"])
    if a.get("propertyName") != member:
        if not _repeats_constants(here, member):
            yield here.found("discriminator", at_a, at_b, in_a=a.get("propertyName"), in_b=member)
        return
    one = _known(here, here.flat_a, here.comparison.a, here.comparison.flat_a)
    other = _known(here, here.flat_b, here.comparison.b, here.comparison.flat_b)
    gone = sorted(name for name in one.keys() - other.keys() if not _is_constant(here, member, name, one[name]))
    if gone:
        yield here.found(
            "discriminator", f"{at_a}/mapping", at_b, name="mapping", in_a=gone, in_b=sorted(other), member=member
        )
    moved = [key for key in sorted(one.keys() & other.keys()) if not _same_target(here, one[key], other[key])]
    if moved:
        yield here.found(
            "discriminator", f"{at_a}/mapping", f"{at_b}/mapping", name="meaning", in_a=moved, member=member
        )


def _known(here: Location, flat: FlatSchema, schemas: NormalizedSchemas, flat_of: Callable[..., FlatSchema]) -> Names:
    """Returns what each value of a discriminator selects; large unions are read once."""
    branches = [branch.pointer for union in flat.unions for branch in union.branches]
    key = (id(schemas), "\n".join((flat.notes["discriminator"][1], *branches)))
    if key not in here.comparison.selected:
        here.comparison.selected[key] = _names(flat, _rule(flat), schemas, flat_of)
    return here.comparison.selected[key]


def _rule(flat: FlatSchema) -> dict[str, Any]:
    return discriminator_of({"discriminator": flat.notes.get("discriminator", (None,))[0]})


def _repeats_constants(here: Location, member: str) -> bool:
    """Returns whether each alternative of A requires the member with constants, as B's discriminator does."""
    branches = [branch for union in here.flat_a.unions for branch in union.branches]
    constants = [_constants((branch,), member, here.comparison.flat_a) for branch in branches]
    if not branches or not all(constants):
        return False
    names = _names(here.flat_b, _rule(here.flat_b), here.comparison.b, here.comparison.flat_b)
    return all(value in names for values in constants for value in values)


def _is_constant(here: Location, member: str, name: str, target: str) -> bool:
    """Returns whether the alternative that a value of A selects has it as a constant, which another rule reports."""
    return name in _constants((here.comparison.a.node(target),), member, here.comparison.flat_a)


def _constants(nodes: tuple[Node, ...], member: str, flat_of: Callable[..., FlatSchema]) -> list[str]:
    """Returns the constants of a required member; an empty list if there are none."""
    flat = flat_of(nodes)
    values = flat_of(tuple(flat.of_property(member))).enum if member in flat.required else None
    return [value for value in values or () if isinstance(value, str)]


def _names(
    flat: FlatSchema, rule: dict[str, Any], schemas: NormalizedSchemas, flat_of: Callable[..., FlatSchema]
) -> Names:
    """Returns what each value of the discriminator selects.

    An alternative without a mapping is selected by the constants of the member, or else by its own name.
    """
    branches = [branch for union in flat.unions for branch in union.branches]
    references = [branch.value.get("$ref") for branch in branches if isinstance(branch.value, dict)]
    pointers = [pointer_of(reference) for reference in references if isinstance(reference, str)]
    family = schemas.families.get(flat.notes["discriminator"][1].rpartition("/")[0])
    pointers += [pointer for pointer in family.names if pointer not in pointers] if family else []
    member = str(rule["propertyName"])
    names = {str(value): target_of(str(target)) for value, target in table(rule.get("mapping")).items()}
    chosen = selected(rule, pointers, lambda pointer: exists(schemas.document.value, pointer))
    for pointer in pointers:
        node = (schemas.node(pointer),)
        constants = flat_of(tuple(flat_of(node).of_property(member))).enum
        values = [value for value in constants or () if isinstance(value, str)]
        mapped = [value for value, target in names.items() if target == pointer]
        if values:
            names = {value: target for value, target in names.items() if target != pointer or value in values}
            names |= dict.fromkeys(values, pointer)
        elif not mapped:
            names.setdefault(chosen[pointer][0], pointer)
    return names


def _same_target(here: Location, a: str, b: str) -> bool:
    """Returns whether a value still selects the same schema, or a renamed schema that accepts all its values."""
    one, other = (here.comparison.a.node(a),), (here.comparison.b.node(b),)
    return a == b or here.comparison.same(one, other) or here.walk.finds_nothing(one, other)
