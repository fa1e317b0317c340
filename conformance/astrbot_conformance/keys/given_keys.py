"""Keys that the user gives to a run, for a target whose dashboard is not reachable.

The file format is our own: the authentication files of the Web Fuzzing Commons contain users and their secrets, but not
the scopes of a key, and nothing can be judged without scopes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope

from astrbot_conformance.contract import grantable, read_of_each_scope
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import Misdirected, NotJudged
from astrbot_conformance.secret import UNSENDABLE, Secret, is_sendable
from astrbot_conformance.toml_text import read_toml

STATES = tuple(state.value for state in CredentialState if state is CredentialState.LIVE or state.is_dead)
MEMBERS = {"scopes", "variable", "id", "state"}


class UnreadableKeysError(Exception):
    """The file is not a valid list of keys. The text is one line that states the location and the reason."""


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key as the file describes it. `has_id`: whether the file contains the id of the key on the target."""

    key: Key
    has_id: bool

    @property
    def state(self) -> CredentialState:
        """The state of the key."""
        return self.key.state


class GivenKeys(KeyRing):
    """The keys of a file, which replace the keys that a run would create.

    A requirement is not judged if these keys cannot show it, or if it needs a key that the run creates: no key can
    be created without the dashboard.
    """

    def __init__(self, run: str, contract: Contract, given: Iterable[GivenKey]) -> None:
        """Use the keys of `given`. The resources of the run are still named after `run`."""
        super().__init__(NoDashboard(), run, contract)
        self._given = tuple(given)
        self._live = tuple(one for one in self._given if one.state is CredentialState.LIVE)

    @property
    def live_scopes(self) -> tuple[frozenset[str], ...]:
        """The scopes of each live key, including the implied ones."""
        return tuple(self.contract.closure(one.key.scopes) for one in self._live)

    def check(self, target: Target) -> None:
        """Send each key to the target. Raises Misdirected if the target does not know or cannot have issued it."""
        reads = read_of_each_scope(self.contract)
        for one in self._live:
            strange = sorted(one.key.scopes - set(grantable(self.contract)))
            if strange:
                release = self.contract.release
                raise Misdirected(f"--keys: {one.key.variable} holds {strange[0]}, a scope that {release} has not")
            response = target.send_once(harmless(reads[min(one.key.scopes & reads.keys())]), one.key)
            if response.status == 401:
                raise Misdirected(
                    f"--keys: the target does not know the key in {one.key.variable} ({response.in_short})"
                )

    def holding(self, *scopes: str) -> Key:
        """The given key with exactly these scopes."""
        wanted = self.contract.closure(scopes)
        for one in self._live:
            if self.contract.closure(one.key.scopes) == wanted:
                return one.key
        raise NotJudged(f"--keys has no key with exactly {', '.join(sorted(wanted))}", by_choice=True)

    def creation(self, *scopes: str) -> HttpResponse:  # noqa: ARG002  likewise
        """Raise NotJudged: the run did not see the creation of the keys."""
        return self._dashboard.create_key({})

    def weakest(self, scope: str | None) -> Key:
        """The key that is sufficient for `scope` and has the fewest other scopes."""
        if scope is None:
            return super().weakest(scope)
        enough = [one.key for one in self._live if one.key.scopes & self.contract.sufficient(scope)]
        if not enough:
            raise NotJudged(f"--keys has no key with {scope}", by_choice=True)
        return min(enough, key=lambda key: (len(self.contract.closure(key.scopes)), scope not in key.scopes))

    def strongest_without(self, scope: str | None) -> Key:
        """The key that is insufficient for `scope` and has the most scopes."""
        opening = self.contract.sufficient(scope) if scope else frozenset()
        left = [one.key for one in self._live if not one.key.scopes & opening]
        if not left:
            raise NotJudged(f"--keys has no key without {scope}", by_choice=True)
        return max(left, key=lambda key: len(self.contract.closure(key.scopes)))

    def speaker(self) -> Key:
        """The key that chats. The file must contain its id on the target, otherwise raises NotJudged."""
        key = self.weakest(Scope.CHAT)
        if not any(one.key is key and one.has_id for one in self._live):
            raise NotJudged(
                f"--keys does not tell the id of {key.variable}: its chats could not be removed", by_choice=True
            )
        return key

    def chatting(self, purpose: str, number: int = 0) -> Key:  # noqa: ARG002  no key can be created for it
        """The key with `chat` at index `number`, of those whose ids the file contains. `purpose` is ignored."""
        enough = [one.key for one in self._live if one.has_id and one.key.scopes & self.contract.sufficient(Scope.CHAT)]
        if len(enough) <= number:
            raise NotJudged(f"--keys has no {number + 1} keys with {Scope.CHAT} and their ids", by_choice=True)
        return sorted(enough, key=lambda key: len(self.contract.closure(key.scopes)))[number]

    def revoked(self) -> Key:
        """The given key that is revoked."""
        return self._ended_as(CredentialState.REVOKED)

    def deleted(self) -> Key:
        """The given key that is deleted."""
        return self._ended_as(CredentialState.DELETED)

    def expired(self) -> Key:
        """The given key that is expired."""
        return self._ended_as(CredentialState.EXPIRED)

    def close(self) -> list[str]:
        """Do nothing: no key was created, so none is removed."""
        return []

    def _ended_as(self, state: CredentialState) -> Key:
        for one in self._given:
            if one.state is state:
                return one.key
        raise NotJudged(f"--keys has no {state.value} key", by_choice=True)


def read_keys(path: Path, environment: Mapping[str, str]) -> tuple[GivenKey, ...]:
    """The `[[key]]` tables of a TOML file, their secrets from `environment`. Raises UnreadableKeysError."""
    raw = read_toml(path, UnreadableKeysError)
    tables = raw.get("key", [])
    if set(raw) - {"key"} or not isinstance(tables, list) or not tables:
        raise UnreadableKeysError(f"{path}: holds no [[key]] tables, or something else beside")
    return tuple(_key(f"{path}: [[key]] {number}", table, environment) for number, table in enumerate(tables, 1))


def _key(place: str, table: Any, environment: Mapping[str, str]) -> GivenKey:
    if not isinstance(table, dict) or set(table) - MEMBERS:
        raise UnreadableKeysError(f"{place}: has members other than {', '.join(sorted(MEMBERS))}")
    variable, scopes = table.get("variable"), table.get("scopes")
    state, id = table.get("state", "live"), table.get("id", place)
    if not isinstance(variable, str) or not variable:
        raise UnreadableKeysError(f"{place}: variable names the environment variable that holds the key")
    if not environment.get(variable):
        raise UnreadableKeysError(f"{place}: the environment variable {variable} is not set")
    if not is_sendable(environment[variable]):
        raise UnreadableKeysError(f"{place}: {variable} {UNSENDABLE}")
    known = grantable(releases.contract(releases.NEWEST))
    if not isinstance(scopes, list) or not scopes or not set(map(str, scopes)) <= set(known):
        raise UnreadableKeysError(f"{place}: scopes are some of {', '.join(known)}")
    if state not in STATES:
        raise UnreadableKeysError(f"{place}: state is one of {', '.join(STATES)}")
    if not isinstance(id, str) or not id:
        raise UnreadableKeysError(f"{place}: id is the text that the dashboard lists the key by")
    key = Key(id, frozenset(scopes), Secret(environment[variable], variable), CredentialState(state))
    return GivenKey(key, "id" in table)
