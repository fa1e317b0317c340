"""`astrbot-contract check`: what a key can do, learnt with the key alone and without changing anything."""

import json
from collections.abc import Iterator

import pytest
from astrbot_api.scopes import Scope
from astrbot_conformance.cli import check
from astrbot_conformance.secret import forget
from astrbot_conformance.wire.answer import Answer
from astrbot_conformance.wire.target import Target
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, new_key, operator
from tests.conformance.hostile import answering, listening


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server."""
    with running(SETTINGS) as url:
        yield url


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """No secret outlives a test."""
    yield
    forget()


def test_the_scopes_of_a_key_are_told(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it holds and what follows from it, for scripts; the key itself is shown nowhere."""
    with operator(base) as client:
        secret = new_key(client, "im", "config")["api_key"]
    monkeypatch.setenv("ASTRBOT_KEY", secret)

    assert check([base, "--format", "json"]) == 0

    said = capsys.readouterr().out
    told = json.loads(said)
    held = {scope for scope, state in told["scopes"].items() if state == "held"}
    assert (told["format"], told["key"], held) == (1, "accepted", {"im", "config", "bot", "provider"})
    assert told["scopes"].keys() == set(Scope)
    assert told["target"]["operations"] == {"contract": 295, "listed": 295, "others": 0}
    assert secret not in said


def test_people_are_told_in_words(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the key opens, a line for each scope, and where another scope comes from."""
    with operator(base) as client:
        monkeypatch.setenv("ASTRBOT_KEY", new_key(client, "skill")["api_key"])

    assert check([base]) == 0

    said = capsys.readouterr().out
    assert "opens skill." in said
    assert "✓ skill" in said
    assert "· chat" in said
    assert "dashboard" in said


def test_it_asks_little_and_only_to_read(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen requests at most, every one a GET."""
    sent: list[str] = []
    send = Target.send

    def recorded(self: Target, *words: object, **more: object) -> Answer:
        answer: Answer = send(self, *words, **more)  # type: ignore[arg-type]
        sent.append(answer.request.method)
        return answer

    monkeypatch.setattr(Target, "send", recorded)
    with operator(base) as client:
        monkeypatch.setenv("ASTRBOT_KEY", new_key(client, *Scope)["api_key"])

    assert check([base]) == 0
    assert set(sent) == {"GET"}
    assert len(sent) <= 12


def test_a_key_that_is_none_is_told(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")

    assert check([base, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["key"] == "refused"


def test_what_cannot_be_told_is_not_guessed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that answers everything with 429 says nothing of a key: exit code 3."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")
    busy = answering(429, {"status": "error", "message": "slow"}, more="Retry-After: 0\r\n")

    with listening(busy) as base:
        code = check([base, "--format", "json"])

    told = json.loads(capsys.readouterr().out)
    assert (code, told["key"]) == (3, "unknown")
    assert set(told["scopes"].values()) == {"unknown"}
    assert told["reasons"].keys() == told["scopes"].keys()


def test_a_key_is_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and the name of the variable, before anything is sent."""
    monkeypatch.delenv("ASTRBOT_KEY", raising=False)

    assert check(["http://127.0.0.1:9"]) == 2
    assert "set ASTRBOT_KEY" in capsys.readouterr().err


def test_a_key_that_cannot_be_sent_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the key is not repeated."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef\r")

    assert check(["http://127.0.0.1:9"]) == 2
    told = capsys.readouterr().err
    assert ("ASTRBOT_KEY holds a character" in told, "abk_" in told) == (True, False)
