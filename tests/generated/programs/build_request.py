"""Builds a chat request from text and from segments; `type` and optional members are left out."""

from __future__ import annotations

from astrbot_api.models import ChatRequest, ImageSegment, PlainSegment


def main() -> None:
    """The dump has what was given, the types of the segments, and nothing else."""
    text = ChatRequest(username="me", message="hello")
    segments = ChatRequest(
        username="me",
        message=[PlainSegment(text="What is this?"), ImageSegment(attachment_id="a1")],
        session_id=None,
        selected_model=None,
    )

    assert text.model_dump() == {"username": "me", "message": "hello"}
    assert segments.model_dump(mode="json") == {
        "username": "me",
        "message": [{"type": "plain", "text": "What is this?"}, {"type": "image", "attachment_id": "a1"}],
        "session_id": None,
    }
