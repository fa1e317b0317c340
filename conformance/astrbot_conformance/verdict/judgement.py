"""The results of a run: the judgements of checks, the status of each requirement, and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from astrbot_api import releases
from astrbot_api.contract import Contract

from astrbot_conformance.secret import mask
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.known import Deviation, decides, reason_known
from astrbot_conformance.verdict.picture import Picture
from astrbot_conformance.verdict.sample import Sample, samples_of

Status = Literal["passed", "failed", "known", "not-judged"]
Verdict = Literal["conformant", "violations", "not-judged"]
LISTED = "is listed as known, but its checks passed"  # of a deviation that was fixed


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of one check, for one operation or for none in particular."""

    requirement: str
    check: str
    operation: str | None
    status: Literal["passed", "failed", "not-judged"]
    reason: str | None = None
    by_choice: bool = False
    unanswered: bool = False  # not judged because the target did not respond
    unusable: bool = False  # not judged because a response could not be used: this never counts as conformant
    needs_service: bool = False  # it counts only if some operation did what a request with a key asked
    is_passive: bool = False  # it judges the responses to other checks
    reached: bool = True  # whether the check saw its operation do its work, as far as that matters
    finding: Finding | None = None
    seconds: float = 0.0
    place: int = 0  # the index among all checks of the run
    candidates: int | None = None  # the number of operations of which the seed chose that of this check
    choices: tuple[tuple[int, int], ...] = ()  # what the check chose itself: how many, and of how many


@dataclass(frozen=True, slots=True)
class RequirementStatus:
    """The result of a run for one requirement. `checks` and `operations` cover only what was judged.

    worst: the highest level among the findings that are not known; None if there is none.
    """

    id: str
    level: str
    status: Status
    worst: str | None
    checks: int
    reason: str | None
    operations: tuple[str, ...]
    by_choice: bool

    @property
    def breaks_only_should(self) -> bool:
        """Whether the MUST part of a requirement holds and only its SHOULD part does not."""
        return self.level == "MUST" and self.worst == "SHOULD"


@dataclass(frozen=True)
class Report:
    """All results of a run. Each module of the report package renders it in one format."""

    url: str
    release: str | None
    contract: Contract
    run: str
    seed: int
    effects: str
    seconds: float
    requests: int
    keyed_requests: int
    strict: bool
    judgements: tuple[Judgement, ...]
    beyond: tuple[str, ...] = ()  # operations that the target publishes and the contract does not have
    known: tuple[Deviation, ...] = ()  # deviations that do not affect the verdict
    known_of: str | None = None  # the release whose known deviations are among them
    held: tuple[frozenset[str], ...] | None = None  # the scopes of the given keys; None: the run could create any key
    notes: tuple[str, ...] = ()  # other events of the run and its actions on the target
    pictures: tuple[Picture, ...] = ()  # of the web UI
    selection: tuple[str, ...] = ()  # the options that narrow the run; none for a full run
    trouble: str | None = None  # why the whole run proves nothing, if that is so

    def __post_init__(self) -> None:
        """Mask secrets that an address, a response or an exception may contain."""
        for name in ("notes", "selection"):
            object.__setattr__(self, name, tuple(map(mask, getattr(self, name))))
        for name in ("url", "release", "trouble"):
            value = getattr(self, name)
            object.__setattr__(self, name, value if value is None else mask(value))
        object.__setattr__(self, "beyond", tuple(map(mask, self.beyond)))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the checks, without duplicates."""
        return tuple(dict.fromkeys(j.finding for j in self.judgements if j.finding))

    @cached_property
    def requirements(self) -> tuple[RequirementStatus, ...]:
        """The requirements that the run had to judge, in the order of the contract."""
        selected = {judgement.requirement for judgement in self.judgements}
        return tuple(self._status(name) for name in self.contract.requirements if name in selected)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """What was judged by sample."""
        return samples_of(self.judgements)

    @property
    def sampled(self) -> tuple[str, ...]:
        """The requirements that were judged by sample, at least in part."""
        return tuple(dict.fromkeys(sample.requirement for sample in self.samples))

    @property
    def judged(self) -> int:
        """The number of requirements that at least one check judged."""
        return sum(requirement.status != "not-judged" for requirement in self.requirements)

    @property
    def total(self) -> int:
        """The number of requirements that this version of the suite has, for any release."""
        return len(releases.contract(releases.NEWEST).requirements)  # no release removes a requirement

    @property
    def verdict(self) -> Verdict:
        """The verdict of the run on the target as a whole."""
        if any(self.counts(finding) for finding in self.findings):
            return "violations"
        missed = any(r.status == "not-judged" and r.level == "MUST" and not r.by_choice for r in self.requirements)
        judged = any(r.status != "not-judged" for r in self.requirements)
        return "not-judged" if self.trouble or missed or not judged else "conformant"

    @property
    def exit_code(self) -> int:
        """0 conformant, 1 violations, 3 could not be judged."""
        return {"conformant": 0, "violations": 1, "not-judged": 3}[self.verdict]

    def counts(self, finding: Finding) -> bool:
        """Whether a finding affects the verdict."""
        return decides(finding, strict=self.strict, known=self.known)

    def reason_known(self, finding: Finding) -> str | None:
        """Why a finding is known, or None if it is new."""
        return reason_known(finding, self.known)

    @cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        """The known deviations that were found."""
        return tuple(known for known in self.known if any(map(known.covers, self.findings)))

    @cached_property
    def fixed_deviations(self) -> tuple[Deviation, ...]:
        """The known deviations that were judged but not found. Empty if a response may have been missed."""
        if any(judgement.unanswered for judgement in self.judgements):
            return ()
        return tuple(known for known in self.known if self._is_fixed(known))

    @cached_property
    def unjudged_deviations(self) -> tuple[Deviation, ...]:
        """The known deviations that were neither found nor shown to be fixed."""
        known_state = {*self.deviations, *self.fixed_deviations}
        return tuple(known for known in self.known if known not in known_state)

    def _is_fixed(self, known: Deviation) -> bool:
        """Whether every check that could show the deviation passed and reached its operation."""
        about = [judgement for judgement in self.judgements if known.is_about(judgement.requirement, judgement.check)]
        whole = not any(judgement.operation for judgement in about)  # none of these checks names a single operation
        judged = [judgement for judgement in about if whole or known.operation in (None, judgement.operation)]
        passed = bool(judged) and all(judgement.status == "passed" and judgement.reached for judgement in judged)
        return passed and not known.by_chance and known not in self.deviations

    def _known_about(self, name: str, findings: Sequence[Finding]) -> list[str]:
        """The notes about known deviations of a requirement."""
        reasons = [f"known: {reason}" for finding in findings if (reason := self.reason_known(finding))]
        fixed = [f"{known} {LISTED}" for known in self.fixed_deviations if known.requirement == name]
        return [*dict.fromkeys(reasons), *fixed]

    def _status(self, name: str) -> RequirementStatus:
        about = [judgement for judgement in self.judgements if judgement.requirement == name]
        judged = [judgement for judgement in about if judgement.status != "not-judged"]
        missed = [judgement for judgement in about if judgement.status == "not-judged"]
        level = self.contract.requirements[name].level
        findings = [judgement.finding for judgement in judged if judgement.finding]
        new = [finding for finding in findings if self.reason_known(finding) is None]
        decides = any(self.counts(finding) or level == "SHOULD" for finding in new)
        status: Status = "failed" if new else "known" if findings else "passed" if judged else "not-judged"
        return RequirementStatus(
            id=name,
            level=level,
            status=status,
            worst=min((finding.level for finding in new), default=None),  # MUST comes before SHOULD
            checks=len(judged),
            reason=_reason(new, missed, only_should=not decides, known=self._known_about(name, findings)),
            operations=tuple(dict.fromkeys(j.operation for j in judged if j.operation)),
            by_choice=bool(missed) and all(judgement.by_choice for judgement in missed),
        )


def except_for(report: Report) -> str:
    """The known deviations of a target that otherwise conforms, as text."""
    count = len(report.deviations)
    of = f" of {report.known_of}" if report.known_of else ""
    return f"except for {count} known deviation{'' if count == 1 else 's'}{of}"


def _reason(
    findings: Sequence[Finding], missed: Iterable[Judgement], *, only_should: bool, known: Iterable[str]
) -> str | None:
    reasons = [*known, *dict.fromkeys(f"not judged: {judgement.reason}" for judgement in missed)]
    if findings:
        level = "SHOULD " if only_should else ""
        reasons.insert(0, f"{len(findings)} {level}finding{'' if len(findings) == 1 else 's'}")
    return "; ".join(reasons) or None
