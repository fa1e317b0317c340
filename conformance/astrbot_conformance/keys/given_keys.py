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
from astrbot_conformance.given_file import read_toml
from astrbot_conformance.http import CredentialState, HttpResponse, Key, Target, harmless
from astrbot_conformance.keys.dashboard import NoDashboard
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import Misdirected, NotJudged
from astrbot_conformance.secret import UNSENDABLE, Secret, is_sendable

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
            unknown = sorted(one.key.scopes - set(grantable(self.contract)))
            if unknown:
                problem = f"the scope `{unknown[0]}` does not exist in {self.contract.release}"
                raise Misdirected(f"--keys: {one.key.variable}: {problem}")
            response = target.send_once(harmless(reads[min(one.key.scopes & reads.keys())]), one.key)
            if response.status == 401:
                raise Misdirected(f"--keys: the target rejects the key in {one.key.variable} ({response.in_short})")

    def holding(self, *scopes: str) -> Key:
        """The given key with exactly these scopes."""
        expected = self.contract.closure(scopes)
        for one in self._live:
            if self.contract.closure(one.key.scopes) == expected:
                return one.key
        raise NotJudged(f"--keys has no key with exactly {', '.join(sorted(expected))}", by_choice=True)

    def creation(self, *scopes: str) -> HttpResponse:  # noqa: ARG002  likewise
        """Raise NotJudged: the run did not see the creation of the keys."""
        return self._dashboard.create_key({})

    def weakest(self, scope: str | None) -> Key:
        """The key that is sufficient for `scope` and has the fewest other scopes."""
        if scope is None:
            return super().weakest(scope)
        sufficient = [one.key for one in self._live if one.key.scopes & self.contract.sufficient(scope)]
        if not sufficient:
            raise NotJudged(f"--keys has no key with {scope}", by_choice=True)
        return min(sufficient, key=lambda key: (len(self.contract.closure(key.scopes)), scope not in key.scopes))

    def strongest_without(self, scope: str | None) -> Key:
        """The key that is insufficient for `scope` and has the most scopes."""
        opening = self.contract.sufficient(scope) if scope else frozenset()
        insufficient = [one.key for one in self._live if not one.key.scopes & opening]
        if not insufficient:
            raise NotJudged(f"--keys has no key without {scope}", by_choice=True)
        return max(insufficient, key=lambda key: len(self.contract.closure(key.scopes)))

    def speaker(self) -> Key:
        """The key that chats. The file must contain its id on the target, otherwise raises NotJudged."""
        key = self.weakest(Scope.CHAT)
        if not any(one.key is key and one.has_id for one in self._live):
            reason = f"--keys lacks the id of {key.variable}, without which its chats cannot be removed"
            raise NotJudged(reason, by_choice=True)
        return key

    def chatting(self, purpose: str, number: int = 0) -> Key:  # noqa: ARG002  no key can be created for it
        """The key with `chat` at index `number`, of those whose ids the file contains. `purpose` is ignored."""
        with_id = [one.key for one in self._live if one.has_id]
        suitable = [key for key in with_id if key.scopes & self.contract.sufficient(Scope.CHAT)]
        if len(suitable) <= number:
            reason = f"--keys has fewer than {number + 1} keys with {Scope.CHAT} and an id"
            raise NotJudged(reason, by_choice=True)
        return sorted(suitable, key=lambda key: len(self.contract.closure(key.scopes)))[number]

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
    if others := sorted(set(raw) - {"key"}):
        raise UnreadableKeysError(f"{path}: unknown key `{others[0]}`; only [[key]] tables are allowed")
    if not isinstance(tables, list) or not tables:
        raise UnreadableKeysError(f"{path}: contains no [[key]] tables")
    return tuple(_key(f"{path}: [[key]] {number}", table, environment) for number, table in enumerate(tables, 1))


def _key(place: str, table: Any, environment: Mapping[str, str]) -> GivenKey:
    if not isinstance(table, dict):
        raise UnreadableKeysError(f"{place}: is not a table; begin each key with [[key]]")
    if unknown := sorted(set(table) - MEMBERS):
        raise UnreadableKeysError(f"{place}: unknown key `{unknown[0]}`; the keys are {', '.join(sorted(MEMBERS))}")
    variable, scopes = table.get("variable"), table.get("scopes")
    state, id = table.get("state", "live"), table.get("id", place)
    if not isinstance(variable, str) or not variable:
        raise UnreadableKeysError(f"{place}: `variable` must name the environment variable that contains the key")
    if not environment.get(variable):
        raise UnreadableKeysError(f"{place}: the environment variable {variable} is not set; set it to the key")
    if not is_sendable(environment[variable]):
        raise UnreadableKeysError(f"{place}: {variable} {UNSENDABLE}")
    known = grantable(releases.contract(releases.NEWEST))
    if not isinstance(scopes, list) or not scopes or not set(map(str, scopes)) <= set(known):
        raise UnreadableKeysError(f"{place}: `scopes` must be a list of one or more of {', '.join(known)}")
    if state not in STATES:
        raise UnreadableKeysError(f"{place}: `state` must be one of {', '.join(STATES)}")
    if not isinstance(id, str) or not id:
        raise UnreadableKeysError(f"{place}: `id` must be the id of the key in the dashboard")
    key = Key(id, frozenset(scopes), Secret(environment[variable], variable), CredentialState(state))
    return GivenKey(key, "id" in table)
