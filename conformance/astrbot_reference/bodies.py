"""Reads the bodies of requests."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel

from .stores.store import JsonObject


def given(body: BaseModel | None) -> JsonObject:
    """The members of a body that the client sent, by their names in the contract."""
    sent: JsonObject = {} if body is None else body.model_dump(mode="json", exclude_unset=True)
    return sent


def configuration(body: JsonObject, aside: Collection[str], id: str | None = None) -> JsonObject:
    """The configuration in a body, under `config` or as its own members, without the members that are null.

    aside: members of a flat body that are not part of the configuration.
    id: its id if the body has none.
    """
    wrapped = body.get("config")
    found = wrapped if wrapped is not None else {name: value for name, value in body.items() if name not in aside}
    named = found.get("id") or body.get("id") or id
    stored = {name: value for name, value in found.items() if value is not None}
    return stored | ({"id": named} if named else {})


def switched_on(body: JsonObject, found: JsonObject) -> bool:
    """Whether a body enables its resource: `enabled` takes precedence over `enable`, and absent means yes."""
    for wish in (body.get("enabled"), body.get("enable"), found.get("enable")):
        if wish is not None:
            return bool(wish)
    return True
