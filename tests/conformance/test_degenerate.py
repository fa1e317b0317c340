"""A server that returns the same response to every request is not conformant, even if some checks pass by accident."""

import pytest
from astrbot_api import releases
from astrbot_conformance.astrbot_operations import CREATE_KEY, DELETE_KEY, LIST_KEYS, REVOKE_KEY
from astrbot_conformance.cli.conform import conform

from tests.conformance.dashboard import PASSWORD, USERNAME
from tests.conformance.default_run import default_run
from tests.conformance.degenerate import ACCEPTING, REFUSING, Canned, always
from tests.conformance.hostile import answering, listening

pytestmark = pytest.mark.slow

TAGS = ("api-keys", "im", "system")  # a few operations of each kind
MANAGEMENT = frozenset(map(str, (CREATE_KEY, LIST_KEYS, REVOKE_KEY, DELETE_KEY)))  # these conform on such a server
SOME = frozenset(one.id for one in releases.contract(releases.BASE).operations if one.tag in TAGS)
OPEN = "GET /api/v1/stats/version"  # needs no key, so that its responses without one are judged


@pytest.mark.parametrize("canned", REFUSING.values(), ids=REFUSING)
def test_a_server_that_rejects_everything_passes_no_check_of_operations(canned: Canned) -> None:
    """Only checks of key management pass, and the verdict is not conformant."""
    report = default_run(serving=always(canned), operations=SOME, timeout=5.0)
    passed = [one for one in report.judgements if one.status == "passed"]

    assert report.verdict != "conformant"
    assert {one.operation for one in passed} - {None, OPEN} <= MANAGEMENT
    assert {one.requirement for one in passed if one.operation is None} <= {"KEY-FORMAT", "KEY-LISTED"}
    assert report.trouble


@pytest.mark.parametrize("canned", ACCEPTING.values(), ids=ACCEPTING)
def test_a_server_that_accepts_everything_fails(canned: Canned) -> None:
    """Any key opens every operation: there is a finding for the scope of every keyed operation."""
    report = default_run(serving=always(canned), operations=SOME, timeout=5.0)

    assert report.verdict == "violations"


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (status, kind, body)
        for status in (200, 401, 500)
        for kind, body in (
            ("application/json", {"status": "error", "message": "no"}),
            ("application/json", {}),
            ("text/html", "<!doctype html><p>Welcome</p>"),
        )
    ],
    ids=str,
)
def test_a_server_without_a_login_is_not_judged(
    status: int,
    kind: str,
    body: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line, exit code 2 or 3, and no verdict."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with listening(answering(status, body, kind=kind)) as base:
        code = conform([base])

    out, err = capsys.readouterr()
    assert (code in (2, 3), out, err.count("\n")) == (True, "", 1)
