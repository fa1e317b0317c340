"""After all checks, suspects are confirmed with another credential, and each place has at most one finding."""

from dataclasses import FrozenInstanceError

import httpx2
import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance.http import CredentialState, HttpRequest, Key, asking, harmless
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.passive.authorization import MOST_FINDINGS, MOST_SUSPECTS, AuthorizationCheck, Evidence, Place
from astrbot_conformance.passive.authorization_findings import Controls, is_same, judgements
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Judgement

from tests.conformance.fake_responses import REFUSED, envelope, key_with, response_with
from tests.conformance.keys.fake_astrbot import CONTRACT, FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

READ = asking(BY_ID["get_bot"], path={"bot_id": "mine"})
SKILLS = harmless(BY_ID["list_skills"])
BOTS = harmless(BY_ID["list_bots"])
GET_READ = f"GET {READ.path}"
WEAK, INVALID = key_with("im"), key_with(state=CredentialState.INVALID)


@pytest.fixture
def server() -> FakeAstrBot:
    """An AstrBot without keys."""
    return FakeAstrBot()


def evidence_of(request: HttpRequest, *keys: Key | None, body: object = REFUSED, status: int = 404) -> Evidence:
    """The evidence of this response to that request with each of these keys."""
    check = AuthorizationCheck(CONTRACT, Evidence())
    for key in keys:
        check(response_with(body, status=status, request=request, key=key))
    return check.evidence


def concluded(evidence: Evidence, server: FakeAstrBot, *, with_passed: bool = False) -> list[Judgement]:
    """The judgements for the evidence on that server."""
    controls = Controls(server.target, KeyRing(server.dashboard(), "run", CONTRACT))
    return list(judgements(evidence, CONTRACT, controls, lambda _: False, with_passed=with_passed))


@pytest.mark.parametrize(("status", "confirms"), [(401, True), (403, True), (402, False), (404, False), (200, False)])
@pytest.mark.parametrize("key", [WEAK, None, INVALID])
def test_a_control_is_sent_with_another_credential(
    server: FakeAstrBot,
    key: Key | None,
    status: int,
    confirms: bool,  # noqa: FBT001  by pytest
) -> None:
    """An unknown key; for an invalid key, no key at all. Only a rejection confirms the suspect."""
    sent: list[str] = []
    server.answers[GET_READ] = lambda: (status, REFUSED)
    target = server.target
    target.observers.append(lambda response: sent.append(response.key.variable if response.key else ""))
    controls = Controls(target, KeyRing(server.dashboard(), "run", CONTRACT))

    found = list(judgements(evidence_of(READ, key), CONTRACT, controls, lambda _: False, with_passed=True))
    assert [one.status for one in found] == (["failed"] if confirms else [])
    assert sent == (["" if key is INVALID else "ASTRBOT_KEY_UNKNOWN"])


def test_a_control_that_was_sent_before_is_not_repeated(server: FakeAstrBot) -> None:
    """The evidence has its rejection. Once the run must send nothing any more, nothing else confirms a suspect."""
    unconfirmed, confirmed = evidence_of(READ, WEAK), evidence_of(READ, WEAK)
    confirmed.merge(evidence_of(READ, INVALID, status=401))

    (judgement,) = concluded(confirmed, server)
    assert server.requests == []
    assert judgement.finding is not None
    assert judgement.reason == f"expected {judgement.finding.expected}, got {judgement.finding.actual}"
    assert (judgement.requirement, judgement.operation) == ("SCOPE-REQUIRED", str(READ.operation))
    silent = Controls(None, KeyRing(server.dashboard(), "run", CONTRACT))
    assert list(judgements(unconfirmed, CONTRACT, silent, lambda _: False, with_passed=True)) == []


def test_a_control_without_a_response_is_skipped(server: FakeAstrBot) -> None:
    """The next suspect of the same place has its own control."""
    other = asking(READ.operation, path={"bot_id": "other"})
    evidence = evidence_of(READ, WEAK)
    evidence.merge(evidence_of(other, WEAK))
    server.answers[f"GET {other.path}"] = lambda: (401, REFUSED)

    def no_answer() -> tuple[int, object]:
        raise httpx2.ConnectError("gone")

    server.answers[GET_READ] = no_answer
    (judgement,) = concluded(evidence, server)
    assert judgement.finding is not None
    assert other.path in judgement.finding.curl


def test_a_requirement_of_another_release_is_skipped(server: FakeAstrBot) -> None:
    """The places after it are judged."""
    evidence = evidence_of(READ, WEAK, body=envelope({}), status=200)
    place = Place("A-REQUIREMENT", "GET /x", "no key")
    evidence.inspected.add(place)

    assert [one.requirement for one in concluded(evidence, server, with_passed=True)] == ["SCOPE-REQUIRED"]
    assert place.check == "passive_authorization[GET /x: no key]"


def test_a_place_passes_only_if_a_credential_was_rejected(server: FakeAstrBot) -> None:
    """A suspect that no control confirms shows neither."""
    rejected = evidence_of(SKILLS, WEAK, status=403)
    suspected = evidence_of(SKILLS, WEAK)
    server.answers["GET /api/v1/skills"] = lambda: (200, envelope({}))

    assert [one.status for one in concluded(rejected, server, with_passed=True)] == ["passed"]
    assert concluded(suspected, server, with_passed=True) == []
    both = evidence_of(SKILLS, WEAK, status=403)
    both.merge(evidence_of(SKILLS, WEAK, body=envelope({}), status=200))
    assert [one.status for one in concluded(both, server, with_passed=True)] == ["failed"]


@pytest.mark.parametrize(
    ("key", "implied"),
    [(key_with("provider"), True), (key_with("im"), False), (key_with("provider", "im"), True)],
)
def test_a_scope_that_implies_too_much_is_blamed(server: FakeAstrBot, key: Key, implied: bool) -> None:  # noqa: FBT001
    """If `provider` alone opens bots, that is a finding of SCOPE-NOT-IMPLIED."""
    server.admits = lambda _, held: bool(held & {"bot", "config", "provider"})
    evidence = evidence_of(BOTS, key, body=envelope({}), status=200)

    (judgement,) = concluded(evidence, server)
    assert judgement.requirement == ("SCOPE-NOT-IMPLIED" if implied else "SCOPE-REQUIRED")
    assert judgement.finding is not None
    assert judgement.finding.scopes == tuple(sorted(key.scopes))


def test_no_scope_is_blamed_without_controls(server: FakeAstrBot) -> None:
    """A dead key has no scopes that count, and a server that authorizes every key implies nothing."""
    evidence = evidence_of(BOTS, key_with("provider"), body=envelope({}), status=200)
    server.admits = lambda *_: True
    assert [one.requirement for one in concluded(evidence, server)] == ["SCOPE-REQUIRED"]

    silent = Controls(None, KeyRing(server.dashboard(), "run", CONTRACT))
    (judgement,) = judgements(evidence, CONTRACT, silent, lambda _: False, with_passed=False)
    assert judgement.requirement == "SCOPE-REQUIRED"
    dead = evidence_of(BOTS, key_with("provider", state=CredentialState.REVOKED), body=envelope({}), status=200)
    server.admits = lambda _, held: "provider" in held
    server.requests.clear()
    assert [one.requirement for one in concluded(dead, server)] == ["AUTH-REQUIRED"]
    assert server.requests == []
    assert not silent.is_implied(_finding("SCOPE-REQUIRED", "GET /nowhere", "curl"), CONTRACT)


def test_the_simplest_request_is_shown(server: FakeAstrBot) -> None:
    """The shortest `curl` line, in any order of the responses."""
    long = asking(BOTS.operation, query={"enabled": "true"})
    short, other = (evidence_of(one, WEAK, body=envelope({}), status=200) for one in (BOTS, long))
    for first, second in ((short, other), (other, short)):
        evidence = Evidence()
        evidence.merge(first)
        evidence.merge(second)
        (judgement,) = concluded(evidence, server)
        assert judgement.finding is not None
        assert "enabled" not in judgement.finding.curl


def _finding(requirement: str, operation: str, curl: str) -> Finding:
    return Finding(operation, "this", "that", curl, "", requirement=requirement)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (_finding("A", "GET /x", "curl 1"), True),
        (_finding("A", "GET /x", "curl 2"), True),
        (_finding("B", "GET /y", "curl 1"), True),
        (_finding("A", "GET /y", "curl 2"), False),
        (_finding("A", "GET /a", "curl 2"), False),
        (_finding("B", "GET /y", "curl 0"), False),
        (_finding("B", "GET /x", "curl 2"), False),
    ],
)
def test_the_same_finding(other: Finding, expected: bool) -> None:  # noqa: FBT001  by pytest
    """The same request, or the same requirement and operation."""
    assert is_same(_finding("A", "GET /x", "curl 1"), other) == expected


def test_evidence_is_bounded() -> None:
    """A server may authorize thousands of requests."""
    requests = [asking(READ.operation, path={"bot_id": str(number)}) for number in range(70)]
    suspects, authorized = Evidence(), Evidence()
    for request in requests:
        AuthorizationCheck(CONTRACT, suspects)(response_with(REFUSED, status=404, request=request, key=WEAK))
        AuthorizationCheck(CONTRACT, authorized)(response_with(envelope({}), request=request, key=WEAK))

    ((kept,),) = ([*suspects.suspects.values()],)
    ((found,),) = ([*authorized.authorized.values()],)
    assert len(kept) == MOST_SUSPECTS == 8
    assert len(found) == MOST_FINDINGS == 64
    with pytest.raises(FrozenInstanceError):
        kept[0].state = CredentialState.LIVE  # type: ignore[misc]
    assert not hasattr(kept[0], "__dict__")


def test_controls_are_values(server: FakeAstrBot) -> None:
    """Their keys cannot be replaced while findings are confirmed."""
    controls = Controls(None, KeyRing(server.dashboard(), "run", CONTRACT))

    with pytest.raises(FrozenInstanceError):
        controls.target = server.target  # type: ignore[misc]
    assert not hasattr(controls, "__dict__")
    suspect = evidence_of(READ, WEAK).suspects.popitem()[1][0]
    assert not controls.confirm(suspect, Evidence())
