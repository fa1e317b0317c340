"""Attachments: uploaded at once or in pieces, read and deleted."""

from __future__ import annotations

import mimetypes
from contextlib import suppress

from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Context, Service
from .refusal import Refusal
from .stores.attachment_files import ANY_BYTES, AttachmentFiles
from .stores.uploads import PIECE_SIZE, Uploads
from .stubs import models, server


class Files(Service, server.files.FilesService[Caller]):
    """The operations of the tag `files`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._files = AttachmentFiles(self._store, self._clock, self._contract, self._attachments)
        self._uploads = Uploads(self._store, self._clock)

    async def upload_file(self, *, caller: Caller, body: server.Form) -> Json[models.StoredAttachmentAnswer]:
        """Store an attachment. Raises Refusal if no file was sent."""
        sent = body.file("file")
        if sent is None:
            raise Refusal("Missing file")
        return ok(models.StoredAttachmentAnswer, self._files.add(sent.name, sent.media_type, sent.content))

    async def get_attachment(self, *, caller: Caller, attachment_id: str) -> server.Raw:
        """The attachment as it was stored. Raises Refusal if the id is unknown."""
        return server.Raw(*self._files.read(attachment_id))

    async def get_file_content(self, *, caller: Caller, filename: str) -> server.Raw:
        """The attachment that is stored under a name, which decides the media type. Raises Refusal if there is none."""
        content, _ = self._files.read(self._files.named(filename))
        return server.Raw(content, mimetypes.guess_type(filename)[0] or ANY_BYTES)

    async def delete_attachment(self, *, caller: Caller, attachment_id: str) -> Json[models.DeletedAttachmentAnswer]:
        """Delete an attachment, if it exists."""
        self._files.remove(attachment_id)
        return ok(models.DeletedAttachmentAnswer, {"attachment_id": attachment_id})

    async def begin_upload(self, *, caller: Caller, body: models.UploadPlan) -> Json[models.BegunUploadAnswer]:
        """Start an upload in chunks."""
        plan = given(body)
        upload = self._uploads.begin(
            caller.name, plan["filename"], plan.get("content_type") or ANY_BYTES, plan["total_size"]
        )
        told = {"upload_id": upload["id"], "chunk_size": PIECE_SIZE, "total_chunks": upload["pieces"]}
        return ok(models.BegunUploadAnswer, told)

    async def upload_piece(self, *, caller: Caller, body: server.Form) -> Json[models.ReceivedPieceAnswer]:
        """Store a chunk. Raises Refusal if the caller has no such upload or the upload no such chunk."""
        sent, index = body.file("chunk"), body.text("chunk_index") or ""
        if sent is None or not index.isdecimal() or len(index) > 9:
            raise Refusal("chunk_index and chunk are required")
        upload = self._uploads.find(body.text("upload_id") or "", caller.name)
        self._uploads.take(upload, int(index), sent.content)
        came = len(self._uploads.received(upload))
        return ok(models.ReceivedPieceAnswer, {"received": came, "total": upload["pieces"], "chunk_index": int(index)})

    async def get_upload_status(
        self, *, caller: Caller, body: models.UploadReference
    ) -> Json[models.UploadStatusAnswer]:
        """The received chunks. Raises Refusal if the caller has no such upload."""
        upload = self._uploads.find(given(body)["upload_id"], caller.name)
        return ok(
            models.UploadStatusAnswer,
            {
                "received_chunks": self._uploads.received(upload),
                "total_chunks": upload["pieces"],
                "chunk_size": PIECE_SIZE,
                "expires_in": int(self._uploads.left(upload).total_seconds()),
            },
        )

    async def complete_upload(
        self, *, caller: Caller, body: models.UploadReference
    ) -> Json[models.StoredAttachmentAnswer]:
        """Join the chunks to an attachment. Raises Refusal if one is missing, or if there is no such upload."""
        upload = self._uploads.find(given(body)["upload_id"], caller.name)
        stored = self._files.add(upload["filename"], upload["media_type"], self._uploads.joined(upload))
        self._uploads.forget(upload)
        return ok(models.StoredAttachmentAnswer, stored)

    async def abort_upload(self, *, caller: Caller, body: models.UploadAbortion) -> Json[models.DoneQuietly]:
        """Abort an upload, if the caller has it."""
        with suppress(Refusal):
            self._uploads.forget(self._uploads.find(given(body).get("upload_id") or "", caller.name))
        return ok(models.DoneQuietly, {})
