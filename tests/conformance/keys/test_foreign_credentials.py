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
