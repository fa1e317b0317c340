"""Follows references inside a bundled document."""

from __future__ import annotations

from typing import Any

from astrbot_generator.pointer import from_fragment, split


def target(document: Any, reference: str) -> Any:
    """Returns the target of a `#/…` reference."""
    value = document
    for token in split(from_fragment(reference.removeprefix("#"))):
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def resolve(document: Any, node: Any) -> Any:
    """Returns the object, or its target if it is a reference."""
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        node = target(document, node["$ref"])
    return node
