"""Limits on the time and traffic that one run spends on a target."""

import threading

BASE_TIMEOUTS = 30  # time-outs of a request that a run may spend without a usable response
LEAST_SECONDS = 60.0
FREE_PART = 0.25  # of a time-out: what a usable response may take without a charge
LEAST_FREE = 2.0  # seconds
RETURNED_PART = 0.02  # of a time-out: what a fast usable response gives back
BASE_BYTES = 256 * 1024 * 1024
BYTES_PER_RESPONSE = 64 * 1024
CLEANUP_TIMEOUTS = 6
LEAST_CLEANUP_SECONDS = 30.0
CLEANUP_BYTES = 32 * 1024 * 1024
CLEANUP_IDLE_SECONDS = 30.0
IDLE_SECONDS = 90.0  # seconds that a run waits after 429 without success, summed over all threads
UNHELPFUL = 200  # further immediate responses with 429 before the run gives the target up


class Budget:
    """Adds up the seconds and bytes of all requests. Each usable response gives a part back. Thread-safe.

    It never gives back more than was spent, so that a target cannot save for later. The seconds are summed over all
    threads: eight requests that wait at the same time spend them eight times as fast. A sound server never exhausts
    them. The run gives up a server that hangs, drips or floods.
    """

    def __init__(self, timeout: float) -> None:
        """Start with nothing spent. timeout: seconds that a run waits for one response."""
        self._most_seconds = self._seconds = max(BASE_TIMEOUTS * timeout, LEAST_SECONDS)
        self._bytes = BASE_BYTES
        self._idle = IDLE_SECONDS
        self._free = max(FREE_PART * timeout, LEAST_FREE)
        self._returned = RETURNED_PART * timeout
        self._for_cleanup = max(CLEANUP_TIMEOUTS * timeout, LEAST_CLEANUP_SECONDS)
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
        """Charge the cost of one request. A fast usable response costs no time, and gives a little back."""
        with self._lock:
            charged = max(seconds - self._free, -self._returned) if is_usable else seconds
            self._seconds = min(self._seconds - charged, self._most_seconds)
            self._bytes = min(self._bytes + (BYTES_PER_RESPONSE if is_usable else 0) - size, BASE_BYTES)

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
            self._idle = max(self._idle, CLEANUP_IDLE_SECONDS)
            self._bytes = max(self._bytes, CLEANUP_BYTES)
