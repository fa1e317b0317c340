"""Uses members whose names Python does not allow as attributes."""

from __future__ import annotations

from typing import Any

from astrbot_api.models import ChatRequest


def main() -> None:
    """The constructor accepts the attribute and the name in the contract; the dump has the name in the contract."""
    by_attribute = ChatRequest(username="me", message="hi", field_skip_user_history=True)
    members: dict[str, Any] = {"username": "me", "message": "hi", "_skip_user_history": True}
    by_name = ChatRequest(**members)

    assert by_attribute == by_name
    assert by_attribute.field_skip_user_history is True
    assert by_name.model_dump() == members
    assert by_attribute.model_extra == {}
