"""Finds the part of a value that violates a schema, so that only its violations are listed. Generated; do not edit.

To list the violations of a whole value takes ten times as long as to judge it: every alternative of every union is
compared. Here, compiled schemas judge one member, item or alternative after the other.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, NamedTuple

from .document import Document, Validator

_UNIONS = ("oneOf", "anyOf")
_NAMES: dict[type, str] = {dict: "object", list: "array", str: "string"}
_OF_ONE_TYPE = frozenset(
    "type description title default examples example deprecated format pattern minLength maxLength items minItems maxItems "
    "properties required additionalProperties".split()
)
"""Keywords that mean nothing for values of another type, and annotations."""
_DEPENDING = ("unevaluatedProperties", "unevaluatedItems", "prefixItems", "$dynamicRef")


class Found(NamedTuple):
    """A part of a value and the schema that it violates."""

    path: tuple[str | int, ...]
    schema: Validator
    value: Any
    types: tuple[str, ...] | None = None
    """The type that the schema accepts, if the only violation is that the value has another one."""


def narrowed(document: Document, pointer: str, value: Any) -> Found:
    """Returns the smallest part of an invalid value that has all of its violations, and the schema of the part."""
    path: list[str | int] = []
    part = part_at(document, pointer)
    while True:
        types = part.only_types
        if types is not None and _NAMES.get(type(value)) not in types:
            return Found(tuple(path), part.compiled, value, types)
        token, inner = part.violated_by(value)
        if inner is None:
            return Found(tuple(path), part.compiled, value)
        part = inner
        if token is not None:
            path.append(token)
            value = value[token]


def part_at(document: Document, pointer: str) -> "_Part":
    """Returns the schema at a JSON pointer of a document; references are followed."""
    known: dict[str, _Part] = document.parts
    if pointer not in known:
        schema, start, seen = document.resolve(pointer), pointer, {pointer}
        while isinstance(schema, dict) and set(schema) <= {"$ref", "description"} and "$ref" in schema:
            start = schema["$ref"]
            if start in seen:
                break
            seen.add(start)
            schema = document.resolve(start)
        known[pointer] = _Part(document, start, schema if isinstance(schema, dict) else {})
    return known[pointer]


class _Part:
    """A schema, with the schemas inside it that judge a part of a value alone."""

    def __init__(self, document: Document, pointer: str, schema: dict[str, Any]) -> None:
        self.is_valid, self.compiled = document.validator_at(pointer).is_valid, document.validator_at(pointer)
        self.schema = schema
        self._inner = partial(_inner, document, pointer)
        self._compile = document.compiled
        whole = any(word in schema for word in _DEPENDING)
        self._names = frozenset() if whole else frozenset(schema.get("properties") or {})
        self._has_items = not whole and isinstance(schema.get("items"), dict)
        words = [word for word in _UNIONS if word in schema]
        self._union = words[0] if len(words) == 1 and not (whole or self._names or self._has_items) else None

    @cached_property
    def _follows_rest(self) -> Callable[[Any], bool] | None:
        """A function that judges a value without the schemas of its parts; None if there is nothing to judge."""
        rest = {word: value for word, value in self.schema.items() if word != self._union}
        if self._names:
            rest["properties"] = dict.fromkeys(self._names, True)
        if self._has_items:
            rest["items"] = True
        return self._compile(rest).is_valid if rest.keys() - {"description", "title", "discriminator"} else None

    @cached_property
    def _members(self) -> "dict[str, _Part]":
        return {name: self._inner(f"properties/{_escaped(name)}") for name in self._names}

    @cached_property
    def _items(self) -> "_Part":
        return self._inner("items")

    @cached_property
    def _branches(self) -> "list[_Part]":
        return [self._inner(f"{self._union}/{number}") for number in range(len(self.schema[str(self._union)]))]

    @cached_property
    def only_types(self) -> tuple[str, ...] | None:
        """The only type that the schema accepts; None if it has other rules for values of all types, or accepts numbers."""
        types = _types(self.schema) if "type" in self.schema else ["number"]
        simple = set(self.schema) <= _OF_ONE_TYPE and {"number", "integer", "boolean", "null"}.isdisjoint(types)
        return tuple(types) if simple and len(types) == 1 else None

    def violated_by(self, value: Any) -> "tuple[str | int | None, _Part | None]":
        """Returns the key of the only part that violates its schema, and this schema; the key of the whole is None.

        Returns no schema if the rules for the whole value are violated, or the schemas of several parts.
        """
        if self._follows_rest is not None and not self._follows_rest(value):
            return None, None
        if self._union is not None:
            return None, self._meant_for(value)
        if type(value) is dict:
            return self._violated_member(value)
        return self._violated_item(value) if type(value) is list and self._has_items else (None, None)

    def _violated_member(self, value: dict[str, Any]) -> "tuple[str | None, _Part | None]":
        found, members = None, self._members
        for name, item in value.items():
            part = members.get(name)
            if part is not None and not part.is_valid(item):
                if found is not None:
                    return None, None
                found = name
        return found, None if found is None else members[found]

    def _violated_item(self, value: list[Any]) -> "tuple[int | None, _Part | None]":
        accepts, found = self._items.is_valid, None
        for index, item in enumerate(value):
            if not accepts(item):
                if found is not None:
                    return None, None
                found = index
        return found, None if found is None else self._items

    def _meant_for(self, value: Any) -> "_Part | None":
        """Returns the only alternative that a value was meant for: the one of its type, or with its constant."""
        kind = _NAMES.get(type(value), "")
        found = None
        if kind == "object" and self._member is not None:
            text = value.get(self._member)
            found = self._by_constant.get(text) if isinstance(text, str) else None
        found = found or self._by_type.get(kind)
        if not found or len(found) > 1 or (self._union == "oneOf" and found[0].is_valid(value)):
            return None
        return found[0]

    @cached_property
    def _by_type(self) -> "dict[str, list[_Part]]":
        """JSON type -> the alternatives that accept it; nothing if an alternative names no type."""
        found: dict[str, list[_Part]] = {}
        for branch in self._branches:
            if "type" not in branch.schema:
                return {}
            for kind in _types(branch.schema):
                found.setdefault(kind, []).append(branch)
        return found

    @cached_property
    def _member(self) -> str | None:
        """The member whose constants tell the alternatives for objects apart."""
        objects = [branch for branch in self._branches if branch.schema.get("type") == "object"]
        constants = [branch.constants for branch in objects]
        shared = [name for name in (constants[0] if constants else ()) if all(name in found for found in constants)]
        apart = [
            name for name in shared if len({text for found in constants for text in found[name]}) >= len(constants)
        ]
        return apart[0] if apart else None

    @cached_property
    def _by_constant(self) -> "dict[str, list[_Part]]":
        found: dict[str, list[_Part]] = {}
        for branch in self._branches:
            for text in branch.constants.get(str(self._member), ()):
                found.setdefault(text, []).append(branch)
        return found

    @cached_property
    def constants(self) -> dict[str, list[str]]:
        """The members with listed texts: name -> texts."""
        members = (self.schema.get("properties") or {}).items()
        listed = [
            (name, [one["const"]] if "const" in one else one.get("enum"))
            for name, one in members
            if isinstance(one, dict)
        ]
        return {name: texts for name, texts in listed if texts and all(isinstance(text, str) for text in texts)}


def _inner(document: Document, pointer: str, below: str) -> _Part:
    return part_at(document, f"{pointer}/{below}")


def _types(schema: dict[str, Any]) -> list[Any]:
    types = schema["type"]
    return types if isinstance(types, list) else [types]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
