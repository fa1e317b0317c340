"""The reference server with faults in it. The suite does not know them: it judges the server over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.server.security import InsufficientScope
from astrbot_reference.app import create_app
from astrbot_reference.auth import Authentication, Caller
from astrbot_reference.refusal import Unauthorized
from astrbot_reference.serving import running
from astrbot_reference.settings import Settings
from fastapi import FastAPI

from .meddling import Meddling
from .server import INSUFFICIENT, UNDER, Credentials, Fault, Server


def broken_app(settings: Settings, *faults: Fault) -> FastAPI:
    """The reference server with faults in it; without faults, the plain reference server."""
    if not faults:
        return create_app(settings)
    server = Server(releases.contract(settings.release))
    server.override(_meddled(server))
    for one in faults:
        one.put_into(server)
    app = create_app(settings, overrides=server.overrides)
    app.add_middleware(Meddling, server=server)
    return app


@contextmanager
def broken(settings: Settings, *faults: Fault) -> Iterator[str]:
    """Run it in a thread for as long as the block lasts; gives its URL."""
    with running(app=broken_app(settings, *faults)) as url:
        yield url


def _meddled(server: Server) -> type[Authentication]:
    class Meddled(Authentication):
        async def authenticate(self, operation: Operation, credentials: Credentials) -> Caller:
            if operation.socket is not None:  # it has its own faults
                return await super().authenticate(operation, credentials)
            UNDER.get().operation = operation.id
            if UNDER.get().trusted:
                return Caller("stranger", server.everything | frozenset(server.contract.closed_scopes))
            credentials = server.credentials(operation, credentials)
            try:
                caller = await super().authenticate(operation, credentials)
            except (Unauthorized, InsufficientScope) as error:
                scopes = server.strangers(operation, credentials)
                if scopes is None and server.acts_first(operation):
                    UNDER.get().refused = INSUFFICIENT if isinstance(error, InsufficientScope) else str(error)
                    scopes = server.everything
                if scopes is None:
                    raise
                return Caller("stranger", scopes)
            if caller.key_id is None:
                return caller
            held = server.scopes(operation, caller.scopes)
            if server.acts_first(operation) and operation.scope not in held:
                UNDER.get().refused = INSUFFICIENT
                held = server.everything
            return server.callers(operation, replace(caller, scopes=held))

    return Meddled
