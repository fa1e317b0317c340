"""The credentials that no AstrBot issued."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.http import CredentialState
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.keys.foreign_credentials import (
    COMMON_SECRETS,
    FORMER_SECRET,
    FURTHER_TOKENS,
    KEYS,
    PLACES,
    SCHEMES,
    TOKENS,
    claims_of,
    in_scheme,
    signed,
)
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret

RING = KeyRing(NoDashboard(), "run", releases.contract())


def decoded(part: str) -> Any:
    """A part of a token as JSON."""
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_a_token_has_the_claims_of_the_dashboard() -> None:
    """Header, claims and signature are those of a JSON Web Token of AstrBot's dashboard."""
    head, claims, signature = signed(claims_of("astrbot"), FORMER_SECRET).split(".")
    expected = hmac.new(FORMER_SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()

    assert decoded(head) == {"alg": "HS256", "typ": "JWT"}
    assert set(decoded(claims)) == {"username", "exp"}
    assert base64.urlsafe_b64encode(expected).rstrip(b"=").decode() == signature


def test_an_unsigned_token_has_no_signature() -> None:
    """Its third part is empty."""
    assert signed(claims_of("astrbot"), "", "none").endswith(".")


@pytest.mark.parametrize("name", TOKENS)
def test_a_forged_token_is_an_invalid_key(name: str) -> None:
    """The suite expects it to be rejected wherever it is sent, and masks its text."""
    key = TOKENS[name](RING)

    assert (key.state, key.scopes) == (CredentialState.INVALID, frozenset())
    assert all(place(key).shown.endswith(f"${key.variable}") for place in PLACES.values())


def test_names_of_credentials_differ() -> None:
    """A finding names the credential, so no two have the same variable."""
    keys = [make(RING) for make in (*TOKENS.values(), *KEYS.values())]

    assert len({key.variable for key in keys}) == len(keys)


def test_a_run_without_a_dashboard_alters_no_token_of_it() -> None:
    """Tokens that are derived from the run's own are then not judged."""
    with pytest.raises(NotJudged, match="no token of the dashboard"):
        FURTHER_TOKENS["the token of the dashboard without its signature"](RING)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_is_named_in_its_header(scheme: str) -> None:
    """The value of `Authorization` starts with the name of the scheme."""
    presented = SCHEMES[scheme](in_scheme(scheme, RING))

    assert presented.name == "Authorization"
    assert presented.sent.startswith(f"{scheme.strip('`')} ")


def opened(token: str, secret: str) -> tuple[str, dict[str, Any], bool]:
    """The algorithm and the claims of a token, and whether it is signed with that secret."""
    head, claims, signature = token.split(".")
    digest = hmac.new(secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    is_signed = signature == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert is_signed or signature == ""
    return decoded(head)["alg"], decoded(claims), is_signed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> float:
    """The time, which stands still."""
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.75)
    return 1_800_000_000


USERS = ("astrbot", "admin")
EXPECTED = {
    **{f"an unsigned token for `{user}`": ("none", user, None) for user in USERS},
    **{f"a token for `{user}` that is signed with an empty secret": ("HS256", user, "") for user in USERS},
    **{
        f"a token for `{user}` that is signed with the secret of AstrBot before 3.5.18": ("HS256", user, FORMER_SECRET)
        for user in USERS
    },
    **{f"an unsigned token with the algorithm `{name}`": (name, "astrbot", None) for name in ("None", "NONE", "nOnE")},
    **{
        f"a token that is signed with the common secret {number}": ("HS256", "astrbot", COMMON_SECRETS[number - 1])
        for number in (1, 2, 3, 4)
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_content_of_a_forged_token(name: str, clock: float) -> None:
    """It expires in an hour, and is signed as its name says."""
    algorithm, user, secret = EXPECTED[name]
    token = {**TOKENS, **FURTHER_TOKENS}[name](RING).secret.reveal()

    claims = {"username": user, "exp": clock + 3600}
    assert opened(token, secret or "") == (algorithm, claims, secret is not None)


def test_an_expired_token_expired_an_hour_ago(clock: float) -> None:
    """Its signature would be right on an old AstrBot."""
    token = FURTHER_TOKENS["an expired token"](RING).secret.reveal()

    assert opened(token, FORMER_SECRET) == ("HS256", {"username": "astrbot", "exp": clock - 3600}, True)


def test_the_algorithm_decides_whether_a_token_is_signed() -> None:
    """Only HS256 is signed, however its name was made."""
    assert opened(signed({}, "x", "hs256".upper()), "x") == ("HS256", {}, True)
    for other in ("ES256", "HS512"):
        assert opened(signed({}, "x", other), "x") == (other, {}, False)


ALTERED = {  # the name of a change -> the changed token, and tokens that it cannot change
    "another signature": ("head.claims.signathgfedcba", ("", ".", "x", "aaaaaaaa")),
    "without its signature": ("head.claims.", ("", ".", "opaque", "head.claims.")),
    "algorithm `none`": ("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.claims.", ("", ".", "opaque", "a.b", "a.b.c.d")),
}


@pytest.mark.parametrize("change", ALTERED)
def test_the_token_of_the_dashboard_is_altered(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token without a signature cannot be altered, and is then not judged."""
    (name,) = [name for name in FURTHER_TOKENS if name.endswith(change)]
    expected, unaltered = ALTERED[change]

    def altered(token: str) -> str:
        monkeypatch.setattr(RING, "dashboard_token", lambda: Secret(token, "ASTRBOT_DASHBOARD_TOKEN"))
        return FURTHER_TOKENS[name](RING).secret.reveal()

    assert altered("head.claims.signatabcdefgh") == expected
    for token in unaltered:
        with pytest.raises(NotJudged, match="no signature that can be altered"):
            altered(token)


def test_keys_of_other_formats() -> None:
    """They have the lengths of those services, and the same text in every run."""
    texts = {name: make(RING).secret.reveal() for name, make in KEYS.items()}

    assert {name: len(text.partition("_" if "_" in text else "-")[2]) for name, text in texts.items()} == {
        "a key of OpenAI's format": 48,
        "a key of GitHub's format": 36,
        "a short key": 16,
        "a long key": 128,
    }
    assert {name: make(RING).secret.reveal() for name, make in KEYS.items()} == texts
    assert KEYS["a short key"](RING).variable == "ASTRBOT_FOREIGN_A_SHORT_KEY"
    assert KEYS["a key of GitHub's format"](RING).variable == "ASTRBOT_FOREIGN_A_KEY_OF_GITHUB_S_FORMAT"


def test_the_credentials_of_other_schemes() -> None:
    """`Basic` has a name and a password, `JWT` a token, every other scheme a text."""
    assert in_scheme("`Basic`", RING).secret.reveal() == base64.b64encode(b"astrbot:astrbot").decode()
    assert in_scheme("`JWT`", RING).secret.reveal().count(".") == 2
    for scheme in ("`Digest`", "`Token`", "`ApiKey`"):
        text = in_scheme(scheme, RING).secret.reveal()
        assert (len(text), "." in text) == (32, False)


def test_the_places_of_a_credential() -> None:
    """Three headers and the query."""
    key = KEYS["a short key"](RING)

    placed = [place(key) for place in PLACES.values()]
    assert [(one.name, one.before, one.in_query) for one in placed] == [
        ("Authorization", "Bearer ", False),
        ("Cookie", "astrbot_dashboard_jwt=", False),
        ("X-API-Key", "", False),
        ("token", "", True),
    ]
