"""The parts of an `allOf`: which of them restrict the type, and the members that they have together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from astrbot_generator.resolve import resolve

Schema = dict[str, Any]


def restricts(part: Any) -> bool:
    """Returns whether a part of an `allOf` restricts the type."""
    words = ("$ref", "type", "properties", "required", "const", "enum", "allOf", "oneOf", "anyOf")
    return isinstance(part, dict) and any(word in part for word in words)


def restricting_parts(schema: Schema) -> list[Any]:
    """Returns the parts of an `allOf`, and the keywords next to it, that restrict the type."""
    beside = {word: value for word, value in schema.items() if word != "allOf"}
    return [part for part in [*schema["allOf"], beside] if restricts(part)]


def is_object(document: Schema, part: Any) -> bool:
    """Returns whether a part of an `allOf` becomes a class with members, or adds members to one."""
    reference = isinstance(part, dict) and "$ref" in part
    schema = resolve(document, part)
    if not isinstance(schema, dict) or "const" in schema or "enum" in schema:
        return False
    if "allOf" in schema:
        inner = restricting_parts(schema)
        return len(inner) > 1 and all(is_object(document, item) for item in inner)
    if "oneOf" in schema or "anyOf" in schema:
        return "properties" in schema and schema.get("type") == "object"
    no_members = not (schema.get("properties") or schema.get("required"))
    if reference and no_members and isinstance(schema.get("additionalProperties"), dict):
        return False
    return schema.get("type", None if reference else "object") == "object"


def members_of(document: Schema, parts: Iterable[Any]) -> Schema:
    """Returns an object schema with the members of all parts."""
    own: Schema = {"type": "object", "properties": {}, "required": []}
    waiting = list(parts)
    while waiting:
        part = resolve(document, waiting.pop(0))
        own["properties"] |= part.get("properties") or {}
        own["required"] += part.get("required", [])
        for word in ("additionalProperties", "patternProperties", "unevaluatedProperties"):
            if word in part:
                own[word] = part[word]
        waiting = [*part.get("allOf", ()), *waiting]
    return own


def inherited(document: Schema, part: Any) -> Schema:
    """Returns the members of a part, each with its schema."""
    schema = resolve(document, part)
    members: Schema = {member: {} for member in schema.get("required", ())} | (schema.get("properties") or {})
    for inner in schema.get("allOf", ()):
        members |= inherited(document, inner)
    return members
