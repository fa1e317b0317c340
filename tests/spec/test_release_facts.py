"""The contract of every release names the operations that keys reach there, and the scopes that can be granted.

`operations_by_release.csv` was measured apart from the contract: method, path, and in the column of each release the
scope that opens the operation; nothing where it does not exist or no key opens it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from astrbot_api.releases import RELEASES, contract

FACTS = Path(__file__).with_name("operations_by_release.csv")
NINE = {"bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"}
ELEVEN = NINE | {"data", "file"}
SENSITIVE = {"chat:admin": "chat", "config:edit_admin": "config"}
SCOPES: dict[str, tuple[set[str], dict[str, str]]] = {
    "4.26.0b8": (NINE, {}),
    "4.26.8": (ELEVEN, {}),
    "4.27.4": (ELEVEN, SENSITIVE),
    "4.28.2": (ELEVEN, SENSITIVE),
    "4.29.1": (ELEVEN, SENSITIVE),
}
"""release -> the scopes that a key holds by default, and those that must be asked for beside another."""


def measured(release: str) -> dict[str, str]:
    """What keys reach in a release: operation -> scope."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {f"{row['method']} {row['path']}": row[release] for row in csv.DictReader(file) if row[release]}


def test_every_measured_release_has_a_contract() -> None:
    """The releases of the contract are those that were measured."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["method", "path", *RELEASES]
    assert tuple(SCOPES) == RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_operations_and_their_scopes_equal_the_facts(release: str) -> None:
    """No operation is missing, none too many, and each asks for the scope that opens it."""
    assert {str(operation): operation.scope for operation in contract(release).keyed} == measured(release)


@pytest.mark.parametrize("release", RELEASES)
def test_scopes_equal_the_facts(release: str) -> None:
    """Which scopes can be granted, which of them by name only, and what follows from `config`."""
    one = contract(release)
    plain, sensitive = SCOPES[release]

    assert set(one.scopes) == set(one.default_scopes) == plain
    assert dict(one.sub_scopes) == sensitive
    assert {scope: set(given) for scope, given in one.implies.items() if given} == {"config": {"bot", "provider"}}
    assert not {*one.closed_scopes} & {*plain, *sensitive}


@pytest.mark.parametrize("release", RELEASES)
def test_every_scope_opens_something(release: str) -> None:
    """A scope that no operation asks for, or a sub-scope that no input needs, is a slip."""
    one = contract(release)

    assert {operation.scope for operation in one.keyed} == set(one.scopes)
    assert {name for operation in one.operations for name in operation.sub_scopes} == set(one.sub_scopes)
    assert {operation.closed_scope for operation in one.closed} <= set(one.closed_scopes)
