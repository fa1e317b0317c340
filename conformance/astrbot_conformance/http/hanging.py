"""Operations that do not answer while the target answers other requests. The run sends them no more requests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import HttpRequest, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.roles import Roles
from astrbot_conformance.outcome import Hanging, NoAnswer

MOST_TRIES = 2  # time-outs of one operation, with answered controls after each, that show that it hangs
REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT"})  # methods that can be sent again: the response is the same


@dataclass(frozen=True, slots=True)
class Hang:
    """A request whose operation gave no response twice. The target answered others before, between and after.

    seconds: how long the run waited for each response.
    """

    base: str
    request: HttpRequest
    key: Key | None
    key_header: KeyHeader
    seconds: float


class HangingOperations:
    """The operations that are known to hang. Thread-safe."""

    def __init__(self) -> None:
        """Start with none."""
        self.observers: list[Callable[[Hang], None]] = []  # called with the first hang of each operation
        self.sender: Callable[[], str] = str  # the name of the check that sends a request; empty outside of checks
        self._ids: set[str] = set()
        self._timed_out: set[tuple[str, str]] = set()  # operation id, and the check whose request timed out
        self._lock = threading.Lock()

    def __contains__(self, request: HttpRequest) -> bool:
        """Whether the operation of a request hangs."""
        return request.operation.id in self._ids

    def note(self, hang: Hang, *, is_second: bool) -> None:
        """Record that a request timed out while the target answered others. Returns if it can be sent again.

        Raises NoAnswer if a second request could do something else, because the target may have executed the first: its
        check then runs once more. Raises Hanging at the second time-out of the request, or of such a check.
        """
        operation, sender = hang.request.operation, self.sender()
        reason = f"{operation}: no response, although the target responds to other requests"
        is_repeatable = hang.request.method in REPEATABLE
        if is_repeatable and not is_second:
            return
        if not is_repeatable and not (sender and self._is_second(operation.id, sender)):
            raise NoAnswer(reason)
        self._add(hang)
        raise Hanging(reason)

    def _is_second(self, operation: str, sender: str) -> bool:
        with self._lock:
            is_second = (operation, sender) in self._timed_out
            self._timed_out.add((operation, sender))
            return is_second

    def _add(self, hang: Hang) -> None:
        with self._lock:
            is_new = hang.request not in self
            self._ids.add(hang.request.operation.id)
        if is_new:
            for observe in self.observers:
                observe(hang)


def control_of(request: HttpRequest, roles: Roles) -> HttpRequest:
    """A cheap read of another operation, which shows whether the target answers other requests."""
    is_ping = request.operation.path == roles.ping.path
    return harmless(roles.other_ping if is_ping and roles.other_ping else roles.ping)


def stalls(response: HttpResponse) -> bool:
    """Whether the body of a response stopped in the middle. A stream of events may pause."""
    return response.ending == "silent" and not response.is_stream
