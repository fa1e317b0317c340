"""How a check says which requirement it enforces, and on which operations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import Choice

Check = Callable[..., None]
_REQUIREMENT = "astrbot_requirement"
_OPERATIONS = "astrbot_operations"
_AFTERWARDS = "astrbot_afterwards"
_BY_ITSELF = "astrbot_by_itself"
_EXHAUSTIVE = "astrbot_exhaustive"


def requirement(requirement_id: str) -> Callable[[Check], Check]:
    """Mark a check as enforcing that requirement, in the releases whose contract has it."""

    def mark(check: Check) -> Check:
        setattr(check, _REQUIREMENT, requirement_id)
        return check

    return mark


@dataclass(frozen=True, slots=True)
class Over:
    """The operations that a check runs over, as `over` was told."""

    choice: Choice
    sample: int | None
    abroad: int | None
    within_effects: bool


def over(
    operations: Choice | Sequence[Operation],
    *,
    sample: int | None = None,
    abroad: int | None = None,
    within_effects: bool = False,
) -> Callable[[Check], Check]:
    """Run a check on each of `operations`, or on a `sample` of them that the seed chooses.

    abroad: the size of the sample on a target that each request costs much, unless it is to be asked everything.

    They are a selection from the contract of the run, `beyond` it, or named one by one: then the check is left out
    where that contract lacks any of them. `within_effects` leaves out those whose side effect is more than the run may
    have.
    """
    choice = operations if callable(operations) else _these(operations)

    def mark(check: Check) -> Check:
        setattr(check, _OPERATIONS, Over(choice, sample, abroad, within_effects))
        return check

    return mark


def beyond(_: Contract) -> Sequence[Operation]:
    """The operations that the target publishes and no contract knows: only the run can tell which they are."""
    return ()


def afterwards(check: Check) -> Check:
    """Run a check when all others are done: it says what their answers showed."""
    setattr(check, _AFTERWARDS, True)
    return check


def is_afterwards(check: Check) -> bool:
    """Whether a check waits for the others."""
    return getattr(check, _AFTERWARDS, False)


def by_itself(check: Check) -> Check:
    """Run a check when nobody else is at work, after those that run ahead: it changes what all of them share."""
    setattr(check, _BY_ITSELF, True)
    return check


def turn_of(check: Check) -> int:
    """0 for checks that run ahead, side by side; 1 for those that run by themselves; 2 for those that wait for all."""
    return 2 if is_afterwards(check) else int(getattr(check, _BY_ITSELF, False))


def exhaustive(check: Check) -> Check:
    """Run a check only where everything is to be asked: others show as much with fewer requests."""
    setattr(check, _EXHAUSTIVE, True)
    return check


def is_exhaustive(check: Check) -> bool:
    """Whether a check is left out unless everything is to be asked."""
    return getattr(check, _EXHAUSTIVE, False)


def enforced_by(check: Check) -> str | None:
    """The id of the requirement that a check enforces."""
    return getattr(check, _REQUIREMENT, None)


def over_what(check: Check) -> Over | None:
    """What a check runs over; None where it is about no operation in particular."""
    return getattr(check, _OPERATIONS, None)


def operations_of(check: Check, contract: Contract) -> Sequence[Operation]:
    """The operations of a contract that a check is about."""
    marked = over_what(check)
    return marked.choice(contract) if marked else ()


def _these(operations: Sequence[Operation]) -> Choice:
    named = tuple(operations)
    return lambda contract: named if all(operation.id in contract.by_id for operation in named) else ()
