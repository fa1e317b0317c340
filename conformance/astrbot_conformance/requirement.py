"""How a check says which requirement it enforces, and on which operations."""

from collections.abc import Callable, Sequence
from typing import Any

from astrbot_api.operations import Operation
from astrbot_api.requirements import REQUIREMENTS, Requirement

Check = Callable[..., None]
_REQUIREMENT = "astrbot_requirement"
_OPERATIONS = "astrbot_operations"


def requirement(requirement_id: str) -> Callable[[Check], Check]:
    """Mark a check as enforcing that requirement. KeyError when the contract has no such requirement."""
    enforced = REQUIREMENTS[requirement_id]

    def mark(check: Check) -> Check:
        setattr(check, _REQUIREMENT, enforced)
        return check

    return mark


def over(operations: Sequence[Operation], *, sample: int | None = None) -> Callable[[Check], Check]:
    """Run a check on each of `operations`, or on a `sample` of them that the seed chooses."""

    def mark(check: Check) -> Check:
        setattr(check, _OPERATIONS, (tuple(operations), sample))
        return check

    return mark


def enforced_by(check: Check) -> Requirement | None:
    """The requirement that a check enforces."""
    found: Any = getattr(check, _REQUIREMENT, None)
    return found if isinstance(found, Requirement) else None


def operations_of(check: Check) -> tuple[tuple[Operation, ...], int | None] | None:
    """The operations a check runs over and how many of them are sampled; None where it chooses its own."""
    return getattr(check, _OPERATIONS, None)
