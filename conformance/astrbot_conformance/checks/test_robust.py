"""ROBUST-*: invalid or unusual input is rejected and causes no server error."""

import contextlib
from collections.abc import Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import CREATE_KEY, SEND_MESSAGE
from astrbot_conformance.contract import keyed, keyed_and_closed
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target, harmless
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.odd_input import (
    BODIES,
    COMMON_BODIES,
    IDS,
    TEXTS,
    bodied,
    counting,
    odd_body,
    odd_id,
    odd_members,
    odd_queries,
    read_by_id,
    telling,
    wrongly_typed,
)
from astrbot_conformance.inputs.variants import variants, varied
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import Hanging, NotJudged
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.shape import is_no_crash
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kind import ResourceKind
from astrbot_conformance.resources.kinds import kinds
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import afterwards, over, requirement

FEW_BODIES = 11  # odd bodies that are sent with a key if requests are expensive; without a key, all are sent


def separate_kinds(contract: Contract) -> Mapping[Operation, ResourceKind]:
    """The kinds of resources that are stored separately, so that odd input does not spread, by their creation."""
    separate = (kind for kind in kinds(contract) if kind.named and kind.speaks_json and not kind.is_configuration)
    return {kind.create: kind for kind in separate}


@requirement("ROBUST-INPUT")
@over(keyed)
def test_robust_input_of_probes(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send the harmless request of each operation with a key; most operations have to reject it."""
    request = harmless(operation)
    target.must_serve(request)
    response = target.send_once(request, keys.weakest(operation.scope))
    _expect_no_server_error(response, "the harmless request")
    target.must_admit(request, keys.weakest(operation.scope))


@requirement("ROBUST-INPUT")
@over(varied, sample=9, sample_if_slow=4, within_effects=True)
def test_robust_input(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send valid and invalid requests that Schemathesis generates from the contract.

    Unless the target is disposable, none of them can change anything.
    """
    key = _admitted_key(operation, target, keys)

    def judge(request: HttpRequest) -> None:
        _expect_no_server_error(target.send(request, key), "a request generated from the contract")

    cases = variants(operation, keys.contract, unbounded=target.options.effects == "destructive")
    exploration.try_each([], cases, judge, at_most=3)


@requirement("ROBUST-INPUT")
@over(counting, within_effects=True)
def test_robust_input_of_queries(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send odd numbers and texts as query parameters of operations that only read."""
    _judge_queries(operation, target, keys, exploration)


@requirement("ROBUST-INPUT")
@over(telling, sample_if_slow=10, within_effects=True)
def test_robust_input_of_texts(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send odd texts as query parameters of operations that have only text parameters, and each parameter twice."""
    _judge_queries(operation, target, keys, exploration)


def _judge_queries(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    key = _admitted_key(operation, target, keys)
    odd = odd_queries(operation, exploration.number, few=not exploration.is_cheap)
    for what, request in odd if exploration.is_cheap or not operation.alias_of else odd[:1]:
        _expect_no_server_error(target.send(request, key), what)


@requirement("ROBUST-INPUT")
@over(read_by_id, sample_if_slow=3)
def test_robust_input_of_ids(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Send odd ids in the path of operations that only read."""
    key = _admitted_key(operation, target, keys)
    for what in exploration.choose(operation.id, list(IDS), size=len(IDS) if exploration.is_cheap else 1):
        _expect_no_server_error(target.send(odd_id(operation, what), key), what)


@requirement("ROBUST-INPUT")
@over(bodied)
def test_robust_input_of_bodies(target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Send each odd body with a key to some operation: invalid JSON, or JSON that no operation can use."""
    for what in BODIES if exploration.is_cheap else exploration.choose("bodies", list(BODIES), size=FEW_BODIES):
        operation = exploration.choose(what, bodied(contract))[0]
        key = _admitted_key(operation, target, keys)
        _expect_no_server_error(target.send(odd_body(operation, what), key), f"the body: {what}")


@requirement("ROBUST-INPUT")
@over(bodied, sample_if_slow=2, within_effects=True)
def test_robust_input_of_common_bodies(
    operation: Operation, target: Target, keys: KeyRing, exploration: Exploration
) -> None:
    """Send the malformed bodies that clients often send by mistake to every operation."""
    key = _admitted_key(operation, target, keys)
    for what in exploration.choose(operation.id, COMMON_BODIES, size=2 if exploration.is_cheap else 1):
        _expect_no_server_error(target.send(odd_body(operation, what), key), f"the body: {what}")


@requirement("ROBUST-INPUT")
@over(bodied, sample=12, sample_if_slow=4, within_effects=True)
def test_robust_input_of_types(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send an object whose members have wrong types. A careless target may store it, so it must be disposable."""
    if not target.options.disposable:
        reason = "the target could store the request; judged only with --effects destructive"
        raise NotJudged(f"{operation}: {reason}", by_choice=True)
    key = _admitted_key(operation, target, keys)
    response = target.send(wrongly_typed(operation, keys.contract), key)
    _expect_no_server_error(response, "lists in place of texts, numbers and objects")


@requirement("ROBUST-INPUT")
@over([SEND_MESSAGE])
def test_robust_input_of_every_body(target: Target, keys: KeyRing) -> None:
    """Send every odd body without a key to one operation."""
    for what in BODIES:
        _expect_no_server_error(target.send(odd_body(SEND_MESSAGE, what)), f"the body: {what}")
    target.must_admit(harmless(SEND_MESSAGE), keys.weakest(SEND_MESSAGE.scope))


@requirement("ROBUST-INPUT")
@over([CREATE_KEY])
def test_robust_input_of_keys(dashboard: Dashboard, keys: KeyRing, exploration: Exploration) -> None:
    """Create keys with odd members on the dashboard, and remove those that are created."""
    name = f"{keys.name}odd"
    numbers, names = odd_members(CREATE_KEY, keys.contract, after=name)
    few = names if exploration.is_cheap else exploration.choose("names", names, size=3)
    for members in (*numbers, *few):
        usual: dict[str, Any] = {"name": name, "scopes": ["chat"], "expires_in_days": 1}
        with dashboard.temporary_key(usual | members) as response:
            _expect_no_server_error(response, f"an unusual {', '.join(f'`{member}`' for member in members)}")


@requirement("ROBUST-INPUT")
@over(lambda contract: tuple(separate_kinds(contract)))
def test_robust_input_of_creations(
    operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """Create resources that contain odd texts. The run removes them."""
    kind = separate_kinds(keys.contract)[operation]
    if kind.is_costly and not target.options.is_cheap:
        raise NotJudged(f"{operation}: judged only on a fast server, or with --effects destructive", by_choice=True)
    client = ResourceClient(kind, target, keys.weakest(operation.scope), cleanup)
    client.create(f"{keys.name}odd", "ordinary")
    for number, what in enumerate(exploration.choose(operation.id, list(TEXTS), size=2 if exploration.is_cheap else 1)):
        response = client.try_to_create(f"{keys.name}odd-{number}", TEXTS[what])
        _expect_no_server_error(response, f"{what} in a {kind.noun}")


@requirement("ROBUST-INPUT")
@over(keyed)
@afterwards
def test_robust_input_of_any_request(
    operation: Operation, target: Target, keys: KeyRing, observations: Observations
) -> None:
    """Report a server error on any request of the run, unless the operation also succeeded in the run.

    A server error that does not recur may be caused by concurrent requests.
    """
    observations.ensure_probed(operation, target, keys)
    observations.raise_result_unless_done(is_no_crash, operation)


def _admitted_key(operation: Operation, target: Target, keys: KeyRing) -> Key:
    """A key with the required scope. Raises NotJudged unless the operation authorizes it."""
    key = keys.weakest(operation.scope)
    target.must_admit(harmless(operation), key)
    return key


def _expect_no_server_error(response: HttpResponse, what: str) -> None:
    if response.status >= 500:
        fail(response, expected=f"no 5xx for this input: {what}")


@requirement("ROBUST-TIME")
@over(keyed_and_closed)
@afterwards
def test_robust_time(operation: Operation, target: Target, keys: KeyRing, observations: Observations) -> None:
    """Report a request of the run that got no response in two tries, while the target responded to others.

    After each try, the run sends a cheap read of another operation. If that gets no response either, the server is
    down or slow, which is not a finding.
    """
    with contextlib.suppress(Hanging):
        observations.ensure_probed(operation, target, keys)
    observations.raise_hang(operation)
