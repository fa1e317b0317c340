"""The changelog of two contracts as Markdown: what broke and what is new, by operation."""

from __future__ import annotations

from collections.abc import Iterable

from astrbot_generator.gate.access import ScopeSource
from astrbot_generator.gate.document import Document, not_compared
from astrbot_generator.gate.finding import Level
from astrbot_generator.gate.judge import changes
from astrbot_generator.gate.output.groups import Group, grouped
from astrbot_generator.markdown_text import code_span, prose

_HEADINGS = {Level.BREAKING: "Breaking", Level.WARNING: "To review", Level.INFORMATION: "Other changes"}


def written(base: Document, head: Document, *, source: ScopeSource | None = None) -> str:
    """Returns the changes between two contracts, as Markdown."""
    found = changes(base, head, source=source)
    named = prose(head.info("title", "API"))
    lines = [f"# {named}: from {prose(base.info('version', '?'))} to {prose(head.info('version', '?'))}", ""]
    for remark in not_compared(base):
        lines += [prose(remark), ""]
    if not found:
        return "\n".join([*lines, "No change that affects clients."]) + "\n"
    for level, heading in _HEADINGS.items():
        groups = grouped(finding for finding in found if finding.level is level)
        if groups:
            lines += [f"## {heading}", "", *_entries(groups), ""]
    return "\n".join(lines).rstrip() + "\n"


def _entries(groups: Iterable[Group]) -> list[str]:
    return [f"- {_subject(group)}{prose(group.message)}" for group in groups]


def _subject(group: Group) -> str:
    finding = group.first
    operation = finding.operation
    if operation is None or f"`{operation}`" in finding.message:
        return ""
    others = group.named[1:]
    named = ", ".join(code_span(name) for name in [operation, *others[:4]])
    more = f" and {len(others) - 4} more" if len(others) > 4 else ""
    return f"{named}{more}: "
