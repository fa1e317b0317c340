"""The findings for a terminal: each with details, or one example for each cause."""

from collections.abc import Iterator

from astrbot_reference.safe_text import one_line
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from astrbot_conformance.report.causes import Cause
from astrbot_conformance.report.terminal.lines import NARROWEST
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Report

LONGEST_CURL = 300  # characters of a command that the default output shows


def finding_lines(report: Report, number: int, finding: Finding) -> Iterator[RenderableType]:
    """A finding with all its details."""
    yield _title(number, finding, report.counts(finding), report.reason_known(finding))
    yield _details(report, finding)
    if finding.curl:
        yield _replay(finding.curl)


def cause_lines(report: Report, cause: Cause) -> Iterator[RenderableType]:
    """The example of a cause, and on how many other operations it was found. A long request is not shown."""
    finding = cause.example
    yield _title(cause.number, finding, cause.counts, cause.known, others=_others(cause))
    yield _details(report, finding)
    if finding.curl:
        is_short = len(finding.curl) <= LONGEST_CURL
        yield _replay(finding.curl if is_short else f"astrbot-contract replay report.json {cause.number}")


def cause_in_one_line(cause: Cause, width: int) -> Text:
    """The same in one line of at most `width` columns."""
    line = _title(cause.number, cause.example, cause.counts, cause.known, others=_others(cause))
    line.append(f": {one_line(cause.example.actual)}")
    line.truncate(max(width, NARROWEST), overflow="ellipsis")
    return line


def _others(cause: Cause) -> str:
    """How many other operations, or findings, the cause has."""
    if (operations := len(cause.operations) - 1) > 0:
        return f", and {operations} other operation{'' if operations == 1 else 's'}"
    if (findings := len(cause.findings) - 1) > 0:
        return f", {findings + 1} times"
    return ""


def _title(number: int, finding: Finding, counts: bool, known: str | None, others: str = "") -> Text:  # noqa: FBT001
    why = f"known: {one_line(known)}" if known else finding.level
    level = "" if counts else f"  ({why}; does not affect the verdict)"
    style = "bold red" if counts else "bold yellow"
    return Text.assemble((f"#{number} {finding.requirement}", style), f"  {one_line(finding.operation)}{others}{level}")


def _details(report: Report, finding: Finding) -> Table:
    details = Table.grid(padding=(0, 1, 0, 0))
    details.add_row("  sentence", Text(report.contract.requirements[finding.requirement].sentence))
    details.add_row("  expected", Text(one_line(finding.expected)))
    details.add_row("  actual", Text(one_line(finding.actual)))
    return details


def _replay(command: str) -> Text:
    return Text(f"  replay   {one_line(command)}", no_wrap=True, overflow="ignore")
