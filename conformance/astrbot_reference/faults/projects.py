"""Faults in whose a chat project is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from astrbot_api.models import ChatProjectChange, ChatProjectListAnswer, DoneQuietly

from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.chat_projects import PROJECT, ChatProjects

from .server import Server, fault


@fault(breaks="PROJECTS-OWNER")
def anybody_sees_projects(server: Server) -> None:
    """Any key is shown any project."""
    _taken_for_the_owner(server, "get_chat_project")


@fault(breaks="PROJECTS-OWNER")
def anybody_changes_projects(server: Server) -> None:
    """Any key changes any project."""
    _taken_for_the_owner(server, "update_chat_project")


@fault(breaks="PROJECTS-OWNER")
def anybody_removes_projects(server: Server) -> None:
    """Any key removes any project."""
    _taken_for_the_owner(server, "delete_chat_project")


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
        if self._store.get(PROJECT, project_id) is not None:
            await sound(self, caller=_owner(self, caller, project_id), project_id=project_id, body=body)
        return await sound(self, caller=caller, project_id=project_id, body=body)

    server.patch.setattr(ChatProjects, "update_chat_project", update)


def _taken_for_the_owner(server: Server, method: str) -> None:
    """Let whoever asks stand in for the owner of the project."""
    sound: Callable[..., Awaitable[Any]] = getattr(ChatProjects, method)

    async def served(self: ChatProjects, *, caller: Caller, project_id: str, **more: Any) -> Any:
        return await sound(self, caller=_owner(self, caller, project_id), project_id=project_id, **more)

    server.patch.setattr(ChatProjects, method, served)


def _owner(service: ChatProjects, caller: Caller, project_id: str) -> Caller:
    project = service._store.get(PROJECT, project_id)  # noqa: SLF001  a fault stands inside the server
    return caller if project is None else replace(caller, name=project["owner"])
