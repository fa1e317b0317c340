"""Backups. Closed to developer keys. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class BackupsService(Protocol[CallerT_contra]):
    """Backups. Closed to developer keys."""

    async def list_backups(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """List the backups. `GET /api/v1/backups`, closed (`system`)."""

    async def create_backup(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Start a backup. `POST /api/v1/backups`, closed (`system`)."""

    async def get_backup_task(self, *, caller: CallerT_contra, task_id: str) -> Answered[models.DashboardAnswer]:
        """Show the progress of a backup task. `GET /api/v1/backups/tasks/{task_id}`, closed (`system`)."""

    async def upload_backup(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Upload a backup in one request. `POST /api/v1/backups/upload`, closed (`system`)."""

    async def abort_backup_upload(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Cancel an upload in pieces. `POST /api/v1/backups/upload/abort`, closed (`system`)."""

    async def upload_backup_chunk(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Upload one piece of a backup. `POST /api/v1/backups/upload/chunk`, closed (`system`)."""

    async def complete_backup_upload(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Join the uploaded pieces. `POST /api/v1/backups/upload/complete`, closed (`system`)."""

    async def start_backup_upload(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Start an upload in pieces. `POST /api/v1/backups/upload/init`, closed (`system`)."""

    async def delete_backup(self, *, caller: CallerT_contra, filename: str) -> Answered[models.DashboardAnswer]:
        """Delete a backup. `DELETE /api/v1/backups/{filename}`, closed (`system`)."""

    async def rename_backup(self, *, caller: CallerT_contra, filename: str) -> Answered[models.DashboardAnswer]:
        """Rename a backup. `PATCH /api/v1/backups/{filename}`, closed (`system`)."""

    async def check_backup(self, *, caller: CallerT_contra, filename: str) -> Answered[models.DashboardAnswer]:
        """Inspect a backup before it is imported. `POST /api/v1/backups/{filename}/check`, closed (`system`)."""

    async def import_backup(self, *, caller: CallerT_contra, filename: str) -> Answered[models.DashboardAnswer]:
        """Replace the stored data with a backup. `POST /api/v1/backups/{filename}/import`, closed (`system`)."""

    async def get_backup_upload_status(self, *, caller: CallerT_contra) -> Answered[models.DashboardAnswer]:
        """Show which pieces of a backup have arrived. `POST /api/v1/backups/upload/status`, closed (`system`)."""


def router(
    service: BackupsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `backups` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, BackupsService
    serve("list_backups", "/api/v1/backups", declared.list_backups, service.list_backups)
    serve("create_backup", "/api/v1/backups", declared.create_backup, service.create_backup)
    serve("get_backup_task", "/api/v1/backups/tasks/{task_id}", declared.get_backup_task, service.get_backup_task)
    serve("upload_backup", "/api/v1/backups/upload", declared.upload_backup, service.upload_backup)
    serve(
        "abort_backup_upload", "/api/v1/backups/upload/abort", declared.abort_backup_upload, service.abort_backup_upload
    )
    serve(
        "upload_backup_chunk", "/api/v1/backups/upload/chunk", declared.upload_backup_chunk, service.upload_backup_chunk
    )
    serve(
        "complete_backup_upload",
        "/api/v1/backups/upload/complete",
        declared.complete_backup_upload,
        service.complete_backup_upload,
    )
    serve(
        "start_backup_upload", "/api/v1/backups/upload/init", declared.start_backup_upload, service.start_backup_upload
    )
    serve("delete_backup", "/api/v1/backups/{filename}", declared.delete_backup, service.delete_backup)
    serve("rename_backup", "/api/v1/backups/{filename}", declared.rename_backup, service.rename_backup)
    serve("check_backup", "/api/v1/backups/{filename}/check", declared.check_backup, service.check_backup)
    serve("import_backup", "/api/v1/backups/{filename}/import", declared.import_backup, service.import_backup)
    serve(
        "get_backup_upload_status",
        "/api/v1/backups/upload/status",
        declared.get_backup_upload_status,
        service.get_backup_upload_status,
    )
    return routes.router()
