"""The contract of every release has the measured operations, with the measured scopes.

`operations_by_release.csv` was measured independently of the contract: method, path, and one column for each release
with the scope that the operation requires. A cell is empty if the operation does not exist or is closed to keys.
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
    "4.29.3": (ELEVEN, SENSITIVE),
}
"""release -> the default scopes, and the sub-scopes with the scope that each requires."""


def measured(release: str) -> dict[str, str]:
    """The keyed operations of a release, with their scopes, as measured."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {f"{row['method']} {row['path']}": row[release] for row in csv.DictReader(file) if row[release]}


def test_every_measured_release_has_a_contract() -> None:
    """The releases of the contract are those that were measured."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["method", "path", *RELEASES]
    assert tuple(SCOPES) == RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_operations_and_their_scopes_equal_the_facts(release: str) -> None:
    """The contract has exactly the measured operations, and each requires the measured scope."""
    assert {str(operation): operation.scope for operation in contract(release).keyed} == measured(release)


@pytest.mark.parametrize("release", RELEASES)
def test_scopes_equal_the_facts(release: str) -> None:
    """The contract has the measured scopes and sub-scopes, and only `config` implies other scopes."""
    one = contract(release)
    plain, sensitive = SCOPES[release]

    assert set(one.scopes) == set(one.default_scopes) == plain
    assert dict(one.sub_scopes) == sensitive
    assert {scope: set(given) for scope, given in one.implies.items() if given} == {"config": {"bot", "provider"}}
    assert not {*one.closed_scopes} & {*plain, *sensitive}


@pytest.mark.parametrize("release", RELEASES)
def test_every_scope_opens_something(release: str) -> None:
    """Every scope is required by an operation, and every sub-scope by an input."""
    one = contract(release)

    assert {operation.scope for operation in one.keyed} == set(one.scopes)
    assert {name for operation in one.operations for name in operation.sub_scopes} == set(one.sub_scopes)
    assert {operation.closed_scope for operation in one.closed} <= set(one.closed_scopes)
