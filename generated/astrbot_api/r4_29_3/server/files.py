"""Attachments. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Query

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.bodies import Form
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE
from ..validation import conforms


class FilesService(Protocol[CallerT_contra]):
    """Attachments."""

    async def get_file(self, *, caller: CallerT_contra, attachment_id: str) -> Answered[models.AttachmentContent] | Raw:
        """Read an attachment, named in the query. `GET /api/v1/file`, scope `file`."""
        return await self.get_attachment(caller=caller, attachment_id=attachment_id)

    async def upload_file(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.StoredAttachmentAnswer] | Answered[models.ErrorEnvelope]:
        """Upload an attachment. `POST /api/v1/file`, scope `file`."""

    async def upload_attachment(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.StoredAttachmentAnswer] | Answered[models.ErrorEnvelope]:
        """Upload an attachment. `POST /api/v1/files`, scope `file`."""
        return await self.upload_file(caller=caller, body=body)

    async def get_file_content(
        self,
        *,
        caller: CallerT_contra,
        filename: Annotated[str, Query(), conforms("#/paths/~1api~1v1~1files~1content/get/parameters/0/schema")],
    ) -> Answered[models.AttachmentContent] | Raw:
        """Read an attachment by its stored name. `GET /api/v1/files/content`, scope `file`."""

    async def get_attachment(
        self, *, caller: CallerT_contra, attachment_id: str
    ) -> Answered[models.AttachmentContent] | Raw:
        """Read an attachment. `GET /api/v1/files/{attachment_id}`, scope `file`."""

    async def delete_attachment(
        self, *, caller: CallerT_contra, attachment_id: str
    ) -> Answered[models.DeletedAttachmentAnswer] | Answered[models.ErrorEnvelope]:
        """Delete an attachment. `DELETE /api/v1/files/{attachment_id}`, scope `file`."""

    async def get_attachment_content(
        self, *, caller: CallerT_contra, attachment_id: str
    ) -> Answered[models.AttachmentContent] | Raw:
        """Read an attachment. `GET /api/v1/files/{attachment_id}/content`, scope `file`."""
        return await self.get_attachment(caller=caller, attachment_id=attachment_id)

    async def begin_upload(
        self, *, caller: CallerT_contra, body: models.UploadPlan
    ) -> Answered[models.BegunUploadAnswer] | Answered[models.ErrorEnvelope]:
        """Start an upload of an attachment in pieces. `POST /api/v1/files/upload/init`, scope `file`."""

    async def upload_piece(
        self, *, caller: CallerT_contra, body: Form
    ) -> Answered[models.ReceivedPieceAnswer] | Answered[models.ErrorEnvelope]:
        """Upload one piece of an attachment. `POST /api/v1/files/upload/chunk`, scope `file`."""

    async def get_upload_status(
        self, *, caller: CallerT_contra, body: models.UploadReference
    ) -> Answered[models.UploadStatusAnswer] | Answered[models.ErrorEnvelope]:
        """Show which pieces of an upload have arrived. `POST /api/v1/files/upload/status`, scope `file`."""

    async def complete_upload(
        self, *, caller: CallerT_contra, body: models.UploadReference
    ) -> Answered[models.StoredAttachmentAnswer] | Answered[models.ErrorEnvelope]:
        """Complete an upload and store the attachment. `POST /api/v1/files/upload/complete`, scope `file`."""

    async def abort_upload(
        self, *, caller: CallerT_contra, body: models.UploadAbortion
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Cancel an upload and delete its pieces. `POST /api/v1/files/upload/abort`, scope `file`."""


def router(
    service: FilesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `files` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, FilesService
    serve("get_file", "/api/v1/file", declared.get_file, service.get_file)
    serve("upload_file", "/api/v1/file", declared.upload_file, service.upload_file)
    serve("upload_attachment", "/api/v1/files", declared.upload_attachment, service.upload_attachment)
    serve("get_file_content", "/api/v1/files/content", declared.get_file_content, service.get_file_content)
    serve("get_attachment", "/api/v1/files/{attachment_id}", declared.get_attachment, service.get_attachment)
    serve("delete_attachment", "/api/v1/files/{attachment_id}", declared.delete_attachment, service.delete_attachment)
    serve(
        "get_attachment_content",
        "/api/v1/files/{attachment_id}/content",
        declared.get_attachment_content,
        service.get_attachment_content,
    )
    serve("begin_upload", "/api/v1/files/upload/init", declared.begin_upload, service.begin_upload)
    serve("upload_piece", "/api/v1/files/upload/chunk", declared.upload_piece, service.upload_piece)
    serve("get_upload_status", "/api/v1/files/upload/status", declared.get_upload_status, service.get_upload_status)
    serve("complete_upload", "/api/v1/files/upload/complete", declared.complete_upload, service.complete_upload)
    serve("abort_upload", "/api/v1/files/upload/abort", declared.abort_upload, service.abort_upload)
    return routes.router()
