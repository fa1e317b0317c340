"""Operations that do not answer while the target answers other requests. The run sends them no more requests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import HttpRequest, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.roles import Roles

MOST_TRIES = 2  # time-outs of one request, with answered controls after each, that show that its operation hangs


@dataclass(frozen=True, slots=True)
class Hang:
    """A request that got no response in two tries. The target answered others before, between and after them.

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
        self._ids: set[str] = set()
        self._lock = threading.Lock()

    def __contains__(self, request: HttpRequest) -> bool:
        """Whether the operation of a request hangs."""
        return request.operation.id in self._ids

    def add(self, hang: Hang) -> None:
        """Record that an operation hangs."""
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
