"""A circuit breaker: no more requests are sent to a target that has stopped responding."""

import threading
import time

MAX_FAILURES = 3  # requests in a row without a response; they must also take as long as that many time-outs in sequence


class CircuitBreaker:
    """Opens if a target has not responded for a long time. Thread-safe."""

    def __init__(self, timeout: float, max_failures: int = MAX_FAILURES) -> None:
        """Start closed. timeout: seconds to wait for a request. max_failures: see MAX_FAILURES."""
        self._max_failures = max_failures
        self._min_seconds = (max_failures - 1) * timeout
        self._failures = 0
        self._since = 0.0  # when the first of them timed out
        self._lock = threading.Lock()

    @property
    def last_failed(self) -> bool:
        """Whether the last request got no response."""
        return self._failures > 0

    @property
    def is_open(self) -> bool:
        """Whether further requests would only cost time."""
        return self._failures >= self._max_failures and time.monotonic() - self._since > self._min_seconds

    def record_success(self) -> None:
        """Record a response."""
        with self._lock:
            self._failures = 0

    def record_failure(self) -> None:
        """Record that a request got no response."""
        with self._lock:
            self._since = self._since if self._failures else time.monotonic()
            self._failures += 1

    def half_open(self) -> None:
        """Allow one more request, which shows whether the target responds again."""
        with self._lock:
            self._failures = min(self._failures, self._max_failures - 1)
