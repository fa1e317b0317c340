"""Finds resources in the data of a response, each with its id."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from astrbot_conformance.json_value import objects

Members = Mapping[str, Any]
Entries = Iterable[tuple[str, Members]]


def listed(member: str, *within: str) -> Callable[[Any], Entries]:
    """Finds the entries of a list by the member with their id; `within`: the members that lead to the list."""

    def entries(data: Any) -> Entries:
        for name in within:
            data = data.get(name) if isinstance(data, dict) else None
        for entry in data if isinstance(data, list) else ():
            if isinstance(entry, dict):
                yield str(entry.get(member)), entry

    return entries


def in_tree(data: Any) -> Entries:
    """Every folder in a tree, without its content."""
    for folder in objects(data):
        yield str(folder.get("folder_id")), {name: folder[name] for name in folder if name != "children"}


def whole(id: str) -> Callable[[Any], Entries]:
    """Takes the whole data as the resource with that id."""
    return lambda data: [(id, data if isinstance(data, dict) else {"data": data})]
