"""The report on a terminal: the verdict first and last; between them one example for each cause, or everything."""

from collections.abc import Iterable, Iterator
from typing import Literal

from astrbot_reference.safe_text import one_line
from rich.console import RenderableType
from rich.text import Text

from astrbot_conformance.report.causes import Cause, causes
from astrbot_conformance.report.grid import grid
from astrbot_conformance.report.terminal.findings import cause_in_one_line, cause_lines, finding_lines
from astrbot_conformance.report.terminal.lines import labelled, printed
from astrbot_conformance.report.terminal.operations import grid_lines
from astrbot_conformance.report.terminal.requirements import beyond_lines, not_judged_lines, requirement_lines
from astrbot_conformance.verdict.judgement import LISTED, Report, except_for
from astrbot_conformance.verdict.selection import judged_part

Detail = Literal["verdict", "causes", "everything"]
VERDICTS = {"conformant": "CONFORMANT", "violations": "VIOLATIONS", "not-judged": "NOT JUDGED"}
MEANINGS = {
    "conformant": "the target meets all requirements that were judged",
    "violations": "the target violates the contract",
    "not-judged": "the run proves nothing about the target",
}
VERDICT_STYLES = {"conformant": "bold green", "violations": "bold red", "not-judged": "bold yellow"}
MOST_LINES = 60  # of a run
FEWEST_LINES = 30  # of the report, if progress took many lines
MOST_REASONS = 4  # why requirements were not judged, in the default output
REPLAY = "`astrbot-contract replay report.json N` repeats finding #N and reports whether it is still present."


def render(
    report: Report,
    width: int = 100,
    *,
    colour: bool = False,
    detail: Detail = "causes",
    most_lines: int = MOST_LINES,
) -> str:
    """The report in at most `width` columns, with ANSI colour if `colour` is set.

    A `curl` line is never broken, nor is the verdict if it is printed alone.
    most_lines: of an output by cause. A report with many notes can be longer.
    """
    if detail == "causes":
        blocks = _by_cause(report, width, most_lines, colour=colour)
    else:
        parts = _everything(report, width) if detail == "everything" else _verdict_alone(report)
        blocks = [printed(part, width, colour=colour) for part in parts]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _verdict_alone(report: Report) -> list[Iterable[RenderableType]]:
    verdict = verdict_line(report)
    verdict.no_wrap = True
    return [[verdict]]


def verdict_line(report: Report) -> Text:
    """The verdict, the extent of a narrowed run, the known deviations, and the numbers of findings."""
    verdict, meaning = VERDICTS[report.verdict], MEANINGS[report.verdict]
    if report.selection:
        verdict += f" in {one_line(judged_part(report))}"
    if report.verdict == "conformant" and report.deviations:
        verdict, meaning = (
            f"{verdict} {except_for(report)}",
            "the target meets all other requirements that were judged",
        )
    counts = ", ".join(_counts(report))
    return Text(f"{verdict}: {meaning}{f' ({counts})' * bool(counts)}.", style=VERDICT_STYLES[report.verdict])


def _counts(report: Report) -> Iterator[str]:
    """The numbers of new findings by level, and of requirements that were not judged."""
    new = [finding for finding in report.findings if report.reason_known(finding) is None]
    for level in ("MUST", "SHOULD"):
        found = [finding for finding in new if finding.level == level]
        if found:
            violated = len({finding.requirement for finding in found})
            yield f"{_number(len(found), f'{level} finding')} in {_number(violated, 'requirement')}"
    missed = sum(r.status == "not-judged" and not r.by_choice for r in report.requirements)
    if missed:
        yield f"{_number(missed, 'requirement')} not judged"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _everything(report: Report, width: int) -> list[Iterable[RenderableType]]:
    return [
        [verdict_line(report)],
        _head(report),
        grid_lines(grid(report), width),
        requirement_lines(report),
        *(finding_lines(report, number, finding) for number, finding in enumerate(report.findings, 1)),
        [REPLAY] if report.findings else [],
        not_judged_lines(report),
        beyond_lines(report),
        _end(report),
    ]


def _by_cause(report: Report, width: int, most_lines: int, *, colour: bool) -> list[list[str]]:
    """Examples with details as far as they fit, then one line for each other cause, then the other failed ids."""

    def lines(part: Iterable[RenderableType]) -> list[str]:
        return printed(part, width, colour=colour)

    before = [lines([verdict_line(report)]), lines(_head(report))]
    after = [lines(not_judged_lines(report, MOST_REASONS)), lines(beyond_lines(report)), lines(_end(report))]
    found = causes(report)
    room = most_lines - _height([*before, *after])
    detailed = _that_fit(
        (lines(cause_lines(report, cause)) for cause in found), room - _lines_of_rest(found, most_lines)
    )
    with_details, rest = found[: len(detailed)], found[len(detailed) :]
    listed = _first_of_each_requirement(rest)[: max(0, room - _height(detailed) - 3)]
    in_one_line = lines(cause_in_one_line(cause, width) for cause in listed)
    return [*before, *detailed, in_one_line, lines(_more(found, [*with_details, *listed])), *after]


def _that_fit(blocks: Iterable[list[str]], room: int) -> list[list[str]]:
    """The first blocks that take at most this many lines, but at least one."""
    fitting: list[list[str]] = []
    for block in blocks:
        if fitting and _height([*fitting, block]) > room:
            break
        fitting.append(block)
    return fitting


def _height(blocks: Iterable[list[str]]) -> int:
    """The lines of these blocks, each with an empty line before it."""
    return sum(len(block) + 1 for block in blocks)


def _lines_of_rest(found: Iterable[Cause], most_lines: int) -> int:
    """The lines to keep free for other causes: one for each requirement, at most a third of the output."""
    return min(len({cause.requirement for cause in found}), most_lines // 3) + 3


def _first_of_each_requirement(found: Iterable[Cause]) -> list[Cause]:
    """The causes, with the first one of each requirement in front."""
    firsts = {cause.requirement: cause for cause in reversed(list(found))}
    return sorted(found, key=lambda cause: firsts[cause.requirement] is not cause)


def _more(found: Iterable[Cause], shown: Iterable[Cause]) -> Iterator[RenderableType]:
    """What the output omits, and how to see it. Every failed requirement is named somewhere."""
    found, shown = list(found), list(shown)
    named = {cause.requirement for cause in shown}
    rest = [cause for cause in found if cause not in shown]
    unnamed = dict.fromkeys(cause.requirement for cause in rest if cause.requirement not in named)
    if unnamed:
        yield f"also violated: {', '.join(unnamed)}"
    if rest:
        yield f"… and {_number(sum(len(cause.findings) for cause in rest), 'more finding')}; `-v` shows all of them"
    if found:
        yield REPLAY


def _head(report: Report) -> Iterator[RenderableType]:
    if report.selection:
        yield labelled("Selection", f"{judged_part(report)}; the others were not judged")
    yield labelled("Target", f"{report.url}  (AstrBot {report.release or 'of unknown release'})")
    settings = f"effects {report.effects}, seed {report.seed}, run {report.run}"
    yield labelled("Contract", f"AstrBot {report.contract.release}, {settings}")
    if report.samples:
        sampled = ", ".join(report.sampled)
        yield labelled("Sampled", f"{sampled}: some checks judged only cases that the seed chose (see report.json)")


def _end(report: Report) -> Iterator[RenderableType]:
    for known in report.fixed_deviations:
        yield labelled("fixed", f"{known} {LISTED}; it was listed because: {known.reason}")
    for note in report.notes:
        yield labelled("Note", note)
    if report.trouble:
        yield labelled("Problem", report.trouble)
    yield f"{report.requests} requests, {report.keyed_requests} of them with a key, in {report.seconds:.1f} s"
    yield verdict_line(report)
