"""Makes example values of a schema, the simplest first. They are proposals: who uses them verifies them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from astrbot_generator.gate.schema.flat import ATOMS, Flat, Source, Union, atom_of, flatten
from astrbot_generator.gate.schema.regexes import example_of
from astrbot_generator.gate.schema.scalars import SAMPLES
from astrbot_generator.gate.schema.view import Node, Schema
from astrbot_generator.pointer import from_fragment, split

DEEPEST = 7
FORMATS = {
    "date-time": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "time": "00:00:00Z",
    "duration": "P1D",
    "email": "a@example.org",
    "hostname": "example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.org/",
    "uri-reference": "/a",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
_ORDER = ("object", "array", "string", "integer", "fraction", "boolean", "null")


class Alone:
    """A schema that stands on its own, as a source of what its `$ref`s name."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def referred(self, node: Node) -> Node | None:
        """What the `$ref` of a schema leads to; None where it leads nowhere."""
        reference = node.value.get("$ref") if isinstance(node.value, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        pointer = from_fragment(reference[1:])
        value: Any = self.schema
        for token in split(pointer):
            value = value.get(token) if isinstance(value, dict) else None
        return Node(value, pointer) if isinstance(value, dict | bool) else None


def examples(source: Source, nodes: Sequence[Node], limit: int = 12) -> list[Any]:
    """Up to so many values that the schemas may allow, the simplest first."""
    return list(islice(_distinct(_values(source, list(nodes), 0)), limit))


def _distinct(values: Iterator[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        if repr(value) not in seen:
            seen.add(repr(value))
            yield value


def _values(source: Source, nodes: list[Node], depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        return
    flat = flatten(source, nodes)
    if flat.enum is not None:
        yield from flat.enum[:40]
        return
    if flat.unions:
        yield from _of_branches(source, flat, flat.unions[0], depth)
        return
    for name in _order(flat):
        yield from islice(_of_type(source, flat, name, depth), 24)


def _order(flat: Flat) -> list[str]:
    if flat.types != ATOMS:
        return [name for name in _ORDER if name in flat.types]
    if flat.properties or flat.required:
        return list(_ORDER)
    if flat.arrays or flat.contains:
        return ["array", *(name for name in _ORDER if name != "array")]
    return ["string", "integer", "null", "object", "array", "boolean", "fraction"]


def _of_branches(source: Source, flat: Flat, union: Union, depth: int) -> Iterator[Any]:
    beside = []
    for part in flat.parts:
        if isinstance(part.value, dict):
            own = {"$ref", "allOf"} | ({union.word} if part is union.node else set())
            beside.append(Node({word: value for word, value in part.value.items() if word not in own}, part.pointer))
    makers = [_values(source, [branch, *beside], depth + 1) for branch in union.branches]
    for _ in range(6):
        for maker in makers:
            yield from islice(maker, 2)


def _of_type(source: Source, flat: Flat, name: str, depth: int) -> Iterator[Any]:
    if name == "object":
        yield from _objects(source, flat, depth)
    elif name == "array":
        yield from _arrays(source, flat, depth)
    elif name == "string":
        yield from _strings(flat)
    elif name in ("integer", "fraction"):
        yield from (value for value in _numbers(flat) if name == "fraction" or atom_of(value) == "integer")
    else:
        yield from SAMPLES[name]


def _numbers(flat: Flat) -> Iterator[Any]:
    low, high = flat.bounds.get("minimum"), flat.bounds.get("maximum")
    above, below = flat.bounds.get("exclusiveMinimum"), flat.bounds.get("exclusiveMaximum")
    edges = [low[0], low[0] + 1] if low else []
    edges += [above[0] + 1, above[0] + 0.5] if above else []
    edges += [high[0], high[0] - 1] if high else []
    edges += [below[0] - 1, below[0] - 0.5] if below else []
    steps = [value for word, value in flat.words if word == "multipleOf"]
    for step in steps:
        for edge in [*edges, 0]:
            yield from (edge // step * step, (edge // step + 1) * step, (edge // step + 2) * step)
    least = max([edge[0] for edge in (low, above) if edge], default=None)
    most = min([edge[0] for edge in (high, below) if edge], default=None)
    yield from (v for v in (1, 0, 2, -1, 0.5) if (least is None or v >= least) and (most is None or v <= most))
    yield from edges
    yield from (*(edge[0] + 0.5 for edge in (low, above) if edge), *(edge[0] - 0.5 for edge in (high, below) if edge))
    yield from (2, 3, 5, 10, -3, 1000, 0.25)


def _strings(flat: Flat) -> Iterator[str]:
    least = int(flat.bounds.get("minLength", (0,))[0])
    most = flat.bounds.get("maxLength", (None,))[0]
    for word, value in flat.words:
        if word == "format" and value in FORMATS:
            yield FORMATS[value]
    for word, value in flat.words:
        if word == "pattern":
            yield from _patterned(value, least)
    for length in (max(1, least), least, least + 1):
        if length < 100_000 and (most is None or length <= most):
            yield ("a" * length)
    if most is not None and most < 100_000:
        yield "a" * int(most)
    yield from (text[: most or None] for text in ("0", "A", "a b", "-", "é"))


def _patterned(pattern: str, least: int) -> Iterator[str]:
    for extra in (0, 1, least):
        found = example_of(pattern, extra)
        if found is not None:
            yield found
            if len(found) < least <= 1000:
                yield found + "a" * (least - len(found))
                yield found + found[-1:] * (least - len(found))


def _arrays(source: Source, flat: Flat, depth: int) -> Iterator[list[Any]]:
    least = int(flat.bounds.get("minItems", (0,))[0])
    most = flat.bounds.get("maxItems", (None,))[0]
    if least > 200:
        return
    wanted = [
        list(islice(_values(source, [known.schema, *flat.of_item(flat.longest_prefix())], depth + 1), 3))
        for known in flat.contains
    ]
    counts = [known.least for known in flat.contains]
    items = [list(islice(_values(source, flat.of_item(i), depth + 1), 6)) for i in range(flat.longest_prefix())]
    rest = list(islice(_values(source, flat.of_item(flat.longest_prefix()), depth + 1), 10))
    for turn in range(3):
        found = [
            choices[turn % len(choices)]
            for choices, count in zip(wanted, counts, strict=True)
            for _ in range(count)
            if choices
        ]
        if len(found) >= least and not items:
            yield found
        full = [choices[turn % len(choices)] for choices in items if choices][: max(least, len(items))]
        full += found
        while len(full) < least and rest:
            full.append(rest[(len(full) + turn) % len(rest)])
        if len(full) >= least and (most is None or len(full) <= most):
            yield full
    if not least and (most is None or most >= 1):
        yield []
        yield from ([item] for item in (items[0] if items else rest))
        yield from ([item, item] for item in rest[:2])
    if most is not None and 0 < most <= 200 and rest:
        yield [rest[i % len(rest)] for i in range(int(most))]
    yield rest


def _objects(source: Source, flat: Flat, depth: int) -> Iterator[dict[str, Any]]:
    choices: dict[str, list[Any]] = {}

    def of(name: str) -> list[Any]:
        if name not in choices:
            choices[name] = list(islice(_distinct(_values(source, flat.of_property(name), depth + 1)), 6))
        return choices[name]

    least = {}
    for name in flat.required:
        if not of(name):
            return
        least[name] = of(name)[0]
    whole = _completed(flat, least, of)
    if whole is not None:
        yield whole
    for name in flat.required:
        yield from ({**least, name: value} for value in of(name)[1:])
    yield from _more_members(source, flat, least, of, depth)


def _more_members(
    source: Source, flat: Flat, least: dict[str, Any], of: Callable[[str], list[Any]], depth: int
) -> Iterator[dict[str, Any]]:
    """The least object with members that it need not have."""
    optional = [name for name in flat.properties if name not in least]
    for name in optional[:40]:
        yield from ({**least, name: value} for value in of(name)[:4])
    yield {**least, **{name: of(name)[0] for name in optional if of(name)}}
    for names in flat.names or [Node({}, "")]:
        for name in islice(_values(source, [names, Node({"type": "string"}, "")], depth + 1), 3):
            if of(name) and name not in least:
                yield {**least, name: of(name)[0]}
    for pattern in flat.patterns:
        fitting = example_of(pattern, 0)
        if fitting is not None:
            yield from ({**least, fitting: value} for value in of(fitting)[:3])


def _completed(flat: Flat, least: dict[str, Any], of: Callable[[str], list[Any]]) -> dict[str, Any] | None:
    """The least object with what `dependentRequired` and `minProperties` add to it."""
    whole = dict(least)
    for name, other in flat.dependent:
        if name in whole and other not in whole and of(other):
            whole[other] = of(other)[0]
    fewest = int(flat.bounds.get("minProperties", (0,))[0])
    names = [*flat.properties, *(f"extra{i}" for i in range(1, min(fewest, 50) + 1))]
    for name in names:
        if len(whole) < fewest and name not in whole and of(name):
            whole[name] = of(name)[0]
    return whole if len(whole) >= fewest else None
