"""The catalogue of checks: every check function, once for each operation or value that its decorators name."""

import pkgutil
import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from inspect import isfunction
from types import CodeType, ModuleType

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.requirements import Requirement

from astrbot_conformance import checks
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http import TargetOptions
from astrbot_conformance.verdict.requirement import Over, beyond, marks_of

Function = Callable[..., None]
# The ids of the requirements about authorization, in the order in which they are judged: rejections on every operation,
# then owners, then unusual requests, then what keys open, and last the effects of rejected requests, which cost most.
STAGES = 3
CRITICAL = tuple(
    map(
        re.compile,
        (
            r"(AUTH|SCOPE)-REQUIRED$|SCOPE-CLOSED$",
            r"\w+-OWNER$",
            r"AUTH-(PRECEDENCE|FOREIGN)$|SCOPE-EVASION$",
            r"(AUTH|SCOPE)-(?!NO-EFFECT$)",
            r"SCOPE-",
        ),
    )
)


@dataclass(frozen=True, eq=False, slots=True)
class Check:
    """A check function with its values, and the requirement that it enforces.

    name: as findings, `-k` and reports show it, for example `test_scope_required[GET /api/v1/bots]`.
    about: the operations that it is about; empty if it is about none in particular, or the contract lacks them.
    given: its arguments that are not resources of the run, by parameter name.
    candidates: of how many operations the seed chose its operation; None if it did not.
    """

    function: Function
    requirement: Requirement
    name: str
    about: tuple[Operation, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    candidates: int | None = None

    @property
    def module(self) -> str:
        """The name of its module, without the package."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return parameters_of(self.function)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The checks that apply to a target: its contract, the operations beyond it, and the options of the run."""

    contract: Contract
    beyond: Sequence[Operation]
    target_options: TargetOptions
    selection: Selection

    def selected(self) -> list[Check]:
        """The selected checks, in the order in which they run."""
        checks = (check for function in check_functions() for check in self.checks_of(function))
        return in_turn(filter(self.is_selected, checks))

    def observed_by(self, selected: Sequence[Check]) -> list[Check]:
        """The checks beside `selected` whose responses a selected check judges: it waits for them, and is about them.

        Without them, the verdict of such a check would depend on which other checks are selected.
        """
        if self.selection.checks or not (self.selection.requirements or self.selection.names):
            return []  # exactly the named ones are asked for, or nothing about these operations is left out
        judged = {one.id for check in selected if marks_of(check.function).is_afterwards for one in check.about}
        if not judged:
            return []
        names = {check.name for check in selected}
        unnarrowed = replace(self, selection=replace(self.selection, requirements=frozenset(), names=None))
        return [
            check
            for check in unnarrowed.selected()
            if check.name not in names and not marks_of(check.function).is_afterwards and _is_about(check, judged)
        ]

    def checks_of(self, function: Function) -> Iterator[Check]:
        """A check for each operation that the function takes, or for each of its values, or a single one.

        None at all if the release does not have its requirement.
        """
        called, requirement = function.__name__, self.contract.requirements.get(marks_of(function).requirement or "")
        if requirement is None:
            return
        if (chosen := self._chosen_for(function)) is not None:
            operations, candidates = chosen
            for one in operations:
                yield Check(function, requirement, f"{called}[{one}]", (one,), {"operation": one}, candidates)
            return
        about = tuple(marks_of(function).operations_in(self.contract))
        values = marks_of(function).values
        if values is None:
            yield Check(function, requirement, called, about)
            return
        for value_id, value in values.by_id(self.contract).items():
            yield Check(function, requirement, f"{called}[{value_id}]", about, {values.parameter: value})

    def operations_passed_to(self, function: Function) -> Sequence[Operation] | None:
        """The operations that are passed to a check one by one; None if it takes no operation."""
        chosen = self._chosen_for(function)
        return None if chosen is None else chosen[0]

    def _chosen_for(self, function: Function) -> tuple[Sequence[Operation], int | None] | None:
        """The operations for a check, and of how many the seed chose them, if it did. None if the check takes none."""
        over = marks_of(function).over
        if over is None or "operation" not in parameters_of(function):
            return None
        allowed = self._allowed(over)
        chosen = sampled(allowed, self._size(over), self.selection.seed, function.__name__)
        return chosen, len(allowed) if len(chosen) < len(allowed) else None

    def _allowed(self, over: Over) -> list[Operation]:
        """The operations of a check whose effects the run may have."""
        all_operations = self.beyond if over.choice is beyond else over.choice(self.contract)
        allows = self.target_options.allows
        return [one for one in all_operations if not over.within_effects or allows(one.side_effect)]

    def _size(self, over: Over) -> int | None:
        """How many operations a check judges; None for all."""
        is_cheap = self.target_options.is_cheap or self.selection.exhaustive
        return over.sample if over.sample_if_slow is None or is_cheap else over.sample_if_slow

    def is_selected(self, check: Check) -> bool:
        """Whether the options of the run select a check, and the release has its operations."""
        selection = self.selection
        if marks_of(check.function).over and not check.about:  # the release lacks an operation of the check
            return False
        if marks_of(check.function).is_exhaustive and not selection.exhaustive and check.name not in selection.checks:
            return False
        ids = {operation.id for operation in check.about}
        return (
            (not selection.requirements or check.requirement.id in selection.requirements)
            and (not selection.checks or check.name in selection.checks)
            and (not selection.operations or bool(ids & selection.operations))
            and (selection.names is None or selection.names.matches((check.name, check.module)))
        )


def stage_of(check: Check) -> int:
    """The stage of the run to which a check belongs. A stage starts when the one before is finished.

    0: rejections on every operation. 1: other checks about authorization. 2: all others. A long run may be interrupted,
    so the most important checks come first.
    """
    urgency = _urgency(check)
    return 0 if urgency == 0 else 1 if urgency < len(CRITICAL) else 2


def in_turn(checks: Iterable[Check]) -> list[Check]:
    """The checks in the order in which they run: by stage, and at the end those that wait for all others.

    In each stage, checks that run alone follow the concurrent ones.
    """

    def rank(check: Check) -> tuple[bool, int, int, int]:
        marks = marks_of(check.function)
        return marks.is_afterwards, stage_of(check), marks.turn, _urgency(check)

    return sorted(checks, key=rank)


def _urgency(check: Check) -> int:
    """The index of the first pattern in CRITICAL that matches; their number if none matches."""
    return next((index for index, ids in enumerate(CRITICAL) if ids.match(check.requirement.id)), len(CRITICAL))


def _is_about(check: Check, ids: Collection[str]) -> bool:
    return any(operation.id in ids for operation in check.about)


def parameters_of(function: Function) -> tuple[str, ...]:
    """The names of the parameters of a function."""
    code: CodeType = function.__code__
    return code.co_varnames[: code.co_argcount]


@cache
def check_functions() -> tuple[Function, ...]:
    """Every check function of the package `checks`, by module and then in the order of their definitions."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return tuple(one for name in names for one in _functions_of(import_module(f"{checks.__name__}.{name}")))


def _functions_of(module: ModuleType) -> Iterator[Function]:
    for name, value in vars(module).items():
        if name.startswith("test_") and isfunction(value) and value.__module__ == module.__name__:
            yield value


def sampled(operations: Iterable[Operation], size: int | None, seed: int, name: str) -> list[Operation]:
    """At most `size` of `operations`, chosen by the seed evenly among the scopes, in the order of the contract."""
    everything = list(operations)
    if size is None or size >= len(everything):
        return everything
    by_scope: dict[str, list[Operation]] = {}
    for operation in everything:
        by_scope.setdefault(str(operation.scope or operation.closed_scope), []).append(operation)
    chance = random.Random(f"{seed} {name}")  # noqa: S311  a sample, not a secret
    piles = [chance.sample(pile, len(pile)) for pile in by_scope.values()]
    rounds = [pile[turn] for turn in range(size) for pile in piles if turn < len(pile)]
    chosen = {operation.id for operation in rounds[:size]}
    return [operation for operation in everything if operation.id in chosen]
