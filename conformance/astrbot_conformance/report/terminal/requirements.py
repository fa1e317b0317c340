"""The requirements for a terminal: a line for each one, and the reasons why some were not judged."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from astrbot_conformance.report.terminal.lines import labelled
from astrbot_conformance.verdict.judgement import Report, RequirementStatus

STATUS_MARKS = {"passed": "✓", "failed": "✗", "known": "=", "not-judged": "?"}
SHOULD_MARK, SHOULD_WORDS = "!", "only SHOULD findings"  # the MUST part of the requirement holds
STATUS_STYLES = {"passed": "green", "failed": "bold red", "known": "yellow", "not-judged": "yellow"}
SHOWN = 25  # reasons and operations; report.json has all of them


def requirement_lines(report: Report) -> Iterator[RenderableType]:
    """A table of the requirements, with their status and how often they were judged."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for requirement in report.requirements:
        judgements = [judgement for judgement in report.judgements if judgement.requirement == requirement.id]
        counts = [f"{requirement.checks} checked"]
        if findings := sum(judgement.finding is not None for judgement in judgements):
            counts.append(f"{findings} finding{'' if findings == 1 else 's'}")
        if missed := sum(judgement.status == "not-judged" for judgement in judgements):
            counts.append(f"{missed} not judged")
        mark, words, style = _status(requirement)
        named = Text.assemble((mark, style), f" {requirement.id}", no_wrap=True)
        table.add_row(named, requirement.level, Text(words, style=style), ", ".join(counts))
    if report.requirements:
        yield table


def _status(requirement: RequirementStatus) -> tuple[str, str, str]:
    """The mark, text and style of a status. The text says if only the SHOULD part of a MUST is violated."""
    if requirement.breaks_only_should:
        return SHOULD_MARK, SHOULD_WORDS, "yellow"
    return STATUS_MARKS[requirement.status], requirement.status, STATUS_STYLES[requirement.status]


def not_judged_lines(report: Report, shown: int = SHOWN) -> Iterator[RenderableType]:
    """Each reason for requirements that were not judged, once for all requirements that it affects."""
    reasons: dict[str, list[str]] = {}
    for judgement in report.judgements:
        if judgement.status == "not-judged":
            reasons.setdefault(judgement.reason or "", []).append(judgement.requirement)
    for number, (reason, missed) in enumerate(reasons.items()):
        if number == shown:
            yield f"… and {len(reasons) - shown} more in report.json"
            return
        yield labelled("not judged", f"{reason} ({', '.join(dict.fromkeys(missed))})")


def beyond_lines(report: Report) -> Iterator[RenderableType]:
    """The published operations that no contract knows: only rules for every operation are judged there."""
    if report.beyond:
        shown = ", ".join(report.beyond[:SHOWN]) + (" …" if len(report.beyond) > SHOWN else "")
        yield labelled("not judged", f"{len(report.beyond)} published operations that the contract lacks: {shown}")
