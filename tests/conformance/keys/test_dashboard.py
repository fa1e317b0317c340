"""The dashboard creates and removes keys, and logs in again once if the target forgets its session."""

from typing import Any

import httpx2
import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance import secret
from astrbot_conformance.http import CredentialState, HttpResponse
from astrbot_conformance.keys.dashboard import (
    LoginRefused,
    NoDashboard,
    created_key,
    entry_of,
    issued_secret,
    logged_in,
    needs_no_key,
    session_token,
    shown_entry,
)
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret

from tests.conformance.fake_responses import LIST_BOTS, REFUSED, envelope, key_with, response_with
from tests.conformance.keys.fake_astrbot import KEYS, FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

GOOD = "abk_Abcdefgh0123456789"
BODY = {"name": "conform-x", "scopes": ["bot"]}
VERSION, LOGIN = "GET /api/v1/stats/version", "POST /api/v1/auth/login"


def test_a_temporary_key_is_deleted(server: FakeAstrBot) -> None:
    """Even if the block fails. If no key was created, nothing is deleted."""
    dashboard = server.dashboard()
    with dashboard.temporary_key(BODY) as response:
        assert [entry["name"] for entry in dashboard.listed_keys()] == ["conform-x"]
        assert secret.is_held(response.data["api_key"])
    with pytest.raises(ZeroDivisionError), dashboard.temporary_key(BODY):
        raise ZeroDivisionError

    assert server.keys == {}
    for status, body in ((200, REFUSED), (400, envelope({"key_id": "id-1"})), (200, envelope({}))):
        server.requests.clear()
        server.answers[f"POST {KEYS}"] = lambda status=status, body=body: (status, body)  # type: ignore[misc]
        with dashboard.temporary_key(BODY):
            pass
        assert server.requests == [f"POST {KEYS}"]


def test_keys_are_selected_by_their_names(server: FakeAstrBot) -> None:
    """Entries without a usable id are left out. A listing that is no list is not judged."""
    entries = [
        {"key_id": 5, "name": "a"},
        {"key_id": "..", "name": "a"},
        {"key_id": "b", "name": "b"},
        "a",
        {"name": "a"},
    ]
    server.answers[f"GET {KEYS}"] = lambda: (200, envelope(entries))
    dashboard = server.dashboard()

    assert dashboard.keys_named(lambda name: name == "a") == ["5"]
    assert dashboard.keys_named(lambda name: name == "None") == []
    server.answers[f"GET {KEYS}"] = lambda: (200, envelope({}))
    with pytest.raises(NotJudged, match="the list of keys cannot be read: 200"):
        dashboard.listed_keys()


def test_at_most_a_thousand_keys_are_removed(server: FakeAstrBot) -> None:
    """A target may list any number of them."""
    entries = [{"key_id": f"id-{number}", "name": "a"} for number in range(1001)]
    server.answers[f"GET {KEYS}"] = lambda: (200, envelope(entries))

    assert server.dashboard().keys_named(bool) == [f"id-{number}" for number in range(1000)]


@pytest.mark.parametrize(
    ("data", "release"),
    [({"version": "4.29.1"}, "4.29.1"), ({"version": 4}, None), ({}, None), (None, None)],
)
def test_the_release_of_the_target(server: FakeAstrBot, data: Any, release: str | None) -> None:
    """A text, if the response contains one."""
    server.answers[VERSION] = lambda: (200, envelope(data))

    assert server.dashboard().release() == release


def test_no_response_has_no_release(server: FakeAstrBot) -> None:
    """The run then asks for it in another way."""

    def no_answer() -> tuple[int, Any]:
        raise httpx2.ConnectError("gone")

    server.answers[VERSION] = no_answer
    assert server.dashboard().release() is None


@pytest.mark.parametrize(("status", "logins"), [(401, 1), (403, 1), (400, 0), (404, 0), (402, 0), (500, 0)])
def test_a_session_is_renewed_once(server: FakeAstrBot, status: int, logins: int) -> None:
    """Only 401 and 403 show that the target does not know it any more. The same request is then sent again."""
    made: list[Secret] = []

    def log_in() -> Secret:
        made.append(Secret(f"Ab1.another-0123456789.{len(made)}", "ASTRBOT_DASHBOARD_TOKEN"))
        return made[-1]

    server.answers[f"GET {KEYS}"] = lambda: (status, REFUSED)
    dashboard = server.dashboard(log_in)

    for sent in (1 + logins, 1):
        server.requests.clear()
        assert dashboard.list_keys().status == status
        assert len(server.requests) == sent
    assert len(made) == logins
    assert (dashboard.token is made[0]) if made else (dashboard.token.reveal() == server.tokens[0])


def test_a_renewed_session_is_used(server: FakeAstrBot) -> None:
    """After a restart, the target accepts only the new token."""
    server.tokens = ["Ab1.another-0123456789.x"]

    assert server.dashboard().list_keys().status == 401
    assert server.dashboard(lambda: Secret(server.tokens[0], "ASTRBOT_DASHBOARD_TOKEN")).list_keys().status == 200


def test_a_login_that_returns_the_same_token_is_a_new_session(server: FakeAstrBot) -> None:
    """A target may issue the same one again. The request is sent again all the same."""
    server.tokens = []
    dashboard = server.dashboard(lambda: dashboard.token)

    assert dashboard.list_keys().status == 401
    assert len(server.requests) == 2


@pytest.mark.parametrize("error", [LoginRefused(response_with(REFUSED)), NotJudged("no response")])
def test_a_login_that_fails_changes_nothing(server: FakeAstrBot, error: Exception) -> None:
    """The response to the first request remains, and no further login is tried."""
    tries: list[int] = []

    def log_in() -> Secret:
        tries.append(1)
        raise error

    server.tokens = []
    dashboard = server.dashboard(log_in)
    assert [dashboard.list_keys().status, dashboard.list_keys().status] == [401, 401]
    assert (tries, len(server.requests)) == ([1], 2)


def test_a_login_returns_the_token_of_a_session(server: FakeAstrBot) -> None:
    """A login that returns no usable token is refused, and its response is kept."""
    password = Secret("a long password", "ASTRBOT_PASSWORD")
    server.answers[LOGIN] = lambda: (200, envelope({"token": GOOD}))
    assert session_token(server.target, "astrbot", password).reveal() == GOOD
    dashboard = logged_in(server.target, "astrbot", password)
    assert dashboard.token.reveal() == GOOD

    assert dashboard.list_keys().status == 401
    assert server.requests.count(LOGIN) == 3
    server.answers[LOGIN] = lambda: (200, envelope({"token": "short"}))
    with pytest.raises(LoginRefused) as raised:
        session_token(server.target, "astrbot", password)
    assert raised.value.response.status == 200


def with_body(data: Any, *, status: int = 200, sent: bytes | None = None) -> HttpResponse:
    """A response to a request with the body `sent`."""
    request = LIST_BOTS if sent is None else type(LIST_BOTS)(LIST_BOTS.operation, LIST_BOTS.path, body=sent)
    return response_with(envelope(data), status=status, request=request)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (with_body({"api_key": GOOD}), GOOD),
        (with_body({"api_key": GOOD}, sent=b"another"), GOOD),
        (with_body({"api_key": GOOD}, sent=GOOD.encode()), None),
        (with_body({"api_key": GOOD}, status=400), None),
        (with_body({"api_key": "short"}), None),
        (with_body({"api_key": 5}), None),
        (with_body({"token": GOOD}), None),
        (with_body(None), None),
    ],
)
def test_an_issued_secret(response: HttpResponse, expected: str | None) -> None:
    """A text that the target invented, long enough to be masked."""
    issued = issued_secret(response, "api_key", "ASTRBOT_KEY_X")

    assert (issued and issued.reveal()) == expected


@pytest.mark.parametrize(
    ("data", "is_key"),
    [
        ({"key_id": "a", "api_key": GOOD, "scopes": ["bot", "im"]}, True),
        ({"key_id": "a", "api_key": GOOD, "scopes": []}, True),
        ({"api_key": GOOD, "scopes": ["bot"]}, False),
        ({"key_id": "a", "scopes": ["bot"]}, False),
        ({"key_id": "a", "api_key": GOOD, "scopes": "bot"}, False),
        ({"key_id": "a", "api_key": GOOD}, False),
        ([], False),
    ],
)
def test_a_created_key(data: Any, is_key: bool) -> None:  # noqa: FBT001  by pytest
    """It has the id, the secret and the scopes of the response. A refusal creates none."""
    key = created_key(response_with(envelope(data)), "NEW")

    assert (key is not None) == is_key
    assert created_key(response_with(envelope(data), status=400), "NEW") is None
    if key:
        assert (key.id, key.variable, key.state) == ("a", "ASTRBOT_KEY_NEW", CredentialState.LIVE)
        assert key.scopes == frozenset(data["scopes"])


def test_the_entry_of_a_key_in_a_listing() -> None:
    """By its id. A key that is missing from the listing is not judged."""
    key, other = key_with(id="b"), key_with(id="c")
    listing = response_with(envelope(["b", {"key_id": "a"}, {"key_id": "b", "name": "mine"}]))

    assert entry_of(key, listing) == shown_entry(key, listing) == {"key_id": "b", "name": "mine"}
    assert entry_of(other, listing) is None
    with pytest.raises(NotJudged, match="lacks a key that was just created: 200"):
        shown_entry(other, listing)


def test_without_a_login_nothing_is_sent() -> None:
    """The options of the run exclude these checks, so they do not affect the verdict."""
    dashboard = NoDashboard()

    for ask in (dashboard.list_keys, lambda: dashboard.token):
        with pytest.raises(NotJudged, match="given keys instead of a login") as raised:
            ask()
        assert raised.value.by_choice


def test_operations_that_need_no_key() -> None:
    """The dashboard manages keys; the document and the version are public."""
    assert needs_no_key(BY_ID["revoke_api_key"])
    assert needs_no_key(BY_ID["get_openapi_document"])
    assert not needs_no_key(BY_ID["list_bots"])
