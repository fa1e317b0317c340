"""SCOPE-*: which keys an operation authorizes.

Two keys are enough if scopes only add rights. The weakest key with the required scope must be authorized; the strongest
key without it must be rejected. A rejection counts only if the first key was authorized.
"""

from functools import partial
from itertools import combinations

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.contract import implicated, keyed, read_of_each_scope, reading
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, Target, harmless
from astrbot_conformance.http.key_headers import denied, key_header_on
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.implication import comes_from_implication, enters
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected, in_words, sent_credential
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.required_rejection import INSUFFICIENT
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import exhaustive, over, requirement

PAIRS_IF_SLOW, PAIRS_IF_FAST = 1, 9  # pairs of scopes that are tried on a slow target and on a fast one
WITHOUT_IMPLICATION = "authorizes a key without any scope that could imply the required one, see SCOPE-REQUIRED"


def implied(contract: Contract) -> list[Operation]:
    """The operations whose scope is implied by another."""
    scopes = frozenset().union(*contract.implies.values())
    return [operation for operation in contract.keyed if operation.scope in scopes]


def last(contract: Contract) -> list[Operation]:
    """A read of the last scope in the list."""
    return [read_of_each_scope(contract)[contract.scopes[-1]]]


@requirement("SCOPE-SUFFICIENT")
@over(keyed)
def test_scope_sufficient(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with only the required scope, and expect neither 401 nor 403.

    The control: a request without a key is rejected.
    """
    request = harmless(operation)
    target.must_serve(request)
    response = target.send_once(request, keys.weakest(operation.scope))

    if response.status in (401, 403):
        fail(response, expected=f"neither 401 nor 403 for {sent_credential(response, keys.contract)}")
    if not response.admits:
        raise NotJudged(f"{operation}: a key with the required scope got {response.in_short}")
    target.must_reject_without_key(request)
    keys.holding(_scope(request))  # a key with more scopes proves nothing if it is authorized


@requirement("SCOPE-SUFFICIENT")
@over(last)
def test_scope_sufficient_at_the_end(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with all scopes to a read of the last one, in case a server truncates the stored list."""
    _expect_all_scopes_authorized(operation, target, keys)


@requirement("SCOPE-SUFFICIENT")
@over(reading, sample_if_slow=1)
def test_scope_sufficient_in_company(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with all scopes to a read of each of them."""
    _expect_all_scopes_authorized(operation, target, keys)


@requirement("SCOPE-REQUIRED")
@over(keyed)
def test_scope_required(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send the strongest key without the scope, and expect 403 with the message.

    The control: a key with the required scope is authorized. A finding names each scope that opens the operation alone.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))
    key_header = key_header_on(operation, keys.contract, exploration.number, target)

    response = denied(request, keys.strongest_without(operation.scope), target, key_header)

    if response.admits and comes_from_implication(request, target, keys, key_header):
        raise NotJudged(f"{operation}: another scope implies `{operation.scope}`, see SCOPE-NOT-IMPLIED")
    if response.admits:
        leaking = _authorized_alone(request, target, keys, key_header)
        shown = target.send_once(request, keys.holding(leaking[0]), key_header) if leaking else response
        fail(shown, expected=_rejection(shown, keys), scopes=leaking)
    expect_rejected(response, keys.contract, status=403, message=INSUFFICIENT)


@requirement("SCOPE-REQUIRED")
@exhaustive
@over(keyed)
def test_scope_required_beside_any_other(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send keys with each other scope alone, in case a server authorizes a key that it rejects with more scopes.

    The control: a key with the required scope is authorized.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))
    others = [scope for scope in keys.contract.scopes if scope not in keys.contract.sufficient(_scope(request))]

    answers = {scope: target.send_once(request, keys.holding(scope)) for scope in others}

    leaking = [scope for scope, response in answers.items() if response.admits]
    if leaking:
        shown = answers[leaking[0]]
        fail(shown, expected=_rejection(shown, keys), scopes=leaking)
    for response in answers.values():
        expect_rejected(response, keys.contract, status=403, message=INSUFFICIENT)


@requirement("SCOPE-IMPLIES")
@over(implied)
def test_scope_implies(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with only `config` to each operation whose scope it implies, and expect that it is authorized.

    The controls: a key with the scope itself is authorized, and a request without a key is rejected.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))
    target.must_reject_without_key(request)

    response = target.send(request, keys.holding(Scope.CONFIG))

    if not response.admits:
        sent = f"a key with the scope `config`, which implies `{operation.scope}`,"
        fail(response, expected=f"{sent} to be authorized")


@requirement("SCOPE-NOT-IMPLIED")
@over(keyed)
def test_scope_not_implied(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send the strongest key without the scope. It holds every scope that might imply it.

    Expect a rejection. The control: a key with the required scope is authorized.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))

    key = keys.strongest_without(operation.scope)
    if not implicated(keys.contract) - keys.contract.sufficient(_scope(request)) <= key.scopes:
        raise NotJudged(f"no available key has every scope that could imply `{operation.scope}`", by_choice=True)
    key_header = key_header_on(operation, keys.contract, exploration.number, target)
    response = denied(request, key, target, key_header)

    if response.admits and comes_from_implication(request, target, keys, key_header):
        shown = target.send_once(request, _implicated(request, keys), key_header)
        fail(shown, expected=_rejection(shown, keys))
    if response.admits:
        raise NotJudged(f"{operation}: {WITHOUT_IMPLICATION}")


@requirement("SCOPE-NOT-IMPLIED")
@over(keyed, sample=6)
def test_scope_not_implied_by_itself(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send a key with only the scopes that might imply the required one, and expect a rejection.

    The control: a key with the required scope is authorized.
    """
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))

    response = target.send_once(request, _implicated(request, keys))

    if response.admits and not comes_from_implication(request, target, keys, target.key_header):
        raise NotJudged(f"{operation}: {WITHOUT_IMPLICATION}")
    if response.admits:
        fail(response, expected=_rejection(response, keys))


@requirement("SCOPE-NOT-IMPLIED")
@over(reading)
def test_scope_not_implied_by_two(target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Send keys with two scopes, in case a server combines scopes.

    Two scopes together must not open anything that neither opens alone.
    """
    judged = False
    for pair in _some(list(combinations(contract.scopes, 2)), target, exploration, "pairs"):
        others = sorted(read_of_each_scope(contract).keys() - contract.closure(pair))
        for scope in others if target.options.is_cheap else exploration.choose("beside a pair", others, size=2):
            request = harmless(read_of_each_scope(contract)[scope])
            target.must_admit(request, keys.weakest(scope))
            response = target.send_once(request, keys.holding(*pair))
            alone = (enters(request, partial(keys.holding, one), target, target.key_header) for one in pair)
            if response.admits and not any(alone):
                fail(response, expected=_rejection(response, keys))
            judged |= not response.admits
    if not judged:
        raise NotJudged("no operation rejects a key with two other scopes, see SCOPE-REQUIRED")


@requirement("SCOPE-IMPLIES")
@over(reading)
def test_scope_implies_in_company(target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Add another scope to a key with `config`, and expect that it is authorized for each implied scope.

    The controls: a key with the scope itself is authorized, and a request without a key is rejected.
    """
    holders = [holder for holder, more in contract.implies.items() if more]
    pairs = [(h, other) for h in holders for other in contract.scopes if other not in contract.closure([h])]
    # The same purpose as in KEY-IMPLIES: if only one pair is tried, both checks use the same pair and key.
    for pair in _some(pairs, target, exploration, "company"):
        for scope in sorted(contract.closure(pair) - set(pair)):
            request = harmless(read_of_each_scope(contract)[scope])
            target.must_admit(request, keys.weakest(scope))
            target.must_reject_without_key(request)
            response = target.send_once(request, keys.holding(*pair))
            if not response.admits:
                sent = f"{in_words(keys.holding(*pair), contract)}, one of which implies `{scope}`,"
                fail(response, expected=f"{sent} to be authorized")


def _some(
    pairs: list[tuple[str, str]], target: Target, exploration: Exploration, purpose: str
) -> list[tuple[str, str]]:
    """A few pairs of scopes; more if requests are cheap."""
    return exploration.choose(purpose, pairs, size=PAIRS_IF_FAST if target.options.is_cheap else PAIRS_IF_SLOW)


def _expect_all_scopes_authorized(operation: Operation, target: Target, keys: KeyRing) -> None:
    request = harmless(operation)
    target.must_admit(request, keys.weakest(operation.scope))
    target.must_reject_without_key(request)

    response = target.send_once(request, keys.all_scopes())

    if not response.admits:
        fail(response, expected=f"{sent_credential(response, keys.contract)} to be authorized")


def _rejection(response: HttpResponse, keys: KeyRing) -> str:
    """The required rejection of the key that was sent, for a finding."""
    return f"403 `{INSUFFICIENT}` in an error envelope for {sent_credential(response, keys.contract)}"


def _authorized_alone(request: HttpRequest, target: Target, keys: KeyRing, key_header: KeyHeader) -> list[str]:
    """Each insufficient scope that a server authorizes alone: the smallest evidence of a leak."""
    others = [scope for scope in keys.contract.scopes if scope not in keys.contract.sufficient(_scope(request))]
    return [scope for scope in others if enters(request, partial(keys.holding, scope), target, key_header)]


def _implicated(request: HttpRequest, keys: KeyRing) -> Key:
    return keys.implicated_without(_scope(request))


def _scope(request: HttpRequest) -> str:
    scope = request.operation.scope
    if scope is None:
        raise NotJudged(f"{request.operation}: closed to every developer key")
    return scope
