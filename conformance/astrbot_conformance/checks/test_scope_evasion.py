"""SCOPE-EVASION: if a key is rejected in a plain request, it is rejected in every other form of the request too."""

from dataclasses import replace

import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import LIST_KEYS, destructive, keyed, reading
from astrbot_conformance.http.key import Key, KeyHeader, Presented
from astrbot_conformance.http.key_headers import key_header_at, key_header_on
from astrbot_conformance.http.request import HttpRequest, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.evasion import COMPANY, FORMS, GET, PLACES, Form, got_in, is_served, outline
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NoAnswer, NotJudged
from astrbot_conformance.verdict.finding import found
from astrbot_conformance.verdict.requirement import over, requirement

BY_NAME = {form.name: form for form in FORMS}
REWRITING = ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Original-URI")
FORMS_ABROAD = 2  # forms that are tried on closed operations if requests are expensive
TRIED = 4  # operations that try a form: the first that distinguishes keys, or all of them if requests are cheap


def shut(contract: Contract) -> list[Operation]:
    """The closed operations that only read, have no path parameter, and return a response that ends."""
    reads = (o for o in contract.closed if (o.method, o.side_effect) == ("GET", "read") and "{" not in o.path)
    return [operation for operation in reads if not operation.path.endswith("/live")]


@requirement("SCOPE-EVASION")
@pytest.mark.parametrize("name", BY_NAME)
@over(keyed)
def test_scope_evasion(name: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding."""  # noqa: E501  the sentence as the contract has it
    form = BY_NAME[name]
    suitable = [o for o in contract.keyed if form.suits(o, disposable=target.options.disposable)]
    chosen = exploration.choose(name, suitable, size=TRIED)
    if target.options.is_cheap and form.methods == GET:  # HEAD, which each operation may handle by itself
        chosen += [o for o in reading(contract) if o in suitable and o not in chosen]
    if not target.options.is_cheap:  # operations that are requested anyway come first
        chosen = [o for o in destructive(contract) if _form_for(o, target, exploration, contract) is form] + chosen
    judged = (_judge(form, o, target, keys, exploration.number) for o in chosen)
    if not (any(list(judged)) if target.options.is_cheap else any(judged)):
        raise NotJudged(f"{name}: not one operation to judge it by")


@requirement("SCOPE-EVASION")
@over(destructive)
def test_scope_evasion_of_destructive_operations(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.

    This check requests each destructive operation, in a form that still names the nonexistent resource.
    """  # noqa: E501  the sentence as the contract has it
    form = _form_for(operation, target, exploration, contract)
    if form is None:
        raise NotJudged(f"{operation}: no harmless request is known", by_choice=True)
    if not _judge(form, operation, target, keys, exploration.number):
        raise NotJudged(f"{operation}: plainly asked, it does not tell keys apart")


@requirement("SCOPE-EVASION")
@over(shut)
def test_scope_evasion_of_closed_operations(
    target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.

    This check requests a closed operation, which no form opens to a key.
    """  # noqa: E501  the sentence as the contract has it
    keys.must_be_live(keys.all_scopes(), target)
    bears_all, judged = target.options.is_cheap, False
    suitable = [form for form in FORMS if form.suits(LIST_KEYS, disposable=False)]
    for form in suitable if bears_all else exploration.choose("closed", suitable, size=FORMS_ABROAD):
        more = exploration.choose(form.name, shut(contract)) if bears_all else []
        for request in map(harmless, dict.fromkeys([LIST_KEYS, *more])):
            if target.must_serve(request).status != 401:
                continue  # open without a key, see SCOPE-CLOSED
            key_header = key_header_at(FORMS.index(form) + exploration.number)
            if is_served(target.send_once(request, keys.all_scopes(), key_header)):
                continue  # open to a key in the plain form, see SCOPE-CLOSED
            response = target.send(form.change(request, contract), keys.all_scopes(), key_header)
            if is_served(response):
                found(response, expected=f"{form.name}: turned away, as no key opens this")
            judged = True
    if not judged:
        raise NotJudged("no closed operation rejects the plain request, see SCOPE-CLOSED")


@requirement("SCOPE-EVASION")
@pytest.mark.parametrize("company", COMPANY)
@over(reading)
def test_scope_evasion_by_company(
    company: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.

    This check sends an insufficient key beside an unknown one.
    """  # noqa: E501  the sentence as the contract has it
    operation = exploration.choose(company, reading(contract))[0]
    together = COMPANY[company](keys.strongest_without(operation.scope), keys.unknown())
    _expect_turned_away(operation, together, target, keys)


@requirement("SCOPE-EVASION")
@pytest.mark.parametrize("place", PLACES)
@over(reading)
def test_scope_evasion_by_place(
    place: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.

    This check sends an insufficient or unknown key in a wrong place, if a key with the required scope works there.
    """  # noqa: E501  the sentence as the contract has it
    operation = exploration.choose(place, reading(contract))[0]
    plain = _plain_admission(harmless(operation), target, keys)
    sufficient = PLACES[place](keys.weakest(operation.scope))
    if not got_in(target.send_once(replace(harmless(operation), presented=(sufficient,))), plain):
        return
    for key in (keys.strongest_without(operation.scope), keys.unknown()):
        _expect_turned_away(operation, (PLACES[place](key),), target, keys)


@requirement("SCOPE-EVASION")
@pytest.mark.parametrize("header", REWRITING)
@over(reading)
def test_scope_evasion_by_rewriting(
    header: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """The form of a request MUST NOT widen the rights of a key, be it the header form, HEAD, a method override, a trailing or doubled slash, upper case, or percent-encoding.

    This check requests an operation that the key opens, with a header that names one that it does not open.
    """  # noqa: E501  the sentence as the contract has it
    wanted = exploration.choose(header, reading(contract))[0]
    key = keys.strongest_without(wanted.scope)
    opened = exploration.choose(header, [other for other in reading(contract) if other.scope in key.scopes])[0]
    target.must_admit(harmless(wanted), keys.weakest(wanted.scope))
    target.must_admit(harmless(opened), key)
    plain = target.send_once(harmless(wanted), keys.weakest(wanted.scope))
    usual = target.send_once(harmless(opened), key)
    if outline(plain) == outline(usual):
        raise NotJudged(f"{wanted} and {opened} answer alike, so nothing tells which of them was reached")

    response = target.send(replace(harmless(opened), headers=((header, harmless(wanted).path),)), key)

    if outline(response) == outline(plain):
        found(response, expected=f"the answer of {opened}, or none", actual=f"that of {wanted}: {response.in_short}")


def _form_for(operation: Operation, target: Target, exploration: Exploration, contract: Contract) -> Form | None:
    """The form for a destructive operation: one that keeps the request harmless, in rotation."""
    suitable = [f for f in FORMS if not f.only_reads and f.suits(operation, disposable=target.options.disposable)]
    turn = destructive(contract).index(operation) + exploration.number
    return suitable[turn % len(suitable)] if suitable else None


def _judge(form: Form, operation: Operation, target: Target, keys: KeyRing, seed: int) -> bool:
    """Raise FindingRaised if `form` authorizes an insufficient key. Return whether that could be judged."""
    request, key = harmless(operation), keys.strongest_without(operation.scope)
    key_header = key_header_on(operation, keys.contract, seed, target)
    try:
        plain = _plain_admission(request, target, keys, key_header=key_header)
        response = target.send_once(form.change(request, keys.contract), key, key_header)
    except NoAnswer:
        raise
    except NotJudged:
        return False
    _expect_outside(response, plain, f"{form.name}: an insufficient key turned away as in the plain form")
    return True


def _expect_turned_away(operation: Operation, presented: tuple[Presented, ...], target: Target, keys: KeyRing) -> None:
    plain = _plain_admission(harmless(operation), target, keys, keys.unknown())
    response = target.send(replace(harmless(operation), presented=presented))
    _expect_outside(response, plain, "turned away, as no key in it opens the operation")


def _plain_admission(
    request: HttpRequest, target: Target, keys: KeyRing, *strangers: Key, key_header: KeyHeader | None = None
) -> HttpResponse:
    """The response to the weakest key that is enough. NotJudged unless every other key, and no key, is rejected."""
    sufficient = keys.weakest(request.operation.scope)
    target.must_admit(request, sufficient)
    for key in (None, keys.strongest_without(request.operation.scope), *strangers):
        if target.send_once(request, key, key_header if key else None).admits:
            raise NotJudged(f"{request.operation}: turns not every key away, so rights cannot be compared")
    return target.send_once(request, sufficient)


def _expect_outside(response: HttpResponse, plain: HttpResponse, expected: str) -> None:
    if got_in(response, plain):
        found(response, expected=expected)
