"""Every format shows that a run was narrowed. SHOULD findings alone do not violate a MUST."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from astrbot_api import releases
from astrbot_conformance.cli.command_line import conform_parser
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.report import terminal
from astrbot_conformance.report.files import files_of
from astrbot_conformance.verdict.judgement import Report
from astrbot_conformance.verdict.known import Deviation
from astrbot_conformance.verdict.selection import narrowing_options

from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, SOUND, missed, passed, report

OPTION = "--requirement SCOPE-REQUIRED"
FORMS = ("terminal", "report.json", "junit.xml", "report.html", "report.sarif", "summary.md")
ALL = len(releases.contract(releases.NEWEST).requirements)
JUDGED = {"report.json": f'"requirements": 1,\n      "of": {ALL}', "report.html": f"1/{ALL}"}
PASSED = report(passed("SCOPE-REQUIRED", BOTS), selection=(OPTION,))
WORDS = [
    ([], ()),
    (["--requirement", "DOC-UI", "--requirement", "IM-BOTS"], ("--requirement DOC-UI", "--requirement IM-BOTS")),
    (["--operation", "GET /api/v1/bots"], ("--operation 'GET /api/v1/bots'",)),
    (["--tag", "bots", "-x"], ("--tag bots", "-x")),
    (["-k", "not chat"], ("-k 'not chat'",)),
    (["--effects", "read", "--strict", "--seed", "1", "--exhaustive"], ()),
]


def rendered(form: str, sample: Report) -> str:
    """A report in one of its formats."""
    return terminal.render(sample, 250) if form == "terminal" else files_of(sample)[form]


def everything(sample: Report) -> str:
    """A report on the terminal, with every requirement."""
    return terminal.render(sample, 250, detail="everything")


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_options_that_leave_out_checks_narrow_a_run(words: list[str], expected: tuple[str, ...]) -> None:
    """They are shown as a shell reads them. Options that do not select checks are not shown."""
    assert narrowing_options(conform_parser(None).parse_args(words)) == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_format_states_the_selection(form: str) -> None:
    """It shows the options and how many of all requirements were judged. A full run shows neither."""
    text = rendered(form, PASSED)

    assert OPTION in text
    assert JUDGED.get(form, f"1 of {ALL} requirements") in text
    assert OPTION not in rendered(form, SOUND)
    assert JUDGED.get(form, f" of {ALL} requirements (") not in rendered(form, SOUND)


@pytest.mark.parametrize(
    ("judgement", "word"),
    [
        (passed("SCOPE-REQUIRED", BOTS), f"CONFORMANT in 1 of {ALL} requirements"),
        (LEAK, f"VIOLATIONS in 1 of {ALL} requirements"),
        (missed("SCOPE-REQUIRED", BOTS), f"NOT JUDGED in 0 of {ALL} requirements"),
    ],
)
def test_the_verdict_line_of_a_narrowed_run(judgement: object, word: str) -> None:
    """It begins with the part that was judged. The verdict for scripts is still one of the three values."""
    narrowed = report(judgement, selection=(OPTION,))  # type: ignore[arg-type]

    lines = terminal.render(narrowed, 250).splitlines()
    assert lines[0] == lines[-1]
    assert lines[-1].startswith(f"{word} ({OPTION}): ")
    assert lines[2].startswith("Selection")
    assert json.loads(files_of(narrowed)["report.json"])["verdict"] == narrowed.verdict


def test_known_deviations_are_counted_next_to_the_selection() -> None:
    """The verdict line names both."""
    known = (Deviation("SCOPE-REQUIRED", str(BOTS), "issue 12"),)

    line = terminal.render(report(LEAK, known=known, selection=(OPTION,)), 250).splitlines()[-1]

    assert line.startswith(f"CONFORMANT in 1 of {ALL} requirements ({OPTION}) except for 1 known deviation: ")


def test_many_options_are_counted() -> None:
    """A line names three options; report.json has all of them."""
    many = report(passed("SCOPE-REQUIRED", BOTS), selection=tuple(f"--tag {number}" for number in range(9)))

    assert "(--tag 0 --tag 1 --tag 2 and 6 more)" in terminal.render(many, 250)
    assert len(json.loads(files_of(many)["report.json"])["run"]["selection"]["options"]) == 9


def test_junit_has_the_selection_as_properties() -> None:
    """They are the first element of a suite. A suite of a full run has none."""
    suite = ET.fromstring(files_of(PASSED)["junit.xml"])[0]  # noqa: S314  our own text

    properties = {one.get("name"): one.get("value") for one in suite[0]}
    assert suite[0].tag == "properties"
    assert properties == {"selection": OPTION, "judged": f"1 of {ALL} requirements ({OPTION})"}
    assert ET.fromstring(files_of(SOUND)["junit.xml"])[0].find("properties") is None  # noqa: S314  likewise


def test_diff_states_the_selection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A narrowed report is marked when it is compared with a full one."""
    for name, sample in (("old", SOUND), ("new", PASSED)):
        (tmp_path / name).write_text(files_of(sample)["report.json"])

    assert diff([str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    old, new, *_ = capsys.readouterr().out.splitlines()
    assert f"conformant in 1 of {ALL} requirements ({OPTION})" in new
    assert f" of {ALL} " not in old


@pytest.mark.slow
def test_a_run_states_its_selection_first_and_last(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The first line and the verdict line on the terminal name the options."""
    assert conform(["--requirement", "DOC-UI", "--report", str(tmp_path)]) == 0

    out = capsys.readouterr().out
    assert out.startswith("Only a selection is judged: --requirement DOC-UI\n")
    assert f"CONFORMANT in 1 of {ALL} requirements (--requirement DOC-UI): " in out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--requirement", "UI-SCOPES"], 3),
        (["--requirement", "BEYOND-AUTH"], 2),
        (["--requirement", "CHAT-ADMIN"], 2),
        (["--requirement", "DOC-UI", "--operation", "list_bots"], 2),
        (["-k", "no_such_check"], 2),
        (["--requirement", "DOC-UI", "-k", "not doc"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_selection_that_judges_nothing_is_never_conformant(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The exit code is 2 if no check is left, and 3 if every remaining check was not judged."""
    assert conform([*words, "--report", str(tmp_path)]) == code
    assert "CONFORMANT" not in capsys.readouterr().out


ONLY_SHOULD = report(SHOULD, passed("MSG-TYPES", CHAT))


@pytest.mark.parametrize("sample", [ONLY_SHOULD, report(SHOULD, strict=True)], ids=["default", "strict"])
def test_a_should_finding_alone_violates_no_must(sample: Report) -> None:
    """MSG-TYPES is a MUST. With SHOULD findings only, no format calls it failed."""
    (row,) = [line for line in everything(sample).splitlines() if "MSG-TYPES  MUST" in line]
    assert row.startswith("! MSG-TYPES  MUST  only SHOULD findings")
    assert "| ⚠️ | MSG-TYPES | MUST | only SHOULD findings |" in files_of(sample)["summary.md"]
    assert '<tr id="MSG-TYPES" class="should">' in files_of(sample)["report.html"]
    (requirement,) = json.loads(files_of(sample)["report.json"])["requirements"]
    assert (requirement["level"], requirement["worst"]) == ("MUST", "SHOULD")
    (result,) = json.loads(files_of(sample)["report.sarif"])["runs"][0]["results"]
    assert result["message"]["text"].startswith(f"SHOULD violated by {CHAT}: ")
    assert result["level"] == ("error" if sample.strict else "warning")
    (suite,) = ET.fromstring(files_of(sample)["junit.xml"])  # noqa: S314  our own text
    assert suite.get("failures") == ("1" if sample.strict else "0")


def test_a_must_finding_fails_its_requirement() -> None:
    """It fails even next to SHOULD findings."""
    assert "✗ SCOPE-REQUIRED  MUST  failed" in everything(report(LEAK, SHOULD))
    (first, *_) = json.loads(files_of(report(LEAK))["report.json"])["requirements"]
    assert first["worst"] == "MUST"
