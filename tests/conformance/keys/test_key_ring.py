"""The keys of a run: each is created once, has the rights that a check needs, and is removed at the end."""

from collections.abc import Callable

import pytest
from astrbot_api import releases
from astrbot_conformance.http import CredentialState
from astrbot_conformance.http.removal import Left
from astrbot_conformance.keys.key_ring import KeyRing, insufficient, left_keys, remove_keys, rights
from astrbot_conformance.outcome import NoAnswer, NotJudged
from astrbot_conformance.secret import Secret

from tests.conformance.fake_responses import REFUSED, envelope
from tests.conformance.keys.fake_astrbot import CONTRACT, KEYS, FakeAstrBot, Reply

pytestmark = pytest.mark.usefixtures("nothing_held")

NEWEST = releases.contract(releases.NEWEST)
ALL = set(CONTRACT.scopes)


def refused() -> Reply:
    """A refusal of the server."""
    return 200, REFUSED


def test_a_key_is_created_once_for_its_scopes(ring: KeyRing, server: FakeAstrBot) -> None:
    """Its name has the mark of the run and its rights. Another order of the scopes is the same key."""
    key = ring.holding("im", "bot")

    assert ring.holding("bot", "im") is key
    assert key.scopes == {"bot", "im"}
    assert (key.state, key.variable) == (CredentialState.LIVE, "ASTRBOT_KEY_BOT_IM")
    entry = {"key_id": key.id, "name": "conform-run-bot-im", "scopes": ["bot", "im"]}
    assert entry.items() <= server.keys[key.id].items()
    assert server.secrets[key.secret.reveal()] == key.id
    assert ring.live_scopes is None


def test_a_key_expires_after_a_day(ring: KeyRing, server: FakeAstrBot) -> None:
    """A killed run leaves no key for long."""
    ring.holding("im")

    assert server.created[0]["expires_in_days"] == 1


def test_a_purpose_has_its_own_key(ring: KeyRing) -> None:
    """No other purpose shares its chats, and the caller of `another` may revoke it."""
    keys = [ring.holding("chat"), ring.own("tour", "chat"), ring.own("walk", "chat"), ring.chatting("more")]
    more = [ring.another("new", "chat"), ring.another("new", "chat", name="conform-run-mine")]

    assert len({key.id for key in (*keys, *more)}) == 6
    assert (ring.own("tour", "chat"), ring.speaker()) == (keys[1], keys[0])
    assert [key.variable for key in keys[1:]] == [f"ASTRBOT_KEY_CHAT_{name}" for name in ("TOUR", "WALK", "MORE")]
    assert [ring.listed(key)["name"] for key in more] == ["conform-run-new", "conform-run-mine"]


def test_the_response_to_a_creation(ring: KeyRing, server: FakeAstrBot) -> None:
    """It is kept, even if the server refused. If the run ends before, there is none."""
    assert ring.creation("im").data["scopes"] == ["im"]
    server.answers[f"POST {KEYS}"] = refused
    assert ring.creation("bot").message == "no"

    ring.close()
    with pytest.raises(NotJudged, match="did not try to create a key with chat, im"):
        ring.creation("chat", "im")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"key_id": "a"}, "did not create a key with bot, im: 200"),
        ({"api_key": "abk_Abcdefgh0123456789"}, "did not create a key with bot, im: 200"),
        ({"key_id": "a", "api_key": "short"}, "returned no usable key with bot, im"),
        ({"key_id": "..", "api_key": "abk_Abcdefgh0123456789"}, "an unusable id for a key"),
    ],
)
def test_an_unusable_key_is_not_judged(ring: KeyRing, server: FakeAstrBot, data: object, problem: str) -> None:
    """The creation is not tried again, and every check that needs the key gives the same reason."""
    server.answers[f"POST {KEYS}"] = lambda: (200, envelope(data))

    for _ in range(2):
        with pytest.raises(NotJudged, match=problem):
            ring.holding("im", "bot")
    assert server.requests == [f"POST {KEYS}"]
    server.answers.clear()
    assert ring.holding("im").scopes == {"im"}


def test_a_creation_without_a_response_is_tried_again(ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may be back."""
    tries: list[object] = []

    def no_answer(body: object) -> None:
        tries.append(body)
        raise NoAnswer("no response")

    with monkeypatch.context() as patch:
        patch.setattr(ring._dashboard, "create_key", no_answer)  # noqa: SLF001
        for _ in range(2):
            with pytest.raises(NoAnswer):
                ring.holding("im")
    assert len(tries) == 2
    assert ring.holding("im").scopes == {"im"}


@pytest.mark.parametrize(
    ("make", "scopes"),
    [
        (lambda ring: ring.weakest("im"), {"im"}),
        (lambda ring: ring.weakest("config"), {"config"}),
        (lambda ring: ring.strongest_without("im"), ALL - {"im"}),
        (lambda ring: ring.strongest_without("config"), ALL - {"config"}),
        (lambda ring: ring.strongest_without("bot"), ALL - {"bot", "config"}),
        (lambda ring: ring.strongest_without(None), ALL),
        (lambda ring: ring.implicated_without("im"), {"config"}),
        (lambda ring: ring.implicated_without("bot"), {"provider"}),
        (lambda ring: ring.implicated_without("config"), {"bot", "provider"}),
        (lambda ring: ring.unrelated_without("im"), ALL - {"im", "bot", "provider", "config"}),
        (lambda ring: ring.unrelated_without("bot"), ALL - {"bot", "provider", "config"}),
        (lambda ring: ring.all_scopes(), ALL),
    ],
)
def test_the_scopes_of_the_keys_that_checks_need(
    ring: KeyRing, make: Callable[[KeyRing], object], scopes: set[str]
) -> None:
    """The weakest sufficient key, the strongest insufficient one, and keys that tell implications from other causes."""
    assert make(ring).scopes == scopes  # type: ignore[attr-defined]


def test_no_key_opens_a_closed_operation(ring: KeyRing) -> None:
    """So there is no weakest one."""
    with pytest.raises(NotJudged, match="closed to every developer key"):
        ring.weakest(None)


def test_a_live_key_is_authorized_for_one_of_its_scopes(ring: KeyRing, server: FakeAstrBot) -> None:
    """Otherwise, its rejection elsewhere proves nothing."""
    key, dead = ring.holding("im", "skill"), ring.revoked()
    server.admits = lambda scope, _: scope == "skill"

    assert ring.is_live(key, server.target)
    ring.must_be_live(key, server.target)
    assert not ring.is_live(ring.holding("im"), server.target)
    assert not ring.is_live(dead, server.target)
    with pytest.raises(NotJudged, match=rf"authorizes \${dead.variable} for none of its scopes"):
        ring.must_be_live(dead, server.target)
    server.requests.clear()
    ring.is_live(ring.holding("config"), server.target)
    reads = [request for request in server.requests if KEYS not in request]
    assert len(reads) == 3


def test_keys_that_must_be_rejected(ring: KeyRing, server: FakeAstrBot) -> None:
    """An unknown key has the form of a key. A revoked and a deleted one existed with every scope."""
    unknown, revoked, deleted = ring.unknown(), ring.revoked(), ring.deleted()

    assert (unknown.state, unknown.scopes) == (CredentialState.INVALID, frozenset())
    assert len(unknown.secret.reveal()) == len("abk_") + 43
    assert (ring.unknown(), ring.revoked(), ring.deleted()) == (unknown, revoked, deleted)
    assert (revoked.state, deleted.state) == (CredentialState.REVOKED, CredentialState.DELETED)
    assert revoked.scopes == deleted.scopes == ALL
    assert [entry["key_id"] for entry in server.keys.values() if entry.get("revoked")] == [revoked.id]
    assert deleted.id not in server.keys
    live = ring.holding("im")
    assert ring.profile() == [live]


@pytest.mark.parametrize("how", ["revoke", "delete"])
def test_a_key_that_stays_live_is_not_judged(ring: KeyRing, server: FakeAstrBot, how: str) -> None:
    """Unless the server confirms that it ended the key, an authorized request is no violation."""
    place = f"DELETE {KEYS}/id-1" if how == "delete" else f"POST {KEYS}/id-1/revoke"
    server.answers[place] = refused

    with pytest.raises(NotJudged, match=f"the target did not {how} a key: 200"):
        (ring.deleted if how == "delete" else ring.revoked)()
    assert place in server.requests


def test_an_expired_key_must_be_given(server: FakeAstrBot) -> None:
    """A run cannot wait for a day. Without one, the option of the run is the reason."""
    given = KeyRing(server.dashboard(), "run", NEWEST, Secret("abk_Expired-0123456789", "ASTRBOT_KEY_EXPIRED"))

    key = given.expired()
    assert (key.id, key.state) == ("expired", CredentialState.EXPIRED)
    assert key.scopes == {*NEWEST.scopes, *NEWEST.sub_scopes}
    with pytest.raises(NotJudged, match="set ASTRBOT_KEY_EXPIRED") as raised:
        KeyRing(server.dashboard(), "run", NEWEST).expired()
    assert raised.value.by_choice


def test_every_key_is_removed(ring: KeyRing, server: FakeAstrBot) -> None:
    """Those of other runs stay. Afterwards, none is created any more."""
    other = KeyRing(server.dashboard(), "other", CONTRACT).holding("im")
    ring.unknown()
    ring.another("mine", "im")
    deleted, known = ring.deleted(), ring.holding("chat")
    server.requests.clear()

    assert ring.close() == []
    assert list(server.keys) == [other.id]
    assert server.requests.count(f"DELETE {KEYS}/{known.id}") == 1
    assert f"DELETE {KEYS}/{deleted.id}" not in server.requests
    assert f"DELETE {KEYS}/none" not in server.requests
    with pytest.raises(NotJudged, match="the run is ending"):
        ring.holding("bot")


def test_keys_that_stay_are_reported(ring: KeyRing, server: FakeAstrBot) -> None:
    """Each deletion is tried twice. A listing that cannot be read may hide others."""
    stays, goes = ring.holding("im"), ring.holding("bot")
    server.answers[f"DELETE {KEYS}/{stays.id}"] = refused
    server.requests.clear()

    assert remove_keys(ring._dashboard, lambda _: True, [stays.id]) == [stays.id]  # noqa: SLF001
    assert server.requests.count(f"DELETE {KEYS}/{stays.id}") == 2
    assert goes.id not in server.keys
    server.answers[f"GET {KEYS}"] = refused
    left, reason = remove_keys(ring._dashboard, lambda _: True, [stays.id])  # noqa: SLF001
    assert (left, reason.partition(":")[0]) == (stays.id, "the list of keys cannot be read")
    assert left_keys(["a"]) == [Left("a", "DELETE /api/v1/api-keys/{key_id}")]


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        (set(), "ALL"),
        ({"im"}, "ALL_BUT_IM"),
        ({"im", "bot"}, "ALL_BUT_BOT_IM"),
        ({"chat", "chat:admin"}, "ALL_BUT_CHAT"),
        ({"chat:admin"}, "ALL_BUT_CHAT_ADMIN"),
        ({"chat", "chat:admin", "im"}, "ALL_BUT_IM_CHAT"),
        (set(NEWEST.scopes) - {"im"} | set(NEWEST.sub_scopes), "IM"),
        (set(NEWEST.scopes) - {"im", "chat"} | {"config:edit_admin"}, "IM_CHAT_CHAT_ADMIN"),
        (set(NEWEST.scopes) - {"bot", "provider", "persona"} | set(NEWEST.sub_scopes), "BOT_PROVIDER_PERSONA"),
    ],
)
def test_rights_in_the_name_of_a_key(missing: set[str], name: str) -> None:
    """What is missing if that is shorter: at most two scopes. Sub-scopes of missing scopes are not named."""
    held = {*NEWEST.scopes, *NEWEST.sub_scopes} - missing

    assert rights(NEWEST, held) == name


def test_three_missing_scopes_are_not_named() -> None:
    """The scopes that the key holds are named instead."""
    held = [scope for scope in CONTRACT.scopes if scope not in ("bot", "im", "chat")]

    assert rights(CONTRACT, held) == "_".join(held).upper()


def test_insufficient_scopes() -> None:
    """Without the scope, those that imply it, and their sub-scopes."""
    every = {*NEWEST.scopes, *NEWEST.sub_scopes}

    assert set(insufficient(NEWEST, "im")) == every - {"im"}
    assert set(insufficient(NEWEST, "chat")) == every - {"chat", "chat:admin"}
    assert set(insufficient(NEWEST, "bot")) == every - {"bot", "config", "config:edit_admin"}
    assert set(insufficient(NEWEST, None)) == every
