"""What releases after the base serve: the newest one, and by its own contract each that lies between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from astrbot_api import releases
from astrbot_api import server as base
from fastapi import FastAPI

from astrbot_reference.services import Ground

from .plugin_pages import serve_views
from .services import services
from .stubs import server


def serve(app: FastAPI, ground: Ground) -> None:
    """Serve the release of the ground.

    Its operations are served by the stubs of the newest release; those that this no longer has, or has elsewhere, by
    the stubs of the base.
    """
    made: Any = services(ground, lambda: server.derive(app))
    contract, newest = ground.contract, releases.contract(releases.NEWEST)
    places = {(operation.id, operation.path) for operation in newest.operations}
    kept = tuple(operation for operation in contract.operations if (operation.id, operation.path) in places)
    gone = tuple(operation for operation in contract.operations if (operation.id, operation.path) not in places)
    server.mount(app, made, ground.authentication.authenticate, replace(contract, operations=kept))
    base.mount(app, made, ground.authentication.authenticate, replace(contract, operations=gone))
    if "get_plugin_view" in contract.by_id:
        serve_views(app, made.plugin_pages)
