"""How a run connects to a target, which effects it may have, and what it sends."""

import ssl
from pathlib import Path
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.contract import read_of_each_scope
from astrbot_conformance.http import (
    LEVELS,
    CredentialState,
    HttpRequest,
    Key,
    KeyHeader,
    Presented,
    TargetOptions,
    connection,
    harmless,
)
from astrbot_conformance.http.connection import Transport, proxy_to
from astrbot_conformance.http.credential import Credential
from astrbot_conformance.http.key_headers import denied, key_header_at, key_header_on
from astrbot_conformance.http.sent_credentials import carries_invented_text, credentials_of, without_credentials
from astrbot_conformance.http.wire_request import http_request, shows_a_key
from astrbot_conformance.outcome import NotJudged

from tests.conformance.http.scripted import answer, key, scripted
from tests.conformance.made import new, operation

CONTRACT = releases.contract()
BASE = "http://host:1/below"
READ = operation("/read")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def test_the_usual_options() -> None:
    """A run may write, eight requests run at the same time, and each may take twenty seconds."""
    options = TargetOptions(BASE)

    assert (options.effects, options.concurrency, options.timeout, options.rate) == ("write", 8, 20.0, None)
    assert (options.disposable, options.is_quick, options.verify, options.mcp_server) == (False, False, True, None)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_of_effects_allows_itself_and_all_before_it(level: Any) -> None:
    """An unknown effect is never allowed."""
    allowed = [effect for effect in (*LEVELS, None, "other") if TargetOptions(BASE, effects=level).allows(effect)]

    assert allowed == list(("read", "write", "external", "destructive")[: LEVELS.index(level) + 1])


@pytest.mark.parametrize("disposable", [True, False])
@pytest.mark.parametrize("quick", [True, False])
def test_requests_are_cheap_on_a_target_of_the_run_and_on_a_quick_one(disposable: bool, quick: bool) -> None:  # noqa: FBT001
    """A real one hashes each key slowly."""
    assert TargetOptions(BASE, disposable=disposable, is_quick=quick).is_cheap is (disposable or quick)


def test_an_mcp_server_must_be_named() -> None:
    """Its checks are left out by choice."""
    with pytest.raises(NotJudged, match="needs an MCP server") as skipped:
        _ = TargetOptions(BASE).known_mcp_server
    assert skipped.value.by_choice
    assert TargetOptions(BASE, mcp_server={"url": "x"}).known_mcp_server == {"url": "x"}


@pytest.mark.parametrize("verify", [True, False, "file"])
def test_the_pool_has_two_connections_more_than_requests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verify: Any
) -> None:
    """It trusts the certificates that the options name."""
    made = dict[str, Any]()
    trusted = tmp_path / "ca.pem"
    contexts = list[str]()
    monkeypatch.setattr(connection, "Transport", lambda **arguments: made.update(arguments))

    def context(cafile: str) -> str:
        contexts.append(cafile)
        return "context"

    monkeypatch.setattr("ssl.create_default_context", context)
    TargetOptions(BASE, concurrency=5, verify=trusted if verify == "file" else verify).transport()

    assert (made["limits"].max_connections, made["limits"].max_keepalive_connections) == (7, 7)
    assert (made["verify"], contexts) == (("context", [str(trusted)]) if verify == "file" else (verify, []))


def test_a_transport_can_be_made_by_its_arguments() -> None:
    """It opens no connection before the first request."""
    transport = Transport(verify=ssl.create_default_context(), limits=httpx2.Limits(), proxy=None)
    transport.hang_up()
    transport.close()


@pytest.mark.parametrize(
    ("environment", "base", "proxy"),
    [
        ({}, BASE, None),
        ({"http_proxy": "http://p:1"}, BASE, "http://p:1"),
        ({"http_proxy": "p:1"}, BASE, "http://p:1"),
        ({"https_proxy": "http://p:1"}, BASE, None),
        ({"https_proxy": "http://p:1"}, "https://host", "http://p:1"),
        ({"all_proxy": "socks5://p:1"}, BASE, "socks5://p:1"),
        ({"all_proxy": "http://a:1", "http_proxy": "http://p:1"}, BASE, "http://p:1"),
        ({"http_proxy": "http://p:1", "no_proxy": "host"}, BASE, None),
        ({"http_proxy": "http://p:1", "no_proxy": "other"}, BASE, "http://p:1"),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], base: str, proxy: str | None
) -> None:
    """For the scheme of the address or for all, unless the host bypasses it."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert proxy_to(base) == proxy


@pytest.mark.parametrize("header", KeyHeader)
def test_a_request_is_sent_as_it_is_written(header: KeyHeader) -> None:
    """With its path unchanged, and its key in one header."""
    request = HttpRequest(READ, "//a/../b", query=(("q", "x y"),), headers=(("X-A", "1"), ("X-A", "2")), body=b"{}")
    sent = http_request(request, key(), header, BASE)
    plain = http_request(request, None, header, BASE)

    name, before = header.value
    assert (sent.method, sent.url.raw_path, sent.content) == ("GET", b"/below//a/../b?q=x+y", b"{}")
    assert sent.headers[name] == before + key().secret.reveal()
    assert sent.headers["accept-encoding"] == "gzip, deflate"
    assert not {"authorization", "x-api-key"} & set(plain.headers)


def test_an_address_has_at_most_64_kib() -> None:
    """A text of the target may be longer."""
    path = "/" + "a" * (65_536 - len("/below/"))

    sent = http_request(HttpRequest(READ, path), None, KeyHeader.BEARER, BASE)
    assert len(sent.url.raw_path) == 65_536
    with pytest.raises(httpx2.InvalidURL, match="longer than 65536 bytes"):
        http_request(HttpRequest(READ, f"{path}a"), None, KeyHeader.BEARER, BASE)


SHOWING: list[tuple[dict[str, Any], Key | None, bool]] = [
    ({}, None, False),
    ({}, key(), True),
    ({}, key(""), False),
    ({"presented": (Presented(key(), "api_key", in_query=True),)}, None, True),
    ({"presented": (Presented(key(), "X-Token"),)}, None, False),
    ({"presented": (Presented(key(), "X-Api-KEY"),)}, None, True),
    ({"headers": (("X-API-Key", " "),)}, None, False),
    ({"headers": (("X-API-Key", "x"),)}, None, True),
    ({"headers": (("X-Z", "Bearer x"), ("Accept", "ApiKey x"))}, None, False),
    ({"headers": (("Authorization", "Bearer x"),)}, None, True),
    ({"headers": ((new("AUTHORIZATION"), "ApiKey x"),)}, None, True),
    ({"headers": (("Authorization", "Bearer "),)}, None, False),
    ({"headers": (("Authorization", "Bearer"),)}, None, False),
    ({"headers": (("Authorization", "bearer x"),)}, None, False),
    ({"headers": (("Authorization", "Basic x"),)}, None, False),
]


@pytest.mark.parametrize(("change", "sent_key", "shows"), SHOWING)
def test_a_request_that_shows_a_key_costs_the_target_a_look_up(
    change: dict[str, Any],
    sent_key: Key | None,
    shows: bool,  # noqa: FBT001  by pytest
) -> None:
    """A text in one of the headers, with a known scheme, or a key in the query."""
    assert shows_a_key(HttpRequest(READ, "/read", **change), sent_key) is shows


def test_the_credentials_of_a_request() -> None:
    """The key, those at unusual places, and invented texts, which are invalid. If there is none, one that is absent."""
    headers = (("Authorization", "Bearer x"), ("X-API-KEY", "y"), ("Accept", "z"), ("authorization", "Bearer "))
    revoked = Key("2", frozenset({"chat"}), key("2").secret, CredentialState.REVOKED)
    request = HttpRequest(READ, "/read", headers=headers, presented=(Presented(revoked, "X-Token"),))

    invalid, absent = Credential(CredentialState.INVALID), Credential(CredentialState.ABSENT)
    live, other = Credential(CredentialState.LIVE, frozenset({"bot"})), Credential(revoked.state, revoked.scopes)
    assert credentials_of(request, key()) == (live, other, invalid, invalid)
    assert credentials_of(request, None) == (other, invalid, invalid)
    assert without_credentials(request) == HttpRequest(READ, "/read", headers=(("Accept", "z"),))
    assert credentials_of(without_credentials(request), None) == (absent,)
    assert carries_invented_text(request)
    assert not carries_invented_text(HttpRequest(READ, "/read", headers=(*headers[2:], ("X-API-Key", " "))))


def test_a_dead_key_was_issued_by_the_server() -> None:
    """It is revoked, deleted or expired. An invalid one was not issued."""
    dead = {CredentialState.REVOKED, CredentialState.DELETED, CredentialState.EXPIRED}

    assert {state for state in CredentialState if state.is_dead} == dead


def test_the_header_of_a_key_alternates() -> None:
    """By turn, or by the operation and the seed. One read of each scope uses the usual header."""
    target, _ = scripted()
    usual = set(read_of_each_scope(CONTRACT).values())
    others = [one for one in CONTRACT.keyed if one not in usual][:20]

    assert [key_header_at(turn) for turn in range(4)] == [KeyHeader.BEARER, KeyHeader.HEADER] * 2
    for seed in (0, 1):
        turns = [(CONTRACT.keyed.index(one) + seed) % 2 for one in others]
        assert [key_header_on(one, CONTRACT, seed, target) for one in others] == [
            tuple(KeyHeader)[turn] for turn in turns
        ]
        for header in KeyHeader:
            target.key_header = header
            assert {key_header_on(one, CONTRACT, seed, target) for one in usual} == {header}


@pytest.mark.parametrize(
    ("status", "header", "requests"),
    [
        (401, KeyHeader.HEADER, 2),
        (401, KeyHeader.BEARER, 1),
        (400, KeyHeader.HEADER, 1),
        (403, KeyHeader.HEADER, 1),
        (402, KeyHeader.HEADER, 1),
    ],
)
def test_a_key_in_an_ignored_header_is_sent_in_the_usual_one(status: int, header: KeyHeader, requests: int) -> None:
    """A 401 may mean that the target does not read the header."""
    target, transport = scripted(answer(status))

    assert denied(harmless(READ), key(), target, header).status == status
    assert len(transport.requests) == requests
    assert ("authorization" in transport.requests[-1].headers) == (header is KeyHeader.BEARER or requests == 2)
