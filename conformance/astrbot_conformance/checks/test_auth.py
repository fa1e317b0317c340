"""AUTH-*: where a key stands in a request, and that nothing else opens a keyed operation."""

from astrbot_api.operations import KEYED, Operation

from astrbot_conformance.finding import NotJudged, expect, found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import Carrier, harmless
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target

ONE_OF_EACH_SCOPE = tuple({o.scope: o for o in KEYED if o.method == "GET" and o.side_effect == "read"}.values())


@requirement("AUTH-BEARER")
@over(ONE_OF_EACH_SCOPE)
def test_auth_bearer(operation: Operation, target: Target, keys: KeyRing) -> None:
    """A key is accepted as `Authorization: Bearer`."""
    _judge_carrier(Carrier.BEARER, operation, target, keys)


@requirement("AUTH-HEADER")
@over(ONE_OF_EACH_SCOPE)
def test_auth_header(operation: Operation, target: Target, keys: KeyRing) -> None:
    """A key is accepted as `X-API-Key`, with the same rights as `Authorization: Bearer`."""
    _judge_carrier(Carrier.HEADER, operation, target, keys)


@requirement("AUTH-REQUIRED")
@over(KEYED)
def test_auth_required(operation: Operation, target: Target) -> None:
    """No key, or an unknown, revoked, deleted or expired key: 401 on every keyed operation.

    This one: no key.
    """
    expect(target.send_once(harmless(operation)), status=401)


@requirement("AUTH-REQUIRED")
@over(KEYED, sample=9)
def test_auth_required_of_a_living_key(operation: Operation, target: Target, keys: KeyRing) -> None:
    """No key, or an unknown, revoked, deleted or expired key: 401 on every keyed operation.

    This one: unknown, revoked and deleted keys. A run cannot wait for one to expire.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))
    for key in (keys.unknown(), keys.revoked(), keys.deleted()):
        expect(target.send(request, key), status=401)


def _judge_carrier(carrier: Carrier, operation: Operation, target: Target, keys: KeyRing) -> None:
    """A sufficient key enters with `carrier`, an insufficient one does not."""
    request = harmless(operation)
    sufficient, insufficient = keys.weakest(operation.scope), keys.strongest_without(operation.scope)
    if carrier is not target.carrier:
        target.must_admit(request, sufficient)
    answer = target.send_once(request, sufficient, carrier)
    if not answer.admits:
        found(answer, expected="a sufficient key past authorisation")
    if target.send_once(request, insufficient).admits:
        raise NotJudged(f"{operation}: turns no key away, so rights cannot be compared")
    answer = target.send_once(request, insufficient, carrier)
    if answer.admits:
        found(answer, expected="an insufficient key turned away")
