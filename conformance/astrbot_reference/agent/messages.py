"""The messages of clients, as they are stored and as the agent understands them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.store import JsonObject

MEDIA = frozenset({"image", "record", "file", "video"})


def segments(message: str | Sequence[JsonObject], attachments: AttachmentStore) -> list[JsonObject]:
    """The segments of a message as they are stored, with their attachments.

    Raises Refusal if an attachment does not exist.
    """
    if isinstance(message, str):
        return [{"type": "plain", "text": message.strip()}]
    return [stored(segment, attachments) for segment in message]


def stored(segment: JsonObject, attachments: AttachmentStore) -> JsonObject:
    """A segment without members that its type does not have. Raises Refusal if its attachment does not exist."""
    if segment["type"] in MEDIA:
        return attachments.find(segment["attachment_id"])
    known = {"plain": ("type", "text"), "reply": ("type", "message_id", "selected_text")}[segment["type"]]
    return {name: segment[name] for name in known if name in segment}


def understood(said: Sequence[JsonObject]) -> str:
    """Stored segments as one line of text, media by their file names. Empty if there is nothing to answer."""
    return " ".join(filter(None, (wording(segment) for segment in said))).strip()


def wording(segment: JsonObject) -> str:
    """One stored segment as text."""
    words: Any = segment["text"] if segment["type"] == "plain" else segment.get("filename", "")
    return str(words).strip()
