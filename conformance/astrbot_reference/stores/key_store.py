"""Developer keys, stored as digests."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from astrbot_api.contract import Contract
from astrbot_api.releases import contract as contract_of

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

KIND = "api_key"  # stored by the digest of the secret, which every request looks up
NOTED_EVERY = timedelta(seconds=1)
PREFIX_LENGTH = 12


class KeyStore:
    """The developer keys of this server.

    A key is `abk_` and 256 random bits. Its SHA-256 is stored, which is enough for a secret that cannot be guessed.
    """

    def __init__(self, store: Store, clock: Clock, contract: Contract | None = None) -> None:
        """contract: defines the scopes; that of the base release by default."""
        self._store = store
        self._clock = clock
        self._contract = contract or contract_of()
        self._read: dict[str, JsonObject] = {}  # cached records by digest, until they change

    def create(self, name: str | None, scopes: Sequence[str] | None, days: int | None, owner: str) -> JsonObject:
        """Create a key and return its record with the secret under `api_key`, which is not stored.

        name: blank or None becomes a default name. scopes: None is all but the sub-scopes; the order is kept,
        duplicates are removed, and implied scopes come last. days: None never expires.
        The contract already validated scopes and days. Raises Refusal if a sub-scope lacks the scope that it requires.
        """
        now = self._clock()
        end = None if days is None else now + timedelta(days=days)
        secret = f"abk_{secrets.token_urlsafe(32)}"
        called = (name or "").strip() or "Untitled API Key"
        record = self._record(secret, name=called, scopes=self._granted(scopes), owner=owner, made=now, end=end)
        self._put(record)
        return {**self._shown(record), "api_key": secret}

    def keep_expired(self, secret: str) -> None:
        """Store a key with every scope that expired an hour ago, unless it exists."""
        if self._kept(digest(secret)) is not None:
            return
        end = self._clock() - timedelta(hours=1)
        made = end - timedelta(days=1)
        record = self._record(secret, name="Expired", scopes=self._granted(None), owner="setup", made=made, end=end)
        self._put(record)

    def _put(self, record: JsonObject) -> None:
        self._read.pop(record["hash"], None)
        self._store.put(KIND, record["hash"], record)

    def _kept(self, hashed: str) -> JsonObject | None:
        if hashed not in self._read and (record := self._store.get(KIND, hashed)) is not None:
            self._read[hashed] = record
        return self._read.get(hashed)

    @staticmethod
    def _record(
        secret: str, *, name: str, scopes: Sequence[str], owner: str, made: datetime, end: datetime | None
    ) -> JsonObject:
        return {
            "hash": digest(secret),
            "key_id": str(uuid.uuid4()),
            "name": name,
            "key_prefix": secret[:PREFIX_LENGTH],
            "scopes": list(scopes),
            "created_by": owner,
            "created_at": stamp(made),
            "updated_at": stamp(made),
            "last_used_at": None,
            "expires_at": None if end is None else stamp(end),
            "revoked_at": None,
        }

    def _granted(self, scopes: Sequence[str] | None) -> list[str]:
        if scopes is None:
            return list(self._contract.default_scopes)
        asked = list(dict.fromkeys(scopes))
        for scope, needed in self._contract.sub_scopes.items():
            if scope in asked and needed not in asked:
                raise Refusal(f"{scope} requires the {needed} scope")
        implied = self._contract.closure(asked)
        return [*asked, *(scope for scope in self._contract.scopes if scope in implied and scope not in asked)]

    def list(self) -> list[JsonObject]:
        """All keys without their secrets, including revoked ones, the oldest first."""
        return [self._shown(record) for record in self._store.all(KIND)]

    def find(self, secret: str) -> JsonObject | None:
        """The record of an active key, or None."""
        # The digest is looked up: its timing reveals nothing about a secret.
        record = self._kept(digest(secret))
        if record is None or record["revoked_at"] is not None or self._expired(record):
            return None
        return self._shown(record)

    def is_remembered(self, secret: str) -> bool:
        """Whether `find` and `used` do not need the database for a key."""
        record = self._read.get(digest(secret))
        return record is not None and not _is_over(record["last_used_at"], self._clock() - NOTED_EVERY)

    def revoke(self, key_id: str) -> None:
        """Revoke a key; it stays in the list. Raises Refusal if there is no such key."""
        record = self._stored(key_id)
        if record["revoked_at"] is None:
            now = stamp(self._clock())
            self._put({**record, "revoked_at": now, "updated_at": now})

    def delete(self, key_id: str) -> None:
        """Delete a key. Raises Refusal if there is no such key."""
        hashed = self._stored(key_id)["hash"]
        self._read.pop(hashed, None)
        self._store.remove(KIND, hashed)

    def used(self, secret: str, found: JsonObject) -> None:
        """Record the use of a key, at most once a second."""
        now = self._clock()
        if not _is_over(found["last_used_at"], now - NOTED_EVERY):
            return
        record = self._kept(digest(secret))
        if record is not None:
            self._put({**record, "last_used_at": stamp(now)})

    def _stored(self, key_id: str) -> JsonObject:
        record = self._known(key_id)
        if record is None:
            raise Refusal("API key not found")
        return record

    def _known(self, key_id: str) -> JsonObject | None:
        return next((record for record in self._store.all(KIND) if record["key_id"] == key_id), None)

    def _shown(self, record: JsonObject) -> JsonObject:
        shown = {name: value for name, value in record.items() if name != "hash"}
        known = {*self._contract.scopes, *self._contract.sub_scopes}  # another release may have granted more
        shown["scopes"] = [scope for scope in record["scopes"] if scope in known]
        return {**shown, "is_revoked": record["revoked_at"] is not None, "is_expired": self._expired(record)}

    def _expired(self, record: JsonObject) -> bool:
        return record["expires_at"] is not None and _is_over(record["expires_at"], self._clock())


def _is_over(moment: str | None, now: datetime) -> bool:
    return moment is None or datetime.fromisoformat(moment) <= now


def digest(secret: str) -> str:
    """The stored digest of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
