"""The keys of a run. Each set of scopes gets one key on first use, and the run removes all keys at its end."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Literal

from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import DELETE_KEY
from astrbot_conformance.contract import grantable, implicated, read_of_each_scope
from astrbot_conformance.http import CredentialState, HttpResponse, Key, Target, harmless
from astrbot_conformance.http.identifiers import checked_id
from astrbot_conformance.http.removal import Left, tried_twice
from astrbot_conformance.json_value import as_object
from astrbot_conformance.keys.dashboard import Dashboard, issued_secret, shown_entry
from astrbot_conformance.outcome import NoAnswer, NotJudged
from astrbot_conformance.run_mark import PREFIX, Names
from astrbot_conformance.secret import USABLE, Secret

UNKNOWN, REVOKED, DELETED = "ASTRBOT_KEY_UNKNOWN", "ASTRBOT_KEY_REVOKED", "ASTRBOT_KEY_DELETED"
ENDED = (UNKNOWN, REVOKED, DELETED)


class KeyRing:
    """Creates keys named `conform-<run>-…` that expire after a day. Thread-safe."""

    def __init__(self, dashboard: Dashboard, run: str, contract: Contract, expired: Secret | None = None) -> None:
        """Create keys on `dashboard`, named after `run`, with the scopes of `contract`.

        expired: an expired key of the target.
        """
        self.contract = contract
        self._dashboard = dashboard
        self.name = f"{PREFIX}{run}-"
        self._keys: dict[str, Key] = {}
        self._creations: dict[str, HttpResponse] = {}
        self._refusals: dict[str, str] = {}  # why a key could not be created; its creation is not tried again
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._expired = expired

    def holding(self, *scopes: str) -> Key:
        """A key that was created with exactly these scopes."""
        variable = f"ASTRBOT_KEY_{rights(self.contract, scopes)}"
        return self._stored(variable, lambda: self._created(variable, scopes))

    def creation(self, *scopes: str) -> HttpResponse:
        """The response to the creation of the key with exactly these scopes, even if no key was created."""
        variable = f"ASTRBOT_KEY_{rights(self.contract, scopes)}"
        with contextlib.suppress(NotJudged):
            self.holding(*scopes)
        if variable not in self._creations:
            raise NotJudged(f"the run did not try to create a key with {', '.join(scopes)}")
        return self._creations[variable]

    def own(self, purpose: str, *scopes: str) -> Key:
        """A key with exactly these scopes for one `purpose` of the run. No other purpose shares its sessions."""
        variable = f"ASTRBOT_KEY_{rights(self.contract, scopes)}_{purpose.upper()}"
        return self._stored(variable, lambda: self._created(variable, scopes))

    @property
    def live_scopes(self) -> tuple[frozenset[str], ...] | None:
        """The scopes of each key, or None if any key can be created."""
        return None

    def speaker(self) -> Key:
        """The key that chats, in sessions that it may remove."""
        return self.weakest(Scope.CHAT)

    def chatting(self, purpose: str, number: int = 0) -> Key:  # noqa: ARG002  only given keys have numbers
        """A key that chats, in sessions that it may remove. Different numbers mark keys that must differ."""
        return self.own(purpose, Scope.CHAT)

    def weakest(self, scope: str | None) -> Key:
        """The weakest key that is sufficient for `scope`: it holds only that scope."""
        if scope is None:
            raise NotJudged("the operation is closed to every developer key")
        return self.holding(scope)

    def strongest_without(self, scope: str | None) -> Key:
        """The strongest key that is insufficient for `scope`: without it, its implying scopes and its sub-scopes."""
        return self.holding(*insufficient(self.contract, scope))

    def implicated_without(self, scope: str) -> Key:
        """A key with every scope of an implication that is insufficient for `scope`.

        Scopes that others of them imply are left out.
        """
        held = implicated(self.contract) - self.contract.sufficient(scope)
        implied = {other for holder in held for other in self.contract.closure([holder]) - {holder}}
        return self.holding(*(held - implied))

    def unrelated_without(self, scope: str) -> Key:
        """A key with every scope that is part of no implication, without `scope` itself."""
        related = implicated(self.contract) | self.contract.sufficient(scope)
        return self.holding(*(other for other in self.contract.scopes if other not in related))

    def all_scopes(self) -> Key:
        """A key with every scope."""
        return self.holding(*grantable(self.contract))

    def must_be_live(self, key: Key, target: Target) -> None:
        """The control of a rejected key. Raises NotJudged unless the key is authorized for one of its scopes."""
        if not self.is_live(key, target):
            reason = f"the target authorizes ${key.variable} for none of its scopes, so a rejection proves nothing"
            raise NotJudged(reason)

    def is_live(self, key: Key, target: Target) -> bool:
        """Whether the server authorizes a key for a read of any of its scopes."""
        reads = read_of_each_scope(self.contract)
        requests = (harmless(reads[scope]) for scope in sorted(reads.keys() & self.contract.closure(key.scopes)))
        return any(target.send_once(request, key).is_accepted for request in requests)

    def dashboard_token(self) -> Secret:
        """The token of the run's session on the dashboard. Raises NotJudged if the run has none."""
        return self._dashboard.token

    def unknown(self) -> Key:
        """A key in the right form that the target never issued."""
        return self._stored(UNKNOWN, lambda: _invented(UNKNOWN))

    def revoked(self) -> Key:
        """A key with every scope, revoked."""
        return self._stored(REVOKED, lambda: self._ended(REVOKED, "revoke"))

    def deleted(self) -> Key:
        """A key with every scope, deleted."""
        return self._stored(DELETED, lambda: self._ended(DELETED, "delete"))

    def expired(self) -> Key:
        """An expired key with every scope. A run cannot wait until a key expires, so the user must give one."""
        if self._expired is None:
            raise NotJudged("needs an expired key; set ASTRBOT_KEY_EXPIRED to one", by_choice=True)
        return Key("expired", frozenset(grantable(self.contract)), self._expired, CredentialState.EXPIRED)

    def listed(self, key: Key) -> dict[str, Any]:
        """The entry of `key` in the listing of the dashboard. Raises NotJudged if there is none."""
        return shown_entry(key, self._dashboard.list_keys())

    def another(self, purpose: str, *scopes: str, name: str | None = None) -> Key:
        """A new key that no other check uses, so that the caller may revoke or delete it."""
        return self._created(f"ASTRBOT_KEY_{purpose.upper()}", scopes, name)

    def profile(self) -> list[Key]:
        """The keys that the checks share, except those that the run revokes or deletes earlier."""
        return [key for variable, key in list(self._keys.items()) if variable not in ENDED]

    def close(self) -> list[str]:
        """Remove every key of the run, even if its creation was interrupted. Returns the ids of those that stayed."""
        with self._lock:
            self._closed = True
        known = [key.id for variable, key in self._keys.items() if variable not in (UNKNOWN, DELETED)]
        return remove_keys(self._dashboard, lambda name: name.startswith(self.name), known)

    def _stored(self, variable: str, make: Callable[[], Key]) -> Key:
        with self._lock:
            lock = self._locks.setdefault(variable, threading.Lock())
        with lock:
            if variable in self._refusals:
                raise NotJudged(self._refusals[variable])
            if variable not in self._keys:
                try:
                    self._keys[variable] = make()
                except NoAnswer:
                    raise
                except NotJudged as error:
                    self._refusals[variable] = str(error)
                    raise
            return self._keys[variable]

    def _created(self, variable: str, scopes: Collection[str], name: str | None = None) -> Key:
        if self._closed:
            raise NotJudged("the run is ending")
        name = name or self.name + variable.removeprefix("ASTRBOT_KEY_").lower().replace("_", "-")
        held = [scope for scope in grantable(self.contract) if scope in scopes]
        response = self._dashboard.create_key({"name": name, "scopes": held, "expires_in_days": 1})
        self._creations[variable] = response
        entry = as_object(response.data) if response.is_accepted else {}
        if not isinstance(entry.get("api_key"), str) or "key_id" not in entry:
            raise NotJudged(f"the target did not create a key with {', '.join(held)}: {response.in_short}")
        secret = issued_secret(response, "api_key", variable)
        if secret is None:
            raise NotJudged(f"the target returned no usable key with {', '.join(held)}: {USABLE}")
        return Key(checked_id(entry["key_id"], "a key"), frozenset(held), secret, CredentialState.LIVE)

    def _ended(self, variable: str, how: Literal["revoke", "delete"]) -> Key:
        return self.end(self._created(variable, grantable(self.contract)), how)

    def end(self, key: Key, how: Literal["revoke", "delete"]) -> Key:
        """The key after the server confirmed that it is revoked or deleted. NotJudged if the server refuses."""
        response = self._dashboard.revoke_key(key.id) if how == "revoke" else self._dashboard.delete_key(key.id)
        if not response.is_accepted:
            raise NotJudged(f"the target did not {how} a key: {response.in_short}")
        return replace(key, state=CredentialState.REVOKED if how == "revoke" else CredentialState.DELETED)


def insufficient(contract: Contract, scope: str | None) -> tuple[str, ...]:
    """Every scope that a key can hold without being authorized for operations that require `scope`."""
    opening = contract.sufficient(scope) if scope else frozenset()
    held = (other for other in grantable(contract) if other not in opening)
    return tuple(other for other in held if contract.sub_scopes.get(other) not in opening)


def rights(contract: Contract, scopes: Collection[str]) -> str:
    """The name of a set of scopes for a variable: `BOT_PROVIDER`, `ALL_BUT_CONFIG`, `ALL`."""
    held = [scope for scope in grantable(contract) if scope in scopes]
    missing = [scope for scope in grantable(contract) if scope not in scopes]
    missing = [scope for scope in missing if contract.sub_scopes.get(scope) not in missing]
    if not missing:
        return "ALL"
    words = ["ALL_BUT", *missing] if len(missing) < 3 else held
    return "_".join(words).upper().replace(":", "_")


def remove_keys(dashboard: Dashboard, names: Names, known: Iterable[str] = ()) -> list[str]:
    """Delete every key whose name is in `names`, and the `known` ids. Returns the ids that could not be deleted.

    known: existing keys, in case the listing does not show them.
    """
    left = delete_keys(dashboard, known)
    try:
        listed = dashboard.keys_named(names)
    except NotJudged as error:
        return [*left, str(error)]
    return [*left, *delete_keys(dashboard, [key_id for key_id in listed if key_id not in left])]


def delete_keys(dashboard: Dashboard, ids: Iterable[str]) -> list[str]:
    """Delete these keys, with two tries each. Returns the ids of the keys that could not be deleted."""
    return tried_twice(ids, dashboard.delete_key)


def left_keys(ids: Iterable[str]) -> list[Left]:
    """The keys with these ids as resources that could not be removed."""
    return [Left(key_id, str(DELETE_KEY)) for key_id in ids]


def _invented(variable: str) -> Key:
    return Key("none", frozenset(), Secret(f"abk_{secrets.token_urlsafe(32)}", variable), CredentialState.INVALID)
