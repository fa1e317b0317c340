"""Which requests may run at the same time, and which must run alone."""

import contextlib
import time
from collections.abc import Iterator

from astrbot_conformance.http.read_write_lock import ReadWriteLock, SharedReadWriteLock
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.roles import Roles

BUSY_AFTER_MESSAGE = 0.3  # seconds for which a real server is still busy with a message after its response


class Concurrency:
    """Lets requests run concurrently unless a real server cannot handle them concurrently. Thread-safe."""

    def __init__(self, roles: Roles, shared_lock: SharedReadWriteLock | None) -> None:
        """Start with no request in flight. shared_lock: the lock that the processes of the run share."""
        self._roles = roles
        self._requests = ReadWriteLock(shared_lock)
        self._messages = ReadWriteLock()  # messages take this lock before the other one
        self._quiet_at = 0.0

    def turn_of(self, request: HttpRequest, *, disposable: bool) -> contextlib.AbstractContextManager[object]:
        """Run concurrently with others. A request that needs quiet runs alone, after the messages are finished."""
        roles, operation = self._roles, request.operation
        if roles.needs_quiet(operation):
            return self._quiet_turn(disposable=disposable)
        if roles.is_message(operation):
            return self._message_turn()
        return self._requests.alone() if roles.must_run_alone(operation) else self._requests.together()

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
