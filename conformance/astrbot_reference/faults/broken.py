"""The reference server with faults in it.

Nothing of this is known to the suite: it judges the server over HTTP, whatever is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from astrbot_api import releases
from astrbot_api.operation import Operation
from fastapi import FastAPI

from astrbot_reference.app import create_app
from astrbot_reference.auth import Authentication, Caller
from astrbot_reference.refusal import Unauthorized
from astrbot_reference.serving import running
from astrbot_reference.settings import Settings

from .meddling import Meddling
from .server import INSUFFICIENT, UNDER, Credentials, Fault, Server


@contextmanager
def broken_app(settings: Settings, *faults: Fault) -> Iterator[FastAPI]:
    """The reference server with faults in it, for as long as the block lasts; without any, nothing is between."""
    if not faults:
        yield create_app(settings)
        return
    server = Server(releases.contract(settings.release))
    server.patch.setattr(Authentication, "authenticate", _meddled(server))
    try:
        for one in faults:
            one.put_into(server)
        app = create_app(settings)
        app.add_middleware(Meddling, server=server)
        yield app
    finally:
        server.patch.undo()


@contextmanager
def broken(settings: Settings, *faults: Fault) -> Iterator[str]:
    """The same, running in a thread; gives its address."""
    with broken_app(settings, *faults) as app, running(app=app) as url:
        yield url


def _meddled(server: Server) -> Any:
    sound = Authentication.authenticate

    async def authenticate(self: Authentication, operation: Operation, presented: Credentials) -> Caller:
        if UNDER.get().trusted:
            return Caller("stranger", server.everything | frozenset(server.contract.closed_scopes))
        presented = server.credentials(operation, presented)
        try:
            caller = await sound(self, operation, presented)
        except Unauthorized as error:
            scopes = server.strangers(operation, presented)
            if scopes is None and server.acts_first(operation):
                UNDER.get().refused = str(error)
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
        return replace(caller, scopes=held)

    return authenticate
