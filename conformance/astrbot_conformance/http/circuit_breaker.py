"""Whether a target still responds."""

import threading
import time

BEATS = 3  # requests in a row without a response; they must also take as long as that many time-outs one after another


class CircuitBreaker:
    """Considers a target lost if it has not responded for a long time. Thread-safe."""

    def __init__(self, timeout: float, beats: int = BEATS) -> None:
        """Start with a target that responds. timeout: seconds to wait for a request. beats: see BEATS."""
        self._beats = beats
        self._patience = (beats - 1) * timeout
        self._missed = 0
        self._since = 0.0  # when the first of them timed out
        self._lock = threading.Lock()

    @property
    def is_missing(self) -> bool:
        """Whether the last request got no response."""
        return self._missed > 0

    @property
    def is_lost(self) -> bool:
        """Whether further requests would only cost time."""
        return self._missed >= self._beats and time.monotonic() - self._since > self._patience

    def feel(self) -> None:
        """Record a response."""
        with self._lock:
            self._missed = 0

    def miss(self) -> None:
        """Record that a request got no response."""
        with self._lock:
            self._since = self._since if self._missed else time.monotonic()
            self._missed += 1

    def hope(self) -> None:
        """Let one more request find out whether a lost target is back."""
        with self._lock:
            self._missed = min(self._missed, self._beats - 1)
