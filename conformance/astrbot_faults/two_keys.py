"""Faults in requests with two keys: the wrong key decides, or both add up."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from astrbot_api.operation import Operation
from astrbot_reference.stores.key_store import KeyStore
from astrbot_reference.stores.store import JsonObject
from starlette.types import Scope

from .server import Credentials, Scopes, Server, fault

OTHER: ContextVar[str | None] = ContextVar("OTHER")
"""The key in `X-API-Key` of a request that has a key in `Authorization` too."""


@fault(breaks="AUTH-PRECEDENCE")
def invalid_bearer_falls_back_to_the_header(server: Server) -> None:
    """If the key in `Authorization` is invalid, the one in `X-API-Key` is used."""
    keys = _keys(server)
    server.strangers = lambda _, given: _scopes(keys, given.get("HeaderKey")) if given.get("BearerKey") else None


@fault(breaks="AUTH-PRECEDENCE")
def insufficient_bearer_falls_back_in_plugins(server: Server) -> None:
    """If the key in `Authorization` lacks the scope, operations on plugins use the one in `X-API-Key`."""
    keys = _keys(server)
    _note_the_other(server)

    def scopes(operation: Operation, held: Scopes) -> Scopes:
        return (_scopes(keys, OTHER.get()) or held) if operation.tag == "plugins" else held

    server.scopes = scopes


@fault(breaks="AUTH-PRECEDENCE")
def scopes_of_two_keys_add_up(server: Server) -> None:
    """A request with two keys has the scopes of both."""
    keys = _keys(server)
    _note_the_other(server)
    server.scopes = lambda _, held: held | (_scopes(keys, OTHER.get()) or frozenset())


@fault(breaks="AUTH-PRECEDENCE")
def header_precedes_bearer_in_changes(server: Server) -> None:
    """Every operation but GET prefers the key in `X-API-Key`."""

    def taken(operation: Operation, given: Credentials) -> Credentials:
        is_read = operation.method == "GET" or not given.get("HeaderKey")
        return given if is_read else dict(given) | {"BearerKey": given["HeaderKey"]}

    server.credentials = taken


@fault(breaks="AUTH-PRECEDENCE")
def last_authorization_counts(server: Server) -> None:
    """If a request has two `Authorization` headers, the second one counts."""
    server.forms = lambda scope: _last_first(scope, b"authorization")


@fault(breaks="AUTH-PRECEDENCE")
def last_key_header_counts_in_skills(server: Server) -> None:
    """If a request has two `X-API-Key` headers, operations on skills use the second one."""
    server.forms = lambda scope: _last_first(scope, b"x-api-key") if "/skills" in scope["path"] else scope


@fault(breaks="AUTH-PRECEDENCE")
def any_key_beside_an_empty_bearer(server: Server) -> None:
    """If `Authorization` contains no key, any key in `X-API-Key` grants every scope."""

    def form(scope: Scope) -> Scope:
        names = {name.lower(): value.strip() for name, value in scope["headers"]}
        is_empty = names.get(b"authorization") == b"Bearer" and bool(names.get(b"x-api-key"))
        return dict(scope) | ({"trusted": True} if is_empty else {})

    server.forms = form


@fault(breaks="AUTH-PRECEDENCE")
def two_authorizations(server: Server) -> None:
    """Two `Authorization` headers grant every scope."""

    def form(scope: Scope) -> Scope:
        names = [name.lower() for name, _ in scope["headers"]]
        return dict(scope) | ({"trusted": True} if names.count(b"authorization") > 1 else {})

    server.forms = form


def _keys(server: Server) -> list[KeyStore]:
    """A list that holds the keys of the server as soon as the server has them."""
    stores = list[KeyStore]()

    @server.override
    class Noted(KeyStore):
        def __init__(self, *parts: Any) -> None:
            super().__init__(*parts)
            stores.append(self)

    return stores


def _scopes(keys: list[KeyStore], secret: str | None) -> Scopes | None:
    """The scopes of an active key. None if there is no such key."""
    record: JsonObject | None = keys[-1].find(secret) if secret else None
    return frozenset(record["scopes"]) if record else None


def _note_the_other(server: Server) -> None:
    def noted(_: Operation, given: Credentials) -> Credentials:
        OTHER.set(given.get("HeaderKey") if given.get("BearerKey") else None)
        return given

    server.credentials = noted


def _last_first(scope: Scope, name: bytes) -> Scope:
    """The request with its headers of this name in reverse order, since the first one counts."""
    of_name = [pair for pair in scope["headers"] if pair[0].lower() == name]
    others = [pair for pair in scope["headers"] if pair[0].lower() != name]
    return dict(scope) | {"headers": [*of_name[::-1], *others]}
