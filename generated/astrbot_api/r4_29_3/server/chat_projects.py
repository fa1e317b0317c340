"""Projects that group chat sessions. Generated; do not edit."""

from typing import Protocol

from fastapi import APIRouter

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ChatProjectsService(Protocol[CallerT_contra]):
    """Projects that group chat sessions."""

    async def list_chat_projects(
        self, *, caller: CallerT_contra
    ) -> Answered[models.ChatProjectListAnswer] | Answered[models.ErrorEnvelope]:
        """List the projects of the key. `GET /api/v1/chat/projects`, scope `chat`."""

    async def create_chat_project(
        self, *, caller: CallerT_contra, body: models.ChatProjectCreation
    ) -> Answered[models.ChatProjectAnswer] | Answered[models.ErrorEnvelope]:
        """Create a project. `POST /api/v1/chat/projects`, scope `chat`."""

    async def remove_session_from_project(
        self, *, caller: CallerT_contra, session_id: str
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Remove a session from its project; a session without a project is accepted.

        `DELETE /api/v1/chat/projects/sessions/{session_id}`, scope `chat`.
        """

    async def get_chat_project(
        self, *, caller: CallerT_contra, project_id: str
    ) -> Answered[models.ChatProjectAnswer] | Answered[models.ErrorEnvelope]:
        """Show a project. `GET /api/v1/chat/projects/{project_id}`, scope `chat`."""

    async def delete_chat_project(
        self, *, caller: CallerT_contra, project_id: str
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Delete a project; its sessions stay. `DELETE /api/v1/chat/projects/{project_id}`, scope `chat`."""

    async def update_chat_project(
        self, *, caller: CallerT_contra, project_id: str, body: models.ChatProjectChange
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Change a project. `PATCH /api/v1/chat/projects/{project_id}`, scope `chat`."""

    async def list_project_sessions(
        self, *, caller: CallerT_contra, project_id: str
    ) -> Answered[models.ProjectSessionListAnswer] | Answered[models.ErrorEnvelope]:
        """List the sessions in a project. `GET /api/v1/chat/projects/{project_id}/sessions`, scope `chat`."""

    async def add_session_to_project(
        self, *, caller: CallerT_contra, project_id: str, session_id: str
    ) -> Answered[models.DoneQuietly] | Answered[models.ErrorEnvelope]:
        """Add a session of the key to a project of the key.

        `POST /api/v1/chat/projects/{project_id}/sessions/{session_id}`, scope `chat`.
        """

    async def list_workspace_files(
        self, *, caller: CallerT_contra, project_id: str, path: str = ""
    ) -> Answered[models.WorkspaceFolderAnswer] | Answered[models.ErrorEnvelope]:
        """List a folder in the workspace of a project.

        `GET /api/v1/chat/projects/{project_id}/workspace/files`, scope `chat`.
        """

    async def get_workspace_file(
        self, *, caller: CallerT_contra, project_id: str, path: str
    ) -> Answered[models.WorkspaceTextAnswer] | Answered[models.ErrorEnvelope]:
        """Read a text file in the workspace of a project.

        `GET /api/v1/chat/projects/{project_id}/workspace/file`, scope `chat`.
        """

    async def download_workspace_file(
        self, *, caller: CallerT_contra, project_id: str, path: str
    ) -> Answered[models.WorkspaceFile] | Raw:
        """Download a file in the workspace of a project.

        `GET /api/v1/chat/projects/{project_id}/workspace/file/download`, scope `chat`.
        """


def router(
    service: ChatProjectsService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `chat-projects` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ChatProjectsService
    serve("list_chat_projects", "/api/v1/chat/projects", declared.list_chat_projects, service.list_chat_projects)
    serve("create_chat_project", "/api/v1/chat/projects", declared.create_chat_project, service.create_chat_project)
    serve(
        "remove_session_from_project",
        "/api/v1/chat/projects/sessions/{session_id}",
        declared.remove_session_from_project,
        service.remove_session_from_project,
    )
    serve("get_chat_project", "/api/v1/chat/projects/{project_id}", declared.get_chat_project, service.get_chat_project)
    serve(
        "delete_chat_project",
        "/api/v1/chat/projects/{project_id}",
        declared.delete_chat_project,
        service.delete_chat_project,
    )
    serve(
        "update_chat_project",
        "/api/v1/chat/projects/{project_id}",
        declared.update_chat_project,
        service.update_chat_project,
    )
    serve(
        "list_project_sessions",
        "/api/v1/chat/projects/{project_id}/sessions",
        declared.list_project_sessions,
        service.list_project_sessions,
    )
    serve(
        "add_session_to_project",
        "/api/v1/chat/projects/{project_id}/sessions/{session_id}",
        declared.add_session_to_project,
        service.add_session_to_project,
    )
    serve(
        "list_workspace_files",
        "/api/v1/chat/projects/{project_id}/workspace/files",
        declared.list_workspace_files,
        service.list_workspace_files,
    )
    serve(
        "get_workspace_file",
        "/api/v1/chat/projects/{project_id}/workspace/file",
        declared.get_workspace_file,
        service.get_workspace_file,
    )
    serve(
        "download_workspace_file",
        "/api/v1/chat/projects/{project_id}/workspace/file/download",
        declared.download_workspace_file,
        service.download_workspace_file,
    )
    return routes.router()
