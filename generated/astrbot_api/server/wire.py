"""Reads text as the JSON values that a schema describes: the parts of forms, and parameters. Generated; do not edit.

A schema is given by JSON pointers into the contract. A value that can be read in several ways is read as the first of
null, boolean, number, object or array, and string that the schema accepts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from ..contract import Contract

ALL = frozenset(("null", "boolean", "integer", "number", "object", "array", "string"))
"""The types of JSON; `number` includes `integer`."""
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,4000}(\.[0-9]{1,4000})?([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {"true": True, "false": False}
_LONGEST_JSON = 1_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file in a form: its text, which is empty unless its schema limits it."""

    content: bytes


Wire: TypeAlias = "str | File | list[Any] | dict[str, Any]"
"""A value as it was sent: each text in it has no type yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """The schemas of one value: all of them describe it."""

    contract: Contract
    pointers: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The JSON types that the value can have; all of them if the schemas do not say."""
        return _kinds(self)

    @property
    def names(self) -> frozenset[str]:
        """The names of the members that the schemas declare."""
        return frozenset(name for _, schema in self._parts() for name in schema.get("properties") or ())

    @property
    def is_open(self) -> bool:
        """Whether the schemas say that the value has other members."""
        return any(schema.get("additionalProperties", False) is not False for _, schema in self._parts())

    def member(self, name: str) -> "Place":
        """Returns the place of a member."""
        found = [
            f"{at}/properties/{_token(name)}"
            for at, schema in self._parts()
            if name in (schema.get("properties") or {})
        ]
        rest = [f"{at}/additionalProperties" for at, schema in self._parts() if "additionalProperties" in schema]
        return Place(self.contract, tuple(found or rest))

    def item(self, index: int) -> "Place":
        """Returns the place of an item."""
        found: list[str] = []
        for at, schema in self._parts():
            if index < len(schema.get("prefixItems") or ()):
                found.append(f"{at}/prefixItems/{index}")
            elif "items" in schema:
                found.append(f"{at}/items")
        return Place(self.contract, tuple(found))

    def accepts(self, value: Any) -> bool:
        """Returns whether all schemas accept a value."""
        return all(self.contract.validator_at(pointer).is_valid(value) for pointer in self.pointers)

    def limits_text(self) -> bool:
        """Returns whether a schema limits the text of a value."""
        words = ("minLength", "maxLength", "pattern")
        return any(word in schema for _, schema in self._parts() for word in words)

    def _parts(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        return _parts(self)


@cache
def _parts(place: Place) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Returns every schema that describes the value itself, with its pointer: also those behind `$ref` and `allOf`."""
    found: dict[str, Mapping[str, Any]] = {}
    waiting = list(place.pointers)
    while waiting:
        pointer = waiting.pop(0)
        schema = place.contract.resolve(pointer)
        if pointer in found or not isinstance(schema, dict):
            continue
        found[pointer] = schema
        if isinstance(schema.get("$ref"), str):
            waiting.append(schema["$ref"])
        for word in ("allOf", "anyOf", "oneOf"):
            waiting += [f"{pointer}/{word}/{index}" for index in range(len(schema.get(word) or ()))]
    return tuple(found.items())


@cache
def _kinds(place: Place) -> frozenset[str]:
    known: dict[str, frozenset[str]] = {}
    return ALL.intersection(*(_kinds_at(place.contract, pointer, known) for pointer in place.pointers))


def _kinds_at(contract: Contract, pointer: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """Returns the types that the schema at a pointer allows. `known` has those of other pointers."""
    if pointer in known:
        return known[pointer]
    known[pointer] = ALL  # of a schema inside itself
    schema = contract.resolve(pointer)
    if not isinstance(schema, dict):
        return ALL if schema is True else frozenset()
    found = _own_kinds(schema)
    if isinstance(schema.get("$ref"), str):
        found &= _kinds_at(contract, schema["$ref"], known)
    for index in range(len(schema.get("allOf") or ())):
        found &= _kinds_at(contract, f"{pointer}/allOf/{index}", known)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            branches = [f"{pointer}/{word}/{index}" for index in range(len(schema[word]))]
            found &= frozenset().union(*(_kinds_at(contract, branch, known) for branch in branches))
    known[pointer] = found
    return found


def _own_kinds(schema: Mapping[str, Any]) -> frozenset[str]:
    found = ALL
    if "type" in schema:
        declared = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        found &= frozenset((*declared, "integer") if "number" in declared else declared)
    if "const" in schema or isinstance(schema.get("enum"), list):
        choices = [schema["const"]] if "const" in schema else schema["enum"]
        found &= frozenset(kind for choice in choices for kind in _kinds_of(choice))
    return found


def _kinds_of(value: Any) -> tuple[str, ...]:
    if value is None:
        return ("null",)
    if isinstance(value, bool):
        return ("boolean",)
    names: dict[type, tuple[str, ...]] = {
        int: ("integer", "number"),
        float: ("number",),
        dict: ("object",),
        list: ("array",),
    }
    return names.get(type(value), ("string",))


def typed(place: Place, sent: Wire) -> Any:
    """Returns a value as its schemas type it; text that no schema accepts stays text."""
    return listed(place, sent if isinstance(sent, list) else [sent])


def listed(place: Place, sent: list[Any]) -> Any:
    """Returns the value of a name that was sent several times, or once as a list."""
    kinds = place.kinds
    if "array" not in kinds or kinds == ALL:
        return _alone(place, sent[-1])
    values = [[typed(place.item(index), value) for index, value in enumerate(sent)]]
    if len(sent) == 1 and isinstance(sent[0], str):
        alone = list(_readings(sent[0], kinds - {"array"})) if kinds - {"array"} else []
        from_json = parsed(sent[0]) if sent[0].lstrip().startswith("[") else ()
        values = [*alone, *values, *from_json]
    return first_accepted(place, values)


def _alone(place: Place, sent: Wire) -> Any:
    """Returns a value that is not an array."""
    if isinstance(sent, dict):
        return {name: typed(place.member(name), value) for name, value in sent.items()}
    if isinstance(sent, File):
        return _file(place, sent)
    return first_accepted(place, list(_readings(sent, place.kinds))) if isinstance(sent, str) else sent


def first_accepted(place: Place, values: list[Any]) -> Any:
    """Returns the first value that the schemas accept; the first one if they accept none."""
    if len(values) > 1:
        return next((value for value in values if place.accepts(value)), values[0])
    return values[0]


def _file(place: Place, file: File) -> Any:
    if "string" not in place.kinds:
        return typed(place, file.content.decode("utf-8", "replace"))
    return file.content.decode("latin-1") if place.limits_text() else ""


def _readings(text: str, kinds: frozenset[str]) -> Iterator[Any]:
    """Yields the values that a text can mean for these types; the text itself if there is no other."""
    if kinds == ALL:
        yield text
        return
    readings = list(_other_readings(text, kinds))
    yield from readings
    if "string" in kinds or not readings:
        yield text


def _other_readings(text: str, kinds: frozenset[str]) -> Iterator[Any]:
    if "null" in kinds and text in ("", "null") and "string" not in kinds:
        yield None
    if "boolean" in kinds and text in _WORDS:
        yield _WORDS[text]
    if kinds & {"integer", "number"} and _INTEGER.fullmatch(text):
        yield int(text)
    elif "number" in kinds and _NUMBER.fullmatch(text):
        yield float(text)
    if kinds & {"object", "array"} and text.lstrip()[:1] in ("{", "["):
        yield from parsed(text)


def parsed(text: str) -> Iterator[Any]:
    """Yields the value of a JSON text; nothing if it is not valid, too long or nested too deeply."""
    if len(text) <= _LONGEST_JSON:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            return


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
