"""Two documents whose schemas are compared: A allows values, B may reject them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from astrbot_generator.gate.schema.flat_schema import FlatSchema, flatten
from astrbot_generator.gate.schema.languages import Languages
from astrbot_generator.gate.schema.normalize import Node, NormalizedSchemas

Nodes = tuple[Node, ...]


class Comparison:
    """The schemas of A and B. A is the writer's side: old for requests, new for responses. Caches results."""

    def __init__(self, a: NormalizedSchemas, b: NormalizedSchemas, languages: Languages | None = None) -> None:
        self.a = a
        self.b = b
        self.languages = languages or Languages()
        self.texts: dict[int, tuple[Any, str]] = {}
        self.flats: dict[tuple[Any, ...], tuple[Nodes, FlatSchema]] = {}
        self.selected: dict[tuple[int, str], dict[str, str]] = {}
        """What the values of a discriminator select, by side and pointers."""
        self.reached: dict[int, tuple[Any, frozenset[str]]] = {}

    def same(self, a: Iterable[Node], b: Iterable[Node]) -> bool:
        """Returns whether two conjunctions are literally equal, through every reference."""
        one, other = list(a), list(b)
        if [self._text(node) for node in one] != [self._text(node) for node in other]:
            return False
        if len(one) == 1 and not self._reached(self.a, one[0]):
            return True
        reached = frozenset[str]().union(*(self._reached(self.a, node) for node in one))
        if reached != frozenset[str]().union(*(self._reached(self.b, node) for node in other)):
            return False
        return all(self._text(self.a.node(pointer)) == self._text(self.b.node(pointer)) for pointer in reached)

    def flat_a(self, nodes: Nodes) -> FlatSchema:
        """Returns the demands of schemas of A."""
        return self._flat(self.a, nodes)

    def flat_b(self, nodes: Nodes) -> FlatSchema:
        """Returns the demands of schemas of B."""
        return self._flat(self.b, nodes)

    def _flat(self, schemas: NormalizedSchemas, nodes: Nodes) -> FlatSchema:
        key = (id(schemas), *((node.pointer, id(node.value)) for node in nodes))
        known = self.flats.get(key)
        if known is None:  # stores the nodes as well, see below
            known = self.flats[key] = (nodes, flatten(schemas, list(nodes)))
        return known[1]

    def text(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        """Returns the schemas as texts."""
        return tuple(map(self._text, nodes))

    def _text(self, node: Node) -> str:
        known = self.texts.get(id(node.value))
        if known is None:  # stores the value as well, so that its id is not reused
            known = self.texts[id(node.value)] = (node.value, text(node.value))
        return known[1]

    def _reached(self, schemas: NormalizedSchemas, node: Node) -> frozenset[str]:
        known = self.reached.get(id(node.value))
        if known is None:
            known = self.reached[id(node.value)] = (node.value, schemas.reaches(node.value))
        return known[1]


def text(value: Any) -> str:
    """Returns a JSON value as text; equal values give equal texts in any key order, and true differs from 1."""
    return json.dumps(value, sort_keys=True)
