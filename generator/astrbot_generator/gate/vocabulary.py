"""The scopes that a document defines: what each implies, which scope it requires, and which scopes a key can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.references import holders
from astrbot_generator.gate.values import row, table
from astrbot_generator.pointer import join

OWN = "x-scopes"
_IMPLIES = ("implies", "includes", "grants")
_REQUIRES = ("requires", "parent")
_LISTS_SCOPES = ("scopes", "scope")
"""The members of a request that list the scopes of a key."""


class Definition(NamedTuple):
    """The definition of a scope."""

    pointer: str
    implies: tuple[str, ...] = ()
    implies_at: str = ""
    """The pointer of what it implies."""
    requires: str | None = None
    """The scope without which it cannot be granted."""
    requires_at: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The scopes of one document."""

    definitions: Mapping[str, Definition]
    listed: frozenset[str] = frozenset()
    """The scopes that an enumeration of a request lists."""
    closed: frozenset[str] = frozenset()
    """The names of areas that no key can enter."""
    implies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """scope -> the scopes that it implies, directly or through others"""

    def can_be_held(self, scope: str) -> bool:
        """Returns whether a key can have a scope; every scope can be held if the document lists none."""
        known = self.definitions.keys() | self.listed
        return scope not in self.closed and (not known or scope in known)

    def can_be_reached(self, scope: str) -> bool:
        """Returns whether a key can have a scope, or another one that implies it."""
        return self.can_be_held(scope) or any(scope in given for given in self.implies.values())

    def lacking(self, scopes: set[str]) -> set[str]:
        """Returns the scopes without which a key with these scopes cannot be granted."""
        required = {entry.requires for scope in scopes if (entry := self.definitions.get(scope)) and entry.requires}
        return required - scopes


def vocabulary(document: Document, extension: str | None, word: str | None = None) -> Vocabulary:
    """Returns the scopes of a document.

    `word` is the member of the document that defines them. The default is `x-scopes`, or the word that belongs to the
    extension that lists the scopes of operations: `x-astrbot-scope-definitions` for `x-astrbot-scope`.
    """
    words = (word,) if word else (f"{extension}-definitions", f"{extension}s", OWN) if extension else (OWN,)
    found: dict[str, Definition] = {}
    for name in words:
        found |= {scope: entry for scope, entry in _definitions(document.value, name) if scope not in found}
    closed = frozenset(map(str, row(document.value.get("x-closed-scopes"))))
    listed = frozenset(_enumerated(document)) if extension else frozenset[str]()
    return Vocabulary(found, listed, closed, {scope: _reached(scope, found) for scope in found})


def _definitions(document: dict[str, Any], word: str) -> Iterator[tuple[str, Definition]]:
    listed = document.get(word)
    pointer = join("", word)
    if isinstance(listed, list):
        for index, entry in enumerate(listed):
            name = entry.get("name") if isinstance(entry, dict) else entry
            if isinstance(name, str):
                yield name, _definition(entry, join(pointer, index))
    for name, entry in table(listed).items():
        yield str(name), _definition(entry, join(pointer, name))


def _definition(entry: Any, pointer: str) -> Definition:
    if isinstance(entry, list):
        return Definition(pointer, tuple(map(str, entry)), pointer)
    implies_at = next((word for word in _IMPLIES if word in table(entry)), _IMPLIES[0])
    requires_at = next((word for word in _REQUIRES if word in table(entry)), _REQUIRES[0])
    implied, required = table(entry).get(implies_at), table(entry).get(requires_at)
    return Definition(
        pointer,
        tuple(map(str, [implied] if isinstance(implied, str) else row(implied))),
        join(pointer, implies_at),
        required if isinstance(required, str) and required else None,
        join(pointer, requires_at),
        table(entry).get("sensitive") is True,
    )


def _reached(scope: str, definitions: Mapping[str, Definition]) -> frozenset[str]:
    """Returns the scopes that a scope implies, directly or through others."""
    found: set[str] = set()
    waiting = [scope]
    while waiting:
        for name in definitions[waiting.pop()].implies:
            if name not in found:
                found.add(name)
                waiting.extend([name] if name in definitions else [])
    return frozenset(found - {scope})


def _enumerated(document: Document) -> Iterator[str]:
    """Yields the values of the enumerations that list the scopes of a key: `scopes: {items: {enum: […]}}`."""
    for _, holder, _ in holders(document.value):
        for name in _LISTS_SCOPES:
            member = _followed(document, table(holder.get("properties")).get(name))
            items = _followed(document, member.get("items"))
            yield from (value for value in row(items.get("enum")) if isinstance(value, str))


def _followed(document: Document, schema: Any) -> dict[str, Any]:
    value, _ = document.follow(schema, "")
    value = table(value)
    branches = [branch for word in ("anyOf", "oneOf") for branch in row(value.get(word)) if "items" in table(branch)]
    return branches[0] if branches else value
