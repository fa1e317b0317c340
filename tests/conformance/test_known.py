"""What is known of a target does not decide the verdict; what is listed and passes is named."""

from pathlib import Path

import pytest
from astrbot_conformance.cli import conform
from astrbot_conformance.known import Deviation, UnreadableKnownError, read_known
from astrbot_conformance.report import json as report_json
from astrbot_conformance.report import markdown, terminal

from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, failed, finding, passed, report

SKILLS_TOO = failed(finding("SCOPE-REQUIRED", CHAT))
KNOWN_LEAK = Deviation("SCOPE-REQUIRED", str(BOTS), "an old release")

WRONG = [
    ("known = 5", "something other than"),
    ("[other]", "something other than"),
    ("[[known", "is no TOML"),
    ('[[known]]\nrequirement = "SCOPE-REQIRED"\nreason = "x"', "no requirement SCOPE-REQIRED"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"', "reason is missing"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = " "', "reason is missing"),
    ('[[known]]\nreason = "x"', "requirement is missing"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\noperation = "GET /bots"', "no operation GET /bots"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\nurl = "x"', "there is no url"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = 5', "are texts"),
]


def test_what_is_known_is_told_and_does_not_decide() -> None:
    """The finding stays in the report, its requirement is `known`, the verdict is conformant; strict or not."""
    for strict in (False, True):
        judged = report(LEAK, passed("SCOPE-REQUIRED", CHAT), strict=strict, known=(KNOWN_LEAK,))

        assert judged.verdict == "conformant"
        assert len(judged.findings) == 1
        assert [(one.status, one.reason) for one in judged.requirements] == [("known", "known: an old release")]
        for shown in (terminal.render(judged), markdown.render(judged), report_json.render(judged)):
            assert "known: an old release" in shown


def test_only_what_is_listed_is_known() -> None:
    """The same requirement on another operation decides as ever."""
    judged = report(LEAK, SKILLS_TOO, known=(KNOWN_LEAK,))

    assert judged.verdict == "violations"
    assert [judged.counts(one) for one in judged.findings] == [False, True]
    assert [one.status for one in judged.requirements] == ["failed"]


def test_a_requirement_may_be_known_on_every_operation() -> None:
    """Without an operation an entry is about all of them."""
    judged = report(LEAK, SKILLS_TOO, known=(Deviation("SCOPE-REQUIRED", None, "old"),))

    assert judged.verdict == "conformant"


def test_strict_counts_should_unless_it_is_known() -> None:
    """With `--strict` a SHOULD finding decides; a known one does not."""
    known = (Deviation("MSG-TYPES", str(CHAT), "lenient"),)

    assert report(SHOULD).verdict == "conformant"
    assert report(SHOULD, strict=True).verdict == "violations"
    assert report(SHOULD, strict=True, known=known).verdict == "conformant"


def test_what_is_listed_and_passes_is_named() -> None:
    """An entry that nothing was found for, where it was judged, is named in every form for people and scripts."""
    judged = report(passed("SCOPE-REQUIRED", BOTS), known=(KNOWN_LEAK,))

    assert judged.mended == (KNOWN_LEAK,)
    assert judged.verdict == "conformant"
    told = f"SCOPE-REQUIRED {BOTS} is listed as known"
    assert told in " ".join(terminal.render(judged, width=200).split())
    assert told in report_json.render(judged)
    assert "is listed as known" in markdown.render(judged)


def test_what_was_not_judged_is_not_said_to_pass() -> None:
    """An entry about another operation than those that were judged says nothing."""
    assert report(passed("SCOPE-REQUIRED", CHAT), known=(KNOWN_LEAK,)).mended == ()


@pytest.mark.parametrize(("text", "told"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_file_is_told_in_one_line(text: str, told: str, tmp_path: Path) -> None:
    """Where it is wrong and why, before anything is sent."""
    file = tmp_path / "known.toml"
    file.write_text(text)

    with pytest.raises(UnreadableKnownError, match=told):
        read_known(file)


def test_an_operation_is_named_by_its_id_or_as_findings_name_it(tmp_path: Path) -> None:
    """Both forms mean the same."""
    file = tmp_path / "known.toml"
    entry = '[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "old"\noperation = "{}"\n'
    file.write_text(entry.format("list_bots") + entry.format("GET /api/v1/bots"))

    first, second = read_known(file)

    assert first == second == Deviation("SCOPE-REQUIRED", "GET /api/v1/bots", "old")


def test_a_file_that_is_not_there_is_a_mistake_of_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and the name of the file."""
    assert conform(["--known", str(tmp_path / "none.toml"), "--report", str(tmp_path / "report")]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err
