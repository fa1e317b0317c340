"""Credentials are found by name and by form, and what finds them does not show them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import asking, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.passive.credential_search import shows_no_secret
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
OF_OTHERS: list[Any] = [  # what an operator configures for the services of others
    {"bots": [{"type": "slack", "signing_secret": "8f742231b10e8888abcd99yyyzzz85a5", "bot_token": "xoxb-1"}]},
    {"config": {"content_safety": {"baidu_aip": {"api_key": "a", "secret_key": "b"}}}},
    {"config": {"platform": [{"type": "slack", "signing_secret": "c"}]}},
    {"config": {"some_service": {"access_key": "a", "secret_key": "b"}}},
    {"provider_sources": [{"type": "minimax", "key": [TOKEN]}, {"credentials": "-----BEGIN PRIVATE KEY-----"}]},
    {"bot": {"username": "astrbot", "password": "77b90590a8945a7d36c963981a307dc9"}},
]


def answer(data: Any, *, sent: Any = ..., **headers: str) -> HttpResponse:
    """An answer that carries `data` to a request that carried `sent`."""
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
    """The finding says where it stands, and neither what it is nor what stands beside it."""
    with pytest.raises(FindingRaised) as raised:
        shows_no_secret(answer(data), CONTRACT)

    told = repr(raised.value.finding)
    assert "data." in raised.value.finding.actual
    assert not any(text in told for text in (HASH, TOKEN, "77b905", "anything", "abk_0123", "$2b$12$"))


@pytest.mark.parametrize("data", HARMLESS, ids=json.dumps)
def test_what_only_looks_like_one_is_left_alone(data: Any) -> None:
    """Names of fields, blanks, the operator's keys for other services and links are no credentials."""
    assert shows_no_secret(answer(data), CONTRACT)


@pytest.mark.parametrize("data", OF_OTHERS, ids=json.dumps)
def test_credentials_for_other_services_are_the_operators_own(data: Any) -> None:
    """Whoever configures a bot of Slack or a check by Baidu is shown what was configured."""
    assert shows_no_secret(answer(data), CONTRACT)


@pytest.mark.parametrize("operation_id", ["list_mcp_servers", "get_plugin_config"])
def test_servers_and_plugins_keep_credentials_of_others(operation_id: str) -> None:
    """All that is configured there is for somebody else, and stands right at the top."""
    data = {"env": {"SECRET_KEY": "a"}, "secret_key": "b", "url": f"http://127.0.0.1/sse?token={TOKEN}"}
    shown = replace(answer(data), request=harmless(BY_ID[operation_id]))

    assert shows_no_secret(shown, CONTRACT)


def test_the_dashboards_settings_are_its_own_wherever_they_show() -> None:
    """AstrBot shows them where the configuration of a plugin is asked for."""
    data = {"config": {"dashboard": {"password": "anything"}}}

    with pytest.raises(FindingRaised, match=r"data\.config\.dashboard\.password"):
        shows_no_secret(replace(answer(data), request=harmless(BY_ID["get_plugin_config"])), CONTRACT)


def test_a_token_in_a_header_is_found() -> None:
    """A developer key that reads is given no dashboard session."""
    with pytest.raises(FindingRaised, match="set-cookie"):
        shows_no_secret(answer({}, **{"set-cookie": f"token={TOKEN}"}), CONTRACT)


def test_what_is_said_back_is_no_news() -> None:
    """A refusal that repeats the body it refuses shows nothing that was not known; the same from elsewhere does."""
    body = {"dashboard": {"jwt_secret": "mine"}}

    assert shows_no_secret(answer({"input": body}, sent=[body]), CONTRACT)
    with pytest.raises(FindingRaised):
        shows_no_secret(answer({"input": body}, sent=[{"dashboard": {}}]), CONTRACT)


@pytest.mark.parametrize(("status", "key"), [(400, KEY), (401, KEY), (403, KEY), (404, KEY), (500, KEY), (200, None)])
def test_what_was_refused_or_asked_without_a_key_shows_nothing(status: int, key: Key | None) -> None:
    """An operation of which the run saw nothing else is not judged."""
    refusal = json.dumps({"status": "error", "message": "no"}).encode()
    body = refusal if key else answer({}).body

    assert not shows_no_secret(replace(answer({}), status=status, key=key, body=body), CONTRACT)


def test_a_refusal_with_status_200_shows_nothing_either() -> None:
    """Some operations of AstrBot refuse so."""
    refusal = json.dumps({"status": "error", "message": "no"}).encode()

    assert not shows_no_secret(replace(answer({}), body=refusal), CONTRACT)
