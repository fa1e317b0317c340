"""Reads the segments of a message; `type` tells the type checker which class a segment has."""

from __future__ import annotations

from astrbot_api.models import ChatRequest, MessageChain

SENT = [{"type": "plain", "text": "See "}, {"type": "reply", "message_id": 7}, {"type": "file", "attachment_id": "f"}]


def text_of(request: ChatRequest) -> str:
    """Returns the text of a message."""
    if isinstance(request.message, str):
        return request.message
    parts: list[str] = []
    for segment in request.message:
        if segment.type == "plain":
            parts.append(segment.text)
        elif segment.type == "reply":
            parts.append(f"[{segment.message_id}]")
        else:
            parts.append(segment.attachment_id)
    return "".join(parts)


def main() -> None:
    """A chain can be indexed, iterated and measured, alone and inside a request."""
    chain = MessageChain.model_validate(SENT)
    request = ChatRequest.model_validate({"username": "me", "message": SENT})

    assert text_of(request) == "See [7]f"
    assert chain[0].text == "See "
    assert [segment.type for segment in chain] == ["plain", "reply", "file"]
    assert len(chain) == 3
    assert chain
