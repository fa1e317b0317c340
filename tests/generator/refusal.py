"""Expects that bad input is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from astrbot_generator.cli import generate

from tests.generator.making import write


def expect_refusal(bad: Any, where: str, why: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, lines of the form `file:line:column: #/pointer: what is wrong; what to do`, and no output.

    where, why: regular expressions for the first line.
    """
    source = write(folder / "spec", bad)

    assert generate(["--spec", str(source), "--out", str(folder / "out")]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    first = printed.err.splitlines()[0]
    assert first.startswith(str(source)), first
    assert re.search(where, first), first
    assert re.search(why, first), first
    assert "; " in first
    assert "Traceback" not in printed.err
    assert not (folder / "out").exists()
