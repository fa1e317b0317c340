"""A target with TLS: its certificate is trusted if an option names it, or if any certificate is accepted."""

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

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate, and next to it the key (`.key`)."""
    path = tmp_path_factory.mktemp("tls") / "here.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=here"
    given = ["-addext", f"subjectAltName=IP:{HOST}", "-keyout", f"{path}.key", "-out", str(path)]
    subprocess.run(["openssl", *words.split(), *given], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[str]:
    """A reference server with https only, which also accepts the dashboard token from a cookie."""
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
    """Set the token as a cookie at each login, and accept it from requests without credentials, as AstrBot does."""

    @app.middleware("http")
    async def cookies(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        if (token := request.cookies.get("token")) and not {"authorization", "x-api-key"} & set(request.headers):
            request.scope["headers"] = [*request.headers.raw, (b"authorization", f"Bearer {token}".encode())]
        response = await go_on(request)
        if not request.url.path.endswith("/auth/login"):
            return response
        body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
        changed = Response(body, response.status_code, media_type="application/json")
        changed.set_cookie("token", json.loads(body)["data"]["token"], secure=True, httponly=True)
        return changed


@pytest.mark.parametrize(
    ("more", "code"),
    [([], 2), (["--insecure"], 0), (["--ca", "{}"], 0), (["--ca", "{}", "-n", "2"], 0)],
    ids=["unknown", "any", "named", "named, in two processes"],
)
def test_a_certificate_is_trusted_if_an_option_says_so(
    *,
    secure: str,
    certificate: Path,
    more: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Otherwise, the error names both options."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    words = [word.format(certificate) for word in more]

    assert conform([secure, "--requirement", "IM-BOTS", "--report", str(tmp_path), *words]) == code
    assert ("--ca FILE, or --insecure" in capsys.readouterr().err) is bool(code)


def test_the_login_cookie_is_not_sent_back(
    secure: str, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request with the cookie needs no key, so every operation would seem to be open."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    options = ["--requirement", "AUTH-REQUIRED", "--operation", "GET /api/v1/im/bots"]

    assert conform([secure, *options, "--ca", str(certificate), "--report", str(tmp_path)]) == 0
