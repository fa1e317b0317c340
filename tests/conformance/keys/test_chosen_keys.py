"""Of the keys that the user gives, each check gets the most suitable one, or is not judged."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from astrbot_api import releases
from astrbot_conformance.http import CredentialState, Key
from astrbot_conformance.keys.given_keys import GivenKey, GivenKeys, UnreadableKeysError, read_keys
from astrbot_conformance.outcome import Misdirected, NotJudged
from astrbot_conformance.secret import Secret

from tests.conformance.fake_responses import REFUSED, envelope
from tests.conformance.keys.fake_astrbot import CONTRACT, FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

NEWEST = releases.contract(releases.NEWEST)
LIVE, REVOKED, EXPIRED = CredentialState.LIVE, CredentialState.REVOKED, CredentialState.EXPIRED


def given(name: str, *scopes: str, state: CredentialState = LIVE, has_id: bool = False) -> GivenKey:
    """A key of a file."""
    text = Secret(f"abk_{name}-Abcdefgh-0123456789", f"KEY_{name.upper()}")
    return GivenKey(Key(f"id of {name}", frozenset(scopes), text, state), has_id)


def chosen(keys: GivenKeys, choose: Callable[[GivenKeys], Key]) -> str:
    """The name of the key that is chosen, or the reason why none is, if that reason is an option of the run."""
    try:
        return choose(keys).variable.removeprefix("KEY_").lower()
    except NotJudged as error:
        return str(error) if error.by_choice else "not by choice"


SOME = GivenKeys(
    "run",
    CONTRACT,
    [
        given("config", "config"),
        given("both", "chat", "im"),
        given("provider", "provider", "im", "skill"),
        given("bot", "bot", "provider", "config"),
        given("chat", "chat", has_id=True),
        given("talk", "chat", "im", has_id=True),
        given("im", "im", has_id=True),
        given("dead", "chat", "im", "bot", "mcp", state=REVOKED, has_id=True),
        given("late", "chat", state=EXPIRED, has_id=True),
    ],
)


@pytest.mark.parametrize(
    ("choose", "name"),
    [
        (lambda keys: keys.holding("im", "chat"), "both"),
        (lambda keys: keys.holding("config", "bot"), "config"),
        (lambda keys: keys.holding("bot", "im"), "--keys has no key with exactly bot, im"),
        (lambda keys: keys.holding("bot"), "--keys has no key with exactly bot"),
        (lambda keys: keys.holding("mcp"), "--keys has no key with exactly mcp"),
        (lambda keys: keys.weakest("bot"), "bot"),
        (lambda keys: keys.weakest("config"), "config"),
        (lambda keys: keys.weakest("provider"), "provider"),
        (lambda keys: keys.weakest("chat"), "chat"),
        (lambda keys: keys.weakest("mcp"), "--keys has no key with mcp"),
        (lambda keys: keys.strongest_without("im"), "config"),
        (lambda keys: keys.strongest_without("provider"), "both"),
        (lambda keys: keys.strongest_without("chat"), "config"),
        (lambda keys: keys.strongest_without(None), "config"),
        (lambda keys: keys.speaker(), "chat"),
        (lambda keys: keys.chatting("x"), "chat"),
        (lambda keys: keys.chatting("x", 1), "talk"),
        (lambda keys: keys.chatting("x", 2), "--keys has fewer than 3 keys with chat and an id"),
        (lambda keys: keys.chatting("x", 3), "--keys has fewer than 4 keys with chat and an id"),
        (lambda keys: keys.revoked(), "dead"),
        (lambda keys: keys.expired(), "late"),
        (lambda keys: keys.deleted(), "--keys has no deleted key"),
    ],
)
def test_the_most_suitable_key(choose: Callable[[GivenKeys], Key], name: str) -> None:
    """Only live keys open anything. Of equally suitable ones, the one with the scope itself comes first."""
    assert chosen(SOME, choose) == name


def test_keys_that_open_everything_are_not_insufficient() -> None:
    """Then no requirement about insufficient keys is judged."""
    keys = GivenKeys("run", CONTRACT, [given("all", *CONTRACT.scopes)])

    assert chosen(keys, lambda keys: keys.strongest_without("im")) == "--keys has no key without im"
    with pytest.raises(NotJudged, match="closed to every developer key"):
        keys.weakest(None)


def test_a_chat_needs_the_id_of_its_own_key() -> None:
    """The id of another key does not help to remove its sessions."""
    keys = GivenKeys("run", CONTRACT, [given("chat", "chat"), given("talk", "chat", "im", has_id=True)])

    reason = "--keys lacks the id of KEY_CHAT, without which its chats cannot be removed"
    assert chosen(keys, lambda keys: keys.speaker()) == reason
    assert chosen(keys, lambda keys: keys.chatting("x")) == "talk"


def test_no_key_is_created_or_removed() -> None:
    """The rights of each live key are known, with the implied ones."""
    assert SOME.close() == []
    assert chosen(SOME, lambda keys: keys.creation("im")).startswith("the run uses given keys")  # type: ignore[arg-type, return-value]
    assert SOME.live_scopes is not None
    assert [set(one) for one in SOME.live_scopes[:2]] == [{"config", "bot", "provider"}, {"chat", "im"}]
    assert len(SOME.live_scopes) == 7


@pytest.mark.parametrize(
    ("status", "problem"),
    [(200, None), (403, None), (404, None), (402, None), (401, "the target rejects the key in KEY_IM (401 `no`")],
)
def test_each_live_key_is_tried(status: int, problem: str | None) -> None:
    """With a read of its first scope. A key that is not live is not sent."""
    server = FakeAstrBot()
    server.answers["GET /api/v1/im/bots"] = lambda: (status, REFUSED)
    server.answers["GET /api/v1/bot-types"] = lambda: (200, envelope([]))
    keys = GivenKeys("run", CONTRACT, [given("bot", "im", "bot"), given("im", "im"), given("x", "im", state=EXPIRED)])

    if problem is None:
        keys.check(server.target)
    else:
        with pytest.raises(Misdirected) as raised:
            keys.check(server.target)
        assert str(raised.value).startswith(f"--keys: {problem}")
    assert server.requests == ["GET /api/v1/bot-types", "GET /api/v1/im/bots"]


def test_a_scope_of_another_release_is_named() -> None:
    """The target cannot have issued such a key. A sub-scope of the release is known."""
    server = FakeAstrBot()
    old = GivenKeys("run", CONTRACT, [given("new", "file", "data", "bot")])

    with pytest.raises(Misdirected, match=r"KEY_NEW: the scope `data` does not exist in 4\.26\.0b8"):
        old.check(server.target)
    assert server.requests == []
    server.answers["GET /api/v1/chat/configs"] = lambda: (200, envelope([]))
    GivenKeys("run", NEWEST, [given("admin", "chat", "chat:admin")]).check(server.target)
    assert server.requests == ["GET /api/v1/chat/configs"]


def read(folder: Path, text: str) -> tuple[GivenKey, ...]:
    """The keys of a file with this text."""
    file = folder / "keys.toml"
    file.write_text(text)
    return read_keys(file, {"MY_KEY": "abk_0123456789abcdef0123456789abcdef", "EMPTY": ""})


def test_a_key_of_a_file(tmp_path: Path) -> None:
    """It is live unless the file states another state. Without an id, its place in the file is its id."""
    entry = '[[key]]\nvariable = "MY_KEY"\nscopes = ["bot", "chat:admin"]\n'
    first, second = read(tmp_path, f'{entry}{entry}id = "abc"\nstate = "expired"\n')

    assert (first.state, first.has_id) == (LIVE, False)
    assert first.key.scopes == {"bot", "chat:admin"}
    assert (first.key.id, first.key.variable) == (f"{tmp_path / 'keys.toml'}: [[key]] 1", "MY_KEY")
    assert (second.state, second.key.id, second.has_id) == (EXPIRED, "abc", True)
    with pytest.raises(FrozenInstanceError):
        first.has_id = True  # type: ignore[misc]
    assert not hasattr(first, "__dict__")


STATES = "live, revoked, deleted, expired"
SCOPES = ", ".join((*NEWEST.scopes, *NEWEST.sub_scopes))
ENTRY = '[[key]]\nvariable = "MY_KEY"\nscopes = ["bot"]\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[other]\n[another]", ": unknown key `another`; only [[key]] tables are allowed"),
        ("key = 5", ": contains no [[key]] tables"),
        ("key = []", ": contains no [[key]] tables"),
        ("key = [5]", ": [[key]] 1: is not a table; begin each key with [[key]]"),
        (f"{ENTRY}x = 1\na = 1", ": [[key]] 1: unknown key `a`; the keys are id, scopes, state, variable"),
        (
            f"{ENTRY}[[key]]\nvariable = 5",
            ": [[key]] 2: `variable` must name the environment variable that contains the key",
        ),
        (
            '[[key]]\nvariable = ""',
            ": [[key]] 1: `variable` must name the environment variable that contains the key",
        ),
        (
            '[[key]]\nvariable = "EMPTY"',
            ": [[key]] 1: the environment variable EMPTY is not set; set it to the key",
        ),
        (
            ENTRY.replace('["bot"]', '"bot"'),
            f": [[key]] 1: `scopes` must be a list of one or more of {SCOPES}",
        ),
        (ENTRY.replace('"bot"', '"bot", 5'), f": [[key]] 1: `scopes` must be a list of one or more of {SCOPES}"),
        (ENTRY.replace('"bot"', ""), f": [[key]] 1: `scopes` must be a list of one or more of {SCOPES}"),
        (f'{ENTRY}state = "absent"', f": [[key]] 1: `state` must be one of {STATES}"),
        (f'{ENTRY}state = "invalid"', f": [[key]] 1: `state` must be one of {STATES}"),
        (f'{ENTRY}id = ""', ": [[key]] 1: `id` must be the id of the key in the dashboard"),
        (f"{ENTRY}id = 5", ": [[key]] 1: `id` must be the id of the key in the dashboard"),
    ],
)
def test_a_wrong_file(tmp_path: Path, text: str, problem: str) -> None:
    """The error names the file, the table and the correction."""
    with pytest.raises(UnreadableKeysError) as raised:
        read(tmp_path, text)

    assert str(raised.value) == f"{tmp_path / 'keys.toml'}{problem}"


def test_a_key_can_have_every_scope(tmp_path: Path) -> None:
    """Of the newest release, in any order."""
    every = [*reversed(NEWEST.scopes), *NEWEST.sub_scopes]
    (key,) = read(tmp_path, ENTRY.replace('["bot"]', json.dumps(every)))

    assert key.key.scopes == set(every)


def test_every_state_of_an_issued_key_can_be_given(tmp_path: Path) -> None:
    """All of them replace keys that the run would create."""
    for state in STATES.split(", "):
        (key,) = read(tmp_path, f'{ENTRY}state = "{state}"')
        assert key.state.value == state
