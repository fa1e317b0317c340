"""Invalid keys are derived from a key that works, so that a server that compares only a part of it authorizes them."""

import pytest
from astrbot_conformance.http import CredentialState, Key
from astrbot_conformance.keys import invalid_keys
from astrbot_conformance.keys.invalid_keys import BAD_KEYS, TURNS, BadKey, bad_key
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged

from tests.conformance.fake_responses import envelope
from tests.conformance.keys.fake_astrbot import KEYS, FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

SOUND = "abk_id-1Abcdefgh012345670xYzq"
ALTERED = {
    "truncated": "abk_id-1Abcdefgh012345670xYz",
    "cut in half": "abk_id-1Abcdef",
    "lengthened": f"{SOUND}A",
    "doubled": SOUND + SOUND,
    "with swapped case": "abk_ID-1aBCDEFGH012345670XyZQ",
    "in upper case": "ABK_ID-1ABCDEFGH012345670XYZQ",
    "with another end": "abk_id-1Abcdefgh0123456QZyX07",
    "without its prefix": "id-1Abcdefgh012345670xYzq",
    "hashed": "34ca7553c480767e97f8aa1dc32153e1c1285b9a265d819b3a77f454ae3d980a",
}
TEXTS = {
    "its prefix": "abk_id-1Abcd",
    "its id": "id-1",
    "its name": "conform-run-all",
    "only the prefix of keys": "abk_",
    "the word null": "null",
    "an SQL pattern": "abk_%",
    "an asterisk": "*",
    "an SQL condition": "' OR '1'='1",
    "empty": "",
}


def text_of(bad: BadKey) -> str:
    """The text that is sent."""
    return bad if isinstance(bad, str) else bad.secret.reveal()


def test_every_kind_is_known() -> None:
    """A kind is an ended or unknown key, an altered key, or a text."""
    assert set(BAD_KEYS) == {"unknown", "revoked", "deleted", *ALTERED, *TEXTS}


@pytest.mark.parametrize("kind", ALTERED)
def test_an_altered_key(ring: KeyRing, kind: str) -> None:
    """It is masked like a key, and its variable names the change."""
    key = BAD_KEYS[kind](ring)

    assert isinstance(key, Key)
    assert key.secret.reveal() == ALTERED[kind]
    assert (key.id, key.scopes, key.state) == ("none", frozenset(), CredentialState.INVALID)
    assert key.variable == f"ASTRBOT_KEY_{kind.upper().replace(' ', '_')}"


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_in_place_of_a_key(ring: KeyRing, kind: str) -> None:
    """It is no secret: findings show it."""
    assert BAD_KEYS[kind](ring) == TEXTS[kind]


def test_the_prefix_of_a_listing_without_prefixes(ring: KeyRing, server: FakeAstrBot) -> None:
    """The prefix that all keys have."""
    ring.all_scopes()
    server.keys["id-1"] |= {"key_prefix": None}

    assert BAD_KEYS["its prefix"](ring) == "abk_"


def test_a_key_that_does_not_change_is_not_judged(ring: KeyRing, server: FakeAstrBot) -> None:
    """It is authorized, and rightly so."""
    key = {"key_id": "a", "api_key": "ABCDEFGH-0123456789"}
    server.answers[f"POST {KEYS}"] = lambda: (200, envelope(key))

    for kind in ("in upper case", "without its prefix"):
        with pytest.raises(NotJudged, match=f"the key does not change when it is {kind}"):
            BAD_KEYS[kind](ring)


def test_usual_and_odd_kinds_take_turns(ring: KeyRing) -> None:
    """Every second one is an unknown, revoked or deleted key. After the last turn, the first one follows."""
    kinds = [next(kind for kind, make in BAD_KEYS.items() if make is turn) for turn in TURNS]

    assert kinds[::2] == [("unknown", "revoked", "deleted")[number % 3] for number in range(18)]
    assert kinds[1::2] == [*ALTERED, *TEXTS]
    for turn, kind in (
        (0, "unknown"),
        (1, "truncated"),
        (2, "revoked"),
        (35, "empty"),
        (36, "unknown"),
        (39, "cut in half"),
    ):
        assert text_of(bad_key(ring, turn)) == text_of(BAD_KEYS[kind](ring))


def test_a_missing_kind_is_skipped(ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one takes its turn. Without any, the reason is that of the first one."""

    def missing(keys: KeyRing) -> str:
        raise NotJudged(f"missing in {keys.name}")

    def also_missing(_: KeyRing) -> str:
        raise NotJudged("also missing")

    monkeypatch.setattr(invalid_keys, "TURNS", (missing, also_missing, BAD_KEYS["an asterisk"]))
    assert [bad_key(ring, turn) for turn in range(3)] == ["*"] * 3
    monkeypatch.setattr(invalid_keys, "TURNS", (also_missing, missing))
    with pytest.raises(NotJudged, match="missing in conform-run-"):
        bad_key(ring, 1)
