"""Unions of objects: which branches pydantic can tell apart, and what stands next to a union."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from astrbot_generator.all_of import Schema, are_one_object, declared, flat_parts, merged, restricts
from astrbot_generator.resolve import SCHEMAS

MOST_BRANCHES = 24
"""The most branches that are compared in pairs, or combined with the members next to them."""
_SCALARS = frozenset(("string", "integer", "number", "boolean", "null"))


def variants(document: Schema, parts: list[Any]) -> list[Schema] | None:
    """Returns the alternatives of an `allOf` with one union among its parts: the other parts and one branch each.

    None if there is no union, if nothing stands next to it, or if its branches declare no further members.
    """
    found = [(index, word) for index, part in enumerate(parts) for word in ("oneOf", "anyOf") if word in part]
    if len(found) != 1:
        return None
    ((index, word),) = found
    branches = parts[index][word]
    rest = {key: value for key, value in parts[index].items() if key not in (word, "discriminator")}
    common = [*parts[:index], *([rest] if restricts(rest) else []), *parts[index + 1 :]]
    known = declared(document, {"allOf": common}).always
    further = declared(document, {"anyOf": branches}).sometimes - known
    if not common or len(branches) > MOST_BRANCHES or not further:
        return None
    found_variants: list[Schema] = [{"allOf": [*common, branch]} for branch in branches]
    return found_variants if all(are_one_object(document, one["allOf"]) for one in found_variants) else None


def ambiguous(document: Schema, branches: list[Any]) -> bool:
    """Returns whether pydantic can choose another branch than the schema: two are arrays, or objects not told apart."""
    types = [{str(part["type"]) for part in flat_parts(document, [branch]) if "type" in part} for branch in branches]
    arrays = [branch for branch, kinds in zip(branches, types, strict=True) if not kinds or "array" in kinds]
    objects = [b for b, kinds in zip(branches, types, strict=True) if not kinds & (_SCALARS | {"array"})]
    return len(arrays) > 1 or (len(objects) > 1 and not told_apart(document, objects))


def told_apart(document: Schema, branches: list[Any]) -> bool:
    """Returns whether a member tells all objects of a union apart: each requires it, with other texts than the rest.

    Then pydantic chooses the branch that the schema chooses. Otherwise it can choose another one, whose class lacks
    members that the right one has.
    """
    if len(branches) > MOST_BRANCHES:
        return False
    objects = [merged(document, [branch]) for branch in branches]
    return all(_differ(first, second) for first, second in combinations(objects, 2))


def disputed(document: Schema, branches: list[Any]) -> set[str]:
    """Returns the members that are declared differently by branches, or inside one branch."""
    schemas = declared(document, {"anyOf": branches}).schemas
    return {member for member, values in schemas.items() if len(values) > 1}


def _differ(first: Schema, second: Schema) -> bool:
    common = set(first["required"]) & set(second["required"])
    choices = [[_texts(schema["properties"].get(member)) for schema in (first, second)] for member in common]
    return any(one and other and not one & other for one, other in choices)


def _texts(schema: Any) -> set[str]:
    """Returns the possible values of a member if they are listed and all of them are texts; else nothing."""
    if not isinstance(schema, dict):
        return set()
    values = [schema["const"]] if "const" in schema else schema.get("enum") or []
    return set(values) if all(isinstance(value, str) for value in values) else set()


def extensions(document: Schema) -> dict[str, list[str]]:
    """Returns the components that extend each component with a discriminator but without a union."""
    schemas = (document.get("components") or {}).get("schemas") or {}
    bases = {
        name
        for name, schema in schemas.items()
        if isinstance(schema, dict) and "discriminator" in schema and not {"oneOf", "anyOf"} & schema.keys()
    }
    direct: dict[str, list[str]] = {}
    for name, schema in schemas.items() if bases else ():
        for part in schema.get("allOf", ()) if isinstance(schema, dict) else ():
            reference = part.get("$ref") if isinstance(part, dict) else None
            if isinstance(reference, str) and reference.startswith(SCHEMAS):
                direct.setdefault(reference.removeprefix(SCHEMAS), []).append(name)
    return {base: _below(base, direct) for base in schemas if base in bases and base in direct}


def _below(base: str, direct: dict[str, list[str]]) -> list[str]:
    """Returns the components that extend a component, directly or through others."""
    found: list[str] = []
    waiting = list(direct[base])
    while waiting:
        name = waiting.pop(0)
        if name not in found and name != base:
            found.append(name)
            waiting += direct.get(name, [])
    return found
