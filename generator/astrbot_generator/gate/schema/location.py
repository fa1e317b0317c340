"""A location in a walk through two schemas: the schemas on both sides, and the steps that lead there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from astrbot_generator.gate.schema.comparison import Comparison, Nodes
from astrbot_generator.gate.schema.difference import Difference, Label, Step
from astrbot_generator.gate.schema.flat_schema import FlatSchema
from astrbot_generator.gate.schema.normalize import Node


class Walk(Protocol):
    """A walk through two schemas at once."""

    comparison: Comparison

    def finds_nothing(self, a: Nodes, b: Nodes) -> bool:
        """Returns whether a separate walk finds no difference; False if it was not tried."""

    def pair(self, a: Nodes, b: Nodes, trail: tuple[Step, ...]) -> Iterator[Difference]:
        """Yields the differences of two conjunctions and of all schemas inside them."""


@dataclass(frozen=True)
class Location:
    """Two conjunctions of schemas that are compared, and the steps that lead to them."""

    walk: Walk
    flat_a: FlatSchema
    flat_b: FlatSchema
    a: Nodes
    b: Nodes
    trail: tuple[Step, ...]

    @property
    def comparison(self) -> Comparison:
        """The documents that are compared."""
        return self.walk.comparison

    def found(self, kind: Any, at_a: str | None = None, at_b: str | None = None, **more: Any) -> Difference:
        """Returns a difference at this location."""
        levels = [(self.a, self.b), *((step.a, step.b) for step in reversed(self.trail))]
        here_a = next((a[0].pointer for a, _ in levels if a), "")
        here_b = next((b[0].pointer for _, b in levels if b), "")
        return Difference(kind, self.a, self.b, at_a or here_a, at_b or here_b, self.trail, **more)

    def inside(self, label: Label, key: str | int, a: Iterable[Node], b: Iterable[Node]) -> Iterator[Difference]:
        """Yields the differences of two schemas inside."""
        step = Step(label, key, self.a, self.b)
        yield from self.walk.pair(tuple(a), tuple(b), (*self.trail, step))
