"""The values that the items of a plugin's configuration take."""

from __future__ import annotations

import math
from typing import Any

from astrbot_reference.refusal import Refusal

from .plugin_packages import JsonObject

EMPTY: JsonObject = {"bool": False, "int": 0, "float": 0.0, "string": "", "text": "", "list": [], "file": []}


def defaults(items: JsonObject) -> JsonObject:
    """The default value of every item."""
    return {name: default(item) for name, item in items.items()}


def default(item: JsonObject) -> Any:
    """The default value of an item: its own default, else the empty value of its type."""
    if item["type"] == "object":
        return defaults(item.get("items", {}))
    return item["default"] if "default" in item else EMPTY.get(item["type"])


def merged(items: JsonObject, stored: JsonObject, given: JsonObject) -> JsonObject:
    """The stored values, updated by the given ones. Unknown items are dropped.

    Raises Refusal if a value has another type than its item.
    """
    return stored | {name: converted(name, items[name], value) for name, value in given.items() if name in items}


def converted(name: str, item: JsonObject, value: Any) -> Any:
    """A value converted to the type of its item: null becomes the empty value, and a number may be given as text.

    Raises Refusal if it has another type than the item.
    """
    kind = item["type"]
    if kind == "object" and isinstance(value, dict):
        inner = item.get("items", {})
        return merged(inner, defaults(inner), value)
    if value is None:
        return defaults(item.get("items", {})) if kind == "object" else EMPTY.get(kind)
    if kind in {"int", "float"}:
        return number(name, kind, value)
    expected = {"bool": bool, "string": str, "text": str, "list": list, "file": list, "object": dict}.get(kind)
    if expected is not None and not isinstance(value, expected):
        raise Refusal(f"{name} must be {kind}")
    return value


def number(name: str, kind: str, value: Any) -> int | float:
    """A number, or the text of one.

    Raises Refusal if it is neither, or not finite.
    """
    try:
        if kind == "int" and isinstance(value, str | int) and not isinstance(value, bool):
            return int(value)
        if kind == "float" and isinstance(value, str | int | float) and not isinstance(value, bool):
            made = float(value)
            if math.isfinite(made):
                return made
    except (ValueError, OverflowError):
        pass
    raise Refusal(f"{name} must be {kind}")


def file_item(items: JsonObject, key: str) -> JsonObject:
    """The file item at a key; dots separate nested objects.

    Raises Refusal if there is none.
    """
    inner = items
    item: JsonObject = {}
    for name in key.split("."):
        item = inner.get(name, {})
        inner = item.get("items", {})
    if item.get("type") != "file":
        raise Refusal(f"{key} is not a file item")
    return item
