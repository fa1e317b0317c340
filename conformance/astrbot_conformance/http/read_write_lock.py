"""Who may be under way at the same time: many together, or one alone."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext

PLACES = 16  # how many a crossing lets pass at once
PATIENCE = 60.0  # seconds after which somebody who went over a crossing is taken for dead


class Crossing:
    """Where the roads of several processes meet: it has places, of which whoever is alone takes all."""

    def __init__(self, context: BaseContext) -> None:
        """Make one that the processes of `context` can be given when they start."""
        self._places = context.BoundedSemaphore(PLACES)
        self._gate = context.Lock()

    @contextmanager
    def taking(self, places: int) -> Iterator[None]:
        """Hold so many places. One who died with a place in hand holds nobody up for long."""
        with contextlib.ExitStack() as held:
            if places > 1 and self._gate.acquire(timeout=PATIENCE):  # of two that each want all, one goes first
                held.callback(self._gate.release)
            for _ in range(places):
                if self._places.acquire(timeout=PATIENCE):
                    held.callback(self._places.release)
            yield


class ReadWriteLock:
    """Lets requests through side by side, and now and then one that must not meet another."""

    def __init__(self, crossing: Crossing | None = None) -> None:
        """Begin with nobody under way. crossing: where others are met, who are on roads of their own."""
        self._change = threading.Condition()
        self._under_way = 0
        self._waiting = 0
        self._taken = False
        self._crossing = crossing

    @contextmanager
    def together(self) -> Iterator[None]:
        """Go while others may be under way, but nobody who has to be alone."""
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
        """Go when nobody else is under way, and let nobody else go meanwhile."""
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
