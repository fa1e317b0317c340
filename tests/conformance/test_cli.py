"""The command line: an unknown value is reported in one line, with a suggestion."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from astrbot_api.operations import KEYED
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.http.rate_limiter import RateLimiter

pytestmark = pytest.mark.slow

WRONG = [
    (["--requirement", "SCOPE-REQIRED"], "did you mean SCOPE-REQUIRED?"),
    (["--operation", "list_bot"], "did you mean list_bots?"),
    (["--reqirement", "x"], "did you mean --requirement?"),
    (["--effects", "all"], "invalid choice"),
    (["--seed", "soon"], "invalid int value"),
    (["--tag", "bot"], "did you mean bots?"),
    (["--rate", "0"], "--rate must be more than 0"),
    (["--rate", "nan"], "--rate must be more than 0"),
    (["--concurrency", "0"], "--concurrency must be from 1 to 256"),
    (["--concurrency", "257"], "--concurrency must be from 1 to 256"),
    (["--timeout", "nan"], "--timeout must be more than 0"),
    (["--attachment", "a=image"], "--attachment needs the URL"),
    (["http://127.0.0.1:9", "--attachment", "a=picture"], "write ID=TYPE; the types are image"),
    (["http://127.0.0.1:9", "--mcp-server", "{}"], "a JSON object with `url`"),
    (["127.0.0.1:6185"], "write http://HOST:PORT"),
    (["--ca", "/no/such/file"], "cannot be read as certificates"),
    (["http://127.0.0.1:9"], "nothing listens at this address"),
]


@pytest.mark.parametrize(("words", "error"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_an_impossible_command_is_reported_in_one_line(
    words: list[str], error: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The exit code is 2, one line says what to do, and no file is written."""
    code = conform([*words, "--report", str(tmp_path / "report")])

    output = capsys.readouterr().err
    assert code == 2
    assert error in output
    assert output.count("\n") == 1
    assert not (tmp_path / "report").exists()


def test_an_unwritable_report_is_reported_before_the_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file instead of the folder: exit code 2, and no request."""
    (tmp_path / "file").touch()

    assert conform(["--report", str(tmp_path / "file" / "report")]) == 2
    assert "the report cannot be written to this folder" in capsys.readouterr().err


def test_clean_needs_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    """The address is required."""
    assert clean([]) == 2
    assert "URL" in capsys.readouterr().err


def test_the_reference_server_is_judged_without_an_address(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The exit code is 0, the terminal shows a verdict, and the report in format 1 is in its folder."""
    code = conform(["--requirement", "IM-BOTS", "--requirement", "DOC-UI", "--seed", "5", "--report", str(tmp_path)])

    error = capsys.readouterr()
    assert (code, error.err) == (0, "")
    assert "CONFORMANT" in error.out
    report = json.loads((tmp_path / "report.json").read_text())
    assert {"format", "verdict", "target", "run", "requirements", "findings"} <= report.keys()
    assert (report["format"], report["verdict"], report["findings"]) == (1, "conformant", [])
    assert {requirement["id"] for requirement in report["requirements"]} == {"IM-BOTS", "DOC-UI"}
    assert report["run"]["seed"] == 5
    assert (tmp_path / "junit.xml").exists()


def test_the_amount_of_output_is_chosen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`-q` prints one line, the verdict, and `-v` every requirement. Both write the same report."""
    words = ["--requirement", "DOC-UI", "--report", str(tmp_path)]

    assert conform([*words, "-q"]) == 0
    (verdict,) = capsys.readouterr().out.splitlines()
    assert verdict.startswith("CONFORMANT in 1 of ")
    assert (tmp_path / "report.json").exists()
    assert conform([*words, "-v"]) == 0
    everything = capsys.readouterr().out
    assert "✓ DOC-UI  MUST  passed  1 checked" in everything
    assert verdict in " ".join(everything.split())


@pytest.mark.parametrize("named", ["list_bots", "GET /api/v1/bots"])
def test_a_tag_selects_its_operations(named: str, tmp_path: Path) -> None:
    """`--tag` selects only the operations of that tag; `--operation` adds one, by id or as reports name it."""
    words = ["--requirement", "SCOPE-REQUIRED", "--tag", "im", "--operation", named, "--rate", "500"]

    assert conform([*words, "--report", str(tmp_path)]) == 0

    (judged,) = json.loads((tmp_path / "report.json").read_text())["requirements"]
    chosen = {str(operation) for operation in KEYED if operation.tag == "im" or operation.id == "list_bots"}
    assert set(judged["operations"]) == chosen


def test_a_rate_limits_the_requests() -> None:
    """That many concurrent callers continue one after another."""
    rate_limiter = RateLimiter(100.0)
    began = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: rate_limiter.wait(), range(11)))

    assert time.perf_counter() - began >= 0.1


def test_an_empty_selection_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A selection without any check is not a success."""
    assert conform(["-k", "no_such_check", "--report", str(tmp_path)]) == 2
    assert "no check is left" in capsys.readouterr().err
