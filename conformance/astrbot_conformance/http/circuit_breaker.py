"""Whether a target still answers."""

import threading
import time

BEATS = 3  # so many requests in a row without an answer, and so long as it takes to wait for them one by one


class CircuitBreaker:
    """Takes a target for lost when nothing has answered for long. Safe to use from many threads."""

    def __init__(self, timeout: float, beats: int = BEATS) -> None:
        """Begin with a target that answers. timeout: seconds that a request is waited for. beats: as BEATS."""
        self._beats = beats
        self._patience = (beats - 1) * timeout
        self._missed = 0
        self._since = 0.0  # when the first of them was given up
        self._lock = threading.Lock()

    @property
    def is_missing(self) -> bool:
        """Whether the last request had no answer."""
        return self._missed > 0

    @property
    def is_lost(self) -> bool:
        """Whether asking on would only take time."""
        return self._missed >= self._beats and time.monotonic() - self._since > self._patience

    def feel(self) -> None:
        """Note an answer."""
        with self._lock:
            self._missed = 0

    def miss(self) -> None:
        """Note that none came."""
        with self._lock:
            self._since = self._since if self._missed else time.monotonic()
            self._missed += 1

    def hope(self) -> None:
        """Let one more request find out whether a lost target is back."""
        with self._lock:
            self._missed = min(self._missed, self._beats - 1)
