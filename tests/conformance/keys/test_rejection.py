"""A finding names the credential that was sent."""

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.contract import grantable
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.keys.rejection import (
    expect_rejected,
    fail_for_effect,
    in_words,
    no_effect_of,
    scopes_in_words,
    sent_credential,
)
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.finding import FindingRaised

from tests.conformance.fake_responses import response_with

CONTRACT = releases.contract(releases.BASE)
ALL = frozenset(grantable(CONTRACT))
NEWEST = releases.contract(releases.NEWEST)
TEXT = "abk_0123456789abcdef0123456789abcdef"


def key(state: CredentialState, scopes: frozenset[str] = ALL, variable: str = "ASTRBOT_KEY_ALL") -> Key:
    """A key in that state."""
    return Key("1", scopes, Secret(TEXT, variable), state)


def response(status: int, sent: Key | None = None, headers: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """The response of a server that returns that status, to a request with that key or those headers."""
    target = astrbot_target(
        TargetOptions("http://127.0.0.1:1"), httpx2.MockTransport(lambda _: httpx2.Response(status))
    )
    request = harmless(IM_BOTS)
    return target.send(type(request)(IM_BOTS, request.path, headers=headers), sent)


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (key(CredentialState.LIVE), "a key with all scopes"),
        (key(CredentialState.LIVE, ALL - {"im"}), "a key with all scopes except `im`"),
        (key(CredentialState.LIVE, ALL - {"bot", "config"}), "a key with all scopes except `bot` and `config`"),
        (key(CredentialState.LIVE, frozenset({"im"})), "a key with the scope `im`"),
        (key(CredentialState.LIVE, frozenset({"im", "chat", "bot"})), "a key with the scopes `bot`, `im` and `chat`"),
        (key(CredentialState.REVOKED), "a revoked key"),
        (key(CredentialState.DELETED), "a deleted key"),
        (key(CredentialState.EXPIRED), "an expired key"),
        (key(CredentialState.LIVE, frozenset()), "a key with no scopes"),
        (key(CredentialState.INVALID, variable="astrbot_key_unknown".upper()), "an unknown key"),
        (
            key(CredentialState.INVALID, variable="ASTRBOT_KEY_WITH_SWAPPED_CASE"),
            "an invalid key (a valid one, with swapped case)",
        ),
        (
            key(CredentialState.INVALID, variable="ASTRBOT_KEY_CUT_IN_HALF"),
            "an invalid key (a valid one, cut in half)",
        ),
    ],
)
def test_a_key_in_words(sent: Key, text: str) -> None:
    """A live key is described by its scopes, any other key by its state."""
    assert in_words(sent, CONTRACT) == text


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        (4, "all scopes except `plugin`, `mcp`, `skill` and `chat:admin`"),
        (5, "the scopes `bot`, `provider`, `persona`, `im`, `config`, `chat`, `data` and `config:edit_admin`"),
    ],
)
def test_few_missing_scopes_are_named(missing: int, text: str) -> None:
    """If more than four are missing, the scopes of the key are named instead."""
    absent = ["chat:admin", *reversed(NEWEST.scopes)][:missing]

    assert scopes_in_words(set(grantable(NEWEST)) - set(absent), NEWEST) == text


def test_a_rejected_request_has_no_effect() -> None:
    """The finding names the credential, and the scope that a live key lacks."""
    dead = response(200, key(CredentialState.REVOKED))

    assert no_effect_of(response(200)) == "no effect of a rejected request without a key"
    assert no_effect_of(response(200, key(CredentialState.LIVE, frozenset({"bot"})))) == (
        "no effect of a rejected request with a key without the scope `im`"
    )
    with pytest.raises(FindingRaised) as raised:
        fail_for_effect(dead, "the bot is gone")
    assert raised.value.finding.expected == "no effect of a rejected request with a revoked key"
    assert raised.value.finding.actual == f"{dead.in_short}, but the bot is gone"


@pytest.mark.parametrize(
    ("status", "body", "is_rejected"),
    [
        (403, {"status": "error", "message": "No"}, True),
        (403, {"status": "error", "message": "Yes"}, False),
        (403, {"status": "error", "message": "Maybe"}, False),
        (403, {"status": "ok", "message": "No"}, False),
        (401, {"status": "error", "message": "No"}, False),
        (404, {"status": "error", "message": "No"}, False),
    ],
)
def test_a_rejection_can_require_a_message(
    status: int,
    body: object,
    is_rejected: bool,  # noqa: FBT001  by pytest
) -> None:
    """In an error envelope. Without a required message, the status alone counts, which is 401 by default."""
    answer = response_with(body, status=status, key=key(CredentialState.LIVE))

    for given, expected in (({"status": 403, "message": "No"}, is_rejected), ({}, status == 401)):
        try:
            expect_rejected(answer, CONTRACT, **given)  # type: ignore[arg-type]
        except FindingRaised:
            assert not expected
        else:
            assert expected


def test_implied_scopes_are_not_missing() -> None:
    """A key that was created with `config` has `bot` and `provider` too."""
    assert scopes_in_words(ALL - {"bot", "provider", "im"}, CONTRACT) == "all scopes except `im`"


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ((), "a request without a key"),
        ((("Authorization", "Bearer null"),), "the invalid key `null`"),
        ((("X-API-Key", "abk_%"),), "the invalid key `abk_%`"),
        ((("Authorization", "Bearer"),), "an empty key"),
        ((("X-API-Key", "first"), ("Authorization", "second")), "the invalid key `first`"),
        ((("Accept", "text/html"),), "a request without a key"),
    ],
)
def test_a_text_in_place_of_a_key(headers: tuple[tuple[str, str], ...], text: str) -> None:
    """A request without a key says so, and a text that is no key is quoted."""
    assert sent_credential(response(401, headers=headers), CONTRACT) == text


def test_a_finding_says_which_key_must_be_rejected() -> None:
    """The finding states the required status and the credential, and what the server returned."""
    revoked = key(CredentialState.REVOKED)
    expect_rejected(response(401, revoked), CONTRACT)
    expect_rejected(response(403, revoked), CONTRACT, status=(401, 403))

    with pytest.raises(FindingRaised) as raised:
        expect_rejected(response(200, revoked), CONTRACT, status=(401, 403))
    assert raised.value.finding.expected == "401 or 403 for a revoked key"
    with pytest.raises(FindingRaised) as raised:
        expect_rejected(response(403, key(CredentialState.LIVE)), CONTRACT, status=403, message="No")
    assert raised.value.finding.expected == "403 `No` in an error envelope for a key with all scopes"
