"""`astrbot-contract replay` repeats the requests of findings and reports which findings are still present."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from astrbot_api.operations import Operation
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.report import json as report_json
from astrbot_faults import Fault, Server, broken
from astrbot_reference import Settings

from tests.conformance.report.samples import SOUND

pytestmark = pytest.mark.slow

SETTINGS = Settings(username="astrbot", password="a long password", logins_at_once=10**6)
OPERATIONS = ["--operation", "list_bots", "--operation", "list_personas"]
OLD_REPORT = Path(__file__).with_name("old_report.json")  # of the same server, before the texts were rewritten


FIXED: list[bool] = []  # empty as long as the server has the faults


def _break(server: Server) -> None:
    server.scopes = lambda operation, held: held | {"bot"} if _is_odd(operation, "list_bots") else held
    server.answers["GET /api/v1/personas"] = lambda status, body: (
        status,
        body if FIXED else {**body, "status": "fine"},
    )


def _is_odd(operation: Operation, name: str) -> bool:
    return operation.id == name and not FIXED


ODD = Fault(
    "odd", "SCOPE-REQUIRED", "Any key lists bots, and the list of personas has a status of no envelope.", _break
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the report of a server that has two faults and still runs."""
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


def test_findings_of_an_unchanged_server_are_present(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every finding is still present, including one of a passive check, which inspects responses to other checks."""
    capsys.readouterr()

    assert replay([str(folder), "--yes"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("#")]
    assert len(lines) == len(json.loads((folder / "report.json").read_text())["findings"])
    assert [line for line in lines if " present " not in line] == []
    assert {"SCOPE-REQUIRED", "SHAPE-ENVELOPE"} <= {line.split()[2] for line in lines}


def test_a_fixed_finding_is_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One finding, selected by its number, on a server that was fixed in the meantime."""
    number = numbers(folder)["SCOPE-REQUIRED"]
    capsys.readouterr()

    FIXED.append(True)
    try:
        assert replay([str(folder / "report.json"), number, "--yes"]) == 0
    finally:
        FIXED.clear()
    out = capsys.readouterr().out
    assert out.startswith(f"#{number} gone")
    assert out.count("#") == 1


def test_a_requirement_selects_all_its_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The id of a requirement can be given instead of the numbers."""
    capsys.readouterr()

    assert replay([str(folder), "SCOPE-REQUIRED", "--yes"]) == 1
    assert "SHAPE" not in capsys.readouterr().out


def test_a_nonexistent_finding_is_a_usage_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number beyond the last one, or an unknown requirement."""
    assert replay([str(folder), "99"]) == 2
    assert replay([str(folder), "SCOPE-NONE"]) == 2
    assert "has this number or requirement" in capsys.readouterr().err


def test_a_check_that_no_longer_exists_is_not_judged(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report of another version can name checks that this version lacks. Its findings are not reported as gone."""
    raw = json.loads((folder / "report.json").read_text())
    raw["findings"] = [raw["findings"][0] | {"check": "test_of_another_release", "operation": "GET /nowhere"}]
    (tmp_path / "report.json").write_text(json.dumps(raw))

    assert replay([str(tmp_path), "1", "--yes"]) == 3
    assert "no such check" in capsys.readouterr().out


def test_an_address_without_a_server_is_a_usage_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--url` selects another address. If nothing listens there, one line says so."""
    assert replay([str(folder), "--url", "http://127.0.0.1:9"]) == 2
    assert "nothing listens" in capsys.readouterr().err


def test_a_report_of_an_earlier_version_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`replay` and `diff` match findings by the check and the operation. The texts differ between versions."""
    capsys.readouterr()

    assert replay([str(OLD_REPORT), "--url", json.loads((folder / "report.json").read_text())["target"]["url"]]) == 1
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("#")]
    assert [line[1] for line in lines] == ["present"] * 5

    assert diff([str(OLD_REPORT), str(folder)]) == 0
    assert "0 new, 0 fixed, 5 unchanged" in capsys.readouterr().out


def test_a_report_without_findings_needs_no_requests(tmp_path: Path) -> None:
    """No request is sent."""
    (tmp_path / "report.json").write_text(report_json.render(SOUND), encoding="utf-8")

    assert replay([str(tmp_path)]) == 0
