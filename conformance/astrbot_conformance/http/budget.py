"""How much time and traffic one run spends on a target."""

import threading

BASE_TIMEOUTS = 30  # time-outs of a request that a run may spend without a usable response
LEAST_SECONDS = 120.0
SECONDS_PER_RESPONSE = 0.25  # of a time-out; more than that is slow
LEAST_PER_RESPONSE = 2.0
BASE_BYTES = 512 * 1024 * 1024
BYTES_PER_RESPONSE = 512 * 1024
CLEANUP_TIMEOUTS = 6
IDLE_SECONDS = 90.0  # that a run waits after 429, all threads together, although no wait helps
UNHELPFUL = 200  # responses with 429 after that, each at once, before the target is given up


class Budget:
    """Adds up seconds and bytes of all requests; each usable response allows for more. Safe to use from many threads.

    The seconds are those of all threads together: eight requests that wait at the same time spend them eight times as
    fast. A sound server never spends them; a server that hangs, drips or floods is given up instead of waited for.
    """

    def __init__(self, timeout: float) -> None:
        """Begin with nothing spent. timeout: seconds that a run waits for one response."""
        self._seconds = max(BASE_TIMEOUTS * timeout, LEAST_SECONDS)
        self._bytes = BASE_BYTES
        self._idle = IDLE_SECONDS
        self._per_response = max(SECONDS_PER_RESPONSE * timeout, LEAST_PER_RESPONSE)
        self._for_cleanup = max(CLEANUP_TIMEOUTS * timeout, LEAST_SECONDS / 2)
        self._lock = threading.RLock()  # a signal handler may allow the cleanup while this thread spends

    @property
    def exhausted(self) -> str | None:
        """What the target used up, as text for a report; None as long as something is left."""
        if self._seconds < 0:
            return "the target took more time than the run has for it"
        if self._idle < -UNHELPFUL:
            return "the target keeps saying that it is asked too often (429)"
        if self._bytes < 0:
            return "the target sent more data than the run reads"
        return None

    def spend(self, seconds: float, size: int = 0, *, is_usable: bool = False) -> None:
        """Take what one request cost. If its response is usable, allow for one more."""
        with self._lock:
            self._seconds += (self._per_response if is_usable else 0) - seconds
            self._bytes += (BYTES_PER_RESPONSE if is_usable else 0) - size

    @property
    def may_wait(self) -> bool:
        """Whether a request that got 429 is worth a wait: not if no wait has helped for long."""
        return self._idle > 0

    def wait(self, seconds: float) -> None:
        """Take the seconds that a request waits after 429."""
        with self._lock:
            self._seconds -= seconds
            self._idle -= seconds

    def refused(self) -> None:
        """Note that a request got 429 at its last try."""
        with self._lock:
            self._idle -= 0 if self.may_wait else 1

    def admitted(self) -> None:
        """Note that a request with a key was not answered with 429."""
        with self._lock:
            self._idle = IDLE_SECONDS

    def allow_cleanup(self) -> None:
        """Leave enough to remove what the run created, however much was spent before."""
        with self._lock:
            self._seconds = max(self._seconds, self._for_cleanup)
            self._idle = max(self._idle, IDLE_SECONDS / 3)
            self._bytes = max(self._bytes, BASE_BYTES // 8)
