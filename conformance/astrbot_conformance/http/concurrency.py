"""Which requests may run at the same time, and which must run alone."""

import contextlib
import time
from collections.abc import Iterator

from astrbot_conformance.contract import MESSAGES
from astrbot_conformance.http.read_write_lock import ReadWriteLock, SharedReadWriteLock
from astrbot_conformance.http.request import HttpRequest

MESSAGE_IDS = frozenset(operation.id for operation in MESSAGES)  # in every release
BUSY_AFTER_MESSAGE = 0.3  # seconds for which a real server is still busy with a message after its response


class Concurrency:
    """Lets requests run concurrently unless a real server cannot handle them concurrently. Thread-safe."""

    def __init__(self, shared_lock: SharedReadWriteLock | None) -> None:
        """Start with no request in flight. shared_lock: the lock that the processes of the run share."""
        self._requests = ReadWriteLock(shared_lock)
        self._messages = ReadWriteLock()  # messages take this lock before the other one
        self._quiet_at = 0.0

    def turn_of(self, request: HttpRequest, *, disposable: bool) -> contextlib.AbstractContextManager[object]:
        """Run concurrently with others. A request that needs quiet runs alone, after the messages are finished."""
        if needs_quiet(request):
            return self._quiet_turn(disposable=disposable)
        if request.operation.id in MESSAGE_IDS:
            return self._message_turn()
        return self._requests.alone() if must_run_alone(request) else self._requests.together()

    @contextlib.contextmanager
    def _quiet_turn(self, *, disposable: bool) -> Iterator[None]:
        with self._messages.alone():
            if not disposable:
                time.sleep(max(0.0, self._quiet_at - time.monotonic()))
            with self._requests.alone():
                yield

    @contextlib.contextmanager
    def _message_turn(self) -> Iterator[None]:
        with self._messages.together():
            try:
                with self._requests.together():
                    yield
            finally:
                self._quiet_at = time.monotonic() + BUSY_AFTER_MESSAGE


def needs_quiet(request: HttpRequest) -> bool:
    """Whether a request must run alone. Real servers lock up if other requests arrive while they change a profile.

    Measured on 4.26.0-beta.8: all requests hang for half a minute, then some end with 500 because the database is
    locked. A message with a finished response caused it once too: the server was still writing data for it.
    """
    return request.operation.tag == "config-profiles" and request.operation.side_effect != "read"


def must_run_alone(request: HttpRequest) -> bool:
    """Whether a request must not run together with another of its kind. Real servers lose one of two such requests.

    Measured on 4.26.0-beta.8: 24 plugin sources were created four at a time, and 14 were lost.
    """
    return request.operation.tag == "plugin-sources" and request.operation.side_effect != "read"
