"""The JSON types of parameters, and which parameters FastAPI cannot read itself."""

from __future__ import annotations

from typing import Any

from astrbot_generator.grammar import DEFAULT_STYLES
from astrbot_generator.resolve import resolve, target

SCALARS = ("string", "integer", "number", "boolean")
KINDS = (*SCALARS, "array", "object", "null")
DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_COMBINED = ("allOf", "not", "if", "prefixItems")
_DEEPEST = 30


def kinds_of(document: Any, schema: Any, depth: int = 0) -> tuple[str, ...]:
    """Returns the JSON types that a schema allows, in the order of KINDS; all of them if it does not say."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return KINDS
    found = set(KINDS)
    if "type" in schema:
        found &= set(schema["type"]) if isinstance(schema["type"], list) else {schema["type"]}
    if "const" in schema or isinstance(schema.get("enum"), list):
        found &= {_kind_of(value) for value in ([schema["const"]] if "const" in schema else schema["enum"])}
    if isinstance(schema.get("$ref"), str):
        found &= set(kinds_of(document, target(document, schema["$ref"]), depth + 1))
    for part in schema.get("allOf") or ():
        found &= set(kinds_of(document, part, depth + 1))
    for word in ("anyOf", "oneOf"):
        if word in schema:
            found &= {kind for branch in schema[word] for kind in kinds_of(document, branch, depth + 1)}
    return tuple(kind for kind in KINDS if kind in found)


def _kind_of(value: Any) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}
    return names.get(type(value), "string")


def is_structured(document: Any, parameter: dict[str, Any]) -> bool:
    """Returns whether FastAPI cannot read a parameter: an object, a mixed list, `content` or another style."""
    if "schema" not in parameter or (parameter["in"] == "header" and not parameter["name"].isascii()):
        return True
    location = parameter["in"]
    if parameter.get("style", DEFAULT_STYLES[location]) not in (
        DEFAULT_STYLES[location],
        *(DELIMITERS if location == "query" else ()),
    ):
        return True
    schema = resolve(document, parameter["schema"])
    kinds = set(kinds_of(document, schema))
    if len(kinds) == len(KINDS):  # a schema that does not say the type: any text
        return not _is_plain(document, schema, 0) if isinstance(schema, dict) else False
    if "object" in kinds or not _is_plain(document, schema, 0):
        return True
    if "array" in kinds:
        return (
            bool(kinds - {"array", "null"})
            or location in ("path", "cookie")
            or (location == "header" and "null" in kinds)
        )
    return False


def _is_plain(document: Any, schema: Any, depth: int) -> bool:
    """Returns whether the Python type of a schema reads text as the schema types it."""
    schema = resolve(document, schema)
    if not isinstance(schema, dict):
        return depth < _DEEPEST
    if depth > _DEEPEST or any(word in schema for word in _COMBINED):
        return False
    choices = [schema["const"]] if "const" in schema else schema.get("enum") or []
    if choices and "type" not in schema and not all(isinstance(choice, str) for choice in choices):
        return False
    items = schema.get("items")
    if items is not None and "array" in kinds_of(document, schema):
        inner = set(kinds_of(document, items))
        has_one_type = len(inner) == len(KINDS) or not inner & {"array", "object"}
        if not has_one_type or not _is_plain(document, items, depth + 1):
            return False
    branches = [branch for word in ("anyOf", "oneOf") for branch in schema.get(word) or ()]
    if branches and "type" in schema:
        return False
    return all(_is_plain(document, branch, depth + 1) for branch in branches)
