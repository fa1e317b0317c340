"""The recipe for CI: an AstrBot is started with its own password and judged in the same job."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.astrbot import RELEASE, installed

pytestmark = pytest.mark.live

RECIPE = Path(__file__).parents[2] / ".github/actions/judge/judge.sh"


@pytest.mark.parametrize(("requirement", "code"), [("SCOPE-SUFFICIENT", 0), ("DOC-OPENAPI", 1)])
def test_an_astrbot_is_judged_without_secrets(requirement: str, code: int, tmp_path: Path) -> None:
    """The recipe starts it, finishes its setup, ends with the exit code of conform, and leaves no process running."""
    conform = f"{Path(sys.executable).with_name('astrbot-contract')} conform"
    here = {"ASTRBOT": str(installed(RELEASE)), "CONFORM": conform, "PYTHON": sys.executable, "TMPDIR": str(tmp_path)}
    secret = {"ASTRBOT_USERNAME", "ASTRBOT_PASSWORD", "ASTRBOT_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in secret} | here
    words = ["--requirement", requirement, "--report", str(tmp_path / "report")]

    process = subprocess.run(
        [RECIPE, "-", *words], env=environment, capture_output=True, text=True, check=False, timeout=300
    )

    assert process.returncode == code, process.stderr
    report = json.loads((tmp_path / "report/report.json").read_text())
    assert [each["id"] for each in report["requirements"]] == [requirement]
    assert report["target"]["release"].startswith("4.26")
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
