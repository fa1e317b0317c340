"""Groups the findings that one change of a shared part causes in many operations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from astrbot_generator.gate.finding import Finding


class Group(NamedTuple):
    """Findings with the same rule, position and message."""

    first: Finding
    others: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return (self.first, *self.others)

    @property
    def fingerprint(self) -> str:
        """The fingerprint that accepts all of them."""
        return self.first.shared_fingerprint if self.others else self.first.fingerprint

    @property
    def operations(self) -> str:
        """The operations in words."""
        if self.first.operation is None:
            return ""
        more = f" and {len(self.others)} more operations" if len(self.others) > 1 else ""
        more = f" and {self.others[0].operation}" if len(self.others) == 1 else more
        return self.first.operation + more


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Returns the groups, the most severe first, in the order of their first findings."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        message = finding.message
        key = (finding.rule, finding.position.file, finding.position.line, finding.pointer, message, finding.accepted)
        groups.setdefault(key, []).append(finding)
    result = [Group(found[0], tuple(found[1:])) for found in groups.values()]
    return sorted(result, key=lambda group: (-group.first.level.weight, not group.first.consent))
