"""The combined result of the scope checks: which scope opens which operation, cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from astrbot_api.operation import Operation

from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement, Report

State = Literal["allowed", "refused", "leak", "over-refused", "not-judged"]
STATES: tuple[State, ...] = ("allowed", "refused", "leak", "over-refused", "not-judged")
MARKS: Mapping[State, str] = {"allowed": "●", "refused": "·", "leak": "!", "over-refused": "✗", "not-judged": "?"}


@dataclass(frozen=True, slots=True)
class Row:
    """One operation, and the result for a key with each of the scopes."""

    operation: Operation
    cells: Mapping[str, State]

    @property
    def is_sound(self) -> bool:
        """Whether every judged scope opens or does not open the operation, as the contract requires."""
        return not {"leak", "over-refused"} & set(self.cells.values())


def grid(report: Report) -> list[Row]:
    """A row for each operation, with a scope or closed, that any scope check judged, in the order of the contract."""
    by_operation: dict[str, list[Judgement]] = {}
    for judgement in report.judgements:
        if judgement.operation and judgement.requirement.startswith("SCOPE-"):
            by_operation.setdefault(judgement.operation, []).append(judgement)
    operations = report.contract.operations
    rows = (Row(operation, _cells(operation, by_operation.get(str(operation), []), report)) for operation in operations)
    return [row for row in rows if set(row.cells.values()) != {"not-judged"}]


def _cells(operation: Operation, judgements: Sequence[Judgement], report: Report) -> dict[str, State]:
    opening = report.contract.sufficient(operation.scope) if operation.scope else frozenset()
    leaks = frozenset(_leaking(judgements))
    tried = _rejected_together(opening, report)
    cells: dict[str, State] = {}
    for scope in report.contract.scopes:
        if scope in opening:
            cells[scope] = _opened(judgements, "SCOPE-SUFFICIENT" if scope == operation.scope else "SCOPE-IMPLIES")
        else:
            cells[scope] = "leak" if scope in leaks else _closed(judgements) if scope in tried else "not-judged"
    return cells


def _opened(judgements: Sequence[Judgement], requirement: str) -> State:
    statuses = {judgement.status for judgement in judgements if judgement.requirement == requirement}
    return "over-refused" if "failed" in statuses else "allowed" if "passed" in statuses else "not-judged"


def _closed(judgements: Sequence[Judgement]) -> State:
    """The state of a scope without a leak: one rejection of the strongest insufficient key covers all of its scopes.

    If that key was authorized, each of its scopes was tried alone, and the finding names the scopes that leak.
    """
    relevant = [judgement for judgement in judgements if judgement.requirement in ("SCOPE-REQUIRED", "SCOPE-CLOSED")]
    is_rejected = any(j.status == "passed" or (j.finding and _shows_rejected_keys(j.finding)) for j in relevant)
    return "refused" if is_rejected else "not-judged"


def _shows_rejected_keys(finding: Finding) -> bool:
    """Whether a finding shows which keys are rejected: all (with another message), or all but the named scopes."""
    return bool(finding.scopes) or finding.actual[:3] in ("401", "403")


def _rejected_together(opening: frozenset[str], report: Report) -> frozenset[str]:
    """The scopes of the strongest insufficient key: one rejection covers all of them."""
    insufficient = [held for held in report.held or () if not held & opening]
    return frozenset(report.contract.scopes if report.held is None else max(insufficient, key=len, default=()))


def _leaking(judgements: Sequence[Judgement]) -> Iterator[str]:
    for judgement in judgements:
        if judgement.finding and judgement.requirement in ("SCOPE-REQUIRED", "SCOPE-NOT-IMPLIED", "SCOPE-CLOSED"):
            yield from judgement.finding.scopes
