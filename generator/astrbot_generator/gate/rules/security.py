"""Rules for the credentials of operations: none may lose access, and new access needs consent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from astrbot_generator.gate.access import ANYBODY, Admission, Credential, in_words, is_closed
from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.pair import OperationPair
from astrbot_generator.gate.vocabulary import Vocabulary

_LOST = (
    "operation-credentials-demanded",
    "operation-scheme-removed",
    "scope-implication-removed",
    "operation-scope-narrowed",
)
_GAINED = ("operation-became-public", "operation-opened", "scope-implication-added", "operation-scope-widened")


def _concerned(pair: OperationPair, rule: str) -> list[Credential]:
    """Returns the weakest credentials that lost or gained access for the reason that this rule names."""
    old, new = pair.admitted
    admits, refuses, rules = (old, new, _LOST) if rule in _LOST else (new, old, _GAINED)
    return [
        held
        for held in admits.weakest()
        if not refuses.admits(held)
        and (refuses.closed or not is_closed(held))
        and _reason(held, admits, refuses, rules) == rule
    ]


def _reason(held: Credential, admits: Admission, refuses: Admission, rules: tuple[str, ...]) -> str:
    """Returns the rule that names why a credential that one side admits is refused by the other."""
    anybody, scheme, implication, scope = rules
    if held == ANYBODY:
        return anybody
    known = {name for alternative in refuses.alternatives for name, _ in alternative}
    if not {name for name, _ in held} <= known or refuses.closed is not admits.closed:
        return scheme
    scopes = {name for _, name in held if name}
    if refuses.vocabulary.lacking(scopes) or not all(map(refuses.vocabulary.can_be_held, scopes)):
        return scope
    return implication if replace(refuses, vocabulary=admits.vocabulary).admits(held) else scope


def key(held: Credential, verb: str, pair: OperationPair) -> Witness:
    """Returns a key as an example."""
    return Witness("key", f"{pair.new} with {in_words(held)}: {verb}", sorted({scope for _, scope in held if scope}))


def _names(credentials: list[Credential]) -> str:
    scopes = sorted({scope for held in credentials for _, scope in held if scope})
    if scopes and all(len({s for _, s in held if s}) == 1 for held in credentials):
        return f"keys with {', '.join(f'`{scope}`' for scope in scopes)}"
    return "; ".join(dict.fromkeys(in_words(held) for held in credentials))


def _asks(admission: Admission) -> str:
    """Returns the requirement of an operation in words."""
    if ANYBODY in admission.alternatives:
        return "nothing"
    if admission.closed:
        return "a scope that no key can have"
    scopes = {frozenset(s for _, s in alternative if s) for alternative in admission.alternatives} - {frozenset()}
    if scopes:
        return " or ".join(sorted({_together(each, admission.vocabulary) for each in scopes}))
    return " or ".join(sorted({" and ".join(sorted({scheme for scheme, _ in a})) for a in admission.alternatives}))


def _together(scopes: frozenset[str], vocabulary: Vocabulary) -> str:
    """Returns scopes that a key must have together, with those without which they cannot be granted."""
    found = []
    for scope in sorted(scopes | vocabulary.lacking(set(scopes))):
        stronger = [name for name, given in vocabulary.implies.items() if scope in given]
        through = "" if vocabulary.can_be_held(scope) or not stronger else f" through `{min(stronger)}`"
        found.append(f"`{scope}`{through}")
    return " and ".join(found)


def _change(pair: OperationPair, rule: str, wording: str, answer: str) -> Iterator[Change]:
    credentials = _concerned(pair, rule)
    if credentials:
        old, new = pair.admitted
        asks = f"it required {_asks(old)} and now requires {_asks(new)}"
        message = f"{wording.format(names=_names(credentials))}: {asks}"
        yield Change(message, old.pointer, new.pointer, key(credentials[0], answer, pair))


@rule("operation-scope-narrowed", area="security", direction="request")
def operation_scope_narrowed(pair: OperationPair) -> Iterator[Change]:
    """An operation denies a key that it accepted before.

    Breaks: clients whose key has only the old scope; they get 403.
    Instead: keep accepting the old scope, or let it imply the new one.
    Before: {security: [{Key: [bot]}]}
    After: {security: [{Key: [config]}]}
    """
    yield from _change(pair, "operation-scope-narrowed", "no longer accepts {names}", "accepted before, 403 now")


@rule("operation-scheme-removed", area="security", direction="request")
def operation_scheme_removed(pair: OperationPair) -> Iterator[Change]:
    """An operation no longer accepts a kind of credential.

    Breaks: clients that send that kind; they get 401.
    Instead: keep it among the alternatives.
    Before: {security: [{Key: [bot]}, {Other: [bot]}]}
    After: {security: [{Key: [bot]}]}
    """
    schemes = {f"`{name}`" for held in _concerned(pair, "operation-scheme-removed") for name, _ in held}
    closed = [admission.closed for admission in pair.admitted] == [False, True]
    wording = "is closed now" if closed else f"no longer accepts {', '.join(sorted(schemes))}"
    yield from _change(pair, "operation-scheme-removed", wording, "accepted before, 401 now")


@rule("operation-credentials-demanded", area="security", direction="request")
def operation_credentials_demanded(pair: OperationPair) -> Iterator[Change]:
    """A public operation now requires credentials.

    Breaks: clients that send none; they get 401.
    Instead: keep `{}` among the alternatives.
    Before: {security: []}
    After: {security: [{Key: [bot]}]}
    """
    yield from _change(pair, "operation-credentials-demanded", "is no longer public", "accepted before, 401 now")


@rule("operation-scope-widened", area="security", level=Level.WARNING, direction="request", consent=True)
def operation_scope_widened(pair: OperationPair) -> Iterator[Change]:
    """An operation accepts a key that it denied before.

    Breaks: no client; but existing keys can do more than intended.
    Instead: keep the scope, or accept this with a reason.
    Before: {scopes: {config: {implies: [bot]}, bot: {}}, security: [{Key: [config]}]}
    After: {scopes: {config: {implies: [bot]}, bot: {}}, security: [{Key: [bot]}]}
    """
    yield from _change(pair, "operation-scope-widened", "now accepts {names}", "403 before, accepted now")


@rule("operation-opened", area="security", level=Level.WARNING, direction="request", consent=True)
def operation_opened(pair: OperationPair) -> Iterator[Change]:
    """An operation accepts a kind of credential that it denied before.

    Breaks: no client; but existing keys can do more than intended.
    Instead: keep it closed, or accept this with a reason.
    Before: {security: [{Other: [data]}]}
    After: {security: [{Key: [data]}, {Other: [data]}]}
    """
    yield from _change(pair, "operation-opened", "was closed and now accepts {names}", "denied before, accepted now")


@rule("operation-became-public", area="security", level=Level.WARNING, direction="request", consent=True)
def operation_became_public(pair: OperationPair) -> Iterator[Change]:
    """An operation that required credentials became public.

    Breaks: no client; but anyone who can reach the server can call it.
    Instead: keep requiring credentials, or accept this with a reason.
    Before: {security: [{Key: [bot]}]}
    After: {security: []}
    """
    yield from _change(pair, "operation-became-public", "is now public", "401 before, accepted now")


def _implication(admission: Admission, held: Credential) -> tuple[str, str]:
    """Returns the scope whose implication admits a credential, and the pointer of the implication."""
    for _, scope in sorted(held):
        if admission.implies.get(scope):
            return scope, admission.vocabulary.definitions[scope].implies_at
    return "", ""


@rule("scope-implication-removed", area="security", direction="request")
def scope_implication_removed(pair: OperationPair) -> Iterator[Change]:
    """A scope no longer implies another, and keys that relied on it lose access.

    Breaks: clients whose key has only the stronger scope; they get 403.
    Instead: keep the implication, or give those keys both scopes first.
    Before: {scopes: {config: {implies: [bot]}, bot: {}}, security: [{Key: [bot]}]}
    After: {scopes: {config: {}, bot: {}}, security: [{Key: [bot]}]}
    """
    for held in _concerned(pair, "scope-implication-removed")[:1]:
        scope, pointer = _implication(pair.admitted[0], held)
        message = f"no longer accepts keys with `{scope}`, which no longer implies {_asks(pair.admitted[1])}"
        yield Change(message, pointer, pointer, key(held, "accepted before, 403 now", pair))


@rule("scope-implication-added", area="security", level=Level.WARNING, direction="request", consent=True)
def scope_implication_added(pair: OperationPair) -> Iterator[Change]:
    """A scope now implies another, and keys that have it gain access to more operations.

    Breaks: no client; but existing keys can do more than intended.
    Instead: keep the scopes separate, or accept this with a reason.
    Before: {scopes: {config: {}, bot: {}}, security: [{Key: [bot]}]}
    After: {scopes: {config: {implies: [bot]}, bot: {}}, security: [{Key: [bot]}]}
    """
    for held in _concerned(pair, "scope-implication-added")[:1]:
        scope, pointer = _implication(pair.admitted[1], held)
        message = f"now accepts keys with `{scope}`, which now implies {_asks(pair.admitted[0])}"
        yield Change(message, pointer, pointer, key(held, "403 before, accepted now", pair))
