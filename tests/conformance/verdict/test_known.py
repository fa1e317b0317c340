"""Known deviations do not affect the verdict. An entry that is no longer true is reported."""

import importlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import astrbot_conformance.checks
import pytest
from astrbot_api import releases
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.report import json as report_json
from astrbot_conformance.report import markdown, terminal
from astrbot_conformance.verdict.known import LISTS, Deviation, UnreadableKnownError, known_of, read_known
from astrbot_faults import Fault, Server, broken
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS
from tests.conformance.report.samples import BOTS, CHAT, LEAK, SHOULD, failed, finding, passed, report

MODULES = [
    importlib.import_module(f"astrbot_conformance.checks.{path.stem}")
    for path in Path(str(astrbot_conformance.checks.__file__)).parent.glob("test_*.py")
]
SKILLS_TOO = failed(finding("SCOPE-REQUIRED", CHAT))
KNOWN_LEAK = Deviation("SCOPE-REQUIRED", str(BOTS), "an old release")

WRONG = [
    ("known = 5", "must be an array of tables"),
    ("[other]", "unknown key `other`"),
    ("[[known", "is not valid TOML"),
    (
        '[[known]]\nrequirement = "SCOPE-REQIRED"\nreason = "x"',
        "unknown requirement `SCOPE-REQIRED`; did you mean SCOPE-REQUIRED",
    ),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"', "`reason` is missing"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = " "', "`reason` is missing"),
    ('[[known]]\nreason = "x"', "`requirement` is missing"),
    (
        '[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\noperation = "GET /bots"',
        "unknown operation `GET /bots`; did you mean GET /api/v1/bots",
    ),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\nurl = "x"', "unknown key `url`"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = 5', "`reason` must be a string"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\nby_chance = 1', "`by_chance` must be true or false"),
]


def test_a_known_finding_does_not_affect_the_verdict() -> None:
    """The finding stays in the report, its requirement is `known`, and the verdict is conformant, strict or not."""
    for strict in (False, True):
        judged = report(LEAK, passed("SCOPE-REQUIRED", CHAT), strict=strict, known=(KNOWN_LEAK,))

        assert judged.verdict == "conformant"
        assert len(judged.findings) == 1
        assert [(one.status, one.reason) for one in judged.requirements] == [("known", "known: an old release")]
        for shown in (terminal.render(judged), report_json.render(judged)):
            assert "known: an old release" in shown
        assert "known: <code>an old release</code>" in markdown.render(judged)


def test_only_listed_findings_are_known() -> None:
    """A finding of the same requirement on another operation affects the verdict."""
    judged = report(LEAK, SKILLS_TOO, known=(KNOWN_LEAK,))

    assert judged.verdict == "violations"
    assert [judged.counts(one) for one in judged.findings] == [False, True]
    assert [one.status for one in judged.requirements] == ["failed"]


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False])
def test_leftovers_of_a_failing_removal_are_noted(
    known: bool,  # noqa: FBT001  by pytest
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The finding explains the leftovers. If it is known, the verdict is conformant. A note names the leftovers."""
    deleting, several = "DELETE /api/v1/chat/sessions/{session_id}", "POST /api/v1/chat/sessions/batch-delete"
    fault = Fault("sessions-stay", "JOURNEY-CHAT", "No session is deleted.", _answer_500(deleting, several))
    listed = tmp_path / "known.toml"
    listed.write_text(
        "".join(f'[[known]]\nrequirement = "{name}"\nreason = "x"\n' for name in ("JOURNEY-CHAT", "ROBUST-INPUT"))
    )
    monkeypatch.setenv("ASTRBOT_USERNAME", SETTINGS.username)
    monkeypatch.setenv("ASTRBOT_PASSWORD", str(SETTINGS.password))
    options = ["--requirement", "JOURNEY-CHAT", "--seed", "1", "--report", str(tmp_path)]
    with broken(SETTINGS, fault) as url:
        code = conform([url, *options, *(["--known", str(listed)] if known else [])])
    written = json.loads((tmp_path / "report.json").read_text())

    assert (code, written["verdict"]) == ((0, "conformant") if known else (1, "violations"))
    assert [note.partition(",")[0] for note in written["run"]["notes"]] == ["left on the target"]
    assert f"because {deleting} does not remove it" in written["run"]["notes"][0]


def test_an_entry_without_operation_covers_every_operation() -> None:
    """An entry without an operation applies to all operations."""
    judged = report(LEAK, SKILLS_TOO, known=(Deviation("SCOPE-REQUIRED", None, "old"),))

    assert judged.verdict == "conformant"


def test_strict_counts_should_findings_that_are_not_known() -> None:
    """With `--strict`, a SHOULD finding affects the verdict, unless it is known."""
    known = (Deviation("MSG-TYPES", str(CHAT), "lenient"),)

    assert report(SHOULD).verdict == "conformant"
    assert report(SHOULD, strict=True).verdict == "violations"
    assert report(SHOULD, strict=True, known=known).verdict == "conformant"


def test_a_fixed_deviation_is_named() -> None:
    """An entry whose operation was judged without a finding is named in every format."""
    judged = report(passed("SCOPE-REQUIRED", BOTS), known=(KNOWN_LEAK,))

    assert judged.fixed_deviations == (KNOWN_LEAK,)
    assert judged.verdict == "conformant"
    written = f"SCOPE-REQUIRED {BOTS} is listed as known"
    assert written in " ".join(terminal.render(judged, width=200).split())
    assert written in report_json.render(judged)
    assert "is listed as known" in markdown.render(judged)


def test_a_deviation_that_was_not_judged_is_not_fixed() -> None:
    """An entry is not reported as fixed if only other operations were judged."""
    assert report(passed("SCOPE-REQUIRED", CHAT), known=(KNOWN_LEAK,)).fixed_deviations == ()


def test_no_deviation_is_fixed_if_a_response_is_missing() -> None:
    """A response that did not come could have shown the deviation."""
    unanswered = replace(passed("SCOPE-REQUIRED", CHAT), status="not-judged", unanswered=True)

    assert report(passed("SCOPE-REQUIRED", BOTS), unanswered, known=(KNOWN_LEAK,)).fixed_deviations == ()


def test_a_release_between_two_known_ones_has_both_lists() -> None:
    """Its own list, and that of its contract, of which an entry that is not found is not fixed."""
    judged_by, own = known_of("4.28.2"), known_of("4.28.0")

    both = known_of("4.28.2", "v4.28.0")

    assert known_of("4.28.2", "4.28.2") == known_of("4.28.2", None) == judged_by
    assert both == (*own, *(replace(one, by_chance=True) for one in judged_by))
    assert known_of("4.28.2", "a build of my own") == tuple(replace(one, by_chance=True) for one in judged_by)


@pytest.mark.parametrize(("text", "error"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_file_is_reported_in_one_line(text: str, error: str, tmp_path: Path) -> None:
    """The error names the place and the reason, before any request is sent."""
    file = tmp_path / "known.toml"
    file.write_text(text)

    with pytest.raises(UnreadableKnownError, match=error):
        read_known(file)


def test_an_operation_is_named_by_id_or_by_path(tmp_path: Path) -> None:
    """The id and `METHOD /path` have the same meaning."""
    file = tmp_path / "known.toml"
    entry = '[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "old"\noperation = "{}"\n'
    file.write_text(entry.format("list_bots") + entry.format("GET /api/v1/bots"))

    first, second = read_known(file)

    assert first == second == Deviation("SCOPE-REQUIRED", "GET /api/v1/bots", "old")


def test_a_missing_file_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2, and the error names the file."""
    assert conform(["--known", str(tmp_path / "none.toml"), "--report", str(tmp_path / "report")]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_an_entry_can_name_the_check_and_the_actual_result() -> None:
    """Then a finding of another check, or with another result on the same operation, is not known."""
    check, actual = str(LEAK.check), str(LEAK.finding and LEAK.finding.actual)
    same = Deviation("SCOPE-REQUIRED", str(BOTS), "old", check=check.partition("[")[0], actual=actual)
    other_check = Deviation("SCOPE-REQUIRED", str(BOTS), "old", check="test_scope_required_beside_any_other")
    other_answer = Deviation("SCOPE-REQUIRED", str(BOTS), "old", actual="204")

    assert report(LEAK, known=(same,)).verdict == "conformant"
    assert report(LEAK, known=(replace(same, check=check),)).verdict == "conformant"
    assert report(LEAK, known=(other_check,)).verdict == "violations"
    assert report(LEAK, known=(other_answer,)).verdict == "violations"


def test_a_deviation_by_chance_is_never_fixed() -> None:
    """Only some seeds show such a deviation, so a run without the finding proves nothing."""
    judged = report(passed("SCOPE-REQUIRED", BOTS), known=(replace(KNOWN_LEAK, by_chance=True),))

    assert judged.fixed_deviations == ()


def test_the_verdict_counts_the_known_deviations_of_a_release() -> None:
    """Formats for people count them next to the verdict. `report.json` also lists the fixed ones."""
    judged = replace(report(LEAK, passed("MSG-EMPTY", CHAT), known=(KNOWN_LEAK,)), known_of="4.29.1")
    gone = replace(report(passed("SCOPE-REQUIRED", BOTS), known=(KNOWN_LEAK,)), known_of="4.29.1")

    for shown in (terminal.render(judged, width=200), markdown.render(judged)):
        assert "onformant except for 1 known deviation of 4.29.1" in shown.replace("CONFORMANT", "Conformant")
    assert json.loads(report_json.render(judged))["known"] == {
        "release": "4.29.1",
        "found": 1,
        "gone": [],
        "not_judged": [],
    }
    assert json.loads(report_json.render(gone))["known"]["gone"] == [str(KNOWN_LEAK)]
    assert "except for" not in terminal.render(gone)


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_known_deviation_of_a_release_was_confirmed(path: Path) -> None:
    """Each entry names a requirement and an operation of the release, a check, and how it was confirmed.

    A release between two known ones is judged by the contract of one of them.
    """
    below = releases.nearest(path.stem)
    is_known = path.stem in releases.RELEASES
    contract = releases.contract(below if is_known else releases.RELEASES[releases.RELEASES.index(below) + 1])
    listed = known_of(path.stem)
    names = {name for module in MODULES for name in vars(module) if name.startswith("test_")}

    assert listed
    assert len(set(listed)) == len(listed)
    for known in listed:
        assert known.requirement in contract.requirements, known
        assert known.operation is None or known.operation in map(str, contract.operations), known
        assert str(known.check).partition("[")[0] in names, known
        assert known.confirmed, known


@pytest.mark.slow
def test_the_list_of_the_release_applies_only_on_request(tmp_path: Path) -> None:
    """`--known release` uses the list of the detected release. Fixed deviations of a better server are reported."""
    with running(SETTINGS) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("ASTRBOT_USERNAME", SETTINGS.username)
        environment.setenv("ASTRBOT_PASSWORD", str(SETTINGS.password))
        arguments = [url, "--report", str(tmp_path), "--requirement", "NO-SECRETS", "--known", "release"]

        assert conform(arguments) == 0

    written = json.loads((tmp_path / "report.json").read_text())["known"]
    assert (written["release"], written["found"]) == (releases.BASE, 0)
    assert any("NO-SECRETS" in gone for gone in written["gone"])


def _answer_500(*places: str) -> Callable[[Server], None]:
    def put_into(server: Server) -> None:
        for place in places:
            server.answers[place] = lambda _status, _body: (500, {"status": "error", "message": "no"})

    return put_into
