"""KEY-*: the life of a key after its creation: it expires, it is listed, and it does not affect other keys."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.astrbot_operations import CREATE_KEY, DELETE_KEY, IM_BOTS, LIST_KEYS, REVOKE_KEY
from astrbot_conformance.contract import read_of_each_scope
from astrbot_conformance.http import HttpResponse, Key, Target, harmless
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.dashboard import Dashboard, created_key, entry_of, shown_entry
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import in_words
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

INVALID_DAYS: list[Any] = [0, -1, -365, 1.5, "x", "", [], {}]
ZONE_DIFFERENCE = timedelta(hours=15)  # the possible difference of a time without a time zone
CLOCK_DIFFERENCE = timedelta(hours=1)  # the possible difference between the clocks of a server and its database


@requirement("KEY-FORMAT")
@over([CREATE_KEY, LIST_KEYS, REVOKE_KEY, DELETE_KEY])
def test_key_format_to_the_end(dashboard: Dashboard, keys: KeyRing) -> None:
    """List, revoke and delete a key, and expect that no response contains the key itself."""
    key = keys.another("shown_once", Scope.IM)
    answers = [dashboard.list_keys(), dashboard.revoke_key(key.id), dashboard.list_keys(), dashboard.delete_key(key.id)]
    for response in answers:
        if key.secret.reveal().encode() in response.body:
            fail(response, expected="no response but the creation to show a key itself", actual="it is shown")
    if failed := [response for response in answers if not response.is_accepted]:
        raise NotJudged(f"{failed[0].request.operation}: not accepted: {failed[0].in_short}")


@requirement("KEY-EXPIRY")
@over([CREATE_KEY])
def test_key_expiry(target: Target, dashboard: Dashboard, keys: KeyRing, exploration: Exploration) -> None:
    """Create keys that expire after several numbers of days, or never.

    The response and the list must show that date. A key without an expiry date must be authorized.
    """

    def use(key: Key, response: HttpResponse, members: Mapping[str, int | None]) -> None:
        """Expect the same expiry in the list, and a key without one to be authorized."""
        listing = dashboard.list_keys()
        shown, created = shown_entry(key, listing).get("expires_at"), part(response.data, "expires_at")
        if not _are_same_time(shown, created):
            expected = f"the key to be listed with the `expires_at` of its creation, {_quoted(created)}"
            fail(listing, expected=expected, actual=f"listed with {written(shown)}")
        if not members:
            target.must_admit(harmless(IM_BOTS), keys.weakest(IM_BOTS.scope))
            admission = target.send(harmless(IM_BOTS), key)
            if not admission.admits:
                fail(admission, expected="a key without an expiry date to be authorized")

    def judge(members: Mapping[str, int | None]) -> None:
        response, days = _created(dashboard, keys, members, use), members.get("expires_in_days")
        what = f"a key with {written(dict(members))}" if members else "a key without `expires_in_days`"
        expect_accepted(response, f"the creation of {what}")
        end, start = _time(response, "expires_at"), _time(response, "created_at")
        if days is None and end is None:
            return
        if days is None or end is None or start is None or not _are_days_apart(start, end, days):
            shown = ", ".join(f"`{name}` {_quoted(part(response.data, name))}" for name in ("created_at", "expires_at"))
            expiry = "no `expires_at`" if days is None else f"`expires_at` {days} days after `created_at`"
            fail(response, expected=f"{expiry} for {what}", actual=shown)

    endless: list[Mapping[str, int | None]] = [{}, {"expires_in_days": None}]
    common: list[Mapping[str, int | None]] = [{"expires_in_days": 1}, {"expires_in_days": 30}]
    rows = [*endless, *common] if exploration.is_cheap else endless  # the run creates its own keys for one day anyway
    cases: SearchStrategy[Mapping[str, int | None]] = st.fixed_dictionaries({"expires_in_days": st.integers(1, 3650)})
    exploration.try_each(rows, cases, judge, at_most=3)


@requirement("KEY-EXPIRY")
@over([LIST_KEYS])
def test_key_expiry_listed(dashboard: Dashboard, keys: KeyRing) -> None:
    """Expect a key for one day to be listed with `expires_at` one day after `created_at`."""
    key = keys.weakest(Scope.IM)
    listing = dashboard.list_keys()
    entry = shown_entry(key, listing)
    end, start = _read(entry.get("expires_at")), _read(entry.get("created_at"))
    if end is None or (start is not None and not _are_days_apart(start, end, 1)):
        expected = "a key for 1 day to be listed with `expires_at` 1 day after `created_at`"
        fail(listing, expected=expected, actual=written(entry))


@requirement("KEY-EXPIRY")
@over([CREATE_KEY])
def test_key_expiry_refused(dashboard: Dashboard, keys: KeyRing, exploration: Exploration) -> None:
    """Create keys with zero, negative, fractional and other invalid numbers of days: expect a rejection.

    The control: an ordinary key is created.
    """
    keys.holding(Scope.IM)  # the control: an ordinary key must be created first, otherwise NotJudged

    def judge(days: Any) -> None:
        what = f"the creation of a key with `expires_in_days` {written(days)}"
        expect_refused(_created(dashboard, keys, {"expires_in_days": days}), what)

    exploration.try_each(INVALID_DAYS, st.integers(-(10**6), 0), judge, at_most=3)


@requirement("KEY-LISTED")
@over([LIST_KEYS, REVOKE_KEY, DELETE_KEY])
def test_key_listed(dashboard: Dashboard, keys: KeyRing) -> None:
    """List many keys with few and with many scopes, and expect each with its scopes.

    Then revoke one key twice, and delete a revoked and a live key. The list must follow, and a second deletion must be
    rejected.
    """
    for scope in keys.contract.scopes:  # many keys, some with many scopes: a list may show only a part of either
        keys.weakest(scope)
        keys.strongest_without(scope)
    keys.all_scopes()
    key, others = keys.another("listed", Scope.IM, Scope.CHAT), keys.profile()
    listing = dashboard.list_keys()
    before = entry_of(key, listing) or {}
    if set(before.get("scopes") or []) != key.scopes or before.get("is_revoked") is not False:
        expected = f"a new key to be listed with the scopes {written(sorted(key.scopes))} and `is_revoked` false"
        fail(listing, expected=expected, actual=written(before))
    shown = {other.id: entry_of(other, listing) for other in others}
    missing = [id for id, entry in shown.items() if entry is None]
    if missing:
        unlisted = f"{len(missing)} of {len(others)} keys are not listed"
        fail(listing, expected="every key of the run to be listed", actual=unlisted)
    for other in others:
        _expect_listed_with_rights(other, listing, keys.contract)
    for _ in range(2):
        expect_accepted(dashboard.revoke_key(key.id), "the revocation of a key")
    revoked = dashboard.list_keys()
    entry = entry_of(key, revoked)
    if entry is None or entry.get("is_revoked") is not True or not entry.get("revoked_at"):
        expected = "a revoked key to be listed with `is_revoked` true and `revoked_at`"
        fail(revoked, expected=expected, actual=written(entry))
    _expect_listed_with_rights(key, revoked, keys.contract)
    unrevoked = keys.another("deleted_in_use", Scope.IM)
    for one in (key, unrevoked):
        expect_accepted(dashboard.delete_key(one.id), "the deletion of a key")
    deleted = dashboard.list_keys()
    if any(entry_of(one, deleted) is not None for one in (key, unrevoked)):
        fail(deleted, expected="a deleted key not to be listed", actual="it is listed")
    expect_refused(dashboard.delete_key(key.id), "the deletion of a key that is already deleted")


@requirement("KEY-ISOLATION")
@over([CREATE_KEY, REVOKE_KEY, DELETE_KEY])
def test_key_isolation(
    target: Target, dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract
) -> None:
    """Create three keys with the same name, revoke one, and delete another.

    Each key must have its own id, and the other keys must keep their rights and their state in the list.
    """
    reads = read_of_each_scope(contract)
    own, other = exploration.choose("isolation", [scope for scope in reads if scope != Scope.CONFIG], size=2)
    name = f"{keys.name}twin"
    first = keys.another("first", own, name=name)
    second = keys.another("second", other, name=name)
    third = keys.another("third", *contract.scopes, name=name)
    if first.id == second.id:
        actual = f"two keys with the same name have the id {first.id}"
        fail(dashboard.list_keys(), expected="a different id for each key", actual=actual)
    both = ((first, reads[own], reads[other]), (second, reads[other], reads[own]))
    expect_accepted(dashboard.revoke_key(third.id), "the revocation of a key")
    _expect_rights(target, contract, both, "after another key with the same name was revoked")
    listing = dashboard.list_keys()
    if any((entry_of(key, listing) or {}).get("is_revoked") for key in (first, second)):
        expected = "a key not to be listed as revoked after another key with the same name was revoked"
        fail(listing, expected=expected, actual="it is listed as revoked")
    expect_accepted(dashboard.delete_key(second.id), "the deletion of a key")
    _expect_rights(target, contract, both[:1], "after another key with the same name was deleted")


def _expect_rights(
    target: Target, contract: Contract, rights: Iterable[tuple[Key, Operation, Operation]], when: str
) -> None:
    """Expect each key to open its own operation, and not the operation of the other key."""
    for key, own, other in rights:
        response = target.send(harmless(own), key)
        if not response.admits:
            fail(response, expected=f"{in_words(key, contract)} to be authorized {when}")
        response = target.send(harmless(other), key)
        if response.admits:
            fail(response, expected=f"{in_words(key, contract)} to be rejected {when}: `{other.scope}` is required")


def _expect_listed_with_rights(key: Key, listing: HttpResponse, contract: Contract) -> None:
    """Expect the list to show the rights of a key. It may include or omit implied scopes, see KEY-IMPLIES."""
    scopes = (entry_of(key, listing) or {}).get("scopes")
    shown = contract.closure(scopes if isinstance(scopes, list) else [])
    if shown != contract.closure(key.scopes):
        rights = written(sorted(contract.closure(key.scopes)))
        expected = f"a key with {rights} to be listed with these scopes"
        fail(listing, expected=expected, actual=f"listed with {written(sorted(shown))}")


def _created(
    dashboard: Dashboard,
    keys: KeyRing,
    members: Mapping[str, Any],
    use: Callable[[Key, HttpResponse, Mapping[str, Any]], None] | None = None,
) -> HttpResponse:
    """Create a key, pass it to `use`, and remove it if it was created; return the response."""
    with dashboard.temporary_key({"name": f"{keys.name}timed", "scopes": ["im"], **members}) as response:
        if use and (key := created_key(response, "TIMED")):
            use(key, response, members)
    return response


def _are_same_time(text: Any, other_text: Any) -> bool:
    """Whether two texts name the same time, or neither names one. One of them may lack the time zone."""
    one, other = _read(text), _read(other_text)
    return one is other is None or (one is not None and other is not None and abs(one - other) < ZONE_DIFFERENCE)


def _are_days_apart(start: datetime, end: datetime, days: int) -> bool:
    return abs(end - start - timedelta(days=days)) <= CLOCK_DIFFERENCE


def _time(response: HttpResponse, member: str) -> datetime | None:
    return _read(part(response.data, member))


def _quoted(value: Any) -> str:
    """A time, or the text that there is none: no other part of a response that contains a key is quoted."""
    return written(value) if value is None or _read(value) else "(not a time)"


def _read(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo else time.astimezone()
