"""Cases are tried until one is a finding; then a smaller one is searched within a limit."""

from pathlib import Path

import pytest
from astrbot_conformance.inputs import exploration
from astrbot_conformance.inputs.exploration import Exploration, keep_caches_elsewhere
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import Finding, FindingRaised
from hypothesis import strategies as st

NUMBERS = st.integers(0, 10**9)


def cases(examples: int, seed: int = 1, at_most: int | None = None) -> list[int]:
    """The generated cases that are judged."""
    judged = list[int]()
    Exploration(seed, examples).try_each(rows=[], cases=NUMBERS, judge=judged.append, at_most=at_most)
    return judged


def found(case: object) -> FindingRaised:
    """The finding of a case."""
    return FindingRaised(Finding("GET /api/v1/made", "no finding", str(case), "", ""))


class Judge:
    """Finds every case from a limit on, and stores what it judged."""

    def __init__(self, limit: int, *, skipped: int = -1) -> None:
        self.judged: list[int] = []
        self._limit, self._skipped = limit, skipped

    def __call__(self, case: int) -> None:
        """Judge a case. A case below the number that is skipped cannot be judged after a finding."""
        self.judged.append(case)
        if case >= self._limit:
            raise found(case)
        if case < self._skipped and max(self.judged) >= self._limit:
            raise NotJudged("not now")


def test_rows_come_before_generated_cases() -> None:
    """In their order. A case is judged once, even if it is repeated."""
    judged = list[int]()
    Exploration(1, 10).try_each([-2, -1, -2], NUMBERS, judged.append)

    assert judged[:2] == [-2, -1]
    assert len(judged) == len(set(judged)) > 8


def test_the_seed_chooses_the_cases() -> None:
    """The same ones for the same seed."""
    assert cases(10) == cases(10) != cases(10, seed=2)
    assert all(len(cases(10, seed)) <= 10 for seed in (1, 2))


def test_without_examples_only_the_rows_are_judged() -> None:
    """An expensive search can be left out."""
    assert cases(0) == cases(10, at_most=0) == []


def test_a_single_case_is_not_the_simplest_one() -> None:
    """The first generated case is the simplest for every seed, so the sixth one is used."""
    six = cases(6)

    assert len(six) == 6
    assert six[0] == 0
    assert cases(1) == cases(10, at_most=1) == six[-1:]
    assert cases(2)[0] == 0
    assert len(cases(2)) == 2


def test_the_smallest_finding_is_raised() -> None:
    """It is reached without a second report of the same case."""
    judge = Judge(1000)
    with pytest.raises(FindingRaised) as raised:
        Exploration(1, 10).try_each([], NUMBERS, judge)

    assert raised.value.finding.actual == "1000"
    assert len(judge.judged) == len(set(judge.judged))
    assert not getattr(raised.value, "__notes__", [])


def test_one_finding_is_raised_even_if_there_are_several() -> None:
    """They come from different places of a check. The report has one for each check."""

    def judge(case: int) -> None:
        if case % 2:
            raise found("odd")
        if case > 1000:
            raise found("even")

    with pytest.raises(FindingRaised):
        Exploration(1, 40).try_each([], NUMBERS, judge)


def test_the_search_for_a_smaller_finding_ends() -> None:
    """After eighty cases, because each case costs requests."""
    judged = list[list[int]]()

    def judge(case: list[int]) -> None:
        judged.append(case)
        if sum(case) > 10**9:
            raise found(case)

    with pytest.raises(FindingRaised):
        Exploration(1, 10).try_each([], st.lists(NUMBERS, min_size=8), judge)

    assert len(judged) == 80


def test_a_row_with_a_finding_is_raised_at_once() -> None:
    """A row is already small."""
    judge = Judge(0)
    with pytest.raises(FindingRaised) as raised:
        Exploration(1, 10).try_each([7, 8], NUMBERS, judge)

    assert (raised.value.finding.actual, judge.judged) == ("7", [7])


def test_a_case_that_cannot_be_judged_ends_the_check_only_before_a_finding() -> None:
    """Afterwards the finding counts, and the search continues with other cases."""

    def judge(_: int) -> None:
        raise NotJudged("no response")

    with pytest.raises(NotJudged):
        Exploration(1, 10).try_each([1], NUMBERS, judge)
    with pytest.raises(FindingRaised) as raised:
        Exploration(1, 10).try_each([], NUMBERS, Judge(1000, skipped=500))
    assert raised.value.finding.actual == "1000"


def test_few_examples_are_expensive() -> None:
    """Up to five. Chats are generated unless they are left out."""
    assert [Exploration(1, examples).is_cheap for examples in (4, 5, 6)] == [False, False, True]
    assert (Exploration(1, 5).chats(3), Exploration(number=1, examples=5, talks=False).chats(3)) == (3, 0)


def test_a_choice_depends_on_the_seed_and_on_the_purpose() -> None:
    """One candidate unless more are asked for, and never more than there are."""
    many = range(1000)
    chosen = [Exploration(seed, 5).choose(purpose, many) for seed in (1, 2) for purpose in ("a", "b")]

    assert all(len(one) == 1 for one in chosen)
    assert len({one[0] for one in chosen}) == 4
    assert chosen[0] == Exploration(1, 5).choose("a", many)
    assert sorted(Exploration(1, 5).choose("a", [1, 2, 3], 9)) == [1, 2, 3]
    assert len(Exploration(1, 5).choose("a", many, 7)) == 7


@pytest.mark.parametrize("chosen", [None, "", "/elsewhere"])
def test_caches_are_kept_in_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    """Unless the environment names another folder."""
    folders = list[Path]()
    monkeypatch.setattr(exploration, "set_hypothesis_home_dir", folders.append)
    monkeypatch.delenv("HYPOTHESIS_STORAGE_DIRECTORY", raising=False)
    if chosen is not None:
        monkeypatch.setenv("HYPOTHESIS_STORAGE_DIRECTORY", chosen)

    keep_caches_elsewhere()

    assert [folder.name for folder in folders] == ([] if chosen else ["hypothesis"])
    assert all(len(folder.parts) > 1 for folder in folders)
