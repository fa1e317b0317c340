"""Faults in what becomes of a key after it was made."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from astrbot_reference.clock import stamp
from astrbot_reference.stores.key_store import KIND, KeyStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

CREATE, LIST = "POST /api/v1/api-keys", "GET /api/v1/api-keys"
Records = list[JsonObject]
MOMENT = 5.0  # seconds for which a lazy server believes what it looked up before


@fault(breaks="AUTH-REQUIRED")
def expiry_ignored(server: Server) -> None:
    """A key whose time is over still opens what it did."""

    @server.override
    class Broken(KeyStore):
        def _expired(self, record: JsonObject) -> bool:
            return False


@fault(breaks="AUTH-REQUIRED")
def ended_keys_remembered(server: Server) -> None:
    """A key that was used a moment ago is not looked up again, so that its end comes late."""
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
    """Only the first half of a key is compared."""
    _known_by(server, lambda secret: secret[:20])


@fault(breaks="AUTH-REQUIRED")
def hash_is_a_key(server: Server) -> None:
    """What is stored of a key is as good as the key."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            stored = [record for record in self._store.all(KIND) if secret in (record["hash"], record["key_prefix"])]
            return self._shown(stored[0]) if stored else super().find(secret)


@fault(breaks="AUTH-REQUIRED")
def id_is_a_key(server: Server) -> None:
    """The id of a key is as good as the key."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            record = self._known(secret)
            return self._shown(record) if record else super().find(secret)


@fault(breaks="AUTH-REQUIRED")
def case_of_a_key_ignored(server: Server) -> None:
    """A key in capitals is the same key."""
    _known_by(server, str.lower)


@fault(breaks="KEY-LISTED")
def old_keys_not_listed(server: Server) -> None:
    """The listing ends after the five newest keys."""

    @server.override
    class Broken(KeyStore):
        def list(self) -> Records:
            return sorted(super().list(), key=_creation)[-5:][::-1]


@fault(breaks="KEY-LISTED")
def new_keys_not_listed(server: Server) -> None:
    """The listing shows the twenty keys that were made first."""

    @server.override
    class Broken(KeyStore):
        def list(self) -> Records:
            return sorted(super().list(), key=_creation)[:20]


@fault(breaks="KEY-LISTED")
def scopes_cut_in_the_listing(server: Server) -> None:
    """Of the scopes of a key the listing shows five."""
    server.change_data(LIST, lambda keys: [key | {"scopes": key["scopes"][:5]} for key in keys])


@fault(breaks="KEY-LISTED")
def deletion_of_a_key_in_use_revokes_it(server: Server) -> None:
    """Only a key that was revoked before can be deleted; any other is revoked in its place."""

    @server.override
    class Broken(KeyStore):
        def delete(self, key_id: str) -> None:
            if self._stored(key_id)["revoked_at"] is None:
                self.revoke(key_id)
            else:
                super().delete(key_id)


@fault(breaks="KEY-ISOLATION")
def revocation_shown_by_name(server: Server) -> None:
    """Where a key was revoked, all of its name are listed as revoked."""

    def shown(keys: list[JsonObject]) -> list[JsonObject]:
        revoked = {key["name"] for key in keys if key["is_revoked"]}
        return [key | {"is_revoked": key["name"] in revoked} for key in keys]

    server.change_data(LIST, shown)


@fault(breaks="KEY-EXPIRY")
def keys_never_end(server: Server) -> None:
    """The number of days is not looked at."""
    server.bodies[CREATE] = lambda body: body | {"expires_in_days": None} if _is_sound(body) else body


@fault(breaks="KEY-EXPIRY")
def days_are_hours(server: Server) -> None:
    """A key for some days ends after as many hours."""

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
    """Whatever number of days is asked for and said, a key ends after one."""

    @server.override
    class Broken(KeyStore):
        def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
            made = super().create(name, scopes, days, owner)
            end = days and stamp(self._clock() + timedelta(days=1))
            self._put({**self._stored(made["key_id"]), "expires_at": end})
            return made


@fault(breaks="KEY-EXPIRY")
def keys_without_an_end_are_over(server: Server) -> None:
    """A key that has no end opens nothing."""

    @server.override
    class Broken(KeyStore):
        def find(self, secret: str) -> JsonObject | None:
            found = super().find(secret)
            return found if found and found["expires_at"] else None


@fault(breaks="KEY-EXPIRY")
def no_days_are_one(server: Server) -> None:
    """Less than a day is taken for a day."""
    server.bodies[CREATE] = lambda body: (
        body | {"expires_in_days": 1} if _days(body) is not None and not _is_sound(body) else body
    )


@fault(breaks="KEY-EXPIRY")
def keys_end_unasked(server: Server) -> None:
    """A key for which no number of days is said ends after ninety."""
    server.bodies[CREATE] = lambda body: {"expires_in_days": 90} | body


@fault(breaks="KEY-EXPIRY")
def ends_not_listed(server: Server) -> None:
    """No key is listed with its end."""
    server.change_data(LIST, lambda keys: [key | {"expires_at": None} for key in keys])


@fault(breaks="SHAPE-BODY")
def keys_listed_without_an_owner(server: Server) -> None:
    """Nobody sees who made a key."""
    server.change_data(LIST, lambda keys: [{name: key[name] for name in key if name != "created_by"} for key in keys])


@fault(breaks="KEY-LISTED")
def revoked_keys_vanish(server: Server) -> None:
    """A revoked key is listed no more."""
    server.change_data(LIST, lambda keys: [key for key in keys if not key["is_revoked"]])


@fault(breaks="KEY-LISTED")
def revoked_keys_look_sound(server: Server) -> None:
    """A revoked key is listed as if it were none."""
    server.change_data(LIST, lambda keys: [key | {"is_revoked": False, "revoked_at": None} for key in keys])


@fault(breaks="KEY-ISOLATION")
def names_are_keys(server: Server) -> None:
    """A key has the rights of the last one that was made under its name."""

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
    """Revoking a key revokes all of its name."""

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
