"""Commands leave only the report in the working folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from astrbot_reference import Settings, running

pytestmark = pytest.mark.slow

COMMAND = str(Path(sys.executable).with_name("astrbot-contract"))
GENERATED_CASES = ["--requirement", "MSG-TYPES", "--requirement", "KEY-SCOPES", "--requirement", "CHAT-USERNAME"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with an empty home folder."""
    variables = {name: value for name, value in os.environ.items() if name == "PATH"}
    return variables | {
        "HOME": str(tmp_path / "home"),
        "ASTRBOT_USERNAME": "astrbot",
        "ASTRBOT_PASSWORD": "Open-Sesame-1",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty working folder."""
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


def test_a_run_leaves_its_report(folder: Path, environment: dict[str, str]) -> None:
    """Generated cases leave no cache next to it, neither in a run nor in a replay."""
    line = [COMMAND, "conform", "--seed", "1", *GENERATED_CASES]

    assert subprocess.run(line, cwd=folder, env=environment, capture_output=True, check=False).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["conformance-report"]


def test_clean_and_check_leave_nothing(folder: Path, environment: dict[str, str]) -> None:
    """Commands that write no report leave no file."""
    with running(Settings(password=environment["ASTRBOT_PASSWORD"])) as url:
        for command, key in (("clean", {}), ("check", {"ASTRBOT_KEY": "abk_0123456789abcdef0123456789abcdef"})):
            ended = subprocess.run(
                [COMMAND, command, url], cwd=folder, env=environment | key, capture_output=True, check=False
            )
            assert (ended.returncode, b"Traceback" in ended.stderr) == ({"clean": 0, "check": 1}[command], False)

    assert list(folder.iterdir()) == []


def test_serve_keeps_its_database_in_the_home_folder(folder: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """It prints the path, and no other user can read the database."""
    line = [COMMAND, "serve", "--port", "0"]
    with subprocess.Popen(line, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        database = next(line for line in process.stdout if line.startswith("  database"))
        process.send_signal(signal.SIGINT)
        process.wait(30)

    file = Path(database.split("sqlite:///")[1].strip())
    assert file.is_relative_to(tmp_path / "home")
    assert file.is_file()
    assert file.parent.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []
