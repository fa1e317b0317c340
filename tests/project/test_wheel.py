"""The wheel works without the repository, in a separate environment."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, ROOT

pytestmark = pytest.mark.slow

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the packages of the installed wheel, in a separate environment.

    The environment contains only the wheel. A `.pth` file adds the dependencies of the environment of the tests, so no
    network is needed, and the editable installation of the repository is not found.
    """
    home = tmp_path_factory.mktemp("away")
    environment = home / "environment"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True, text=True)
    (site,) = (environment / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return site


@pytest.fixture(scope="module")
def command(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A function that runs `astrbot-contract` from the installed wheel in an empty folder."""
    environment, folder = installed.parents[2], tmp_path_factory.mktemp("empty")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("ASTRBOT_", "PYTHON"))}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [str(environment / "bin" / "astrbot-contract"), *arguments]
        return subprocess.run(line, check=False, capture_output=True, text=True, cwd=folder, env=variables, timeout=300)

    return run


def test_it_holds_all_that_the_packages_need(wheel: Path) -> None:
    """It contains every file of the packages, the known deviations and the licence, and nothing else."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(folder.parent).as_posix()
        for folder in PACKAGES.values()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    known = {f"astrbot_conformance/known/{path.name}" for path in (ROOT / "conformance" / "known").glob("*.toml")}

    assert known
    assert names == files | known
    assert "astrbot_api/openapi.json" in names
    assert any(name.endswith("/licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_help_lists_the_commands(command: Command) -> None:
    """`astrbot-contract --help` names every command."""
    answer = command("--help")

    assert answer.returncode == 0
    assert [name for name in ("clean", "conform", "generate", "serve") if name not in answer.stdout] == []


def test_generated_code_is_in_step(command: Command, installed: Path) -> None:
    """`generate --check` reports no difference between the installed package and its contract.

    Without a contract in the folder, `generate` ends with 2.
    """
    site = installed / "astrbot_api"
    answer = command("generate", "--spec", str(site / "openapi.json"), "--out", str(installed), "--check")

    assert (answer.returncode, answer.stdout) == (0, ""), answer.stdout + answer.stderr
    assert command("generate", "--check").returncode == 2


def test_any_two_releases_can_be_compared(command: Command) -> None:
    """The wheel contains the contracts of all releases; `diff-releases` prints the same as the generated page."""
    answer = command("diff-releases", "4.28.2", "4.29.1")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (ROOT / "generated/docs/releases/4.28.2-to-4.29.1.md").read_text("utf-8")


def test_the_reference_server_is_conformant(command: Command, tmp_path: Path) -> None:
    """`conform` judges a tag of the built-in reference server, has no findings, and writes the report."""
    answer = command("conform", "--seed", "7", "--tag", "personas", "--report", str(tmp_path))
    report = json.loads((tmp_path / "report.json").read_text()) if answer.returncode == 0 else {}

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert report["verdict"] == "conformant"
    assert (tmp_path / "junit.xml").stat().st_size > 0


def test_a_wrong_option_is_a_usage_error(command: Command) -> None:
    """An unknown option ends `conform`, `generate` and `serve` with 2, without a traceback."""
    answers = [command(name, "--no-such-option") for name in ("conform", "generate", "serve")]

    assert [answer.returncode for answer in answers] == [2, 2, 2]
    assert [answer.stderr for answer in answers if "Traceback" in answer.stderr] == []


def test_a_dead_target_is_a_usage_error(command: Command) -> None:
    """If nothing listens at the address, `conform` ends with 2 and one line."""
    answer = command("conform", "http://127.0.0.1:9")

    assert answer.returncode == 2, answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
