"""Every response is compared with the credential that was sent. Only an authorized wrong credential is a finding."""

import json
import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader, Presented
from astrbot_conformance.http.request import HttpRequest, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.passive.authorization import AuthorizationCheck, Evidence
from astrbot_conformance.passive.authorization_findings import Controls, judgements
from astrbot_conformance.passive.sender import sending
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement

CONTRACT = releases.contract()
LIVE, REVOKED, DELETED = CredentialState.LIVE, CredentialState.REVOKED, CredentialState.DELETED
EXPIRED, INVALID, OPERATOR = CredentialState.EXPIRED, CredentialState.INVALID, CredentialState.OPERATOR

READ = asking(BY_ID["get_bot"], path={"bot_id": "mine"})
REMOVE = asking(BY_ID["delete_bot"], path={"bot_id": "mine"})
PROVIDERS = asking(BY_ID["list_providers"])
CHAT = asking(BY_ID["chat"], json_body={"username": "me", "message": "hello"})
ASSET = asking(BY_ID["get_plugin_page_asset_by_id"], query={"plugin_id": "a", "asset_token": "t"})
CLOSED = asking(next(o for o in CONTRACT.closed if o.method == "GET" and "{" not in o.path))
PUBLIC = asking(BY_ID["get_openapi_document"])

DONE: dict[str, object] = {"status": "ok", "message": None, "data": {}}
ERROR = {"status": "error", "message": "no"}
Reply = tuple[int, str, Any]
OK: Reply = (200, "application/json", DONE)
REFUSED: Reply = (200, "application/json", ERROR)
PAGE: Reply = (200, "text/html", "<!doctype html>")
STREAM: Reply = (200, "text/event-stream", 'data: {"type": "end"}\n\n')
NO_CONTENT: Reply = (204, "", "")


def error(status: int) -> Reply:
    """A rejection with this status."""
    return status, "application/json", ERROR


UNCONFIRMED: list[Reply] = [*map(error, (400, 404, 409, 410, 422)), REFUSED, PAGE, (200, "application/json", [])]


def key(state: CredentialState = LIVE, *scopes: str) -> Key:
    """A key in that state, created with these scopes."""
    id = "" if state is OPERATOR else "1"
    return Key(id, frozenset(scopes), Secret(f"abk_{state.value}-0123456789-0123456789", "ASTRBOT_KEY_X"), state)


def response(request: HttpRequest, sent: Key | None, reply: Reply) -> HttpResponse:
    """The response to `request` with that key."""
    status, kind, body = reply
    text = body if isinstance(body, str) else json.dumps(body)
    return HttpResponse(
        base="http://127.0.0.1:6185",
        request=request,
        key=sent,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": kind} if kind else {},
        body=text.encode(),
        seconds=0.0,
    )


def evidence_of(responses: Sequence[HttpResponse]) -> Evidence:
    """The evidence that the passive check keeps of these responses."""
    evidence = Evidence()
    check = AuthorizationCheck(CONTRACT, evidence)
    for one in responses:
        check(one)
    return evidence


def concluded(evidence: Evidence, reported: Sequence[str] = (), *, with_passed: bool = True) -> list[Judgement]:
    """The judgements for the evidence if no more requests are sent; `reported`: findings of checks, as `curl`."""
    controls = Controls(None, KeyRing(NoDashboard(), "run", CONTRACT))
    return list(
        judgements(evidence, CONTRACT, controls, lambda findings: findings.curl in reported, with_passed=with_passed)
    )


def findings_in(*responses: HttpResponse, reported: Sequence[str] = ()) -> list[Finding]:
    """The findings in these responses."""
    return [judgement.finding for judgement in concluded(evidence_of(responses), reported) if judgement.finding]


SURE: list[tuple[str, HttpRequest, Key | None, Reply, str | None]] = [
    ("insufficient key reads", READ, key(LIVE, "chat"), OK, "SCOPE-REQUIRED"),
    ("insufficient key removes", REMOVE, key(LIVE, "chat", "provider"), OK, "SCOPE-REQUIRED"),
    ("insufficient key removes without a body", REMOVE, key(LIVE, "chat"), NO_CONTENT, "SCOPE-REQUIRED"),
    ("key without scopes", READ, key(LIVE), OK, "SCOPE-REQUIRED"),
    ("key with an unknown scope", READ, key(LIVE, "bots", "*"), OK, "SCOPE-REQUIRED"),
    ("insufficient key chats", CHAT, key(LIVE, "im"), STREAM, "SCOPE-REQUIRED"),
    ("no key", READ, None, OK, "AUTH-REQUIRED"),
    ("invalid key", READ, key(INVALID), OK, "AUTH-REQUIRED"),
    ("revoked key with the scope", READ, key(REVOKED, "bot"), OK, "AUTH-REQUIRED"),
    ("deleted key with the scope", READ, key(DELETED, "bot"), OK, "AUTH-REQUIRED"),
    ("expired key with the scope", READ, key(EXPIRED, "bot"), OK, "AUTH-REQUIRED"),
    ("live key on a closed operation", CLOSED, key(LIVE, *CONTRACT.scopes), OK, "SCOPE-CLOSED"),
    ("no key on a closed operation", CLOSED, None, OK, "SCOPE-CLOSED"),
    ("revoked key on a closed operation", CLOSED, key(REVOKED, "bot"), OK, "AUTH-REQUIRED"),
    ("sufficient key", READ, key(LIVE, "bot"), OK, None),
    ("implied scope", READ, key(LIVE, "config"), OK, None),
    ("implied scope of another operation", PROVIDERS, key(LIVE, "config"), OK, None),
    ("bot does not imply provider", PROVIDERS, key(LIVE, "bot"), OK, "SCOPE-REQUIRED"),
    ("the dashboard", READ, key(OPERATOR), OK, None),
    ("the dashboard on a closed operation", CLOSED, key(OPERATOR), OK, None),
    ("a key that the run knows nothing of", READ, key(CredentialState.UNVERIFIED), OK, None),
    ("public operation without a key", PUBLIC, None, OK, None),
    ("public operation with a revoked key", PUBLIC, key(REVOKED), OK, None),
    *(
        (f"rejected with {status}", READ, sent, error(status), None)
        for status in (401, 403)
        for sent in (None, key(LIVE, "chat"), key(REVOKED, "bot"), key(INVALID))
    ),
    *(
        (f"{status} says nothing", READ, sent, error(status), None)
        for status in (301, 302, 304, 405, 413, 415, 429, 431, 500, 501, 502, 503)
        for sent in (None, key(LIVE, "chat"), key(REVOKED, "bot"))
    ),
    *(
        (f"{reply[0]} {reply[1]} may come from elsewhere", READ, sent, reply, None)
        for reply in UNCONFIRMED
        for sent in (None, key(LIVE, "chat"), key(REVOKED, "bot"), key(INVALID))
    ),
    ("a link that contains a token", ASSET, None, OK, None),
]


@pytest.mark.parametrize(
    ("request_", "sent", "reply", "requirement"), [row[1:] for row in SURE], ids=[r[0] for r in SURE]
)
def test_what_one_response_shows(
    request_: HttpRequest, sent: Key | None, reply: Reply, requirement: str | None
) -> None:
    """A finding of the violated requirement; none if the response alone does not prove authorization."""
    findings = findings_in(response(request_, sent, reply))

    assert [finding.requirement for finding in findings] == ([requirement] if requirement else [])
    assert all(finding.operation == str(request_.operation) for finding in findings)


UNKNOWN, NO_KEY, WEAK, DEAD = key(INVALID), None, key(LIVE, "chat"), key(REVOKED, "bot")


@pytest.mark.parametrize("reply", UNCONFIRMED, ids=lambda reply: f"{reply[0]} {reply[1]}")
@pytest.mark.parametrize(
    ("sent", "control", "requirement"),
    [
        (WEAK, UNKNOWN, "SCOPE-REQUIRED"),
        (DEAD, UNKNOWN, "AUTH-REQUIRED"),
        (NO_KEY, UNKNOWN, "AUTH-REQUIRED"),
        (UNKNOWN, NO_KEY, "AUTH-REQUIRED"),
    ],
)
def test_a_control_confirms_a_suspect(sent: Key | None, control: Key | None, requirement: str, reply: Reply) -> None:
    """If the server rejects the same request with another credential, it had to reject this one too."""
    suspect = response(READ, sent, reply)

    for status in (401, 403):
        findings = findings_in(suspect, response(READ, control, error(status)))
        assert [finding.requirement for finding in findings] == [requirement]
    assert findings_in(suspect, response(READ, control, reply)) == []
    assert findings_in(suspect, response(REMOVE, control, error(401))) == []
    assert findings_in(suspect, response(READ, key(LIVE, "im"), error(403))) == []


def test_a_text_that_is_not_a_key_may_be_rejected_for_its_form() -> None:
    """A firewall may return 400 to `Bearer ' OR '1'='1`. A server that does the work for it authorizes it."""
    odd = HttpRequest(READ.operation, READ.path, headers=(("Authorization", "Bearer ' OR '1'='1"),))
    rejected = response(READ, None, error(401))

    assert findings_in(response(odd, None, error(400)), rejected) == []
    assert [finding.requirement for finding in findings_in(response(odd, None, OK), rejected)] == ["AUTH-REQUIRED"]


@pytest.mark.parametrize(
    "form",
    [
        HttpRequest(READ.operation, "/api/v1/bots/mine/"),
        HttpRequest(READ.operation, "/api/v1//bots/mine"),
        HttpRequest(READ.operation, "/api/v1/bots/.."),
        HttpRequest(READ.operation, "/api/v1/bots/%2e%2e"),
        HttpRequest(READ.operation, "/api/v1/bots/a%2Fb"),
        HttpRequest(READ.operation, "/api/v1/bots/a%00"),
        HttpRequest(READ.operation, READ.path, verb="HEAD"),
        HttpRequest(READ.operation, READ.path, verb="OPTIONS"),
        HttpRequest(READ.operation, READ.path, headers=(("X-HTTP-Method-Override", "OPTIONS"),)),
        HttpRequest(CHAT.operation, CHAT.path, headers=(("Content-Type", "application/json"),), body=b"{"),
    ],
    ids=lambda form: f"{form.method} {form.path}",
)
def test_an_unusual_form_of_a_request_is_not_judged(form: HttpRequest) -> None:
    """Servers route such a request differently. SCOPE-EVASION compares it with the plain form."""
    responses = [response(form, sent, OK) for sent in (None, WEAK, DEAD)]

    assert findings_in(*responses, response(form, UNKNOWN, error(401))) == []


def test_two_credentials_are_judged_together() -> None:
    """If one of them may be authorized, nothing is reported. If neither may, the request must be rejected."""

    def both(bearer: Key, header: Key) -> HttpResponse:
        return response(HttpRequest(READ.operation, READ.path, presented=(Presented(header, "X-API-Key"),)), bearer, OK)

    assert findings_in(both(UNKNOWN, key(LIVE, "bot"))) == []
    assert findings_in(both(key(LIVE, "bot"), DEAD)) == []
    assert [finding.requirement for finding in findings_in(both(WEAK, UNKNOWN))] == ["SCOPE-REQUIRED"]
    assert [finding.requirement for finding in findings_in(both(DEAD, UNKNOWN))] == ["AUTH-REQUIRED"]


def test_a_request_that_a_check_reports_is_not_reported_twice() -> None:
    """Another request to the same operation is reported."""
    first, other = response(READ, WEAK, OK), response(asking(READ.operation, path={"bot_id": "another"}), WEAK, OK)

    assert findings_in(first, reported=[first.curl]) == []
    assert [finding.curl for finding in findings_in(first, other, reported=[first.curl])] == [other.curl]


def test_a_finding_names_the_credential_and_the_check() -> None:
    """It has the credential, the required status, the response, and the check that `replay` runs again."""
    evidence = Evidence()
    with sending("test_scope_no_effect[bot]"):
        AuthorizationCheck(CONTRACT, evidence)(response(REMOVE, WEAK, OK))
    ((finding,),) = evidence.authorized.values()

    assert finding.expected == "403 `Insufficient API key scope` for a key without `bot`"
    assert finding.actual == "200 `application/json`"
    assert finding.check == "passive_authorization[DELETE /api/v1/bots/{bot_id}: insufficient key]"
    assert finding.sent_by == "test_scope_no_effect[bot]"
    assert "-X DELETE" in finding.curl
    assert "$ASTRBOT_KEY_X" in finding.curl


def test_evidence_of_two_processes_is_merged() -> None:
    """Another process may have sent the control of a suspect. Evidence is sent through a pipe."""
    authorized, suspect = response(REMOVE, DEAD, OK), response(READ, WEAK, error(404))
    control = response(READ, UNKNOWN, error(401))
    together = evidence_of([authorized, suspect, control])
    ours, theirs = evidence_of([authorized, suspect]), evidence_of([control])
    ours.merge(pickle.loads(pickle.dumps(theirs)))  # noqa: S301  our own bytes

    assert concluded(ours) == concluded(together)
    assert [judgement.status for judgement in concluded(together)] == ["failed", "passed", "failed"]


def test_passed_places_are_listed_only_for_a_replay() -> None:
    """The checks of a run report what passed. A replay must report that a finding is gone."""
    evidence = evidence_of([response(READ, None, error(401))])

    assert [judgement.status for judgement in concluded(evidence)] == ["passed"]
    assert concluded(evidence, with_passed=False) == []
