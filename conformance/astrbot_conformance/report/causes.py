"""Findings with one cause: the same requirement, the same expectation and the same kind of response.

A fault of a server often shows on many operations. A report shows one example for each cause, and the number of others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Report

SECURITY = ("AUTH", "SCOPE", "KEY", "SESSIONS", "PROJECTS", "UPLOADS", "WS", "NO", "FILE", "SKILL", "T2I", "BEYOND")
"""Families of requirements about access and secrets, which come first."""
VARYING = re.compile(r"`[^`]*`|\"[^\"]*\"|(?:[A-Z]+ )?/api/v1/\S*|\b(?=\w*\d)\w{4,}\b|(?<![\w.])\d{1,2}(?![\w.])")
"""The parts of a text that differ between findings of one cause: quoted texts, paths, ids and small numbers."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one cause. numbers: their numbers in the report, from 1. known: why they are known, if they are."""

    requirement: str
    findings: tuple[Finding, ...]
    numbers: tuple[int, ...]
    counts: bool
    known: str | None

    @property
    def example(self) -> Finding:
        """The finding that is shown."""
        return self.findings[0]

    @property
    def number(self) -> int:
        """The number of the example in the report."""
        return self.numbers[0]

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations of the findings, without duplicates."""
        return tuple(dict.fromkeys(finding.operation for finding in self.findings))


def causes(report: Report) -> tuple[Cause, ...]:
    """The findings of a report by cause.

    Known findings come last. Among the others, MUST comes before SHOULD, and security before the rest.
    """
    found = list(report.contract.requirements)

    def rank(numbered: tuple[int, Finding]) -> tuple[object, ...]:
        _, finding = numbered
        family = finding.requirement.partition("-")[0]
        place = SECURITY.index(family) if family in SECURITY else len(SECURITY)
        is_known = report.reason_known(finding) is not None
        return (is_known, finding.level != "MUST", place, found.index(finding.requirement))

    ranked = sorted(enumerate(report.findings, 1), key=rank)
    return tuple(cause for _, of_requirement in groupby(ranked, rank) for cause in _split(report, list(of_requirement)))


def _split(report: Report, numbered: Sequence[tuple[int, Finding]]) -> list[Cause]:
    """The causes of findings of one requirement, in the order of their first findings."""
    kinds: dict[tuple[str | None, str, str], list[tuple[int, Finding]]] = {}
    for number, finding in numbered:
        kind = (report.reason_known(finding), *outlines(finding))
        kinds.setdefault(kind, []).append((number, finding))
    return [
        Cause(
            requirement=members[0][1].requirement,
            findings=tuple(finding for _, finding in members),
            numbers=tuple(number for number, _ in members),
            counts=report.counts(members[0][1]),
            known=known,
        )
        for (known, _, _), members in kinds.items()
    ]


def outlines(finding: Finding) -> tuple[str, str]:
    """What was expected, and what came, without the parts that differ between findings of one cause."""
    return _outline(finding.expected), _outline(finding.actual)


def _outline(text: str) -> str:
    """A text without the parts that differ between operations. A status is kept: another status is another cause."""
    status = re.match(r"[1-5]\d\d\b", text)
    return (status[0] if status else "") + VARYING.sub("…", text[status.end() if status else 0 :])
