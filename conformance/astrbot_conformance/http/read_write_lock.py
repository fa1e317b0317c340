"""A read-write lock for requests: many run together, or one runs alone."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext

PLACES = 16  # requests that hold a crossing at once
PATIENCE = 60.0  # seconds after which the holder of a place is considered dead


class Crossing:
    """A lock that several processes share. It has several places; a request that runs alone takes all of them."""

    def __init__(self, context: BaseContext) -> None:
        """Create a lock that the processes of `context` can receive when they start."""
        self._places = context.BoundedSemaphore(PLACES)
        self._gate = context.Lock()

    @contextmanager
    def taking(self, places: int) -> Iterator[None]:
        """Hold that number of places. If a holder dies, others wait for its place only for a limited time."""
        with contextlib.ExitStack() as held:
            if places > 1 and self._gate.acquire(timeout=PATIENCE):  # if two each need all places, one goes first
                held.callback(self._gate.release)
            for _ in range(places):
                if self._places.acquire(timeout=PATIENCE):
                    held.callback(self._places.release)
            yield


class ReadWriteLock:
    """Lets requests run together, and lets one run alone when it must."""

    def __init__(self, crossing: Crossing | None = None) -> None:
        """Start with no request in flight. crossing: the lock that all processes of the run share."""
        self._change = threading.Condition()
        self._under_way = 0
        self._waiting = 0
        self._taken = False
        self._crossing = crossing

    @contextmanager
    def together(self) -> Iterator[None]:
        """Run while other requests may be in flight, but none that must run alone."""
        with self._change:
            self._change.wait_for(lambda: not self._taken and not self._waiting)
            self._under_way += 1
        try:
            with self._crossed(1):
                yield
        finally:
            with self._change:
                self._under_way -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Run when no other request is in flight, and keep others waiting meanwhile."""
        with self._change:
            self._waiting += 1
            self._change.wait_for(lambda: not self._taken and not self._under_way)
            self._waiting -= 1
            self._taken = True
        try:
            with self._crossed(PLACES):
                yield
        finally:
            with self._change:
                self._taken = False
                self._change.notify_all()

    def _crossed(self, places: int) -> contextlib.AbstractContextManager[None]:
        return self._crossing.taking(places) if self._crossing else contextlib.nullcontext()
