"""What a response alone shows about its credential, and which credentials a server must reject."""

from dataclasses import FrozenInstanceError, replace

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID, CLOSED
from astrbot_conformance.http import CredentialState, HttpRequest, Key, asking
from astrbot_conformance.http.key import Presented
from astrbot_conformance.passive.outcome import Outcome, digest_of, outcome_of
from astrbot_conformance.passive.required_rejection import RequiredRejection, required_rejection

from tests.conformance.fake_responses import JSON, REFUSED, envelope, key_with, response_with

CONTRACT = releases.contract()
READ = asking(BY_ID["get_bot"], path={"bot_id": "mine"})
REMOVE = asking(BY_ID["delete_bot"], path={"bot_id": "mine"})
SCRIPT = asking(BY_ID["get_page_bridge_script"])
DOCS = asking(BY_ID["get_docs_page"])
EXTENSION = asking(BY_ID["get_plugin_extension"], path={"plugin_path": "a/b"})
CLOSED_READ = asking(next(o for o in CLOSED if o.method == "GET" and "{" not in o.path))
REJECTED, AUTHORIZED = Outcome.REJECTED, Outcome.AUTHORIZED
UNCLEAR, UNCONFIRMED = Outcome.UNCLEAR, Outcome.UNCONFIRMED


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, REJECTED) for status in (401, 403)),
        *((status, UNCONFIRMED) for status in (200, 400, 404, 409, 410, 422)),
        *((status, UNCLEAR) for status in (199, 302, 399, 402, 405, 408, 411, 421, 423, 500, 503)),
    ],
)
def test_a_refusal(status: int, outcome: Outcome) -> None:
    """A part before the operation may return it too, except for the two statuses of a rejection."""
    assert outcome_of(response_with(REFUSED, status=status, request=READ), CONTRACT) == outcome


@pytest.mark.parametrize(
    ("request_", "status", "kind", "body", "outcome"),
    [
        (READ, 200, JSON, envelope({}), AUTHORIZED),
        (READ, 201, JSON, envelope({}), AUTHORIZED),
        (READ, 200, JSON, {"status": "fine"}, UNCONFIRMED),
        (READ, 200, JSON, {}, UNCONFIRMED),
        (READ, 200, JSON, [], UNCONFIRMED),
        (READ, 200, "text/html", "<p>", UNCONFIRMED),
        (READ, 204, "", "", UNCONFIRMED),
        (READ, 205, "", "", UNCONFIRMED),
        (REMOVE, 204, "", "", AUTHORIZED),
        (REMOVE, 205, "", "", AUTHORIZED),
        (REMOVE, 203, "", "", UNCONFIRMED),
        (REMOVE, 206, "", "", UNCONFIRMED),
        (READ, 200, "text/event-stream", "data: {}\n\n", AUTHORIZED),
        (SCRIPT, 200, "application/javascript", "x", AUTHORIZED),
        (SCRIPT, 201, "application/javascript", "x", UNCONFIRMED),
        (SCRIPT, 200, "text/plain", "x", UNCONFIRMED),
        (DOCS, 200, "text/html", "<p>", UNCONFIRMED),
        (EXTENSION, 200, "*/*", "x", UNCONFIRMED),
        (EXTENSION, 200, "", "x", UNCONFIRMED),
    ],
)
def test_an_accepted_request(request_: HttpRequest, status: int, kind: str, body: object, outcome: Outcome) -> None:
    """It reached the operation if no web UI and no proxy returns such a response."""
    assert outcome_of(response_with(body, status=status, kind=kind, request=request_), CONTRACT) == outcome


def test_a_digest_depends_on_everything_but_the_credentials() -> None:
    """Two processes of a run compare it."""
    key = key_with("bot")
    sent = HttpRequest(READ.operation, READ.path, headers=(("Accept", "a"),), body=b"x")
    same = [
        replace(sent, headers=(("X-API-Key", "no"), ("Accept", "a"), ("Authorization", "Bearer no"))),
        replace(sent, presented=(Presented(key, "X-API-Key"),)),
    ]
    other = [
        READ,
        replace(sent, path="/api/v1/bots/other"),
        replace(sent, query=(("a", "b"),)),
        replace(sent, headers=()),
        replace(sent, body=None),
        replace(sent, verb="HEAD"),
    ]

    assert {digest_of(one) for one in same} == {digest_of(sent)}
    assert len({digest_of(one) for one in (sent, *other)}) == 7
    assert len(digest_of(sent)) == 16
    assert digest_of(replace(sent, body=b"")) == digest_of(replace(sent, body=None))


LIVE, ABSENT = CredentialState.LIVE, CredentialState.ABSENT
REVOKED, EXPIRED, INVALID = CredentialState.REVOKED, CredentialState.EXPIRED, CredentialState.INVALID


@pytest.mark.parametrize(
    ("request_", "key", "requirement", "expected", "credential"),
    [
        (READ, None, "AUTH-REQUIRED", "401 without a key", "no key"),
        (CLOSED_READ, None, "SCOPE-CLOSED", "401 without a key", "no key"),
        (
            READ,
            key_with("im"),
            "SCOPE-REQUIRED",
            "403 `Insufficient API key scope` for a key without `bot`",
            "insufficient key",
        ),
        (CLOSED_READ, key_with("bot"), "SCOPE-CLOSED", "403 for every developer key", "insufficient key"),
        (READ, key_with("bot", state=REVOKED), "AUTH-REQUIRED", "401 for a revoked key", "revoked key"),
        (READ, key_with("bot", state=EXPIRED), "AUTH-REQUIRED", "401 for an expired key", "expired key"),
        (CLOSED_READ, key_with(state=INVALID), "AUTH-REQUIRED", "401 or 403 for an invalid key", "invalid key"),
    ],
)
def test_a_credential_that_must_be_rejected(
    request_: HttpRequest, key: Key | None, requirement: str, expected: str, credential: str
) -> None:
    """By which requirement, how, and what the credential is called."""
    required = required_rejection(response_with(REFUSED, request=request_, key=key), CONTRACT)

    assert required is not None
    assert (required.requirement, required.expected, required.credential) == (requirement, expected, credential)
    with pytest.raises(FrozenInstanceError):
        required.state = LIVE  # type: ignore[misc]
    assert not hasattr(required, "__dict__")


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((REVOKED, INVALID), INVALID),
        ((INVALID, REVOKED), INVALID),
        ((REVOKED, EXPIRED), EXPIRED),
        ((REVOKED, LIVE), LIVE),
        ((REVOKED, CredentialState.UNVERIFIED), None),
        ((LIVE, CredentialState.OPERATOR), None),
    ],
)
def test_two_credentials(states: tuple[CredentialState, CredentialState], state: CredentialState | None) -> None:
    """A live one decides. Of two others, the first by name is named. An unknown one leaves it open."""
    bearer, header = (key_with("im", state=state) for state in states)
    request = replace(READ, presented=(Presented(header, "X-API-Key"),))

    required = required_rejection(response_with(REFUSED, request=request, key=bearer), CONTRACT)
    assert (required and required.state) == state


def required(request: HttpRequest) -> RequiredRejection | None:
    """Why a request without a key must be rejected."""
    return required_rejection(response_with(REFUSED, request=request), CONTRACT)


@pytest.mark.parametrize(
    ("path", "is_plain"),
    [
        ("mine", True),
        ("a.b~c!$&'()*+,:@-_", True),
        ("%C3%A9", True),
        ("...", False),
        ("%2E", False),
        ("a%5cb", False),
        ("a%25b", False),
        ("a%00", False),
        ("a b", False),
        ("", False),
    ],
)
def test_only_segments_that_are_routed_plainly_are_judged(path: str, is_plain: bool) -> None:  # noqa: FBT001
    """Servers and proxies change the other ones, so they may reach another operation."""
    assert (required(HttpRequest(READ.operation, f"/api/v1/bots/{path}")) is not None) == is_plain


def test_a_request_with_a_token_in_its_query_is_open() -> None:
    """A link may carry one, under any name that contains the word."""
    assert required(replace(READ, query=(("a", "b"), ("Asset_TOKEN", "x")))) is None
    assert required(replace(READ, query=(("a", "token"),))) is not None


def test_an_operation_that_the_contract_lacks_is_not_judged() -> None:
    """A path with a name of its own is judged, even if another operation matches it too."""
    assert required(HttpRequest(BY_ID["get_bot"], "/api/v1/bots/stats")) is not None
    assert required(replace(READ, operation=replace(READ.operation, id="get_nothing"))) is None
