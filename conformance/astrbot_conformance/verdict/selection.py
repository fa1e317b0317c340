"""How a report describes a narrowed run: which options selected the checks, and how many requirements were judged.

A run is narrowed if an option of the command line leaves out checks of a full run. Its verdict covers only the
remaining checks, so no report shows it like the verdict of a full run.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from astrbot_conformance.verdict.judgement import Report

SHOWN = 3  # options named in a line; report.json has all of them


def narrowing_options(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The options that narrow a run, as a shell reads them: `--requirement DOC-UI`. Empty for a full run."""
    given = [
        *(("--requirement", name) for name in arguments.requirement),
        *(("--operation", name) for name in arguments.operation),
        *(("--tag", name) for name in arguments.tag),
        *((("-k", arguments.expression),) if arguments.expression is not None else ()),
        *((("-x",),) if arguments.stop_at_first else ()),
    ]
    return tuple(shlex.join(words) for words in given)


def in_short(selection: Sequence[str]) -> str:
    """The first options of a selection, and the number of further ones."""
    more = f" and {len(selection) - SHOWN} more" if len(selection) > SHOWN else ""
    return " ".join(selection[:SHOWN]) + more


def judged_part(report: Report) -> str:
    """How much a narrowed run judged, and the reason: `1 of 69 requirements (--requirement DOC-UI)`."""
    return f"{report.judged} of {report.total} requirements ({in_short(report.selection)})"
