"""How a check says which requirement it enforces, and on which operations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from astrbot_api.operations import Operation
from astrbot_api.requirements import REQUIREMENTS, Requirement

Check = Callable[..., None]
_REQUIREMENT = "astrbot_requirement"
_OPERATIONS = "astrbot_operations"
_AFTERWARDS = "astrbot_afterwards"
_EXHAUSTIVE = "astrbot_exhaustive"


def requirement(requirement_id: str) -> Callable[[Check], Check]:
    """Mark a check as enforcing that requirement. KeyError when the contract has no such requirement."""
    enforced = REQUIREMENTS[requirement_id]

    def mark(check: Check) -> Check:
        setattr(check, _REQUIREMENT, enforced)
        return check

    return mark


@dataclass(frozen=True, slots=True)
class Over:
    """The operations that a check runs over: all, or a `sample`; `within_effects` those that the run may affect."""

    operations: tuple[Operation, ...]
    sample: int | None
    within_effects: bool


def over(
    operations: Sequence[Operation], *, sample: int | None = None, within_effects: bool = False
) -> Callable[[Check], Check]:
    """Run a check on each of `operations`, or on a `sample` of them that the seed chooses.

    `within_effects` leaves out those whose side effect is beyond what the run may do.
    """

    def mark(check: Check) -> Check:
        setattr(check, _OPERATIONS, Over(tuple(operations), sample, within_effects))
        return check

    return mark


def afterwards(check: Check) -> Check:
    """Run a check when all others are done: it says what their answers showed."""
    setattr(check, _AFTERWARDS, True)
    return check


def is_afterwards(check: Check) -> bool:
    """Whether a check waits for the others."""
    return getattr(check, _AFTERWARDS, False)


def exhaustive(check: Check) -> Check:
    """Run a check only where everything is to be asked: others show as much with fewer requests."""
    setattr(check, _EXHAUSTIVE, True)
    return check


def is_exhaustive(check: Check) -> bool:
    """Whether a check is left out unless everything is to be asked."""
    return getattr(check, _EXHAUSTIVE, False)


def enforced_by(check: Check) -> Requirement | None:
    """The requirement that a check enforces."""
    found: Any = getattr(check, _REQUIREMENT, None)
    return found if isinstance(found, Requirement) else None


def operations_of(check: Check) -> Over | None:
    """The operations that a check runs over; None where it is about none in particular."""
    return getattr(check, _OPERATIONS, None)
