"""Violations that need more requests: a scope that is lost next to others, or a single operation that is not protected.

`--exhaustive` sends all of these requests. A fast target gets a part of them in every run.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from astrbot_conformance.cli.conform import conform
from astrbot_faults import CATALOGUE, Server, broken, fault
from astrbot_reference import running

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, through
from tests.conformance.recording import Exchange, recording

pytestmark = pytest.mark.slow

ONE = ("--requirement", "SCOPE-REQUIRED", "--operation", "list_skills")
GENTLY = ("--rate", "1000")  # with a rate limit, even a fast target gets no additional requests
REVOKED = ("-k", "test_auth_required_of_a_revoked_key")


@fault(breaks="SCOPE-REQUIRED")
def im_key_opens_skills(server: Server) -> None:
    """Skills are open to a key that has only `im`."""
    server.scopes = lambda _, held: held | {"skill"} if held == {"im"} else held


@pytest.fixture(autouse=True)
def _login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login of the server."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)


def judged(base: str, folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code of a run, and its report."""
    code = conform([base, "--seed", "1", "--report", str(folder), *words])
    return code, json.loads((folder / "report.json").read_text())


def test_each_scope_is_tried_alone(tmp_path: Path) -> None:
    """Only an exhaustive run finds a key that is rejected if it has more scopes. The finding names its scope."""
    with broken(SETTINGS, im_key_opens_skills) as base:
        assert judged(base, tmp_path, *ONE)[0] == 0
        code, report = judged(base, tmp_path, *ONE, "--exhaustive")

    assert code == 1
    assert ["$ASTRBOT_KEY_IM" in finding["curl"] for finding in report["findings"]] == [True]


def test_a_sound_server_has_no_findings(tmp_path: Path) -> None:
    """There are no findings on the reference server."""
    with running(SETTINGS) as base:
        assert judged(base, tmp_path, *ONE, "--exhaustive")[0] == 0


def test_a_revoked_key_is_tried_everywhere(tmp_path: Path) -> None:
    """On a slow target, a run tries it on a few operations only, unless it is exhaustive."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base:
        assert judged(base, tmp_path, *REVOKED, *GENTLY)[0] == 0
        code, report = judged(base, tmp_path, *REVOKED, *GENTLY, "--exhaustive")

    assert code == 1
    assert [finding["operation"] for finding in report["findings"]] == ["DELETE /api/v1/bots/{bot_id}"]


def test_a_fast_target_gets_more_requests(tmp_path: Path) -> None:
    """If requests with a key are cheap, a single unprotected operation is found in every run."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base:
        assert judged(base, tmp_path, *REVOKED)[0] == 1


def test_a_slow_target_gets_fewer_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real AstrBot hashes keys slowly."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base, recording(hashing) as recorder:
        for name, value in through(recorder.url).items():
            monkeypatch.setenv(name, value)
        assert judged(base, tmp_path, *REVOKED)[0] == 0


def hashing(_: Exchange) -> float:
    """The approximate seconds that a real AstrBot needs to hash a key."""
    return 0.03
