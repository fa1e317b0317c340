"""Where and how far a response is searched for credentials, and what a finding says about them."""

import base64
import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID
from astrbot_conformance import secret
from astrbot_conformance.astrbot_credentials import shows_no_secret
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, asking
from astrbot_conformance.http.key import Presented
from astrbot_conformance.http.request import harmless
from astrbot_conformance.passive.credential_search import (
    CACHED,
    LONGEST_NAME,
    MOST_SEARCHED,
    MOST_SHOWN,
    CredentialSearch,
)
from astrbot_conformance.secret import PLANTED, Secret
from astrbot_conformance.verdict.finding import Finding, FindingRaised

from tests.conformance.fake_responses import LIST_BOTS, REFUSED, envelope, key_with, response_with

CONTRACT = releases.contract()
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VybmFtZSI6ImEifQ.c2lnbmF0dXJl"
ISSUED = "abk_Another-key-0123456789"
MD5 = "77b90590a8945a7d36c963981a307dc9"
KEY = key_with("im", "bot")
PLUGIN = harmless(BY_ID["get_plugin_config"])
LOGIN = asking(BY_ID["log_in"], json_body={"username": "a", "password": "b"})
OPERATORS = "Ab1-operators-0123456789"  # in no form of its own


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Only the secrets of the test are registered."""
    secret.forget()
    Secret(KEY.secret.reveal(), KEY.variable)
    yield
    secret.forget()


def finding_in(body: Any, **given: Any) -> Finding | None:
    """The finding in a response with this body, or None."""
    try:
        shows_no_secret(response_with(body, **({"key": KEY} | given)), CONTRACT)
    except FindingRaised as raised:
        return raised.finding
    return None


def shown(body: Any, **given: Any) -> str | None:
    """What the response shows according to the finding, or None."""
    finding = finding_in(body, **given)
    return finding.actual.removeprefix("the response shows ") if finding else None


@pytest.mark.parametrize(
    ("body", "given", "expected"),
    [
        (ISSUED, {"kind": "text/plain"}, "a developer key in the body"),
        ("text", {"kind": "text/plain"}, None),
        (json.dumps(TOKEN), {}, "a token as its data"),
        ([TOKEN], {}, "a token as its data"),
        ({"a": [{"b": HASH}]}, {}, "a password hash at `a.b`"),
        ({"a": {ISSUED: 1}}, {}, "a developer key at `a.(a name)`"),
        ({"a": json.dumps({"b": TOKEN})}, {}, "a token at `a.b`, a token at `a`"),
        ({"a": f'["{HASH}"]'}, {}, "a password hash at `a`"),
        ({"a": "-----BEGIN PRIVATE KEY-----"}, {}, "a private key at `a`"),
        ({"content_path": TOKEN}, {}, None),
        ({"a": {"content_path": ISSUED}}, {}, None),
        ({"content_path": TOKEN, "jwt_secret": "y"}, {}, "a value named like a secret at `jwt_secret`"),
    ],
)
def test_the_place_of_a_credential(body: Any, given: dict[str, Any], expected: str | None) -> None:
    """In the body as a whole, at a path, or as the name of a member."""
    assert shown(body, **given) == expected


@pytest.mark.parametrize(
    ("data", "is_found"),
    [
        ({"secret_key": "y"}, True),
        ({"jwt_secret": "xX.…*•x"}, False),
        ({"jwt_secret": "xyz"}, True),
        ({"SECRET_KEY": "y"}, True),
        ({"service": {"secret_key": "y"}}, False),
        ({"config": {"secret_key": "y"}}, True),
        ({"config": {"service": {"secret_key": "y"}}}, False),
        ({"service": {"jwt_secret": "y"}}, True),
        ({"Dashboard": {"salt": "y"}}, True),
        ({"dashboard": {"x": {"salt": "y"}}}, True),
        ({"salt": "y"}, False),
        ({"dashboard": {"host": "y"}}, False),
        ({"bots": [{"jwt_secret": "y"}]}, True),
        ({"bots": [{"signing_secret": "y"}]}, False),
        ({"bots": [{"hash": HASH}]}, True),
        ({"bots": [{"token": TOKEN}]}, False),
        ({"sources": {"key": "y"}}, False),
    ],
)
def test_names_of_credentials(data: dict[str, Any], is_found: bool) -> None:  # noqa: FBT001  by pytest
    """Common names count at the top only, names of the dashboard in its area, and few names in other services."""
    assert (finding_in(data) is not None) == is_found


@pytest.mark.parametrize(
    ("data", "request_", "is_found"),
    [
        ({"login": {"username": "a", "password": MD5}}, LIST_BOTS, True),
        ({"login": [{"username": "a", "Old_PASSWD": MD5 * 2}]}, LIST_BOTS, True),
        ({"login": {"user": "a", "password": MD5}}, LIST_BOTS, False),
        ({"login": {"username": "a", "password": MD5[:-1]}}, LIST_BOTS, False),
        ({"login": {"username": "a", "password": int(MD5[:2])}}, LIST_BOTS, False),
        ({"login": {"username": "a", "digest": MD5}}, LIST_BOTS, False),
        ({"login": {"username": "a", "password": MD5}}, PLUGIN, False),
        ({"dashboard": {"username": "a", "host": {"username": "", "password": MD5}}}, PLUGIN, True),
    ],
)
def test_hashes_next_to_a_username(data: Any, request_: HttpRequest, is_found: bool) -> None:  # noqa: FBT001
    """A login of this server stores a hash. A login to another service needs the password itself."""
    assert (finding_in(data, request=request_) is not None) == is_found


@pytest.mark.parametrize(("longer", "is_found"), [(0, True), (1, False)])
def test_only_names_of_a_usual_length_are_compared(longer: int, is_found: bool) -> None:  # noqa: FBT001  by pytest
    """The patterns are slow on longer ones."""
    name = "password".ljust(LONGEST_NAME + longer, "x")

    assert LONGEST_NAME == 200
    assert (finding_in({"dashboard": {name: "y"}}) is not None) == is_found
    assert (finding_in({"login": {"username": "a", name: MD5}}) is not None) == is_found


def test_a_finding_names_twenty_credentials() -> None:
    """In the order of their places. It shows no value and the scopes of the key."""
    finding = finding_in({f"a{number:02}": TOKEN for number in range(22)})

    assert finding is not None
    assert finding.actual.count("a token at") == MOST_SHOWN == 20
    assert "`a19`" in finding.actual
    assert (finding.level, finding.scopes) == ("SHOULD", ("bot", "im"))
    assert TOKEN not in repr(finding)
    without_key = finding_in({"a": TOKEN}, key=None)
    assert without_key is not None
    assert without_key.scopes == ()


@pytest.mark.parametrize(("before", "is_found"), [(1997, True), (1998, False), (1999, False)])
def test_two_thousand_texts_are_searched_in_every_encoding(before: int, is_found: bool) -> None:  # noqa: FBT001
    """After the header, the status and the other texts. The credential itself is found in any text."""
    Secret(OPERATORS, "ASTRBOT_DASHBOARD_TOKEN")
    encoded, texts = base64.b64encode(OPERATORS.encode()).decode(), ["x"] * before
    late = [*texts, "x", OPERATORS]

    assert MOST_SEARCHED == 2000
    assert shown(envelope([*texts, encoded])) == ("a credential of this run at `data`" if is_found else None)
    assert shown(envelope(late)) == "a credential of this run at `data`"


def test_credentials_of_the_run() -> None:
    """Those that the request carried are no leak if they are encoded, and planted secrets are another check's."""
    own, other = KEY.secret.reveal(), Key("2", KEY.scopes, Secret(OPERATORS, "ASTRBOT_KEY_Y"), KEY.state)
    encoded = {name: base64.b64encode(text.encode()).decode() for name, text in (("a", own), ("b", OPERATORS))}
    both = replace(LIST_BOTS, presented=(Presented(other, "X-API-Key"),))

    assert shown({"x": encoded["a"]}) is None
    assert shown({"x": encoded["b"]}) == "a credential of this run at `x`"
    assert shown({"x": encoded["b"]}, request=both) is None
    assert shown({"": OPERATORS}) == "a credential of this run at ``"
    assert shown({"a": {OPERATORS: 1}}) is None
    assert shown({"bots": [OPERATORS]}) == "a credential of this run at `bots`"
    Secret("Pl4nted-0123456789-abc", f"{PLANTED}BOT")
    assert shown({"x": "Pl4nted-0123456789-abc"}) is None


def test_a_text_that_the_request_contained_is_no_leak() -> None:
    """A rejection may repeat it, but not in the place of a member name."""
    request = asking(BY_ID["list_bots"], json_body={"x": [TOKEN, f'{{"y": "{ISSUED}"}}']})

    assert shown({"input": TOKEN}, request=request) is None
    assert shown({"input": ISSUED}, request=request) is None
    assert shown({"input": HASH}, request=request) == "a password hash at `input`"
    assert shown({"input": TOKEN}, request=replace(request, body=b"{")) == "a token at `input`"
    assert shown({"null": "null"}, request=replace(request, body=None)) is None


def response(**given: Any) -> HttpResponse:
    """A response that shows a token."""
    return response_with({"token": TOKEN}, **given)


def test_whose_responses_are_judged() -> None:
    """The dashboard and a login may show credentials. Other responses count only if a key got data."""
    assert not shows_no_secret(response(key=key_with(id="")), CONTRACT)
    assert not shows_no_secret(response(request=LOGIN), CONTRACT)
    assert shows_no_secret(response_with({}, key=KEY), CONTRACT) is True
    assert shows_no_secret(response_with({}), CONTRACT) is False
    assert shows_no_secret(response_with(REFUSED, key=KEY), CONTRACT) is False
    with pytest.raises(FindingRaised):
        shows_no_secret(response(), CONTRACT)


@pytest.mark.parametrize("length", [CACHED, CACHED + 1])
def test_texts_of_any_length_are_searched(length: int) -> None:
    """Only short ones are remembered."""
    assert shown({"a": f"{TOKEN} ".rjust(length)}) == "a token at `a`"
    assert shown({"a": "x".rjust(length)}) is None


def test_headers_are_searched() -> None:
    """Each value, with the name of the header."""
    headers = {"content-type": "application/json", "x-session": TOKEN, "x-other": "a"}
    answer = replace(response_with({}, key=KEY), headers=headers)

    with pytest.raises(FindingRaised) as raised:
        shows_no_secret(answer, CONTRACT)
    assert raised.value.finding.actual == "the response shows a token in the header `x-session`"
    assert answer.key_header is KeyHeader.BEARER


def test_the_search_is_a_value() -> None:
    """All processes of a run use the same names."""
    with pytest.raises(FrozenInstanceError):
        shows_no_secret.area = "other"  # type: ignore[misc]
    assert isinstance(shows_no_secret, CredentialSearch)
    assert not hasattr(shows_no_secret, "__dict__")
    assert finding_in({}) is None
