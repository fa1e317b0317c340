"""The mark of a run: nobody types a valid one by accident."""

import itertools

import pytest
from astrbot_conformance.run_mark import has_old_mark, is_mark, names_of, names_of_all_but, new_mark, run_of

from tests.conformance.run_names import RUN, SIMILAR


def test_marks_are_new_each_time() -> None:
    """20 hexadecimal digits, of which the last eight are check digits."""
    marks = {new_mark() for _ in range(200)}

    assert len(marks) == 200
    assert all(is_mark(mark) and len(mark) == 20 for mark in marks)


def test_every_mistyped_digit_is_noticed() -> None:
    """Each digit replaced by each other one, each pair of neighbours swapped, each digit dropped or doubled."""
    changed = {
        RUN[:place] + digit + RUN[place + 1 :]
        for place, digit in itertools.product(range(len(RUN)), "0123456789abcdef")
    }
    for place in range(len(RUN)):
        changed |= {RUN[:place] + RUN[place : place + 2][::-1] + RUN[place + 2 :]}
        changed |= {RUN[:place] + RUN[place + 1 :], RUN[:place] + RUN[place] * 2 + RUN[place + 1 :]}

    assert [mark for mark in changed - {RUN} if is_mark(mark)] == []


@pytest.mark.parametrize(
    "text", ["", "20260101", "202601011530", "0a1b2c3d", RUN.upper(), f" {RUN}", f"{RUN}\n", "٠" * 20, "0" * 20]
)
def test_other_texts_are_no_marks(text: str) -> None:
    """Dates, marks without check digits, and digits of another script or case are not marks."""
    assert not is_mark(text)
    assert run_of(f"conform-{text}-bot") is None


def test_the_parts_of_a_run_are_distinguished() -> None:
    """`names_of` accepts a part of a run too, and no other name with the same beginning."""
    names = names_of([f"{RUN}-1"])

    assert names(f"conform-{RUN}-1-bot")
    assert not names(f"conform-{RUN}-10-bot")
    assert not names(f"conform-{RUN}-bot")
    assert not names(f"x-conform-{RUN}-1-bot")


def test_names_of_runs_that_are_not_active() -> None:
    """A name without a mark belongs to no run."""
    other = new_mark()

    assert [names_of_all_but(runs)(f"conform-{RUN}-x") for runs in ([], [other], [RUN])] == [True, True, False]
    assert not any(names_of_all_but(runs)("conform-20260101-x") for runs in ([], [RUN]))


@pytest.mark.parametrize(("name", "is_old"), [("conform-20260101-backup", True), (f"conform-{RUN}-x", False)])
def test_an_old_mark_is_eight_digits(name: str, *, is_old: bool) -> None:
    """A date looks like an old mark, so nothing with an old mark is removed without a request."""
    assert has_old_mark(name) is is_old


@pytest.mark.parametrize("name", [f"conform-{RUN}-bot", f"conform-{RUN}-0-bot", f"conform-{RUN}:FriendMessage:none"])
def test_resources_of_a_run_have_its_mark(name: str) -> None:
    """The name consists of the mark of the run and a purpose."""
    assert run_of(name) == RUN


@pytest.mark.parametrize("name", [*SIMILAR, f" conform-{RUN}-x"])
def test_a_similar_name_belongs_to_no_run(name: str) -> None:
    """No name that a user might choose is recognized."""
    assert run_of(name) is None
