"""Puts the server together: store, services, authentication and error responses."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from astrbot_api import releases
from astrbot_api.server.security import InsufficientScope
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from . import services
from .auth import Authentication
from .clock import Clock, utc_now
from .context import Context
from .http.body_limit import limit_bodies
from .http.host_check import HostCheck
from .http.input_refusal import refused_input
from .http.login_limit import LoginLimit
from .http.route_index import RouteIndex
from .key_page import KeyPage
from .overrides import Overrides
from .refusal import Refusal, Unauthorized, refused, refused_by_service
from .settings import Settings
from .stores.account import Account
from .stores.key_store import KeyStore
from .stores.logins import Logins
from .stores.store import Store, Unavailable
from .threads import Threads

log = logging.getLogger(__name__)

SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def create_app(settings: Settings, clock: Clock = utc_now, overrides: Overrides | None = None) -> FastAPI:
    """The reference server as an ASGI application. `app.state.account` is its login.

    overrides: subclasses that replace classes of the server.

    Raises ValueError if the release is unknown, and the errors of `Store` if the database cannot be opened.
    """
    contract, overrides = releases.contract(settings.release), overrides or Overrides()
    store, closing = overrides.of(Store)(settings.database), AsyncExitStack()
    closing.callback(store.close)
    threads = Threads(quick_store=store.in_memory)
    closing.callback(threads.close)
    keys = overrides.of(KeyStore)(store, clock, contract)
    if settings.expired_key:
        keys.keep_expired(settings.expired_key)
    account = Account(store, settings)
    logins = Logins(clock, settings.login_seconds)
    authentication = overrides.of(Authentication)(account, keys, contract, threads, logins)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with closing:
            yield

    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan, telemetry=SILENT
    )
    app.state.account = account
    overrides.of(KeyPage)(contract).serve(app)
    app.add_middleware(LoginLimit, at_once=settings.logins_at_once, seconds=settings.seconds_between_logins)
    app.add_middleware(HostCheck, allowed=settings.allowed_hosts)
    render_refusals(app, enveloped=contract.release != releases.BASE)
    parts = (store, clock, contract, keys, authentication, threads, closing, overrides)
    if contract.release == releases.BASE:
        services.serve(app, Context(*parts))
    else:
        from . import later  # noqa: PLC0415  its models take a third of the time to start; the base needs none

        later.serve(app, later.Context(*parts))
    limit_bodies(app.router.routes, contract, authentication.authenticate)
    app.router.routes.insert(0, RouteIndex(app.router.routes))
    return app


def render_refusals(app: FastAPI, *, enveloped: bool) -> None:
    """Give every error response the shape that the contract defines.

    enveloped: whether undeclared methods, invalid bytes and internal errors use the error envelope too.
    """

    @app.exception_handler(Refusal)
    async def refusal(request: Request, error: Refusal) -> Response:
        return refused_by_service(request.state.operation, error)

    @app.exception_handler(RequestValidationError)
    async def bad_input(request: Request, error: RequestValidationError) -> Response:
        found = refused_input(request.state.contract, request.state.operation, error)
        return await refusal(request, found) if isinstance(found, Refusal) else found

    @app.exception_handler(Unauthorized)
    async def unauthorized(_: Request, error: Unauthorized) -> Response:
        return refused(401, str(error))

    @app.exception_handler(Unavailable)
    async def unavailable(_: Request, error: Unavailable) -> Response:
        return refused(503, f"{error}; try again", {"Retry-After": "1"})

    @app.exception_handler(InsufficientScope)
    async def insufficient(_: Request, _error: InsufficientScope) -> Response:
        return refused(403, "Insufficient API key scope")

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 or (error.status_code == 405 and request.method == "GET"):
            return refused(404, "Not Found")
        if enveloped:
            return refused(error.status_code, str(error.detail), error.headers)
        return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    async def mistake(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return refused(500, "Internal server error") if enveloped else PlainTextResponse("Internal Server Error", 500)
