"""Projects that group chat sessions, and their workspaces."""

from __future__ import annotations

import mimetypes

from astrbot_api.server import Json

from astrbot_reference import chat_projects
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.context import Context
from astrbot_reference.packages.folders import within
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.stores.workspaces import Workspaces
from astrbot_reference.stubs import models, server


class ChatProjects(chat_projects.ChatProjects):
    """A project has a workspace, unless each of its sessions has its own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._workspaces = Workspaces(self._store)

    async def list_workspace_files(
        self, *, caller: Caller, project_id: str, path: str = ""
    ) -> Json[models.WorkspaceFolderAnswer]:
        """List a folder. Raises Refusal if there is none, or if the project belongs to another caller."""
        self._with_workspace(project_id, caller)
        entries = self._workspaces.folder(project_id, path)
        return ok(models.WorkspaceFolderAnswer, {"path": within(path), "entries": entries})

    async def get_workspace_file(
        self, *, caller: Caller, project_id: str, path: str
    ) -> Json[models.WorkspaceTextAnswer]:
        """Read a text file.

        Raises Refusal if there is none, it is too large, or the project belongs to another caller.
        """
        self._with_workspace(project_id, caller)
        text = self._workspaces.text(project_id, path)
        return ok(models.WorkspaceTextAnswer, {"path": path, "content": text, "size": len(text.encode())})

    async def download_workspace_file(self, *, caller: Caller, project_id: str, path: str) -> server.Raw:
        """Download a file. Raises Refusal if there is none, or if the project belongs to another caller."""
        self._with_workspace(project_id, caller)
        content = self._workspaces.read(project_id, path)
        return server.Raw(content, mimetypes.guess_type(path)[0] or "application/octet-stream")

    async def delete_chat_project(self, *, caller: Caller, project_id: str) -> Json[models.DoneQuietly]:
        """Delete a project and its workspace, but not its sessions. Raises Refusal if it belongs to another caller."""
        answer = await super().delete_chat_project(caller=caller, project_id=project_id)
        self._workspaces.forget(project_id)
        return answer

    def _wanted(self, fields: JsonObject) -> JsonObject:
        kind = fields.get("workspace_type")
        chosen = {} if kind is None else {"workspace_type": "project" if kind == "project" else "session"}
        return super()._wanted(fields) | chosen

    def _shown(self, project: JsonObject) -> JsonObject:
        # A project from before there were workspaces has none.
        whole = {"workspace_type": "session", "workspace_path": None} | project
        own = whole["workspace_type"] == "project"
        folder = f"workspaces/{project['project_id']}" if own else None
        return super()._shown(whole | {"resolved_workspace_path": folder})

    def _with_workspace(self, project_id: str, caller: Caller) -> None:
        if self._own(project_id, caller).get("workspace_type") != "project":
            raise Refusal("This project has no shared workspace")


__all__ = ["ChatProjects"]
