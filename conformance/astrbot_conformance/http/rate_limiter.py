"""Limits the number of requests per second."""

import threading
import time


class RateLimiter:
    """Lets at most `rate` callers continue per second, one after another. No limit if it is None."""

    def __init__(self, rate: float | None) -> None:
        """Start with the first caller free to continue."""
        self._gap = 1 / rate if rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when the caller may continue."""
        if not self._gap:
            return
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - time.monotonic()))
