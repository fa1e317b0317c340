"""Responses that no check expects are findings, and do not end the run."""

from collections.abc import Callable
from typing import Any

import pytest
from astrbot_conformance.astrbot_operations import CREATE_KEY, DELETE_KEY, LIST_KEYS, REVOKE_KEY
from astrbot_faults import Fault, Server

from tests.conformance.default_run import default_run

pytestmark = pytest.mark.slow

READING = frozenset({"JOURNEY-CONFIG", "JOURNEY-PERSONA", "KEY-EXPIRY", "KEY-IMPLIES", "KEY-LISTED"})
ABOUT_KEYS = frozenset(operation.id for operation in (CREATE_KEY, LIST_KEYS, REVOKE_KEY, DELETE_KEY))
ODD: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "routes are null": ("GET /api/v1/config-routes", lambda _: None, "JOURNEY-CONFIG"),
    "routes are a list": ("GET /api/v1/config-routes", lambda _: [1], "JOURNEY-CONFIG"),
    "a folder is a text": ("POST /api/v1/persona-folders", lambda _: "made", "JOURNEY-PERSONA"),
    "a new key is null": ("POST /api/v1/api-keys", lambda _: None, "SHAPE-BODY"),
    "scopes are objects": (
        "GET /api/v1/api-keys",
        lambda keys: [{**key, "scopes": [{"scope": "chat"}]} for key in keys],
        "SHAPE-BODY",
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_unexpected_responses(odd: str) -> None:
    """A response that violates its schema is a finding. A check that cannot read it does not fail unexpectedly."""
    operation, change, broken = ODD[odd]

    def response(status: int, body: Any) -> tuple[int, Any]:
        return status, {**body, "data": change(body["data"])} if status == 200 and "data" in body else body

    def put_into(server: Server) -> None:
        server.answers[operation] = response

    report = default_run(
        Fault("odd", broken, odd, put_into),
        requirements=READING | {broken},
        operations=ABOUT_KEYS if broken == "SHAPE-BODY" else frozenset(),
    )

    assert report.trouble is None
    assert broken in {finding.requirement for finding in report.findings}
