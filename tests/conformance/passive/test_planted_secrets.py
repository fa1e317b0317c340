"""Planted secrets are found in the responses to keys that may not read them, and in no report."""

import base64
import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace

import pytest
from astrbot_api import releases
from astrbot_api.operations import BY_ID
from astrbot_conformance import secret
from astrbot_conformance.astrbot_credentials import READERS, shows_no_planted_secret, shows_no_secret
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http import CredentialState, HttpResponse, Key, KeyHeader, TargetOptions, asking
from astrbot_conformance.secret import PLANTED, Secret
from astrbot_conformance.verdict.finding import FindingRaised
from astrbot_faults import CATALOGUE, broken

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, operator
from tests.conformance.leftovers import everything, keyed

CONTRACT = releases.contract()
TEXT = "Sk70123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def bot_secret() -> Iterator[Secret]:
    """The secret of a bot, as the only registered secret."""
    secret.forget()
    yield Secret(TEXT, f"{PLANTED}BOT")
    secret.forget()


def key_with(*scopes: str, state: CredentialState = CredentialState.LIVE, id: str = "mine") -> Key:
    """A key with these scopes."""
    return Key(id, frozenset(scopes), Secret("abk_of-the-one-who-reads-this", "ASTRBOT_KEY"), state)


def answer(key: Key | None, shown: object, *, operation: str = "list_skills", status: int = 200) -> HttpResponse:
    """A response to a key that contains `shown`."""
    return HttpResponse(
        base="http://127.0.0.1:6185",
        request=asking(BY_ID[operation]),
        key=key,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": "application/json"},
        body=json.dumps({"status": "ok" if status == 200 else "error", "message": "", "data": shown}).encode(),
        seconds=0.0,
    )


WRITTEN = [  # the last one is beyond the bytes that are searched in every encoding
    TEXT,
    base64.b64encode(f"the token is {TEXT}".encode()).decode(),
    TEXT.encode().hex(),
    "x" * 200_000 + TEXT,
]


@pytest.mark.parametrize("written", WRITTEN, ids=["plain", "base64", "hexadecimal", "far behind"])
def test_a_secret_is_found_in_every_form(written: str) -> None:
    """The finding names the scope that may read the secret. It shows no form of the secret."""
    with pytest.raises(FindingRaised) as raised:
        shows_no_planted_secret(answer(key_with("skill"), {"debug": [written]}), CONTRACT)

    assert "only keys with bot may read" in raised.value.finding.actual
    assert raised.value.finding.level == "MUST"
    assert written not in repr(raised.value.finding)


def test_a_key_with_the_scope_may_read_it() -> None:
    """So may a key whose scope implies it, and the dashboard."""
    for key in (key_with("bot"), key_with("config"), key_with("skill", "bot"), key_with(id="")):
        operation = "list_bots" if "skill" not in key.scopes else "list_skills"
        assert not shows_no_planted_secret(answer(key, TEXT, operation=operation), CONTRACT)


@pytest.mark.parametrize("key", [None, key_with("skill"), key_with("bot", state=CredentialState.REVOKED)])
def test_a_request_that_had_to_be_rejected_is_left_to_other_requirements(key: Key | None) -> None:
    """If it is authorized, that is a finding of AUTH-REQUIRED or SCOPE-REQUIRED. A rejection must show no secret."""
    assert not shows_no_planted_secret(answer(key, TEXT, operation="list_bots"), CONTRACT)
    with pytest.raises(FindingRaised):
        shows_no_planted_secret(answer(key, TEXT, operation="list_bots", status=403), CONTRACT)


def test_a_public_operation_shows_no_secret_to_anybody() -> None:
    """It requires no scope, so nobody may see a secret there."""
    for key in (None, key_with("skill")):
        with pytest.raises(FindingRaised):
            shows_no_planted_secret(answer(key, TEXT, operation="get_openapi_document"), CONTRACT)


def test_a_response_without_a_secret_is_judged() -> None:
    """It counts only if the key may not read every planted secret, and if it got data."""
    assert shows_no_planted_secret(answer(key_with("skill"), {"skills": []}), CONTRACT)
    assert not shows_no_planted_secret(answer(key_with("skill"), {}, status=400), CONTRACT)
    secret.forget()
    assert not shows_no_planted_secret(answer(key_with("skill"), {"skills": []}), CONTRACT)


def test_a_planted_secret_is_no_credential() -> None:
    """The configuration of a bot may show its secret to a key with `bot`; it is masked in every output."""
    assert shows_no_secret(answer(key_with("bot"), {"bots": [{"token": TEXT}]}, operation="list_bots"), CONTRACT)
    assert secret.mask(f"token {TEXT}") == "token $ASTRBOT_CANARY_BOT"


def test_every_scope_that_reads_a_secret_exists_in_a_release() -> None:
    """A misspelled scope would make every key a wrong one."""
    known = {scope for release in releases.RELEASES for scope in releases.contract(release).scopes}

    assert set().union(*READERS.values()) <= known


def test_a_finding_names_every_scope_and_the_key() -> None:
    """Of all secrets that the response shows, in order. Without a key, it names no scopes of one."""
    other = Secret("Another-0123456789-abc", f"{PLANTED}PROVIDER")
    both = [TEXT, other.reveal()]

    for key, scopes in ((key_with("skill", "im"), ("im", "skill")), (None, ())):
        with pytest.raises(FindingRaised) as raised:
            shows_no_planted_secret(answer(key, both, operation="get_openapi_document"), CONTRACT)
        finding = raised.value.finding
        assert finding.actual == "the response shows a secret that only keys with bot or provider may read"
        assert finding.scopes == scopes


def test_the_dashboard_and_a_login_may_show_every_secret() -> None:
    """Nor does a response count that no key asked for."""
    public = "get_openapi_document"
    login = replace(answer(None, TEXT), request=asking(BY_ID["log_in"], json_body={"password": "a"}))

    assert shows_no_planted_secret(answer(key_with(id=""), TEXT, operation=public), CONTRACT) is False
    assert shows_no_planted_secret(login, CONTRACT) is False
    assert shows_no_planted_secret(answer(None, {}, operation=public), CONTRACT) is False
    assert shows_no_planted_secret(answer(key_with("skill"), {}, operation=public), CONTRACT) is True


def test_a_closed_operation_is_left_to_another_requirement() -> None:
    """If it authorizes a key. If it rejects it, the rejection must show no secret."""
    closed = next(one.id for one in CONTRACT.closed if one.method == "GET")

    assert shows_no_planted_secret(answer(key_with("skill"), TEXT, operation=closed), CONTRACT) is False
    with pytest.raises(FindingRaised):
        shows_no_planted_secret(answer(key_with("skill"), TEXT, operation=closed, status=403), CONTRACT)


def test_an_unknown_planted_secret_is_not_judged() -> None:
    """Nothing says who may read it."""
    secret.forget()
    Secret(TEXT, f"{PLANTED}OTHER")

    assert shows_no_planted_secret(answer(key_with("skill"), TEXT), CONTRACT) is False
    with pytest.raises(FrozenInstanceError):
        shows_no_planted_secret.readers = {}  # type: ignore[misc]
    assert not hasattr(shows_no_planted_secret, "__dict__")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_finds_a_leak_and_removes_what_it_planted(workers: int) -> None:
    """The leaking operation alone has a finding. Afterwards, neither the report nor the server has a planted secret."""
    fault = CATALOGUE["skills-show-provider-sources"]
    operations = frozenset({"list_skills", "list_bots"})
    selection = Selection(seed=1, requirements=frozenset({"SCOPE-SECRETS"}), operations=operations)
    with broken(SETTINGS, fault) as url, operator(url) as client, keyed(client) as (target, key):
        before = everything(target, key)
        place, password = TargetOptions(base=url, disposable=True), Secret(PASSWORD, "ASTRBOT_PASSWORD")
        options = RunOptions(place, USERNAME, password, selection, workers=workers)
        report, errors = judge(options, lambda *_: None)
        after = everything(target, key)
    planted = [one.reveal() for one in secret.all_held() if secret.is_planted(one.variable)]

    assert (errors, report.trouble) == ([], None)
    assert [one.check for one in report.findings] == ["test_scope_secrets[GET /api/v1/skills]"]
    assert len(planted) == 9
    assert not any(text in repr(report) for text in planted)
    assert after == before
