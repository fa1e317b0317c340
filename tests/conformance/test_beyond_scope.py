"""BEYOND-SCOPE on small servers that are not disposable: findings, unjudged cases, and the requests that are sent."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_conformance.checks.test_beyond import test_beyond_auth as judge_auth
from astrbot_conformance.checks.test_beyond import test_beyond_scope as judge_scope
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import NONE, UNKNOWN_ID, harmless
from astrbot_conformance.keys.given_keys import GivenKey, GivenKeys
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.new_operations import new_operations
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret, forget
from astrbot_conformance.verdict.finding import FindingRaised

pytestmark = pytest.mark.slow

CONTRACT = releases.contract()
PATH = "/api/v1/trace/{trace_id}"
SERVED = f"/api/v1/trace/{UNKNOWN_ID}"
OTHERS: Mapping[str, Any] = {"/api/v1/bots": {"get": {"x-astrbot-scope": "bot"}}}
KNOWN = {harmless(operation).path for operation in CONTRACT.keyed}
Said = tuple[int, Any]
OK: Said = (200, {"status": "ok", "message": None, "data": {}})
MISSING: Said = (401, {"status": "error", "message": "Missing API key"})
INSUFFICIENT: Said = (403, {"status": "error", "message": "Insufficient API key scope"})
NOT_FOUND: Said = (404, {"status": "error", "message": "Not Found"})
NO_TRACE: Said = (404, {"status": "error", "message": "No such trace"})
Server = Callable[[str, str | None], Said]  # the response to a path and the scope of the key that was sent


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """No secret outlives a test."""
    yield
    forget()


def only(*scopes: str, others: Said = INSUFFICIENT, then: Said = OK) -> Server:
    """A server that authorizes keys with these scopes on the operation, and every key on the other operations."""

    def response(path: str, scope: str | None) -> Said:
        if scope is None:
            return MISSING
        if path == SERVED:
            return then if scope in scopes else others
        return OK if path in KNOWN else NOT_FOUND

    return response


def every_key(then: Said) -> Server:
    """A server that returns this response to every key on the operation."""
    return only(*CONTRACT.scopes, then=then)


def judged(
    server: Server,
    entry: Mapping[str, Any] = {},
    *,
    method: str = "get",
    others: Mapping[str, Any] = OTHERS,
    check: Callable[..., None] = judge_scope,
    effects: Any = "write",
) -> tuple[str, list[httpx2.Request]]:
    """The result of BEYOND-SCOPE for the operation, and its requests."""
    sent: list[httpx2.Request] = []
    scope_of = {f"abk_{scope:-<24}": scope for scope in CONTRACT.scopes}
    document = {"openapi": "3.1.0", "paths": {**others, PATH: {method: entry}}}

    def response(request: httpx2.Request) -> httpx2.Response:
        path = request.url.raw_path.decode()
        if path == "/api/v1/openapi.json":
            return httpx2.Response(200, json=document)
        sent.append(request)
        secret = request.headers.get("authorization", "").removeprefix("Bearer ")
        status, body = server(path.replace(target.nonexistent, NONE), scope_of.get(secret))
        return httpx2.Response(status, json=body)

    given = [
        GivenKey(Key(scope, frozenset([scope]), Secret(secret, f"KEY_{scope}"), CredentialState.LIVE), has_id=True)
        for secret, scope in scope_of.items()
    ]
    target = astrbot_target(TargetOptions("http://127.0.0.1:1", effects=effects), httpx2.MockTransport(response))
    (operation,) = new_operations(CONTRACT, document)
    arguments = [operation, target, GivenKeys("run", CONTRACT, given)]
    try:
        check(*arguments)
    except FindingRaised as raised:
        return f"found: {raised.finding.actual} for {','.join(raised.finding.scopes)}", sent
    except NotJudged as reason:
        # Otherwise, the operation alone would make the run prove nothing.
        return f"{'not judged' if reason.by_choice else 'could not judge'}: {reason}", sent
    return "passed", sent


ROLES = {"security": [{"BearerKey": ["chat"]}]}
FOUND: list[tuple[str, Server, Mapping[str, Any], str]] = [
    ("no scope, open to one", only("chat"), {}, "chat"),
    ("no scope, open to all", every_key(OK), {}, ",".join(sorted(CONTRACT.scopes))),
    ("no scope, authorized but not found", every_key(NO_TRACE), {}, "bot"),
    ("no scope, the path exists and the resource is not found", lambda p, s: _routed(p, s, NOT_FOUND), {}, "bot"),
    ("no scope, fields are wrong", every_key((422, {"detail": []})), {}, "bot"),
    ("no scope, rejected for another reason", every_key((200, {"status": "error", "message": "no"})), {}, "bot"),
    ("an empty list", only("im"), {"x-astrbot-scope": [], "security": [{"Key": []}]}, "im"),
    ("for the dashboard", only("im"), {"security": [{"DashboardToken": []}]}, "im"),
    ("public by its document", only("im"), {"security": []}, "im"),
    ("the scope of a closed area", only("im"), {"x-astrbot-scope": "system"}, "im"),
    ("another scope", only("chat", "im"), {"x-astrbot-scope": "chat"}, "im"),
    ("another role", only("chat", "im"), ROLES, "im"),
    ("its own scope rejected", only(), {"x-astrbot-scope": "chat"}, ""),
    ("403 without a key", lambda p, s: INSUFFICIENT if s is None else only("im")(p, s), {}, "im"),
]


def _routed(path: str, scope: str | None, result: Said) -> Said:
    """A server that checks the path first: an unknown path returns 404, with a key or without."""
    if path != SERVED and path not in KNOWN:
        return NOT_FOUND
    return MISSING if scope is None else result if path == SERVED else OK


@pytest.mark.parametrize(("server", "entry", "scopes"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_key_that_is_authorized_without_a_published_scope_is_found(
    server: Server, entry: Mapping[str, Any], scopes: str
) -> None:
    """The finding names the scopes that are sufficient."""
    result, _ = judged(server, entry)

    assert result.startswith("found: ")
    assert result.partition(" for ")[2].startswith(scopes)


SOUND: list[tuple[str, Server, Mapping[str, Any], str]] = [
    ("closed to every key", only(), {}, "passed"),
    ("closed by 401", only(others=MISSING), {}, "passed"),
    ("closed by 200 with an error", only(others=(200, INSUFFICIENT[1])), {}, "passed"),
    ("closed by a crash", only(others=(500, {})), {}, "passed"),
    ("closed by a redirection", only(others=(302, {})), {}, "passed"),
    ("a closed area", only(), {"x-astrbot-scope": "system"}, "passed"),
    ("its own scope", only("chat"), {"x-astrbot-scope": "chat"}, "passed"),
    ("its own role", only("chat"), ROLES, "passed"),
    ("two roles", only("chat", "im"), {"x-scopes": ["chat", "im"]}, "not judged"),
    ("a scope that another scope implies", only("config", "bot"), {"x-astrbot-scope": "bot"}, "passed"),
    ("a new scope", only(), {"x-astrbot-scope": "traces"}, "not judged"),
    ("public", lambda *_: OK, {}, "not judged"),
    ("not found without a key", lambda *_: NOT_FOUND, {}, "not judged"),
    ("not served, the key is checked first", lambda _, s: MISSING if s is None else NOT_FOUND, {}, "not judged"),
    ("every key is invalid", lambda *_: MISSING, {}, "not judged"),
]


@pytest.mark.parametrize(("server", "entry", "expected"), [row[1:] for row in SOUND], ids=[row[0] for row in SOUND])
def test_a_sound_server_gives_no_finding(server: Server, entry: Mapping[str, Any], expected: str) -> None:
    """For every kind of rejection and of document. Cases that prove nothing are not judged."""
    assert judged(server, entry)[0].partition(":")[0] == expected


def test_a_document_without_scopes_gives_no_finding() -> None:
    """As with 4.26, no request is sent."""
    result, sent = judged(only("chat"), others={"/api/v1/bots": {"get": {}}})

    assert (result.partition(":")[0], sent) == ("not judged", [])


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_a_request_that_may_have_an_effect_is_not_sent(method: str) -> None:
    """On a target that is not disposable: neither with a key nor without."""
    assert judged(every_key(OK), method=method)[1] == []


@pytest.mark.parametrize(("effects", "is_sent"), [("read", False), ("write", True)])
def test_a_removal_of_a_nonexistent_resource_is_sent(effects: str, is_sent: bool) -> None:  # noqa: FBT001  by pytest
    """Unless the run only reads."""
    result, sent = judged(only("chat"), method="delete", effects=effects)

    assert result.startswith("found: ") is is_sent
    removed = {request.url.raw_path.decode() for request in sent if request.method == "DELETE"}
    assert len(removed) == is_sent
    assert all(path.startswith("/api/v1/trace/conform-") for path in removed)


def test_a_body_that_the_document_does_not_allow_is_sent() -> None:
    """A server that authorizes the key before it rejects the body is found."""
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    result, sent = judged(every_key((422, {"detail": []})), {"requestBody": body}, method="post")

    assert result.startswith("found: 422")
    assert {request.content for request in sent if request.method == "POST"} == {b"[]"}


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (only("chat"), "passed"),
        (lambda p, s: OK if p == SERVED else only()(p, s), "found"),
        (lambda p, s: NOT_FOUND if p == SERVED else only()(p, s), "not judged"),
        (lambda p, s: MISSING if s is None else only()(p, s), "passed"),
    ],
)
def test_an_operation_with_a_scope_requires_a_key(server: Server, expected: str) -> None:
    """BEYOND-AUTH: 401 without a key. An operation that is not served is not judged."""
    result, _ = judged(server, {"x-astrbot-scope": "chat"}, check=judge_auth)

    assert result.partition(":")[0] == expected


def test_a_finding_shows_no_key() -> None:
    """The quoted request shows none either."""
    result, sent = judged(only("chat"))

    assert "abk_" not in result
    assert any("abk_" in json.dumps(dict(request.headers)) for request in sent)
