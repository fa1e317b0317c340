"""PROJECTS-*: the projects that contain chat sessions."""

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.json_value import holds, items
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.scenarios.claimed_identity import Impersonation, claiming
from astrbot_conformance.verdict.finding import expect_refused, fail
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("PROJECTS-OWNER")
@over(along("list_chat_projects get_chat_project update_chat_project delete_chat_project"))
def test_projects_owner(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read, change and delete a project with a key of another user, and expect that each is rejected.

    Each request is sent again with the owner as its sender in the query, the body and the headers. The project must be
    missing in the other user's list, and unchanged for its owner. A removed project must not be shown either.
    """
    other = keys.chatting("other", 1)
    owner = ResourceClient(kind_of("chat project", keys.contract), target, keys.chatting("talk"), cleanup)

    impersonation = Impersonation(target, other, owner.key)
    with owner.temporary(f"{keys.name}owned") as project:
        if owner.data_of(project) is None:
            raise NotJudged("the target does not show a project to its owner")
        for attempt in (
            request("get_chat_project", project_id=project),
            request("update_chat_project", project_id=project, body={"title": "taken over"}),
            request("delete_chat_project", project_id=project),
        ):
            impersonation.expect_refused(attempt, "the use of another user's project")
        for listing in (request("list_chat_projects"), claiming(request("list_chat_projects"), owner.key)):
            listed = target.send(listing, other)
            if holds(listed.data, project):
                fail(listed, expected="the list not to contain another user's project", actual="it contains one")
        shown = owner.shown(project)
        if not shown.is_accepted:
            fail(shown, expected="another user's project to still exist", actual="it was deleted")
        if b"taken over" in shown.body:
            fail(shown, expected="another user's project to be unchanged", actual="it was changed")
    removed = target.send(request("get_chat_project", project_id=project), other)
    expect_refused(removed, "a request for a removed project of another user")


@requirement("PROJECTS-OWNER")
@over(along("list_workspace_files get_workspace_file download_workspace_file add_session_to_project"))
def test_projects_owner_of_workspaces(target: Target, keys: KeyRing, cleanup: Cleanup, chats: Chats) -> None:
    """List and read the files in the workspace of another user's project, also as its owner: each is rejected.

    Only an agent can write a file there, so files are read only on a disposable target.
    """
    other = keys.chatting("other", 1)
    owner = ResourceClient(kind_of("chat project", keys.contract), target, keys.chatting("talk"), cleanup)

    with owner.temporary(f"{keys.name}workspace") as project:
        file = _written_file(project, owner, chats) if target.options.disposable else None
        own = target.send(request("list_workspace_files", project_id=project), owner.key)
        if not own.is_accepted:
            raise NotJudged(f"{own.request.operation}: the owner of a project cannot list its files: {own.in_short}")
        readings = ("get_workspace_file", "download_workspace_file") if file else ()
        for attempt in (
            request("list_workspace_files", project_id=project),
            *(request(reading, project_id=project, path=file) for reading in readings if file),
        ):
            Impersonation(target, other, owner.key).expect_refused(attempt, "the use of another user's workspace")


def _written_file(project: str, owner: ResourceClient, chats: Chats) -> str | None:
    """The path of a file that the agent wrote into the workspace of a project. None if it wrote none."""
    session = f"conform-{chats.run}-notes"
    chats.converse(owner.key, {"session_id": session, "message": GREETING})
    owner.target.send(request("add_session_to_project", project_id=project, session_id=session), owner.key)
    chats.converse(owner.key, {"session_id": session, "message": "Remember the tickets #note"})
    path = ""
    for _ in range(2):  # the file is in a folder
        listing = request("list_workspace_files", project_id=project, path=path)
        entries = items(owner.target.send(listing, owner.key).data, "entries")
        path = str(entries[0].get("path")) if entries else ""
    return path or None
