"""A difference of two schemas: values that A allows and B may reject."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Literal, NamedTuple, get_args

from astrbot_generator.gate.schema.normalize import Node

Label = Literal["property", "other", "pattern", "name", "item", "branch", "content"]

Bound = Literal["range", "length", "count", "size"]
"""Kinds of bounds: of a number, and of the length of a string, list or object."""

Constraint = Literal[Bound, "pattern", "multiple", "unique", "contains", "dependent", "generic", "branch", "closed"]
"""Kinds that make a schema looser or tighter."""

Annotation = Literal["format", "encoding", "default", "discriminator", "read-only", "write-only", "xml", "extensible"]
"""Kinds that no value can show, because their keywords reject nothing."""

Kind = Literal[Constraint, Annotation, "type", "null", "enum", "required", "declared", "refused", "overlap"]

ANNOTATIONS = frozenset(get_args(Annotation))

ONLY_IF_SHOWN = frozenset(("overlap",))
"""Kinds that are reported only if a value shows them."""


class Step(NamedTuple):
    """A step from a schema to one inside it."""

    label: Label
    key: str | int
    a: tuple[Node, ...]
    """The outer schemas in A."""
    b: tuple[Node, ...]
    """The same in B."""


@dataclass(frozen=True)
class Difference:
    """Values that A allows and B may reject, judged by the keywords."""

    kind: Kind
    a: tuple[Node, ...]
    """The innermost schemas around it in A."""
    b: tuple[Node, ...]
    """The same in B."""
    at_a: str
    """The pointer in the document of A, or to the innermost part around it if it does not exist there."""
    at_b: str
    """The same in the document of B."""
    trail: tuple[Step, ...] = ()
    name: str = ""
    """The property, keyword or branch that differs."""
    in_a: Any = None
    """The value of the keyword in A."""
    in_b: Any = None
    """The value of the keyword in B."""
    samples: tuple[Any, ...] = field(default=(), compare=False)
    """Values that may show it, if they are known immediately."""
    member: str = ""
    """The member that a discriminator reads."""
    undecided: bool = False
    """Whether it is not known that the keyword of B rejects more than that of A."""

    @property
    def path(self) -> str:
        """Its path inside the value: `data.items[].name`."""
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
        """Its path inside the value, including the property that differs."""
        path = self.path
        if self.kind in ("required", "declared", "refused", "read-only", "write-only") and self.name:
            return f"{path}.{self.name}" if path else self.name
        return path

    @property
    def levels(self) -> list[tuple[tuple[Node, ...], tuple[Node, ...]]]:
        """The pairs of schemas around it, innermost first; those around a text that contains it reject nothing."""
        around = takewhile(lambda step: step.label != "content", reversed(self.trail))
        return [(self.a, self.b), *((step.a, step.b) for step in around)]

    @property
    def is_annotation(self) -> bool:
        """Returns whether JSON Schema does not reject the values that show it."""
        return self.kind in ANNOTATIONS or any(step.label == "content" for step in self.trail)
