"""Who may enter an operation: sets of scopes that suffice, with everything that a scope implies.

A credential is a set of (scheme, scope) that somebody holds. An operation admits it when one of its alternatives is
held. What a credential of the old contract could enter, it must be able to enter in the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from astrbot_generator.gate.document import Document, row, table
from astrbot_generator.gate.operations import Operation, operations_of
from astrbot_generator.pointer import join

Atom = tuple[str, str]
"""(scheme, scope); the scope is empty where holding a credential of the scheme is all that counts."""
Credential = frozenset[Atom]
ANYBODY: Credential = frozenset()
USUAL = "x-astrbot-scope"
CLOSED = "(closed)"
"""The scope that no key holds: what operations without a scope ask for, where scopes stand in an extension."""
_MOST_ALTERNATIVES = 64


@dataclass(frozen=True)
class Admission:
    """Who may enter one operation."""

    alternatives: frozenset[Credential]
    implies: Mapping[str, frozenset[str]]
    """scope -> the scopes that it gives beside itself, through others too"""
    pointer: str
    """Where it is said."""

    @property
    def closed(self) -> bool:
        """Whether no key enters, whatever it holds."""
        return all(is_closed(alternative) for alternative in self.alternatives)

    def admits(self, held: Credential) -> bool:
        """Whether whoever holds this may enter."""
        full = self.closure(held)
        return any(alternative <= full for alternative in self.alternatives)

    def closure(self, held: Credential) -> Credential:
        """All that is held when this is."""
        given = {(scheme, more) for scheme, scope in held for more in self.implies.get(scope, ())}
        return held | given | {(scheme, "") for scheme, _ in held}

    def weakest(self) -> list[Credential]:
        """The smallest credentials that may enter: each scope itself, or one that implies it."""
        found: set[Credential] = set()
        for alternative in self.alternatives:
            choices = []
            for scheme, scope in sorted(alternative):
                stronger = [name for name, given in self.implies.items() if scope in given] if scope else []
                choices.append([(scheme, name) for name in (scope, *stronger)])
            for picked in list(product(*choices))[:_MOST_ALTERNATIVES]:
                found.add(
                    frozenset(atom for atom in picked if atom[1] or not any(o[0] == atom[0] and o[1] for o in picked))
                )
        return sorted((held for held in found if not any(other < held for other in found)), key=sorted)


class Access:
    """Who may enter which operation of one document."""

    def __init__(
        self, document: Document, extension: str | None = None, names: Mapping[str, str] | None = None
    ) -> None:
        self.document = document
        self.extension = extension
        self.names = names or {}
        """scheme -> the name that the other document has for it"""
        self.implies = implications(document)

    def of(self, operation: Operation) -> Admission:
        """Who may enter an operation."""
        at = join(operation.pointer, "security") if "security" in operation.value else "/security"
        listed = operation.value.get("security", self.document.value.get("security"))
        alternatives = self._alternatives(listed)
        if self.extension:
            ways = alternatives if listed is not None else frozenset({frozenset({("key", "")})})
            pointer = join(operation.pointer, self.extension)
            return Admission(frozenset(map(self._scoped(operation), ways)), self.implies, pointer)
        return Admission(alternatives, self.implies, operation.pointer if listed is None else at)

    def _alternatives(self, listed: Any) -> frozenset[Credential]:
        if not row(listed):
            return frozenset({ANYBODY})
        return frozenset(
            frozenset(
                (self.names.get(name, name), scope)
                for name, scopes in alternative.items()
                for scope in (map(str, row(scopes)) if row(scopes) else ("",))
            )
            for alternative in row(listed)
            if isinstance(alternative, dict)
        )

    def _scoped(self, operation: Operation) -> Callable[[Credential], Credential]:
        """Adds the scopes that the extension names to a way in; to one that asks for nothing it adds nothing."""
        scopes = listed_scopes(operation.value.get(str(self.extension))) or {CLOSED}
        return lambda way: frozenset(
            {(scheme, role) for scheme, role in way if role}
            | {(scheme, scope) for scheme, _ in way for scope in scopes}
        )


def listed_scopes(said: Any) -> set[str]:
    """The scopes that an extension names: as one text, as a list, or as the keys of a mapping."""
    return set(map(str, said)) if isinstance(said, list | dict) else {str(said)} if said else set()


def is_closed(credential: Credential) -> bool:
    """Whether nobody can hold it."""
    return any(scope == CLOSED for _, scope in credential)


def implications(document: Document) -> dict[str, frozenset[str]]:
    """What each scope of the root's `x-scopes` implies, through others too."""
    listed = document.value.get("x-scopes")
    direct: dict[str, set[str]] = {}
    for scope, entry in listed.items() if isinstance(listed, dict) else ():
        direct[scope] = {str(other) for other in row(table(entry).get("implies"))}
    return {scope: _implied(scope, direct) for scope in direct}


def _implied(scope: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    given: set[str] = set()
    waiting = [scope]
    while waiting:
        new = direct.get(waiting.pop(), set()) - given
        given |= new
        waiting.extend(new)
    return frozenset(given - {scope})


def usual_extension(base: Document) -> str | None:
    """The extension of AstrBot's own file, where operations of the old document name their scopes in it."""
    return USUAL if any(USUAL in operation.value for operation in operations_of(base)) else None


def renamed_schemes(base: Document, head: Document) -> dict[str, str]:
    """Schemes of the new document that are one of the old under another name: new name -> old name."""
    old, new = schemes(base), schemes(head)
    found = {}
    gone = {name: value for name, value in old.items() if name not in new}
    for name, value in new.items():
        if name not in old:
            match = next(
                (
                    other
                    for other, known in gone.items()
                    if (kind_of(known), flows_of(known)) == (kind_of(value), flows_of(value))
                ),
                None,
            )
            if match:
                found[name] = match
                del gone[match]
    return found


def schemes(document: Document) -> dict[str, dict[str, Any]]:
    """The security schemes of a document."""
    listed = table(table(document.value.get("components")).get("securitySchemes"))
    found = {}
    for name in listed:
        value, _ = document.follow(listed[name], join("/components/securitySchemes", name))
        if isinstance(value, dict):
            found[str(name)] = value
    return found


def kind_of(scheme: Mapping[str, Any]) -> tuple[str, ...]:
    """What a client must know of a scheme to use it, flows of OAuth aside."""
    words = [str(scheme.get(word, "")) for word in ("type", "in", "name", "scheme", "openIdConnectUrl")]
    return *(word.lower() for word in words[:-1]), words[-1]


def flows_of(scheme: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The addresses that a client needs for each flow of OAuth."""
    words = ("authorizationUrl", "tokenUrl")
    flows = table(scheme.get("flows"))
    return {flow: tuple(str(table(flows[flow]).get(word)) for word in words) for flow in flows}


def spoken(held: Credential) -> str:
    """A credential in words: `a key holding bot`."""
    if not held:
        return "no credentials at all"
    schemes_held = sorted({scheme for scheme, _ in held})
    parts = []
    for scheme in schemes_held:
        scopes = sorted(scope for name, scope in held if name == scheme and scope)
        what = "a key" if scheme == "key" else f"`{scheme}`"
        parts.append(f"{what} holding {{{', '.join(scopes)}}}" if scopes else what)
    return " and ".join(parts)
