"""An operation that does not respond is found, whichever check sends the request."""

import pytest
from astrbot_faults import CATALOGUE

from tests.conformance.default_run import default_run

pytestmark = pytest.mark.slow

FAULT = CATALOGUE["switching-a-server-off-hangs"]


def test_a_check_that_is_not_selected_runs_again_too() -> None:
    """Only a journey switches a server off, and its request is not repeated. So the journey has to run twice."""
    only = frozenset({"set_mcp_server_enabled"})

    report = default_run(FAULT, requirements=frozenset({FAULT.breaks}), operations=only, timeout=2.0)

    assert [(one.requirement, one.operation) for one in report.findings] == [
        ("ROBUST-TIME", "PATCH /api/v1/mcp/servers/{server_name}/enabled")
    ]
    assert {judgement.requirement for judgement in report.judgements} == {FAULT.breaks}
