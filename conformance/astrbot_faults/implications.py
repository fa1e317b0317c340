"""Faults in the implications between scopes, derived from the contract."""

from __future__ import annotations

from functools import partial

from astrbot_api.operations import KEYED, Operation
from astrbot_api.scopes import IMPLIES, Scope

from .server import Fault, Scopes, Server, family

IMPLICATIONS = [(scope, implied) for scope in Scope for implied in sorted(IMPLIES.get(scope, ()))]


def _dropped(scope: Scope, implied: Scope, server: Server) -> None:
    """A key with `scope` alone cannot use the operations of `implied`."""

    def scopes(operation: Operation, held: Scopes) -> Scopes:
        return held - {scope, implied} if operation.scope == implied and scope in held else held

    server.scopes = scopes


def _dropped_on(broken: Operation, server: Server) -> None:
    implying = {scope for scope, implied in IMPLICATIONS if implied == broken.scope}
    server.scopes = lambda operation, held: (
        held - {*implying, str(broken.scope)} if operation.id == broken.id and held & implying else held
    )


def _added(scope: Scope, implied: Scope, server: Server) -> None:
    server.scopes = lambda _, held: held | {implied} if scope in held else held


DROPPED = tuple(
    Fault(
        f"{scope}-does-not-imply-{implied}",
        "SCOPE-IMPLIES",
        f"A `{scope}` key cannot use `{implied}` operations.",
        partial(_dropped, scope, implied),
    )
    for scope, implied in IMPLICATIONS
)
REVERSED = tuple(
    Fault(
        f"{implied}-implies-{scope}",
        "SCOPE-NOT-IMPLIED",
        f"`{implied}` implies `{scope}`, which is the wrong way round.",
        partial(_added, implied, scope),
    )
    for scope, implied in IMPLICATIONS
)
TOO_MUCH = tuple(
    Fault(
        f"{scope}-implies-{more}-too", "SCOPE-NOT-IMPLIED", f"`{scope}` implies `{more}`.", partial(_added, scope, more)
    )
    for scope in Scope
    if IMPLIES.get(scope)
    for more in (Scope.CHAT, Scope.PLUGIN, Scope.SKILL)
)
DROPPED_ON_ONE = family(
    "not-implied-on",
    "SCOPE-IMPLIES",
    "{} rejects keys whose scope implies its own.",
    [[o for o in KEYED if o.scope == implied and o.probe][1] for _, implied in IMPLICATIONS],
    _dropped_on,
)
