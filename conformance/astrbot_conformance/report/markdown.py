"""`summary.md`: the verdict for the job page of a CI server."""

from collections.abc import Iterator

from astrbot_conformance.report.markdown_text import block, code, html_code
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import LISTED, Report, except_for
from astrbot_conformance.verdict.selection import judged_part

MARKS = {"passed": "✅", "failed": "❌", "known": "🟰", "not-judged": "❔"}
SHOULD_MARK, SHOULD_WORDS = "⚠️", "only SHOULD findings"  # if the MUST part of a requirement holds
VERDICTS = {"conformant": "✅ Conformant", "violations": "❌ Violations", "not-judged": "❔ Not judged"}
SHOWN = 25  # findings with details; the size of a CI page is limited


def render(report: Report) -> str:
    """Verdict, extent of the run, each requirement that did not simply pass, each finding with its `curl` line."""
    return "\n".join([*_head(report), *_requirements(report), *_findings(report)]) + "\n"


def _head(report: Report) -> Iterator[str]:
    part = f" in {code(judged_part(report))}" if report.selection else ""
    exceptions = f" {except_for(report)}" if report.verdict == "conformant" and report.deviations else ""
    yield f"## {VERDICTS[report.verdict]}{part}{exceptions}"
    yield ""
    yield (
        f"{code(report.url)}, AstrBot {code(report.release) if report.release else 'of unknown release'}, "
        f"judged as {report.contract.release}; "
        f"effects {report.effects}, seed {report.seed}, {report.requests} requests in {report.seconds:.1f} s"
    )
    if report.selection:
        yield f"\n**Selection:** {code(' '.join(report.selection))}. The other requirements were not judged."
    if report.samples:
        yield f"\nJudged by sample, in part: {', '.join(report.sampled)} (see `report.json`)."
    for note in report.notes:
        yield f"\n**Note:** {code(note)}"
    if report.beyond:
        yield f"\nNot judged: {len(report.beyond)} published operations that the contract lacks (see `report.json`)."
    if report.trouble:
        yield f"\n**Problem:** {code(report.trouble)}"


def _requirements(report: Report) -> Iterator[str]:
    passed = [requirement for requirement in report.requirements if requirement.status == "passed"]
    rest = [requirement for requirement in report.requirements if requirement.status != "passed"]
    selected = "selected requirements" if report.selection else "requirements"
    yield f"\n{len(passed)} of {len(report.requirements)} {selected} passed."
    if rest:
        yield "\n| | requirement | level | | sentence |\n| --- | --- | --- | --- | --- |"
    for requirement in rest:
        status = requirement.status
        sentence = report.contract.requirements[requirement.id].sentence.replace("|", "\\|")
        shown = (SHOULD_MARK, SHOULD_WORDS) if requirement.breaks_only_should else (MARKS[status], status)
        cells = (shown[0], requirement.id, requirement.level, shown[1], sentence)
        yield f"| {' | '.join(cells)} |"


def _findings(report: Report) -> Iterator[str]:
    for known in report.fixed_deviations:
        yield f"\n{code(str(known))} {LISTED}. It was listed because: {code(known.reason)}"
    for number, finding in enumerate(report.findings[:SHOWN], 1):
        yield from _finding(report, number, finding)
    if len(report.findings) > SHOWN:
        yield f"\n… and {len(report.findings) - SHOWN} more findings in `report.html`"


def _finding(report: Report, number: int, finding: Finding) -> Iterator[str]:
    known = report.reason_known(finding)
    why = f"known: {html_code(known)}" if known else finding.level
    level = "" if report.counts(finding) else f" ({why}; does not affect the verdict)"
    operation = html_code(finding.operation)
    yield f"\n<details><summary>Finding {number}: {finding.requirement} {operation}{level}</summary>\n"
    yield f"- expected: {code(finding.expected)}\n- actual: {code(finding.actual)}\n"
    if finding.curl:
        yield block(finding.curl, "sh")
    yield "\n</details>"
