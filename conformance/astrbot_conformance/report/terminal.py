"""The verdict for a terminal: the grid, one line for each requirement, each finding with details, the verdict."""

import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from astrbot_reference.safe_text import one_line
from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from astrbot_conformance.report.grid import MARKS, STATES, Row, State, grid
from astrbot_conformance.report.safe_console import SafeConsole
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import LISTED, Report, RequirementStatus, except_for
from astrbot_conformance.verdict.selection import judged_part

STATUS_MARKS = {"passed": "✓", "failed": "✗", "known": "=", "not-judged": "?"}
SHOULD_MARK, SHOULD_WORDS = "!", "only SHOULD findings"  # the MUST part of the requirement holds
STATUS_STYLES = {"passed": "green", "failed": "bold red", "known": "yellow", "not-judged": "yellow"}
CELL_STYLES: dict[State, str] = {
    "allowed": "green",
    "refused": "dim",
    "leak": "bold white on red",
    "over-refused": "bold red",
    "not-judged": "yellow",
}
CELL_WORDS: dict[State, str] = {
    "allowed": "allowed",
    "refused": "rejected, as required",
    "leak": "leak: allowed, must be rejected",
    "over-refused": "wrongly rejected, must be allowed",
    "not-judged": "not judged",
}
VERDICTS = {"conformant": "CONFORMANT", "violations": "VIOLATIONS", "not-judged": "NOT JUDGED"}
MEANINGS = {
    "conformant": "the target meets all requirements that were judged.",
    "violations": "the target violates the contract.",
    "not-judged": "the run proves nothing about the target.",
}
VERDICT_STYLES = {"conformant": "bold green", "violations": "bold red", "not-judged": "bold yellow"}
SHOWN = 25  # findings with details; report.json has all of them
NARROWEST = 40
LONGEST_NAME = 62  # columns of an operation's method and path
PREFIX = "/api/v1"


def render(report: Report, width: int = 100, *, colour: bool = False) -> str:
    """The report in at most `width` columns (a `curl` line is never broken), with ANSI colour if `colour` is set."""
    width = max(width, NARROWEST)
    out = io.StringIO()
    console = SafeConsole(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    parts = (
        _head(report),
        _grid(grid(report), width),
        _requirements(report),
        *(_finding(report, number, finding) for number, finding in enumerate(report.findings[:SHOWN], 1)),
        _more(report),
        _not_judged(report),
        _beyond(report),
        _verdict(report),
    )
    for number, part in enumerate(lines for part in parts if (lines := list(part))):
        if number:
            console.print()
        for line in part:
            console.print(line, soft_wrap=isinstance(line, Text) and line.no_wrap is True)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _head(report: Report) -> Iterator[RenderableType]:
    if report.selection:
        yield _labelled("Selection", f"{judged_part(report)}; the others were not judged")
    yield _labelled("Target", f"{report.url}  (AstrBot {report.release or 'of unknown release'})")
    settings = f"effects {report.effects}, seed {report.seed}, run {report.run}"
    yield _labelled("Contract", f"AstrBot {report.contract.release}, {settings}")


def _grid(rows: Sequence[Row], width: int) -> Iterator[RenderableType]:
    """One line for each judged operation; closed operations only if they are not closed on the target."""
    shown = [row for row in rows if row.operation.scope or not row.is_sound]
    if shown:
        yield from _operations(shown, list(shown[0].cells), width)
    if sound := len(rows) - len(shown):
        yield Text(f"{sound} closed operations reject every scope, as required.", style="dim")


def _operations(shown: Sequence[Row], scopes: Sequence[str], width: int) -> Iterator[RenderableType]:
    """A heading, as many rows side by side as fit into the width, and the legend of the marks."""
    name_width = min(LONGEST_NAME, max(cell_len(_name(row)) for row in shown))
    cell = 4 if width >= name_width + 4 * len(scopes) else 3 if width >= 30 + 3 * len(scopes) else 2
    name_width = min(name_width, width - cell * len(scopes))
    across = max(1, (width + 3) // (name_width + cell * len(scopes) + 3))
    heading = " " * name_width + "".join(f"{scope[: cell - 1]:>{cell}}" for scope in scopes)
    lines = [_grid_line(row, name_width, cell) for row in shown]
    height = -(-len(lines) // across)
    yield Text("   ").join([Text(heading, style="bold")] * min(across, len(lines)))
    for side_by_side in zip_longest(*(lines[start : start + height] for start in range(0, len(lines), height))):
        yield Text("   ").join(line for line in side_by_side if line)
    states = {state for row in shown for state in row.cells.values()}
    legend = [Text.assemble((MARKS[s], CELL_STYLES[s]), f" {CELL_WORDS[s]}") for s in STATES if s in states]
    yield Text("   ").join(legend)


def _grid_line(row: Row, name_width: int, cell: int) -> Text:
    name = _name(row)
    cut = name if cell_len(name) <= name_width else set_cell_size(name, name_width - 1) + "…"
    line = Text(set_cell_size(cut, name_width), style="" if row.is_sound else "bold", end="")
    for state in row.cells.values():
        line.append(" " * (cell - 1))
        line.append(MARKS[state], CELL_STYLES[state])
    return line


def _name(row: Row) -> str:
    return f"{row.operation.method:<6} {row.operation.path.removeprefix(PREFIX)}"


def _requirements(report: Report) -> Iterator[RenderableType]:
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


def _finding(report: Report, number: int, finding: Finding) -> Iterator[RenderableType]:
    counts = report.counts(finding)
    known = report.reason_known(finding)
    why = f"known: {one_line(known)}" if known else finding.level
    level = "" if counts else f"  ({why}; does not affect the verdict)"
    style = "bold red" if counts else "bold yellow"
    yield Text.assemble((f"#{number} {finding.requirement}", style), f"  {one_line(finding.operation)}{level}")
    details = Table.grid(padding=(0, 1, 0, 0))
    details.add_row("  sentence", Text(report.contract.requirements[finding.requirement].sentence))
    details.add_row("  expected", Text(one_line(finding.expected)))
    details.add_row("  actual", Text(one_line(finding.actual)))
    yield details
    if finding.curl:
        yield Text(f"  replay   {one_line(finding.curl)}", no_wrap=True, overflow="ignore")


def _more(report: Report) -> Iterator[RenderableType]:
    if len(report.findings) > SHOWN:
        yield f"… and {len(report.findings) - SHOWN} more findings in report.json"
    if report.findings:
        yield "`astrbot-contract replay report.json N` repeats finding #N and reports whether it is still present."


def _not_judged(report: Report) -> Iterator[RenderableType]:
    """Each reason for requirements that were not judged, once for all requirements that it affects."""
    reasons: dict[str, list[str]] = {}
    for judgement in report.judgements:
        if judgement.status == "not-judged":
            reasons.setdefault(judgement.reason or "", []).append(judgement.requirement)
    for number, (reason, missed) in enumerate(reasons.items()):
        if number == SHOWN:
            yield f"… and {len(reasons) - SHOWN} more in report.json"
            return
        yield _labelled("not judged", f"{reason} ({', '.join(dict.fromkeys(missed))})")


def _beyond(report: Report) -> Iterator[RenderableType]:
    """The published operations that no contract knows: only rules for every operation are judged there."""
    if report.beyond:
        shown = ", ".join(report.beyond[:SHOWN]) + (" …" if len(report.beyond) > SHOWN else "")
        yield _labelled("not judged", f"{len(report.beyond)} published operations that the contract lacks: {shown}")


def _verdict(report: Report) -> Iterator[RenderableType]:
    for known in report.fixed_deviations:
        yield _labelled("fixed", f"{known} {LISTED}; it was listed because: {known.reason}")
    for note in report.notes:
        yield _labelled("Note", note)
    if report.trouble:
        yield _labelled("Problem", report.trouble)
    yield f"{report.requests} requests, {report.keyed_requests} of them with a key, in {report.seconds:.1f} s"
    yield Text(_verdict_line(report), style=VERDICT_STYLES[report.verdict])


def _verdict_line(report: Report) -> str:
    """The verdict, the extent of a narrowed run, and the known deviations, if any."""
    verdict, meaning = VERDICTS[report.verdict], MEANINGS[report.verdict]
    if report.selection:
        verdict += f" in {one_line(judged_part(report))}"
    if report.verdict == "conformant" and report.deviations:
        verdict, meaning = (
            f"{verdict} {except_for(report)}",
            "the target meets all other requirements that were judged.",
        )
    return f"{verdict}: {meaning}"


def _labelled(name: str, text: str) -> Table:
    """A table with a name and an indented text."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(min_width=10, no_wrap=True)
    table.add_row(name, Text(one_line(text)))
    return table
