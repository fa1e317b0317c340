"""Plain text for a terminal: like a compiler, the position comes first."""

from __future__ import annotations

from astrbot_generator.gate.finding import Judgement, Level
from astrbot_generator.gate.output.groups import Group, grouped
from astrbot_generator.printable import printable_line


def render(judgement: Judgement) -> str:
    """Returns the judgement as text."""
    concerned = [finding for finding in judgement.findings if judgement.concerns(finding)]
    lines = []
    for group in grouped(concerned):
        lines += _group(group, judgement)
    passed_over = len(judgement.findings) - len(concerned)
    if passed_over:
        lines.append(f"{passed_over} more findings affect only unused operations")
    lines += map(printable_line, judgement.notes)
    lines.append(summary(judgement))
    return "\n".join(lines) + "\n"


def summary(judgement: Judgement) -> str:
    """Returns the verdict in one line."""
    levels = [finding.level for finding in judgement.findings]
    counts = ", ".join(f"{levels.count(level)} {level.value}" for level in Level)
    accepted = sum(finding.accepted is not None for finding in judgement.findings)
    more = f", {accepted} of them accepted" if accepted else ""
    against = f" against {judgement.base}" if judgement.base else " (no comparison)"
    return printable_line(f"{judgement.verdict}: {judgement.head}{against}: {counts}{more}")


def _group(group: Group, judgement: Judgement) -> list[str]:
    finding = group.first
    operations = f" [{group.operations}]" if group.operations else ""
    head = printable_line(f"{finding.position}: {finding.level.value} {finding.rule}{operations}")
    message = printable_line(group.message)
    if finding.level is Level.INFORMATION:
        return [f"{head}: {message}"]
    rows = finding.witness.text.split("\n") if finding.witness else []
    return [
        head,
        f"    {message}",
        *(f"    > {printable_line(row)}" for row in rows),
        f"    {status(group, judgement)}",
    ]


def status(group: Group, judgement: Judgement) -> str:
    """Returns how to handle a finding, or why it is accepted."""
    finding = group.first
    if finding.accepted is not None:
        return f"accepted: {printable_line(finding.accepted)}"
    if finding.consent:
        return f"needs consent: --accept {group.fingerprint} --reason …"
    if judgement.refuses(finding):
        return (
            f"refused; `--explain {finding.rule}` says what to do, --accept {group.fingerprint} --reason … accepts it"
        )
    return f"`--explain {finding.rule}` says more"
