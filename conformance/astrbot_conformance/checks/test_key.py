"""KEY-*: the scopes that the dashboard grants to a new key."""

from collections.abc import Callable
from functools import partial
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CREATE_KEY, LIST_KEYS
from astrbot_conformance.contract import grantable, read_of_each_scope
from astrbot_conformance.http import HttpResponse, Key, Target, harmless
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import implying_scope_lists, scope_lists, ungrantable_scope_lists
from astrbot_conformance.json_value import as_list, part
from astrbot_conformance.keys.dashboard import Dashboard, created_key, shown_entry
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import expect_rejected, in_words
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

IMPLYING = Scope.CONFIG
UNGRANTABLE: list[Any] = [
    *([scope] for scope in ("*", "bogus", "Chat", " chat")),
    ["chat", "bogus", "x"],
    ["all"],
    ["chat:write"],
    ["chat:admin"],
    [""],
    ["chat", ""],
    ["chat,im"],
    ["chat im"],
    ["ch\u0430t"],  # the third letter is Cyrillic
    ["\uff43\uff48\uff41\uff54"],  # full width
    ["chat\u200b"],
    ["chat\x00"],
    ["bot", "provider", "con\ufb01g"],  # a ligature
    ["bogus"] * 500,
    ["chat"] * 500 + ["bogus"],
    "chat",
    "*",
    [None],
    ["chat", None],
    [None, "chat"],
    [1],
    [True],
    [["chat"]],
    [{"chat": True}],
    {"chat": True},
    True,
]
REPEATED = [["chat", "chat", "im"], ["im", "chat"], ["chat"] * 300 + ["im"] * 300]
FEW_ORDERS = 2
ORDERS = [
    ["chat", "config"],
    ["provider", "config"],
    ["bot", "config", "provider"],
    ["config", "bot", "config"],
    ["chat"] * 200 + ["config"],
]


@requirement("KEY-FORMAT")
@over([CREATE_KEY])
def test_key_format(dashboard: Dashboard, keys: KeyRing) -> None:
    """Create a key, and expect the prefix `abk_`. Then list the keys: no entry contains the key itself."""
    response = keys.creation(Scope.CHAT)
    expect_accepted(response, "the creation of a key with the scope `chat`")
    secret, key_id = part(response.data, "api_key"), part(response.data, "key_id")
    if not isinstance(secret, str) or not secret.startswith("abk_"):
        fail(response, expected="`api_key` to start with `abk_`", actual="it does not")

    listing = dashboard.list_keys()

    if str(key_id).encode() not in listing.body:
        raise NotJudged(f"the list of keys does not contain a new key: {listing.in_short}")
    if secret.encode() in listing.body:
        fail(listing, expected="the list of keys not to show a key itself", actual="the list shows it")


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Create keys with closed scopes, unknown names, values that are not lists, and an empty list.

    Each creation must be rejected. The control: an ordinary key is created.
    """
    keys.holding(Scope.CHAT)  # the control: an ordinary key must be created first, otherwise NotJudged

    def judge(scopes: Any) -> None:
        response = _created(dashboard, keys, scopes)
        expect_refused(response, f"the creation of a key {_with(scopes)}")

    closed = contract.closed_scopes
    pairs = [row for scope in closed for row in (["chat", scope], [scope, "chat"])]
    rows = [[], *([scope] for scope in closed), *pairs, *UNGRANTABLE]
    exploration.try_each(rows, ungrantable_scope_lists(contract), judge)


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes_granted(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Create keys with each scope that implies no other, and with several of them in any order, also repeated.

    Each must be granted the requested scopes and no others.
    """
    alone = [[scope] for scope in contract.scopes if scope != IMPLYING]
    rows = [*alone, *REPEATED] if exploration.is_cheap else alone
    exploration.try_each(rows, scope_lists(contract, without=IMPLYING), partial(_expect_granted, dashboard, keys))


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Create keys with `config` in any position, repeated, and next to other scopes.

    Each must be granted the requested scopes and the implied ones, and no others.
    """
    rows = [*ORDERS, list(reversed(contract.scopes))]
    few = rows if exploration.is_cheap else exploration.choose("orders", rows, size=FEW_ORDERS)
    exploration.try_each(
        [["config"], *few], implying_scope_lists(contract, IMPLYING), partial(_expect_granted, dashboard, keys)
    )


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies_in_the_listing(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """Create a key with `config`, and expect the implied scopes in the list of keys too."""
    key = keys.holding(IMPLYING)
    listing = dashboard.list_keys()
    shown = {str(scope) for scope in shown_entry(key, listing).get("scopes") or []}
    implied = contract.closure([IMPLYING])
    if shown != implied:
        expected = f"a key that was created with `{IMPLYING}` to be listed with the scopes {written(sorted(implied))}"
        fail(listing, expected=expected, actual=f"listed with {written(sorted(shown))}")


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies_in_company(target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """Create a key with `config` and another scope: it opens what both scopes give, and no other scope.

    The controls: a key with only the required scope is authorized, and the strongest key without it is rejected.
    """
    reads = read_of_each_scope(contract)
    others = [scope for scope in reads if scope not in contract.closure([IMPLYING])]
    extra, missing = exploration.choose("company", others, size=2)
    key = keys.holding(extra, IMPLYING)
    for scope in sorted(contract.closure([extra, IMPLYING])):
        target.must_admit(harmless(reads[scope]), keys.weakest(scope))
        response = target.send(harmless(reads[scope]), key)
        if not response.admits:
            sent = f"a key that was created with `{extra}` and `{IMPLYING}`"
            fail(response, expected=f"{sent} to be authorized for the scope `{scope}`")
    if target.send_once(harmless(reads[missing]), keys.strongest_without(missing)).admits:
        raise NotJudged(f"{reads[missing]}: authorizes a key without the required scope, see SCOPE-REQUIRED")
    response = target.send(harmless(reads[missing]), key)
    if response.admits:
        fail(response, expected=f"{in_words(key, contract)} to be rejected, because `{missing}` is required")


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes_unsaid(target: Target, dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """Create a key without a list of scopes, and expect the default scopes and no others.

    A closed operation must reject this key.
    """

    def expect_no_more(key: Key) -> None:
        expect_rejected(target.send(harmless(LIST_KEYS), key), contract, status=(401, 403))

    response = _created(dashboard, keys, None, use=expect_no_more)
    expect_accepted(response, "the creation of a key without a list of scopes")
    if _granted(response) != set(contract.default_scopes):
        defaults = written(sorted(contract.default_scopes))
        expected = f"a key that was created without a list of scopes to be granted {defaults}"
        fail(response, expected=expected, actual=f"granted {_shown(_granted(response), contract)}")


@requirement("KEY-SUB-SCOPES")
@over([CREATE_KEY])
def test_key_sub_scopes(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """Create keys with a sub-scope alone, and with every scope but the required one: expect a rejection.

    The control: an ordinary key is created.
    """
    keys.holding(Scope.CHAT)  # the control: an ordinary key must be created first, otherwise NotJudged
    for sub_scope, needed in contract.sub_scopes.items():
        others = [scope for scope in contract.scopes if scope != needed]
        for scopes in (
            [sub_scope],
            [sub_scope, sub_scope],
            *([other, sub_scope] for other in others),
            [sub_scope, *others],
        ):
            if needed in contract.closure(scopes):
                continue
            response = _created(dashboard, keys, scopes)
            what = f"the creation of a key {_with(scopes)}, but without `{needed}`,"
            expect_refused(response, what)


@requirement("KEY-SUB-SCOPES")
@over([CREATE_KEY])
def test_key_sub_scopes_granted(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """Create keys with a sub-scope and the scope that it requires, in any order: expect that it is granted.

    A key that is created without the sub-scope, or without a list of scopes, must not be granted it.
    """
    for sub_scope, needed in contract.sub_scopes.items():
        for scopes in ([needed, sub_scope], [sub_scope, needed], [sub_scope, needed, sub_scope], [needed], None):
            response = _created(dashboard, keys, scopes)
            expect_accepted(response, f"the creation of a key {_with(scopes)}")
            is_requested = sub_scope in (scopes or ())
            if (sub_scope in _granted(response)) is not is_requested:
                granted = "to be granted" if is_requested else "not to be granted"
                fail(
                    response,
                    expected=f"`{sub_scope}` {granted} to a key that was created {_with(scopes)}",
                    actual=f"granted {_shown(_granted(response), contract)}",
                )


def _expect_granted(dashboard: Dashboard, keys: KeyRing, scopes: list[str]) -> None:
    """Expect a key with these scopes to hold them and the implied ones only. A single-scope key belongs to the run."""
    response = keys.creation(*scopes) if len(scopes) == 1 else _created(dashboard, keys, scopes)
    expect_accepted(response, f"the creation of a key {_with(scopes)}")
    required, granted = keys.contract.closure(scopes), _granted(response)
    if granted != required:
        sent = f"a key that was created {_with(scopes)}"
        expected = f"{sent} to be granted {written(sorted(required))}"
        fail(response, expected=expected, actual=f"granted {_shown(granted, keys.contract)}")


def _with(scopes: Any) -> str:
    """The scopes in a request that creates a key, as text."""
    if scopes is None:
        return "without a list of scopes"
    text = written(scopes)
    return f"with the scopes {text if len(text) <= 120 else f'{text[:120]}… ({len(scopes)} in all)'}"


def _created(
    dashboard: Dashboard, keys: KeyRing, scopes: Any, use: Callable[[Key], None] | None = None
) -> HttpResponse:
    """Create a key, pass it to `use`, and remove it if it was created; return the response."""
    body = {"name": f"{keys.name}tried", "scopes": scopes, "expires_in_days": 1}
    with dashboard.temporary_key(body) as response:
        if use and (key := created_key(response, "TRIED")):
            use(key)
    return response


def _shown(scopes: set[str], contract: Contract) -> str:
    """The known scopes in `scopes` and the number of other texts: a response that contains a key is not quoted."""
    known = scopes & {*grantable(contract), *contract.closed_scopes}
    others = len(scopes - known)
    return written(sorted(known)) + (f" and {others} unknown names" if others else "")


def _granted(response: HttpResponse) -> set[str]:
    return set(map(str, as_list(part(response.data, "scopes"))))
