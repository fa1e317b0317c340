"""The command finds its rooms by their entry points, and `generate` finds the contract."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from astrbot_generator.cli import generate
from astrbot_generator.main import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(entry.name for entry in entry_points(group="astrbot_contract.commands"))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each, exit 0; the same without any argument."""
    for arguments in (["--help"], []):
        assert main(arguments) == 0
        printed = capsys.readouterr().out
        assert COMMANDS
        assert [name for name in COMMANDS if f"\n  {name} " not in printed] == []
        assert "not available" not in printed


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and what there is instead."""
    assert main(["generat"]) == 2
    assert f"unknown command `generat`; use one of {', '.join(COMMANDS)}" in capsys.readouterr().err


def test_a_command_gets_the_rest_of_the_arguments(tmp_path: Path) -> None:
    """`astrbot-contract generate --spec … --out …` generates."""
    arguments = ["--spec", str(ROOT / "generated/astrbot_api/openapi.json"), "--out", str(tmp_path / "out")]

    assert main(["generate", *arguments]) == 0
    assert (tmp_path / "out" / "astrbot_api" / "models.py").is_file()


def test_the_installed_package_is_checked_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A package without its pages is compared with the bundle in it, if both are named."""
    shutil.copytree(ROOT / "generated/astrbot_api", tmp_path / "astrbot_api")

    assert generate(["--spec", str(tmp_path / "astrbot_api/openapi.json"), "--out", str(tmp_path), "--check"]) == 0
    assert capsys.readouterr().out == ""
