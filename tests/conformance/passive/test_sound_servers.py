"""A server that rejects every credential that it must reject has no findings, in whatever way it responds otherwise."""

from collections.abc import Callable
from itertools import count

import pytest
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.secret import Secret
from astrbot_reference import running
from astrbot_reference.app import create_app
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME

pytestmark = pytest.mark.slow

Respond = Callable[[Scope], Response | None]  # a response instead of the server, or None
PAGE = "<!doctype html><title>AstrBot</title>"
NUMBERS = count()


def _web_ui(scope: Scope) -> Response | None:
    """Skills are not served, and a web UI answers every GET of an unknown path."""
    if not scope["path"].startswith("/api/v1/skills"):
        return None
    return HTMLResponse(PAGE) if scope["method"] == "GET" else JSONResponse({"detail": "Method Not Allowed"}, 405)


def _proxy_page(scope: Scope) -> Response | None:
    """Skills are not served, and a proxy returns its own page."""
    return HTMLResponse("<h1>404</h1>", 404) if scope["path"].startswith("/api/v1/skills") else None


def _firewall(scope: Scope) -> Response | None:
    """A firewall rejects every deletion, with any credential."""
    return HTMLResponse("<h1>Bad request</h1>", 400) if scope["method"] == "DELETE" else None


def _moved(scope: Scope) -> Response | None:
    """Personas are at another address."""
    moved = scope["path"].startswith("/api/v1/personas")
    return Response(status_code=307, headers={"location": "/elsewhere"}) if moved else None


def _busy(scope: Scope) -> Response | None:
    """Every fiftieth request gets 503."""
    is_busy = next(NUMBERS) % 50 == 49 and "auth" not in scope["path"]
    return JSONResponse({"detail": "slow down"}, 429, headers={"retry-after": "0"}) if is_busy else None


class Interposed:
    """Answers some requests instead of the server."""

    def __init__(self, app: ASGIApp, respond: Respond) -> None:
        self._app = app
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_api = scope["type"] == "http" and scope["path"].startswith("/api/v1/")
        await ((self._respond(scope) if is_api else None) or self._app)(scope, receive, send)


@pytest.mark.parametrize("respond", [_web_ui, _proxy_page, _firewall, _moved, _busy], ids=lambda one: one.__name__)
def test_no_finding(respond: Respond) -> None:
    """Wrong credentials are sent to existing resources of every kind."""
    app = create_app(SETTINGS)
    app.add_middleware(Interposed, respond=respond)

    with running(app=app) as url:
        selection = Selection(seed=1, requirements=frozenset({"SCOPE-NO-EFFECT", "MSG-TYPES"}))
        options = RunOptions(
            TargetOptions(base=url, disposable=True), USERNAME, Secret(PASSWORD, "ASTRBOT_PASSWORD"), selection
        )
        report, mistakes = judge(options, lambda *_: None)

    assert mistakes == []
    assert [(finding.requirement, finding.curl) for finding in report.findings] == []
    assert any(judgement.status == "passed" for judgement in report.judgements)
