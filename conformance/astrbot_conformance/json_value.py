"""Reads members of JSON values of unknown form: a target may return anything."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


def part(data: Any, *names: str) -> Any:
    """The value in `data` under this path of names; None if it is missing."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def items(data: Any, member: str | None = None) -> list[Mapping[str, Any]]:
    """The objects in a list, or in the list under `member` of `data`; empty if there is no list."""
    listed = data.get(member) if member is not None and isinstance(data, dict) else data
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON value, the outer ones first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def as_object(value: Any) -> Mapping[str, Any]:
    """The value if it is a JSON object, else an empty object."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value if it is a JSON array, else an empty array."""
    return value if isinstance(value, list) else []


def holds(data: Any, text: str) -> bool:
    """Whether `data` contains `text` anywhere, as a whole string or member name."""
    return json.dumps(text) in json.dumps(data)
