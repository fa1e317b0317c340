"""Markdown for a pull request comment: breaking changes first, examples folded."""

from __future__ import annotations

from astrbot_generator.gate.finding import Finding, Judgement, Level
from astrbot_generator.gate.output.groups import Group, grouped
from astrbot_generator.gate.output.text import status
from astrbot_generator.markdown_text import code_span, html_code, prose

_HEADINGS = {Level.BREAKING: "Breaking", Level.WARNING: "To review", Level.INFORMATION: "Also changed"}
_MOST = 60


def render(judgement: Judgement) -> str:
    """Returns the judgement as GitHub Markdown."""
    mark = "❌ refused" if judgement.verdict == "refused" else "✅ accepted"
    against = f" against {code_span(judgement.base)}" if judgement.base else ", no comparison"
    lines = [f"### Contract: {mark}", "", f"{code_span(judgement.head)}{against}", ""]
    concerned = [finding for finding in judgement.findings if judgement.concerns(finding)]
    groups = grouped(concerned)
    for level, heading in _HEADINGS.items():
        own = [group for group in groups if group.first.level is level]
        if own:
            lines += [f"#### {heading} ({sum(len(group.findings) for group in own)})", ""]
            for group in own[:_MOST]:
                lines += _entry(group, judgement)
            if len(own) > _MOST:
                lines.append(f"- and {len(own) - _MOST} more: see the report of the run")
            lines.append("")
    if len(concerned) < len(judgement.findings):
        lines.append(f"{len(judgement.findings) - len(concerned)} more findings affect only unused operations.")
    lines += [f"> {prose(note)}" for note in judgement.notes]
    return "\n".join(lines).rstrip() + "\n"


def _entry(group: Group, judgement: Judgement) -> list[str]:
    finding = group.first
    operations = f" {code_span(finding.operation)}" if finding.operation else ""
    if len(group.named) > 1:
        operations += f" and {len(group.named) - 1} more"
    position = code_span(f"{finding.position.file}:{finding.position.line}")
    lines = [f"- **{finding.rule}**{operations}: {prose(group.message)} ({position})"]
    if finding.level is not Level.INFORMATION:
        lines.append(f"  {prose(status(group, judgement))}")
    return lines + _folded(finding)


def _folded(finding: Finding) -> list[str]:
    if finding.witness is None:
        return []
    text = "<br>".join(html_code(row) for row in finding.witness.text.split("\n"))
    return [f"  <details><summary>example</summary><code>{text}</code></details>"]
