"""Which target a replay may send the login to, and how far it may go there: the user decides, not the report.

Reports come from CI artifacts and bug threads. Whoever wrote one could name a server of their own in it, and effects
that change more than the user wants.
"""

import sys

from astrbot_reference.command_line import UsageError

from astrbot_conformance.http.connection import LEVELS, Effects
from astrbot_conformance.outcome import CannotStart
from astrbot_conformance.preflight.first_contact import base_of
from astrbot_conformance.report.past import PastReport
from astrbot_conformance.report.transcript import Transcript

MOST_UNASKED: Effects = "write"


def agreed_target(past: PastReport, url: str | None, *, yes: bool) -> str:
    """The address of the target: `url` if it is given, else the one in the report if the user agrees to it.

    yes: the user agreed on the command line. On a terminal, the user is asked. Raises UsageError otherwise.
    """
    if url is not None:
        return url
    try:
        base = base_of(past.url)
    except CannotStart:
        raise UsageError("the report names no address that can be asked; give the target with --url URL") from None
    shown = ascii(base)[1:-1]  # a letter that only looks like one of a known host is seen
    if yes or _confirmed(f"The report names {shown} as its target. Send the login of the dashboard there? [y/N] "):
        return base
    raise UsageError(
        f"the report names {shown} as its target, and anybody may have written it; give --url URL, or --yes to send "
        "the login of the dashboard there"
    )


def agreed_effects(past: PastReport, effects: Effects | None) -> Effects:
    """How far the replay may go: `effects` if given, else what the run was allowed, but never beyond `write`."""
    return effects or LEVELS[min(LEVELS.index(past.effects), LEVELS.index(MOST_UNASKED))]


def _confirmed(question: str) -> bool:
    """Whether somebody at a terminal says yes; False if nobody is there."""
    errors = Transcript(sys.stderr)
    if sys.stdin is None or not (sys.stdin.isatty() and errors.isatty()):
        return False
    errors.write(question)
    errors.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
