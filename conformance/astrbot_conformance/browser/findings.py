"""Findings of the checks of the web UI, in words that let a user reproduce them."""

from typing import NoReturn

from astrbot_conformance.browser.observed import NAMES, Sight
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import Finding, FindingRaised


def seen_otherwise(sight: Sight, expected: str, actual: str) -> NoReturn:
    """Raise FindingRaised: the web UI is not as the requirement expects."""
    steps = [] if isinstance(sight.steps, NotJudged) else [f"  {step}" for step in sight.steps]
    seen = [f"offered: {', '.join(sorted(sight.offered))}", *(["clicked:", *steps] if steps else [])]
    raise FindingRaised(
        Finding(
            operation=f"web UI in {NAMES[sight.language]}",
            expected=expected,
            actual=actual,
            curl="",
            response="\n".join([*seen, f"pictures: ui-{sight.language}-*.png in the folder of the report"]),
            level="SHOULD",
        )
    )
