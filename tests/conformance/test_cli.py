"""The words on the command line: what does not exist is told in one line, with what was perhaps meant."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from astrbot_api.operations import KEYED
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.http.rate_limiter import RateLimiter

WRONG = [
    (["--requirement", "SCOPE-REQIRED"], "did you mean SCOPE-REQUIRED?"),
    (["--operation", "list_bot"], "did you mean list_bots?"),
    (["--reqirement", "x"], "did you mean --requirement?"),
    (["--effects", "all"], "invalid choice"),
    (["--seed", "soon"], "invalid int value"),
    (["--tag", "bot"], "did you mean bots?"),
    (["--rate", "0"], "--rate must be more than 0"),
    (["--rate", "nan"], "--rate must be more than 0"),
    (["--concurrency", "0"], "--concurrency must be 1 to 256"),
    (["--concurrency", "257"], "--concurrency must be 1 to 256"),
    (["--timeout", "nan"], "--timeout must be more than 0"),
    (["--attachment", "a=image"], "--attachment needs the URL"),
    (["http://127.0.0.1:9", "--attachment", "a=picture"], "write ID=TYPE with a type of image"),
    (["http://127.0.0.1:9", "--mcp-server", "{}"], "an address, or JSON with `url`"),
    (["127.0.0.1:6185"], "write http://HOST:PORT"),
    (["--ca", "/no/such/file"], "cannot be read as certificates"),
    (["http://127.0.0.1:9"], "nothing listens there"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_what_cannot_be_done_is_told_in_one_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Exit code 2, one line that says what to do, and nothing written."""
    code = conform([*words, "--report", str(tmp_path / "report")])

    said = capsys.readouterr().err
    assert code == 2
    assert told in said
    assert said.count("\n") == 1
    assert not (tmp_path / "report").exists()


def test_a_report_that_could_not_be_written_is_told_before_the_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A file in the place of the folder: exit code 2, and nothing is asked."""
    (tmp_path / "file").touch()

    assert conform(["--report", str(tmp_path / "file" / "report")]) == 2
    assert "no folder can be written there" in capsys.readouterr().err


def test_clean_needs_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to clean without an address."""
    assert clean([]) == 2
    assert "URL" in capsys.readouterr().err


def test_the_reference_server_is_judged_where_no_address_is_given(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Exit code 0, a verdict on the terminal, and the report in its folder in format 1."""
    code = conform(["--requirement", "IM-BOTS", "--requirement", "DOC-UI", "--seed", "5", "--report", str(tmp_path)])

    told = capsys.readouterr()
    assert (code, told.err) == (0, "")
    assert "CONFORMANT" in told.out
    report = json.loads((tmp_path / "report.json").read_text())
    assert {"format", "verdict", "target", "run", "requirements", "findings"} <= report.keys()
    assert (report["format"], report["verdict"], report["findings"]) == (1, "conformant", [])
    assert {requirement["id"] for requirement in report["requirements"]} == {"IM-BOTS", "DOC-UI"}
    assert report["run"]["seed"] == 5
    assert (tmp_path / "junit.xml").exists()


@pytest.mark.parametrize("named", ["list_bots", "GET /api/v1/bots"])
def test_a_tag_chooses_its_operations(named: str, tmp_path: Path) -> None:
    """`--tag` judges the operations of that tag and no others; `--operation` adds one, by id or as reported."""
    words = ["--requirement", "SCOPE-REQUIRED", "--tag", "im", "--operation", named, "--rate", "500"]

    assert conform([*words, "--report", str(tmp_path)]) == 0

    (judged,) = json.loads((tmp_path / "report.json").read_text())["requirements"]
    chosen = {str(operation) for operation in KEYED if operation.tag == "im" or operation.id == "list_bots"}
    assert set(judged["operations"]) == chosen


def test_a_rate_bounds_the_requests() -> None:
    """So many callers at once go one after another."""
    rate_limiter = RateLimiter(100.0)
    began = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: rate_limiter.wait(), range(11)))

    assert time.perf_counter() - began >= 0.1


def test_nothing_selected_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A selection that leaves no check is a mistake, not a success."""
    assert conform(["-k", "no_such_check", "--report", str(tmp_path)]) == 2
    assert "no check is left" in capsys.readouterr().err
