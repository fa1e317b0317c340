"""The verdict of a run, and the status of each requirement, follow from the judgements of its checks."""

import pickle
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement, Report, RequirementStatus, except_for
from astrbot_conformance.verdict.known import Deviation
from astrbot_conformance.verdict.picture import Picture

from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, SKILLS, failed, finding, missed, passed, report

PASSED = passed("SCOPE-REQUIRED", BOTS)
MISSED = missed("SCOPE-REQUIRED", BOTS)
CHOSEN = replace(MISSED, by_choice=True)
SHOULD_ID = next(name for name, one in releases.contract().requirements.items() if one.level == "SHOULD")
MISSED_SHOULD = missed(SHOULD_ID, BOTS)
KNOWN_LEAK = Deviation("SCOPE-REQUIRED", str(BOTS), "old")


def status(*judgements: Judgement, known: tuple[Deviation, ...] = (), strict: bool = False) -> RequirementStatus:
    """The status of the first requirement that these judgements are about."""
    return report(*judgements, known=known, strict=strict).requirements[0]


@pytest.mark.parametrize(
    ("judgements", "given", "verdict", "code"),
    [
        ([PASSED], {}, "conformant", 0),
        ([PASSED, CHOSEN], {}, "conformant", 0),
        ([PASSED, MISSED], {}, "conformant", 0),
        ([PASSED, missed("MSG-EMPTY", CHAT)], {}, "not-judged", 3),
        ([PASSED, replace(missed("MSG-EMPTY", CHAT), by_choice=True)], {}, "conformant", 0),
        ([PASSED, MISSED_SHOULD], {}, "conformant", 0),
        ([MISSED_SHOULD], {}, "not-judged", 3),
        ([CHOSEN], {}, "not-judged", 3),
        ([], {}, "not-judged", 3),
        ([PASSED], {"trouble": "the run was interrupted"}, "not-judged", 3),
        ([LEAK], {}, "violations", 1),
        ([LEAK], {"trouble": "the run was interrupted"}, "violations", 1),
        ([LEAK, missed("MSG-EMPTY", CHAT)], {}, "violations", 1),
        ([LEAK], {"known": (KNOWN_LEAK,)}, "conformant", 0),
        ([SHOULD], {}, "conformant", 0),
        ([SHOULD], {"strict": True}, "violations", 1),
    ],
)
def test_the_verdict(judgements: Sequence[Judgement], given: dict[str, Any], verdict: str, code: int) -> None:
    """A finding of a MUST violates. Without one, every MUST must be judged, unless an option excluded it."""
    judged = report(*judgements, **given)

    assert (judged.verdict, judged.exit_code) == (verdict, code)


def test_findings_are_listed_once_in_the_order_of_the_checks() -> None:
    """Two checks can find the same."""
    other = failed(finding("SCOPE-REQUIRED", SKILLS))

    assert report(other, PASSED, LEAK, other, MISSED).findings == (other.finding, LEAK.finding)


def test_requirements_are_in_the_order_of_the_contract_and_counted() -> None:
    """A requirement that no check judged is listed, but not counted. The total does not depend on the release."""
    chat = missed("MSG-EMPTY", CHAT)
    judged = report(chat, LEAK, PASSED)
    order = list(releases.contract().requirements)

    names = [one.id for one in judged.requirements]
    assert names == sorted({"MSG-EMPTY", "SCOPE-REQUIRED"}, key=order.index)
    assert (judged.judged, report(PASSED).judged, report(chat).judged) == (1, 1, 0)
    old = replace(judged, contract=releases.contract(releases.BASE))
    assert judged.total == old.total == len(releases.contract(releases.NEWEST).requirements)


@pytest.mark.parametrize(
    ("judgements", "known", "expected"),
    [
        ([PASSED], (), ("passed", None, 1, None, False)),
        ([MISSED], (), ("not-judged", None, 0, "not judged: the target does not serve it", False)),
        ([CHOSEN], (), ("not-judged", None, 0, "not judged: the target does not serve it", True)),
        ([CHOSEN, MISSED], (), ("not-judged", None, 0, "not judged: the target does not serve it", False)),
        ([PASSED, MISSED], (), ("passed", None, 1, "not judged: the target does not serve it", False)),
        ([LEAK], (), ("failed", "MUST", 1, "1 finding", False)),
        ([LEAK, PASSED], (), ("failed", "MUST", 2, "1 finding", False)),
        (
            [LEAK, LEAK, MISSED],
            (),
            ("failed", "MUST", 2, "2 findings; not judged: the target does not serve it", False),
        ),
        ([LEAK], (KNOWN_LEAK,), ("known", None, 1, "known: old", False)),
        ([LEAK, LEAK], (KNOWN_LEAK,), ("known", None, 2, "known: old", False)),
        (
            [LEAK, failed(finding("SCOPE-REQUIRED", CHAT))],
            (KNOWN_LEAK,),
            ("failed", "MUST", 2, "1 finding; known: old", False),
        ),
        (
            [LEAK, failed(finding("SCOPE-REQUIRED", CHAT)), MISSED],
            (KNOWN_LEAK,),
            ("failed", "MUST", 2, "1 finding; known: old; not judged: the target does not serve it", False),
        ),
    ],
)
def test_the_status_of_a_requirement(
    judgements: Sequence[Judgement],
    known: tuple[Deviation, ...],
    expected: tuple[str, str | None, int, str | None, bool],
) -> None:
    """The status, the worst new finding, the number of checks, the reason, and whether an option excluded it."""
    one = status(*judgements, known=known)

    assert (one.status, one.worst, one.checks, one.reason, one.by_choice) == expected
    assert (one.id, one.level) == ("SCOPE-REQUIRED", "MUST")


def test_a_fixed_deviation_is_named_at_its_requirement_only() -> None:
    """Other requirements do not mention it."""
    judged = report(PASSED, passed("MSG-EMPTY", CHAT), passed("SCOPE-SUFFICIENT", BOTS), known=(KNOWN_LEAK,))

    reasons = {one.id: one.reason for one in judged.requirements}
    assert reasons == {
        "SCOPE-REQUIRED": f"SCOPE-REQUIRED {BOTS} is listed as known, but its checks passed",
        "MSG-EMPTY": None,
        "SCOPE-SUFFICIENT": None,
    }


def test_requirements_are_judged_by_their_own_checks() -> None:
    """Neither by those of the requirements before it, nor of those after it."""
    others = [passed(name, BOTS) for name in ("MSG-EMPTY", "SCOPE-SUFFICIENT")]
    judged = report(*others, LEAK, known=())

    assert {one.id: (one.status, one.checks) for one in judged.requirements} == {
        "SCOPE-REQUIRED": ("failed", 1),
        "MSG-EMPTY": ("passed", 1),
        "SCOPE-SUFFICIENT": ("passed", 1),
    }


def test_results_of_another_process_count_like_those_of_this_one() -> None:
    """They are sent through a pipe."""
    for judgements in ([PASSED], [MISSED], [LEAK, MISSED], [SHOULD], [PASSED, missed("MSG-EMPTY", CHAT)]):
        sent = pickle.loads(pickle.dumps(judgements))  # noqa: S301  our own bytes
        here, there = (report(*one, known=(KNOWN_LEAK,)) for one in (judgements, sent))
        assert there.requirements == here.requirements
        assert (there.verdict, there.fixed_deviations) == (here.verdict, here.fixed_deviations)
        breaks = [one.breaks_only_should for one in here.requirements]
        assert [one.breaks_only_should for one in there.requirements] == breaks


def test_operations_of_a_requirement_are_those_that_were_judged() -> None:
    """Each once, in the order of the checks. A check of no operation in particular names none."""
    general = Judgement("SCOPE-REQUIRED", "test_scope_required", None, "passed")
    one = status(passed("SCOPE-REQUIRED", SKILLS), general, LEAK, PASSED, missed("SCOPE-REQUIRED", CHAT))

    assert one.operations == (str(SKILLS), str(BOTS))


def test_should_findings_of_a_must() -> None:
    """They say so, unless `--strict` counts them. A SHOULD requirement has no other findings."""
    must = status(SHOULD)
    should = status(failed(finding(SHOULD_ID, BOTS, level="SHOULD")))
    both = status(SHOULD, failed(finding("MSG-TYPES", CHAT)))

    assert (must.worst, must.breaks_only_should, must.reason) == ("SHOULD", True, "1 SHOULD finding")
    assert (both.worst, both.breaks_only_should, both.reason) == ("MUST", False, "2 findings")
    assert (should.level, should.breaks_only_should, should.reason) == ("SHOULD", False, "1 finding")
    assert status(SHOULD, strict=True).reason == "1 finding"
    assert not status(PASSED).breaks_only_should


ABOUT_ALL = Judgement("SCOPE-REQUIRED", "test_scope_required", None, "passed")
SAME_CHECK = replace(PASSED, check=str(LEAK.check))


@pytest.mark.parametrize(
    ("judgements", "known", "is_fixed"),
    [
        ([PASSED], KNOWN_LEAK, True),
        ([PASSED, replace(PASSED, status="not-judged")], KNOWN_LEAK, False),
        ([replace(PASSED, reached=False)], KNOWN_LEAK, False),
        ([passed("SCOPE-REQUIRED", CHAT)], KNOWN_LEAK, False),
        ([PASSED, missed("SCOPE-REQUIRED", CHAT)], KNOWN_LEAK, True),
        ([PASSED, missed("MSG-EMPTY", BOTS)], KNOWN_LEAK, True),
        ([PASSED, replace(missed("MSG-EMPTY", CHAT), unanswered=True)], KNOWN_LEAK, False),
        ([ABOUT_ALL], KNOWN_LEAK, True),
        ([ABOUT_ALL, PASSED], KNOWN_LEAK, True),
        ([PASSED, missed("SCOPE-REQUIRED", CHAT)], replace(KNOWN_LEAK, operation=None), False),
        ([PASSED], replace(KNOWN_LEAK, operation=None), True),
        ([PASSED], replace(KNOWN_LEAK, by_chance=True), False),
        ([SAME_CHECK, missed("SCOPE-REQUIRED", BOTS)], replace(KNOWN_LEAK, check=str(LEAK.check)), True),
        ([PASSED], replace(KNOWN_LEAK, check="test_other"), False),
        ([LEAK], KNOWN_LEAK, False),
        ([replace(LEAK, status="passed")], KNOWN_LEAK, False),
        ([], KNOWN_LEAK, False),
    ],
)
def test_when_a_known_deviation_is_fixed(
    judgements: Sequence[Judgement],
    known: Deviation,
    is_fixed: bool,  # noqa: FBT001  by pytest
) -> None:
    """Every check that could show it passed and reached its operation, and no response is missing."""
    judged = report(*judgements, known=(known,))

    is_found = any(one.finding for one in judgements)
    assert judged.fixed_deviations == ((known,) if is_fixed else ())
    assert judged.deviations == ((known,) if is_found else ())
    assert judged.unjudged_deviations == (() if is_fixed or is_found else (known,))


@pytest.mark.parametrize(
    ("count", "release", "text"),
    [
        (0, None, "except for 0 known deviations"),
        (1, None, "except for 1 known deviation"),
        (2, "4.29.1", "except for 2 known deviations of 4.29.1"),
    ],
)
def test_known_deviations_in_words(count: int, release: str | None, text: str) -> None:
    """The number of those that were found, and the release whose list they are from."""
    known = (KNOWN_LEAK, replace(KNOWN_LEAK, check=str(LEAK.check)))[:count]

    assert except_for(replace(report(LEAK, known=known), known_of=release)) == text


def test_texts_of_a_report_are_masked() -> None:
    """A target may show a key in its release, an exception in its text, and a user may type one as an option."""
    key = "abk_0123456789abcdef0123"
    shown = replace(
        report(PASSED, trouble=f"no {key}", selection=(f"-k {key}",)),
        url=f"http://x/{key}",
        release=key,
        beyond=(f"GET /{key}",),
        notes=(f"left {key}",),
    )

    assert key not in repr(shown)
    assert shown.notes[0].startswith("left $")
    assert (report(PASSED).release, report(PASSED).trouble) == ("4.26.0b8", None)


def test_a_judgement_counts_fully_by_default() -> None:
    """Nothing excluded it, its response came and was usable, and its place and time are the first and none."""
    one = Judgement("DOC-UI", "test_doc_ui", None, "passed")

    assert not any((one.by_choice, one.unanswered, one.unusable, one.needs_service, one.is_passive))
    assert one.reached
    assert (one.reason, one.finding, one.seconds, one.place) == (None, None, 0, 0)


@pytest.mark.parametrize("value", [PASSED, status(PASSED), report(PASSED)], ids=lambda value: type(value).__name__)
def test_results_are_values(value: Judgement | RequirementStatus | Report) -> None:
    """Every format renders the same ones, so nothing can be changed. A report alone stores what it derived."""
    with pytest.raises(FrozenInstanceError):
        value.status = "passed"  # type: ignore[misc, union-attr]
    assert report(PASSED).verdict == "conformant"
    assert hasattr(value, "__dict__") == isinstance(value, Report)


def test_a_report_derives_its_results_once() -> None:
    """Reports of large runs are rendered in six formats."""
    judged = report(LEAK, known=(KNOWN_LEAK,))

    for name in ("findings", "requirements", "deviations", "fixed_deviations", "unjudged_deviations"):
        assert getattr(judged, name) is getattr(judged, name)
        assert name in vars(judged)


def test_a_picture_has_a_file_name_and_is_not_printed() -> None:
    """A `repr` with the bytes of a picture is unreadable."""
    picture = Picture("zh", "made", b"\x89PNG")

    assert picture.name == "ui-zh-made.png"
    assert "PNG" not in repr(picture)
    with pytest.raises(FrozenInstanceError):
        picture.png = b""  # type: ignore[misc]
    assert not hasattr(picture, "__dict__")


def test_known_deviations_are_values() -> None:
    """They are compared with each other, and named by requirement and operation."""
    found = Finding("GET /x", "this", "that", "curl", "", requirement="DOC-UI", check="test_doc_ui[en]")
    anywhere = Deviation("DOC-UI", None, "old")

    assert (str(anywhere), str(KNOWN_LEAK)) == ("DOC-UI", f"SCOPE-REQUIRED {BOTS}")
    assert anywhere.covers(found)
    assert not anywhere.by_chance
    with pytest.raises(FrozenInstanceError):
        anywhere.reason = "new"  # type: ignore[misc]
    assert not hasattr(anywhere, "__dict__")
