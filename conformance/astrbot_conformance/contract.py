"""Selections of operations from the contract of the run.

The release of the target is known only after the first contact, so a selection is a function of a contract.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.requirements import Requirement

Choice = Callable[[Contract], Sequence[Operation]]


@dataclass(frozen=True, eq=False)
class EarlierContract(Contract):
    """The contract of an earlier release than the target's, because the target is newer than every known release.

    open_area: the path of the JSON object in responses whose members may differ in the newer release.
    """

    open_area: tuple[str, ...] = ()


def for_a_newer_target(contract: Contract, open_area: tuple[str, ...]) -> EarlierContract:
    """The same contract, for a target of a newer release."""
    return EarlierContract(
        **{field.name: getattr(contract, field.name) for field in fields(Contract)}, open_area=open_area
    )


def without(contract: Contract, absent: Collection[str]) -> Contract:
    """The contract without the operations with these ids."""
    kept = tuple(operation for operation in contract.operations if operation.id not in absent)
    return replace(contract, operations=kept) if absent else contract


def absent_from(contract: Contract) -> Sequence[Operation]:
    """The operations of the release that the contract of the run does not have, because the target lacks them."""
    return [one for one in releases.contract(contract.release).operations if one.id not in contract.by_id]


@dataclass(frozen=True, slots=True)
class PortableContract:
    """What another process needs to build the contract of the run. A contract itself cannot be pickled."""

    release: str
    absent: tuple[str, ...]
    open_area: tuple[str, ...] | None

    @classmethod
    def of(cls, contract: Contract) -> "PortableContract":
        """The description of a contract."""
        absent = tuple(operation.id for operation in absent_from(contract))
        return cls(contract.release, absent, contract.open_area if isinstance(contract, EarlierContract) else None)

    def contract(self) -> Contract:
        """The contract."""
        whole = releases.contract(self.release)
        return without(whole if self.open_area is None else for_a_newer_target(whole, self.open_area), self.absent)


def of_a_newer_target(contract: Contract) -> Sequence[Operation]:
    """The operations for developer keys, if the target is newer than every known release; otherwise none."""
    return contract.keyed if isinstance(contract, EarlierContract) else ()


def along(operation_ids: str) -> Choice:
    """Select operations by id. The selection is empty unless developer keys open every one of them."""
    ids = operation_ids.split()

    def chosen(contract: Contract) -> Sequence[Operation]:
        operations = [contract.by_id[id] for id in ids if id in contract.by_id and contract.by_id[id].scope]
        return operations if len(operations) == len(ids) else ()

    return chosen


def keyed(contract: Contract) -> Sequence[Operation]:
    """The operations that a developer key with the required scope opens."""
    return contract.keyed


def closed(contract: Contract) -> Sequence[Operation]:
    """The operations that no developer key opens."""
    return contract.closed


def keyed_and_closed(contract: Contract) -> Sequence[Operation]:
    """The operations that require any kind of credential."""
    return (*contract.keyed, *contract.closed)


def writing(contract: Contract) -> Sequence[Operation]:
    """The operations with which a developer key creates, changes or removes something."""
    return [operation for operation in contract.keyed if operation.side_effect in ("write", "destructive")]


def destructive(contract: Contract) -> Sequence[Operation]:
    """The operations with which a developer key destroys something."""
    return [operation for operation in contract.keyed if operation.side_effect == "destructive"]


def reading(contract: Contract) -> Sequence[Operation]:
    """One read-only operation for each scope."""
    return tuple(read_of_each_scope(contract).values())


def needing(sub_scope: str) -> Choice:
    """Select the operations that require a sub-scope for certain inputs."""
    return lambda contract: [operation for operation in contract.operations if sub_scope in operation.sub_scopes]


def sockets(contract: Contract) -> Sequence[Operation]:
    """The operations that are WebSockets."""
    return contract.websockets


def sockets_needing(sub_scope: str) -> Choice:
    """Select the WebSockets that require a sub-scope for certain messages."""
    return lambda contract: [operation for operation in contract.websockets if sub_scope in operation.sub_scopes]


@cache
def read_of_each_scope(contract: Contract) -> Mapping[str, Operation]:
    """One read-only operation by scope. Operations without parameters come first, as real servers are fast at them."""
    reads = sorted(_reads(contract), key=_needs_parameters)
    by_scope = {scope: [operation for operation in reads if operation.scope == scope] for scope in contract.scopes}
    return {scope: operations[0] for scope, operations in by_scope.items() if operations}


@cache
def plain_reads(contract: Contract) -> Mapping[str, Sequence[Operation]]:
    """The read-only operations without required parameters, by scope."""
    plain = [operation for operation in _reads(contract) if not _needs_parameters(operation)]
    return {scope: tuple(o for o in plain if o.scope == scope) for scope in contract.scopes}


@cache
def of_each_tag(contract: Contract) -> Mapping[str, Sequence[Operation]]:
    """The operations that a developer key opens, by tag. Reads of a collection come first, then other reads."""

    def rank(operation: Operation) -> tuple[bool, bool, bool]:
        return (
            operation.method != "GET" or operation.side_effect != "read",
            "{" in operation.path,
            _needs_parameters(operation),
        )

    by_tag: dict[str, list[Operation]] = {}
    for operation in sorted(contract.keyed, key=rank):
        by_tag.setdefault(operation.tag, []).append(operation)
    return by_tag


@cache
def closed_reads(contract: Contract) -> Sequence[Operation]:
    """The closed operations that only read, have no path parameter, and return a response that ends."""
    reads = (o for o in contract.closed if (o.method, o.side_effect) == ("GET", "read") and "{" not in o.path)
    return [operation for operation in reads if not operation.path.endswith("/live")]


@cache
def read_of_each_area(contract: Contract) -> Sequence[Operation]:
    """One closed operation that only reads for each closed area."""
    last_first = sorted(closed_reads(contract), key=_needs_parameters)[::-1]
    return list({operation.closed_scope: operation for operation in last_first}.values())


def _reads(contract: Contract) -> Sequence[Operation]:
    return [o for o in contract.keyed if (o.method, o.side_effect) == ("GET", "read")]


def _needs_parameters(operation: Operation) -> bool:
    return any(parameter.required for parameter in operation.parameters)


@cache
def operations_of_all_releases() -> Mapping[str, Operation]:
    """Every operation of any release by id, as the newest of these releases defines it."""
    contracts = map(releases.contract, releases.RELEASES)
    return {operation.id: operation for contract in contracts for operation in contract.operations}


@cache
def requirements_of_all_releases() -> Mapping[str, Requirement]:
    """Every requirement of any release by id, in the wording of the newest of these releases."""
    contracts = map(releases.contract, releases.RELEASES)
    return {name: requirement for contract in contracts for name, requirement in contract.requirements.items()}


def grantable(contract: Contract) -> tuple[str, ...]:
    """Every scope that a key can hold. Scopes that need another scope come last."""
    return (*contract.scopes, *contract.sub_scopes)


@cache
def implicated(contract: Contract) -> frozenset[str]:
    """The scopes that take part in any implication."""
    return frozenset(scope for holder, more in contract.implies.items() if more for scope in (holder, *more))
