"""SCOPE-EVASION: if a key is rejected in a plain request, it is rejected in every other form of the request too."""

from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import LIST_KEYS
from astrbot_conformance.contract import closed_reads, destructive, keyed, reading
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, Presented, Target, harmless
from astrbot_conformance.http.key_headers import key_header_at, key_header_on
from astrbot_conformance.inputs.evasion import (
    FORMS,
    GET,
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
FORMS_IF_SLOW = 2  # forms that are tried on closed operations if requests are expensive
TRIED = 4  # operations that try a form: the first that distinguishes keys, or all of them if requests are cheap


@requirement("SCOPE-EVASION")
@for_each("name", BY_NAME)
@over(keyed)
def test_scope_evasion(name: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Send an insufficient key in one unusual form of the request to several operations: expect a rejection.

    The controls: the plain request is rejected with this key, and authorized with a key with the required scope.
    """
    form = BY_NAME[name]
    suitable = [o for o in contract.keyed if form.suits(o, disposable=target.options.disposable)]
    chosen = exploration.choose(name, suitable, size=TRIED)
    if target.options.is_cheap and form.methods == GET:  # HEAD, which each operation may handle by itself
        chosen += [o for o in reading(contract) if o in suitable and o not in chosen]
    if not target.options.is_cheap:  # operations that are requested anyway come first
        chosen = [o for o in destructive(contract) if _form_for(o, target, exploration, contract) is form] + chosen
    judged = (_judge(form, o, target, keys, exploration.number) for o in chosen)
    if not (any(list(judged)) if target.options.is_cheap else any(judged)):
        raise NotJudged(f'no operation could be judged in the form "{name}"')


@requirement("SCOPE-EVASION")
@over(destructive)
def test_scope_evasion_of_destructive_operations(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an insufficient key to each destructive operation, in a form that still names the nonexistent resource.

    The controls: the plain request is rejected with this key, and authorized with a key with the required scope.
    """
    form = _form_for(operation, target, exploration, contract)
    if form is None:
        raise NotJudged(f"{operation}: no harmless request is known", by_choice=True)
    if not _judge(form, operation, target, keys, exploration.number):
        raise NotJudged(f"{operation}: the plain request does not distinguish keys with and without the scope")


@requirement("SCOPE-EVASION")
@over(closed_reads)
def test_scope_evasion_of_closed_operations(
    target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send a key with all scopes to closed operations in unusual forms: none may serve it.

    The controls: the plain request is rejected, and the key works on other operations.
    """
    keys.must_be_live(keys.all_scopes(), target)
    is_cheap, judged = target.options.is_cheap, False
    suitable = [form for form in FORMS if form.suits(LIST_KEYS, disposable=False)]
    for form in suitable if is_cheap else exploration.choose("closed", suitable, size=FORMS_IF_SLOW):
        more = exploration.choose(form.name, closed_reads(contract)) if is_cheap else []
        for request in map(harmless, dict.fromkeys([LIST_KEYS, *more])):
            if target.must_serve(request).status != 401:
                continue  # open without a key, see SCOPE-CLOSED
            key_header = key_header_at(FORMS.index(form) + exploration.number)
            if is_served(target.send_once(request, keys.all_scopes(), key_header)):
                continue  # a key is authorized in the plain form, see SCOPE-CLOSED
            response = target.send(form.change(request, contract), keys.all_scopes(), key_header)
            if is_served(response):
                expected = f'the closed operation to reject a key with all scopes also in the form "{form.name}"'
                fail(response, expected=expected)
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
