"""What fewer requests cannot show: who admits less where a key holds more, or forgets just once.

`--exhaustive` asks all of it, and a part is asked of each target that answers quickly.
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

ONE = ("--requirement", "SCOPE-REQUIRED", "--operation", "list_skills")
GENTLY = ("--rate", "1000")  # who bounds the rate is not asked more, however quick it is
REVOKED = ("-k", "test_auth_required_of_a_revoked_key")


@fault(breaks="SCOPE-REQUIRED")
def lonely_key_enters(server: Server) -> None:
    """Skills are open to a key that holds `im` and nothing else."""
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
    """Only the exhaustive run finds a key that would be turned away if it held more, and names its scope."""
    with broken(SETTINGS, lonely_key_enters) as base:
        assert judged(base, tmp_path, *ONE)[0] == 0
        code, report = judged(base, tmp_path, *ONE, "--exhaustive")

    assert code == 1
    assert ["$ASTRBOT_KEY_IM" in finding["curl"] for finding in report["findings"]] == [True]


def test_a_sound_server_stands_it(tmp_path: Path) -> None:
    """Nothing is found on the reference server."""
    with running(SETTINGS) as base:
        assert judged(base, tmp_path, *ONE, "--exhaustive")[0] == 0


def test_a_revoked_key_is_tried_everywhere(tmp_path: Path) -> None:
    """A target that takes its time is asked for it on a few operations, unless everything is to be asked."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base:
        assert judged(base, tmp_path, *REVOKED, *GENTLY)[0] == 0
        code, report = judged(base, tmp_path, *REVOKED, *GENTLY, "--exhaustive")

    assert code == 1
    assert [finding["operation"] for finding in report["findings"]] == ["DELETE /api/v1/bots/{bot_id}"]


def test_a_quick_target_is_asked_more(tmp_path: Path) -> None:
    """Where a key costs the target next to nothing, the one operation that forgets is found unasked."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base:
        assert judged(base, tmp_path, *REVOKED)[0] == 1


def test_a_target_that_hashes_keys_slowly_is_asked_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a real AstrBot does."""
    with broken(SETTINGS, CATALOGUE["revoked-key-accepted-by-one-operation"]) as base, recording(hashing) as heard:
        for name, value in through(heard.url).items():
            monkeypatch.setenv(name, value)
        assert judged(base, tmp_path, *REVOKED)[0] == 0


def hashing(_: Exchange) -> float:
    """Seconds that a real AstrBot takes for the hash of a key, about."""
    return 0.03
