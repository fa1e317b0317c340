"""Which requests may be under way at the same time, and which must not meet others."""

import contextlib
import time
from collections.abc import Iterator

from astrbot_conformance.contract import MESSAGES
from astrbot_conformance.http.read_write_lock import Crossing, ReadWriteLock
from astrbot_conformance.http.request import HttpRequest

TALKING = frozenset(operation.id for operation in MESSAGES)  # in every release
CALM = 0.3  # seconds that a real server is still busy with a message after its answer


class Concurrency:
    """Lets requests through side by side, unless a real server cannot handle them so. Safe to use from many threads."""

    def __init__(self, crossing: Crossing | None) -> None:
        """Begin with no request under way. crossing: where those of other processes are met."""
        self._road = ReadWriteLock(crossing)
        self._talk = ReadWriteLock()  # of messages, before they go on to the other one
        self._calm_at = 0.0

    def turn_of(self, request: HttpRequest, *, disposable: bool) -> contextlib.AbstractContextManager[object]:
        """Go beside others; what needs quiet alone, and once the target is done with the messages that it answered."""
        if needs_quiet(request):
            return self._quiet_way(disposable=disposable)
        if request.operation.id in TALKING:
            return self._way_of_messages()
        return self._road.alone() if goes_alone(request) else self._road.together()

    @contextlib.contextmanager
    def _quiet_way(self, *, disposable: bool) -> Iterator[None]:
        with self._talk.alone():
            if not disposable:
                time.sleep(max(0.0, self._calm_at - time.monotonic()))
            with self._road.alone():
                yield

    @contextlib.contextmanager
    def _way_of_messages(self) -> Iterator[None]:
        with self._talk.together():
            try:
                with self._road.together():
                    yield
            finally:
                self._calm_at = time.monotonic() + CALM


def needs_quiet(request: HttpRequest) -> bool:
    """Whether a request must not meet another: real servers lock up when others come while they change a profile.

    Measured on 4.26.0-beta.8: all requests hang for half a minute, then some end with 500, the database being locked;
    once also by a message that was answered already, of which it still wrote something down.
    """
    return request.operation.tag == "config-profiles" and request.operation.side_effect != "read"


def goes_alone(request: HttpRequest) -> bool:
    """Whether a request must not meet another of its kind: real servers forget one of two that come at once.

    Measured on 4.26.0-beta.8: of 24 plugin sources, made four at a time, 14 were lost.
    """
    return request.operation.tag == "plugin-sources" and request.operation.side_effect != "read"
