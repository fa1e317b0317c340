"""Searches for a small value that A allows and that B rejects because of the given difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, get_args

from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.schema.difference import Bound, Difference, Step
from astrbot_generator.gate.schema.flat_schema import flatten
from astrbot_generator.gate.schema.instances import Maker, SelfContained
from astrbot_generator.gate.schema.normalize import Node, NormalizedSchemas
from astrbot_generator.gate.schema.oracle import Oracle
from astrbot_generator.gate.schema.shrink import Path, shrunk

EXTRAS: tuple[Any, ...] = (0, "a", None, [], {}, True, 0.5)
_BEYOND = {
    "minimum": "exclusiveMaximum",
    "exclusiveMinimum": "maximum",
    "maximum": "exclusiveMinimum",
    "exclusiveMaximum": "minimum",
}
"""The bound of a number -> the keyword that allows only numbers outside it."""
_MOST_LOCAL = 6
_MOST_FAILURES = 3
_MOST_PLANTED = 3


class Witness(NamedTuple):
    """A value that A allows and B rejects."""

    value: Any


class Search:
    """Searches for witnesses between two documents."""

    def __init__(self, a: NormalizedSchemas, b: NormalizedSchemas, oracle: Oracle) -> None:
        self.a = a
        self.b = b
        self.oracle = oracle
        self.failed: Counter[tuple[str, ...]] = Counter()
        self.made_a = Maker(a)
        self.made_b = Maker(b)

    def of_difference(self, difference: Difference, a: Node, b: Node) -> Witness | None:
        """Returns a value of the whole schemas that shows this difference; None if none was found.

        After a few failures in the schemas around a shared schema, no further ones are tried.
        """
        key = (difference.kind, difference.at_a, difference.at_b, difference.name)
        if self.failed[key] >= _MOST_FAILURES:
            return None
        found = self._of_difference(difference, a, b)
        self.failed[key] += found is None
        return found

    def _of_difference(self, difference: Difference, a: Node, b: Node) -> Witness | None:
        spare: tuple[Any, Path] | None = None
        for local in islice(self._local(difference), _MOST_LOCAL):
            for value, path in self._planted(local, difference):
                if not self.oracle.shows((a,), (b,), value):
                    continue
                if self._is_only_reason(b, value, path):
                    return Witness(self._shrunk(a, b, value, path))
                spare = spare or (value, path)
        if spare is None:
            return None
        value, path = spare
        return Witness(shrunk(value, path, lambda v: self.oracle.shows((a,), (b,), v)))

    def of_schemas(self, a: Node, b: Node) -> Witness | None:
        """Returns any value that A allows and B rejects, for any reason; None if none was found."""
        for value in self._candidates((a,), (b,), 200):
            if self.oracle.shows((a,), (b,), value):
                return Witness(shrunk(value, (), lambda v: self.oracle.shows((a,), (b,), v)))
        return None

    def _shrunk(self, a: Node, b: Node, value: Any, path: Path) -> Any:
        most = len(self.oracle.complaints((b,), value))

        def holds(smaller: Any) -> bool:
            if not self.oracle.shows((a,), (b,), smaller) or not self._is_only_reason(b, smaller, path):
                return False
            return len(self.oracle.complaints((b,), smaller)) <= most

        return shrunk(value, path, holds)

    def _is_only_reason(self, b: Node, value: Any, path: Path) -> bool:
        """Returns whether B rejects only this path, or paths around it."""
        for complaint in self.oracle.complaints((b,), value):
            length = min(len(complaint), len(path))
            if complaint[:length] != list(path[:length]):
                return False
        return True

    def _local(self, difference: Difference) -> Iterator[Any]:
        """Yields values at the path of the difference."""
        seen: set[str] = set()
        for value in self._proposals(difference):
            key = text(value)
            if key not in seen:
                seen.add(key)
                if self.oracle.shows(difference.a, difference.b, value) and self._fits(difference, value):
                    yield value

    def _fits(self, difference: Difference, value: Any) -> bool:
        """Returns whether the value is rejected because of the difference."""
        if difference.kind in ("declared", "refused") and not (isinstance(value, dict) and difference.name in value):
            return False
        if difference.kind == "declared":
            return [difference.name] in [position[:1] for position in self.oracle.complaints(difference.b, value)]
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
            for value in [*self.made_b.examples(b, 30), *self.made_a.examples(a, 30)]:
                if isinstance(value, dict):
                    yield {name: inner for name, inner in value.items() if name != difference.name}
        elif difference.kind in ("refused", "declared"):
            yield from self._with_property(difference)
        elif difference.kind == "closed" and not difference.name:
            around = [*self.made_b.examples(b, 8), *self.made_a.examples(a, 8)]
            yield from ({**value, "extra": extra} for value in around if isinstance(value, dict) for extra in EXTRAS)
        else:
            contrary = _contrary(difference)
            if contrary is not None:
                yield from self.made_a.examples([*a, Node(contrary, "//contrary")], 30)
        yield from self._candidates(a, b, 40)

    def _with_property(self, difference: Difference) -> Iterator[Any]:
        """Yields values with the property that differs."""
        inside = flatten(self.a, list(difference.a)).of_property(difference.name)
        values = EXTRAS if difference.kind == "declared" else self.made_a.examples(inside, 4)
        for value in [*self.made_b.examples(difference.b, 8), *self.made_a.examples(difference.a, 8)]:
            if isinstance(value, dict):
                yield from ({**value, difference.name: inner} for inner in values)

    def _candidates(self, a: Sequence[Node], b: Sequence[Node], limit: int) -> Iterator[Any]:
        leftover = self.oracle.leftover(a, b)
        if leftover is not None:
            yield from Maker(SelfContained(leftover)).examples([Node(leftover, "")], limit)
        yield from self.made_a.examples(a, limit)

    def _planted(self, local: Any, difference: Difference) -> list[tuple[Any, Path]]:
        """Returns complete values that contain the local value, each with the path to it."""
        path: Path = (difference.name,) if difference.kind in ("refused", "declared") else ()
        found = [(local, path)]
        for step in reversed(difference.trail):
            around = (self._around(step, value, path) for value, path in found)
            found = list(islice(chain.from_iterable(around), _MOST_PLANTED))
        return found

    def _around(self, step: Step, value: Any, path: Path) -> Iterator[tuple[Any, Path]]:
        for holder, key in self._holders(step, value):
            if self.oracle.allows("a", step.a, holder) is True and self.oracle.allows("b", step.b, holder) is not True:
                yield holder, path if key is None else (key, *path)

    def _holders(self, step: Step, value: Any) -> Iterator[tuple[Any, str | int | None]]:
        """Yields values that contain a value: (holder, key)."""
        if step.label == "branch":
            yield value, None
            return
        around = [*self.made_b.examples(step.b, 10), *self.made_a.examples(step.a, 20)]
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
            yield from self.made_a.examples([Node({"type": "string", "pattern": step.key}, "//pattern")], 3)
        else:
            yield from ("extra", "Extra", "a", "0", "x-extra", "_")


def _contrary(difference: Difference) -> dict[str, Any] | None:
    """Returns a schema of values that violate a bound of B; None if the difference is not a bound."""
    word, value = difference.name, difference.in_b
    if difference.kind == "range":
        return {"type": "number", _BEYOND[word]: value}
    if difference.kind in get_args(Bound):
        below = {word.replace("min", "max"): int(value) - 1}
        return below if word.startswith("min") else {word.replace("max", "min"): int(value) + 1}
    return None
