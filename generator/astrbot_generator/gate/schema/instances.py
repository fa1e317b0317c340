"""Proposes example values of a schema, the simplest first. The caller must verify them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from astrbot_generator.gate.schema.flat_schema import ATOMS, FlatSchema, Source, Union, atom_of, flatten
from astrbot_generator.gate.schema.languages import Languages
from astrbot_generator.gate.schema.normalize import Node, Schema
from astrbot_generator.gate.schema.regexes import example_of
from astrbot_generator.gate.schema.scalar_instances import numbers, strings
from astrbot_generator.gate.schema.scalars import SAMPLES
from astrbot_generator.pointer import pointer_of, value_at

_MEMBER = 6
"""How many values are tried for each member."""
_MOST_BRANCHES = 16
"""How many alternatives are tried."""
_ORDER = ("object", "array", "string", "integer", "fraction", "boolean", "null")


class SelfContained:
    """A self-contained schema that resolves its own `$ref`s."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def referred(self, node: Node) -> Node | None:
        """Returns the target of the `$ref` of a schema; None if there is none."""
        reference = node.value.get("$ref") if isinstance(node.value, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        pointer = pointer_of(reference)
        try:
            value = value_at(self.schema, pointer)
        except KeyError:
            return None
        return Node(value, pointer) if isinstance(value, dict | bool) else None

    def is_hidden(self, _: Node) -> bool:
        """Returns whether this is a member that the writer never sends."""
        return False


class Maker:
    """Proposes values for the schemas of one source; the values of each member are computed once."""

    def __init__(
        self, source: Source, languages: Languages, allows: Callable[[Sequence[Node], Any], bool | None] | None = None
    ) -> None:
        self.source = source
        self.languages = languages
        self.allows = allows
        """Tells whether schemas allow a value. Values of a `oneOf` that are allowed come first."""
        self.known: dict[tuple[tuple[str, int], ...], list[Any]] = {}
        self.open: set[tuple[tuple[str, int], ...]] = set()
        self.kept: list[Sequence[Node]] = []
        """Schemas in the cache, which uses their `id`s: an `id` is reused after its object is deleted."""

    def examples(self, nodes: Sequence[Node], limit: int = 12) -> list[Any]:
        """Returns up to `limit` values that the schemas may allow, the simplest first."""
        key = (*((node.pointer, id(node.value)) for node in nodes), ("limit", limit))
        if key not in self.known:
            found = list(islice(_distinct(self._values(list(nodes))), limit))
            if self.open:
                return found  # incomplete: a schema further out is still being computed
            self.kept.append(nodes)
            self.known[key] = found
        return self.known[key]

    def _few(self, nodes: Sequence[Node]) -> list[Any]:
        """Returns a few values of a part; none for a part that is being computed, so that recursion ends."""
        key = tuple((node.pointer, id(node.value)) for node in nodes)
        if key in self.open:
            return []
        if key not in self.known:
            self.open.add(key)
            found = self.examples(nodes, _MEMBER)
            self.open.discard(key)
            if not found and self.open:
                return found  # it may be empty only because of the recursion
            self.kept.append(nodes)
            self.known[key] = found
        return self.known[key]

    def _values(self, nodes: list[Node]) -> Iterator[Any]:
        flat = flatten(self.source, nodes)
        if flat.enum is not None:
            yield from flat.enum[:40]
        elif flat.unions:
            values = self._of_branches(flat, flat.unions[0])
            if self.allows is None or flat.unions[0].word == "anyOf":
                yield from values
            else:
                yield from self._exclusive(nodes, list(islice(values, 4 * _MEMBER)), flat.unions[0].branches)
        else:
            for name in _order(flat):
                yield from islice(self._of_type(flat, name), 24)

    def _of_branches(self, flat: FlatSchema, union: Union) -> Iterator[Any]:
        beside = [union.beside(part) for part in flat.parts if isinstance(part.value, dict)]
        branches = [[branch, *beside] for branch in union.branches[:_MOST_BRANCHES]]
        choices: list[list[Any]] = []
        for nodes in branches:
            key = tuple((node.pointer, 0) for node in nodes)
            if key not in self.open:
                self.open.add(key)
                choices.append(self.examples(nodes, 2 * _MEMBER))
                self.open.discard(key)
        for turn in range(_MEMBER):
            for values in choices:
                yield from values[2 * turn : 2 * turn + 2]

    def _exclusive(self, nodes: list[Node], values: list[Any], branches: list[Node]) -> Iterator[Any]:
        """Yields the values of a `oneOf`, those that are allowed first. If all match several branches, makes others."""
        allowed = [value for value in values if self.allows and self.allows(nodes, value)]
        if not allowed:
            names = dict.fromkeys(name for branch in branches for name in flatten(self.source, [branch]).properties)
            objects = [value for value in values if isinstance(value, dict)][:2]
            made = ({**value, name: other} for value in objects for name in islice(names, 20) for other in (0, "?"))
            allowed = [value for value in made if self.allows and self.allows(nodes, value)]
        yield from allowed
        yield from values

    def _of_type(self, flat: FlatSchema, name: str) -> Iterator[Any]:
        if name == "object":
            yield from self._objects(flat)
        elif name == "array":
            yield from self._arrays(flat)
        elif name == "string":
            yield from strings(flat, self.languages)
        elif name in ("integer", "fraction"):
            yield from (value for value in numbers(flat) if name == "fraction" or atom_of(value) == "integer")
        else:
            yield from SAMPLES[name]

    def _arrays(self, flat: FlatSchema) -> Iterator[list[Any]]:
        least = int(flat.bounds.get("minItems", (0,))[0])
        most = flat.bounds.get("maxItems", (None,))[0]
        if least > 200:
            return
        length = flat.longest_prefix()
        needed = [(self._few([known.schema, *flat.of_item(length)]), known.least) for known in flat.contains]
        items = [self._few(flat.of_item(index)) for index in range(length)]
        rest = self._few(flat.of_item(length))
        for known, (choices, _) in zip(flat.contains, needed, strict=True):
            if choices and known.most is not None and 1 < known.most <= 50:
                yield [choices[0]] * known.most
        for turn in range(3):
            found = [choices[turn % len(choices)] for choices, count in needed if choices for _ in range(count)]
            if len(found) >= least and not items:
                yield found
            full = [choices[turn % len(choices)] for choices in items if choices] + found
            while len(full) < least and rest:
                full.append(rest[(len(full) + turn) % len(rest)])
            if len(full) >= least and (most is None or len(full) <= most):
                yield full
        if not least and (most is None or most >= 1):
            yield []
            yield from ([item] for item in (items[0] if items else rest))
            yield from ([item, item] for item in rest[:2])
        if most is not None and 0 < most <= 200 and rest:
            yield [rest[index % len(rest)] for index in range(int(most))]
        yield rest

    def _objects(self, flat: FlatSchema) -> Iterator[dict[str, Any]]:
        def of(name: str) -> list[Any]:
            return self._few(flat.of_property(name))

        least = {}
        for name in flat.required:
            values = of(name)
            if not values:
                return
            least[name] = values[0]
        whole = _completed(flat, least, of)
        if whole is not None:
            yield whole
        for name in flat.required:
            yield from ({**least, name: value} for value in of(name)[1:])
        optional = [name for name in flat.properties if name not in least and name not in flat.hidden]
        for name in optional[:40]:
            yield from ({**least, name: value} for value in of(name)[:4])
        yield {**least, **{name: of(name)[0] for name in optional if of(name)}}
        yield from self._with_others(flat, least, of)

    def _with_others(
        self, flat: FlatSchema, least: dict[str, Any], of: Callable[[str], list[Any]]
    ) -> Iterator[dict[str, Any]]:
        """Yields the smallest object with undeclared members."""
        for names in flat.names or [Node({}, "")]:
            for name in self.examples([names, Node({"type": "string"}, "")], 3):
                if name not in least and isinstance(name, str):
                    yield from ({**least, name: value} for value in of(name)[:1])
        for pattern in flat.patterns:
            fitting = example_of(pattern, 0)
            if fitting is not None:
                yield from ({**least, fitting: value} for value in of(fitting)[:3])


def _distinct(values: Iterator[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        key = repr(value)
        if key not in seen:
            seen.add(key)
            yield value


def _order(flat: FlatSchema) -> list[str]:
    if flat.types != ATOMS:
        return [name for name in _ORDER if name in flat.types]
    if flat.properties or flat.required:
        return list(_ORDER)
    if flat.arrays or flat.contains:
        return ["array", *(name for name in _ORDER if name != "array")]
    return ["string", "integer", "null", "object", "array", "boolean", "fraction"]


def _completed(flat: FlatSchema, least: dict[str, Any], of: Callable[[str], list[Any]]) -> dict[str, Any] | None:
    """Returns the smallest object that satisfies `dependentRequired` and `minProperties`; None if there is none."""
    whole = dict(least)
    for name, other in flat.dependent:
        if name in whole and other not in whole and of(other):
            whole[other] = of(other)[0]
    fewest = int(flat.bounds.get("minProperties", (0,))[0])
    names = [
        *(name for name in flat.properties if name not in flat.hidden),
        *(f"extra{i}" for i in range(1, min(fewest, 50) + 1)),
    ]
    for name in names:
        if len(whole) < fewest and name not in whole and of(name):
            whole[name] = of(name)[0]
    return whole if len(whole) >= fewest else None
