"""When a request may be sent: the circuit breaker, the rate, the locks, and the wait for a target that is back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, cast

import httpx2
import pytest
from astrbot_conformance.http import harmless
from astrbot_conformance.http.circuit_breaker import CircuitBreaker
from astrbot_conformance.http.concurrency import Concurrency
from astrbot_conformance.http.rate_limiter import RateLimiter
from astrbot_conformance.http.read_write_lock import ReadWriteLock, SharedReadWriteLock
from astrbot_conformance.http.recovery import is_back
from astrbot_conformance.http.roles import Roles

from tests.conformance.http.scripted import PING, answer, scripted
from tests.conformance.made import operation


class Clock:
    """A clock that only waits move. waits: how long each of them was."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits = list[float]()

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the test."""
    made = Clock()
    monkeypatch.setattr("time.monotonic", made.monotonic)
    monkeypatch.setattr("time.sleep", made.sleep)
    return made


def test_a_target_is_given_up_after_three_failures_and_two_time_outs(clock: Clock) -> None:
    """The time is counted from the first failure. A response closes the breaker."""
    breaker = CircuitBreaker(timeout=10)
    assert not breaker.last_failed
    for _ in range(2):
        breaker.record_failure()
        assert breaker.last_failed
    clock.now = 120
    breaker.record_failure()
    assert not breaker.is_open
    clock.now = 120.5
    assert breaker.is_open

    breaker.record_failure()
    assert breaker.is_open

    breaker.record_success()
    assert (breaker.is_open, breaker.last_failed) == (False, False)
    for _ in range(3):
        breaker.record_failure()
    assert not breaker.is_open
    clock.now = 141
    assert breaker.is_open


def test_two_failures_are_not_enough(clock: Clock) -> None:
    """Unless the breaker is made for two. One request more shows whether a target responds again."""
    breaker = CircuitBreaker(timeout=10)
    breaker.half_open()
    assert not breaker.last_failed
    for _ in range(2):
        breaker.record_failure()
    clock.now = 1000
    assert not breaker.is_open

    breaker.half_open()
    breaker.record_failure()
    assert breaker.is_open
    breaker.half_open()
    assert (breaker.is_open, breaker.last_failed) == (False, True)
    breaker.record_failure()
    assert breaker.is_open


def test_a_breaker_can_be_made_for_two_failures(clock: Clock) -> None:
    """They must take more than one time-out together."""
    breaker = CircuitBreaker(timeout=10, max_failures=2)
    breaker.record_failure()
    clock.now += 10
    breaker.record_failure()
    assert not breaker.is_open
    clock.now += 0.5
    assert breaker.is_open


def test_a_rate_limits_requests(clock: Clock) -> None:
    """One after another. After a pause, the next one is free again."""
    clock.now = 0.5
    limiter = RateLimiter(4)
    limiter.wait()
    limiter.wait()
    clock.now -= 0.125
    limiter.wait()
    clock.now = 200
    limiter.wait()

    assert clock.waits == [0, 0.25, 0.375, 0]


def test_a_late_request_does_not_wait(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """The clock may go on between two steps."""
    times = iter([100.0, 101.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    RateLimiter(4).wait()

    assert clock.waits == [0]


def test_no_rate_is_no_limit(clock: Clock) -> None:
    """Nothing waits, not even for a moment."""
    RateLimiter(None).wait()

    assert clock.waits == []


ROLES = Roles(PING, messages=frozenset({"GET /message"}), quiet_tags=frozenset({"made"}))
MESSAGE, QUIET = (harmless(operation("/message")), harmless(operation("/quiet", method="PUT", side_effect="write")))


@pytest.mark.parametrize(
    ("after", "disposable", "waits"), [(0.125, False, [0.175]), (5, False, [0]), (0.125, True, [])]
)
def test_a_quiet_request_waits_for_messages(
    clock: Clock,
    after: float,
    disposable: bool,  # noqa: FBT001  by pytest
    waits: list[float],
) -> None:
    """A real server is busy for 0.3 s after its response; one that the run started is not."""
    concurrency = Concurrency(ROLES, None)
    with concurrency.turn_of(request=MESSAGE, disposable=disposable):
        pass
    clock.now += after
    with concurrency.turn_of(QUIET, disposable=disposable):
        pass

    assert clock.waits == [pytest.approx(wait) for wait in waits]


def test_a_quiet_request_does_not_wait_without_messages(clock: Clock) -> None:
    """Even if the clock has just begun."""
    clock.now = 0.5
    with Concurrency(ROLES, None).turn_of(QUIET, disposable=False):
        pass

    assert clock.waits == [0]


@pytest.mark.parametrize("effect", ["destructive", "external", "read", "write"])
@pytest.mark.parametrize("tag", ["quiet", "lone", "other"])
def test_roles_of_operations(effect: str, tag: str) -> None:
    """A read never needs quiet, and never runs alone."""
    one = operation(side_effect=effect)
    roles = Roles(PING, quiet_tags=frozenset({tag} & {"quiet"}), lone_tags=frozenset({tag} & {"lone"}))
    tagged = type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"tag": tag})

    assert roles.needs_quiet(tagged) == (tag == "quiet" and effect != "read")
    assert roles.must_run_alone(tagged) == (tag == "lone" and effect != "read")
    assert not roles.is_message(tagged)
    assert not roles.is_confidential(tagged)


class Slots:
    """Locks of several processes. has_died: whether the holder of everything has died."""

    def __init__(self, *, has_died: bool = False) -> None:
        self.calls = list[tuple[str, Any]]()
        self._has_died = has_died

    def BoundedSemaphore(self, size: int) -> "Named":  # noqa: N802  the name of multiprocessing
        """The slots."""
        self.calls.append(("size", size))
        return Named("slot", self.calls, self._has_died)

    def Lock(self) -> "Named":  # noqa: N802  the name of multiprocessing
        """The gate."""
        return Named("gate", self.calls, self._has_died)


class Named:
    """One of these locks."""

    def __init__(self, name: str, calls: list[tuple[str, Any]], has_died: bool) -> None:  # noqa: FBT001  in tests
        self._name, self._calls, self._has_died = name, calls, has_died

    def acquire(self, timeout: float) -> bool:
        """Store the time-out."""
        self._calls.append((self._name, timeout))
        return not self._has_died

    def release(self) -> None:
        """Store it."""
        self._calls.append((self._name, "released"))


@pytest.mark.parametrize("has_died", [False, True])
def test_processes_share_sixteen_slots(has_died: bool) -> None:  # noqa: FBT001  by pytest
    """A request alone takes all of them. A slot that did not come within a minute is not given back."""
    slots = Slots(has_died=has_died)
    lock = ReadWriteLock(SharedReadWriteLock(cast("Any", slots)))
    assert slots.calls.pop() == ("size", 16)
    for turn, taken in ((lock.together, ["slot"]), (lock.alone, ["gate"] + ["slot"] * 16)):
        with turn():
            assert slots.calls == [(name, 60.0) for name in taken]
            slots.calls.clear()
        assert slots.calls == ([] if has_died else [(name, "released") for name in reversed(taken)])
        slots.calls.clear()


@pytest.fixture
def entered() -> Iterator[Callable[[AbstractContextManager[None]], threading.Event]]:
    """Enters a turn in a thread and stays in it until the test ends."""
    over, threads = threading.Event(), list[threading.Thread]()

    def enter(turn: AbstractContextManager[None]) -> threading.Event:
        inside = threading.Event()

        def run() -> None:
            with turn:
                inside.set()
                over.wait(10)

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return inside

    yield enter
    over.set()
    for thread in threads:
        thread.join(5)


def test_requests_run_together_or_alone(entered: Callable[[AbstractContextManager[None]], threading.Event]) -> None:
    """One that must run alone waits for the others, and the others wait for it as soon as it waits."""
    lock = ReadWriteLock()
    with lock.together():
        assert entered(ReadWriteLock().alone()).wait(2)
        with lock.together():
            alone = entered(lock.alone())
            time.sleep(0.03)
            assert not entered(lock.together()).wait(0.03)
        assert not alone.wait(0.03)
    assert alone.wait(2)
    assert not entered(lock.together()).wait(0.03)
    assert not entered(lock.alone()).wait(0.03)


def test_turns_end() -> None:
    """After any of them, any other one can begin."""
    lock = ReadWriteLock()
    for turn in (lock.together, lock.alone, lock.alone, lock.together, lock.alone):
        with turn():
            pass
    with lock.together(), lock.together():
        pass


@pytest.mark.parametrize(("failures", "back"), [(0, True), (2, True), (99, False)])
def test_a_target_may_come_back_within_one_time_out(clock: Clock, failures: int, back: bool) -> None:  # noqa: FBT001
    """It is asked every half second, also after the circuit breaker opened."""
    target, transport = scripted(*[httpx2.ConnectError("x")] * failures, answer(), options={"timeout": 2})
    for _ in range(9):
        target.circuit_breaker.record_failure()
    clock.now += 100

    assert is_back(target) is back
    assert set(transport.paths) == {"/ping"}
    assert clock.waits == [0.5] * (failures if back else 5)
