"""Whether a dump has every member that a schema declares, judged by the schema alone; and schemas to judge by."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

REF = "#/components/schemas/"
_UNIONS = ("allOf", "anyOf", "oneOf")


def lost(document: dict[str, Any], schemas: list[Any], value: Any, dump: Any, path: str = "") -> str | None:
    """Returns the path of the first value that is declared and missing or changed in a dump; None if there is none.

    Also returns the path of a member that the dump adds.
    """
    applied = [part for schema in schemas for part in _in_place(document, schema)]
    if isinstance(value, dict) and isinstance(dump, dict):
        added = next((f"{path}/{name} added" for name in dump if name not in value), None)
        return added or _lost_member(document, applied, value, dump, path)
    if isinstance(value, list) and isinstance(dump, list) and len(value) == len(dump):
        inner = [part["items"] for part in applied if "items" in part]
        fronts = [part["prefixItems"] for part in applied if "prefixItems" in part]
        for index, item in enumerate(value):
            own = [*inner, *(front[index] for front in fronts if index < len(front))]
            if found := lost(document, own, item, dump[index], f"{path}/{index}"):
                return found
        return None
    return None if value == dump and isinstance(value, bool) == isinstance(dump, bool) else path or "/"


def _lost_member(document: dict[str, Any], applied: list[Any], value: Any, dump: Any, path: str) -> str | None:
    values = [part["additionalProperties"] for part in applied if "additionalProperties" in part]
    for name, item in value.items():
        declared = [part["properties"][name] for part in applied if name in part.get("properties", {})]
        if name not in dump and declared:
            return f"{path}/{name}"
        if name in dump and (found := lost(document, declared or values, item, dump[name], f"{path}/{name}")):
            return found
    return None


def _in_place(document: dict[str, Any], schema: Any) -> Iterator[dict[str, Any]]:
    """Yields every schema that applies to the same value, also under a condition."""
    waiting, seen = [schema], set()
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        yield part
        reference = part.get("$ref")
        if reference and reference not in seen:
            seen.add(reference)
            waiting.append(_target(document, reference))
        waiting += [branch for word in _UNIONS for branch in part.get(word, ())]
        waiting += [part[word] for word in ("if", "then", "else") if word in part]
        waiting += part.get("dependentSchemas", {}).values()


def _target(document: dict[str, Any], reference: str) -> Any:
    value: Any = document
    for token in reference.split("/")[1:]:
        value = value[token]
    return value


def random_schemas(seed: int, count: int) -> dict[str, Any]:
    """Returns object schemas composed of each other by references, `allOf`, unions and conditions."""
    chance = random.Random(seed)  # noqa: S311 - reproducible
    made: dict[str, Any] = {f"Base{number}": _members(chance) for number in range(5)}
    for number in range(count):
        made[f"Made{number}"] = _composed(chance, list(made))
    return made


def _members(chance: random.Random) -> dict[str, Any]:
    values = [{"type": "integer"}, {"type": "string"}, {}, {"type": ["string", "null"]}, {"enum": ["a", "b"]}]
    names = chance.sample("abcdef", chance.randint(1, 3))
    members: dict[str, Any] = {name: chance.choice(values) for name in names}
    if chance.random() < 0.4:
        members["in"] = {"type": "object", "properties": {chance.choice("xyz"): chance.choice(values)}}
    if chance.random() < 0.3:
        members["list"] = {"type": "array", "items": {"type": "object", "properties": {chance.choice("xyz"): {}}}}
    required = [name for name in members if chance.random() < 0.4]
    schema: dict[str, Any] = {"type": "object", "properties": members}
    if required:
        schema["required"] = required
    if chance.random() < 0.15:
        schema["additionalProperties"] = chance.choice([True, {"type": "integer"}])
    return schema


def _composed(chance: random.Random, names: list[str]) -> dict[str, Any]:
    def part() -> dict[str, Any]:
        return {"$ref": REF + chance.choice(names)} if chance.random() < 0.5 else _members(chance)

    def parts() -> list[dict[str, Any]]:
        return [part() for _ in range(chance.randint(2, 3))]

    schema: dict[str, Any] = _members(chance) if chance.random() < 0.5 else {"type": "object"}
    for word, share in (("allOf", 0.4), ("oneOf", 0.25), ("anyOf", 0.3)):
        if chance.random() < share:
            schema[word] = parts()
    if chance.random() < 0.15:
        schema |= {"if": {"required": [chance.choice("abcdef")]}, "then": _members(chance)}
    if chance.random() < 0.1:
        schema["dependentSchemas"] = {chance.choice("abcdef"): _members(chance)}
    if chance.random() < 0.15:
        schema["$ref"] = REF + chance.choice(names)
    if chance.random() < 0.1:
        schema = {"type": "object", "properties": {"inner": schema, "all": {"type": "array", "items": part()}}}
    return schema


def random_value(chance: random.Random) -> dict[str, Any]:
    """Returns an object with members that the random schemas name."""
    values: list[Any] = [1, 2, "a", "b", "", None]

    def some(names: str, share: float) -> dict[str, Any]:
        return {name: chance.choice(values) for name in names if chance.random() < share}

    value: dict[str, Any] = some("abcdef", 0.55)
    if chance.random() < 0.5:
        value["in"] = some("xyz", 0.6)
    if chance.random() < 0.4:
        value["list"] = [some("xyz", 0.6) for _ in range(2)]
    return value if chance.random() < 0.75 else {"inner": value, "all": [some("abcdef", 0.5) for _ in range(2)]}
