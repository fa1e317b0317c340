"""The limits of a run on a target that is slow, sends floods of data, or returns 429."""

from astrbot_conformance.http.budget import BASE_BYTES, IDLE_SECONDS, UNHELPFUL, Budget


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

    assert budget.exhausted == "the responses of the target took more time than a run may spend on them"


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
    for _ in range(UNHELPFUL + 1):
        assert budget.exhausted is None
        budget.refused()

    assert budget.exhausted
    budget.allow_cleanup()
    assert budget.exhausted is None
