"""Decorators that link a check to its requirement and its operations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import Choice

Check = Callable[..., None]
_REQUIREMENT = "astrbot_requirement"
_OPERATIONS = "astrbot_operations"
_AFTERWARDS = "astrbot_afterwards"
_BY_ITSELF = "astrbot_by_itself"
_EXHAUSTIVE = "astrbot_exhaustive"
_VALUES = "astrbot_values"


def requirement(requirement_id: str) -> Callable[[Check], Check]:
    """Mark a check as enforcing that requirement, in the releases whose contract has it."""

    def mark(check: Check) -> Check:
        setattr(check, _REQUIREMENT, requirement_id)
        return check

    return mark


@dataclass(frozen=True, slots=True)
class Over:
    """The operations that a check runs over, as given to `over`."""

    choice: Choice
    sample: int | None
    sample_if_slow: int | None
    within_effects: bool


def over(
    operations: Choice | Sequence[Operation],
    *,
    sample: int | None = None,
    sample_if_slow: int | None = None,
    within_effects: bool = False,
) -> Callable[[Check], Check]:
    """Run a check on each of `operations`, or on a `sample` of them that the seed chooses.

    sample_if_slow: the size of the sample on a slow target, unless the run is exhaustive.

    `operations` is a selection from the contract of the run, `beyond`, or a list of operations. A list leaves the
    check out if the contract lacks any of them. `within_effects` leaves out operations whose side effect is not
    allowed for the run.
    """
    choice = operations if callable(operations) else _these(operations)

    def mark(check: Check) -> Check:
        setattr(check, _OPERATIONS, Over(choice, sample, sample_if_slow, within_effects))
        return check

    return mark


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a check runs with, as given to `for_each`: its parameter, and each value by its id."""

    parameter: str
    by_id: Callable[[Contract], Mapping[str, object]]


def for_each(
    parameter: str,
    values: Iterable[object] | Callable[[Contract], Iterable[object]],
    *,
    called: Callable[[Any], str] = str,
) -> Callable[[Check], Check]:
    """Run a check once with each of `values` as its `parameter`. `called` returns the id of a value.

    values: the same for every release, or a function of the contract of the run.
    """

    def by_id(contract: Contract) -> Mapping[str, object]:
        return {called(value): value for value in (values(contract) if callable(values) else values)}

    def mark(check: Check) -> Check:
        setattr(check, _VALUES, Values(parameter, by_id))
        return check

    return mark


def beyond(_: Contract) -> Sequence[Operation]:
    """The operations that the target publishes and no contract has. Only the run can determine them."""
    return ()


def afterwards(check: Check) -> Check:
    """Run a check after all others, because it judges their responses."""
    setattr(check, _AFTERWARDS, True)
    return check


def is_afterwards(check: Check) -> bool:
    """Whether a check runs after all others."""
    return getattr(check, _AFTERWARDS, False)


def by_itself(check: Check) -> Check:
    """Run a check alone, after the concurrent checks, because it changes a state that they share."""
    setattr(check, _BY_ITSELF, True)
    return check


def turn_of(check: Check) -> int:
    """0 for checks that run concurrently, 1 for checks that run alone, 2 for checks that run after all others."""
    return 2 if is_afterwards(check) else int(getattr(check, _BY_ITSELF, False))


def exhaustive(check: Check) -> Check:
    """Run a check only in an exhaustive run. Other checks show the same with fewer requests."""
    setattr(check, _EXHAUSTIVE, True)
    return check


def is_exhaustive(check: Check) -> bool:
    """Whether a check runs only in an exhaustive run."""
    return getattr(check, _EXHAUSTIVE, False)


def enforced_by(check: Check) -> str | None:
    """The id of the requirement that a check enforces."""
    return getattr(check, _REQUIREMENT, None)


def over_what(check: Check) -> Over | None:
    """The operations that a check runs over, or None if it concerns no operation in particular."""
    return getattr(check, _OPERATIONS, None)


def values_of(check: Check) -> Values | None:
    """The values that a check runs with, or None if it runs once."""
    return getattr(check, _VALUES, None)


def operations_of(check: Check, contract: Contract) -> Sequence[Operation]:
    """The operations of a contract that a check concerns."""
    marked = over_what(check)
    return marked.choice(contract) if marked else ()


def _these(operations: Sequence[Operation]) -> Choice:
    named = tuple(operations)
    return lambda contract: named if all(operation.id in contract.by_id for operation in named) else ()
