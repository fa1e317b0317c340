"""KEY-*: the life of a key after its creation: it expires, it is listed, and it does not affect other keys."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.contract import CREATE_KEY, DELETE_KEY, IM_BOTS, LIST_KEYS, REVOKE_KEY, read_of_each_scope
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.keys.dashboard import Dashboard, created_key, entry_of, shown_entry
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.scenarios.journey import part
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, found, written
from astrbot_conformance.verdict.requirement import over, requirement

NO_TIME: list[Any] = [0, -1, -365, 1.5, "x", "", [], {}]
ZONES = timedelta(hours=15)  # the possible difference of a time without a time zone
SLACK = timedelta(hours=1)  # the possible difference between the clocks of a server and its database


@requirement("KEY-FORMAT")
@over([CREATE_KEY, LIST_KEYS, REVOKE_KEY, DELETE_KEY])
def test_key_format_to_the_end(dashboard: Dashboard, keys: KeyRing) -> None:
    """A new key MUST start with `abk_` and MUST be shown only once.

    This check revokes and deletes the key: no response shows it again, and the list never does.
    """
    key = keys.another("shown_once", Scope.IM)
    answers = [dashboard.list_keys(), dashboard.revoke_key(key.id), dashboard.list_keys(), dashboard.delete_key(key.id)]
    for response in answers:
        if key.secret.reveal().encode() in response.body:
            found(response, expected="the secret of a key not shown again", actual="it is shown")
    if failed := [response for response in answers if not response.is_accepted]:
        raise NotJudged(f"{failed[0].request.operation}: answers {failed[0].in_short}")


@requirement("KEY-EXPIRY")
@over([CREATE_KEY])
def test_key_expiry(target: Target, dashboard: Dashboard, keys: KeyRing, exploration: Exploration) -> None:
    """A key MUST expire `expires_in_days` days after it is created. If the number is absent or null, the key MUST NOT expire; any other value that is not a positive integer MUST be rejected."""  # noqa: E501  the sentence as the contract has it

    def use(key: Key, response: HttpResponse, members: Mapping[str, int | None]) -> None:
        """Expect the same expiry in the list, and a key without one to be authorized."""
        listing = dashboard.list_keys()
        shown, said = shown_entry(key, listing).get("expires_at"), part(response.data, "expires_at")
        if not _are_one_end(shown, said):
            found(listing, expected=f"a key listed with its end, {_quoted(said)}", actual=written(shown))
        if not members:
            target.must_admit(harmless(IM_BOTS), keys.weakest(IM_BOTS.scope))
            admission = target.send(harmless(IM_BOTS), key)
            if not admission.admits:
                found(admission, expected="a key without an end let in")

    def judge(members: Mapping[str, int | None]) -> None:
        response, days = _created(dashboard, keys, members, use), members.get("expires_in_days")
        expect_accepted(response, f"a key for {written(days)} days")
        end, made = _time(response, "expires_at"), _time(response, "created_at")
        if days is None and end is None:
            return
        if days is None or end is None or made is None or abs(end - made - timedelta(days=days)) > SLACK:
            shown = ", ".join(f"{name} {_quoted(part(response.data, name))}" for name in ("created_at", "expires_at"))
            found(response, expected=f"an end {written(days)} days after it was made", actual=shown)

    endless: list[Mapping[str, int | None]] = [{}, {"expires_in_days": None}]
    common: list[Mapping[str, int | None]] = [{"expires_in_days": 1}, {"expires_in_days": 30}]
    rows = [*endless, *common] if exploration.is_cheap else endless  # the run creates its own keys for one day anyway
    cases: SearchStrategy[Mapping[str, int | None]] = st.fixed_dictionaries({"expires_in_days": st.integers(1, 3650)})
    exploration.try_each(rows, cases, judge, at_most=3)


@requirement("KEY-EXPIRY")
@over([LIST_KEYS])
def test_key_expiry_listed(dashboard: Dashboard, keys: KeyRing) -> None:
    """A key MUST expire `expires_in_days` days after it is created. If the number is absent or null, the key MUST NOT expire; any other value that is not a positive integer MUST be rejected.

    This check reads the expiry from the list of keys.
    """  # noqa: E501  the sentence as the contract has it
    key = keys.weakest(Scope.IM)
    listing = dashboard.list_keys()
    entry = shown_entry(key, listing)
    end, made = _read(entry.get("expires_at")), _read(entry.get("created_at"))
    if end is None or (made is not None and abs(end - made - timedelta(days=1)) > SLACK):
        found(listing, expected="a key for 1 day listed with its end", actual=written(entry))


@requirement("KEY-EXPIRY")
@over([CREATE_KEY])
def test_key_expiry_refused(dashboard: Dashboard, keys: KeyRing, exploration: Exploration) -> None:
    """A key MUST expire `expires_in_days` days after it is created. If the number is absent or null, the key MUST NOT expire; any other value that is not a positive integer MUST be rejected."""  # noqa: E501  the sentence as the contract has it
    keys.holding(Scope.IM)  # the control: an ordinary key must be created first, otherwise NotJudged

    def judge(days: Any) -> None:
        expect_refused(_created(dashboard, keys, {"expires_in_days": days}), f"a key for {written(days)} days")

    exploration.try_each(NO_TIME, st.integers(-(10**6), 0), judge, at_most=3)


@requirement("KEY-LISTED")
@over([LIST_KEYS, REVOKE_KEY, DELETE_KEY])
def test_key_listed(dashboard: Dashboard, keys: KeyRing) -> None:
    """The list of keys MUST show the scopes that each key has. A revoked key MUST stay in the list, marked as revoked; a deleted key MUST NOT."""  # noqa: E501  the sentence as the contract has it
    key, others = keys.another("listed", Scope.IM, Scope.CHAT), keys.profile()
    listing = dashboard.list_keys()
    before = entry_of(key, listing) or {}
    if set(before.get("scopes") or []) != key.scopes or before.get("is_revoked") is not False:
        found(listing, expected="a new key listed with its scopes and not as revoked", actual=written(before))
    shown = {other.id: entry_of(other, listing) for other in others}
    missing = [id for id, entry in shown.items() if entry is None]
    if missing:
        found(listing, expected="every key listed", actual=f"{len(missing)} of {len(others)} of this run are not")
    for other in others:
        _expect_listed_with_rights(other, listing, keys.contract)
    for _ in range(2):
        expect_accepted(dashboard.revoke_key(key.id), "the revocation of a key")
    revoked = dashboard.list_keys()
    entry = entry_of(key, revoked)
    if entry is None or entry.get("is_revoked") is not True or not entry.get("revoked_at"):
        found(revoked, expected="a revoked key listed as revoked", actual=written(entry))
    _expect_listed_with_rights(key, revoked, keys.contract)
    unrevoked = keys.another("deleted_in_use", Scope.IM)
    for one in (key, unrevoked):
        expect_accepted(dashboard.delete_key(one.id), "the deletion of a key")
    deleted = dashboard.list_keys()
    if any(entry_of(one, deleted) is not None for one in (key, unrevoked)):
        found(deleted, expected="a deleted key not listed", actual="it is listed")
    expect_refused(dashboard.delete_key(key.id), "the deletion of a key that is gone")


@requirement("KEY-ISOLATION")
@over([CREATE_KEY, REVOKE_KEY, DELETE_KEY])
def test_key_isolation(
    target: Target, dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Creating, revoking or deleting a key MUST NOT change the rights of another key, whatever the names of the keys are."""  # noqa: E501  the sentence as the contract has it
    reads = read_of_each_scope(contract)
    mine, other = exploration.choose("isolation", [scope for scope in reads if scope != Scope.CONFIG], size=2)
    name = f"{keys.name}twin"
    first = keys.another("first", mine, name=name)
    second = keys.another("second", other, name=name)
    third = keys.another("third", *contract.scopes, name=name)
    if first.id == second.id:
        found(dashboard.list_keys(), expected="an id for each key", actual=f"two of one name are both {first.id}")
    mutual = ((first, reads[mine], reads[other]), (second, reads[other], reads[mine]))
    expect_accepted(dashboard.revoke_key(third.id), "the revocation of a key")
    _expect_rights(target, mutual, "when another of its name was revoked")
    listing = dashboard.list_keys()
    if any((entry_of(key, listing) or {}).get("is_revoked") for key in (first, second)):
        found(listing, expected="a key not listed as revoked when another of its name was", actual="it is")
    expect_accepted(dashboard.delete_key(second.id), "the deletion of a key")
    _expect_rights(target, mutual[:1], "when another of its name was deleted")


def _expect_rights(target: Target, rights: Iterable[tuple[Key, Operation, Operation]], when: str) -> None:
    """Expect each key to open its own operation, and not the operation of the other key."""
    for key, mine, other in rights:
        response = target.send(harmless(mine), key)
        if not response.admits:
            found(response, expected=f"a `{mine.scope}` key let in {when}")
        response = target.send(harmless(other), key)
        if response.admits:
            found(response, expected=f"a `{mine.scope}` key turned away from `{other.scope}` {when}")


def _expect_listed_with_rights(key: Key, listing: HttpResponse, contract: Contract) -> None:
    """Expect the list to show the rights of a key. It may include or omit implied scopes, see KEY-IMPLIES."""
    scopes = (entry_of(key, listing) or {}).get("scopes")
    shown = contract.closure(scopes if isinstance(scopes, list) else [])
    if shown != contract.closure(key.scopes):
        wanted = written(sorted(contract.closure(key.scopes)))
        found(listing, expected=f"a key listed with {wanted}", actual=f"listed with {written(sorted(shown))}")


def _created(
    dashboard: Dashboard,
    keys: KeyRing,
    members: Mapping[str, Any],
    use: Callable[[Key, HttpResponse, Mapping[str, Any]], None] | None = None,
) -> HttpResponse:
    """Create a key, pass it to `use`, and remove it if it was created; return the response."""
    response = dashboard.create_key({"name": f"{keys.name}timed", "scopes": ["im"], **members})
    try:
        if use and (key := created_key(response, "TIMED")):
            use(key, response, members)
    finally:
        if response.is_accepted and (key_id := part(response.data, "key_id")):
            dashboard.delete_key(str(key_id))
    return response


def _are_one_end(shown: Any, said: Any) -> bool:
    """Whether two texts name the same time, or neither names one. One of them may lack the time zone."""
    one, other = _read(shown), _read(said)
    return one is other is None or (one is not None and other is not None and abs(one - other) < ZONES)


def _time(response: HttpResponse, member: str) -> datetime | None:
    return _read(part(response.data, member))


def _quoted(value: Any) -> str:
    """A time, or the text that there is none: no other part of a response that contains a key is quoted."""
    return written(value) if value is None or _read(value) else "that is not a time"


def _read(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo else time.astimezone()
