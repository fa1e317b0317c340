"""`astrbot-contract check`: the rights of a key, determined with the key alone and without changes."""

import json
from collections.abc import Iterator

import pytest
from astrbot_api.scopes import Scope
from astrbot_conformance.cli.check import check
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.preflight import key_check
from astrbot_conformance.secret import forget
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


def test_the_scopes_of_a_key_are_shown(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON has the scopes of the key and the implied ones. The key itself is not shown."""
    with operator(base) as client:
        secret = new_key(client, "im", "config")["api_key"]
    monkeypatch.setenv("ASTRBOT_KEY", secret)

    assert check([base, "--format", "json"]) == 0

    out = capsys.readouterr().out
    result = json.loads(out)
    held = {scope for scope, state in result["scopes"].items() if state == "held"}
    assert (result["format"], result["key"], held) == (1, "accepted", {"im", "config", "bot", "provider"})
    assert result["scopes"].keys() == set(Scope)
    assert result["target"]["operations"] == {"contract": 295, "listed": 295, "others": 0}
    assert secret not in out


def test_the_text_output(base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It shows what the key opens, a line for each scope, and how to create a key with other scopes."""
    with operator(base) as client:
        monkeypatch.setenv("ASTRBOT_KEY", new_key(client, "skill")["api_key"])

    assert check([base]) == 0

    out = capsys.readouterr().out
    assert "opens skill." in out
    assert "✓ skill" in out
    assert "· chat" in out
    assert "dashboard" in out


def test_it_sends_few_requests_that_only_read(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most 32 requests, all of them GET, and a third of them with the key."""
    sent: list[HttpResponse] = []
    send = Target.send

    def recorded(self: Target, *words: object, **more: object) -> HttpResponse:
        response: HttpResponse = send(self, *words, **more)  # type: ignore[arg-type]
        sent.append(response)
        return response

    monkeypatch.setattr(Target, "send", recorded)
    with operator(base) as client:
        monkeypatch.setenv("ASTRBOT_KEY", new_key(client, *Scope)["api_key"])

    assert check([base]) == 0
    assert {response.request.method for response in sent} == {"GET"}
    assert len(sent) <= 32
    assert sum(response.key is not None and response.key.id == "given" for response in sent) <= 12


def test_an_invalid_key_is_reported(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 1."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")

    assert check([base, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["key"] == "refused"


OK: dict[str, object] = {"status": "ok", "message": None, "data": {}}
ERROR = {"status": "error", "message": "no"}
SAME_FOR_ALL = [  # responses of a server that ignores the key
    *((200, body) for body in (OK, ERROR, {"status": "ok", "message": "yes", "data": None})),
    *((status, ERROR) for status in (400, 401, 403, 422, 429)),
]


@pytest.mark.parametrize(("status", "body"), SAME_FOR_ALL, ids=str)
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_response_to_every_request_proves_nothing(
    status: int, body: object, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 3 with one line on stderr. No scope is reported as held or missing."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")

    with listening(answering(status, body, more="Retry-After: 0\r\n")) as base:
        code = check([base, "--format", form])

    out, err = capsys.readouterr()
    assert (code, err.count("\n"), "opens nothing" in out) == (3, 1, False)
    assert err.startswith(f"check: {base}: ")
    if form == "text":
        assert out == ""
        return
    result = json.loads(out)
    assert (result["key"], set(result["scopes"].values())) == ("unknown", {"unknown"})
    assert result["reasons"].keys() == result["scopes"].keys()


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (404, "application/json", ERROR),
        (500, "application/json", ERROR),
        (500, "text/plain", "no"),
        (200, "text/html", "<p>Welcome</p>"),
        (401, "text/html", "<p>Log in</p>"),
        (403, "text/html", "<p>No</p>"),
        (200, "application/json", {}),
    ],
    ids=str,
)
def test_no_key_is_checked_on_another_server(
    status: int,
    kind: str,
    body: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line on stderr, nothing on stdout, and neither "accepted" nor "refused"."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")

    with listening(answering(status, body, kind=kind)) as base:
        code = check([base])

    out, err = capsys.readouterr()
    assert (code in (2, 3), out, err.count("\n")) == (True, "", 1)


@pytest.mark.parametrize("wait", ["86400", "31", "1e9"])
def test_a_long_retry_after_is_not_waited_for(
    wait: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check ends within its time limit, with 3 and one line; here a limit of 5 seconds replaces 30."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")
    monkeypatch.setattr(key_check, "TIME_LIMIT", 5.0)
    waits: list[float] = []
    monkeypatch.setattr("astrbot_conformance.http.target.time.sleep", waits.append)

    with listening(answering(429, ERROR, more=f"Retry-After: {wait}\r\n")) as base:
        code = check([base])

    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "gave up: " in err
    assert all(wait <= 5 for wait in waits)


def test_a_slow_server_is_given_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Even if each single response is in time: here the time limit ends after the first responses."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef")
    left = iter([10.0] * 4)
    monkeypatch.setattr(key_check, "seconds_left", lambda: next(left, -1.0))

    with listening(answering(401, ERROR)) as base:
        code = check([base, "--format", "json"])

    out, err = capsys.readouterr()
    reasons = json.loads(out)["reasons"].values()
    assert (code, err.count("\n"), "gave up: no time left" in err) == (3, 1, True)
    assert sum("not tested" in reason for reason in reasons) == len(Scope) - 5


def test_the_variable_must_be_set(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 2 and the error names the variable, before any request."""
    monkeypatch.delenv("ASTRBOT_KEY", raising=False)

    assert check(["http://127.0.0.1:9"]) == 2
    assert "set ASTRBOT_KEY" in capsys.readouterr().err


def test_a_key_that_cannot_be_sent_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, and the key is not repeated."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_0123456789abcdef0123456789abcdef\r")

    assert check(["http://127.0.0.1:9"]) == 2
    error = capsys.readouterr().err
    assert ("ASTRBOT_KEY contains a character" in error, "abk_" in error) == (True, False)
