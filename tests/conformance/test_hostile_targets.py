"""A few hostile targets of each kind. `make hostile` runs all of them."""

import pytest

from tests.conformance.hostile_table import FIRST_CONTACT, SPOILED
from tests.conformance.hostile_targets import WHOLE, outcome_of, targets

pytestmark = pytest.mark.slow

FEW = {
    "gzip twice": (3, "its body is compressed 2 times"),
    "103 without end": (2, "no response in time"),
    "429 for ever": (3, "the login keeps returning 429"),
    "login: a token with half a surrogate pair": (3, "the login returned no usable token"),
    "keys: an id that is a path": (3, "NOT JUDGED"),
    "everything: gzip twice": (3, "compressed 2 times"),
    "everything: resets": (3, "the connection was reset"),
}


@pytest.mark.parametrize("name", FEW)
def test_a_hostile_target_is_survived(name: str) -> None:
    """The run ends soon, with a verdict that is not conformant, and prints one line or writes a complete report."""
    code, text = FEW[name]

    outcome = outcome_of(name, (*WHOLE, "--requirement", "AUTH-REQUIRED", "--requirement", "KEY-LISTED"))

    assert outcome.problem is None, outcome
    assert outcome.code == code, outcome
    assert text in outcome.text, outcome


def test_the_table_is_long_and_its_names_are_unique() -> None:
    """There are at least sixty targets with different names."""
    assert len(targets()) == len(FIRST_CONTACT) + len(SPOILED) >= 60
