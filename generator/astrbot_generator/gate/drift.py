"""Compares the generated code with the contract in the background, because it is the slowest check."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from astrbot_generator.background import Background
from astrbot_generator.errors import ContractError
from astrbot_generator.gate.state import project_of


def start_comparison(contract: Path) -> Background[list[str]] | None:
    """Starts the comparison of `generated/` with the contract; returns None if the project has no generated code."""
    out = project_of(contract) / "generated"
    return Background(partial(_drift, contract, out)) if (out / "astrbot_api").is_dir() else None


def _drift(contract: Path, out: Path) -> list[str]:
    from astrbot_generator.generate import generate  # noqa: PLC0415 - slow to import; only our own contract needs it
    from astrbot_generator.publish import differences  # noqa: PLC0415

    try:
        files = generate(contract)
    except ContractError:
        return []  # another rule reports why it cannot be generated
    return [line.removeprefix("+++ ") for line in differences(files, out) if line.startswith("+++ ")]
