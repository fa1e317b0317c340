"""ROBUST-*: odd input is turned down, it breaks nothing."""

from astrbot_api.operations import KEYED, Operation

from astrbot_conformance.exploration import Exploration
from astrbot_conformance.finding import found
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import Request, harmless
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target
from astrbot_conformance.variants import VARIED, variants


@requirement("ROBUST-INPUT")
@over(KEYED)
def test_robust_input_of_probes(operation: Operation, target: Target, keys: KeyRing) -> None:
    """No input, however odd, gets a 5xx.

    This one: the harmless request of each operation, which most of them have to refuse.
    """
    request = harmless(operation)
    target.must_serve(request)
    answer = target.send_once(request, keys.weakest(operation.scope))
    if answer.status >= 500:
        found(answer, expected="no 5xx")


@requirement("ROBUST-INPUT")
@over(VARIED, sample=12, within_effects=True)
def test_robust_input(operation: Operation, target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """No input, however odd, gets a 5xx.

    This one: what Schemathesis makes of the contract.
    """
    key = keys.weakest(operation.scope)
    target.must_admit(harmless(operation), key)

    def judge(request: Request) -> None:
        answer = target.send(request, key)
        if answer.status >= 500:
            found(answer, expected="no 5xx")

    cases = variants(operation, unbounded=target.reach.effects == "destructive")
    exploration.try_each([], cases, judge, at_most=4)
