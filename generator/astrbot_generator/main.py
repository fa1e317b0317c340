"""The command `astrbot-contract`: finds the subcommand and loads only the code of that subcommand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from astrbot_generator.output import complain, emit
from astrbot_generator.printable import printable_line


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command named by the first argument with the remaining arguments; returns 2 if it is unknown."""
    name, *rest = [*(sys.argv[1:] if argv is None else argv)] or ["--help"]
    commands = {entry.name: entry for entry in entry_points(group="astrbot_contract.commands")}
    if name in commands:
        return int(commands[name].load()(rest))
    usage = ["usage: astrbot-contract COMMAND [OPTIONS]   (COMMAND --help lists its options)"]
    usage += [f"  {command:<13} {_first_line(commands[command])}" for command in sorted(commands)]
    if name in ("-h", "--help"):
        return emit("\n".join(usage) + "\n")
    unknown = f"astrbot-contract: unknown command `{name}`; use one of {', '.join(sorted(commands))}"
    return complain("\n".join([*usage, printable_line(unknown)]))


def _first_line(command: EntryPoint) -> str:
    try:
        loaded = command.load()
    except (ImportError, AttributeError) as error:
        return f"(not available: {error})"
    return next(iter((loaded.__doc__ or "").strip().splitlines()), "")
