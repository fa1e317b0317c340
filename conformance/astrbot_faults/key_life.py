"""Faults in expiry, revocation, deletion and listing of keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from astrbot_reference.clock import stamp
from astrbot_reference.stores.key_store import KIND, KeyStore
from astrbot_reference.stores.store import JsonObject

from .auth import find_more_keys
from .server import Server, fault

CREATE, LIST = "POST /api/v1/api-keys", "GET /api/v1/api-keys"
MOMENT = 5.0  # seconds for which the server caches a key


@fault(breaks="AUTH-REQUIRED")
def expiry_ignored(server: Server) -> None:
    """An expired key still works."""

    @server.override
    class Broken(KeyStore):
        def _expired(self, record: JsonObject) -> bool:
            return False


@fault(breaks="AUTH-REQUIRED")
def ended_keys_remembered(server: Server) -> None:
    """The server caches keys, so a revoked key works for some seconds."""
    seen: dict[str, tuple[float, JsonObject]] = {}

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            when, record = seen.get(secret, (-MOMENT, None))
            if record is not None and time.monotonic() - when < MOMENT:
                return record
            found = super().find(secret)
            if found is not None:
                seen[secret] = (time.monotonic(), found)
            return found

        def used(self, secret: str, found: JsonObject) -> None:
            pass


@fault(breaks="AUTH-REQUIRED")
def beginning_of_a_key_is_enough(server: Server) -> None:
    """The server compares only the first half of a key."""
    _known_by(server, lambda secret: secret[:20])


@fault(breaks="AUTH-REQUIRED")
def hash_is_a_key(server: Server) -> None:
    """The stored hash of a key works as a key."""
    find_more_keys(server, lambda record, secret: secret in (record["hash"], record["key_prefix"]))


@fault(breaks="AUTH-REQUIRED")
def id_is_a_key(server: Server) -> None:
    """The id of a key works as a key."""
    find_more_keys(server, lambda record, secret: secret == record["key_id"])


@fault(breaks="AUTH-REQUIRED")
def case_of_a_key_ignored(server: Server) -> None:
    """The server ignores the case of a key."""
    _known_by(server, str.lower)


@fault(breaks="KEY-LISTED")
def old_keys_not_listed(server: Server) -> None:
    """The list of keys contains only the five newest."""
    server.change_data(LIST, lambda keys: sorted(keys, key=_creation)[-5:][::-1])


@fault(breaks="KEY-LISTED")
def new_keys_not_listed(server: Server) -> None:
    """The list of keys contains only the twenty oldest."""
    server.change_data(LIST, lambda keys: sorted(keys, key=_creation)[:20])


@fault(breaks="KEY-LISTED")
def scopes_cut_in_the_listing(server: Server) -> None:
    """The list of keys shows at most five scopes of each."""
    server.change_data(LIST, lambda keys: [key | {"scopes": key["scopes"][:5]} for key in keys])


@fault(breaks="KEY-LISTED")
def deletion_of_a_key_in_use_revokes_it(server: Server) -> None:
    """Deleting an active key only revokes it."""

    @server.override
    class Broken(KeyStore):
        def delete(self, key_id: str) -> None:
            if self._stored(key_id)["revoked_at"] is None:
                self.revoke(key_id)
            else:
                super().delete(key_id)


@fault(breaks="KEY-ISOLATION")
def revocation_shown_by_name(server: Server) -> None:
    """If one key is revoked, all keys of the same name are listed as revoked."""

    def shown(keys: list[JsonObject]) -> list[JsonObject]:
        revoked = {key["name"] for key in keys if key["is_revoked"]}
        return [key | {"is_revoked": key["name"] in revoked} for key in keys]

    server.change_data(LIST, shown)


@fault(breaks="KEY-EXPIRY")
def keys_never_end(server: Server) -> None:
    """The server ignores `expires_in_days`."""
    server.bodies[CREATE] = lambda body: body | {"expires_in_days": None} if _is_sound(body) else body


@fault(breaks="KEY-EXPIRY")
def days_are_hours(server: Server) -> None:
    """`expires_in_days` counts hours."""

    @server.override
    class Broken(KeyStore):
        def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
            made = super().create(name, scopes, days, owner)
            if days is None:
                return made
            end = stamp(self._clock() + timedelta(hours=days))
            self._put({**self._stored(made["key_id"]), "expires_at": end})
            return made | {"expires_at": end}


@fault(breaks="KEY-EXPIRY")
def every_end_is_kept_as_a_day(server: Server) -> None:
    """Every key expires after one day, whatever `expires_in_days` says."""

    @server.override
    class Broken(KeyStore):
        def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
            made = super().create(name, scopes, days, owner)
            end = days and stamp(self._clock() + timedelta(days=1))
            self._put({**self._stored(made["key_id"]), "expires_at": end})
            return made


@fault(breaks="KEY-EXPIRY")
def keys_without_an_end_are_over(server: Server) -> None:
    """A key without an expiry date does not work."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            found = super().find(secret)
            return found if found and found["expires_at"] else None


@fault(breaks="KEY-EXPIRY")
def no_days_are_one(server: Server) -> None:
    """`expires_in_days` below 1 counts as 1."""
    server.bodies[CREATE] = lambda body: (
        body | {"expires_in_days": 1} if _days(body) is not None and not _is_sound(body) else body
    )


@fault(breaks="KEY-EXPIRY")
def keys_end_unasked(server: Server) -> None:
    """A key without `expires_in_days` expires after ninety days."""
    server.bodies[CREATE] = lambda body: {"expires_in_days": 90} | body


@fault(breaks="KEY-EXPIRY")
def ends_not_listed(server: Server) -> None:
    """The list of keys shows no expiry dates."""
    server.change_data(LIST, lambda keys: [key | {"expires_at": None} for key in keys])


@fault(breaks="SHAPE-BODY")
def keys_listed_without_an_owner(server: Server) -> None:
    """The list of keys lacks `created_by`."""
    server.change_data(LIST, lambda keys: [{name: key[name] for name in key if name != "created_by"} for key in keys])


@fault(breaks="KEY-LISTED")
def revoked_keys_vanish(server: Server) -> None:
    """The list of keys omits revoked keys."""
    server.change_data(LIST, lambda keys: [key for key in keys if not key["is_revoked"]])


@fault(breaks="KEY-LISTED")
def revoked_keys_look_sound(server: Server) -> None:
    """The list of keys shows revoked keys as active."""
    server.change_data(LIST, lambda keys: [key | {"is_revoked": False, "revoked_at": None} for key in keys])


@fault(breaks="KEY-ISOLATION")
def names_are_keys(server: Server) -> None:
    """A key has the scopes of the last key with the same name."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            found = super().find(secret)
            if found is None:
                return None
            twins = [record for record in self._store.all(KIND) if record["name"] == found["name"]]
            return found | {"scopes": twins[-1]["scopes"]}


@fault(breaks="KEY-ISOLATION")
def revocation_by_name(server: Server) -> None:
    """Revoking a key revokes all keys of the same name."""

    @server.override
    class Broken(KeyStore):
        def revoke(self, key_id: str) -> None:
            name = self._stored(key_id)["name"]
            for record in self._store.all(KIND):
                if record["name"] == name:
                    super().revoke(record["key_id"])


def _known_by(server: Server, part: Callable[[str], str]) -> None:
    """Find a key by a part or another spelling of it."""
    made: dict[str, str] = {}

    @server.override
    class Broken(KeyStore):
        def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
            record = super().create(name, scopes, days, owner)
            made[part(record["api_key"])] = record["api_key"]
            return record

        def find(self, secret: str) -> JsonObject | None:
            return super().find(made.get(part(secret), secret))


def _creation(record: JsonObject) -> str:
    moment: str = record["created_at"]
    return moment


def _days(body: Any) -> Any:
    return body.get("expires_in_days") if isinstance(body, dict) else None


def _is_sound(body: Any) -> bool:
    days = _days(body)
    return isinstance(days, int) and not isinstance(days, bool) and days >= 1
