"""Faults in the authentication of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from astrbot_api.operation import Operation
from astrbot_reference.stores.key_store import KIND, KeyStore, digest
from astrbot_reference.stores.store import JsonObject

from .server import Credentials, Scopes, Server, fault


@fault(breaks="AUTH-BEARER")
def bearer_ignored(server: Server) -> None:
    """The server ignores keys in `Authorization`; dashboard tokens still work."""
    server.credentials = lambda operation, given: dict(given) | ({"BearerKey": None} if operation.scope else {})


@fault(breaks="AUTH-HEADER")
def header_ignored(server: Server) -> None:
    """The server ignores keys in `X-API-Key`."""
    server.credentials = lambda _, given: dict(given) | {"HeaderKey": None}


@fault(breaks="AUTH-HEADER")
def header_ignored_by_one_operation(server: Server) -> None:
    """Creating a persona accepts keys in `Authorization` only."""

    def taken(operation: Operation, given: Credentials) -> Credentials:
        return dict(given) | ({"HeaderKey": None} if operation.id == "create_persona" else {})

    server.credentials = taken


@fault(breaks="AUTH-HEADER")
def header_opens_everything(server: Server) -> None:
    """Any value in `X-API-Key` grants every scope."""
    server.headers = lambda headers: headers | ({"authorization": "Bearer stranger"} if "x-api-key" in headers else {})
    server.strangers = lambda _, given: server.everything if given.get("BearerKey") == "stranger" else None


@fault(breaks="AUTH-REQUIRED")
def one_operation_is_public(server: Server) -> None:
    """Listing personas requires no key."""
    server.strangers = lambda operation, _: server.everything if operation.path == "/api/v1/personas" else None


@fault(breaks="AUTH-REQUIRED")
def any_key_will_do(server: Server) -> None:
    """The server accepts keys that were never created."""
    server.strangers = lambda _, given: server.everything if given.get("BearerKey") else None


@fault(breaks="AUTH-REQUIRED")
def revoked_key_accepted(server: Server) -> None:
    """A revoked key is listed as revoked but still works."""
    find_more_keys(server, lambda record, secret: record["hash"] == digest(secret) and bool(record["revoked_at"]))


@fault(breaks="AUTH-REQUIRED")
def revoked_key_accepted_by_one_operation(server: Server) -> None:
    """Deleting a bot accepts a revoked key."""
    let_revoked_in(server, lambda operation, _: operation.id == "delete_bot")


@fault(breaks="AUTH-REQUIRED")
def revoked_key_accepted_in_header(server: Server) -> None:
    """A revoked key still works in `X-API-Key`."""
    let_revoked_in(server, lambda _, given: not given.get("BearerKey"))


@fault(breaks="AUTH-REQUIRED")
def revoked_key_chats(server: Server) -> None:
    """Chat looks keys up by itself and does not check whether they are revoked."""
    let_revoked_in(server, lambda operation, _: operation.id == "chat")


@fault(breaks="AUTH-REQUIRED")
def expired_key_accepted_by_one_operation(server: Server) -> None:
    """Reloading a plugin accepts an expired key."""
    expired = set[str]()

    @server.override
    class Noted(KeyStore):
        def keep_expired(self, secret: str) -> None:
            expired.add(secret)
            super().keep_expired(secret)

    def let_in(operation: Operation, given: Credentials) -> Scopes | None:
        is_expired = not expired.isdisjoint(given.values())
        return server.everything if is_expired and operation.id == "reload_plugin" else None

    server.strangers = let_in


@fault(breaks="AUTH-REQUIRED")
def deleted_key_accepted(server: Server) -> None:
    """A deleted key is no longer listed but still works."""
    buried: dict[str, JsonObject] = {}

    @server.override
    class Broken(KeyStore):
        def delete(self, key_id: str) -> None:
            record = self._stored(key_id)
            buried[record["hash"]] = self._shown(record)
            super().delete(key_id)

        def find(self, secret: str) -> JsonObject | None:
            return buried.get(digest(secret)) or super().find(secret)


@fault(breaks="AUTH-CARRIERS")
def key_taken_from_query(server: Server) -> None:
    """The server accepts a key in the query, which ends up in logs."""
    server.forms = lambda scope: _moved(scope, b"api_key=")


@fault(breaks="AUTH-CARRIERS")
def key_taken_from_cookie(server: Server) -> None:
    """The server accepts a key in a cookie, which browsers send for any page."""

    def headers(given: dict[str, str]) -> dict[str, str]:
        cookie = given.get("cookie", "")
        return given | {"x-api-key": cookie.removeprefix("api_key=")} if cookie.startswith("api_key=") else given

    server.headers = headers


def find_more_keys(server: Server, matches: Callable[[JsonObject, str], bool]) -> None:
    """Accept a secret as the key of the first stored record that matches it."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            record = next((record for record in self._store.all(KIND) if matches(record, secret)), None)
            return self._shown(record) if record else super().find(secret)


def let_revoked_in(server: Server, where: Callable[[Operation, Credentials], bool]) -> None:
    """Authorize revoked keys with every scope if `where` holds."""
    revoked = set[str]()

    @server.override
    class Noted(KeyStore):
        def revoke(self, key_id: str) -> None:
            revoked.add(self._stored(key_id)["hash"])
            super().revoke(key_id)

    def let_in(operation: Operation, given: Credentials) -> Scopes | None:
        is_revoked = any(secret and digest(secret) in revoked for secret in given.values())
        return server.everything if is_revoked and where(operation, given) else None

    server.strangers = let_in


def _moved(scope: Any, mark: bytes) -> Any:
    for part in scope["query_string"].split(b"&"):
        if part.startswith(mark):
            return scope | {"headers": [*scope["headers"], (b"x-api-key", part.removeprefix(mark))]}
    return scope
