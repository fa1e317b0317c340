"""SCOPE-EVASION: if a key is rejected in a plain request, it is rejected in every other form of the request too."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import LIST_KEYS
from astrbot_conformance.contract import closed_reads, destructive, keyed, of_each_tag, read_of_each_area, reading
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, Presented, Target, harmless
from astrbot_conformance.http.key_headers import key_header_at, key_header_on
from astrbot_conformance.inputs.evasion import (
    ALL_CLAIMS,
    CLAIMS,
    FORMS,
    KEY_COMBINATIONS,
    PLACES,
    Form,
    is_served,
    outline,
    reaches_operation,
)
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import in_words, sent_credential
from astrbot_conformance.outcome import NotJudged, if_judged
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

BY_NAME = {form.name: form for form in FORMS}
REWRITING = ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Original-URI")
REJECTED = (401, 403)
KNOWN_IF_SLOW = 2  # tags that try a form with a key, of those that know it, if requests are expensive


@requirement("SCOPE-EVASION")
@for_each("name", BY_NAME)
@over(keyed)
def test_scope_evasion(name: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Send an insufficient key in one unusual form of the request to an operation of each tag: expect a rejection.

    If requests are expensive, another path or method is sent without a key to each tag, and with the key to at most two
    tags where this shows that the server knows it. Any other form is sent to one tag. So is every claim, because the
    next check sends all claims at once to each tag. The controls: the plain request is rejected with this key, and
    authorized with a key with the required scope.
    """
    form, judge = BY_NAME[name], partial(_judge, target=target, keys=keys, seed=exploration.number)
    suitable = [first for operations in of_each_tag(contract).values() for first in _suiting(form, operations, target)]
    if target.options.is_cheap and not form.is_claim:
        judged = [judge(form, operation) for operation in suitable]
    elif form.moves(harmless(suitable[0]), contract):
        known = [operation for operation in suitable if _knows(form, operation, target, keys)]
        judged = [True, *(judge(form, operation) for operation in exploration.choose(name, known, size=KNOWN_IF_SLOW))]
    else:  # operations that are requested in this form anyway come first
        requested = [o for o in destructive(contract) if _form_for(o, target, exploration, contract) is form]
        others = [*requested, *exploration.choose(name, suitable, size=len(suitable))]
        judged = [any(judge(form, operation) for operation in others)]
    if not any(judged):
        raise NotJudged(f'no operation could be judged in the form "{name}"')


@requirement("SCOPE-EVASION")
@for_each("tag", of_each_tag)
@over(keyed)
def test_scope_evasion_by_all_claims(
    tag: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an insufficient key with every header and parameter that claims rights, to an operation of each tag.

    Expect a rejection. The controls: the plain request is rejected with this key, and authorized with a key with the
    required scope.
    """
    for operation in of_each_tag(contract)[tag]:
        if operation.probe is not None and _judge(ALL_CLAIMS, operation, target, keys, exploration.number):
            return
    raise NotJudged(f"no operation of {tag} distinguishes keys with and without the scope")


@requirement("SCOPE-EVASION")
@over(destructive)
def test_scope_evasion_of_destructive_operations(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an insufficient key to each destructive operation, in a form that still names the nonexistent resource.

    If requests are expensive, the key is sent only if a request without a key shows that the server knows the form. The
    controls: the plain request is rejected with this key, and authorized with a key with the required scope.
    """
    form = _form_for(operation, target, exploration, contract)
    if form is None:
        raise NotJudged(f"{operation}: no harmless request is known", by_choice=True)
    is_bare_enough = not target.options.is_cheap and form.moves(harmless(operation), contract)
    if is_bare_enough and not _knows(form, operation, target, keys):
        return
    if not _judge(form, operation, target, keys, exploration.number):
        raise NotJudged(f"{operation}: the plain request does not distinguish keys with and without the scope")


@requirement("SCOPE-EVASION")
@for_each("name", [form.name for form in FORMS if form.suits(LIST_KEYS, disposable=False)] + [ALL_CLAIMS.name])
@over(closed_reads)
def test_scope_evasion_of_closed_operations(name: str, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send a key with all scopes to closed operations in an unusual form: none may serve it.

    A form of the path is sent without a key first, and with the key if the server knows it. Claims are sent with the
    key all at once. The controls: the plain request is rejected, and the key works on other operations.
    """
    form, is_cheap = (BY_NAME | {ALL_CLAIMS.name: ALL_CLAIMS})[name], target.options.is_cheap
    keys.must_be_live(keys.all_scopes(), target)
    key_header = key_header_at(list(BY_NAME).index(name) if name in BY_NAME else 0)
    judged = False
    for request in map(harmless, dict.fromkeys([LIST_KEYS, *(read_of_each_area(contract) if is_cheap else [])])):
        if target.must_serve(request).status != 401 or is_served(
            target.send_once(request, keys.all_scopes(), key_header)
        ):
            continue  # authorized in the plain form, see SCOPE-CLOSED
        changed = form.change(request, contract)
        bare = target.send_once(changed)
        is_known = bare.status in REJECTED if form.moves(request, contract) else form is ALL_CLAIMS or not form.is_claim
        for response in (bare, *([target.send(changed, keys.all_scopes(), key_header)] if is_known else [])):
            if is_served(response):
                sent = sent_credential(response, contract)
                fail(response, expected=f'the closed operation to reject {sent} also in the form "{name}"')
        judged = True
    if not judged:
        raise NotJudged("no closed operation rejects the plain request, see SCOPE-CLOSED")


@requirement("SCOPE-EVASION")
@for_each("combination", KEY_COMBINATIONS)
@over(reading)
def test_scope_evasion_by_company(
    combination: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an insufficient key combined with an unknown key, and expect a rejection.

    The controls: each of them alone is rejected, and a key with the required scope is authorized.
    """
    operation = exploration.choose(combination, reading(contract))[0]
    insufficient = keys.strongest_without(operation.scope)
    presented = KEY_COMBINATIONS[combination](insufficient, keys.unknown())
    sent = f"{in_words(insufficient, contract)} ({combination})"
    _expect_presented_rejected(operation, presented, sent, target, keys)


@requirement("SCOPE-EVASION")
@for_each("place", PLACES)
@over(reading)
def test_scope_evasion_by_place(
    place: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """If a key is accepted in an unusual place, send an insufficient and an unknown key there.

    Both must be rejected, as they are in the usual header.
    """
    operation = exploration.choose(place, reading(contract))[0]
    plain = _control(harmless(operation), target, keys)
    sufficient = PLACES[place](keys.weakest(operation.scope))
    if not reaches_operation(target.send_once(replace(harmless(operation), presented=(sufficient,))), plain):
        return
    for key in (keys.strongest_without(operation.scope), keys.unknown()):
        sent = f"{in_words(key, contract)} {place}"
        _expect_presented_rejected(operation, (PLACES[place](key),), sent, target, keys)


@requirement("SCOPE-EVASION")
@for_each("header", REWRITING)
@over(reading)
def test_scope_evasion_by_rewriting(
    header: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Request an operation that the key opens, with a header that names one that it does not open.

    The response must not be that of the operation in the header. The controls show that the two responses differ.
    """
    named = exploration.choose(header, reading(contract))[0]
    key = keys.strongest_without(named.scope)
    requested = exploration.choose(header, [other for other in reading(contract) if other.scope in key.scopes])[0]
    target.must_admit(harmless(named), keys.weakest(named.scope))
    target.must_admit(harmless(requested), key)
    of_named = target.send_once(harmless(named), keys.weakest(named.scope))
    of_requested = target.send_once(harmless(requested), key)
    if outline(of_named) == outline(of_requested):
        raise NotJudged(f"{named} and {requested} return similar responses, so these cannot show which one was reached")

    response = target.send(replace(harmless(requested), headers=((header, harmless(named).path),)), key)

    if outline(response) == outline(of_named):
        sent = f"{in_words(key, contract)} and the header `{header}: {harmless(named).path}`"
        expected = f"the response of {requested}, or a rejection, for {sent}"
        fail(response, expected=expected, actual=f"the response of {named}: {response.in_short}")


def _form_for(operation: Operation, target: Target, exploration: Exploration, contract: Contract) -> Form | None:
    """The form for a destructive operation: one that keeps the request harmless, in rotation."""
    suitable = [f for f in FORMS if not f.only_reads and f.suits(operation, disposable=target.options.disposable)]
    turn = destructive(contract).index(operation) + exploration.number
    return suitable[turn % len(suitable)] if suitable else None


def _suiting(form: Form, operations: Sequence[Operation], target: Target) -> list[Operation]:
    """The first operation that the form suits, if there is one."""
    return [o for o in operations if form.suits(o, disposable=target.options.disposable)][:1]


def _knows(form: Form, operation: Operation, target: Target, keys: KeyRing) -> bool:
    """Whether the server knows a form that changes path or method. Raises FindingRaised if it needs no key there."""
    request = harmless(operation)
    if not form.moves(request, keys.contract):
        return False
    bare = if_judged(lambda: target.send_once(form.change(request, keys.contract)))
    if bare is None or bare.status in REJECTED:
        return bare is not None
    plain = if_judged(lambda: _control(request, target, keys))
    if plain is not None and reaches_operation(bare, plain):
        fail(bare, expected=f'a request without a key to be rejected in the form "{form.name}", as in the plain form')
    return False


def _judge(form: Form, operation: Operation, target: Target, keys: KeyRing, seed: int) -> bool:
    """Raise FindingRaised if `form` authorizes an insufficient key. Return whether that could be judged."""
    request, key = harmless(operation), keys.strongest_without(operation.scope)
    key_header = key_header_on(operation, keys.contract, seed, target)
    plain = if_judged(lambda: _control(request, target, keys, key_header=key_header))
    if plain is None:
        return False
    response = if_judged(lambda: target.send_once(form.change(request, keys.contract), key, key_header))
    if response is None:
        return False
    if reaches_operation(response, plain):
        for claim in CLAIMS if form is ALL_CLAIMS else ():
            _judge(claim, operation, target, keys, seed)  # a finding names the one claim, if one is enough
        sent = sent_credential(response, keys.contract)
        fail(response, expected=f'{sent} to be rejected in the form "{form.name}", as in the plain form')
    return True


def _expect_presented_rejected(
    operation: Operation, presented: tuple[Presented, ...], sent: str, target: Target, keys: KeyRing
) -> None:
    plain = _control(harmless(operation), target, keys, keys.unknown())
    response = target.send(replace(harmless(operation), presented=presented))
    if reaches_operation(response, plain):
        fail(response, expected=f"{sent} to be rejected: no key in the request has the scope `{operation.scope}`")


def _control(
    request: HttpRequest, target: Target, keys: KeyRing, *others: Key, key_header: KeyHeader | None = None
) -> HttpResponse:
    """The response to the weakest key that is enough. NotJudged unless every other key, and no key, is rejected."""
    sufficient = keys.weakest(request.operation.scope)
    target.must_admit(request, sufficient)
    for key in (None, keys.strongest_without(request.operation.scope), *others):
        response = target.send_once(request, key, key_header if key else None)
        if response.admits:
            sent = sent_credential(response, keys.contract)
            raise NotJudged(f"{request.operation}: authorizes {sent} in the plain form, so no form can be judged")
    return target.send_once(request, sufficient)
