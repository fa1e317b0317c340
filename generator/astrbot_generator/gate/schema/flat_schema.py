"""The demands of a schema after merging `$ref` and `allOf`: each demand once, with its pointer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from astrbot_generator.gate.schema.normalize import Node
from astrbot_generator.pointer import join


class Source(Protocol):
    """Resolves the `$ref`s of schemas."""

    def referred(self, node: Node) -> Node | None:
        """Returns the target of the `$ref` of a schema."""
        ...

    def is_hidden(self, node: Node) -> bool:
        """Returns whether this is a member that the writer never sends."""
        ...


ATOMS = frozenset(("null", "boolean", "object", "array", "string", "integer", "fraction"))
"""The types of JSON values; `number` is split into integers and fractions."""

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
GENERIC = ("not", "if", "dependentSchemas", "unevaluatedItems", "$dynamicRef", "$recursiveRef")
"""Keywords that only a search can judge. `then` and `else` belong to `if`."""

MEMBERS = ("contentEncoding", "contentMediaType")
EXTENSIBLE = "x-extensible-enum"
"""An extension that lists the known values of a text; others may be added."""


class Union(NamedTuple):
    """An `anyOf` or `oneOf`."""

    word: str
    node: Node
    """The schema that contains it."""

    @property
    def branches(self) -> list[Node]:
        """The branches as schemas."""
        return [self.node.below(self.word, index) for index in range(len(self.node.value[self.word]))]  # type: ignore[index]

    @property
    def pointer(self) -> str:
        """Its pointer."""
        return join(self.node.pointer, self.word)

    def beside(self, part: Node) -> Node:
        """Returns the keywords of a part next to this union, without `$ref` and `allOf`, which are parts themselves."""
        if not isinstance(part.value, dict):
            return part
        dropped = {"$ref", "allOf"} | ({self.word} if part.pointer == self.node.pointer else set())
        return Node({word: value for word, value in part.value.items() if word not in dropped}, part.pointer)


class Closure(NamedTuple):
    """An `additionalProperties` or `unevaluatedProperties`."""

    schema: Node
    names: frozenset[str]
    """Properties that it does not apply to."""
    patterns: tuple[str, ...]
    """Patterns of further properties that it does not apply to."""

    def covers(self, name: str) -> bool:
        """Returns whether it applies to this property."""
        return name not in self.names and not any(matches(pattern, name) for pattern in self.patterns)


class ArrayRule(NamedTuple):
    """The `prefixItems` and `items` of one schema."""

    prefix: list[Node]
    items: Node | None

    def at(self, index: int) -> Node | None:
        """Returns the schema of the item at this index."""
        return self.prefix[index] if index < len(self.prefix) else self.items


class Contains(NamedTuple):
    """A `contains` with its counts."""

    schema: Node
    least: int
    most: int | None
    pointer: str


@dataclass
class FlatSchema:
    """The merged demands of a conjunction of schemas."""

    parts: list[Node] = field(default_factory=list)
    """The schemas that it consists of, without `$ref` and `allOf`."""
    types: frozenset[str] = ATOMS
    types_at: str | None = None
    enum: list[Any] | None = None
    enum_at: str | None = None
    bounds: dict[str, tuple[Any, str]] = field(default_factory=dict)
    words: dict[tuple[str, Any], str] = field(default_factory=dict)
    """(keyword, value) -> pointer, for keywords that accumulate: pattern, format, multipleOf, uniqueItems."""
    required: dict[str, str] = field(default_factory=dict)
    properties: dict[str, list[Node]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    """Properties that the writer never sends."""
    patterns: dict[str, list[Node]] = field(default_factory=dict)
    closures: list[Closure] = field(default_factory=list)
    names: list[Node] = field(default_factory=list)
    arrays: list[ArrayRule] = field(default_factory=list)
    contains: list[Contains] = field(default_factory=list)
    dependent: dict[tuple[str, str], str] = field(default_factory=dict)
    unions: list[Union] = field(default_factory=list)
    generic: dict[str, list[Node]] = field(default_factory=dict)
    contents: list[Node] = field(default_factory=list)
    """The schemas of the JSON in a string."""
    notes: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Keywords that do not restrict values, such as default, discriminator, readOnly and writeOnly."""

    def of_property(self, name: str) -> list[Node]:
        """Returns the schemas of this property."""
        nodes = list(self.properties.get(name, ()))
        nodes += [node for pattern, found in self.patterns.items() if matches(pattern, name) for node in found]
        return nodes + [closure.schema for closure in self.closures if closure.covers(name)]

    def of_other_properties(self) -> list[Node]:
        """Returns the schemas of undeclared properties."""
        return [closure.schema for closure in self.closures]

    def of_item(self, index: int) -> list[Node]:
        """Returns the schema of the item at this index."""
        return [node for rule in self.arrays for node in [rule.at(index)] if node is not None]

    def longest_prefix(self) -> int:
        """Returns how many items have separate schemas."""
        return max((len(rule.prefix) for rule in self.arrays), default=0)

    def declares(self, name: str) -> bool:
        """Returns whether a property is declared by name or pattern."""
        return name in self.properties or any(matches(pattern, name) for pattern in self.patterns)


def matches(pattern: str, text: str) -> bool:
    """Returns whether a pattern matches a text; False if Python does not support the pattern."""
    try:
        return re.search(pattern, text) is not None
    except (re.error, RecursionError):
        return False


def atoms(types: Any) -> frozenset[str]:
    """Returns the types that the keyword `type` allows."""
    listed = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    found = {name for name in listed if isinstance(name, str)}
    return frozenset((found | {"integer", "fraction"}) - {"number"} if "number" in found else found) & ATOMS


def atom_of(value: Any) -> str:
    """Returns the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if value == int(value) else "fraction"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def same(one: Any, other: Any) -> bool:
    """Returns whether JSON values are equal: 1 equals 1.0, but not true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


def parts_of(schemas: Source, nodes: list[Node]) -> list[Node]:
    """Returns the schemas that nodes consist of, after following `$ref` and splitting `allOf`, without duplicates."""
    found: list[Node] = []
    seen: set[tuple[str, int]] = set()
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if (node.pointer, id(node.value)) in seen:
            continue
        seen.add((node.pointer, id(node.value)))
        found.append(node)
        if isinstance(node.value, dict):
            inner = [node.below("allOf", index) for index in range(len(node.value.get("allOf", ())))]
            referred = schemas.referred(node)
            waiting.extend(reversed([*([referred] if referred else []), *inner]))
    return found


def flatten(schemas: Source, nodes: list[Node]) -> FlatSchema:
    """Returns the merged demands of a conjunction of schemas."""
    flat = FlatSchema(parts=parts_of(schemas, nodes))
    for part in flat.parts:
        if part.value is False:
            flat.types, flat.types_at = frozenset(), part.pointer
        elif isinstance(part.value, dict):
            _take(flat, part, part.value)
    for part in flat.parts:
        if isinstance(part.value, dict) and "unevaluatedProperties" in part.value:
            inside = [inner.value for inner in parts_of(schemas, [part]) if isinstance(inner.value, dict)]
            if all(value.keys().isdisjoint(_EVALUATING) for value in inside):
                names = frozenset(name for value in inside for name in value.get("properties", ()))
                patterns = tuple(name for value in inside for name in value.get("patternProperties", ()))
                flat.closures.append(Closure(part.below("unevaluatedProperties"), names, patterns))
            else:
                flat.generic.setdefault("unevaluatedProperties", []).append(part)
    flat.hidden = frozenset(name for name, found in flat.properties.items() if any(map(schemas.is_hidden, found)))
    if flat.enum is not None:
        flat.types &= frozenset(atom_of(value) for value in flat.enum)
    return flat


_EVALUATING = {"anyOf", "oneOf", "if", "dependentSchemas", "additionalProperties"}


def _take(flat: FlatSchema, part: Node, value: dict[str, Any]) -> None:
    if "type" in value:
        narrowed = flat.types & atoms(value["type"])
        if narrowed != flat.types or flat.types_at is None:
            flat.types, flat.types_at = narrowed, join(part.pointer, "type")
    _take_words(flat, part, value)
    _take_object(flat, part, value)
    _take_array(flat, part, value)
    flat.unions += [Union(word, part) for word in ("anyOf", "oneOf") if value.get(word)]
    for word in GENERIC:
        if word in value:
            flat.generic.setdefault(word, []).append(part)
    if "contentSchema" in value and str(value.get("contentMediaType", "")).lower().endswith("json"):
        flat.contents.append(part.below("contentSchema"))
    for word in ("default", "discriminator", "readOnly", "writeOnly", "xml", EXTENSIBLE, *MEMBERS):
        if word in value:
            flat.notes.setdefault(word, (value[word], join(part.pointer, word)))


def _take_words(flat: FlatSchema, part: Node, value: dict[str, Any]) -> None:
    for word in ("enum", "const"):
        if word in value:
            values = value[word] if word == "enum" else [value[word]]
            known = flat.enum
            flat.enum = values if known is None else [v for v in known if any(same(v, other) for other in values)]
            flat.enum_at = join(part.pointer, word)
    for word in (*LOWER, *UPPER):
        if isinstance(value.get(word), int | float):
            _take_bound(flat, word, value[word], join(part.pointer, word))
    for word in ("pattern", "format", "multipleOf", "uniqueItems"):
        if word in value and value[word] is not False and not isinstance(value[word], dict | list):
            flat.words.setdefault((word, value[word]), join(part.pointer, word))


def _take_bound(flat: FlatSchema, word: str, value: Any, pointer: str) -> None:
    known = flat.bounds.get(word)
    if known is None or (value > known[0] if word in LOWER else value < known[0]):
        flat.bounds[word] = (value, pointer)


def _take_object(flat: FlatSchema, part: Node, value: dict[str, Any]) -> None:
    for name in value.get("required", ()):
        flat.required.setdefault(str(name), join(part.pointer, "required"))
    properties = value.get("properties") or {}
    patterns = value.get("patternProperties") or {}
    for name in properties:
        flat.properties.setdefault(name, []).append(part.below("properties", name))
    for pattern in patterns:
        flat.patterns.setdefault(pattern, []).append(part.below("patternProperties", pattern))
    if "additionalProperties" in value:
        closure = Closure(part.below("additionalProperties"), frozenset(properties), tuple(patterns))
        flat.closures.append(closure)
    if "propertyNames" in value:
        flat.names.append(part.below("propertyNames"))
    for name, needed in (value.get("dependentRequired") or {}).items():
        for other in needed if isinstance(needed, list) else ():
            flat.dependent.setdefault((name, other), join(part.pointer, "dependentRequired", name))


def _take_array(flat: FlatSchema, part: Node, value: dict[str, Any]) -> None:
    prefix = [part.below("prefixItems", index) for index in range(len(value.get("prefixItems") or ()))]
    items = part.below("items") if "items" in value else None
    if prefix or items:
        flat.arrays.append(ArrayRule(prefix, items))
    if "contains" in value:
        least, most = value.get("minContains", 1), value.get("maxContains")
        flat.contains.append(Contains(part.below("contains"), int(least), most, join(part.pointer, "contains")))
