"""The credentials that an operation accepts: sets of sufficient scopes, including implied ones.

A credential is a set of (scheme, scope). An operation admits it if the credential contains one of the operation's
alternatives. Every credential that the old contract admitted must still be admitted by the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.operations import Operation, operations_of
from astrbot_generator.gate.values import row, table
from astrbot_generator.gate.vocabulary import Vocabulary, vocabulary
from astrbot_generator.pointer import join

Atom = tuple[str, str]
"""(scheme, scope); the scope is empty if any credential of the scheme suffices."""
Credential = frozenset[Atom]
ANYBODY: Credential = frozenset()
USUAL = "x-astrbot-scope"
CLOSED = "(closed)"
"""A scope that no key has. It represents a scope that cannot be held, and for that of an operation that lists none."""
_NO_SCOPE = ("none", "public", "any")
"""Words that say that no scope is required, unless a scope with this name is defined."""
_OWN_SCOPES = ("oauth2", "openIdConnect")
_MOST_ALTERNATIVES = 64


class ScopeSource(NamedTuple):
    """Where a document lists scopes."""

    extension: str | None = None
    """The extension of operations that lists their scopes; None if `security` does."""
    definitions: str | None = None
    """The member of the document that defines scopes; None for the usual one."""
    unscoped: Literal["open", "closed"] = "closed"
    """What an operation without the extension is."""


@dataclass(frozen=True)
class Admission:
    """The credentials that one operation accepts."""

    alternatives: frozenset[Credential]
    vocabulary: Vocabulary
    pointer: str
    """The pointer of the `security` or of the extension."""

    @property
    def closed(self) -> bool:
        """Whether no key is admitted, regardless of its scopes."""
        return all(is_closed(alternative) for alternative in self.alternatives)

    @property
    def implies(self) -> Mapping[str, frozenset[str]]:
        """Scope -> the scopes that it implies, directly or through others."""
        return self.vocabulary.implies

    def admits(self, held: Credential) -> bool:
        """Returns whether the operation admits this credential, and it can be granted."""
        full = self.closure(held)
        scopes = {scope for _, scope in held if scope not in ("", CLOSED)}
        granted = all(map(self.vocabulary.can_be_held, scopes)) and not self.vocabulary.lacking(scopes)
        return granted and any(alternative <= full for alternative in self.alternatives)

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
                names = [name for name in (scope, *stronger) if not name or self.vocabulary.can_be_held(name)]
                choices.append([(scheme, name) for name in names or [CLOSED]])
            for chosen in islice(product(*choices), _MOST_ALTERNATIVES):
                picked = self._with_required(chosen)
                scoped = {scheme for scheme, scope in picked if scope}
                found.add(frozenset((scheme, scope) for scheme, scope in picked if scope or scheme not in scoped))
        return sorted((held for held in found if not any(other < held for other in found)), key=sorted)

    def _with_required(self, picked: tuple[Atom, ...]) -> set[Atom]:
        """Returns a credential with the scopes without which its scopes cannot be granted."""
        found = set(picked)
        for scheme in {scheme for scheme, _ in picked}:
            found |= {(scheme, more) for more in self.vocabulary.lacking({s for name, s in found if name == scheme})}
        return found


class Access:
    """The credentials that the operations of one document accept."""

    def __init__(self, document: Document, source: ScopeSource, names: Mapping[str, str] | None = None) -> None:
        self.document = document
        self.source = source
        self.names = names or {}
        """scheme -> its name in the other document"""
        self.vocabulary = vocabulary(document, source.extension, source.definitions)

    def of(self, operation: Operation) -> Admission:
        """Returns the credentials that an operation accepts."""
        at = join(operation.pointer, "security") if "security" in operation.value else "/security"
        listed = operation.value.get("security", self.document.value.get("security"))
        alternatives = self._alternatives(listed)
        if self.source.extension:
            ways = alternatives if listed is not None else frozenset({frozenset({("key", "")})})
            scopes = self._scopes(operation)
            pointer = join(operation.pointer, self.source.extension)
            return Admission(frozenset(_with_scopes(way, scopes) for way in ways), self.vocabulary, pointer)
        alternatives = frozenset(frozenset(map(self._holdable, way)) for way in alternatives)
        return Admission(alternatives, self.vocabulary, operation.pointer if listed is None else at)

    def _scopes(self, operation: Operation) -> set[str]:
        """Returns the scopes that the extension lists; an empty one if no scope is required."""
        word = str(self.source.extension)
        if word not in operation.value:
            return {CLOSED} if self.source.unscoped == "closed" else {""}
        scopes = listed_scopes(operation.value[word])
        defined = self.vocabulary.definitions
        scopes = {scope for scope in scopes if scope in defined or scope.lower() not in _NO_SCOPE} or {""}
        return {scope if not scope or self.vocabulary.can_be_reached(scope) else CLOSED for scope in scopes}

    def _holdable(self, atom: Atom) -> Atom:
        """Returns a required scope; if no key can have it, a scope that is closed."""
        scheme, scope = atom
        is_open = not scope or scheme in self._with_own_scopes or self.vocabulary.can_be_reached(scope)
        return atom if is_open else (scheme, CLOSED)

    @cached_property
    def _with_own_scopes(self) -> set[str]:
        """The schemes that list their scopes themselves, such as OAuth."""
        own = [name for name, scheme in schemes(self.document).items() if scheme.get("type") in _OWN_SCOPES]
        return {self.names.get(name, name) for name in own}

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


def usual_source(
    base: Document, named: str | None = None, unscoped: Literal["open", "closed"] = "closed"
) -> ScopeSource:
    """Returns where a document lists scopes; without a name, the extension of AstrBot's own document if it is used.

    The name is the extension of the operations, optionally with the member that defines the scopes: `x-scope,x-roles`.
    """
    if named:
        extension, _, definitions = named.partition(",")
        return ScopeSource(extension.strip(), definitions.strip() or None, unscoped)
    used = f"{USUAL}-definitions" in base.value or any(USUAL in operation.value for operation in operations_of(base))
    return ScopeSource(USUAL if used else None, None, unscoped)


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


def required_schemes(operation: Operation) -> set[str]:
    """Returns the security schemes that an operation accepts."""
    listed = operation.value.get("security", operation.document.value.get("security"))
    return {str(name) for alternative in row(listed) for name in table(alternative)}


def kind_of(scheme: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns what a client must know to use a scheme, without OAuth flows."""
    words = [str(scheme.get(word, "")).lower() for word in ("type", "in", "name", "scheme")]
    if words[:2] != ["apikey", "header"] and words[0] == "apikey":  # only the names of headers ignore case
        words[2] = str(scheme.get("name", ""))
    return *words, same_url(str(scheme.get("openIdConnectUrl", "")))


def flows_of(scheme: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Returns the URLs that a client needs for each OAuth flow."""
    words = ("authorizationUrl", "tokenUrl")
    flows = table(scheme.get("flows"))
    return {flow: tuple(same_url(str(table(flows[flow]).get(word))) for word in words) for flow in flows}


def same_url(address: str) -> str:
    """Returns a URL in the form that equal URLs share: a lower-case host, and no port if it is the usual one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    if not parts.hostname:
        return address
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.hostname if usual else f"{parts.hostname}:{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, parts.fragment))


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
