"""AUTH-PRECEDENCE: if a request has two keys, the first one decides, and the second adds nothing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from astrbot_api.contract import Contract

from astrbot_conformance.contract import keyed, reading
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, Target, harmless
from astrbot_conformance.inputs.evasion import reaches_operation
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.two_keys import ARRANGEMENTS, Arrangement, beside_an_empty_bearer
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import in_words
from astrbot_conformance.outcome import NotJudged, if_judged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import for_each, over, requirement

KeyOf = Callable[[KeyRing, str], Key]  # a key that an operation with this scope rejects
REJECTED: Mapping[str, KeyOf] = {
    "insufficient": lambda keys, scope: keys.strongest_without(scope),
    "revoked": lambda keys, _: keys.revoked(),
    "unknown": lambda keys, _: keys.unknown(),
    "expired": lambda keys, _: keys.expired(),
}
USUAL = ("insufficient", "revoked", "unknown")


@requirement("AUTH-PRECEDENCE")
@for_each("state", REJECTED)
@over(reading)
def test_auth_precedence(
    state: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send a key that is rejected alone, and a second key with the required scope: expect a rejection.

    If requests are expensive, each arrangement is sent to the read of one scope, which differs. The controls: the
    second key alone is authorized, and a request without a key is rejected.
    """
    reads, turn = reading(contract), list(REJECTED).index(state) * len(ARRANGEMENTS) + exploration.number
    for number, arrangement in enumerate(ARRANGEMENTS, start=turn):
        for read in reads if target.options.is_cheap else [reads[number % len(reads)]]:
            first, second = REJECTED[state](keys, str(read.scope)), keys.weakest(read.scope)
            _expect_rejected(harmless(read), arrangement, (first, second), target, keys)


@requirement("AUTH-PRECEDENCE")
@for_each("state", REJECTED)
@over(reading)
def test_auth_precedence_of_two_rejected_keys(
    state: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send two keys that are rejected alone, in each arrangement: expect a rejection.

    If requests are expensive, the second key is an insufficient one. The controls are the same as for a second key with
    the required scope.
    """
    reads, turn = reading(contract), list(REJECTED).index(state) + exploration.number
    for other in REJECTED if target.options.is_cheap else USUAL[:1]:
        for arrangement in ARRANGEMENTS if target.options.is_cheap else [ARRANGEMENTS[turn % len(ARRANGEMENTS)]]:
            read = reads[turn % len(reads)]
            second = if_judged(partial(REJECTED[other], keys, str(read.scope)))
            if second is not None:
                first = REJECTED[state](keys, str(read.scope))
                _expect_rejected(harmless(read), arrangement, (first, second), target, keys)
            turn += 1


@requirement("AUTH-PRECEDENCE")
@for_each("state", REJECTED)
@over(reading)
def test_auth_precedence_of_an_empty_header(
    state: str, target: Target, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Send a key that is rejected alone as `X-API-Key`, beside `Authorization: Bearer` without a key.

    Expect a rejection. The controls are those of two keys.
    """
    turn = list(REJECTED).index(state) + exploration.number
    for read in reading(contract) if target.options.is_cheap else [reading(contract)[turn % len(reading(contract))]]:
        key = REJECTED[state](keys, str(read.scope))
        sent = f"{in_words(key, contract)} in `X-API-Key`, beside `Authorization: Bearer` without a key,"
        request = beside_an_empty_bearer(harmless(read), key)
        _judge(request, sent, partial(target.send, harmless(read), key, KeyHeader.HEADER), target, keys)


@requirement("AUTH-PRECEDENCE")
@over(keyed)
def test_auth_precedence_on_changes(
    target: Target, keys: KeyRing, exploration: Exploration, cleanup: Cleanup, contract: Contract
) -> None:
    """Try to change a resource that exists with a rejected key and a second key that has the scope: expect a rejection.

    If requests are expensive, one kind of resource is tried. The control: the second key alone can change it.
    """
    changeable = [kind for kind in kinds(contract) if kind.change and not (kind.is_costly or kind.is_configuration)]
    chosen = changeable if target.options.is_cheap else exploration.choose("two keys", changeable)
    judged = [if_judged(partial(_judge_change, kind, target, keys, cleanup)) for kind in chosen]
    if not any(judged):
        raise NotJudged("no resource can be created and then changed with the required scope")


def _judge_change(kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup) -> bool:
    """Raise FindingRaised if two keys change a resource of this kind. Return whether the second key alone does."""
    client = ResourceClient(kind, target, keys.weakest(kind.scope), cleanup)
    arrangements: Sequence[Arrangement] = ARRANGEMENTS if target.options.is_cheap else ARRANGEMENTS[:1]
    with client.temporary(f"{keys.name}{kind.slug}-two-keys") as id:
        changes = [kind.marking(change, id, f"{id}-changed") for change in kind.ways(kind.change)[:1]]
        for change in changes:
            for state in USUAL:
                first = REJECTED[state](keys, kind.scope)
                for arrangement in arrangements:
                    response = target.send(arrangement.put(change, first, client.key))
                    if response.is_accepted and not target.send(change, first, arrangement.of_first).is_accepted:
                        fail(response, expected=f"{_sent(arrangement, first, client.key, keys)} to be rejected")
        return all(target.send(change, client.key).is_accepted for change in changes)


def _expect_rejected(
    request: HttpRequest, arrangement: Arrangement, pair: tuple[Key, Key], target: Target, keys: KeyRing
) -> None:
    first, second = pair
    alone = partial(target.send, request, first, arrangement.of_first)
    sent = _sent(arrangement, first, second, keys)
    _judge(arrangement.put(request, first, second), sent, alone, target, keys)


def _judge(request: HttpRequest, sent: str, alone: Callable[[], HttpResponse], target: Target, keys: KeyRing) -> None:
    """Raise FindingRaised if a request with two keys reaches its operation, although the first key alone does not."""
    plain, key = harmless(request.operation), keys.weakest(request.operation.scope)
    target.must_admit(plain, key)
    target.must_reject_without_key(plain)
    response = target.send(request)
    if not reaches_operation(response, target.send_once(plain, key)):
        return
    if alone().admits:
        raise NotJudged(f"{request.operation}: authorizes the first key alone, see AUTH-REQUIRED and SCOPE-REQUIRED")
    fail(response, expected=f"{sent} to be rejected, as the first key alone is")


def _sent(arrangement: Arrangement, first: Key, second: Key, keys: KeyRing) -> str:
    return f"{in_words(first, keys.contract)} and {in_words(second, keys.contract)} {arrangement.words}"
