"""What the answers of a run show beside what they were asked for: each is looked at as it comes in, and let go.

A look is a function of an answer: true when there was something to judge, FindingRaised when it is wrong. Checks marked
`afterwards` then say what was seen of an operation; they run when all others are done.
"""

import threading
from collections.abc import Callable, Iterable

from astrbot_api.operations import Operation

from astrbot_conformance.answer import Answer
from astrbot_conformance.finding import Finding, FindingRaised, NotJudged
from astrbot_conformance.key_ring import KeyRing
from astrbot_conformance.request import harmless
from astrbot_conformance.target import Target

Look = Callable[[Answer], bool]


class Observations:
    """Looks at every answer of a run and keeps what it saw, not the answers. Safe to use from many threads."""

    def __init__(self, looks: Iterable[Look]) -> None:
        """Look at each answer in all of these ways."""
        self._looks = tuple(looks)
        self._judged: set[tuple[Look, str]] = set()
        self._findings: dict[tuple[Look, str], Finding] = {}
        self._statuses: dict[str, set[int]] = {}
        self._lock = threading.Lock()

    def __call__(self, answer: Answer) -> None:
        """Take in an answer."""
        operation = answer.request.operation
        with self._lock:
            self._statuses.setdefault(operation.id, set()).add(answer.status)
        for look in self._looks:
            self._look(look, operation, answer)

    def statuses(self, operation: Operation) -> frozenset[int]:
        """Every status that was seen of an operation."""
        with self._lock:
            return frozenset(self._statuses.get(operation.id, ()))

    def tell(self, look: Look, operation: Operation) -> None:
        """Raise the FindingRaised that `look` led to, or NotJudged where it had nothing to judge."""
        place = (look, operation.id)
        if finding := self._findings.get(place):
            raise FindingRaised(finding)
        if place not in self._judged:
            raise NotJudged("no answer came of the kind that this is about")

    def _look(self, look: Look, operation: Operation, answer: Answer) -> None:
        place = (look, operation.id)
        try:
            seen = look(answer)
        except FindingRaised as raised:
            with self._lock:  # of several the same one in each run, whichever came first
                known = self._findings.get(place, raised.finding)
                self._findings[place] = min(known, raised.finding, key=_rank)
            return
        if seen:
            with self._lock:
                self._judged.add(place)


def ask_at_least_once(operation: Operation, target: Target, keys: KeyRing) -> None:
    """Send the harmless request unless it was sent before. NotJudged where the target does not know the operation."""
    request = harmless(operation)
    target.must_serve(request)
    if operation.scope:
        answer = target.send_once(request, keys.weakest(operation.scope))
        if answer.status >= 500:
            raise NotJudged(f"{operation}: answers {answer.in_short}")


def _rank(finding: Finding) -> tuple[int, str, str]:
    return len(finding.curl), finding.actual, finding.curl
