"""Faults in single operations, derived from the contract: one for each scope, each in another operation."""

from __future__ import annotations

from functools import partial
from typing import Any

from astrbot_api import releases
from astrbot_api.operations import CLOSED, KEYED, Operation
from astrbot_api.scopes import CLOSED_SCOPES, IMPLIES, Scope

from .server import Fault, Scopes, Server, family

IMPLICATED = {scope for scope, more in IMPLIES.items() if more}.union(*IMPLIES.values())
UNRELATED = [scope for scope in Scope if scope not in IMPLICATED]
OTHER_REFUSALS = (200, 400, 401, 404, 422)


def _one_of_each_scope(turn: int) -> list[Operation]:
    """For each scope, an operation that a harmless request reaches: in each turn another one, if there are enough."""
    piles = ([o for o in KEYED if o.scope == scope and o.probe] for scope in Scope)
    return [pile[(turn * len(pile) // 5 + turn) % len(pile)] for pile in piles]


def _one_of_each_later_scope(turn: int) -> list[Operation]:
    """The same for each scope that a later release adds."""
    newest = releases.contract(releases.NEWEST)
    later = [scope for scope in newest.scopes if scope not in releases.contract().scopes]
    piles = ([o for o in newest.keyed if o.scope == scope and o.probe] for scope in later)
    return [pile[(turn * len(pile) // 3 + turn) % len(pile)] for pile in piles]


def _unchecked(broken: Operation, server: Server) -> None:
    server.scopes = lambda operation, held: server.everything if operation.id == broken.id else held


def _exchanged(broken: Operation, server: Server) -> None:
    other = _another_scope(broken)

    def scopes(operation: Operation, held: Scopes) -> Scopes:
        if operation.id != broken.id:
            return held
        return server.everything if other in held else frozenset()

    server.scopes = scopes


def _either(broken: Operation, server: Server) -> None:
    other = _another_scope(broken)
    server.scopes = lambda operation, held: server.everything if operation.id == broken.id and other in held else held


def _public(broken: Operation, server: Server) -> None:
    server.strangers = lambda operation, _: server.everything if operation.id == broken.id else None


def _opened(broken: Operation, server: Server) -> None:
    server.scopes = lambda operation, held: (
        held | {str(broken.closed_scope)} if operation.id == broken.id and held >= server.everything else held
    )


def _unlocked(broken: Operation, server: Server) -> None:
    server.strangers = lambda operation, _: (
        frozenset(server.contract.closed_scopes) if operation.id == broken.id else None
    )


def _another_scope(operation: Operation) -> Scope:
    """A scope that neither implies another nor is implied, so that no implication explains what it authorizes."""
    others = [scope for scope in UNRELATED if scope != operation.scope]
    return others[[*Scope].index(operation.scope or Scope.BOT) % len(others)]


def _refused_with(status: int, broken: Operation, server: Server) -> None:
    def refuse(said: int, content: Any) -> tuple[int, Any]:
        return status if said == 403 else said, content

    server.answers[str(server.contract.by_id[broken.id])] = refuse


def _of_each_closed_area(turn: int) -> list[Operation]:
    piles = ([o for o in CLOSED if o.closed_scope == area and o.probe] for area in CLOSED_SCOPES)
    return [pile[turn * 3 % len(pile)] for pile in piles if pile]


def _otherwise_refused(status: int, operations: list[Operation], *, since: str = releases.BASE) -> tuple[Fault, ...]:
    line = f"{{}} rejects a key without the scope with {status}."
    return family(
        f"refused-with-{status}", "SCOPE-REQUIRED", line, operations, partial(_refused_with, status), since=since
    )


UNCHECKED = family("unchecked", "SCOPE-REQUIRED", "{} checks no scope.", _one_of_each_scope(0), _unchecked)
EXCHANGED = family(
    "exchanged", "SCOPE-SUFFICIENT", "{} requires the scope of another area.", _one_of_each_scope(1)[::3], _exchanged
)
EITHER = family("either", "SCOPE-REQUIRED", "{} accepts either of two scopes.", _one_of_each_scope(2)[1::3], _either)
PUBLIC = family("public", "AUTH-REQUIRED", "{} requires no key.", _one_of_each_scope(3)[2::3], _public)
OTHERWISE_REFUSED = tuple(
    one
    for status, operation in zip(OTHER_REFUSALS, _one_of_each_scope(4)[::2], strict=True)
    for one in _otherwise_refused(status, [operation])
)
OPENED = family(
    "opened", "SCOPE-CLOSED", "{} authorizes a key that holds every scope.", _of_each_closed_area(1)[::2], _opened
)
UNLOCKED = family(
    "unlocked", "SCOPE-CLOSED", "{} requires no key, although it is closed.", _of_each_closed_area(2)[1::2], _unlocked
)
UNCHECKED_LATER = family(
    "unchecked", "SCOPE-REQUIRED", "{} checks no scope.", _one_of_each_later_scope(0), _unchecked, since=releases.NEWEST
)
PUBLIC_LATER = family(
    "public", "AUTH-REQUIRED", "{} requires no key.", _one_of_each_later_scope(1), _public, since=releases.NEWEST
)
OTHERWISE_REFUSED_LATER = _otherwise_refused(404, _one_of_each_later_scope(2), since=releases.NEWEST)
