"""How many requests leave in a second."""

import threading
import time


class RateLimiter:
    """Lets callers go one after another, no more of them in a second than `rate`; all at once where it is None."""

    def __init__(self, rate: float | None) -> None:
        """Begin with the first caller free to go."""
        self._gap = 1 / rate if rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        if not self._gap:
            return
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - time.monotonic()))
