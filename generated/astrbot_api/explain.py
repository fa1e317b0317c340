"""Chooses what to report if no alternative of a union accepts a value. Generated; do not edit.

The alternative is chosen that the value was most likely meant for: the one whose constants it has, else the one with the
fewest missing members and violations.
"""

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeAlias, cast

import jsonschema_rs

Error: TypeAlias = jsonschema_rs.ValidationError
Path: TypeAlias = tuple[str | int, ...]
_UNIONS = ("anyOf", "oneOf")
_DEEPEST = 40
"""The most unions inside each other that are taken apart."""


class Violation(NamedTuple):
    """A rule that a value violates."""

    path: Path
    """Where the value is; for a missing member, where it would be."""
    keyword: str
    kind: str
    """The JSON type of the value, such as `an object`."""
    limit: Any
    """What the rule requires; None if it requires nothing that can be named."""


_KINDS: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}
_LIMITS = "limit types pattern options expected_value multiple_of property format content_encoding content_media_type"


def explained(errors: Iterable[Error], depth: int = 0) -> Iterator[Violation]:
    """Yields the violations to report."""
    for error in errors:
        branches = _branches(error)
        if (
            not all(branches) or not branches or depth >= _DEEPEST
        ):  # no violation: several alternatives accept the value
            yield _violation(error)
            continue
        at = _path(error)
        fitting = [branch for branch in branches if not _has_other_type(branch, at)]
        if not fitting:
            types = dict.fromkeys(name for branch in branches for name in _types(branch, at, 0))
            yield Violation(at, "type", kind_of(error.instance), list(types)) if types else _violation(error)
            continue
        known = _known_constants(fitting, at)
        if known is not None:
            yield known
            continue
        yield from explained(_best(fitting, at), depth + 1)


def _violation(error: Error) -> Violation:
    inner = getattr(error.kind, "error", None)
    name = "false" if error.kind.name == "falseSchema" else error.kind.name
    if isinstance(inner, Error):  # an error of `propertyNames`
        violated = _violation(inner)
        return Violation(_path(error), f"{name}: {violated.keyword}", kind_of(error.instance), violated.limit)
    word = _limit_of(cast(Hashable, type(error.kind)))
    limit = None if word is None else getattr(error.kind, word)
    path = _path(error)
    if name == "required":
        path = (*path, str(limit))
    return Violation(path, name, kind_of(error.instance), limit)


@cache
def _limit_of(kind: Hashable) -> str | None:
    """Returns the attribute of a kind of error that has the limit of the rule."""
    return next((word for word in _LIMITS.split() if hasattr(kind, word)), None)


def _path(error: Error) -> Path:
    return tuple(error.instance_path)


def kind_of(value: Any) -> str:
    """Returns the JSON type of a value, such as `an object`."""
    return _KINDS.get(type(value), "null")


def _has_other_type(branch: list[Error], at: Path) -> bool:
    """Returns whether an alternative is for values of another type."""
    return any(
        _path(error) == at and (error.kind.name == "type" or _all_have_other_type(error, at)) for error in branch
    )


def _all_have_other_type(error: Error, at: Path) -> bool:
    branches = _branches(error)
    return bool(branches) and all(_has_other_type(branch, at) for branch in branches)


def _branches(error: Error) -> list[list[Error]]:
    """Returns the violations of each alternative, if a value matches none of them."""
    return list(getattr(error.kind, "context", None) or ()) if error.kind.name in _UNIONS else []


def _types(branch: list[Error], at: Path, depth: int) -> Iterator[str]:
    for error in branch:
        if _path(error) == at and error.kind.name == "type":
            yield from map(str, cast(Any, error.kind).types)
        elif depth < _DEEPEST:
            for inner in _branches(error):
                yield from _types(inner, at, depth + 1)


def _constants(branch: list[Error], at: Path) -> dict[Path, tuple[str, list[Any]]]:
    """Returns the members whose text is not the one that an alternative requires, with the possible values."""
    found: dict[Path, tuple[str, list[Any]]] = {}
    for error in branch:
        path, kind = _path(error), cast(Any, error.kind)
        if len(path) == len(at) + 1 and isinstance(error.instance, str):
            if kind.name == "const":
                found[path] = ("const", [kind.expected_value])
            elif kind.name == "enum":
                found[path] = ("enum", list(kind.options))
    return found


def _known_constants(branches: list[list[Error]], at: Path) -> Violation | None:
    """Returns the violation that lists all constants, if the value has none of them."""
    constants = [_constants(branch, at) for branch in branches]
    shared = set(constants[0]).intersection(*constants[1:])
    for path in constants[0]:
        if path in shared and len(branches) > 1:
            values: list[Any] = []
            for found in constants:
                values += [value for value in found[path][1] if value not in values]
            return Violation(path, "enum", "a string", values)
    return None


def _best(branches: list[list[Error]], at: Path) -> list[Error]:
    """Returns the alternative that a value was most likely meant for."""
    constants = [_constants(branch, at) for branch in branches]
    counted = [path for found in constants for path in found]

    def rank(number: int) -> tuple[bool, int, int, int]:
        branch = branches[number]
        other = any(
            word == "const" or len(values) == 1 or counted.count(path) > 1
            for path, (word, values) in constants[number].items()
        )
        missing = sum(error.kind.name == "required" and _path(error) == at for error in branch)
        return other, missing, len(branch), -max((len(_path(error)) for error in branch), default=0)

    return branches[min(range(len(branches)), key=rank)]
