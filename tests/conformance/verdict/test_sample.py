"""What was judged by sample: a report names the checks that chose some of their cases, and how many."""

import json
from dataclasses import replace

import pytest
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.report.files import files_of
from astrbot_conformance.report.terminal import render
from astrbot_conformance.verdict.sample import Sample, choosing, note_choice, samples_of

from tests.conformance.report.samples import BOTS, CHAT, SOUND, missed, passed, report

ONE = replace(passed("ROBUST-INPUT", BOTS), candidates=133)
TWO = replace(missed("ROBUST-INPUT", CHAT), check="test_robust_input[x]", candidates=133)
FORM = replace(passed("SCOPE-EVASION", BOTS), choices=((2, 20), (1, 5)))


def test_the_cases_of_each_check_are_counted() -> None:
    """The operations that the seed chose, and the cases that a check chose itself. A full check is no sample."""
    assert samples_of([ONE, TWO, FORM, passed("MSG-TYPES", CHAT)]) == (
        Sample("ROBUST-INPUT", "test_robust_input", 2, 133),
        Sample("SCOPE-EVASION", "test_scope_evasion", 3, 25),
    )


@pytest.mark.parametrize(("size", "choices"), [(1, [(1, 3)]), (2, [(2, 3)]), (3, []), (4, [])])
def test_a_choice_of_everything_is_no_sample(size: int, choices: list[tuple[int, int]]) -> None:
    """Only a check that leaves out candidates judges by sample."""
    with choosing() as noted:
        Exploration(1, 1).choose("purpose", "abc", size=size)

    assert noted == choices


def test_choices_belong_to_the_check_that_runs() -> None:
    """Outside of a check, nothing is noted; a check inside another has its own choices."""
    note_choice(1, 2)
    with choosing() as outer:
        with choosing() as inner:
            note_choice(1, 3)
        note_choice(1, 4)

    assert (outer, inner) == ([(1, 4)], [(1, 3)])


def test_every_format_names_the_sampled_requirements() -> None:
    """`report.json` has the numbers. A run without samples says nothing about them."""
    sampled = report(ONE, TWO, FORM)
    files = files_of(sampled)

    assert json.loads(files["report.json"])["run"]["sampled"] == [
        {"requirement": "ROBUST-INPUT", "check": "test_robust_input", "judged": 2, "candidates": 133},
        {"requirement": "SCOPE-EVASION", "check": "test_scope_evasion", "judged": 3, "candidates": 25},
    ]
    assert "SCOPE-EVASION, test_scope_evasion: 3/25" in files["report.html"]
    assert "Judged by sample, in part: ROBUST-INPUT, SCOPE-EVASION" in files["summary.md"]
    assert "Sampled    ROBUST-INPUT, SCOPE-EVASION: " in render(sampled, 250)
    assert "Sampled" not in render(SOUND, 250)
