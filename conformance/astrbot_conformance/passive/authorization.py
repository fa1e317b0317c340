"""Compares every response of a run with the credential that was sent.

If the server authorizes a credential that it must reject, that is a finding, whichever check sent the request. This
module stores the evidence; `authorization_findings` derives the findings from it after all checks are done.
"""

import threading
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from astrbot_api.contract import Contract

from astrbot_conformance.http import CredentialState, HttpRequest, HttpResponse
from astrbot_conformance.http.sent_credentials import carries_invented_text
from astrbot_conformance.passive.outcome import Outcome, digest_of, outcome_of
from astrbot_conformance.passive.required_rejection import RequiredRejection, required_rejection
from astrbot_conformance.passive.sender import current_sender
from astrbot_conformance.verdict.finding import Finding

Element = TypeVar("Element")
CHECK = "passive_authorization"
MOST_SUSPECTS = 8  # requests of one place that are compared with a control
MOST_FINDINGS = 64  # of one place; a finding that a check reports too is left out


class Place(NamedTuple):
    """A requirement, an operation of the contract, and a kind of credential that the operation must reject."""

    requirement: str
    operation: str
    credential: str

    @property
    def check(self) -> str:
        """The name of the passive check of this place."""
        return f"{CHECK}[{self.operation}: {self.credential}]"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A response that comes from the operation only if a control confirms it, and the finding for that case."""

    request: HttpRequest
    state: CredentialState
    finding: Finding


@dataclass
class Evidence:
    """What the responses in one process showed. It can be pickled, and merged with that of another process.

    inspected: the places with a rejected or authorized credential. rejected: by request, the states of the
    credentials that the server rejected with 401 or 403.
    """

    inspected: set[Place] = field(default_factory=set)
    authorized: dict[Place, list[Finding]] = field(default_factory=dict)
    suspects: dict[Place, list[Suspect]] = field(default_factory=dict)
    rejected: dict[bytes, set[CredentialState]] = field(default_factory=dict)

    def merge(self, other: "Evidence") -> None:
        """Add the evidence of another process."""
        self.inspected |= other.inspected
        for place, findings in other.authorized.items():
            self.authorized.setdefault(place, []).extend(findings)
        for place, suspects in other.suspects.items():
            self.suspects.setdefault(place, []).extend(suspects)
        for request, states in other.rejected.items():
            self.rejected.setdefault(request, set()).update(states)


class AuthorizationCheck:
    """Inspects every response for a credential that was authorized but must be rejected. Thread-safe."""

    def __init__(self, contract: Contract, evidence: Evidence) -> None:
        """Judge by `contract`, and add to `evidence`."""
        self.evidence = evidence
        self._contract = contract
        self._lock = threading.Lock()

    def __call__(self, response: HttpResponse) -> None:
        """Inspect one response."""
        required = required_rejection(response, self._contract)
        if required is not None:
            self._inspect(response, required)

    def merge(self, evidence: Evidence) -> None:
        """Add the evidence of another process."""
        with self._lock:
            self.evidence.merge(evidence)

    def _inspect(self, response: HttpResponse, required: RequiredRejection) -> None:
        operation = str(response.request.operation)
        place = Place(required.requirement, operation, required.credential)
        outcome = outcome_of(response, self._contract)
        if outcome is Outcome.UNCLEAR or (outcome is Outcome.UNCONFIRMED and carries_invented_text(response.request)):
            return
        if outcome is Outcome.REJECTED:
            with self._lock:
                self.evidence.inspected.add(place)
                self.evidence.rejected.setdefault(digest_of(response.request), set()).add(required.state)
            return
        finding = _finding(response, place, required.expected)
        with self._lock:
            if outcome is Outcome.AUTHORIZED:
                _append(self.evidence.authorized.setdefault(place, []), finding, MOST_FINDINGS)
                self.evidence.inspected.add(place)
            else:
                suspect = Suspect(response.request, required.state, finding)
                _append(self.evidence.suspects.setdefault(place, []), suspect, MOST_SUSPECTS)


def _append(elements: list[Element], element: Element, most: int) -> None:
    if len(elements) < most:
        elements.append(element)


def _finding(response: HttpResponse, place: Place, expected: str) -> Finding:
    return Finding(
        operation=place.operation,
        expected=expected,
        actual=response.in_short,
        curl=response.curl,
        response=response.excerpt,
        requirement=place.requirement,
        check=place.check,
        request=response.request.text(response.base, response.key, response.key_header),
        scopes=tuple(sorted(response.key.scopes if response.key else ())),
        sent_by=current_sender(),
    )
