"""The output and the files of a run show no credential, wherever a target or an error puts one."""

import base64
import html
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.target import Target
from astrbot_conformance.report.files import files_of
from astrbot_conformance.secret import KEY_SHAPE, TOKEN_SHAPE
from astrbot_reference import Settings, create_app, running
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conformance.report.samples import SAMPLES

pytestmark = pytest.mark.slow

PASSWORD = "pa ss<w\"ord>&'é"
STRANGER = "abk_canary0123456789canary0123456789canary0123456789"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ"
LEAKY = ("/api/v1/bots", "/api/v1/personas", "/api/v1/chat", "/api/v1/im/bots", "/api/v1/skills")
OPERATIONS = [f"--operation={name}" for name in ("list_bots", "list_personas", "chat", "list_im_bots", "list_skills")]


class LeakyServer:
    """Repeats what it received in its responses: in messages, data and headers. It also shows keys of others."""

    def __init__(self, app: ASGIApp, received_keys: set[str]) -> None:
        self._app = app
        self._heard = received_keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Return the canned response for some paths instead of calling the service."""
        headers = {name.decode(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        credentials = [headers.get("authorization", "").removeprefix("Bearer "), headers.get("x-api-key", "")]
        self._heard.update(key for key in credentials if key.startswith("abk_"))
        if scope["type"] != "http" or scope["path"] not in LEAKY or not any(credentials):
            await self._app(scope, receive, send)
            return
        secrets = [*credentials, STRANGER, TOKEN, PASSWORD, quote(PASSWORD), *map(_encoded, credentials)]
        body = json.dumps({"status": "odd", "message": "x" * 140 + " ".join(secrets), "data": secrets}).encode()
        leaks = [
            (b"x-canary", " ".join(secrets).strip().encode()),
            (b"content-type", f"application/json; k={credentials[0]}".encode()),
        ]
        start: Message = {"type": "http.response.start", "status": 500, "headers": leaks}
        await send(start)
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def received_keys() -> set[str]:
    """Every developer key that the server received."""
    return set()


@pytest.fixture
def leaky(received_keys: set[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that shows every secret."""
    app = create_app(Settings(username="astrbot", password=PASSWORD, logins_at_once=10**6))
    app.add_middleware(LeakyServer, received_keys=received_keys)
    monkeypatch.setenv("ASTRBOT_USERNAME", "astrbot")
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with running(app=app) as url:
        yield url


@pytest.mark.parametrize("processes", ["1", "2"])
def test_secrets_in_responses_are_not_shown(
    processes: str, leaky: str, received_keys: set[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither conform nor replay nor any file of a report shows a key, a token or the password, in any form.

    The same applies to several processes: they create keys, receive those of the others, and inherit streams.
    """
    code = conform([leaky, "--seed", "3", "-n", processes, "--report", str(tmp_path), *OPERATIONS])
    findings = json.loads((tmp_path / "report.json").read_text())["findings"]
    again = replay([str(tmp_path), "1", "--yes"])
    shown = all_output(tmp_path, capfd)

    assert (code, again) == (1, 1)
    assert findings
    assert len(received_keys) > 3
    assert "$ASTRBOT_KEY" in shown
    assert secrets_shown(shown, {*received_keys, STRANGER, TOKEN, PASSWORD}) == []


def test_secrets_in_an_error_of_the_suite_are_not_shown(
    leaky: str,
    received_keys: set[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error of the suite whose text contains a key ends with exit code 3 and shows no key, not even with --debug."""
    sound = Target.send

    def failing(self: Target, request: HttpRequest, key: Key | None = None, *more: object) -> object:
        if key and request.path == "/api/v1/mcp/servers":
            raise RuntimeError(f"cannot send {key.secret.reveal()} and {PASSWORD!r} to {STRANGER}")
        return sound(self, request, key, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Target, "send", failing)
    words = ["--requirement", "SCOPE-REQUIRED", "--operation", "list_mcp_servers", "--debug"]
    code = conform([leaky, "--report", str(tmp_path), *words])
    shown = all_output(tmp_path, capsys)

    assert code == 3
    assert "cannot send $ASTRBOT_KEY" in shown
    assert secrets_shown(shown, {*received_keys, STRANGER, PASSWORD}) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_an_ordinary_report_shows_no_secret(name: str) -> None:
    """No report format contains text that looks like a credential."""
    texts = files_of(SAMPLES[name]).values()

    assert [text for text in texts if KEY_SHAPE.search(text) or TOKEN_SHAPE.search(text)] == []


def all_output(folder: Path, captured: pytest.CaptureFixture[str]) -> str:
    """All output and the content of all files."""
    printed = captured.readouterr()
    written = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()]
    return "\n".join([printed.out, printed.err, *written])


def secrets_shown(text: str, secrets: set[str]) -> list[str]:
    """The secrets that a text shows completely, in part, or in another form."""
    return [secret for secret in secrets if any(form in text for form in _forms(secret))]


def _forms(secret: str) -> set[str]:
    plain = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret), repr(secret)}
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], secret.replace('"', "&quot;")}
    return plain | escaped | {_encoded(secret), *([secret[:20]] if len(secret) > 40 else [])}


def _encoded(secret: str) -> str:
    return base64.b64encode(secret.encode()).decode().rstrip("=") or "none"
