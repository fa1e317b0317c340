"""The contract of every release follows the gate's rules: responses are typed, and examples match their schema."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest
from astrbot_generator.gate.catalogue import of_area
from astrbot_generator.gate.document import Document, position_in
from astrbot_generator.gate.state import State
from astrbot_generator.read import Table
from astrbot_generator.releases import releases

SPEC = Path(__file__).parents[2] / "spec" / "openapi.yaml"


@cache
def documents() -> dict[str, Table]:
    """Release -> its contract, built from the overlays."""
    return {document["x-release"]: document for document in releases(SPEC)}


@pytest.mark.parametrize("release", ["4.26.8", "4.27.4", "4.28.2", "4.29.1", "4.29.3"])
def test_the_rules_of_the_gate_hold(release: str) -> None:
    """No rule about contracts finds anything."""
    document = documents()[release]
    state = State(SPEC, Document(release, document, partial(position_in, document)), None, (), version_rule=False)
    found = [(rule.id, change) for rule in of_area("contract") for change in rule.check(state)]

    assert [f"{state.head.position(change.head)}: {name}: {change.message}" for name, change in found] == []
