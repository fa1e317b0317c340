"""A server that returns every credential it receives, in every encoding: no output shows any of them."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from astrbot_conformance.cli.check import check
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.secret import forget
from astrbot_reference import Settings, create_app, running
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conformance.masking.encodings import ENCODERS, shown_of

pytestmark = pytest.mark.slow

PASSWORD = 'it\'s "quoted" \\u0041 & <100%25> on 42 é'
READS = ("list_bots", "list_personas", "list_im_bots", "list_skills", "list_mcp_servers", "list_providers")
PATHS = ("/api/v1/bots", "/api/v1/personas", "/api/v1/im/bots", "/api/v1/skills", "/api/v1/mcp/servers")
WORTH_HIDING = 20  # characters: a run also sends `abk_` and the first characters of a key
PLACES = ("message", "id", "name", "header", "header name", "page", "events", "json in json", "location", "problem")


class Echo:
    """Returns the key of a request on some paths, each time in another encoding and place."""

    def __init__(self, app: ASGIApp, received_keys: set[str], shown: set[tuple[str, str]]) -> None:
        self._app = app
        self._heard = received_keys
        self._shown = shown
        self._turns = cycle([(place, encoding) for place in PLACES for encoding in ENCODERS])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Return the canned response for some paths if a key was sent."""
        headers = {name.decode(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        key = headers.get("authorization", "").removeprefix("Bearer ") or headers.get("x-api-key", "")
        if scope["type"] != "http" or scope["path"] not in PATHS or not key.startswith("abk_"):
            await self._app(scope, receive, send)
            return
        if len(key) > WORTH_HIDING:
            self._heard.add(key)
        place, encoding = next(self._turns)
        self._shown.add((place, encoding))
        status, more, body = _response(place, ENCODERS[encoding](key), ENCODERS[encoding](PASSWORD))
        start: Message = {"type": "http.response.start", "status": status, "headers": more}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _response(place: str, key: str, password: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    both = f"{key} and {password}"
    line = quote(both, safe=" %:;,&#=\"'<>()[]{}\\/+-_.!?*@$~^|").encode()  # characters that a header can contain
    kind = "text/html" if place == "page" else "text/event-stream" if place == "events" else "application/json"
    headers = [(b"content-type", kind.encode())]
    body: dict[str, object] = {"status": "odd", "message": None, "data": {}}
    if place == "message":
        body["message"] = both
    elif place in ("id", "name"):
        body["data"] = {"bots": [{place: key, both: password}]}
    elif place == "header":
        headers.append((b"x-canary", line))
    elif place == "header name":
        headers.append((b"x-" + quote(key, safe="").encode().replace(b"%", b"-"), b"1"))
    elif place == "json in json":
        body["data"] = json.dumps({"message": json.dumps({"key": key, "password": password})})
    elif place == "location":
        return 307, [*headers, (b"location", b"http://127.0.0.1:1/?key=" + quote(both, safe="%").encode())], b""
    elif place == "problem":
        return 500, headers, f"Traceback (most recent call last):\n  KeyError: {both!r}".encode()
    elif place == "page":
        return 200, headers, f"<!doctype html><title>{key}</title><p>{password}</p>".encode()
    elif place == "events":
        return 200, headers, f"data: {json.dumps({'type': 'plain', 'data': both})}\n\ndata: {both}\n\n".encode()
    return 200, headers, json.dumps(body).encode()


class Issuer:
    """Issues ordinary words as keys and, on request, as tokens."""

    def __init__(self, app: ASGIApp, word: str, member: str) -> None:
        self._app = app
        self._word = word
        self._member = member

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and replace the issued credential in the response with the word."""
        if scope["type"] != "http" or scope["path"] not in ("/api/v1/api-keys", "/api/v1/auth/login"):
            await self._app(scope, receive, send)
            return

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
            elif message.get("body"):
                body = json.loads(message["body"])
                if isinstance(body.get("data"), dict) and self._member in body["data"]:
                    body["data"][self._member] = self._word
                message["body"] = json.dumps(body).encode()
            await send(message)

        await self._app(scope, receive, changed)


@pytest.fixture
def received_keys() -> set[str]:
    """Every developer key that the server received."""
    return set()


@pytest.fixture
def shown() -> set[tuple[str, str]]:
    """The places where the server showed a key, and the encodings."""
    return set()


@pytest.fixture
def echo(received_keys: set[str], shown: set[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that repeats everything."""
    app = create_app(Settings(username="astrbot", password=PASSWORD, logins_at_once=10**6))
    app.add_middleware(Echo, received_keys=received_keys, shown=shown)
    monkeypatch.setenv("ASTRBOT_USERNAME", "astrbot")
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with running(app=app) as url:
        yield url
    forget()


def test_no_command_shows_a_repeated_credential(
    echo: str,
    received_keys: set[str],
    shown: set[tuple[str, str]],
    *,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A decoder that shares no code with the suite finds no credential, in any place and encoding."""
    words = [*(f"--operation={name}" for name in READS), "--exhaustive", "--debug", "--report", str(tmp_path)]
    code = conform([echo, "--seed", "3", *words])
    again = replay([str(tmp_path), "--url", echo])
    compared = diff([str(tmp_path), str(tmp_path)])
    for key in sorted(received_keys)[:3]:
        monkeypatch.setenv("ASTRBOT_KEY", key)
        check([echo])
        check([echo, "--format", "json"])
    cleaned = clean([echo])
    printed = capfd.readouterr()
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    texts |= {"stdout": printed.out, "stderr": printed.err}

    assert (code, again, compared) == (1, 1, 0)
    assert cleaned in (0, 3)
    assert len(received_keys) > 10
    assert len(shown) > len(PLACES) * len(ENCODERS) // 2
    assert "A SECRET GOT OUT" not in printed.err
    assert set(texts) >= {"report.json", "report.html", "junit.xml", "report.sarif", "summary.md"}
    assert [name for name, text in texts.items() if shown_of([*received_keys, PASSWORD], text)] == []


@pytest.mark.parametrize("word", ["status", "error", "requirement", "Insufficient API key scope", "conformant"])
def test_a_word_issued_as_a_key_does_not_garble_the_report(
    word: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is not judged and says why, and its report is complete."""
    app = create_app(Settings(username="astrbot", password=PASSWORD, logins_at_once=10**6))
    app.add_middleware(Issuer, word=word, member="api_key")
    monkeypatch.setenv("ASTRBOT_USERNAME", "astrbot")
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with running(app=app) as url:
        code = conform([url, "--requirement", "SCOPE-REQUIRED", "--operation", "list_bots", "--report", str(tmp_path)])
    printed = capfd.readouterr()
    report = json.loads((tmp_path / "report.json").read_text())

    assert (code, report["verdict"], report["requirements"][0]["status"]) == (3, "not-judged", "not-judged")
    assert "no usable key" in printed.out
    assert "A SECRET GOT OUT" not in printed.err
    assert "$ASTRBOT_KEY" not in printed.out


def test_a_word_issued_as_a_token_ends_the_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says that the token is not usable."""
    app = create_app(Settings(username="astrbot", password=PASSWORD, logins_at_once=10**6))
    app.add_middleware(Issuer, word="status", member="token")
    monkeypatch.setenv("ASTRBOT_USERNAME", "astrbot")
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with running(app=app) as url:
        code = conform([url, "--report", str(tmp_path)])

    assert code == 3
    assert "no usable token" in capfd.readouterr().err
