"""Repeats the requests of findings in an earlier report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from astrbot_conformance.contract import operations_of_all_releases
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.scheduler import NothingSelected
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.report.past import PastFinding, PastReport
from astrbot_conformance.verdict.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Replayed:
    """The new state of a finding, and the current behaviour of the target."""

    finding: PastFinding
    status: Literal["present", "gone", "not-judged"]
    now: str


def replay(report: PastReport, findings: Sequence[PastFinding], options: RunOptions) -> list[Replayed]:
    """Repeat the checks that led to each of `findings`, with new keys of the same rights. Raises CannotStart.

    First the same check runs with the seed of the report; for a finding of a passive check, the check that sent the
    request. If it finds nothing alone, all checks of the operation run: some checks inspect the responses to requests
    of others.
    """
    checks = frozenset(finding.sent_by or finding.check for finding in findings if finding.check)
    first = Selection(seed=report.seed, checks=checks, replays=True)
    by_check = _judged(options, first) if checks else {}
    open_ = [finding for finding in findings if not any(j.finding for j in _about(finding, by_check))]
    ids = {str(operation): operation.id for operation in operations_of_all_releases().values()}
    operations = frozenset(ids[finding.operation] for finding in open_ if finding.operation in ids)
    second = Selection(seed=report.seed, operations=operations, replays=True)
    by_operation = _judged(options, second) if operations else {}
    return [_replayed(finding, [*_about(finding, by_operation), *_about(finding, by_check)]) for finding in findings]


def _judged(options: RunOptions, selection: Selection) -> Mapping[str, Sequence[Judgement]]:
    """The judgements of a run of the selection, by requirement; empty if this release no longer has the check."""
    try:
        report, errors = judge(replace(options, selection=selection), lambda *_: None)
    except NothingSelected:
        return {}
    if errors:
        raise errors[0]
    by_requirement: dict[str, list[Judgement]] = {}
    for judgement in report.judgements:
        by_requirement.setdefault(judgement.requirement, []).append(judgement)
    return by_requirement


def _about(finding: PastFinding, judgements: Mapping[str, Sequence[Judgement]]) -> Iterator[Judgement]:
    """The judgements of the check with the finding; if it is unknown, those of the same requirement and operation."""
    for judgement in judgements.get(finding.requirement, ()):
        if judgement.check == finding.check if finding.check else judgement.operation == finding.operation:
            yield judgement


def _replayed(finding: PastFinding, judgements: Collection[Judgement]) -> Replayed:
    for judgement in judgements:
        if judgement.finding:
            return Replayed(finding, "present", judgement.finding.actual)
    if any(judgement.status == "passed" for judgement in judgements):
        return Replayed(finding, "gone", "as required by the contract")
    reasons = dict.fromkeys(judgement.reason for judgement in judgements if judgement.reason)
    return Replayed(finding, "not-judged", "; ".join(reasons) or "this release of the suite has no such check")
