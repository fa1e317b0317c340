"""`report.json`, format 1: for scripts."""

from collections.abc import Sequence
from typing import Any

from astrbot_conformance.json_text import dumped
from astrbot_conformance.verdict.judgement import Report

FORMAT = 1
REQUIREMENT = ("id", "level", "status", "worst", "checks", "reason", "operations")
SAMPLE = ("requirement", "check", "judged", "candidates")
FINDING = (
    *("requirement", "level", "operation", "expected", "actual"),
    *("curl", "response", "request", "check", "sent_by"),
)


def render(report: Report) -> str:
    """The report as JSON. Scripts rely on its keys; a change of meaning is a new format number."""
    return dumped(
        {
            "format": FORMAT,
            "verdict": report.verdict,
            "target": {
                "url": report.url,
                "release": report.release,
                "contract": report.contract.release,
            },
            "run": {
                "id": report.run,
                "seed": report.seed,
                "effects": report.effects,
                "seconds": round(report.seconds, 3),
                "requests": report.requests,
                "keyed_requests": report.keyed_requests,
                "notes": list(report.notes),
                "sampled": [_members(sample, SAMPLE) for sample in report.samples],
                "selection": {"options": list(report.selection), "requirements": report.judged, "of": report.total},
            },
            "requirements": [_members(requirement, REQUIREMENT) for requirement in report.requirements],
            "known": {
                "release": report.known_of,
                "found": len(report.deviations),
                "gone": [str(known) for known in report.fixed_deviations],
                "not_judged": [str(known) for known in report.unjudged_deviations],
            },
            "beyond": list(report.beyond),
            "findings": [_members(finding, FINDING) for finding in report.findings],
        },
    )


def _members(value: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
