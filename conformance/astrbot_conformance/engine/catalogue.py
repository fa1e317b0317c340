"""The checks as pytest collects them: once for each operation, or for each value that their marks name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any

import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.verdict.requirement import operations_of

Function = Callable[..., None]


class CollectedCheck(pytest.Item):
    """A check function, with the values it is `given` beside the resources of the run, by parameter name.

    about: the operations that it is about; empty if it is about none in particular, or the contract lacks them.
    """

    def __init__(
        self, function: Function, given: Mapping[str, object], about: Sequence[Operation], **node: Any
    ) -> None:
        """Collect the check at a `node` of pytest."""
        super().__init__(**node)
        self.function, self.given, self.about = function, given, about

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The names of its parameters."""
        code: CodeType = self.function.__code__
        return code.co_varnames[: code.co_argcount]

    def runtest(self) -> None:
        """Never called by pytest: the run itself calls a check, with the resources that it requires."""
        raise NotImplementedError


def collected(
    module: pytest.Collector, function: Function, contract: Contract, operations: Sequence[Operation] | None
) -> list[CollectedCheck]:
    """A check once for each of `operations` if it runs over operations, else for each value of its `parametrize` mark.

    pytest itself would search the fixtures of each check, which takes several times as long.
    """

    def check(called: str, given: Mapping[str, object], about: Sequence[Operation]) -> CollectedCheck:
        name = f"{function.__name__}[{called}]" if called else function.__name__
        node: CollectedCheck = CollectedCheck.from_parent(
            module, name=name, function=function, given=given, about=about
        )
        return node

    if operations is not None:
        return [check(str(operation), {"operation": operation}, (operation,)) for operation in operations]
    about = operations_of(function, contract)
    return [check(called, given, about) for called, given in _parametrized(function)]


def _parametrized(function: Function) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The values that a `parametrize` mark gives a function, each with its id; one empty value if there is no mark."""
    marks: list[pytest.Mark] = getattr(function, "pytestmark", [])
    if not marks:
        yield "", {}
    for mark in marks:
        name, values = mark.args
        for value, called in zip(values, mark.kwargs.get("ids", values), strict=True):
            yield str(called), {name: value}
