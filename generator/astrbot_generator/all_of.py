"""The schemas that apply to the same value: the parts of an `allOf`, and the members that they declare together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from astrbot_generator.resolve import target

Schema = dict[str, Any]
_RESTRICTING = ("$ref", "type", "properties", "required", "const", "enum", "allOf", "oneOf", "anyOf")
_UNIONS = ("oneOf", "anyOf")
_CONDITIONS = ("if", "then", "else")


def restricts(part: Any) -> bool:
    """Returns whether a part of an `allOf` restricts the type."""
    return isinstance(part, dict) and any(word in part for word in _RESTRICTING)


def beside(schema: Schema) -> bool:
    """Returns whether keywords stand next to a reference that restrict the type or declare members."""
    return any(word in schema for word in (*_RESTRICTING, *_CONDITIONS, "dependentSchemas") if word != "$ref")


def restricting_parts(schema: Schema) -> list[Any]:
    """Returns the parts of an `allOf`, and the keywords next to it, that restrict the type.

    A reference next to other keywords is a part too.
    """
    own = {word: value for word, value in schema.items() if word not in ("allOf", "$ref")}
    reference = [{"$ref": schema["$ref"]}] if "$ref" in schema else []
    return [part for part in [*reference, *schema.get("allOf", ()), own] if restricts(part)]


def flat_parts(document: Schema, parts: Iterable[Any]) -> list[Schema]:
    """Returns the parts with every reference and every inner `allOf` replaced by its own parts, each component once."""
    waiting, found, seen = list(parts), [], set()
    while waiting:
        part = waiting.pop(0)
        if not isinstance(part, dict):
            continue
        reference, inner = part.get("$ref"), list(part.get("allOf", ()))
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            inner.insert(0, target(document, reference))
        found.append({word: value for word, value in part.items() if word not in ("$ref", "allOf")})
        waiting = [*inner, *waiting]
    return found


def inner_parts(document: Schema, reference: str) -> list[Schema]:
    """Returns the references in the `allOf` of a component, and in those of the components that they name."""
    waiting, found = [target(document, reference)], []
    while waiting:
        part = waiting.pop()
        for inner in part.get("allOf", ()) if isinstance(part, dict) else ():
            if isinstance(inner, dict) and "$ref" in inner and inner not in found:
                found.append(inner)
                waiting.append(target(document, inner["$ref"]))
    return found


def are_one_object(document: Schema, parts: Iterable[Any]) -> bool:
    """Returns whether the parts together accept only objects, and none of them lists whole values."""
    flat = flat_parts(document, parts)
    types = [part["type"] for part in flat if "type" in part]
    listed = any("const" in part or "enum" in part for part in flat)
    return bool(types) and not listed and all(kind == "object" for kind in types)


def merged(document: Schema, parts: Iterable[Any]) -> Schema:
    """Returns an object schema with the members of all parts. A member of several parts has all of its schemas."""
    properties: dict[str, list[Any]] = {}
    own: Schema = {"type": "object", "properties": {}, "required": []}
    for part in flat_parts(document, parts):
        for member, value in (part.get("properties") or {}).items():
            schemas = properties.setdefault(member, [])
            if value not in schemas:
                schemas.append(value)
        own["required"] += [member for member in part.get("required", ()) if member not in own["required"]]
        for word in ("additionalProperties", "patternProperties", "unevaluatedProperties"):
            if word in part and own.get(word) is not False:
                own[word] = part[word]
    for member, schemas in properties.items():
        own["properties"][member] = schemas[0] if len(schemas) == 1 else {"allOf": schemas}
    return own


class Declared(NamedTuple):
    """The members that a schema declares for the same value."""

    always: frozenset[str]
    sometimes: frozenset[str]
    """Those that are declared under a condition or in a branch of a union."""
    schemas: dict[str, list[Any]]
    """Member -> its different schemas."""


def declared(document: Schema, schema: Any) -> Declared:
    """Returns the members that a schema declares anywhere for the same value."""
    waiting: list[tuple[Any, bool]] = [(schema, False)]
    names: tuple[set[str], set[str]] = (set(), set())
    schemas: dict[str, list[Any]] = {}
    seen: set[tuple[str, bool]] = set()
    while waiting:
        part, condition = waiting.pop()
        if not isinstance(part, dict):
            continue
        for member, value in (part.get("properties") or {}).items():
            names[condition].add(member)
            known = schemas.setdefault(member, [])
            known += [] if value in known else [value]
        reference = part.get("$ref")
        if isinstance(reference, str) and (reference, condition) not in seen:
            seen.add((reference, condition))
            waiting.append((target(document, reference), condition))
        waiting += [(branch, condition) for branch in part.get("allOf", ())]
        waiting += [(branch, True) for branch in _conditional(part)]
    return Declared(frozenset(names[0]), frozenset(names[1]), schemas)


def _conditional(schema: Schema) -> Iterator[Any]:
    """Yields the schemas that apply to some values only."""
    yield from (branch for word in _UNIONS for branch in schema.get(word, ()))
    yield from (schema[word] for word in _CONDITIONS if word in schema)
    yield from (schema.get("dependentSchemas") or {}).values()
