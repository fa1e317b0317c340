"""The decorators of a check say what it judges, for which operations, and when it runs."""

from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_conformance.contract import without
from astrbot_conformance.verdict.requirement import (
    Check,
    Marks,
    afterwards,
    beyond,
    by_itself,
    exhaustive,
    for_each,
    marks_of,
    over,
    requirement,
)

CONTRACT = releases.contract()
BOTS, SKILLS = CONTRACT.by_id["list_bots"], CONTRACT.by_id["list_skills"]


def check() -> Check:
    """A new check without decorators."""

    def test_nothing() -> None:
        """Judge nothing."""

    return test_nothing


def test_a_check_without_decorators_has_no_marks() -> None:
    """It runs once, next to others, for no operation."""
    marks = marks_of(check())

    assert marks == Marks()
    assert (marks.requirement, marks.over, marks.values) == (None, None, None)
    assert not any((marks.is_afterwards, marks.is_by_itself, marks.is_exhaustive))
    assert (marks.turn, tuple(marks.operations_in(CONTRACT))) == (0, ())


@pytest.mark.parametrize(
    ("decorators", "turn"),
    [((), 0), ((exhaustive,), 0), ((by_itself,), 1), ((afterwards,), 2), ((by_itself, afterwards), 2)],
)
def test_the_turn_of_a_check(decorators: Sequence[Callable[[Check], Check]], turn: int) -> None:
    """Concurrent checks run first, then those that run alone, then those that judge the responses of all others."""
    marked = check()
    for decorate in decorators:
        assert decorate(marked) is marked

    marks = marks_of(marked)
    assert marks.turn == turn
    flags = (marks.is_exhaustive, marks.is_by_itself, marks.is_afterwards)
    assert flags == tuple(one in decorators for one in (exhaustive, by_itself, afterwards))


def test_decorators_are_added_to_each_other() -> None:
    """None of them removes what another one says."""
    marks = marks_of(exhaustive(requirement("DOC-UI")(over([BOTS])(for_each("number", [1])(check())))))

    assert (marks.requirement, marks.is_exhaustive) == ("DOC-UI", True)
    assert marks.over is not None
    assert marks.values is not None


def test_a_list_of_operations_leaves_the_check_out_if_one_is_missing() -> None:
    """A contract without one of them has no such check. A function selects from any contract."""
    both = marks_of(over([BOTS, SKILLS])(check()))
    reads = marks_of(over(lambda contract: contract.keyed[:1])(check()))

    assert both.operations_in(CONTRACT) == (BOTS, SKILLS)
    for missing in (BOTS, SKILLS):
        assert tuple(both.operations_in(without(CONTRACT, {missing.id}))) == ()
    assert tuple(reads.operations_in(CONTRACT)) == CONTRACT.keyed[:1]
    assert tuple(marks_of(over(beyond)(check())).operations_in(CONTRACT)) == ()


def test_samples_and_effects_of_operations() -> None:
    """By default, every operation is judged, on slow targets too, whatever its side effect is."""
    default = marks_of(over([BOTS])(check())).over
    narrowed = marks_of(over([BOTS], sample=3, sample_if_slow=2, within_effects=True)(check())).over

    assert default is not None
    assert narrowed is not None
    assert (default.sample, default.sample_if_slow, default.within_effects) == (None, None, False)
    assert (narrowed.sample, narrowed.sample_if_slow, narrowed.within_effects) == (3, 2, True)


def test_values_are_the_same_for_every_release_or_a_function_of_its_contract() -> None:
    """Each value has an id: its text, or what `called` returns."""

    def scopes(contract: Contract) -> Sequence[object]:
        return contract.scopes

    fixed = marks_of(for_each("number", [1, 2], called=lambda number: f"n{number}")(check())).values
    by_release = marks_of(for_each("scope", scopes)(check())).values

    assert fixed is not None
    assert by_release is not None
    assert (fixed.parameter, fixed.by_id(CONTRACT)) == ("number", {"n1": 1, "n2": 2})
    assert list(by_release.by_id(CONTRACT)) == list(CONTRACT.scopes)


def test_marks_are_values() -> None:
    """Checks share them, so nothing can be changed or added."""
    marks = marks_of(over([BOTS])(for_each("number", [1])(check())))

    for part, name in ((marks, "requirement"), (marks.over, "sample"), (marks.values, "parameter")):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, None)
        assert not hasattr(part, "__dict__")
    assert marks.turn == 0
