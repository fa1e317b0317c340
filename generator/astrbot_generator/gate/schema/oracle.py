"""Verifies values and proves coverage; every reported example was checked here.

jsonschema-rs validates values. Its canonical form can prove that B allows everything that A allows; without a proof,
nothing is known. The values of A follow its formats, because a client or server that keeps to the contract sends such
values; B does not reject a value because of its format, as JSON Schema 2020-12 defines.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import jsonschema_rs

from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.schema.normalize import Medium, Node, NormalizedSchemas, Schema
from astrbot_generator.gate.schema.wire import readings

Nodes = Sequence[Node]
LARGEST_PROOF = 8_000
LARGEST_LEFTOVER = 4_000
"""The longest schemas, in characters, for proofs and subtraction; longer ones are too slow."""


class Oracle:
    """Judges values and schemas of two documents."""

    def __init__(self, a: NormalizedSchemas, b: NormalizedSchemas) -> None:
        self.sides = {"a": a, "b": b}
        self.validators: dict[tuple[str, str], jsonschema_rs.Draft202012Validator | None] = {}
        self.canonical: dict[tuple[str, str], Any] = {}
        self.proofs: dict[tuple[str, str], bool] = {}

    def allows(self, side: str, nodes: Nodes, value: Any) -> bool | None:
        """Returns whether the schemas of side `a` or `b` allow a value; None if they cannot be compiled."""
        validator = self._validator(side, nodes)
        if validator is None:
            return None
        try:
            return validator.is_valid(value)
        except (ValueError, OverflowError):
            return None

    def shows(self, a: Nodes, b: Nodes, value: Any, medium: Medium | None = None) -> bool:
        """Returns whether A allows a value and B rejects it, however it can be read.

        `medium` says how a part of a value is sent, if that differs from the whole value.
        """
        if self.allows("a", a, value) is not True:
            return False
        read = readings(value, medium or self.sides["a"].medium)
        return bool(read) and all(self.allows("b", b, one) is False for one in read)

    def complaints(self, nodes: Nodes, value: Any) -> list[list[str | int]]:
        """Returns the paths in a value that B rejects, for the reading that it rejects least."""
        validator = self._validator("b", nodes)
        if validator is None:
            return []
        read = readings(value, self.sides["b"].medium)
        found = ([list(error.instance_path) for error in validator.iter_errors(one)] for one in read)
        return min(found, key=len, default=[])

    def covered(self, a: Nodes, b: Nodes) -> bool:
        """Returns whether there is a proof that B allows everything that A allows."""
        key = (_key(a), _key(b))
        if key not in self.proofs:
            one, other = self._canonical("a", a), self._canonical("b", b)
            self.proofs[key] = False
            with suppress(Exception):  # no proof for a schema that the canonical form does not support
                self.proofs[key] = one is not None and other is not None and str(other.covers(one)) == "yes"
        return self.proofs[key]

    def leftover(self, a: Nodes, b: Nodes) -> Schema | None:
        """Returns a schema of the values that A allows and B rejects; None if it cannot be computed."""
        sizes = [len(text(self.sides[side].closed(*nodes))) for side, nodes in (("a", a), ("b", b))]
        one, other = self._canonical("a", a), self._canonical("b", b)
        if one is None or other is None or max(sizes) > LARGEST_LEFTOVER:
            return None
        found = None
        with suppress(Exception):  # see above
            found = one.subtract(other).to_json_schema()
        return found if isinstance(found, dict | bool) else None

    def _validator(self, side: str, nodes: Nodes) -> jsonschema_rs.Draft202012Validator | None:
        key = (side, _key(nodes))
        if key not in self.validators:
            self.validators[key] = None
            with suppress(ValueError, KeyError, TypeError, jsonschema_rs.ReferencingError):
                schema = self.sides[side].closed(*nodes, written=side == "a")
                cls = jsonschema_rs.Draft202012Validator
                self.validators[key] = cls(schema, validate_formats=side == "a", offline=True)
        return self.validators[key]

    def _canonical(self, side: str, nodes: Nodes) -> Any:
        key = (side, _key(nodes))
        if key not in self.canonical:
            self.canonical[key] = None
            with suppress(Exception):  # see above
                schema = self.sides[side].closed(*nodes, written=side == "a")
                if len(text(schema)) <= LARGEST_PROOF:
                    self.canonical[key] = jsonschema_rs.canonicalize(schema, draft=jsonschema_rs.Draft202012)
        return self.canonical[key]


def _key(nodes: Nodes) -> str:
    return "\n".join(f"{node.pointer}#{id(node.value)}" for node in nodes)
