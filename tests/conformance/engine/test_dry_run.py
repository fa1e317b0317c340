"""`--dry-run` lists the requests of a run and sends nothing to the target."""

import re
from pathlib import Path

import pytest
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.secret import KEY_SHAPE

from tests.conformance.hostile import listening
from tests.conformance.recording import recording

pytestmark = pytest.mark.slow


def test_nothing_is_sent(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The requests are listed, no report is written, and the target gets no request. No login is needed."""
    monkeypatch.delenv("ASTRBOT_PASSWORD", raising=False)
    monkeypatch.chdir(tmp_path)
    received: list[str] = []
    with listening(lambda _, path: received.append(path)) as base:
        code = conform([base, "--dry-run", "--requirement", "SCOPE-REQUIRED", "--tag", "im", "--seed", "1"])

    output = capsys.readouterr()
    assert (code, output.err, received) == (0, "", [])
    assert list(tmp_path.iterdir()) == []
    lines = output.out.splitlines()
    assert "POST /api/v1/auth/login" in output.out
    assert "GET /api/v1/im/bots $ASTRBOT_KEY_IM" in lines
    assert "GET /api/v1/im/bots $ASTRBOT_KEY_ALL_BUT_IM" in lines
    assert f"nothing was sent to {base}" in output.out
    assert not KEY_SHAPE.search(output.out)


@pytest.mark.parametrize("words", [["--effects", "read"], []], ids=["read", "write"])
def test_the_effects_level_applies(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests that the level forbids are not listed; the others are."""
    with recording() as recorder:
        assert conform([recorder.url, "--dry-run", "-k", "journey_bot or scope_required", "--tag", "bots", *words]) == 0

    listed = capsys.readouterr().out
    assert recorder.exchanges == []
    assert bool(re.search(r"^DELETE /api/v1/bots/conform-[0-9a-f]{20}-bot ", listed, re.MULTILINE)) == (words == [])
    assert re.search(r"^DELETE /api/v1/bots/conform-[0-9a-f]{20}-none-1 ", listed, re.MULTILINE)


def test_given_keys_are_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    """The built-in server does not know them: exit code 2."""
    assert conform(["http://127.0.0.1:9", "--dry-run", "--keys", "keys.toml"]) == 2
    assert "--dry-run cannot be used with --keys" in capsys.readouterr().err
