"""A place where one schema allows what another does not: the values of A that B refuses are looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from astrbot_generator.gate.schema.normalize import Node

Label = Literal["property", "other", "pattern", "name", "item", "branch"]

Kind = Literal[
    "type",
    "null",
    "enum",
    "range",
    "length",
    "count",
    "size",
    "multiple",
    "unique",
    "pattern",
    "required",
    "declared",
    "refused",
    "closed",
    "dependent",
    "contains",
    "branch",
    "overlap",
    "generic",
    # These narrow nothing by the letter of JSON Schema:
    "format",
    "encoding",
    "default",
    "discriminator",
    "read-only",
    "write-only",
]

BY_LETTER_HARMLESS = frozenset(("format", "encoding", "default", "discriminator", "read-only", "write-only"))
"""Kinds that no instance can show."""

ONLY_IF_SHOWN = frozenset(("overlap",))
"""Kinds that are a guess until an instance shows them."""


class Step(NamedTuple):
    """A step from a schema to one inside it."""

    label: Label
    key: str | int
    a: tuple[Node, ...]
    """The schemas that the step is taken from, in A"""
    b: tuple[Node, ...]
    """and in B."""


@dataclass(frozen=True)
class Difference:
    """Something that A allows and B, by its form, does not."""

    kind: Kind
    a: tuple[Node, ...]
    """The innermost schemas around it in A"""
    b: tuple[Node, ...]
    """and in B."""
    at_a: str
    """The pointer to it in the document of A"""
    at_b: str
    """and in that of B; where it does not stand there, to what is around it."""
    trail: tuple[Step, ...] = ()
    name: str = ""
    """The property, keyword or branch in question."""
    in_a: Any = None
    """What A says"""
    in_b: Any = None
    """and what B says."""
    samples: tuple[Any, ...] = field(default=(), compare=False)
    """Values that may show it, where they are known at once."""

    @property
    def path(self) -> str:
        """Where it is inside the value, as people write it: `data.items[].name`."""
        text = ""
        for step in self.trail:
            if step.label == "property":
                text += f".{step.key}"
            elif step.label in ("other", "pattern"):
                text += ".*"
            elif step.label == "item":
                text += "[]" if step.key == -1 else f"[{step.key}]"
        return text.lstrip(".")

    @property
    def subject(self) -> str:
        """Where it is inside the value, with the property in question."""
        path = self.path
        if self.kind in ("required", "declared", "refused", "read-only", "write-only") and self.name:
            return f"{path}.{self.name}" if path else self.name
        return path

    @property
    def levels(self) -> list[tuple[tuple[Node, ...], tuple[Node, ...]]]:
        """The pairs of schemas around it, the innermost first."""
        return [(self.a, self.b), *((step.a, step.b) for step in reversed(self.trail))]
