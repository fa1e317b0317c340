"""`astrbot-contract replay` asks again and says what still stands."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_api.operations import Operation
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.report import json as report_json
from astrbot_faults import Fault, Server, broken
from astrbot_reference import Settings

from tests.conformance.report.samples import SOUND

SETTINGS = Settings(username="astrbot", password="a long password", logins_at_once=10**6)
OPERATIONS = ["--operation", "list_bots", "--operation", "list_personas"]


MENDED: list[bool] = []  # empty for as long as the server is broken


def _break(server: Server) -> None:
    server.scopes = lambda operation, held: held | {"bot"} if _is_odd(operation, "list_bots") else held
    server.answers["GET /api/v1/personas"] = lambda status, body: (
        status,
        body if MENDED else {**body, "status": "fine"},
    )


def _is_odd(operation: Operation, name: str) -> bool:
    return operation.id == name and not MENDED


ODD = Fault(
    "odd", "SCOPE-REQUIRED", "Any key lists bots, and who lists personas hears a status of no envelope.", _break
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The report of a server that is broken in two ways and still runs."""
    folder = tmp_path_factory.mktemp("report")
    with broken(SETTINGS, ODD) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASTRBOT_USERNAME", "astrbot")
        patch.setenv("ASTRBOT_PASSWORD", "a long password")
        assert conform([url, "--seed", "7", "--report", str(folder), *OPERATIONS]) == 1
        yield folder


def numbers(folder: Path) -> dict[str, str]:
    """The number of the first finding of each requirement."""
    findings = json.loads((folder / "report.json").read_text())["findings"]
    return {finding["requirement"]: str(number) for number, finding in reversed(list(enumerate(findings, 1)))}


def test_what_is_still_broken_stands(found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every finding of a server that did not change: also what shows only in the answers to other checks."""
    capsys.readouterr()

    assert replay([str(found), "--yes"]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("#")]
    assert len(told) == len(json.loads((found / "report.json").read_text())["findings"])
    assert [line for line in told if " stands " not in line] == []
    assert {"SCOPE-REQUIRED", "SHAPE-ENVELOPE"} <= {line.split()[2] for line in told}


def test_what_was_mended_is_gone(found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One finding by its number, on a server that was mended since."""
    number = numbers(found)["SCOPE-REQUIRED"]
    capsys.readouterr()

    MENDED.append(True)
    try:
        assert replay([str(found / "report.json"), number, "--yes"]) == 0
    finally:
        MENDED.clear()
    out = capsys.readouterr().out
    assert out.startswith(f"#{number} gone")
    assert out.count("#") == 1


def test_a_requirement_names_all_its_findings(found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its id stands for their numbers."""
    capsys.readouterr()

    assert replay([str(found), "SCOPE-REQUIRED", "--yes"]) == 1
    assert "SHAPE" not in capsys.readouterr().out


def test_a_finding_that_is_not_there_is_a_usage_error(found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number beyond the last, or a name of nothing."""
    assert replay([str(found), "99"]) == 2
    assert replay([str(found), "SCOPE-NONE"]) == 2
    assert "none of that number" in capsys.readouterr().err


def test_a_check_that_is_no_more_is_not_judged(found: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report of another release may name checks that this one does not have: nothing is said to be gone."""
    raw = json.loads((found / "report.json").read_text())
    raw["findings"] = [raw["findings"][0] | {"check": "test_of_another_release", "operation": "GET /nowhere"}]
    (tmp_path / "report.json").write_text(json.dumps(raw))

    assert replay([str(tmp_path), "1", "--yes"]) == 3
    assert "no such check" in capsys.readouterr().out


def test_nothing_that_answers_is_a_usage_error(found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--url` asks another address; where nothing listens one line says so."""
    assert replay([str(found), "--url", "http://127.0.0.1:9"]) == 2
    assert "nothing listens" in capsys.readouterr().err


def test_a_report_without_findings_is_done_at_once(tmp_path: Path) -> None:
    """Nothing is asked."""
    (tmp_path / "report.json").write_text(report_json.render(SOUND), encoding="utf-8")

    assert replay([str(tmp_path)]) == 0
