"""AUTH-FOREIGN: a credential that the server did not issue authorizes nothing."""

from dataclasses import replace
from functools import partial

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import LIST_KEYS
from astrbot_conformance.contract import keyed, read_of_each_area, reading
from astrbot_conformance.http import NOT_SERVED, Presented, Target, harmless
from astrbot_conformance.inputs.evasion import is_served, reaches_operation
from astrbot_conformance.keys.foreign_credentials import (
    BEARER,
    FURTHER_TOKENS,
    KEYS,
    PLACES,
    SCHEMES,
    TOKENS,
    in_scheme,
)
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged, if_judged
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

FURTHER_IF_SLOW = 5  # tokens of other kinds that are tried if requests are expensive: the last ones
PLACES_IF_SLOW = 2  # places of a token that are tried if requests are expensive


@requirement("AUTH-FOREIGN")
@for_each("token", TOKENS)
@over(keyed)
def test_auth_foreign_tokens(token: str, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send a forged token of the dashboard to operations for keys, to closed operations, and to the list of keys.

    It is sent as a key, in the cookie of the dashboard, and in the query. The controls: a valid key is authorized, and
    a request without a key is rejected.
    """
    key, turn = TOKENS[token](keys), list(TOKENS).index(token)
    places = list(PLACES) if target.options.is_cheap else list(PLACES)[:PLACES_IF_SLOW]
    for place in places:
        with_keys = place == "as `Authorization: Bearer`" or target.options.is_cheap
        tried = _operations(target, contract, turn, with_keys=with_keys)
        _expect_rejected(f"{token} {place}", PLACES[place](key), tried, target, keys)


@requirement("AUTH-FOREIGN")
@over(reading)
def test_auth_foreign_tokens_of_other_kinds(target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send tokens with other algorithms and secrets, and an expired one: each must be rejected.

    The controls are those of the other forged tokens.
    """
    few = list(FURTHER_TOKENS) if target.options.is_cheap else list(FURTHER_TOKENS)[-FURTHER_IF_SLOW:]
    for turn, token in enumerate(few):
        key = if_judged(partial(FURTHER_TOKENS[token], keys))
        if key is not None:
            tried = _operations(target, contract, turn, with_keys=target.options.is_cheap)
            _expect_rejected(token, BEARER(key), tried, target, keys)


@requirement("AUTH-FOREIGN")
@for_each("format", KEYS)
@over(reading)
def test_auth_foreign_keys(format: str, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send a key of another format, and expect a rejection.

    The controls: a valid key is authorized, and a request without a key is rejected.
    """
    tried = _operations(target, contract, list(KEYS).index(format), with_keys=True)
    _expect_rejected(format, BEARER(KEYS[format](keys)), tried if target.options.is_cheap else tried[:1], target, keys)


@requirement("AUTH-FOREIGN")
@for_each("scheme", SCHEMES)
@over(reading)
def test_auth_foreign_schemes(scheme: str, target: Target, keys: KeyRing, contract: Contract) -> None:
    """Send an invented credential in another authentication scheme, and expect a rejection.

    The controls: a valid key is authorized, and a request without a key is rejected.
    """
    tried = _operations(target, contract, list(SCHEMES).index(scheme), with_keys=True)
    presented = SCHEMES[scheme](in_scheme(scheme, keys))
    _expect_rejected(f"a credential in the scheme {scheme}", presented, tried, target, keys)


def _operations(target: Target, contract: Contract, turn: int, *, with_keys: bool) -> list[Operation]:
    """The operations that try a credential: reads of every scope and area, or one of each if requests are expensive."""
    reads, areas = list(reading(contract)), read_of_each_area(contract)
    if target.options.is_cheap:
        return [*reads, *areas, LIST_KEYS]
    return [*([reads[turn % len(reads)]] if with_keys else []), LIST_KEYS]


def _expect_rejected(
    sent: str, presented: Presented, operations: list[Operation], target: Target, keys: KeyRing
) -> None:
    """Raise FindingRaised if an operation authorizes the credential; NotJudged if no operation could be judged."""
    judged = [if_judged(partial(_judge, sent, presented, operation, target, keys)) for operation in operations]
    if not any(judged):
        raise NotJudged("no operation authorizes a valid key and rejects a request without a key")


def _judge(sent: str, presented: Presented, operation: Operation, target: Target, keys: KeyRing) -> bool:
    request = harmless(operation)
    if operation.scope:
        target.must_admit(request, keys.weakest(operation.scope))
    target.must_reject_without_key(request)
    response = target.send(replace(request, presented=(presented,)))
    if operation.scope:
        is_authorized = reaches_operation(response, target.send_once(request, keys.weakest(operation.scope)))
    else:
        is_authorized = is_served(response) or (response.admits and response.is_error_envelope)
    if is_authorized and response.status not in NOT_SERVED:
        fail(response, expected=f"{sent} to be rejected: the server did not issue it")
    return True
