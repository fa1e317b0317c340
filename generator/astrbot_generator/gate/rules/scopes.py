"""Rules for scopes and security schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from astrbot_generator.gate.access import flows_of, kind_of, listed_scopes, required_schemes, schemes
from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.pair import OperationPair, Pair
from astrbot_generator.gate.rules.security import key
from astrbot_generator.gate.values import table
from astrbot_generator.pointer import join


class Sensitive(NamedTuple):
    """The additional scopes that sensitive parts of an operation require."""

    old: set[str]
    new: set[str]
    pointer: str


def _sensitive(pair: OperationPair) -> Sensitive:
    """Returns them from `x-sub-scopes`, or from the extension next to the one that lists the scopes."""
    extension = pair.pair.source.extension or ""
    word = extension.removesuffix("scope") + "sensitive-scopes" if extension.endswith("scope") else "x-sub-scopes"
    old, new = (operation.value.get(word) for operation in (pair.old, pair.new))
    return Sensitive(listed_scopes(old), listed_scopes(new), join(pair.new.pointer, word))


@rule("sensitive-scope-added", area="security", direction="request")
def sensitive_scope_added(pair: OperationPair) -> Iterator[Change]:
    """The sensitive part of an operation requires an additional scope.

    Breaks: clients whose key does not have it; they cannot use that part.
    Instead: require only the scope of the operation.
    Before: {x-astrbot-scope: config}
    After: {x-astrbot-scope: config, x-astrbot-sensitive-scopes: ['config:edit_admin']}
    """
    old, new, pointer = _sensitive(pair)
    weakest = pair.admitted[0].weakest()
    for scope in sorted(new - old):
        example = key(weakest[0], f"without `{scope}`, the sensitive part is denied now", pair) if weakest else None
        yield Change(f"its sensitive part requires `{scope}`", None, pointer, example, f"{pointer}/{scope}")


@rule("sensitive-scope-removed", area="security", level=Level.WARNING, direction="request", consent=True)
def sensitive_scope_removed(pair: OperationPair) -> Iterator[Change]:
    """The sensitive part of an operation no longer requires an additional scope.

    Breaks: no client; but existing keys can do more than intended.
    Instead: keep requiring it, or accept this with a reason.
    Before: {x-astrbot-scope: config, x-astrbot-sensitive-scopes: ['config:edit_admin']}
    After: {x-astrbot-scope: config}
    """
    old, new, pointer = _sensitive(pair)
    for scope in sorted(old - new):
        yield Change(f"its sensitive part no longer requires `{scope}`", pointer, None, None, f"{pointer}/{scope}")


@rule("security-scheme-changed", area="document", direction="request")
def security_scheme_changed(pair: Pair) -> Iterator[Change]:
    """A security scheme that operations use changed: its type, header, location or token URL.

    Breaks: clients that send the credential in the old way; they get 401.
    Instead: add a scheme with another name, and accept both.
    Before: {document: {security: [{Other: []}], components: {securitySchemes: {Other: {in: header, name: X-Other}}}}}
    After: {document: {security: [{Other: []}], components: {securitySchemes: {Other: {in: header, name: X-Token}}}}}
    """
    old, new = schemes(pair.base), schemes(pair.head)
    used = {name for both in pair.both for name in required_schemes(both.old) & required_schemes(both.new)}
    for name in sorted(used & old.keys()):
        kept = flows_of(new.get(name, {}))
        flows_kept = all(kept.get(flow) == addresses for flow, addresses in flows_of(old[name]).items())
        if name in new and (kind_of(old[name]) != kind_of(new[name]) or not flows_kept):
            pointer = join("/components/securitySchemes", name)
            example = Witness(
                "key", f"a request with `{name}` as it was described before: accepted before, 401 now", []
            )
            yield Change(f"the security scheme `{name}` changed", pointer, pointer, example)


def _granted(pair: Pair, side: int) -> dict[str, str]:
    """Returns the scopes of a document, each with its pointer: from definitions, and from OAuth flows that are used."""
    found = {scope: entry.pointer for scope, entry in pair.access[side].vocabulary.definitions.items()}
    operations = pair.operations[side]
    used = set[str]().union(*map(required_schemes, operations)) if operations else None
    for name, scheme in schemes((pair.base, pair.head)[side]).items():
        for flow, declared in table(scheme.get("flows")).items():
            for scope in table(table(declared).get("scopes")) if used is None or name in used else ():
                at = join("/components/securitySchemes", name, "flows", flow, "scopes", scope)
                found.setdefault(str(scope), at)
    return found


@rule("scope-removed", area="document", direction="request")
def scope_removed(pair: Pair) -> Iterator[Change]:
    """A scope was removed.

    Breaks: clients that create keys or request tokens with it, and the keys that have it.
    Instead: keep it, and let it imply its replacement.
    Before: {document: {x-scopes: {bot: {}, chat: {}}}}
    After: {document: {x-scopes: {bot: {}}}}
    """
    old, new = _granted(pair, 0), _granted(pair, 1)
    for scope in sorted(old.keys() - new.keys() - pair.access[1].vocabulary.listed):
        example = Witness("key", f"a key with scope `{scope}`: granted before, rejected now", [scope])
        yield Change(f"the scope `{scope}` was removed", old[scope], None, example)


@rule("scope-added", area="document", level=Level.INFORMATION)
def scope_added(pair: Pair) -> Iterator[Change]:
    """A scope was added.

    Breaks: no client.
    Instead: nothing to do.
    Before: {document: {x-scopes: {bot: {}}}}
    After: {document: {x-scopes: {bot: {}, chat: {}}}}
    """
    old, new = _granted(pair, 0), _granted(pair, 1)
    for scope, pointer in new.items():
        if scope not in old:
            yield Change(f"the scope `{scope}` is new", None, pointer)


@rule("scope-requirement-added", area="document", direction="request")
def scope_requirement_added(pair: Pair) -> Iterator[Change]:
    """A scope can no longer be granted without another scope.

    Breaks: clients that create keys with this scope alone; the request is rejected.
    Instead: keep it independent, or let it imply the other scope.
    Before: {document: {x-scopes: {bot: {}, 'bot:edit': {}}}}
    After: {document: {x-scopes: {bot: {}, 'bot:edit': {requires: bot}}}}
    """
    old, new = (access.vocabulary.definitions for access in pair.access)
    for scope in sorted(old.keys() & new.keys()):
        before, after = old[scope].requires, new[scope].requires
        if after and after != before:
            example = Witness("key", f"a key with scope `{scope}`: granted before, rejected now", [scope])
            message = f"the scope `{scope}` now requires `{after}`"
            yield Change(message, old[scope].pointer, new[scope].requires_at, example)
