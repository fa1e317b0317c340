"""Undeclared paths and methods, next to declared ones."""

from dataclasses import replace
from functools import cache

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.http import HttpRequest, Target, asking, harmless
from astrbot_conformance.http.published_document import METHODS, listed, nameless
from astrbot_conformance.outcome import NotJudged

EVERY_METHOD = frozenset(method.upper() for method in METHODS) - {"GET"}  # a web UI may accept every GET


def alone(contract: Contract) -> tuple[Operation, ...]:
    """The operations on paths without parameters."""
    return tuple(operation for operation in contract.keyed if "{" not in operation.path and operation.probe)


def short_reads(contract: Contract) -> tuple[Operation, ...]:
    """The operations on paths without parameters that read and have one segment after the version."""
    return tuple(o for o in alone(contract) if o.method == "GET" and o.path.count("/") == 3)


def refusing(contract: Contract) -> tuple[Operation, ...]:
    """The operations on paths without parameters that do not accept every method."""
    return tuple(operation for operation in alone(contract) if EVERY_METHOD - declared_beside(operation, contract))


def refusing_below_ids(contract: Contract) -> tuple[Operation, ...]:
    """The operations on paths with ids that do not accept every method."""
    below = (operation for operation in contract.keyed if "{" in operation.path and operation.probe)
    return tuple(operation for operation in below if EVERY_METHOD - declared_beside(operation, contract))


@cache
def declared_beside(operation: Operation, contract: Contract) -> frozenset[str]:
    """Every method of the operations that match this path, even if a parameter matches one of its words."""

    def matches(other: Operation) -> bool:
        if any(parameter.slashes for parameter in other.parameters):  # a server may serve everything below it
            return operation.path.startswith(other.path.partition("{")[0])
        return other.matches(operation.path)

    return frozenset(other.method for other in contract.operations if matches(other))


def by_undeclared_method(operation: Operation, target: Target, contract: Contract) -> HttpRequest:
    """The harmless request with a method that is not declared at its path. Without a key it can do nothing.

    Raises NotJudged if the target declares every method there.
    """
    published = target.send_once(asking(PUBLISHED_DOCUMENT)).json
    more = {method for method, path in listed(published) if path == nameless(operation.path)}
    undeclared = sorted(EVERY_METHOD - declared_beside(operation, contract) - more)
    if not undeclared:
        raise NotJudged(f"{operation}: its path accepts every method")
    return replace(harmless(operation), verb=undeclared[0])
