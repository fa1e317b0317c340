"""What a run spends on a target that is slow, floods it, or says 429."""

from astrbot_conformance.http.budget import BASE_BYTES, IDLE_SECONDS, UNHELPFUL, Budget


def test_waits_that_do_not_help_end() -> None:
    """After so many seconds no request waits any more; one that is admitted allows for waits again."""
    budget = Budget(timeout=10)
    budget.wait(IDLE_SECONDS - 1)
    assert budget.may_wait

    budget.wait(1)
    assert not budget.may_wait

    budget.admitted()
    assert budget.may_wait


def test_a_wait_is_paid_for() -> None:
    """Waits spend the time of the run, also if a usable response between them allows for more waits."""
    budget = Budget(timeout=10)
    while budget.exhausted is None:
        budget.admitted()
        budget.wait(IDLE_SECONDS)

    assert budget.exhausted == "the target took more time than the run has for it"


def test_a_flood_is_given_up_and_the_cleanup_has_its_share() -> None:
    """More data than the run reads ends the run, not the removal of what it created."""
    budget = Budget(timeout=10)
    budget.spend(0, BASE_BYTES + 1)
    assert budget.exhausted == "the target sent more data than the run reads"

    budget.allow_cleanup()
    assert budget.exhausted is None


def test_a_target_that_rejects_every_request_is_given_up() -> None:
    """After waits that did not help, two hundred more responses with 429 are enough."""
    budget = Budget(timeout=10)
    budget.wait(IDLE_SECONDS)
    for _ in range(UNHELPFUL + 1):
        assert budget.exhausted is None
        budget.refused()

    assert budget.exhausted
    budget.allow_cleanup()
    assert budget.exhausted is None
