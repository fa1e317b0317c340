"""The limits of a run on a target that is slow, sends floods of data, or returns 429."""

import pytest
from astrbot_conformance.http.budget import BASE_BYTES, IDLE_SECONDS, Budget

TOO_SLOW = "the responses of the target took more time than a run may spend on them"
TOO_MUCH = "the target sent more data than a run may read"


def test_waits_without_success_end() -> None:
    """After that many seconds, no request waits any more. A request that gets another response allows waits again."""
    budget = Budget(timeout=10)
    budget.wait(IDLE_SECONDS - 1)
    assert budget.may_wait

    budget.wait(1)
    assert not budget.may_wait

    budget.admitted()
    assert budget.may_wait


def test_a_wait_is_charged() -> None:
    """Waits spend the time of the run, even if a usable response between them allows more waits."""
    budget = Budget(timeout=10)
    while budget.exhausted is None:
        budget.admitted()
        budget.wait(IDLE_SECONDS)

    assert budget.exhausted == TOO_SLOW


def test_a_flood_ends_the_run_but_not_the_cleanup() -> None:
    """More data than a run may read ends the run, but not the removal of its resources."""
    budget = Budget(timeout=10)
    budget.spend(0, BASE_BYTES + 1)
    assert budget.exhausted == "the target sent more data than a run may read"

    budget.allow_cleanup()
    assert budget.exhausted is None


def test_usable_responses_are_not_saved_for_later() -> None:
    """After ten thousand usable responses, a target that hangs is given up as soon as at the start."""
    budget, fresh = Budget(timeout=2), Budget(timeout=2)
    for _ in range(10_000):
        budget.spend(0.01, 300, is_usable=True)
    for _ in range(11):
        assert budget.exhausted is None
        budget.spend(6)
        fresh.spend(6)

    assert (
        budget.exhausted == fresh.exhausted == "the responses of the target took more time than a run may spend on them"
    )


def test_large_usable_responses_end_the_run_too() -> None:
    """A run is over after 300 usable responses of a megabyte each. Those of a sound server are 300 bytes on average."""
    budget = Budget(timeout=10)
    for _ in range(300):
        budget.spend(0, 1024 * 1024, is_usable=True)

    assert budget.exhausted == "the target sent more data than a run may read"


def test_a_target_that_keeps_returning_429_is_given_up() -> None:
    """After waits without success, two hundred more responses with 429 end the run."""
    budget = Budget(timeout=10)
    budget.wait(IDLE_SECONDS)
    for _ in range(201):
        assert budget.exhausted is None
        budget.refused()

    assert budget.exhausted == "the target keeps returning 429 (too many requests)"
    budget.allow_cleanup()
    assert budget.exhausted is None


@pytest.mark.parametrize(("timeout", "total", "free"), [(50, 1500, 12.5), (1, 60, 2)])
def test_a_run_may_spend_thirty_time_outs_or_a_minute(timeout: float, total: float, free: float) -> None:
    """Not a moment more. A usable response is free up to a quarter of the time-out, or up to two seconds."""
    budget = Budget(timeout)
    budget.spend(seconds=total)
    budget.spend(free, is_usable=True)
    assert budget.exhausted is None

    budget.spend(free + 0.125, is_usable=True)
    assert budget.exhausted == TOO_SLOW


def test_a_fast_usable_response_gives_a_fiftieth_of_the_time_out_back() -> None:
    """A slow target that also sends usable responses is given up later."""
    budget = Budget(timeout=50)
    budget.spend(1500)
    budget.spend(0, is_usable=True)
    budget.spend(1)
    assert budget.exhausted is None

    budget.spend(0.125)
    assert budget.exhausted == TOO_SLOW


def test_a_run_may_read_256_mib() -> None:
    """Not a byte more. Each usable response adds 64 KiB, but never beyond the first amount."""
    budget = Budget(timeout=10)
    budget.spend(0, 0, is_usable=True)
    budget.spend(0, 268_435_456)
    budget.spend(0, 65_536, is_usable=True)
    budget.spend(0)
    assert budget.exhausted is None

    budget.spend(0, 65_537, is_usable=True)
    assert budget.exhausted == TOO_MUCH


@pytest.mark.parametrize(("timeout", "left"), [(50, 300), (1, 30)])
def test_the_cleanup_has_time_of_its_own(timeout: float, left: float) -> None:
    """Six time-outs, or half a minute."""
    budget = Budget(timeout)
    budget.spend(10_000)
    budget.allow_cleanup()
    budget.spend(left)
    assert budget.exhausted is None

    budget.spend(0.125)
    assert budget.exhausted == TOO_SLOW


def test_the_cleanup_may_read_32_mib() -> None:
    """Not a byte more."""
    budget = Budget(timeout=10)
    budget.spend(0, 300_000_000)
    budget.allow_cleanup()
    budget.spend(0, 33_554_432)
    assert budget.exhausted is None

    budget.spend(0, 1)
    assert budget.exhausted == TOO_MUCH


def test_the_cleanup_takes_nothing_away() -> None:
    """If the run has spent little, the cleanup may spend the rest."""
    budget = Budget(timeout=50)
    budget.allow_cleanup()
    budget.spend(1400, 268_435_456)
    assert budget.exhausted is None

    budget.wait(89)
    assert budget.may_wait


@pytest.mark.parametrize(("before", "seconds"), [(0, 90), (200, 30)])
def test_requests_wait_for_a_limited_time(before: float, seconds: float) -> None:
    """For 90 seconds, and for another 30 seconds in the cleanup."""
    budget = Budget(timeout=50)
    if before:
        budget.wait(before)
        budget.allow_cleanup()
    budget.wait(seconds - 1)
    assert budget.may_wait

    budget.wait(1)
    assert not budget.may_wait


def test_a_429_is_only_counted_after_the_last_wait() -> None:
    """As long as requests may wait, their number does not matter, and it neither shortens nor extends the waits."""
    budget = Budget(timeout=10)
    for _ in range(500):
        budget.refused()
    budget.wait(89)
    assert budget.may_wait

    budget.wait(1)
    assert not budget.may_wait
