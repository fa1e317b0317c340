"""Who may be under way at the same time: many together, or one alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Road:
    """Lets requests through side by side, and now and then one that must not meet another."""

    def __init__(self) -> None:
        """Begin with nobody under way."""
        self._change = threading.Condition()
        self._under_way = 0
        self._waiting = 0
        self._taken = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Go while others may be under way, but nobody who has to be alone."""
        with self._change:
            self._change.wait_for(lambda: not self._taken and not self._waiting)
            self._under_way += 1
        try:
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
            yield
        finally:
            with self._change:
                self._taken = False
                self._change.notify_all()
