"""ROUTE-*: what is not there is said to be not there, to everybody alike."""

from dataclasses import replace

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import PUBLISHED_DOCUMENT
from astrbot_conformance.finding import NotJudged, found
from astrbot_conformance.published import METHODS, listed, nameless
from astrbot_conformance.request import asking, harmless
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.target import Target

NOT_THERE = "conform-none-1"
EVERY_METHOD = frozenset(method.upper() for method in METHODS) - {"GET"}  # a web UI may take every GET


def alone(contract: Contract) -> tuple[Operation, ...]:
    """The operations on paths that no other path with a parameter takes in."""
    return tuple(operation for operation in contract.keyed if "{" not in operation.path and operation.probe)


def short_reads(contract: Contract) -> tuple[Operation, ...]:
    """Those of them that read, and stand right below the version."""
    return tuple(o for o in alone(contract) if o.method == "GET" and o.path.count("/") == 3)


def refusing(contract: Contract) -> tuple[Operation, ...]:
    """Those of them whose path does not take every method."""
    return tuple(operation for operation in alone(contract) if EVERY_METHOD - declared_beside(operation, contract))


def declared_beside(operation: Operation, contract: Contract) -> frozenset[str]:
    """Every method that some operation takes at this path, also where a parameter takes the place of a word."""
    depth = operation.path.count("/")
    words = operation.path.split("/")

    def takes(other: Operation) -> bool:
        if any(parameter.slashes for parameter in other.parameters):
            return operation.path.startswith(other.path.partition("{")[0])
        theirs = nameless(other.path).split("/")
        return other.path.count("/") == depth and all(a in (b, "{}") for a, b in zip(theirs, words, strict=True))

    return frozenset(other.method for other in contract.operations if takes(other))


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
    published = target.send_once(asking(PUBLISHED_DOCUMENT)).json
    more = {method for method, path in listed(published) if path == operation.path}
    undeclared = sorted(EVERY_METHOD - declared_beside(operation, contract) - more)
    if not undeclared:
        raise NotJudged(f"{operation}: its path takes every method")
    answer = target.send(replace(harmless(operation), verb=undeclared[0]))
    if answer.status != 405:
        found(answer, expected="405")
