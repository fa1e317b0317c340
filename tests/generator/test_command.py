"""The command finds its rooms by their entry points, and `generate` finds the contract."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from astrbot_generator.cli import generate
from astrbot_generator.main import main

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
    assert f"there is no command `generat`; name one of {', '.join(COMMANDS)}" in capsys.readouterr().err


def test_a_command_gets_the_rest_of_the_arguments(tmp_path: Path) -> None:
    """`astrbot-contract generate --spec … --out …` generates."""
    arguments = ["--spec", str(ROOT / "generated/astrbot_api/openapi.json"), "--out", str(tmp_path / "out")]

    assert main(["generate", *arguments]) == 0
    assert (tmp_path / "out" / "astrbot_api" / "models.py").is_file()


def test_away_from_a_contract_the_installed_one_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder without `spec/`, `generate --check` holds the installed package to the bundle in it."""
    monkeypatch.chdir(tmp_path)

    assert generate(["--check"]) == 0
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []
