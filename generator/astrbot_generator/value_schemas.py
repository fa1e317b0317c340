"""Reduced schemas of values that are not objects: texts, numbers, choices and unions."""

from __future__ import annotations

from typing import Any

from astrbot_generator.all_of import Schema

_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "array": ("minItems", "maxItems"),
}
_PYTHON = {"string": str, "integer": int, "boolean": bool}


def choice(values: list[Any]) -> Schema:
    """Returns a literal of strings; numbers keep their type only, because 1 and 1.0 are equal in JSON."""
    texts = [value for value in values if isinstance(value, str)]
    rest = [value for value in values if not isinstance(value, str)]
    literal: Schema = {"type": "string", "enum": list(dict.fromkeys(texts))}
    if texts and not rest:
        return literal
    if texts and rest == [None]:
        return {"anyOf": [literal, {"type": "null"}]}
    if all(value is None for value in values):
        return {"type": "null"}
    if all(isinstance(value, bool) for value in values):
        return {"type": "boolean"}
    return {}


def limits(schema: Schema, kind: str) -> Schema:
    """Returns the bounds of a type that pydantic checks too."""
    return {word: schema[word] for word in _BOUNDS[kind] if type(schema.get(word)) is int}


def default(value: Any) -> Schema:
    """Returns the default of a member if it has the member's only type."""
    given = value.get("default") if isinstance(value, dict) else None
    plain = _PYTHON.get(str(value.get("type"))) if isinstance(value, dict) else None
    if given is None or plain is None or type(given) is not plain:
        return {}
    if "const" in value or ("enum" in value and given not in value["enum"]):
        return {}
    return {"default": given}


def any_of(branches: list[Schema]) -> Schema:
    """Returns the union of reduced schemas, each once; `{}` if one of them accepts anything."""
    flat: list[Schema] = []
    for branch in branches:
        for part in branch["anyOf"] if set(branch) == {"anyOf"} else [branch]:
            if part not in flat:
                flat.append(part)
    if {} in flat:
        return {}
    return flat[0] if len(flat) == 1 else {"anyOf": flat}
