"""Attachments. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from .. import models
from ..contract import Contract
from ..operations import RELEASE
from ..releases import contract as contract_of
from .answers import Answered
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra


class FilesService(Protocol[CallerT_contra]):
    """Attachments. Closed to developer keys."""

    async def get_file(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Read an attachment, named in the query. `GET /api/v1/file`, closed (`file`)."""

    async def upload_file(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Upload an attachment. `POST /api/v1/file`, closed (`file`)."""

    async def upload_attachment(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Upload an attachment. `POST /api/v1/files`, closed (`file`)."""

    async def get_file_content(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Download a file, named in the query. `GET /api/v1/files/content`, closed (`file`)."""

    async def get_attachment(self, *, caller: CallerT_contra, attachment_id: str) -> Answered[models.DashboardAnswer]:
        """Show the metadata of an attachment. `GET /api/v1/files/{attachment_id}`, closed (`file`)."""

    async def delete_attachment(
        self, *, caller: CallerT_contra, attachment_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Delete an attachment. `DELETE /api/v1/files/{attachment_id}`, closed (`file`)."""

    async def get_attachment_content(
        self, *, caller: CallerT_contra, attachment_id: str
    ) -> Answered[models.DashboardAnswer]:
        """Download an attachment. `GET /api/v1/files/{attachment_id}/content`, closed (`file`)."""


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
    return routes.router()
