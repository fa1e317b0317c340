"""The operations that the suite names at import are the same in every release."""

import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_conformance import astrbot_operations

NAMED = [value for value in vars(astrbot_operations).values() if isinstance(value, Operation)]


@pytest.mark.parametrize("release", releases.RELEASES)
def test_every_release_has_the_named_operations(release: str) -> None:
    """They have the same method, path, scope and harmless request, so that the base release can define them."""
    contract = releases.contract(release)
    by_id = {one.id: one for one in (*contract.operations, *contract.websockets)}

    assert NAMED
    assert {one.id: _identity(one) for one in NAMED} == {one.id: _identity(by_id[one.id]) for one in NAMED}


def _identity(operation: Operation) -> tuple[object, ...]:
    kind = operation.tag, operation.side_effect
    return (str(operation), operation.scope, operation.closed_scope, *kind, operation.probe, operation.probe_reason)
