"""A published document is held against the contract where it speaks, and may be silent."""

from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.published import disagreements, listed, ways_to

CONTRACT = releases.contract()
SILENT: dict[str, Any] = {"get": {"responses": {}}}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"security": [{"BearerKey": ["chat"]}]}, "says that it takes chat"),
    ({"security": []}, "says that no credentials are needed"),
    ({"x-astrbot-scope": "chat"}, "says scope `chat`"),
    ({"parameters": [{"name": "colour", "in": "query"}]}, "names a query parameter `colour`"),
    ({"parameters": [{"name": "enabled", "in": "query", "required": True}]}, "says that `enabled` is required"),
    (
        {"parameters": [{"name": "enabled", "in": "query", "schema": {"type": "array"}}]},
        "says that `enabled` is of type array",
    ),
    ({"requestBody": {"required": True, "content": {}}}, "asks for a body"),
]


def test_the_contract_agrees_with_itself() -> None:
    """The contract's own document, published, lists every operation and contradicts none."""
    assert list(disagreements(CONTRACT.document(), CONTRACT)) == []
    assert all(ways_to(operation, CONTRACT) & listed(CONTRACT.document()).keys() for operation in CONTRACT.keyed)


def test_silence_is_no_disagreement() -> None:
    """A document without parameters, bodies and scopes contradicts nothing."""
    assert list(disagreements({"paths": {"/api/v1/bots": SILENT}}, CONTRACT)) == []


@pytest.mark.parametrize(("said", "told"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_contradiction_is_told(said: dict[str, Any], told: str) -> None:
    """With the operation and what is wrong."""
    found = list(disagreements({"paths": {"/api/v1/bots": {"get": said}}}, CONTRACT))

    assert len(found) == 1
    assert found[0].startswith(f"GET /api/v1/bots: {told}")


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"paths": 3}, {"paths": {"/x": {"get": 5}}}], ids=repr)
def test_a_document_of_any_form_is_read(odd: Any) -> None:
    """What is no document lists nothing and breaks nothing."""
    assert listed(odd) == {}
