"""Tells an absent member from null."""

from __future__ import annotations

from astrbot_api.models import ChatRequest


def session_of(request: ChatRequest) -> str:
    """Returns the session of a request, or a new one."""
    if request.session_id:
        return request.session_id
    return "new"


def main() -> None:
    """Both read as None; `model_fields_set` and the dump tell them apart."""
    absent = ChatRequest.model_validate({"username": "me", "message": "hi"})
    null = ChatRequest.model_validate({"username": "me", "message": "hi", "session_id": None})

    assert session_of(absent) == session_of(null) == "new"
    assert f"{absent.session_id}" == "None"
    assert "session_id" not in absent.model_fields_set
    assert "session_id" in null.model_fields_set
    assert absent.model_dump() == {"username": "me", "message": "hi"}
    assert null.model_dump_json() == '{"username":"me","message":"hi","session_id":null}'
