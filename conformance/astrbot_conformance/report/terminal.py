"""The verdict for people: each requirement in a line, each finding with all it takes to see it again."""

import textwrap
from collections.abc import Iterator

from astrbot_api.requirements import REQUIREMENTS

from astrbot_conformance.finding import Finding
from astrbot_conformance.judgement import Report

MARKS = {"passed": "✓", "failed": "✗", "known": "=", "not-judged": "?"}
WORDS = {
    "conformant": "CONFORMANT: everything that was judged is as the contract says.",
    "violations": "VIOLATIONS: the target does not do what the contract says.",
    "not-judged": "NOT JUDGED: the run proves nothing about the target.",
}
SHOWN = 25  # findings told in full; report.json has them all


def render(report: Report, width: int = 100) -> str:
    """The report as plain text, at most about `width` columns wide (a `curl` line is never broken)."""
    parts = (
        _head(report),
        _requirements(report),
        _findings(report, width),
        _not_judged(report, width),
        _verdict(report),
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part)))


def _head(report: Report) -> Iterator[str]:
    yield f"Target     {report.url}  (AstrBot {report.release or 'of unknown release'})"
    yield f"Contract   {report.contract}, effects {report.effects}, seed {report.seed}, run {report.run}"


def _requirements(report: Report) -> Iterator[str]:
    longest = max((len(requirement.id) for requirement in report.requirements), default=0)
    for requirement in report.requirements:
        mine = [judgement for judgement in report.judgements if judgement.requirement == requirement.id]
        counts = [f"{requirement.checks} checked"]
        if findings := sum(judgement.finding is not None for judgement in mine):
            counts.append(f"{findings} finding{'' if findings == 1 else 's'}")
        if missed := sum(judgement.status == "not-judged" for judgement in mine):
            counts.append(f"{missed} not judged")
        named = f"{MARKS[requirement.status]} {requirement.id:<{longest}}  {requirement.level:<6}"
        yield f"{named}  {requirement.status:<10}  {', '.join(counts)}"


def _findings(report: Report, width: int) -> Iterator[str]:
    for number, finding in enumerate(report.findings[:SHOWN]):
        if number:
            yield ""
        yield from _finding(report, finding, width)
    if len(report.findings) > SHOWN:
        yield f"… and {len(report.findings) - SHOWN} more findings in report.json"


def _finding(report: Report, finding: Finding, width: int) -> Iterator[str]:
    level = "" if report.counts(finding) else "  (SHOULD: told, does not decide)"
    yield f"{finding.requirement}  {finding.operation}{level}"
    told = (
        ("sentence", REQUIREMENTS[finding.requirement].sentence),
        ("expected", finding.expected),
        ("actual", finding.actual),
    )
    for name, text in told:
        yield from textwrap.wrap(text, width, initial_indent=f"  {name:<9} ", subsequent_indent=" " * 12)
    yield f"  replay    {finding.curl}"


def _not_judged(report: Report, width: int) -> Iterator[str]:
    """Why something was not judged, once for all the requirements that it keeps from being judged."""
    reasons: dict[str, list[str]] = {}
    for judgement in report.judgements:
        if judgement.status == "not-judged":
            reasons.setdefault(judgement.reason or "", []).append(judgement.requirement)
    for number, (reason, missed) in enumerate(reasons.items()):
        if number == SHOWN:
            yield f"… and {len(reasons) - SHOWN} more in report.json"
            return
        text = f"not judged: {reason} ({', '.join(dict.fromkeys(missed))})"
        yield from textwrap.wrap(text, width, subsequent_indent="    ")


def _verdict(report: Report) -> Iterator[str]:
    if report.trouble:
        yield f"Trouble: {report.trouble}"
    yield f"{report.requests} requests, {report.keyed_requests} of them with a key, in {report.seconds:.1f} s"
    yield WORDS[report.verdict]
