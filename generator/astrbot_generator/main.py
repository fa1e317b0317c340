"""The command `astrbot-contract`: finds the room that was asked for, and loads only that one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command named by the first argument with the rest of them; 2 where there is none of that name."""
    name, *rest = [*(sys.argv[1:] if argv is None else argv)] or ["--help"]
    commands = {entry.name: entry for entry in entry_points(group="astrbot_contract.commands")}
    if name in commands:
        return int(commands[name].load()(rest))
    asked = name in ("-h", "--help")
    print(
        "usage: astrbot-contract COMMAND [OPTIONS]   (COMMAND --help says more)",
        file=sys.stdout if asked else sys.stderr,
    )
    for command in sorted(commands):
        print(f"  {command:<13} {_first_line(commands[command])}", file=sys.stdout if asked else sys.stderr)
    if not asked:
        print(
            f"astrbot-contract: there is no command `{name}`; name one of {', '.join(sorted(commands))}",
            file=sys.stderr,
        )
    return 0 if asked else 2


def _first_line(command: EntryPoint) -> str:
    try:
        loaded = command.load()
    except (ImportError, AttributeError) as error:
        return f"(not available: {error})"
    return next(iter((loaded.__doc__ or "").strip().splitlines()), "")
