"""Runs the passive checks on every response of a run as it arrives, and stores their results.

A passive check is a function of a response and the contract. It returns True if it could judge the response, and raises
FindingRaised on a violation. Checks marked `afterwards` report the results for an operation. They run when all others
are done.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import NOT_SERVED, HttpResponse, Target, harmless
from astrbot_conformance.http.hanging import Hang
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged, UnusableResponse, shortened
from astrbot_conformance.passive.authorization import AuthorizationCheck, Evidence
from astrbot_conformance.passive.hang_finding import finding_of
from astrbot_conformance.passive.shape import carries_data, is_described
from astrbot_conformance.verdict.finding import Finding, FindingRaised

PassiveCheck = Callable[[HttpResponse, Contract], bool]
TOO_MANY_REQUESTS = 429
MOST_SECONDS = 20.0  # processor time of one passive check in a run; on the reference server the slowest takes 2
TOO_SLOW = f"not every response was inspected, because that takes more than {MOST_SECONDS:.0f} s in this run"
NOTHING_TO_JUDGE = "the target returned no response that this check can judge"


@dataclass
class Seen:
    """The results so far: of each passive check, by its index, and of each operation, by its id. It can be pickled.

    probed: the status of the response to an operation's harmless request, without a key and with an authorized key.
    done: the operations that did what a request with a key asked. served: those that did so for a request in the plain
    form: only these show what the operation returns. unusable: why a passive check failed on a response, if one did.
    serves_a_key: whether an operation for keys returned data to one. evidence: which credentials were authorized and
    which were rejected. hangs: the finding of each operation that does not respond.
    """

    judged: set[tuple[int, str]] = field(default_factory=set)
    findings: dict[tuple[int, str], Finding] = field(default_factory=dict)
    probed: dict[tuple[str, bool], tuple[int, str]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    served: set[str] = field(default_factory=set)
    unusable: dict[tuple[int, str], str] = field(default_factory=dict)
    hangs: dict[str, Finding] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    shows_a_key: bool = False
    admits_a_key: bool = False
    serves_a_key: bool = False

    def add(self, place: tuple[int, str], finding: Finding) -> None:
        """Store a finding. If there are several, the same one remains in each run, in any order."""
        self.findings[place] = min(self.findings.get(place, finding), finding, key=_rank)


class Observations:
    """Inspects every response of a run and stores the results, not the responses. Thread-safe."""

    def __init__(self, checks: Iterable[PassiveCheck], contract: Contract) -> None:
        """Check each response against `contract` with all of these passive checks."""
        self.seen = Seen()
        self._checks = tuple(checks)
        self._seconds = [0.0] * len(self._checks)
        self._authorization = AuthorizationCheck(contract, self.seen.evidence)
        self._contract = contract
        self._lock = threading.Lock()

    def __call__(self, response: HttpResponse) -> None:
        """Inspect a response."""
        self._authorization(response)
        if response.status == TOO_MANY_REQUESTS:
            return  # the target did not process the request
        self._note(response)
        began = time.thread_time()
        for number, check in enumerate(self._checks):
            self._inspect((number, response.request.operation.id), check, response)
            self._seconds[number] += (ended := time.thread_time()) - began
            began = ended

    def merge(self, other: Seen) -> None:
        """Add the results of another process that runs the same passive checks."""
        with self._lock:
            self.seen.judged |= other.judged
            self.seen.probed |= other.probed
            self.seen.done |= other.done
            self.seen.served |= other.served
            self.seen.unusable |= other.unusable
            self.seen.shows_a_key |= other.shows_a_key
            self.seen.admits_a_key |= other.admits_a_key
            self.seen.serves_a_key |= other.serves_a_key
            self.seen.hangs = other.hangs | self.seen.hangs
            for place, finding in other.findings.items():
                self.seen.add(place, finding)
        self._authorization.merge(other.evidence)

    def note_hang(self, hang: Hang) -> None:
        """Store the finding of an operation that does not respond."""
        with self._lock:
            self.seen.hangs.setdefault(hang.request.operation.id, finding_of(hang))

    def raise_hang(self, operation: Operation) -> None:
        """Raise the FindingRaised of an operation that does not respond."""
        if finding := self.seen.hangs.get(operation.id):
            raise FindingRaised(finding)

    def ensure_probed(self, operation: Operation, target: Target, keys: KeyRing) -> None:
        """Send the harmless request unless it was sent before. Raises NotJudged if the target does not serve it."""
        status, _ = self._probed(operation, target, None)
        if status in NOT_SERVED:
            raise NotJudged(f"{operation}: the target does not serve it ({status} without a key)")
        if operation.scope:
            status, message = self._probed(operation, target, keys)
            if status >= 500:
                raise NotJudged(f"{operation}: a request with a key returned {message}")

    def raise_result(self, check: PassiveCheck, operation: Operation, *, by_choice: bool = False) -> None:
        """Raise the FindingRaised of a passive check, or NotJudged if it could judge no response.

        by_choice: whether the report omits that reason, because another check states why no such response came.
        """
        self._raise({(self._checks.index(check), operation.id)}, by_choice=by_choice)

    def raise_result_unless_done(self, check: PassiveCheck, operation: Operation) -> None:
        """The same, if the operation never did what a request asked."""
        if operation.id not in self.seen.done:
            self.raise_result(check, operation)

    def raise_result_of_all(self, check: PassiveCheck) -> None:
        """The same for all operations together."""
        number, seen = self._checks.index(check), self.seen
        self._raise({place for place in (*seen.findings, *seen.unusable, *seen.judged) if place[0] == number})

    def _raise(self, places: Collection[tuple[int, str]], *, by_choice: bool = False) -> None:
        seen = self.seen
        if findings := [seen.findings[place] for place in places if place in seen.findings]:
            raise FindingRaised(min(findings, key=_rank))
        if reasons := [seen.unusable[place] for place in places if place in seen.unusable]:
            raise UnusableResponse(min(reasons))
        if seen.judged.isdisjoint(places):
            raise NotJudged(NOTHING_TO_JUDGE, by_choice=by_choice)

    def has_found(self, *checks: PassiveCheck) -> bool:
        """Whether one of these passive checks has found anything so far."""
        numbers = {number for number, check in enumerate(self._checks) if check in checks}
        with self._lock:
            return any(number in numbers for number, _ in self.seen.findings)

    def _probed(self, operation: Operation, target: Target, keys: KeyRing | None) -> tuple[int, str]:
        known = self.seen.probed.get((operation.id, keys is not None))
        if known is None:
            response = target.send_once(harmless(operation), keys.weakest(operation.scope) if keys else None)
            known = _outcome(response)
        return known

    def _note(self, response: HttpResponse) -> None:
        operation, is_keyed = response.request.operation, bool(response.key and response.key.id)
        place = operation.id, is_keyed
        is_served = is_keyed and operation.scope is not None and carries_data(response, self._contract)
        is_probe = response.request == harmless(operation) and (not is_keyed or response.status not in (401, 403))
        with self._lock:
            self.seen.shows_a_key |= is_keyed
            self.seen.admits_a_key |= is_keyed and response.admits and operation.scope is not None
            self.seen.serves_a_key |= is_served
            if is_keyed and response.is_accepted:
                self.seen.done.add(operation.id)
            if is_keyed and response.is_accepted and is_described(response, self._contract):
                self.seen.served.add(operation.id)
            if is_probe and place not in self.seen.probed:
                self.seen.probed[place] = _outcome(response)

    def _inspect(self, place: tuple[int, str], check: PassiveCheck, response: HttpResponse) -> None:
        if self._seconds[place[0]] > MOST_SECONDS:
            with self._lock:
                self.seen.unusable.setdefault(place, f"{response.request.operation}: {TOO_SLOW}")
            return
        try:
            is_judged = check(response, self._contract)
        except FindingRaised as raised:
            with self._lock:
                self.seen.add(place, raised.finding)
            return
        except Exception as error:  # noqa: BLE001  one response must not end the thread that sent the request
            reason = f"{response.request.operation}: a response could not be inspected: {type(error).__name__}: {error}"
            with self._lock:
                self.seen.unusable.setdefault(place, shortened(reason))
            return
        if is_judged:
            with self._lock:
                self.seen.judged.add(place)


def _outcome(response: HttpResponse) -> tuple[int, str]:
    """Its status, and its message if it is a 5xx."""
    return response.status, response.in_short if response.status >= 500 else ""


def _rank(finding: Finding) -> tuple[int, str, str]:
    return len(finding.curl), finding.actual, finding.curl
