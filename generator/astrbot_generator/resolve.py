"""Follows references inside a bundled document."""

from __future__ import annotations

from typing import Any

from astrbot_generator.pointer import pointer_of, value_at

SCHEMAS = "#/components/schemas/"
"""The beginning of every reference to a component schema; the rest is its name."""


def target(document: Any, reference: str) -> Any:
    """Returns the target of a `#/…` reference. Raises KeyError if there is none."""
    return value_at(document, pointer_of(reference))


def resolve(document: Any, node: Any) -> Any:
    """Returns the object, or its target if it is a reference."""
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        node = target(document, node["$ref"])
    return node
