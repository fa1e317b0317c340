"""Groups the findings that one change of a shared part causes in many operations, or in several parts of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from astrbot_generator.gate.finding import Finding
from astrbot_generator.pointer import split


class Group(NamedTuple):
    """Findings with the same rule and position, and the same message or cause."""

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
    def message(self) -> str:
        """The first message; with the name of the component if the messages differ."""
        if len({finding.message for finding in self.findings}) == 1:
            return self.first.message
        name = split(self.first.pointer)[2]
        return f"{self.first.message} (`{name}`, in {len(self.findings)} places)"

    @property
    def named(self) -> list[str]:
        """The operations, each once."""
        return list(dict.fromkeys(finding.operation for finding in self.findings if finding.operation))

    @property
    def operations(self) -> str:
        """The operations in words."""
        named = self.named
        if not named:
            return ""
        more = f" and {len(named) - 1} more operations" if len(named) > 2 else ""
        return named[0] + (f" and {named[1]}" if len(named) == 2 else more)


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Returns the groups, the most severe first, in the order of their first findings."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        same = finding.cause or finding.message
        key = (finding.rule, finding.position.file, finding.position.line, finding.pointer, same, finding.accepted)
        groups.setdefault(key, []).append(finding)
    result = [Group(found[0], tuple(found[1:])) for found in groups.values()]
    return sorted(result, key=lambda group: (-group.first.level.weight, not group.first.consent))
