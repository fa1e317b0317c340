"""Decorators that link a check to its requirement and its operations."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.check_marks import MARKS
from astrbot_conformance.contract import Choice

Check = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Over:
    """The operations that a check runs over, as given to `over`."""

    choice: Choice
    sample: int | None
    sample_if_slow: int | None
    within_effects: bool


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a check runs with, as given to `for_each`: its parameter, and each value by its id."""

    parameter: str
    by_id: Callable[[Contract], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the decorators of a check say.

    requirement: the id of the requirement that it enforces. over: the operations that it runs over; None if it concerns
    no operation in particular. values: the values that it runs with; None if it runs once. is_afterwards: whether it
    runs after all others. is_by_itself: whether it runs alone. is_exhaustive: whether only an exhaustive run has it.
    """

    requirement: str | None = None
    over: Over | None = None
    values: Values | None = None
    is_afterwards: bool = False
    is_by_itself: bool = False
    is_exhaustive: bool = False

    @property
    def turn(self) -> int:
        """0 for checks that run concurrently, 1 for checks that run alone, 2 for checks that run after all others."""
        return 2 if self.is_afterwards else int(self.is_by_itself)

    def operations_in(self, contract: Contract) -> Sequence[Operation]:
        """The operations of a contract that the check concerns."""
        return self.over.choice(contract) if self.over else ()


def marks_of(check: Check) -> Marks:
    """What the decorators of a check say."""
    marks: Marks = getattr(check, MARKS, Marks())
    return marks


def _marking(**marks: Any) -> Callable[[Check], Check]:
    """A decorator that adds these marks to a check."""

    def mark(check: Check) -> Check:
        setattr(check, MARKS, replace(marks_of(check), **marks))
        return check

    return mark


def requirement(requirement_id: str) -> Callable[[Check], Check]:
    """Mark a check as enforcing that requirement, in the releases whose contract has it."""
    return _marking(requirement=requirement_id)


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
    return _marking(over=Over(choice, sample, sample_if_slow, within_effects))


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

    return _marking(values=Values(parameter, by_id))


def beyond(_: Contract) -> Sequence[Operation]:
    """The operations that the target publishes and no contract has. Only the run can determine them."""
    return ()


def afterwards(check: Check) -> Check:
    """Run a check after all others, because it judges their responses."""
    return _marking(is_afterwards=True)(check)


def by_itself(check: Check) -> Check:
    """Run a check alone, after the concurrent checks, because it changes a state that they share."""
    return _marking(is_by_itself=True)(check)


def exhaustive(check: Check) -> Check:
    """Run a check only in an exhaustive run. Other checks show the same with fewer requests."""
    return _marking(is_exhaustive=True)(check)


def _these(operations: Sequence[Operation]) -> Choice:
    named = tuple(operations)
    return lambda contract: named if all(operation.id in contract.by_id for operation in named) else ()
