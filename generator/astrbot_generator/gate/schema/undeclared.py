"""Finds members of a value that its schemas do not mention."""

from __future__ import annotations

from typing import Any

from astrbot_generator.gate.schema.flat_schema import ATOMS, Source, flatten
from astrbot_generator.gate.schema.normalize import Node


def has_undeclared(schemas: Source, nodes: list[Node], value: Any) -> bool:
    """Returns whether an object has members that its schemas do not mention; False if alternatives may mention them."""
    flat = flatten(schemas, nodes)
    if flat.unions or flat.generic:
        return False
    if isinstance(value, list):
        return any(has_undeclared(schemas, flat.of_item(index), item) for index, item in enumerate(value))
    if not isinstance(value, dict):
        return False
    known = flat.types != ATOMS and not flat.closures
    names = [name for name in value if not flat.declares(name) and name not in flat.required]
    inside = [(flat.of_property(name), inner) for name, inner in value.items() if name not in names]
    return (known and bool(names)) or any(has_undeclared(schemas, found, inner) for found, inner in inside if found)
