"""The classes that keep members which they do not name, because another schema for the same value declares them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from astrbot_generator.all_of import Schema
from astrbot_generator.resolve import SCHEMAS


class OpenClasses:
    """Collects classes while schemas are reduced."""

    def __init__(self) -> None:
        self._own: set[str] = set()
        self._deep: set[str] = set()
        self._inside: list[tuple[Schema, frozenset[str]]] = []

    def add(self, reduced: Schema) -> None:
        """Opens the classes that a reduced schema refers to."""
        self._own.update(_referred(reduced))

    def add_deep(self, reduced: Schema) -> None:
        """Opens the classes that a reduced schema refers to, and all classes inside them."""
        self._deep.update(_referred(reduced))

    def add_union(self, reduced: Schema, disputed: set[str]) -> None:
        """Opens the classes of a union, and all classes inside the members that its branches declare differently."""
        self.add(reduced)
        self.add_members(reduced, disputed)

    def add_members(self, reduced: Schema, members: Collection[str]) -> None:
        """Opens all classes inside these members of the classes that a reduced schema refers to."""
        self._inside.append((reduced, frozenset(members)))

    def rename(self, old: str, new: str) -> None:
        """Gives a class another name."""
        for names in (self._own, self._deep):
            if old in names:
                names.remove(old)
                names.add(new)
        before, after = {"$ref": SCHEMAS + old}, {"$ref": SCHEMAS + new}
        self._inside = [(after if reduced == before else reduced, members) for reduced, members in self._inside]

    def names(self, schemas: dict[str, Schema]) -> frozenset[str]:
        """Returns the names of all open classes.

        schemas: class -> reduced schema. A class that represents a union or a list opens the classes in it.
        """
        deep = set(self._deep)
        for reduced, names in self._inside:
            for name in _classes(reduced, schemas):
                members = _members(name, schemas)
                deep.update(*(_referred(members[member]) for member in names & members.keys()))
        found = {name for own in self._own for name in _classes({"$ref": SCHEMAS + own}, schemas)}
        waiting, seen = sorted(deep), set(deep)
        while waiting:
            name = waiting.pop()
            inner = set(_referred(schemas.get(name, {}))) - seen
            seen |= inner
            waiting += inner
        return frozenset(name for name in found | seen if is_class(schemas.get(name, {})))


def is_class(schema: Schema) -> bool:
    """Returns whether a reduced schema has members, or base classes."""
    return "properties" in schema or "allOf" in schema


def _classes(reduced: Schema, schemas: dict[str, Schema]) -> set[str]:
    """Returns the classes that a reduced schema refers to, also through the names of unions and lists."""
    waiting, found = list(_referred(reduced)), set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += () if is_class(schemas.get(name, {})) else _referred(schemas.get(name, {}))
    return found


def _members(name: str, schemas: dict[str, Schema]) -> Schema:
    """Returns the members of a class and of its base classes."""
    waiting: list[Schema] = [schemas.get(name, {})]
    found: Schema = {}
    seen: set[str] = set()
    while waiting:
        schema = waiting.pop()
        found = (schema.get("properties") or {}) | found
        waiting += schema.get("allOf", ())
        reference = str(schema.get("$ref", "")).removeprefix(SCHEMAS)
        if reference and reference not in seen:
            seen.add(reference)
            waiting.append(schemas.get(reference, {}))
    return found


def _referred(value: Any) -> Iterator[str]:
    """Yields the classes that a reduced schema refers to at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(SCHEMAS)
        for inner in value.values():
            yield from _referred(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _referred(inner)
