"""What is known of a target does not decide the verdict; what is listed and passes is named."""

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
    ("known = 5", "something other than"),
    ("[other]", "something other than"),
    ("[[known", "is not valid TOML"),
    ('[[known]]\nrequirement = "SCOPE-REQIRED"\nreason = "x"', "no requirement SCOPE-REQIRED"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"', "reason is missing"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = " "', "reason is missing"),
    ('[[known]]\nreason = "x"', "requirement is missing"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\noperation = "GET /bots"', "no operation GET /bots"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\nurl = "x"', "there is no url"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = 5', "are texts"),
    ('[[known]]\nrequirement = "SCOPE-REQUIRED"\nreason = "x"\nby_chance = 1', "is true or false"),
]


def test_what_is_known_is_told_and_does_not_decide() -> None:
    """The finding stays in the report, its requirement is `known`, the verdict is conformant; strict or not."""
    for strict in (False, True):
        judged = report(LEAK, passed("SCOPE-REQUIRED", CHAT), strict=strict, known=(KNOWN_LEAK,))

        assert judged.verdict == "conformant"
        assert len(judged.findings) == 1
        assert [(one.status, one.reason) for one in judged.requirements] == [("known", "known: an old release")]
        for shown in (terminal.render(judged), report_json.render(judged)):
            assert "known: an old release" in shown
        assert "known: <code>an old release</code>" in markdown.render(judged)


def test_only_what_is_listed_is_known() -> None:
    """The same requirement on another operation decides as ever."""
    judged = report(LEAK, SKILLS_TOO, known=(KNOWN_LEAK,))

    assert judged.verdict == "violations"
    assert [judged.counts(one) for one in judged.findings] == [False, True]
    assert [one.status for one in judged.requirements] == ["failed"]


@pytest.mark.parametrize("known", [True, False])
def test_what_a_failing_removal_leaves_is_no_trouble(
    known: bool,  # noqa: FBT001  by pytest
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The finding says why it stayed: known, the verdict is conformant; either way what stayed is named."""
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
    told = json.loads((tmp_path / "report.json").read_text())

    assert (code, told["verdict"]) == ((0, "conformant") if known else (1, "violations"))
    assert [note.partition(",")[0] for note in told["run"]["notes"]] == ["left on the target"]
    assert f"since {deleting} does not remove it" in told["run"]["notes"][0]


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


def test_where_an_answer_is_missing_nothing_is_said_to_pass() -> None:
    """Whatever was not answered may be what would have shown it."""
    unanswered = replace(passed("SCOPE-REQUIRED", CHAT), status="not-judged", unanswered=True)

    assert report(passed("SCOPE-REQUIRED", BOTS), unanswered, known=(KNOWN_LEAK,)).mended == ()


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


def test_an_entry_may_name_the_check_and_what_it_finds() -> None:
    """Then another check, or a worse answer in the same place, is not known."""
    check, actual = str(LEAK.check), str(LEAK.finding and LEAK.finding.actual)
    same = Deviation("SCOPE-REQUIRED", str(BOTS), "old", check=check.partition("[")[0], actual=actual)
    other_check = Deviation("SCOPE-REQUIRED", str(BOTS), "old", check="test_scope_required_beside_any_other")
    other_answer = Deviation("SCOPE-REQUIRED", str(BOTS), "old", actual="204")

    assert report(LEAK, known=(same,)).verdict == "conformant"
    assert report(LEAK, known=(replace(same, check=check),)).verdict == "conformant"
    assert report(LEAK, known=(other_check,)).verdict == "violations"
    assert report(LEAK, known=(other_answer,)).verdict == "violations"


def test_what_only_some_seeds_ask_is_not_said_to_be_gone() -> None:
    """A run that did not ask proves nothing."""
    judged = report(passed("SCOPE-REQUIRED", BOTS), known=(replace(KNOWN_LEAK, by_chance=True),))

    assert judged.mended == ()


def test_the_verdict_counts_what_is_known_of_a_release() -> None:
    """In every form for people; scripts have the number and what is gone."""
    judged = replace(report(LEAK, passed("MSG-EMPTY", CHAT), known=(KNOWN_LEAK,)), known_of="4.29.1")
    gone = replace(report(passed("SCOPE-REQUIRED", BOTS), known=(KNOWN_LEAK,)), known_of="4.29.1")

    for shown in (terminal.render(judged, width=200), markdown.render(judged)):
        assert "onformant but for 1 known deviation of 4.29.1" in shown.replace("CONFORMANT", "Conformant")
    assert json.loads(report_json.render(judged))["known"] == {
        "release": "4.29.1",
        "found": 1,
        "gone": [],
        "not_judged": [],
    }
    assert json.loads(report_json.render(gone))["known"]["gone"] == [str(KNOWN_LEAK)]
    assert "but for" not in terminal.render(gone)


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.toml")), ids=lambda path: path.stem)
def test_what_is_known_of_a_release_was_confirmed(path: Path) -> None:
    """Each line names a requirement and an operation of that release, a check, and how it was made sure."""
    contract = releases.contract(path.stem)
    listed = known_of(path.stem)
    names = {name for module in MODULES for name in vars(module) if name.startswith("test_")}

    assert listed
    assert len(set(listed)) == len(listed)
    for known in listed:
        assert known.requirement in contract.requirements, known
        assert known.operation is None or known.operation in map(str, contract.operations), known
        assert str(known.check).partition("[")[0] in names, known
        assert known.confirmed, known


def test_what_is_known_of_its_release_is_forgiven_only_when_asked_for(tmp_path: Path) -> None:
    """`--known release` takes the list of the release that is met; a server that does better is told so."""
    with running(SETTINGS) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("ASTRBOT_USERNAME", SETTINGS.username)
        environment.setenv("ASTRBOT_PASSWORD", str(SETTINGS.password))
        arguments = [url, "--report", str(tmp_path), "--requirement", "NO-SECRETS", "--known", "release"]

        assert conform(arguments) == 0

    told = json.loads((tmp_path / "report.json").read_text())["known"]
    assert (told["release"], told["found"]) == (releases.BASE, 0)
    assert any("NO-SECRETS" in gone for gone in told["gone"])


def _answer_500(*places: str) -> Callable[[Server], None]:
    def put_into(server: Server) -> None:
        for place in places:
            server.answers[place] = lambda _status, _body: (500, {"status": "error", "message": "no"})

    return put_into
