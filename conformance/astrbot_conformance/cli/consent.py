"""Consent to the target of a replay and to its effects: the user decides, not the report.

Reports come from CI artifacts and bug threads. An attacker could write a report that names another server, or effects
that the user does not want.
"""

import sys

from astrbot_reference.command_line import UsageError

from astrbot_conformance.http import LEVELS, Effects
from astrbot_conformance.outcome import CannotStart
from astrbot_conformance.preflight.first_contact import base_of
from astrbot_conformance.report.past import PastReport
from astrbot_conformance.report.transcript import Transcript

MOST_UNASKED: Effects = "write"


def agreed_target(past: PastReport, url: str | None, *, yes: bool) -> str:
    """The address of the target: `url` if it is given, else the address in the report if the user agrees to it.

    yes: the user agreed on the command line. On a terminal, the user is asked. Raises UsageError otherwise.
    """
    if url is not None:
        return url
    try:
        base = base_of(past.url)
    except CannotStart:
        raise UsageError("the report names no valid address; give the address of the target with --url URL") from None
    shown = ascii(base)[1:-1]  # a letter that only resembles one of a known host becomes visible
    if yes or _confirmed(f"The report names {shown} as its target. Send the login of the dashboard there? [y/N] "):
        return base
    raise UsageError(
        f"the report names {shown} as its target, but anybody can write a report; give --url URL, or --yes to send "
        "the login of the dashboard to that address"
    )


def agreed_effects(past: PastReport, effects: Effects | None) -> Effects:
    """The allowed effects of the replay: `effects` if given, else those of the run, but never beyond `write`."""
    return effects or LEVELS[min(LEVELS.index(past.effects), LEVELS.index(MOST_UNASKED))]


def _confirmed(question: str) -> bool:
    """Whether a user at a terminal confirms the question; False if there is no terminal."""
    errors = Transcript(sys.stderr)
    if sys.stdin is None or not (sys.stdin.isatty() and errors.isatty()):
        return False
    errors.write(question)
    errors.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
