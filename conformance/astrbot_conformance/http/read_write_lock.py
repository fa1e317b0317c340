"""A read-write lock for requests: many run together, or one runs alone."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext

SLOTS = 16  # requests of all processes that run together
SLOT_TIMEOUT = 60.0  # seconds after which the process that holds a slot is considered dead


class SharedReadWriteLock:
    """The part of the lock that several processes share. A request takes one slot, or all slots to run alone."""

    def __init__(self, context: BaseContext) -> None:
        """Create a lock that the processes of `context` can receive when they start."""
        self._slots = context.BoundedSemaphore(SLOTS)
        self._gate = context.Lock()

    @contextmanager
    def holding(self, slots: int) -> Iterator[None]:
        """Hold that number of slots. If a holder dies, others wait for its slot only for a limited time."""
        with contextlib.ExitStack() as held:
            if slots > 1 and self._gate.acquire(timeout=SLOT_TIMEOUT):  # if two requests need all slots, one goes first
                held.callback(self._gate.release)
            for _ in range(slots):
                if self._slots.acquire(timeout=SLOT_TIMEOUT):
                    held.callback(self._slots.release)
            yield


class ReadWriteLock:
    """Lets requests run together, and lets one run alone when it must."""

    def __init__(self, shared_lock: SharedReadWriteLock | None = None) -> None:
        """Start with no request in flight. shared_lock: the lock that all processes of the run share."""
        self._change = threading.Condition()
        self._running = 0
        self._waiting = 0
        self._is_exclusive = False
        self._shared_lock = shared_lock

    @contextmanager
    def together(self) -> Iterator[None]:
        """Run while other requests may be in flight, but none that must run alone."""
        with self._change:
            self._change.wait_for(lambda: not self._is_exclusive and not self._waiting)
            self._running += 1
        try:
            with self._holding(1):
                yield
        finally:
            with self._change:
                self._running -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Run when no other request is in flight, and keep others waiting meanwhile."""
        with self._change:
            self._waiting += 1
            self._change.wait_for(lambda: not self._is_exclusive and not self._running)
            self._waiting -= 1
            self._is_exclusive = True
        try:
            with self._holding(SLOTS):
                yield
        finally:
            with self._change:
                self._is_exclusive = False
                self._change.notify_all()

    def _holding(self, slots: int) -> contextlib.AbstractContextManager[None]:
        return self._shared_lock.holding(slots) if self._shared_lock else contextlib.nullcontext()
