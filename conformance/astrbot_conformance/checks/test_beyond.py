"""BEYOND-*: what a target publishes and no contract knows. Only what holds for every operation can be asked of it.

What such an operation does is unknown. So it is asked for a thing that is not there, and by somebody with a key only
where it reads, except on a target that is the run's own.
"""

from astrbot_api.operation import Operation

from astrbot_conformance.inputs.evasion import FORMS, got_in
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.verdict.finding import NotJudged, expect, found
from astrbot_conformance.verdict.requirement import beyond, over, requirement
from astrbot_conformance.wire.request import Carrier, harmless
from astrbot_conformance.wire.target import Target

HEAD = next(form for form in FORMS if form.name == "HEAD")


@requirement("BEYOND-AUTH")
@over(beyond)
def test_beyond_auth(operation: Operation, target: Target) -> None:
    """An operation beyond the contract that is published with a scope asks for a key: without one 401."""
    _must_tell_its_scope(operation)
    expect(target.send_once(harmless(operation)), status=401)


@requirement("BEYOND-SCOPE")
@over(beyond)
def test_beyond_scope(operation: Operation, target: Target, keys: KeyRing) -> None:
    """An operation beyond the contract admits keys with the scope that it is published with, and no others."""
    _must_tell_its_scope(operation)
    _must_be_harmless(operation, target)
    request = harmless(operation)
    if target.send_once(request).admits:
        raise NotJudged(f"{operation}: open to everybody, see BEYOND-AUTH", by_choice=True)

    answer = target.send_once(request, keys.weakest(operation.scope))
    if answer.status in (401, 403):
        found(answer, expected=f"a key with `{operation.scope}` past authorisation")
    answer = target.send_once(request, keys.strongest_without(operation.scope))
    if answer.admits:
        found(answer, expected=f"a key without `{operation.scope}` turned away")


@requirement("BEYOND-FORMS")
@over(beyond)
def test_beyond_forms(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """On an operation beyond the contract no form of the request widens what a key with a single scope may do.

    In the other header it may do the same; by HEAD, and in another form that the seed chooses, no more.
    """
    _must_be_harmless(operation, target)
    request = harmless(operation)
    if (open_to_all := target.send_once(request)).admits:  # a 404 too: it looked for the thing, and asked for no key
        raise NotJudged(f"{operation}: open to everybody, it answers {open_to_all.in_short}", by_choice=True)
    suitable = [form for form in FORMS if form.suits(operation, disposable=target.reach.disposable)]
    forms = {form.name: form for form in (HEAD, *exploration.choose(operation.id, suitable)) if form in suitable}
    answers = {key: target.send_once(request, key) for key in map(keys.holding, keys.contract.scopes)}
    admitted = next((answer for answer in answers.values() if answer.admits), None)

    for key, plain in answers.items():
        other = Carrier.HEADER if target.carrier is Carrier.BEARER else Carrier.BEARER
        answer = target.send_once(request, key, other)
        if answer.admits is not plain.admits:
            found(answer, expected=f"in this header too {plain.in_short}")
        for form in forms.values() if admitted and not plain.admits else ():
            answer = target.send(form.change(request, keys.contract), key)
            if got_in(answer, admitted or plain):
                found(answer, expected=f"{form.name}: turned away as in the plain form")


def _must_tell_its_scope(operation: Operation) -> None:
    if operation.scope is None:
        raise NotJudged(f"{operation}: published without a scope, it may be open to everybody", by_choice=True)


def _must_be_harmless(operation: Operation, target: Target) -> None:
    if operation.side_effect != "read" and not target.reach.disposable:
        raise NotJudged(
            f"{operation}: what it does is unknown; judged with keys only with --effects destructive", by_choice=True
        )
