"""A command whose output is lost: one line, the documented exit code, a complete report or none, and no leftovers."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from astrbot_conformance.report.files import files_of
from astrbot_reference import running

from tests.conformance.dashboard import ENVIRONMENT, SETTINGS, operator
from tests.conformance.report.samples import BROKEN, SOUND

pytestmark = pytest.mark.slow

FILES = {"report.json", "junit.xml", "report.html", "report.sarif", "summary.md"}
RUN = ["--requirement", "IM-BOTS", "--seed", "1"]
ENVIRONMENT_WITH_KEY = {**ENVIRONMENT, "ASTRBOT_KEY": "abk_" + "x" * 40}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server that outlives the runs."""
    with running(SETTINGS) as url:
        yield url


@pytest.fixture(autouse=True)
def nothing_is_left(base: str) -> Iterator[None]:
    """The target is unchanged after each test."""
    with operator(base) as client:
        yield
        assert client.get("/api/v1/api-keys").json()["data"] == []


def ran(words: list[str], folder: Path, redirection: str) -> tuple[int, str]:
    """The exit code of a command whose streams a shell redirects, and its standard error."""
    line = '"$0" -m astrbot_generator "$@" ' + redirection
    done = subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}", sys.executable, *words],
        cwd=folder,
        env=ENVIRONMENT_WITH_KEY,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stderr


def is_complete(folder: Path) -> bool:
    """Whether all files of a report exist, each complete, and no other files."""
    json.loads((folder / "report.json").read_text())
    assert (folder / "report.html").read_text().rstrip().endswith("</html>")
    assert (folder / "junit.xml").read_text().rstrip().endswith("</testsuites>")
    return {file.name for file in folder.iterdir()} == FILES


def commands(base: str, folder: Path) -> dict[str, list[str]]:
    """A command line for each command that prints something at once."""
    for name in ("old", "new"):
        (folder / name).mkdir()
        (folder / name / "report.json").write_text(files_of(SOUND if name == "old" else BROKEN)["report.json"])
    return {
        "conform": [base, *RUN],
        "check": [base, "--format", "json"],
        "clean": [base],
        "diff": ["old", "new"],
        "replay": ["old", "--url", base],
        "serve": ["--list-faults"],
    }


@pytest.mark.parametrize("name", ["conform", "check", "clean", "diff", "replay", "serve"])
def test_a_full_disk_is_no_success(name: str, base: str, tmp_path: Path) -> None:
    """`>/dev/full`: one line and an exit code other than 0, also for the help."""
    words = [name, *commands(base, tmp_path)[name]]
    for line in (words, [name, "--help"]):
        code, wrong = ran(line, tmp_path, ">/dev/full")

        assert code in (1, 2), wrong
        assert len(wrong.splitlines()) == 1
        assert wrong.startswith(f"{name}: standard output cannot be written (No space left on device); redirect it")
    assert name != "conform" or is_complete(tmp_path / "conformance-report")


@pytest.mark.parametrize("name", ["conform", "check", "clean", "diff", "replay"])
def test_a_closed_output_is_an_error_at_the_start(name: str, base: str, tmp_path: Path) -> None:
    """`>&-`: one line, exit code 2, no report."""
    code, wrong = ran([name, *commands(base, tmp_path)[name]], tmp_path, ">&-")

    assert code == 2
    assert wrong.splitlines() == [f"{name}: standard output is closed; redirect it to a file, or to the null device"]
    assert not (tmp_path / "conformance-report").exists()


@pytest.mark.parametrize(("name", "code"), [("conform", 0), ("diff", 1), ("serve", 0)])
def test_a_reader_that_leaves_changes_no_verdict(name: str, code: int, base: str, tmp_path: Path) -> None:
    """`| head -1`, and a reader that reads nothing: at most one line, the usual exit code, and a complete report."""
    words = [name, *commands(base, tmp_path)[name]]
    for reader in ("| head -1", "| true"):
        ended, wrong = ran(words, tmp_path, reader)

        assert ended == code
        assert wrong.splitlines() in ([], [f"{name}: the reader of standard output left; the rest was not printed"])
    assert name != "conform" or is_complete(tmp_path / "conformance-report")


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&-", "2>&- <&-"])
def test_the_other_streams_are_not_needed(redirection: str, base: str, tmp_path: Path) -> None:
    """A run is judged with a closed standard error or input, or with a full disk behind them."""
    code, wrong = ran(["conform", base, *RUN], tmp_path, redirection)

    assert (code, wrong) == (0, "")
    assert is_complete(tmp_path / "conformance-report")


@pytest.mark.parametrize("redirection", [">&- 2>&-", ">/dev/full 2>/dev/full", ">&- 2>&- <&-"])
def test_without_any_stream_there_is_an_exit_code(redirection: str, base: str, tmp_path: Path) -> None:
    """Nothing can be printed, so the exit code must show the result."""
    assert ran(["conform", base, *RUN], tmp_path, redirection) == (2, "")


@pytest.mark.parametrize("there_was_one", [False, True], ids=["first", "second"])
def test_a_report_is_written_completely_or_not_at_all(there_was_one: bool, base: str, tmp_path: Path) -> None:  # noqa: FBT001
    """Files are limited to 8 KiB, and one is larger: exit code 2, and the earlier report still exists."""
    folder = tmp_path / "report"
    before: dict[str, str] = {}
    if there_was_one:
        assert ran(["conform", base, *RUN, "--report", str(folder)], tmp_path, "")[0] == 0
        before = {file.name: file.read_text() for file in folder.iterdir()}

    code, wrong = limited(["conform", base, *RUN, "--report", str(folder)], tmp_path)

    assert code == 2
    assert wrong.startswith("conform: the report cannot be written: ")
    assert len(wrong.splitlines()) == 1
    assert {file.name: file.read_text() for file in folder.iterdir()} == before


def limited(words: list[str], folder: Path) -> tuple[int, str]:
    """The command with a limit of 8 KiB for every file."""
    return _run(words, folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)))


def _run(words: list[str], folder: Path, before: Callable[[], None]) -> tuple[int, str]:
    line = [sys.executable, "-m", "astrbot_generator", *words]
    done = subprocess.run(
        line, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120, preexec_fn=before
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder without write permission")
def test_a_folder_that_cannot_be_created_is_reported(base: str, tmp_path: Path) -> None:
    """In a folder without write permission, one line says so, before or after the run, with exit code 2."""
    code, wrong = ran(["conform", base, *RUN, "--report", "/proc/self/report"], tmp_path, "")

    assert code == 2
    assert len(wrong.splitlines()) == 1
    assert "/proc/self/report" in wrong


def test_no_link_is_followed(base: str, tmp_path: Path) -> None:
    """If a file of the report is a link to another file, the link is replaced and the other file stays unchanged."""
    folder, other = tmp_path / "report", tmp_path / "other"
    folder.mkdir()
    other.write_text("mine")
    (folder / "report.json").symlink_to(other)

    code, _ = ran(["conform", base, *RUN, "--report", str(folder)], tmp_path, "")

    assert (code, other.read_text()) == (0, "mine")
    assert is_complete(folder)
