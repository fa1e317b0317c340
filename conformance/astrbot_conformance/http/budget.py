"""Limits on the time and traffic that one run spends on a target."""

import threading

BASE_TIMEOUTS = 30  # time-outs of a request that a run may spend without a usable response
LEAST_SECONDS = 120.0
SECONDS_PER_RESPONSE = 0.25  # part of a time-out; a response that takes longer is slow
LEAST_PER_RESPONSE = 2.0
BASE_BYTES = 512 * 1024 * 1024
BYTES_PER_RESPONSE = 64 * 1024
CLEANUP_TIMEOUTS = 6
IDLE_SECONDS = 90.0  # seconds that a run waits after 429 without success, summed over all threads
UNHELPFUL = 200  # further immediate responses with 429 before the run gives the target up


class Budget:
    """Adds up the seconds and bytes of all requests. Each usable response adds to the limits. Thread-safe.

    The seconds are summed over all threads: eight requests that wait at the same time spend them eight times as
    fast. A sound server never exhausts them. The run gives up a server that hangs, drips or floods.
    """

    def __init__(self, timeout: float) -> None:
        """Start with nothing spent. timeout: seconds that a run waits for one response."""
        self._seconds = max(BASE_TIMEOUTS * timeout, LEAST_SECONDS)
        self._bytes = BASE_BYTES
        self._idle = IDLE_SECONDS
        self._per_response = max(SECONDS_PER_RESPONSE * timeout, LEAST_PER_RESPONSE)
        self._for_cleanup = max(CLEANUP_TIMEOUTS * timeout, LEAST_SECONDS / 2)
        self._lock = threading.RLock()  # a signal handler may allow the cleanup while this thread spends

    @property
    def exhausted(self) -> str | None:
        """Which limit the target exceeded, as text for a report. None if no limit is exceeded."""
        if self._seconds < 0:
            return "the responses of the target took more time than a run may spend on them"
        if self._idle < -UNHELPFUL:
            return "the target keeps returning 429 (too many requests)"
        if self._bytes < 0:
            return "the target sent more data than a run may read"
        return None

    def spend(self, seconds: float, size: int = 0, *, is_usable: bool = False) -> None:
        """Charge the cost of one request. If its response is usable, raise the limits by one response."""
        with self._lock:
            self._seconds += (self._per_response if is_usable else 0) - seconds
            self._bytes += (BYTES_PER_RESPONSE if is_usable else 0) - size

    @property
    def may_wait(self) -> bool:
        """Whether a request that got 429 should wait. False if no wait has helped for a long time."""
        return self._idle > 0

    def wait(self, seconds: float) -> None:
        """Charge the seconds that a request waits after 429."""
        with self._lock:
            self._seconds -= seconds
            self._idle -= seconds

    def refused(self) -> None:
        """Record that a request got 429 at its last try."""
        with self._lock:
            self._idle -= 0 if self.may_wait else 1

    def admitted(self) -> None:
        """Record that a request with a key got a response other than 429."""
        with self._lock:
            self._idle = IDLE_SECONDS

    def allow_cleanup(self) -> None:
        """Leave enough to remove what the run created, even if the limits are exhausted."""
        with self._lock:
            self._seconds = max(self._seconds, self._for_cleanup)
            self._idle = max(self._idle, IDLE_SECONDS / 3)
            self._bytes = max(self._bytes, BASE_BYTES // 8)
