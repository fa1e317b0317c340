"""Faults in whose a chat project is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from astrbot_api.models import ChatProjectChange, ChatProjectListAnswer, DoneQuietly

from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import PROJECT, ChatProjects

from .server import Server, fault, taken_for_the_owner


@fault(breaks="PROJECTS-OWNER")
def anybody_sees_projects(server: Server) -> None:
    """Any key is shown any project."""
    taken_for_the_owner(server, ChatProjects, "get_chat_project", _owner)


@fault(breaks="PROJECTS-OWNER")
def anybody_changes_projects(server: Server) -> None:
    """Any key changes any project."""
    taken_for_the_owner(server, ChatProjects, "update_chat_project", _owner)


@fault(breaks="PROJECTS-OWNER")
def anybody_removes_projects(server: Server) -> None:
    """Any key removes any project."""
    taken_for_the_owner(server, ChatProjects, "delete_chat_project", _owner)


@fault(breaks="PROJECTS-OWNER")
def projects_of_all_are_listed(server: Server) -> None:
    """The list of projects has those of everybody."""

    async def listed(self: ChatProjects, **_caller: Caller) -> ChatProjectListAnswer:
        return ok(ChatProjectListAnswer, [self._shown(project) for project in self._store.all(PROJECT)])

    server.patch.setattr(ChatProjects, "list_chat_projects", listed)


@fault(breaks="PROJECTS-OWNER")
def refused_changes_of_projects_are_made(server: Server) -> None:
    """Another's project is changed, although that is refused."""
    sound = ChatProjects.update_chat_project

    async def update(self: ChatProjects, *, caller: Caller, project_id: str, body: ChatProjectChange) -> DoneQuietly:
        if owner := _owner(self, {"project_id": project_id}):
            await sound(self, caller=replace(caller, name=owner), project_id=project_id, body=body)
        return await sound(self, caller=caller, project_id=project_id, body=body)

    server.patch.setattr(ChatProjects, "update_chat_project", update)


def _owner(service: ChatProjects, asked: Mapping[str, Any]) -> str | None:
    project = service._store.get(PROJECT, asked["project_id"])  # noqa: SLF001  a fault stands inside the server
    return None if project is None else project["owner"]
