"""A target behind TLS: its certificate is trusted when it is named, or when any is."""

import json
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from astrbot_conformance.cli.conform import conform
from astrbot_reference import create_app
from astrbot_reference.serving import HOST, listen
from fastapi import FastAPI, Request, Response

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own making, and beside it the key (`.key`)."""
    made = tmp_path_factory.mktemp("tls") / "here.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=here"
    given = ["-addext", f"subjectAltName=IP:{HOST}", "-keyout", f"{made}.key", "-out", str(made)]
    subprocess.run(["openssl", *words.split(), *given], check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[str]:
    """A reference server that speaks https only, and takes the token of its dashboard from a cookie too."""
    listener, app = listen(0), create_app(SETTINGS)
    take_cookies(app)
    settings = {
        "log_level": "error",
        "lifespan": "on",
        "ssl_certfile": certificate,
        "ssl_keyfile": f"{certificate}.key",
    }
    server = uvicorn.Server(uvicorn.Config(app, **settings))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"https://{HOST}:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


def take_cookies(app: FastAPI) -> None:
    """Set the token as a cookie with each login, and let in by it who presents nothing else: as a real AstrBot does."""

    @app.middleware("http")
    async def cookies(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        if (token := request.cookies.get("token")) and not {"authorization", "x-api-key"} & set(request.headers):
            request.scope["headers"] = [*request.headers.raw, (b"authorization", f"Bearer {token}".encode())]
        response = await go_on(request)
        if not request.url.path.endswith("/auth/login"):
            return response
        body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
        told = Response(body, response.status_code, media_type="application/json")
        told.set_cookie("token", json.loads(body)["data"]["token"], secure=True, httponly=True)
        return told


@pytest.mark.parametrize(
    ("more", "code"),
    [([], 2), (["--insecure"], 0), (["--ca", "{}"], 0), (["--ca", "{}", "-n", "2"], 0)],
    ids=["unknown", "any", "named", "named, in two processes"],
)
def test_a_certificate_is_trusted_when_told(
    *,
    secure: str,
    certificate: Path,
    more: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Otherwise the line that says so names both options."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    words = [word.format(certificate) for word in more]

    assert conform([secure, "--requirement", "IM-BOTS", "--report", str(tmp_path), *words]) == code
    assert ("--ca FILE, or --insecure" in capsys.readouterr().err) is bool(code)


def test_the_cookie_of_the_login_is_not_sent_back(
    secure: str, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has it needs no key: every operation would seem to be open to everybody."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    asked = ["--requirement", "AUTH-REQUIRED", "--operation", "GET /api/v1/im/bots"]

    assert conform([secure, *asked, "--ca", str(certificate), "--report", str(tmp_path)]) == 0
