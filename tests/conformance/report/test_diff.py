"""`astrbot-contract diff`: new findings, fixed findings, and requirements that are no longer judged."""

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
    """The exit code of comparing these reports."""
    return diff([saved(folder, "old", old), saved(folder, "new", new)])


def test_equal_reports_have_no_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All findings are unchanged."""
    assert compared(tmp_path, BROKEN, BROKEN) == 0
    assert "0 new, 0 fixed, 3 unchanged" in capsys.readouterr().out


def test_a_new_finding_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding is listed with the expected and the actual response, and the exit code is 1."""
    assert compared(tmp_path, report(passed("SCOPE-REQUIRED", BOTS)), report(LEAK)) == 1
    assert "- SCOPE-REQUIRED  GET /api/v1/bots" in capsys.readouterr().out


def test_a_fixed_finding_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is fixed if the new run judged the same operation without a finding."""
    assert compared(tmp_path, report(LEAK), report(passed("SCOPE-REQUIRED", BOTS))) == 0
    assert "+ SCOPE-REQUIRED  GET /api/v1/bots" in capsys.readouterr().out


@pytest.mark.parametrize("new", [report(missed("SCOPE-REQUIRED", BOTS)), report(passed("SCOPE-REQUIRED", SKILLS))])
def test_a_finding_that_was_not_judged_again_is_not_fixed(
    new: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is known if the requirement was not judged, or only for other operations."""
    assert compared(tmp_path, report(LEAK), new) == 0
    assert "0 new, 0 fixed" in capsys.readouterr().out


def test_the_order_of_findings_does_not_matter(tmp_path: Path) -> None:
    """Findings are compared by requirement, operation and check."""
    assert compared(tmp_path, report(LEAK, OVER_REFUSED), report(OVER_REFUSED, LEAK)) == 0


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "not valid JSON"),
        ("[]", "is not a report"),
        ('{"format": 2, "findings": []}', "format 2"),
        ('{"format": 1, "findings": []}', "damaged"),
    ],
)
def test_an_invalid_report_is_a_usage_error(
    text: str, error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line names the file and the problem."""
    (tmp_path / "odd.json").write_text(text)
    sound = saved(tmp_path, "sound", BROKEN)

    assert diff([sound, str(tmp_path / "odd.json")]) == 2
    assert error in capsys.readouterr().err


def test_a_folder_is_read_as_its_report(tmp_path: Path) -> None:
    """`diff old/ new/` reads `report.json` in each folder. A folder without one is named."""
    saved(tmp_path, "report", BROKEN)

    assert diff([str(tmp_path), str(tmp_path)]) == 0
    assert diff([str(tmp_path), str(tmp_path / "nowhere")]) == 2


def test_reports_without_check_names_compare(tmp_path: Path) -> None:
    """Reports of the first versions have only the operation and the expected response."""
    raw = json.loads(report_json.render(BROKEN))
    for entry in raw["findings"]:
        del entry["check"], entry["request"]
    (tmp_path / "old.json").write_text(json.dumps(raw))

    assert diff([str(tmp_path / "old.json"), str(tmp_path / "old.json")]) == 0
