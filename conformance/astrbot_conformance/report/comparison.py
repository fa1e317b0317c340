"""The differences between two reports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from astrbot_conformance.report.past import PastFinding, PastReport


@dataclass(frozen=True)
class Comparison:
    """Two reports to compare."""

    old: PastReport
    new: PastReport

    @cached_property
    def appeared(self) -> Sequence[PastFinding]:
        """Findings that only the new report has."""
        return _beyond(self.new.findings, self.old.findings)

    @cached_property
    def disappeared(self) -> Sequence[PastFinding]:
        """Findings that only the old report has, if the new run judged their requirement and operation."""
        return [finding for finding in _beyond(self.old.findings, self.new.findings) if self.new.covers(finding)]

    @cached_property
    def unjudged(self) -> Sequence[str]:
        """Requirements that only the old run judged: neither better nor worse, but unknown."""
        missed = (name for name, status in self.old.statuses.items() if status != "not-judged")
        return [name for name in missed if self.new.statuses.get(name, "not-judged") == "not-judged"]

    @property
    def is_worse(self) -> bool:
        """Whether the new report has a finding that the old one does not have."""
        return bool(self.appeared)

    def lines(self) -> Iterator[str]:
        """The comparison as lines of text."""
        yield f"old  {_headline(self.old)}"
        yield f"new  {_headline(self.new)}"
        for heading, mark, findings in (
            ("new findings", "-", self.appeared),
            ("fixed findings", "+", self.disappeared),
        ):
            if findings:
                yield ""
                yield f"{heading}: {len(findings)}"
            for finding in findings:
                yield f"{mark} {finding.requirement}  {finding.operation}  ({finding.level})"
                yield f"    expected {finding.expected}, got {finding.actual}"
        if self.unjudged:
            yield ""
            yield f"no longer judged: {', '.join(self.unjudged)}"
        if added := [name for name in self.new.statuses if name not in self.old.statuses]:
            yield ""
            yield f"judged for the first time: {', '.join(f'{name} {self.new.statuses[name]}' for name in added)}"
        unchanged = len(self.new.findings) - len(self.appeared)
        yield ""
        yield f"{len(self.appeared)} new, {len(self.disappeared)} fixed, {unchanged} unchanged"


def _beyond(findings: Sequence[PastFinding], others: Sequence[PastFinding]) -> list[PastFinding]:
    """The elements of `findings` without a match at the same place in `others`."""
    left = Counter(finding.place for finding in others)
    beyond = []
    for finding in findings:
        if left[finding.place]:
            left[finding.place] -= 1
        else:
            beyond.append(finding)
    return beyond


def _headline(report: PastReport) -> str:
    release = report.release or "of unknown release"
    part = f" in {report.selection}" if report.selection else ""
    return (
        f"{report.verdict}{part}  {report.url}, AstrBot {release}, contract {report.contract}, effects {report.effects}"
    )
