"""GitHub workflow annotations, shown at the changed line."""

from __future__ import annotations

from astrbot_generator.gate.finding import Judgement, Level
from astrbot_generator.gate.output.groups import grouped
from astrbot_generator.gate.output.text import summary
from astrbot_generator.printable import printable, printable_line

_COMMANDS = {Level.BREAKING: "error", Level.WARNING: "warning", Level.INFORMATION: "notice"}


def render(judgement: Judgement) -> str:
    """Returns the judgement as workflow commands; accepted findings and unused operations become notices."""
    lines = []
    for group in grouped(judgement.findings):
        finding = group.first
        if any(judgement.refuses(one) for one in group.findings):
            command = "error"
        elif finding.accepted is not None or not judgement.concerns(finding):
            command = "notice"
        else:
            command = "warning" if finding.level is Level.BREAKING else _COMMANDS[finding.level]
        message = f"{group.operations}: {group.message}" if group.operations else group.message
        if finding.witness:
            message += f"\n{finding.witness.text}"
        at = finding.position
        position = f"file={_property(at.file)},line={at.line},col={at.column}"
        lines.append(f"::{command} {position},title={_property(finding.rule)}::{_data(message)}")
    return "\n".join([*lines, *map(printable_line, judgement.notes), summary(judgement)]) + "\n"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable_line(text)).replace(":", "%3A").replace(",", "%2C")
