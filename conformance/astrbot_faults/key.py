"""Faults in the scopes that a new key is granted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from astrbot_reference.stores.key_store import KeyStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

CREATE, LIST = "POST /api/v1/api-keys", "GET /api/v1/api-keys"


@fault(breaks="KEY-FORMAT")
def keys_look_otherwise(server: Server) -> None:
    """A key begins with `key_`."""
    server.headers = lambda headers: {name: value.replace("key_", "abk_") for name, value in headers.items()}
    server.change_data(CREATE, lambda data: data | {"api_key": data["api_key"].replace("abk_", "key_")})


@fault(breaks="KEY-FORMAT")
def keys_are_shown_again(server: Server) -> None:
    """The list of keys shows the secret of the last created key."""
    made: list[str] = []

    def remember(data: Any) -> Any:
        made.append(data["api_key"])
        return data

    server.change_data(CREATE, remember)
    server.change_data(LIST, lambda keys: [key | {"keys": made} for key in keys])


@fault(breaks="KEY-SCOPES")
def skills_grantable(server: Server) -> None:
    """A key can be created with the scope `skills`."""
    server.bodies[CREATE] = lambda body: body | {"scopes": ["skill" if s == "skills" else s for s in body["scopes"]]}


@fault(breaks="KEY-SCOPES")
def unknown_scopes_dropped(server: Server) -> None:
    """An unknown scope next to known ones is silently dropped."""
    known = {*server.contract.scopes, *server.contract.sub_scopes}
    server.bodies[CREATE] = lambda body: body | {"scopes": [s for s in body["scopes"] if s in known] or ["nothing"]}


@fault(breaks="KEY-SCOPES")
def nothing_among_scopes_dropped(server: Server) -> None:
    """A null next to scopes is silently dropped."""
    server.bodies[CREATE] = lambda body: body | {"scopes": [s for s in body["scopes"] if s is not None] or [None]}


@fault(breaks="KEY-SCOPES")
def scopes_unsaid_are_the_closed_ones_too(server: Server) -> None:
    """A key that is created without scopes can use the closed areas."""
    unsaid = set[str]()

    @server.override
    class Broken(KeyStore):
        def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
            made = super().create(name, scopes, days, owner)
            if scopes is None:
                unsaid.add(made["key_id"])
            return made

        def find(self, secret: str) -> JsonObject | None:
            found = super().find(secret)
            if found is None or found["key_id"] not in unsaid:
                return found
            return found | {"scopes": [*found["scopes"], *server.contract.closed_scopes]}


@fault(breaks="KEY-SCOPES")
def no_scopes_are_all(server: Server) -> None:
    """An empty list of scopes grants every scope."""
    server.bodies[CREATE] = lambda body: body | {"scopes": body["scopes"] or None}


@fault(breaks="KEY-SCOPES")
def last_scope_forgotten(server: Server) -> None:
    """The last of several scopes is not granted, unless it is implied."""
    server.change_data(CREATE, lambda data: data | {"scopes": _without_last(data["scopes"])})


@fault(breaks="KEY-IMPLIES")
def implied_scopes_not_granted(server: Server) -> None:
    """A new `config` key does not list the implied scopes, but they still work."""
    server.change_data(CREATE, lambda data: data | {"scopes": _only_config(data["scopes"])})


@fault(breaks="KEY-IMPLIES")
def implied_scopes_not_listed(server: Server) -> None:
    """The list of keys shows `config` without the implied scopes."""
    server.change_data(LIST, lambda keys: [key | {"scopes": _only_config(key["scopes"])} for key in keys])


def _without_last(scopes: list[str]) -> list[str]:
    return scopes if "config" in scopes or len(scopes) < 2 else scopes[:-1]


def _only_config(scopes: list[str]) -> list[str]:
    return ["config"] if "config" in scopes else scopes
