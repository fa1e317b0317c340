"""The attachments that messages can reference. Some exist from the start."""

from __future__ import annotations

from collections.abc import Mapping

from .store import JsonObject, Store

KIND = "attachment"

#: What every server starts with, by id: what it is, and what it is called.
SEEDED: Mapping[str, tuple[str, str]] = {
    "a77ac4ed-0000-4000-8000-000000000001": ("image", "lighthouse.png"),
    "a77ac4ed-0000-4000-8000-000000000002": ("record", "birdsong.wav"),
    "a77ac4ed-0000-4000-8000-000000000003": ("file", "minutes.pdf"),
    "a77ac4ed-0000-4000-8000-000000000004": ("video", "harbour.mp4"),
}


class AttachmentStore:
    """The attachments that messages can reference, by id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        for id, (type, filename) in SEEDED.items():
            if store.get(KIND, id) is None:
                store.put(KIND, id, {"attachment_id": id, "type": type, "filename": filename})

    def find(self, id: str) -> JsonObject:
        """The attachment of an id: `attachment_id`, `type`, `filename`. Raises Refusal if there is none."""
        return self._store.find(KIND, id, f"attachment not found: {id}")

    def first(self, type: str) -> JsonObject:
        """The first attachment of a type; there is always one."""
        return next(found for found in self._store.all(KIND) if found["type"] == type)
