"""Faults in an operation that the server publishes and the contract does not know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.types import Scope

from .server import Answer, Server, fault

PATH, BEHIND = "/api/v1/widgets", "/api/v1/bots"  # widgets are bots by another name


def published(server: Server, scope: str, opens: Callable[[Scope], bool] = lambda _: False) -> None:
    """Give the server an operation of its own that takes keys with `bot`, and is open to what `opens` says."""

    def document(status: int, content: Any) -> Answer:
        entry = {"summary": "List Widgets", "x-astrbot-scope": scope, "responses": {}}
        return status, content | {"paths": content["paths"] | {PATH: {"get": entry}}}

    def form(asked: Scope) -> Scope:
        if asked["path"] != PATH:
            return asked
        behind = dict(asked) | {"path": BEHIND, "raw_path": BEHIND.encode()}
        return behind | {"method": "GET", "trusted": True} if opens(asked) else behind

    server.answers["GET /api/v1/openapi.json"] = document
    server.forms = form


@fault(breaks="BEYOND-AUTH")
def beyond_open_to_everybody(server: Server) -> None:
    """An operation that is published with a scope asks for no key."""
    published(
        server, "bot", lambda asked: not {b"authorization", b"x-api-key"} & {name for name, _ in asked["headers"]}
    )


@fault(breaks="BEYOND-SCOPE")
def beyond_with_another_scope(server: Server) -> None:
    """An operation takes another scope than it is published with."""
    published(server, "persona")


@fault(breaks="BEYOND-FORMS")
def beyond_open_to_head(server: Server) -> None:
    """An operation that the contract does not know is open to HEAD."""
    published(server, "bot", lambda asked: asked["method"] == "HEAD")


@fault(breaks="BEYOND-FORMS")
def beyond_open_by_header(server: Server) -> None:
    """An operation that the contract does not know takes every key in `X-API-Key`."""
    published(server, "bot", lambda asked: b"x-api-key" in _named(asked))


def _named(asked: Scope) -> set[bytes]:
    return {name for name, _ in asked["headers"]}
