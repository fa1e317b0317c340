"""Findings of the checks of the web UI, in words that let a user reproduce them."""

from typing import NoReturn

from astrbot_conformance.browser.observed import NAMES, Observed
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import Finding, FindingRaised


def fail_in_ui(observed: Observed, expected: str, actual: str) -> NoReturn:
    """Raise FindingRaised: the web UI is not as the requirement expects."""
    steps = [] if isinstance(observed.steps, NotJudged) else [f"  {step}" for step in observed.steps]
    lines = [f"offered: {', '.join(sorted(observed.offered))}", *(["clicked:", *steps] if steps else [])]
    raise FindingRaised(
        Finding(
            operation=f"web UI in {NAMES[observed.language]}",
            expected=expected,
            actual=actual,
            curl="",
            response="\n".join([*lines, f"pictures: ui-{observed.language}-*.png in the folder of the report"]),
            level="SHOULD",
        )
    )
