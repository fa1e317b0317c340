"""Faults in what a key opens, and where it may stand."""

from __future__ import annotations

from astrbot_api.scopes import Scope

from astrbot_reference.keys import Keys

from .server import Server, fault

EVERYTHING = frozenset(map(str, Scope))


@fault(breaks="AUTH-BEARER")
def bearer_ignored(server: Server) -> None:
    """A key in `Authorization` is not looked at; the dashboard's token still is."""
    server.credentials = lambda operation, given: dict(given) | ({"BearerKey": None} if operation.scope else {})


@fault(breaks="AUTH-HEADER")
def header_ignored(server: Server) -> None:
    """A key in `X-API-Key` is not looked at."""
    server.credentials = lambda _, given: dict(given) | {"HeaderKey": None}


@fault(breaks="AUTH-HEADER")
def header_opens_everything(server: Server) -> None:
    """Whatever stands in `X-API-Key` has all rights."""
    server.headers = lambda headers: headers | ({"authorization": "Bearer stranger"} if "x-api-key" in headers else {})
    server.strangers = lambda _, given: EVERYTHING if given.get("BearerKey") == "stranger" else None


@fault(breaks="AUTH-REQUIRED")
def one_operation_is_public(server: Server) -> None:
    """Listing personas needs no key."""
    server.strangers = lambda operation, _: EVERYTHING if operation.path == "/api/v1/personas" else None


@fault(breaks="AUTH-REQUIRED")
def any_key_will_do(server: Server) -> None:
    """A key need not be known."""
    server.strangers = lambda _, given: EVERYTHING if given.get("BearerKey") else None


@fault(breaks="AUTH-REQUIRED")
def revoked_key_accepted(server: Server) -> None:
    """Revoking a key has no effect."""
    server.patch.setattr(Keys, "revoke", lambda *_: None)


@fault(breaks="AUTH-REQUIRED")
def deleted_key_accepted(server: Server) -> None:
    """Deleting a key has no effect."""
    server.patch.setattr(Keys, "delete", lambda *_: None)
