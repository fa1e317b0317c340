"""Finds a value that shows a difference: allowed by A, refused by B, small, and refused for this very reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from astrbot_generator.gate.schema.compare import text
from astrbot_generator.gate.schema.difference import Difference, Step
from astrbot_generator.gate.schema.flat import flatten
from astrbot_generator.gate.schema.instances import Alone, examples
from astrbot_generator.gate.schema.oracle import Oracle
from astrbot_generator.gate.schema.shrinking import Path, shrunk
from astrbot_generator.gate.schema.view import Node, View

EXTRAS: tuple[Any, ...] = (0, "a", None, [], {}, True, 0.5)
_MOST_LOCAL = 6
_MOST_PLANTED = 12


class Witness(NamedTuple):
    """A value that one side allows and the other refuses."""

    value: Any


class Search:
    """Looks for witnesses between two schemas."""

    def __init__(self, a: View, b: View, oracle: Oracle) -> None:
        self.a = a
        self.b = b
        self.oracle = oracle

    def of_difference(self, difference: Difference, a: Node, b: Node) -> Witness | None:
        """A value of the whole schemas that shows this difference; None where none was found."""
        spare: tuple[Any, Path] | None = None
        for local in islice(self._local(difference), _MOST_LOCAL):
            for value, path in islice(self._planted(local, difference), _MOST_PLANTED):
                if not self.oracle.shows((a,), (b,), value):
                    continue
                if self._says_this(b, value, path):
                    return Witness(self._shrunk(a, b, value, path))
                spare = spare or (value, path)
        if spare is None:
            return None
        value, path = spare
        return Witness(shrunk(value, path, lambda v: self.oracle.shows((a,), (b,), v)))

    def of_schemas(self, a: Node, b: Node) -> Witness | None:
        """Any value that A allows and B refuses, whatever the reason; None where none was found."""
        for value in self._candidates((a,), (b,), 200):
            if self.oracle.shows((a,), (b,), value):
                return Witness(shrunk(value, (), lambda v: self.oracle.shows((a,), (b,), v)))
        return None

    def _shrunk(self, a: Node, b: Node, value: Any, path: Path) -> Any:
        most = len(self.oracle.complaints((b,), value))

        def holds(smaller: Any) -> bool:
            if not self.oracle.shows((a,), (b,), smaller) or not self._says_this(b, smaller, path):
                return False
            return len(self.oracle.complaints((b,), smaller)) <= most

        return shrunk(value, path, holds)

    def _says_this(self, b: Node, value: Any, path: Path) -> bool:
        """Whether B complains about this place alone, or about what is around it."""
        for complaint in self.oracle.complaints((b,), value):
            length = min(len(complaint), len(path))
            if complaint[:length] != list(path[:length]):
                return False
        return True

    def _local(self, difference: Difference) -> Iterator[Any]:
        """Values at the very place of the difference."""
        seen: set[str] = set()
        for value in self._proposals(difference):
            key = text(value)
            if key not in seen:
                seen.add(key)
                if self.oracle.shows(difference.a, difference.b, value) and self._fits(difference, value):
                    yield value

    def _fits(self, difference: Difference, value: Any) -> bool:
        """Whether a value at the place is refused for the reason that the difference names."""
        if difference.kind in ("declared", "refused") and not (isinstance(value, dict) and difference.name in value):
            return False
        if difference.kind == "declared":
            return [difference.name] in [place[:1] for place in self.oracle.complaints(difference.b, value)]
        if difference.kind == "overlap":
            flat = flatten(self.b, list(difference.b))
            unions = [union for union in flat.unions if union.pointer == difference.at_b]
            return any(
                sum(self.oracle.allows("b", (branch,), value) is True for branch in union.branches) > 1
                for union in unions
            )
        return True

    def _proposals(self, difference: Difference) -> Iterator[Any]:
        a, b = difference.a, difference.b
        yield from difference.samples
        if difference.kind == "required":
            for value in [*examples(self.b, b, 30), *examples(self.a, a, 30)]:
                if isinstance(value, dict):
                    yield {name: inner for name, inner in value.items() if name != difference.name}
        elif difference.kind in ("refused", "declared"):
            yield from self._with_property(difference)
        elif difference.kind == "closed" and not difference.name:
            around = [*examples(self.b, b, 8), *examples(self.a, a, 8)]
            yield from ({**value, "extra": extra} for value in around if isinstance(value, dict) for extra in EXTRAS)
        else:
            contrary = _contrary(difference)
            if contrary is not None:
                yield from examples(self.a, [*a, Node(contrary, "//contrary")], 30)
        yield from self._candidates(a, b, 40)

    def _with_property(self, difference: Difference) -> Iterator[Any]:
        """Values with the property in question."""
        inside = flatten(self.a, list(difference.a)).of_property(difference.name)
        values = EXTRAS if difference.kind == "declared" else examples(self.a, inside, 4)
        for value in [*examples(self.b, difference.b, 8), *examples(self.a, difference.a, 8)]:
            if isinstance(value, dict):
                yield from ({**value, difference.name: inner} for inner in values)

    def _candidates(self, a: Sequence[Node], b: Sequence[Node], limit: int) -> Iterator[Any]:
        leftover = self.oracle.leftover(a, b)
        if leftover is not None:
            yield from examples(Alone(leftover), [Node(leftover, "")], limit)
        yield from examples(self.a, a, limit)

    def _planted(self, local: Any, difference: Difference) -> Iterator[tuple[Any, Path]]:
        """Whole values with the local one in its place, and the path to it."""
        path: Path = (difference.name,) if difference.kind in ("refused", "declared") else ()
        yield from self._outwards(local, path, difference.trail)

    def _outwards(self, value: Any, path: Path, trail: tuple[Step, ...]) -> Iterator[tuple[Any, Path]]:
        if not trail:
            yield value, path
            return
        step, rest = trail[-1], trail[:-1]
        for holder, key in islice(self._holders(step, value), 4):
            if self.oracle.allows("a", step.a, holder) is True and self.oracle.allows("b", step.b, holder) is not True:
                inner = path if key is None else (key, *path)
                yield from self._outwards(holder, inner, rest)

    def _holders(self, step: Step, value: Any) -> Iterator[tuple[Any, str | int | None]]:
        """Values around a value: (what holds it, under which key)."""
        if step.label == "branch":
            yield value, None
            return
        around = [*examples(self.b, step.b, 10), *examples(self.a, step.a, 20)]
        if step.label == "item":
            index = max(int(step.key), 0)
            for row in [holder for holder in around if isinstance(holder, list)] + [[]]:
                filled = [*row, *([value] * (index - len(row)))]
                yield [*filled[:index], value, *filled[index + 1 :]], index
            return
        for base in [holder for holder in around if isinstance(holder, dict)] + [{}]:
            for key in self._keys(step, value):
                yield {**base, key: {} if step.label == "name" else value}, key

    def _keys(self, step: Step, value: Any) -> Iterator[str]:
        if step.label == "property":
            yield str(step.key)
        elif step.label == "name":
            yield str(value)
        elif step.label == "pattern":
            yield from examples(self.a, [Node({"type": "string", "pattern": step.key}, "//pattern")], 3)
        else:
            yield from ("extra", "Extra", "a", "0", "x-extra", "_")


def _contrary(difference: Difference) -> dict[str, Any] | None:
    """A schema of values that break the word of B."""
    word, value = difference.name, difference.after
    contraries: dict[str, dict[str, Any]] = {
        "minimum": {"type": "number", "exclusiveMaximum": value},
        "exclusiveMinimum": {"type": "number", "maximum": value},
        "maximum": {"type": "number", "exclusiveMinimum": value},
        "exclusiveMaximum": {"type": "number", "minimum": value},
    }
    if word in contraries and difference.kind == "range":
        return contraries[word]
    for length in ("Length", "Items", "Properties"):
        if word == f"min{length}" and isinstance(value, int | float):
            return {f"max{length}": int(value) - 1}
        if word == f"max{length}" and isinstance(value, int | float):
            return {f"min{length}": int(value) + 1}
    return None
