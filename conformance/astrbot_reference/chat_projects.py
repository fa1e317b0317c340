"""Projects that group chat sessions."""

from __future__ import annotations

import uuid

from astrbot_api import models
from astrbot_api.server import Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .clock import stamp
from .context import Service
from .refusal import Refusal
from .release import described
from .stores.session_store import shown
from .stores.store import JsonObject

PROJECT = "chat_project"
FOLDER = "\N{FILE FOLDER}"


class ChatProjects(Service):
    """Projects that group chat sessions. A project and its sessions belong to the same key."""

    async def list_chat_projects(self, *, caller: Caller) -> Json[models.ChatProjectListAnswer]:
        """The projects of the caller, the oldest first."""
        own = [project for project in self._store.all(PROJECT) if project["owner"] == caller.name]
        return ok(models.ChatProjectListAnswer, [self._shown(project) for project in own])

    async def create_chat_project(
        self, *, caller: Caller, body: models.ChatProjectCreation
    ) -> Json[models.ChatProjectAnswer]:
        """Create a project that belongs to the caller."""
        fields = given(body)
        now = stamp(self._clock())
        project = {
            "project_id": str(uuid.uuid4()),
            "title": fields["title"],
            "emoji": fields.get("emoji") or FOLDER,
            "description": fields.get("description"),
            "created_at": now,
            "updated_at": now,
            "owner": caller.name,
            **self._wanted({"workspace_type": "project"} | fields),
        }
        self._store.put(PROJECT, project["project_id"], project)
        return ok(models.ChatProjectAnswer, self._shown(project))

    async def get_chat_project(self, *, caller: Caller, project_id: str) -> Json[models.ChatProjectAnswer]:
        """A project. Raises Refusal if it does not exist or belongs to another caller."""
        return ok(models.ChatProjectAnswer, self._shown(self._own(project_id, caller)))

    async def update_chat_project(
        self, *, caller: Caller, project_id: str, body: models.ChatProjectChange
    ) -> Json[models.DoneQuietly]:
        """Update the project in the path.

        Raises Refusal if it does not exist or belongs to another caller.
        """
        project = self._own(project_id, caller)
        fields = given(body)
        self._store.put(PROJECT, project_id, {**project, **self._wanted(fields), "updated_at": stamp(self._clock())})
        return ok(models.DoneQuietly, {})

    async def delete_chat_project(self, *, caller: Caller, project_id: str) -> Json[models.DoneQuietly]:
        """Delete a project but not its sessions.

        Raises Refusal if it does not exist or belongs to another caller.
        """
        self._own(project_id, caller)
        for session in self._inside(project_id):
            self._sessions.change(session, project_id=None)
        self._store.remove(PROJECT, project_id)
        return ok(models.DoneQuietly, {})

    async def list_project_sessions(self, *, caller: Caller, project_id: str) -> Json[models.ProjectSessionListAnswer]:
        """The sessions in a project, the newest first.

        Raises Refusal if it does not exist or belongs to another caller.
        """
        self._own(project_id, caller)
        return ok(models.ProjectSessionListAnswer, [shown(session) for session in self._inside(project_id)])

    async def add_session_to_project(
        self, *, caller: Caller, project_id: str, session_id: str
    ) -> Json[models.DoneQuietly]:
        """Add a session to a project.

        Raises Refusal if either does not exist or belongs to another caller.
        """
        self._own(project_id, caller)
        self._sessions.change(self._sessions.own(session_id, caller.name), project_id=project_id)
        return ok(models.DoneQuietly, {})

    async def remove_session_from_project(self, *, caller: Caller, session_id: str) -> Json[models.DoneQuietly]:
        """Remove a session from its project.

        Raises Refusal if it does not exist or belongs to another caller.
        """
        self._sessions.change(self._sessions.own(session_id, caller.name), project_id=None)
        return ok(models.DoneQuietly, {})

    def _wanted(self, fields: JsonObject) -> JsonObject:
        """The members of a project in a body that are neither absent nor null."""
        return {name: fields[name] for name in ("title", "emoji", "description") if fields.get(name) is not None}

    def _shown(self, project: JsonObject) -> JsonObject:
        return described(self._contract, "ChatProject", project)

    def _own(self, project_id: str, caller: Caller) -> JsonObject:
        project = self._store.find(PROJECT, project_id, f"Project {project_id} not found")
        if project["owner"] != caller.name:
            raise Refusal("Permission denied")
        return project

    def _inside(self, project_id: str) -> list[JsonObject]:
        return [session for session in self._sessions.all() if session["project_id"] == project_id]
