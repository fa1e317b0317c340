"""The conclusions of the passive authorization check after all checks are done."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from astrbot_api.contract import Contract

from astrbot_conformance.contract import implicated
from astrbot_conformance.http import CredentialState, Target, harmless
from astrbot_conformance.http.sent_credentials import without_credentials
from astrbot_conformance.keys.implication import comes_from_implication
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.authorization import Evidence, Place, Suspect
from astrbot_conformance.passive.outcome import digest_of
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement

REJECTED = (401, 403)


@dataclass(frozen=True, slots=True)
class Controls:
    """Sends the control requests for suspects. `target` is None if the run must not send anything any more."""

    target: Target | None
    keys: KeyRing

    def confirm(self, suspect: Suspect, evidence: Evidence) -> bool:
        """Whether the server rejects the same request with an unknown key, or without a key if the suspect had none.

        Then the path, the method and the body are valid, so the server had to reject the suspect too.
        """
        control = CredentialState.ABSENT if suspect.state is CredentialState.INVALID else CredentialState.INVALID
        if control in evidence.rejected.get(digest_of(suspect.request), ()):
            return True
        if self.target is None:
            return False
        key = self.keys.unknown() if control is CredentialState.INVALID else None
        return self.target.send(without_credentials(suspect.request), key).status in REJECTED

    def is_implied(self, finding: Finding, contract: Contract) -> bool:
        """Whether the key was authorized through a scope that implies too much; see SCOPE-NOT-IMPLIED."""
        method, _, path = finding.operation.partition(" ")
        operation = contract.operation_at(method, path)
        if self.target is None or operation is None or not implicated(contract) & set(finding.scopes):
            return False
        return comes_from_implication(harmless(operation), self.target, self.keys, self.target.key_header)


def judgements(
    evidence: Evidence,
    contract: Contract,
    controls: Controls,
    is_reported: Callable[[Finding], bool],
    *,
    with_passed: bool,
) -> Iterator[Judgement]:
    """One failed judgement for each place with an authorized credential that must be rejected.

    is_reported: whether a check already reports the same finding. with_passed: also yield the places where every
    such credential was rejected; a replay needs them.
    """
    for place in sorted({*evidence.inspected, *evidence.suspects}):
        if place.requirement not in contract.requirements:
            continue
        authorized = [*evidence.authorized.get(place, ()), *_confirmed(evidence, place, controls)]
        new = _simplest([finding for finding in authorized if not is_reported(finding)])
        if new is not None:
            yield _failed(_attributed(new, contract, controls))
        elif with_passed and not authorized and place in evidence.inspected:
            yield Judgement(place.requirement, place.check, place.operation, "passed")


def is_same(finding: Finding, other: Finding) -> bool:
    """Whether `other`, from a check, reports the same as the passive check: by request, or by operation."""
    is_same_place = (finding.requirement, finding.operation) == (other.requirement, other.operation)
    return is_same_place or finding.curl == other.curl


def _confirmed(evidence: Evidence, place: Place, controls: Controls) -> Iterator[Finding]:
    """The suspects of a place that the controls confirm."""
    for suspect in list(evidence.suspects.get(place, ())):
        try:
            if controls.confirm(suspect, evidence):
                yield suspect.finding
        except NotJudged:
            continue


def _attributed(finding: Finding, contract: Contract, controls: Controls) -> Finding:
    """The finding under the requirement that it breaks first."""
    if finding.requirement != "SCOPE-REQUIRED":
        return finding
    try:
        is_implied = controls.is_implied(finding, contract)
    except NotJudged:
        is_implied = False
    return replace(finding, requirement="SCOPE-NOT-IMPLIED") if is_implied else finding


def _failed(finding: Finding) -> Judgement:
    reason = f"expected {finding.expected}, got {finding.actual}"
    return Judgement(finding.requirement, finding.check, finding.operation, "failed", finding=finding, reason=reason)


def _simplest(findings: Collection[Finding]) -> Finding | None:
    """The finding with the shortest `curl` line. The order of the findings does not matter."""
    return min(findings, key=lambda finding: (len(finding.curl), finding.actual, finding.curl), default=None)
