"""`report.json`, format 1: for scripts."""

from astrbot_conformance.json_text import dumped
from astrbot_conformance.verdict.judgement import Report

FORMAT = 1


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
                "selection": {"options": list(report.selection), "requirements": report.judged, "of": report.total},
            },
            "requirements": [
                {
                    "id": requirement.id,
                    "level": requirement.level,
                    "status": requirement.status,
                    "worst": requirement.worst,
                    "checks": requirement.checks,
                    "reason": requirement.reason,
                    "operations": list(requirement.operations),
                }
                for requirement in report.requirements
            ],
            "known": {
                "release": report.known_of,
                "found": len(report.deviations),
                "gone": [str(known) for known in report.fixed_deviations],
                "not_judged": [str(known) for known in report.unjudged_deviations],
            },
            "beyond": list(report.beyond),
            "findings": [
                {
                    "requirement": finding.requirement,
                    "level": finding.level,
                    "operation": finding.operation,
                    "expected": finding.expected,
                    "actual": finding.actual,
                    "curl": finding.curl,
                    "response": finding.response,
                    "request": finding.request,
                    "check": finding.check,
                    "sent_by": finding.sent_by,
                }
                for finding in report.findings
            ],
        },
    )
