"""`astrbot-contract diff`: what got better, what got worse, and what nobody knows any more."""

import json
from pathlib import Path

import pytest
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.report import json as report_json
from astrbot_conformance.verdict.judgement import Report

from tests.conformance.report.samples import BOTS, BROKEN, LEAK, OVER_REFUSED, SKILLS, missed, passed, report


def saved(folder: Path, name: str, sample: Report) -> str:
    """The path of a report in a file."""
    path = folder / f"{name}.json"
    path.write_text(report_json.render(sample), encoding="utf-8", errors="backslashreplace")
    return str(path)


def compared(folder: Path, old: Report, new: Report) -> int:
    """The exit code of comparing them."""
    return diff([saved(folder, "old", old), saved(folder, "new", new)])


def test_equal_reports_differ_in_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is better or worse, whatever was found."""
    assert compared(tmp_path, BROKEN, BROKEN) == 0
    assert "0 worse, 0 better, 3 as before" in capsys.readouterr().out


def test_a_new_finding_is_worse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with what was expected and what came, and the exit code says so."""
    assert compared(tmp_path, report(passed("SCOPE-REQUIRED", BOTS)), report(LEAK)) == 1
    assert "- SCOPE-REQUIRED  GET /api/v1/bots" in capsys.readouterr().out


def test_a_finding_that_is_gone_is_better(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the new run judged the same and found nothing."""
    assert compared(tmp_path, report(LEAK), report(passed("SCOPE-REQUIRED", BOTS))) == 0
    assert "+ SCOPE-REQUIRED  GET /api/v1/bots" in capsys.readouterr().out


@pytest.mark.parametrize("new", [report(missed("SCOPE-REQUIRED", BOTS)), report(passed("SCOPE-REQUIRED", SKILLS))])
def test_what_was_not_judged_again_is_not_better(
    new: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not judged at all, or of other operations only: nobody knows."""
    assert compared(tmp_path, report(LEAK), new) == 0
    assert "0 worse, 0 better" in capsys.readouterr().out


def test_another_answer_at_the_same_place_is_the_same_finding(tmp_path: Path) -> None:
    """What a target says may change from run to run; what it breaks is what counts."""
    assert compared(tmp_path, report(LEAK, OVER_REFUSED), report(OVER_REFUSED, LEAK)) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ("[]", "no report"),
        ('{"format": 2, "findings": []}', "format 2"),
        ('{"format": 1, "findings": []}', "damaged"),
    ],
)
def test_what_is_no_report_is_a_usage_error(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says which file and what is wrong with it."""
    (tmp_path / "odd.json").write_text(text)
    sound = saved(tmp_path, "sound", BROKEN)

    assert diff([sound, str(tmp_path / "odd.json")]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_stands_for_its_report(tmp_path: Path) -> None:
    """`diff old/ new/` reads `report.json` in each; a folder without one is named."""
    saved(tmp_path, "report", BROKEN)

    assert diff([str(tmp_path), str(tmp_path)]) == 0
    assert diff([str(tmp_path), str(tmp_path / "nowhere")]) == 2


def test_reports_without_check_names_compare(tmp_path: Path) -> None:
    """Reports of the first days say only what was expected of which operation."""
    raw = json.loads(report_json.render(BROKEN))
    for found in raw["findings"]:
        del found["check"], found["request"]
    (tmp_path / "old.json").write_text(json.dumps(raw))

    assert diff([str(tmp_path / "old.json"), str(tmp_path / "old.json")]) == 0
