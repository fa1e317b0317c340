"""Attachments that are uploaded in chunks."""

from __future__ import annotations

import uuid
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from astrbot_reference.clock import Clock
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

UPLOAD, PIECE = "upload", "upload_piece"
PIECE_SIZE = 1024 * 1024
PATIENCE = timedelta(hours=1)


class Uploads:
    """The uploads in progress. Each belongs to its caller and is deleted after an hour without a chunk."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def begin(self, owner: str, filename: str, media_type: str, size: int) -> JsonObject:
        """Start an upload."""
        upload = {
            "id": str(uuid.uuid4()),
            "owner": owner,
            "filename": filename,
            "media_type": media_type,
            "size": size,
            "pieces": -(-size // PIECE_SIZE),
        }
        return self._touch(upload)

    def find(self, id: str, owner: str) -> JsonObject:
        """An upload. Raises Refusal if it does not exist, belongs to another caller, or is too old."""
        upload = self._store.get(UPLOAD, id)
        if upload is None or upload["owner"] != owner or self.left(upload) <= timedelta(0):
            raise Refusal("Upload not found")
        return upload

    def left(self, upload: JsonObject) -> timedelta:
        """How long an upload waits for its next chunk."""
        return datetime.fromisoformat(upload["until"]) - self._clock()

    def take(self, upload: JsonObject, index: int, content: bytes) -> None:
        """Store a chunk, or replace it. Raises Refusal if there is no such chunk, or if it has another size."""
        if not 0 <= index < upload["pieces"]:
            raise Refusal("Chunk not found")
        due = min(PIECE_SIZE, upload["size"] - index * PIECE_SIZE)
        if len(content) != due:
            raise Refusal(f"This chunk must have {due} bytes")
        stored = {"upload": upload["id"], "index": index, "content": b64encode(content).decode()}
        self._store.put(PIECE, f"{upload['id']}:{index}", stored)
        self._touch(upload)

    def received(self, upload: JsonObject) -> list[int]:
        """The indexes of the received chunks, in order."""
        return sorted(piece["index"] for piece in self._store.all(PIECE) if piece["upload"] == upload["id"])

    def joined(self, upload: JsonObject) -> bytes:
        """The whole content. Raises Refusal if a chunk is missing."""
        pieces = {piece["index"]: piece for piece in self._store.all(PIECE) if piece["upload"] == upload["id"]}
        if len(pieces) < upload["pieces"]:
            raise Refusal(f"{upload['pieces'] - len(pieces)} chunks are missing")
        return b"".join(b64decode(pieces[index]["content"]) for index in sorted(pieces))

    def forget(self, upload: JsonObject) -> None:
        """Delete an upload and its chunks."""
        for index in self.received(upload):
            self._store.remove(PIECE, f"{upload['id']}:{index}")
        self._store.remove(UPLOAD, upload["id"])

    def _touch(self, upload: JsonObject) -> JsonObject:
        stored = upload | {"until": (self._clock() + PATIENCE).isoformat()}
        self._store.put(UPLOAD, upload["id"], stored)
        return stored
