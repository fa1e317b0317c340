"""KEY-*: the scopes that the dashboard grants to a new key."""

from collections.abc import Callable
from functools import partial
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.scopes import Scope

from astrbot_conformance.contract import CREATE_KEY, LIST_KEYS, grantable, read_of_each_scope
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import implying_scope_lists, scope_lists, ungrantable_scope_lists
from astrbot_conformance.keys.dashboard import Dashboard, created_key, shown_entry
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.verdict.finding import expect, expect_accepted, expect_refused, found, written
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
TOGETHER = [["chat", "chat", "im"], ["im", "chat"], ["chat"] * 300 + ["im"] * 300]
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
    """A new key MUST start with `abk_` and MUST be shown only once."""
    response = keys.creation(Scope.CHAT)
    expect_accepted(response, "a key with `chat`")
    secret, key_id = _data(response).get("api_key"), _data(response).get("key_id")
    if not isinstance(secret, str) or not secret.startswith("abk_"):
        found(response, expected="`api_key` beginning with `abk_`", actual="another form")

    listing = dashboard.list_keys()

    if str(key_id).encode() not in listing.body:
        raise NotJudged(f"the listing does not show a key that was just made: {listing.in_short}")
    if secret.encode() in listing.body:
        found(listing, expected="the secret of a key not shown again", actual="the listing shows it")


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """A key MUST be granted only scopes from the list of nine. `file`, `tool`, `skills`, `kb`, `data`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently."""  # noqa: E501  the sentence as the contract has it
    keys.holding(Scope.CHAT)  # the control: an ordinary key must be created first, otherwise NotJudged

    def judge(scopes: Any) -> None:
        response = _created(dashboard, keys, scopes)
        expect_refused(response, f"a key with {_short(scopes)}")

    closed = contract.closed_scopes
    beside = [row for scope in closed for row in (["chat", scope], [scope, "chat"])]
    rows = [[], *([scope] for scope in closed), *beside, *UNGRANTABLE]
    exploration.try_each(rows, ungrantable_scope_lists(contract), judge)


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes_granted(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """A key MUST be granted only scopes from the list of nine. `file`, `tool`, `skills`, `kb`, `data`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently."""  # noqa: E501  the sentence as the contract has it
    alone = [[scope] for scope in contract.scopes if scope != IMPLYING]
    rows = [*alone, *TOGETHER] if exploration.is_cheap else alone
    exploration.try_each(rows, scope_lists(contract, without=IMPLYING), partial(_expect_granted, dashboard, keys))


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies(dashboard: Dashboard, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """A key whose creation names `config` MUST be granted `config`, `bot` and `provider`, whether `config` comes first or last, once or repeated, alone or next to other scopes."""  # noqa: E501  the sentence as the contract has it
    rows = [*ORDERS, list(reversed(contract.scopes))]
    few = rows if exploration.is_cheap else exploration.choose("orders", rows, size=FEW_ORDERS)
    exploration.try_each(
        [["config"], *few], implying_scope_lists(contract, IMPLYING), partial(_expect_granted, dashboard, keys)
    )


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies_in_the_listing(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """A key whose creation names `config` MUST be granted `config`, `bot` and `provider`, whether `config` comes first or last, once or repeated, alone or next to other scopes.

    This check reads the granted scopes from the list of keys.
    """  # noqa: E501  the sentence as the contract has it
    key = keys.holding(IMPLYING)
    listing = dashboard.list_keys()
    shown = {str(scope) for scope in shown_entry(key, listing).get("scopes") or []}
    wanted = contract.closure([IMPLYING])
    if shown != wanted:
        found(
            listing, expected=f"listed with {written(sorted(wanted))}", actual=f"listed with {written(sorted(shown))}"
        )


@requirement("KEY-IMPLIES")
@over([CREATE_KEY])
def test_key_implies_in_company(target: Target, keys: KeyRing, exploration: Exploration, contract: Contract) -> None:
    """A key whose creation names `config` MUST be granted `config`, `bot` and `provider`, whether `config` comes first or last, once or repeated, alone or next to other scopes.

    This check sends requests: the key opens these operations, and no others but those that its other scopes open.
    """  # noqa: E501  the sentence as the contract has it
    reads = read_of_each_scope(contract)
    others = [scope for scope in reads if scope not in contract.closure([IMPLYING])]
    company, stranger = exploration.choose("company", others, size=2)
    key = keys.holding(company, IMPLYING)
    for scope in sorted(contract.closure([company, IMPLYING])):
        target.must_admit(harmless(reads[scope]), keys.weakest(scope))
        response = target.send(harmless(reads[scope]), key)
        if not response.admits:
            found(response, expected=f"a key with {written([company, IMPLYING])} let in where `{scope}` is asked for")
    if target.send_once(harmless(reads[stranger]), keys.strongest_without(stranger)).admits:
        raise NotJudged(f"{reads[stranger]}: turns no key away, see SCOPE-REQUIRED")
    response = target.send(harmless(reads[stranger]), key)
    if response.admits:
        found(
            response, expected=f"a key with {written([company, IMPLYING])} turned away where `{stranger}` is asked for"
        )


@requirement("KEY-SCOPES")
@over([CREATE_KEY])
def test_key_scopes_unsaid(target: Target, dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """A key MUST be granted only scopes from the list of nine. `file`, `tool`, `skills`, `kb`, `data`, `system`, `*`, unknown names and an empty list MUST be rejected; the server MUST NOT drop any of them silently.

    This check names no scopes: all nine are granted and no others, and closed operations stay closed.
    """  # noqa: E501  the sentence as the contract has it

    def expect_no_more(key: Key) -> None:
        expect(target.send(harmless(LIST_KEYS), key), status=(401, 403))

    response = _created(dashboard, keys, None, use=expect_no_more)
    expect_accepted(response, "a key for which no scopes are named")
    if _granted(response) != set(contract.default_scopes):
        wanted = written(sorted(contract.default_scopes))
        found(response, expected=f"granted {wanted}", actual=f"granted {_known(_granted(response), contract)}")


@requirement("KEY-SUB-SCOPES")
@over([CREATE_KEY])
def test_key_sub_scopes(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """A sub-scope MUST be granted only together with the scope that it requires, and MUST NOT be a default scope.

    This check requests a sub-scope alone, and with all scopes but the required one: both are rejected.
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
            expect_refused(response, f"a key with {_short(scopes)}, without `{needed}`")


@requirement("KEY-SUB-SCOPES")
@over([CREATE_KEY])
def test_key_sub_scopes_granted(dashboard: Dashboard, keys: KeyRing, contract: Contract) -> None:
    """A sub-scope MUST be granted only together with the scope that it requires, and MUST NOT be a default scope.

    This check requests a sub-scope with the required scope, in any order: it is granted. If not requested, it is not.
    """
    for sub_scope, needed in contract.sub_scopes.items():
        for scopes in ([needed, sub_scope], [sub_scope, needed], [sub_scope, needed, sub_scope], [needed], None):
            response = _created(dashboard, keys, scopes)
            expect_accepted(response, f"a key with {_short(scopes)}")
            if (sub_scope in _granted(response)) is not (sub_scope in (scopes or ())):
                wanted = f"`{sub_scope}` granted" if scopes and sub_scope in scopes else f"`{sub_scope}` not granted"
                found(
                    response,
                    expected=f"{wanted} to a key with {_short(scopes)}",
                    actual=f"granted {_known(_granted(response), contract)}",
                )


def _expect_granted(dashboard: Dashboard, keys: KeyRing, scopes: list[str]) -> None:
    """Expect a key with these scopes to hold them and the implied ones only. A single-scope key is the run's own."""
    response = keys.creation(*scopes) if len(scopes) == 1 else _created(dashboard, keys, scopes)
    expect_accepted(response, f"a key with {_short(scopes)}")
    wanted, granted = keys.contract.closure(scopes), _granted(response)
    if granted != wanted:
        shown = _known(granted, keys.contract)
        found(response, expected=f"granted {written(sorted(wanted))}", actual=f"granted {shown}")


def _short(scopes: Any) -> str:
    text = written(scopes)
    return text if len(text) <= 120 else f"{text[:120]}… ({len(scopes)} in all)"


def _created(
    dashboard: Dashboard, keys: KeyRing, scopes: Any, use: Callable[[Key], None] | None = None
) -> HttpResponse:
    """Create a key, pass it to `use`, and remove it if it was created; return the response."""
    response = dashboard.create_key({"name": f"{keys.name}tried", "scopes": scopes, "expires_in_days": 1})
    try:
        if use and (key := created_key(response, "TRIED")):
            use(key)
    finally:
        if response.is_accepted and "key_id" in _data(response):
            dashboard.delete_key(str(_data(response)["key_id"]))
    return response


def _data(response: HttpResponse) -> dict[str, Any]:
    return response.data if isinstance(response.data, dict) else {}


def _known(scopes: set[str], contract: Contract) -> str:
    """The known scopes in `scopes` and the number of other texts: a response that contains a key is not quoted."""
    known = scopes & {*grantable(contract), *contract.closed_scopes}
    others = len(scopes - known)
    return written(sorted(known)) + (f" and {others} unknown" if others else "")


def _granted(response: HttpResponse) -> set[str]:
    scopes = _data(response).get("scopes")
    return {str(scope) for scope in scopes} if isinstance(scopes, list) else set()
