"""Bodies that no operation can act upon are refused, whatever is odd about them."""

import httpx2
import pytest
from astrbot_api.operations import KEYED
from astrbot_conformance.inputs.odd_input import JSON, odd_body

from tests.reference.conftest import Client

BODIED = [o for o in KEYED if o.body and JSON in o.body.media_types and o.probe and o.probe.has_body]
ECHOED = ("half a surrogate pair", "zero byte", "number of 5,000 digits", "not a number", "broken UTF-8")


@pytest.mark.parametrize("what", ECHOED)
def test_what_a_refusal_says_back_breaks_no_operation(client: Client, what: str) -> None:
    """No operation answers with a 5xx to what it cannot write down again as it came."""
    headers = client.keyed(*{str(operation.scope) for operation in BODIED}).headers
    broken = []
    with httpx2.Client(base_url=client.base_url, headers=headers, timeout=30) as plain:  # which judges no answer
        for operation in BODIED:
            odd = odd_body(operation, what)
            path = odd.path.removeprefix("/api/v1")
            answer = plain.request(operation.method, path, content=odd.body, headers=dict(odd.headers))
            broken += [str(operation)] if answer.status_code >= 500 else []

    assert broken == []
