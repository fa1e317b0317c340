"""The credentials that an operation accepts: sets of sufficient scopes, including implied ones.

A credential is a set of (scheme, scope). An operation admits it if the credential contains one of the operation's
alternatives. Every credential that the old contract admitted must still be admitted by the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from astrbot_generator.gate.document import Document, row, table
from astrbot_generator.gate.operations import Operation, operations_of
from astrbot_generator.pointer import join
from astrbot_generator.scope_rules import implied

Atom = tuple[str, str]
"""(scheme, scope); the scope is empty if any credential of the scheme suffices."""
Credential = frozenset[Atom]
ANYBODY: Credential = frozenset()
USUAL = "x-astrbot-scope"
CLOSED = "(closed)"
"""A scope that no key has. Operations without a scope require it, if scopes are listed in an extension."""
_MOST_ALTERNATIVES = 64


@dataclass(frozen=True)
class Admission:
    """The credentials that one operation accepts."""

    alternatives: frozenset[Credential]
    implies: Mapping[str, frozenset[str]]
    """scope -> the scopes that it implies, directly or through others"""
    pointer: str
    """The pointer of the `security` or of the extension."""

    @property
    def closed(self) -> bool:
        """Whether no key is admitted, regardless of its scopes."""
        return all(is_closed(alternative) for alternative in self.alternatives)

    def admits(self, held: Credential) -> bool:
        """Returns whether the operation admits this credential."""
        full = self.closure(held)
        return any(alternative <= full for alternative in self.alternatives)

    def closure(self, held: Credential) -> Credential:
        """Returns the credential with everything that it implies."""
        given = {(scheme, more) for scheme, scope in held for more in self.implies.get(scope, ())}
        return held | given | {(scheme, "") for scheme, _ in held}

    def weakest(self) -> list[Credential]:
        """Returns the smallest admitted credentials: with each required scope, or with one that implies it."""
        found: set[Credential] = set()
        for alternative in self.alternatives:
            choices = []
            for scheme, scope in sorted(alternative):
                stronger = [name for name, given in self.implies.items() if scope in given] if scope else []
                choices.append([(scheme, name) for name in (scope, *stronger)])
            for picked in list(product(*choices))[:_MOST_ALTERNATIVES]:
                scoped = {scheme for scheme, scope in picked if scope}
                found.add(frozenset((scheme, scope) for scheme, scope in picked if scope or scheme not in scoped))
        return sorted((held for held in found if not any(other < held for other in found)), key=sorted)


class Access:
    """The credentials that the operations of one document accept."""

    def __init__(
        self, document: Document, extension: str | None = None, names: Mapping[str, str] | None = None
    ) -> None:
        self.document = document
        self.extension = extension
        self.names = names or {}
        """scheme -> its name in the other document"""
        self.implies = implications(document)

    def of(self, operation: Operation) -> Admission:
        """Returns the credentials that an operation accepts."""
        at = join(operation.pointer, "security") if "security" in operation.value else "/security"
        listed = operation.value.get("security", self.document.value.get("security"))
        alternatives = self._alternatives(listed)
        if self.extension:
            ways = alternatives if listed is not None else frozenset({frozenset({("key", "")})})
            scopes = listed_scopes(operation.value.get(self.extension)) or {CLOSED}
            pointer = join(operation.pointer, self.extension)
            return Admission(frozenset(_with_scopes(way, scopes) for way in ways), self.implies, pointer)
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


def _with_scopes(way: Credential, scopes: set[str]) -> Credential:
    """Returns an alternative with these scopes for each scheme that it requires."""
    roles = {(scheme, role) for scheme, role in way if role}
    return frozenset(roles | {(scheme, scope) for scheme, _ in way for scope in scopes})


def listed_scopes(value: Any) -> set[str]:
    """Returns the scopes of an extension: a string, a list, or the keys of a mapping."""
    return set(map(str, value)) if isinstance(value, list | dict) else {str(value)} if value else set()


def is_closed(credential: Credential) -> bool:
    """Returns whether no key can have this credential."""
    return any(scope == CLOSED for _, scope in credential)


def implications(document: Document) -> dict[str, frozenset[str]]:
    """Returns what each scope of the root's `x-scopes` implies, directly or through others."""
    scopes = table(document.value.get("x-scopes"))
    return {scope: frozenset(implied(scope, scopes)) - {scope} for scope in scopes}


def usual_extension(base: Document) -> str | None:
    """Returns the extension of AstrBot's own document if the old document uses it, else None."""
    return USUAL if any(USUAL in operation.value for operation in operations_of(base)) else None


def renamed_schemes(base: Document, head: Document) -> dict[str, str]:
    """Returns the renamed schemes: new name -> old name."""
    old, new = schemes(base), schemes(head)
    found = {}
    gone = {name: (kind_of(scheme), flows_of(scheme)) for name, scheme in old.items() if name not in new}
    for name, scheme in new.items():
        same = [other for other, known in gone.items() if known == (kind_of(scheme), flows_of(scheme))]
        if name not in old and same:
            found[name] = same[0]
            del gone[same[0]]
    return found


def schemes(document: Document) -> dict[str, dict[str, Any]]:
    """Returns the security schemes of a document."""
    listed = table(table(document.value.get("components")).get("securitySchemes"))
    found = {}
    for name in listed:
        value, _ = document.follow(listed[name], join("/components/securitySchemes", name))
        if isinstance(value, dict):
            found[str(name)] = value
    return found


def kind_of(scheme: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns what a client must know to use a scheme, without OAuth flows."""
    words = [str(scheme.get(word, "")) for word in ("type", "in", "name", "scheme", "openIdConnectUrl")]
    return *(word.lower() for word in words[:-1]), words[-1]


def flows_of(scheme: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Returns the URLs that a client needs for each OAuth flow."""
    words = ("authorizationUrl", "tokenUrl")
    flows = table(scheme.get("flows"))
    return {flow: tuple(str(table(flows[flow]).get(word)) for word in words) for flow in flows}


def in_words(held: Credential) -> str:
    """Returns a credential in words: `a key (scopes: bot)`."""
    if not held:
        return "no credentials"
    schemes_held = sorted({scheme for scheme, _ in held})
    parts = []
    for scheme in schemes_held:
        scopes = sorted(scope for name, scope in held if name == scheme and scope)
        what = "a key" if scheme == "key" else f"`{scheme}`"
        parts.append(f"{what} (scopes: {', '.join(scopes)})" if scopes else what)
    return " and ".join(parts)
