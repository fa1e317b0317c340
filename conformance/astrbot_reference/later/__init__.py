"""Serves releases after the base release."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from astrbot_api import releases
from astrbot_api import server as base
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from fastapi import FastAPI

from astrbot_reference.services import threaded
from astrbot_reference.stubs import server

from .context import Context
from .plugin_pages import serve_views
from .services import services

__all__ = ["Context", "serve", "services"]


def serve(app: FastAPI, context: Context) -> None:
    """Serve the release that the context names.

    The stubs of the newest release serve its operations. The stubs of the base release serve those that the newest
    release removed, moved, or made stricter.
    """
    sound = services(context, lambda: server.derive(app))
    made: Any = threaded(sound, context.threads)
    contract, newest = context.contract, releases.contract(releases.NEWEST)
    stored, gone = list[Operation](), list[Operation]()
    for operation in contract.operations:
        later = newest.by_id.get(operation.id)
        same = later and later.path == operation.path and _asked(newest, later) <= _asked(contract, operation)
        (stored if same else gone).append(operation)
    server.mount(app, made, context.authentication.authenticate, replace(contract, operations=tuple(stored)))
    base.mount(app, made, context.authentication.authenticate, replace(contract, operations=tuple(gone)))
    if "get_plugin_view" in contract.by_id:
        serve_views(app, sound.plugin_pages, context.threads)


def _asked(contract: Contract, operation: Operation) -> set[str]:
    """The required members of a body."""
    if operation.body is None or operation.body.schema is None:
        return set()
    schemas = contract.document()["components"]["schemas"]
    return set(schemas[operation.body.schema].get("required", ()))
