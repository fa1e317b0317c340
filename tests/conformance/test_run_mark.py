"""The mark of a run: nobody types a valid one by accident."""

import itertools

import pytest
from astrbot_conformance.run_mark import checked, has_old_mark, is_mark, names_of, names_of_all_but, new_mark, run_of

MARK = checked("0a1b2c3d4e5f")


def test_marks_are_new_each_time() -> None:
    """20 hexadecimal digits, of which the last eight are check digits."""
    marks = {new_mark() for _ in range(200)}

    assert len(marks) == 200
    assert all(is_mark(mark) and len(mark) == 20 for mark in marks)


def test_every_mistyped_digit_is_noticed() -> None:
    """Each digit replaced by each other one, each pair of neighbours swapped, each digit dropped or doubled."""
    changed = {
        MARK[:place] + digit + MARK[place + 1 :]
        for place, digit in itertools.product(range(len(MARK)), "0123456789abcdef")
    }
    for place in range(len(MARK)):
        changed |= {MARK[:place] + MARK[place : place + 2][::-1] + MARK[place + 2 :]}
        changed |= {MARK[:place] + MARK[place + 1 :], MARK[:place] + MARK[place] * 2 + MARK[place + 1 :]}

    assert [mark for mark in changed - {MARK} if is_mark(mark)] == []


@pytest.mark.parametrize(
    "text", ["", "20260101", "202601011530", "0a1b2c3d", MARK.upper(), f" {MARK}", f"{MARK}\n", "٠" * 20, "0" * 20]
)
def test_other_texts_are_no_marks(text: str) -> None:
    """Dates, marks without check digits, and digits of another script or case are not marks."""
    assert not is_mark(text)
    assert run_of(f"conform-{text}-bot") is None


def test_the_parts_of_a_run_are_distinguished() -> None:
    """`names_of` accepts a part of a run too, and no other name with the same beginning."""
    names = names_of([f"{MARK}-1"])

    assert names(f"conform-{MARK}-1-bot")
    assert not names(f"conform-{MARK}-10-bot")
    assert not names(f"conform-{MARK}-bot")
    assert not names(f"x-conform-{MARK}-1-bot")


def test_names_of_runs_that_are_not_active() -> None:
    """A name without a mark belongs to no run."""
    other = new_mark()

    assert [names_of_all_but(runs)(f"conform-{MARK}-x") for runs in ([], [other], [MARK])] == [True, True, False]
    assert not any(names_of_all_but(runs)("conform-20260101-x") for runs in ([], [MARK]))


@pytest.mark.parametrize(("name", "is_old"), [("conform-20260101-backup", True), (f"conform-{MARK}-x", False)])
def test_an_old_mark_is_eight_digits(name: str, *, is_old: bool) -> None:
    """A date looks like an old mark, so nothing with an old mark is removed without a request."""
    assert has_old_mark(name) is is_old
