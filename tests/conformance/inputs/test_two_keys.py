"""Two keys in one request."""

from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.http import CredentialState, Key, harmless
from astrbot_conformance.inputs.two_keys import ARRANGEMENTS, beside_an_empty_bearer
from astrbot_conformance.secret import Secret

FIRST, SECOND = (
    Key(name, frozenset(), Secret(f"abk_{name}_of_two_keys_1234567890", f"ASTRBOT_KEY_{name.upper()}"), state)
    for name, state in (("revoked", CredentialState.REVOKED), ("live", CredentialState.LIVE))
)


def sent(number: int) -> list[tuple[str, str]]:
    """The headers of the request with two keys in an arrangement."""
    return ARRANGEMENTS[number].put(harmless(IM_BOTS), FIRST, SECOND).wire_headers()


def test_each_arrangement_sends_both_keys() -> None:
    """In both headers, in reverse order, and twice in each header."""
    first, second = FIRST.secret.reveal(), SECOND.secret.reveal()

    assert sent(0) == [("Authorization", f"Bearer {first}"), ("X-API-Key", second)]
    assert sent(1) == [("X-API-Key", second), ("Authorization", f"Bearer {first}")]
    assert sent(2) == [("Authorization", f"Bearer {first}"), ("Authorization", f"Bearer {second}")]
    assert sent(3) == [("X-API-Key", first), ("X-API-Key", second)]


def test_an_empty_bearer_is_sent_beside_a_key() -> None:
    """The scheme alone is no key, so the key in the other header counts."""
    headers = beside_an_empty_bearer(harmless(IM_BOTS), FIRST).wire_headers()

    assert headers == [("Authorization", "Bearer"), ("X-API-Key", FIRST.secret.reveal())]
