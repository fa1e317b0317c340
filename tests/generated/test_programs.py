"""Programs that use the models pass `mypy --strict` without a plugin, and do what they say."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import astrbot_api
import pytest

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.stem for program in PROGRAMS])
def test_a_program_does_what_it_says(program: Path) -> None:
    """The assertions in the program hold."""
    runpy.run_path(str(program))["main"]()


@pytest.mark.slow
def test_programs_pass_the_strict_type_checker(tmp_path: Path) -> None:
    """Without any configuration, mypy knows the types of constructors, members and items."""
    package = Path(str(astrbot_api.__file__)).parent.parent
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}", *map(str, PROGRAMS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"MYPYPATH": str(package)},
    )

    assert len(PROGRAMS) >= 10
    assert checked.returncode == 0, checked.stdout
