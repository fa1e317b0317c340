"""Searches for a small value that A allows and that B rejects because of the given difference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from astrbot_generator.gate.schema.annotated import annotated, contents
from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.schema.contrary import contrary_of
from astrbot_generator.gate.schema.difference import ANNOTATIONS, Difference, Step
from astrbot_generator.gate.schema.flat_schema import UPPER, flatten
from astrbot_generator.gate.schema.formats import string_demands
from astrbot_generator.gate.schema.instances import Maker, SelfContained
from astrbot_generator.gate.schema.languages import Demand, Languages
from astrbot_generator.gate.schema.normalize import Node, NormalizedSchemas
from astrbot_generator.gate.schema.oracle import Oracle
from astrbot_generator.gate.schema.shrink import Path, shrunk
from astrbot_generator.gate.schema.undeclared import has_undeclared
from astrbot_generator.gate.schema.wire import part_of, text_of

EXTRAS: tuple[Any, ...] = (0, "a", None, [], {}, True, 0.5)
_MOST_LOCAL = 6
_MOST_FAILURES = 3
_MOST_PLANTED = 3


class Witness(NamedTuple):
    """A value that A allows and B rejects."""

    value: Any


class Search:
    """Searches for witnesses between two documents."""

    def __init__(self, a: NormalizedSchemas, b: NormalizedSchemas, oracle: Oracle, languages: Languages) -> None:
        self.a = a
        self.b = b
        self.oracle = oracle
        self.failed: Counter[tuple[str, ...]] = Counter()
        self.languages = languages
        self.made_a = Maker(a, languages, partial(oracle.allows, "a"))
        self.made_b = Maker(b, languages, partial(oracle.allows, "b"))

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

    def absorbed(self, difference: Difference, index: int) -> bool:
        """Returns whether values show a difference of an alternative, but none shows one of the whole union.

        `index` is that of the step from the union to the alternative.
        """
        step, inside = difference.trail[index], replace(difference, trail=difference.trail[index + 1 :])
        local = islice(self._local(difference), _MOST_LOCAL)
        values = [value for found in local for value, _ in self._planted(found, inside)]
        more = self._candidates(step.a, step.b, 100) if values else ()
        return bool(values) and not any(self.oracle.shows(step.a, step.b, value) for value in chain(values, more))

    def _of_difference(self, difference: Difference, a: Node, b: Node) -> Witness | None:
        if difference.is_annotation:
            return self._of_annotation(difference, a)
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

    def _of_annotation(self, difference: Difference, a: Node) -> Witness | None:
        """Returns a value that A allows, and that a reader of B rejects for a reason outside JSON Schema."""
        for local in islice(self._local(difference), _MOST_LOCAL):
            for value, path in self._planted(local, difference):
                if self.oracle.allows("a", (a,), value) is True:
                    return Witness(shrunk(value, path, lambda v: self.oracle.allows("a", (a,), v) is True))
        return None

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
        is_annotation = difference.kind in ANNOTATIONS
        medium = part_of(self.a.medium, [step.label for step in difference.trail])
        for value in annotated(difference, self.made_a) if is_annotation else self._proposals(difference):
            key = text(value)
            if key in seen:
                continue
            seen.add(key)
            if is_annotation:
                shown = self.oracle.allows("a", difference.a, value) is True
            else:
                shown = self.oracle.shows(difference.a, difference.b, value, medium)
            if shown and self._fits(difference, value) and not self._is_unforeseen(difference, value):
                yield value

    def needs_undeclared(self, difference: Difference) -> bool:
        """Returns whether only values with undeclared members show that an alternative was removed."""
        if difference.kind != "branch":
            return False
        values = (v for v in self._proposals(difference) if self.oracle.shows(difference.a, difference.b, v))
        found = [self._is_unforeseen(difference, value) for value in islice(values, 20)]
        return bool(found) and all(found)

    def _is_unforeseen(self, difference: Difference, value: Any) -> bool:
        """Returns whether a value of an alternative has members that A does not declare, which no client relies on."""
        return difference.kind == "branch" and has_undeclared(self.a, list(difference.a), value)

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
        if self.a.medium != "json":
            bounds = flatten(self.b, list(b)).bounds.items()
            edges = [value + (1 if word in UPPER else -1) for word, (value, _) in bounds]
            yield from (*(text_of(edge) for edge in edges), *edges, "-1", "0.5", "1000")
        if difference.kind == "required":
            for value in [*self.made_b.examples(b, 30), *self.made_a.examples(a, 30)]:
                if isinstance(value, dict):
                    yield {name: inner for name, inner in value.items() if name != difference.name}
        elif difference.kind in ("refused", "declared"):
            yield from self._with_property(difference)
        elif difference.kind == "closed":
            around = [*self.made_b.examples(b, 8), *self.made_a.examples(a, 8)]
            keys = list(self._keys(Step("pattern", difference.name, a, b), None)) if difference.name else ["extra"]
            objects = (value for value in around if isinstance(value, dict))
            yield from ({**value, key: extra} for value in objects for key in keys[:3] for extra in EXTRAS)
        else:
            contrary = contrary_of(difference)
            inside = [*a, Node(contrary, "//contrary")] if contrary is not None else list(a)
            if contrary is not None:
                yield from self.made_a.examples(inside, 30)
            yield from self._past_alternatives(difference, inside)
        yield from self._candidates(a, b, 40)

    def _past_alternatives(self, difference: Difference, inside: list[Node]) -> Iterator[str]:
        """Yields strings of an alternative of A that match no pattern of the other alternatives of B."""
        steps = [step for step in difference.trail if step.label == "branch"]
        unions = flatten(self.b, list(steps[-1].b)).unions if steps else []
        others = [
            flatten(self.b, [branch]) for union in unions for branch in union.branches if branch not in difference.b
        ]
        patterns = [Demand(str(value)) for flat in others for word, value in flat.words if word == "pattern"]
        if patterns:
            flat = flatten(self.a, inside)
            yield from self.languages.examples(string_demands(flat), patterns, 3) if "string" in flat.types else ()

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
            yield from Maker(SelfContained(leftover), self.languages).examples([Node(leftover, "")], limit)
        yield from self.made_a.examples(a, limit)

    def _planted(self, local: Any, difference: Difference) -> list[tuple[Any, Path]]:
        """Returns complete values that contain the local value, each with the path to it."""
        path: Path = (difference.name,) if difference.kind in ("refused", "declared") else ()
        found = [(local, path)]
        certain = difference.kind in ANNOTATIONS
        for step in reversed(difference.trail):
            certain = certain or step.label == "content"
            around = (self._around(step, value, path, certain=certain) for value, path in found)
            found = list(islice(chain.from_iterable(around), _MOST_PLANTED))
        return found

    def _around(self, step: Step, value: Any, path: Path, *, certain: bool) -> Iterator[tuple[Any, Path]]:
        """Yields values that contain a value; B rejects them, or that is `certain`."""
        for holder, key in self._holders(step, value):
            if self.oracle.allows("a", step.a, holder) is True and (
                certain or self.oracle.allows("b", step.b, holder) is not True
            ):
                inner = () if step.label == "content" else path
                yield holder, inner if key is None else (key, *inner)

    def _holders(self, step: Step, value: Any) -> Iterator[tuple[Any, str | int | None]]:
        """Yields values that contain a value: (holder, key)."""
        if step.label == "branch":
            yield value, None
            return
        if step.label == "content":
            yield from ((written, None) for written in contents(value, step.a))
            return
        around = [*self.made_b.examples(step.b, 10), *self.made_a.examples(step.a, 20)]
        if step.label == "item":
            before = self._before(step)
            index = int(step.key) if step.key != -1 else len(before)
            for row in [holder for holder in around if isinstance(holder, list)] + [[]]:
                filled = [*row, *before[len(row) : index]]
                filled += [value] * (index - len(filled))
                yield [*filled[:index], value, *filled[index + 1 :]], index
            return
        for base in [holder for holder in around if isinstance(holder, dict)] + [{}]:
            for key in self._keys(step, value):
                yield {**base, key: {} if step.label == "name" else value}, key

    def _before(self, step: Step) -> list[Any]:
        """Returns items for the indexes that have separate schemas, if A and B allow such items."""
        a, b = flatten(self.a, list(step.a)), flatten(self.b, list(step.b))
        found = []
        for index in range(max(a.longest_prefix(), b.longest_prefix())):
            inside = a.of_item(index), b.of_item(index)
            values = [*self.made_a.examples(inside[0], 12), *self.made_b.examples(inside[1], 12)]
            fitting = [
                v for v in values if self.oracle.allows("a", inside[0], v) and self.oracle.allows("b", inside[1], v)
            ]
            found.append(fitting[0] if fitting else values[0] if values else None)
        return found

    def _keys(self, step: Step, value: Any) -> Iterator[str]:
        if step.label == "property":
            yield str(step.key)
        elif step.label == "name":
            yield str(value)
        elif step.label == "pattern":
            flats = flatten(self.a, list(step.a)), flatten(self.b, list(step.b))
            declared = {name for flat in flats for name in flat.properties}
            others = {pattern for flat in flats for pattern in flat.patterns if pattern != step.key}
            avoided = [Demand(f"^{re.escape(name)}$") for name in sorted(declared)[:20]]
            for no in ([*avoided, *map(Demand, sorted(others)[:20])], avoided, []):
                yield from self.languages.examples([Demand(str(step.key))], no, 2)
            yield from self.made_a.examples([Node({"type": "string", "pattern": step.key}, "//pattern")], 3)
        else:
            yield from ("extra", "Extra", "a", "0", "x-extra", "_")
