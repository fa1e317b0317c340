"""Attachments with their bytes."""

from __future__ import annotations

import re
import secrets
import uuid
from base64 import b64decode, b64encode
from pathlib import PurePosixPath

from astrbot_api.contract import Contract

from astrbot_reference.clock import Clock
from astrbot_reference.refusal import Refusal
from astrbot_reference.release import described, describes

from .attachment_store import KIND, AttachmentStore
from .store import JsonObject, Store

CONTENT = "attachment_content"
ANY_BYTES = "application/octet-stream"
MEDIA_TYPE = re.compile(r"[a-z]+/[\w.+-]+", re.ASCII)
SEEDED_AS = {"image": "image/png", "record": "audio/wav", "file": "application/pdf", "video": "video/mp4"}


class AttachmentFiles:
    """Uploaded attachments. Those that exist from the start contain a placeholder."""

    def __init__(self, store: Store, clock: Clock, contract: Contract, attachments: AttachmentStore) -> None:
        self._store = store
        self._clock = clock
        self._contract = contract
        self._attachments = attachments

    def add(self, filename: str, media_type: str, content: bytes) -> JsonObject:
        """Store an attachment, and return it as StoredAttachment of the contract."""
        media_type = media_type.partition(";")[0].strip().lower()
        media_type = media_type if MEDIA_TYPE.fullmatch(media_type) else ANY_BYTES
        kind = {"image": "image", "audio": "record", "video": "video"}.get(media_type.partition("/")[0], "file")
        name = PurePosixPath(filename.replace("\\", "/")).name or "attachment"
        stored = f"{self._clock():%Y%m%d%H%M%S%f}_{secrets.token_hex(2)}_{name}"
        id = str(uuid.uuid4())
        told = {"attachment_id": id, "type": kind, "filename": name, "stored_filename": stored}
        if not describes(self._contract, "StoredAttachment", "stored_filename"):
            told["filename"] = stored
        attachment = described(self._contract, "StoredAttachment", told)
        self._store.put(KIND, id, attachment)
        kept = {"id": id, "stored": stored, "media_type": media_type, "content": b64encode(content).decode()}
        self._store.put(CONTENT, id, kept)
        return attachment

    def read(self, id: str) -> tuple[bytes, str]:
        """The bytes of an attachment and their media type. Raises Refusal if the id is unknown."""
        attachment = self._attachments.find(id)
        kept = self._store.get(CONTENT, id)
        if kept is None:
            return f"{attachment['filename']}\n".encode(), SEEDED_AS[attachment["type"]]
        return b64decode(kept["content"]), kept["media_type"]

    def named(self, filename: str) -> str:
        """The id of the attachment with a stored name. Raises Refusal if there is none."""
        for kept in self._store.all(CONTENT):
            if kept["stored"] == filename:
                return str(kept["id"])
        raise Refusal("Attachment not found")

    def remove(self, id: str) -> None:
        """Delete an attachment, if it exists."""
        self._store.remove(KIND, id)
        self._store.remove(CONTENT, id)
