"""ROUTE-*: an unknown path or method is reported as unknown, with every key and without one."""

from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import UNKNOWN_ID, Target, harmless
from astrbot_conformance.inputs.routes import by_undeclared_method, refusing, refusing_below_ids, short_reads
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("ROUTE-UNKNOWN")
@over(short_reads, sample=6)
def test_route_unknown(operation: Operation, target: Target) -> None:
    """Request a path beside an existing one without a key, and expect 404."""
    target.must_serve(harmless(operation))
    response = target.send(replace(harmless(operation), path=f"{operation.path}-{UNKNOWN_ID}"))
    if response.status != 404:
        fail(response, expected="404 for an unknown path")


@requirement("ROUTE-UNKNOWN")
@over(refusing, sample=9)
def test_route_unknown_of_methods(operation: Operation, target: Target, contract: Contract) -> None:
    """Send an undeclared method to a path without ids, without a key: expect 405."""
    _expect_405(operation, target, contract)


@requirement("ROUTE-UNKNOWN")
@over(refusing_below_ids, sample=6)
def test_route_unknown_of_methods_below_ids(operation: Operation, target: Target, contract: Contract) -> None:
    """Send an undeclared method to a path with a nonexistent id, without a key: expect 405."""
    _expect_405(operation, target, contract)


def _expect_405(operation: Operation, target: Target, contract: Contract) -> None:
    target.must_serve(harmless(operation))
    response = target.send(by_undeclared_method(operation, target, contract))
    if response.status != 405:
        fail(response, expected=f"405 for {response.request.method}, which the path does not declare")
