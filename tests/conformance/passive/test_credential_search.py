"""Credentials are found by name and by form, and the finding does not show them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID
from astrbot_conformance.astrbot_credentials import shows_no_secret
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import asking, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.finding import FindingRaised

CONTRACT = releases.contract()
KEY = Key("mine", frozenset({"bot"}), Secret("abk_of-the-one-who-reads-this", "ASTRBOT_KEY_BOT"), CredentialState.LIVE)
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VybmFtZSI6ImEifQ.c2lnbmF0dXJl"
SHOWN: list[Any] = [
    {"dashboard": {"jwt_secret": "anything"}},
    {"dashboard": {"password": "77b90590a8945a7d36c963981a307dc9"}},
    {"config": {"signing_key": "anything"}},
    {"note": f"the hash is {HASH}"},
    {"list": [{"deep": "$2b$12$abcdefghijklmnopqrstuv"}]},
    {"a": "pbkdf2_sha256$600000$salt$aGFzaA=="},
    {"a": TOKEN},
    {"a": "abk_0123456789abcdef0123456789"},
    {"a": "-----BEGIN RSA PRIVATE KEY-----"},
    {"secret_key": "anything"},
    {"config": {"dashboard": {"secret_key": "anything"}}},
    {"uses": {"abk_0123456789abcdef0123456789": 3}},
    {"debug": '{"dashboard": {"jwt_secret": "anything"}}'},
    {"account": {"username": "astrbot", "password": "77b90590a8945a7d36c963981a307dc9"}},
    {"bots": [{"id": "mine", "jwt_secret": "anything"}]},
]
HARMLESS: list[Any] = [
    {"dashboard": {"password": "", "jwt_secret": "******", "host": "example.org"}},
    {"dashboard": {"items": {"password": {"type": "string", "description": "What to log in with"}}}},
    {"provider": [{"key": ["sk-the-operators-own"], "token": "of a platform"}]},
    {"key_prefix": "abk_01234567"},
    {"content_path": f"/plugin-pages/map?asset_token={TOKEN}"},
    {"message": "the password is wrong"},
    {"prices": "it costs $2 and $5 a month"},
    {"text": "{not JSON", "list": "[1, 2]"},
    {"account": {"username": "astrbot", "password": "a plain one, for another service"}},
]
OF_OTHERS: list[Any] = [  # the operator's configuration for other services
    {"bots": [{"type": "slack", "signing_secret": "8f742231b10e8888abcd99yyyzzz85a5", "bot_token": "xoxb-1"}]},
    {"config": {"content_safety": {"baidu_aip": {"api_key": "a", "secret_key": "b"}}}},
    {"config": {"platform": [{"type": "slack", "signing_secret": "c"}]}},
    {"config": {"some_service": {"access_key": "a", "secret_key": "b"}}},
    {"provider_sources": [{"type": "minimax", "key": [TOKEN]}, {"credentials": "-----BEGIN PRIVATE KEY-----"}]},
    {"bot": {"username": "astrbot", "password": "77b90590a8945a7d36c963981a307dc9"}},
]


def answer(data: Any, *, sent: Any = ..., **headers: str) -> HttpResponse:
    """A response with `data` to a request with `sent`."""
    return HttpResponse(
        base="http://127.0.0.1:6185",
        request=asking(BY_ID["list_bots"], json_body=sent),
        key=KEY,
        key_header=KeyHeader.BEARER,
        status=200,
        headers={"content-type": "application/json"} | headers,
        body=json.dumps({"status": "ok", "message": None, "data": data}).encode(),
        seconds=0.0,
    )


@pytest.mark.parametrize("data", SHOWN, ids=json.dumps)
def test_a_credential_is_found_and_not_shown(data: Any) -> None:
    """The finding shows the place, but neither the credential nor other values of the response."""
    with pytest.raises(FindingRaised) as raised:
        shows_no_secret(answer(data), CONTRACT)

    shown = repr(raised.value.finding)
    assert "data." in raised.value.finding.actual
    assert not any(text in shown for text in (HASH, TOKEN, "77b905", "anything", "abk_0123", "$2b$12$"))


@pytest.mark.parametrize("data", HARMLESS, ids=json.dumps)
def test_other_values_are_no_credentials(data: Any) -> None:
    """Names of fields, blanked values, the operator's keys for other services, and links are no credentials."""
    assert shows_no_secret(answer(data), CONTRACT)


@pytest.mark.parametrize("data", OF_OTHERS, ids=json.dumps)
def test_credentials_for_other_services_are_allowed(data: Any) -> None:
    """Whoever configures a Slack bot or a check by Baidu may read the configuration."""
    assert shows_no_secret(answer(data), CONTRACT)


@pytest.mark.parametrize("operation_id", ["list_mcp_servers", "get_plugin_config"])
def test_configurations_of_plugins_are_for_other_services(operation_id: str) -> None:
    """All their values belong to other services, even at the top level."""
    data = {"env": {"SECRET_KEY": "a"}, "secret_key": "b", "url": f"http://127.0.0.1/sse?token={TOKEN}"}
    shown = replace(answer(data), request=harmless(BY_ID[operation_id]))

    assert shows_no_secret(shown, CONTRACT)


def test_dashboard_settings_are_found_everywhere() -> None:
    """AstrBot shows them in the configuration of a plugin."""
    data = {"config": {"dashboard": {"password": "anything"}}}

    with pytest.raises(FindingRaised, match=r"data\.config\.dashboard\.password"):
        shows_no_secret(replace(answer(data), request=harmless(BY_ID["get_plugin_config"])), CONTRACT)


def test_a_token_in_a_header_is_found() -> None:
    """A developer key must not get a dashboard session."""
    with pytest.raises(FindingRaised, match="set-cookie"):
        shows_no_secret(answer({}, **{"set-cookie": f"token={TOKEN}"}), CONTRACT)


def test_a_repeated_request_body_is_no_leak() -> None:
    """A rejection that repeats the request body shows nothing new. The same value without the request is a leak."""
    body = {"dashboard": {"jwt_secret": "mine"}}

    assert shows_no_secret(answer({"input": body}, sent=[body]), CONTRACT)
    with pytest.raises(FindingRaised):
        shows_no_secret(answer({"input": body}, sent=[{"dashboard": {}}]), CONTRACT)


@pytest.mark.parametrize(("status", "key"), [(400, KEY), (401, KEY), (403, KEY), (404, KEY), (500, KEY), (200, None)])
def test_a_rejection_is_not_judged(status: int, key: Key | None) -> None:
    """Rejections and requests without a key do not make an operation judged."""
    refusal = json.dumps({"status": "error", "message": "no"}).encode()
    body = refusal if key else answer({}).body

    assert not shows_no_secret(replace(answer({}), status=status, key=key, body=body), CONTRACT)


def test_a_rejection_with_status_200_is_not_judged() -> None:
    """Some operations of AstrBot reject with 200."""
    refusal = json.dumps({"status": "error", "message": "no"}).encode()

    assert not shows_no_secret(replace(answer({}), body=refusal), CONTRACT)
