"""ROUTE-*: what is not there is said to be not there, to everybody alike."""

from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.finding import found
from astrbot_conformance.request import harmless
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.routes import by_undeclared_method, refusing, short_reads
from astrbot_conformance.target import Target

NOT_THERE = "conform-none-1"


@requirement("ROUTE-UNKNOWN")
@over(short_reads, sample=6)
def test_route_unknown(operation: Operation, target: Target) -> None:
    """An unknown path is answered 404 and an undeclared method 405, before any key is looked at.

    This one: a path beside one that is there.
    """
    target.must_serve(harmless(operation))
    answer = target.send(replace(harmless(operation), path=f"{operation.path}-{NOT_THERE}"))
    if answer.status != 404:
        found(answer, expected="404")


@requirement("ROUTE-UNKNOWN")
@over(refusing, sample=9)
def test_route_unknown_of_methods(operation: Operation, target: Target, contract: Contract) -> None:
    """An unknown path is answered 404 and an undeclared method 405, before any key is looked at.

    This one: methods that the path does not take. Without a key they are harmless whatever the target makes of them.
    """
    target.must_serve(harmless(operation))
    answer = target.send(by_undeclared_method(operation, target, contract))
    if answer.status != 405:
        found(answer, expected="405")
