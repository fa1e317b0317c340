"""Bodies that the contract rejects: a valid body in which one member has a wrong type or is missing."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

Members = dict[str, Any]
WRONG: tuple[Any, ...] = ({"conform": 1}, ["conform"], 7.5, "conform")


def invalid_bodies(
    contract: Contract, operation: Operation, valid: Members, naming: Collection[str]
) -> Iterator[tuple[str, Members]]:
    """Each body with what is wrong in it. `naming`: the members that name the resource, which stay as they are.

    Empty if the operation takes no JSON object.
    """
    if operation.body is None or operation.body.pointer is None or "application/json" not in operation.body.media_types:
        return
    validator = contract.validator_at(operation.body.pointer)
    for name in sorted(_properties(contract, contract.resolve(operation.body.pointer)) - set(naming)):
        wrong = (valid | {name: value} for value in WRONG)
        body = next((body for body in wrong if not validator.is_valid(body)), None)
        if body is not None:
            yield f"a body with a wrong type of `{name}`", body
        less = {other: value for other, value in valid.items() if other != name}
        if not validator.is_valid(less):
            yield f"a body without `{name}`", less


def _properties(contract: Contract, schema: Mapping[str, Any]) -> set[str]:
    """The names of the members that a schema describes, also through references and `allOf`."""
    names = set(schema.get("properties", ()))
    if "$ref" in schema:
        names |= _properties(contract, contract.resolve(schema["$ref"]))
    return names.union(*(_properties(contract, one) for one in schema.get("allOf", ())))
