"""AUTH-*: which headers carry a key, and that no other credential opens an operation that requires a key."""

from dataclasses import replace
from typing import Literal

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import CHAT
from astrbot_conformance.contract import closed, keyed, read_of_each_scope, reading
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, Presented, Target, harmless
from astrbot_conformance.http.key_headers import key_header_at
from astrbot_conformance.inputs.evasion import PLACES, reaches_operation
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.invalid_keys import TURNS, BadKey, bad_key
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected, in_words
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

FEW = 1  # operations on which a further check runs if requests are expensive


@requirement("AUTH-BEARER")
@over(reading)
def test_auth_bearer(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send two keys as `Authorization: Bearer`: only the one with the required scope is authorized."""
    _judge_header(KeyHeader.BEARER, operation, target, keys)


@requirement("AUTH-HEADER")
@over(reading, sample_if_slow=2)
def test_auth_header(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send two keys as `X-API-Key`: only the one with the required scope is authorized."""
    _judge_header(KeyHeader.HEADER, operation, target, keys)


@requirement("AUTH-HEADER")
@over(keyed, sample_if_slow=FEW)
def test_auth_header_on_any_operation(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with the required scope as `X-API-Key` to every operation, and expect that it is authorized.

    The controls: the key is authorized in the usual header, and a request without a key is rejected.
    """
    request, key = harmless(operation), keys.weakest(operation.scope)
    target.must_admit(request, key)
    target.must_reject_without_key(request)

    response = target.send_once(request, key, KeyHeader.HEADER)

    if not response.admits:
        fail(response, expected=f"{in_words(key, keys.contract)} in `X-API-Key` to be authorized")


@requirement("AUTH-HEADER")
@over(reading)
def test_auth_header_with_what_follows(target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send a key as `X-API-Key` to a read of each scope that the scope of the key implies.

    The controls: the key is authorized in the usual header, and a request without a key is rejected.
    """
    for holder, implied in contract.implies.items():
        for scope in sorted(implied):
            request, key = harmless(read_of_each_scope(contract)[scope]), keys.holding(holder)
            target.must_admit(request, key)
            target.must_reject_without_key(request)
            response = target.send_once(request, key, KeyHeader.HEADER)
            if not response.admits:
                sent = f"a key with the scope `{holder}`, which implies `{scope}`, in `X-API-Key`"
                fail(response, expected=f"{sent} to be authorized")


@requirement("AUTH-BEARER")
@over(reading)
def test_auth_bearer_whatever_the_case(target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send a key with the header name `Authorization` in lower case and in upper case: it is authorized."""
    _expect_authorized(("authorization", "AUTHORIZATION"), "Bearer ", target, keys, exploration)


@requirement("AUTH-HEADER")
@over(reading)
def test_auth_header_whatever_the_case(target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send a key with the header name `X-API-Key` in lower case and in mixed case: it is authorized."""
    _expect_authorized(("x-api-key", "X-Api-Key"), "", target, keys, exploration)


@requirement("AUTH-REQUIRED")
@over(keyed)
def test_auth_required(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send the harmless request without a key, and expect 401.

    The control: a key with the required scope is authorized.
    """
    request = harmless(operation)
    expect_rejected(target.send_once(request), keys.contract)
    target.must_admit(request, keys.weakest(operation.scope))


@requirement("AUTH-REQUIRED")
@over(keyed)
def test_auth_required_of_any_key(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an invalid key of some kind, and expect 401.

    Each operation gets another kind, and the two headers take turns. The control: a valid key is authorized.
    """
    turn = contract.keyed.index(operation) + exploration.number
    key_header = key_header_at(turn // 2 + turn // len(TURNS))  # every kind in both
    _expect_unauthorized(harmless(operation), bad_key(keys, turn), target, keys, key_header)


@requirement("AUTH-REQUIRED")
@over(keyed, sample_if_slow=FEW)
def test_auth_required_of_a_revoked_key(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key that was valid until it was revoked, and that the target still lists: expect 401.

    The control: a valid key is authorized.
    """
    _expect_unauthorized(harmless(operation), keys.revoked(), target, keys)


@requirement("AUTH-REQUIRED")
@over([CHAT])
def test_auth_required_of_a_revoked_key_that_chats(target: Target, keys: KeyRing) -> None:
    """Send a revoked key to the chat operation, which most clients call, and expect 401.

    The control: a valid key is authorized.
    """
    _expect_unauthorized(harmless(CHAT), keys.revoked(), target, keys)


@requirement("AUTH-REQUIRED")
@over(keyed, sample_if_slow=3)
def test_auth_required_of_an_expired_key(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send the expired key that the user gave to the run, and expect 401.

    The control: a valid key is authorized.
    """
    _expect_unauthorized(harmless(operation), keys.expired(), target, keys)


@requirement("AUTH-REQUIRED")
@for_each("end", ["revoke", "delete"])
@over(reading)
def test_auth_required_at_once(
    end: Literal["revoke", "delete"], target: Target, keys: KeyRing, exploration: Exploration
) -> None:
    """Use a key, revoke or delete it, and immediately send it again in both headers: expect 401."""
    operation = exploration.choose(end, reading(keys.contract))[0]
    request, key = harmless(operation), keys.another(f"used_until_{end}d", operation.scope or "")
    response = target.send(request, key)
    if not response.admits:
        raise NotJudged(f"{operation}: a key with the required scope got {response.in_short} before it was {end}d")
    ended = keys.end(key, end)

    for key_header in KeyHeader:
        expect_rejected(target.send(request, ended, key_header), keys.contract)


@requirement("AUTH-REQUIRED")
@over(closed, sample_if_slow=5)
def test_auth_required_on_closed_operations(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send an invalid key to each closed operation, and expect 401 or 403.

    A server may return 403 for every key here, without a lookup. The controls: a request without a key gets 401, and a
    key with all scopes works elsewhere.
    """
    request = harmless(operation)
    if target.must_serve(request).status != 401:
        raise NotJudged(f"{operation}: does not reject a request without a key with 401, see SCOPE-CLOSED")
    keys.must_be_live(keys.all_scopes(), target)
    turn = contract.closed.index(operation) + exploration.number

    response = _sent(request, bad_key(keys, turn), target, key_header_at(turn // 2))
    expect_rejected(response, contract, status=(401, 403))


@requirement("AUTH-CARRIERS")
@for_each("place", PLACES)
@over(reading)
def test_auth_carriers(place: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Send a key with the required scope in another place: in the query, in a cookie, in another header.

    The response must not show that the key was used. The controls: the key is authorized in its usual header, and a
    request without a key is rejected.
    """
    operation = exploration.choose(place, reading(contract))[0]
    request, key = harmless(operation), keys.weakest(operation.scope)
    target.must_admit(request, key)
    if target.must_serve(request).admits:
        raise NotJudged(f"{operation}: authorizes a request without a key, see AUTH-REQUIRED")

    response = target.send_once(replace(request, presented=(PLACES[place](key),)))

    if reaches_operation(response, target.send_once(request, key)):  # a rejection does not show that the key was used
        fail(response, expected=f"a valid key {place} to be ignored", level="SHOULD")


def _expect_authorized(
    names: tuple[str, ...], before: str, target: Target, keys: KeyRing, exploration: Exploration
) -> None:
    """Raise FindingRaised unless a key with the required scope is authorized under each of these header names."""
    for name in names:
        operation = exploration.choose(name, reading(keys.contract))[0]
        request, key = harmless(operation), keys.weakest(operation.scope)
        target.must_admit(request, key)
        target.must_reject_without_key(request)
        response = target.send(replace(request, presented=(Presented(key, name, before),)))
        if not response.admits:
            sent = f"{in_words(key, keys.contract)} in the header `{name}`"
            fail(response, expected=f"{sent} to be authorized")


def _expect_unauthorized(
    request: HttpRequest, key: BadKey, target: Target, keys: KeyRing, key_header: KeyHeader | None = None
) -> None:
    """Raise FindingRaised unless an invalid key gets 401 while a valid key is authorized."""
    target.must_admit(request, keys.weakest(request.operation.scope))
    expect_rejected(_sent(request, key, target, key_header), keys.contract)


def _sent(request: HttpRequest, key: BadKey, target: Target, key_header: KeyHeader | None) -> HttpResponse:
    if isinstance(key, Key):
        return target.send(request, key, key_header)
    name, before = (key_header or target.key_header).value
    header = (name, (before + key).strip())
    return target.send(replace(request, headers=(*request.headers, header)))


def _judge_header(key_header: KeyHeader, operation: Operation, target: Target, keys: KeyRing) -> None:
    """Expect `key_header` to authorize a key with the required scope, and no other key."""
    request = harmless(operation)
    sufficient, insufficient = keys.weakest(operation.scope), keys.strongest_without(operation.scope)
    response = target.send_once(request, sufficient, key_header)
    if not response.admits:
        if not any(target.send_once(request, sufficient, other).admits for other in KeyHeader):
            reason = "rejects a key with the required scope in both headers, see SCOPE-SUFFICIENT"
            raise NotJudged(f"{operation}: {reason}")
        fail(response, expected=f"{in_words(sufficient, keys.contract)} in {_name(key_header)} to be authorized")
    response = target.send_once(request, insufficient, key_header)
    if response.admits:
        if target.send(request, insufficient).admits:  # sent again: resources were created since the stored response
            reason = "authorizes a key without the required scope, so the rights in the two headers cannot be compared"
            raise NotJudged(f"{operation}: {reason}")
        sent = f"{in_words(insufficient, keys.contract)} in {_name(key_header)}"
        fail(response, expected=f"{sent} to be rejected, as in {_name(target.key_header)}")


def _name(key_header: KeyHeader) -> str:
    """The header as a finding names it: `Authorization: Bearer` or `X-API-Key`."""
    name, before = key_header.value
    return f"`{name}: {before.strip()}`" if before else f"`{name}`"
