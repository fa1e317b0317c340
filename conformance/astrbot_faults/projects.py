"""Faults in the ownership of chat projects."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from astrbot_api.models import ChatProjectChange, ChatProjectListAnswer, DoneQuietly
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import PROJECT, ChatProjects
from astrbot_reference.stores.store import JsonObject, Store

from .server import UNDER, Fault, Server, fault


def _open_projects(operation: str, server: Server) -> None:
    """Let any key use any project in one operation."""

    @server.override
    class Broken(ChatProjects):
        def _own(self, project_id: str, caller: Caller) -> JsonObject:
            project = self._store.get(PROJECT, project_id) if UNDER.get().operation == operation else None
            return project or super()._own(project_id, caller)


def _anybody(name: str, line: str, operation: str, breaks: str = "PROJECTS-OWNER") -> Fault:
    return Fault(name, breaks, line, partial(_open_projects, operation))


ANYBODY = (
    _anybody("anybody-sees-projects", "Any key can read any project.", "get_chat_project"),
    _anybody("anybody-changes-projects", "Any key can update any project.", "update_chat_project"),
    _anybody("anybody-removes-projects", "Any key can delete any project.", "delete_chat_project"),
    _anybody(
        "anybody-looks-into-projects",
        "Any key can list the sessions in any project.",
        "list_project_sessions",
        breaks="SESSIONS-OWNER",
    ),
)


@fault(breaks="PROJECTS-OWNER")
def projects_of_all_are_listed(server: Server) -> None:
    """The list of projects contains the projects of all keys."""

    @server.override
    class Broken(ChatProjects):
        async def list_chat_projects(self, *, caller: Caller) -> Json[ChatProjectListAnswer]:
            return ok(ChatProjectListAnswer, [self._shown(project) for project in self._store.all(PROJECT)])


@fault(breaks="PROJECTS-OWNER")
def refused_changes_of_projects_are_made(server: Server) -> None:
    """An update of another key's project is rejected but takes effect."""

    @server.override
    class Broken(ChatProjects):
        async def update_chat_project(
            self, *, caller: Caller, project_id: str, body: ChatProjectChange
        ) -> Json[DoneQuietly]:
            owner = _owner_of(self._store, project_id, caller)
            if owner != caller:
                await super().update_chat_project(caller=owner, project_id=project_id, body=body)
            return await super().update_chat_project(caller=caller, project_id=project_id, body=body)


def _owner_of(store: Store, project_id: str, caller: Caller) -> Caller:
    """The owner of a project as the caller; the caller itself if there is no such project."""
    project = store.get(PROJECT, project_id)
    return caller if project is None else replace(caller, name=project["owner"])
