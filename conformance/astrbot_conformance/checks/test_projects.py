"""PROJECTS-*: the projects that contain chat sessions."""

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.contract import along
from astrbot_conformance.http import Target
from astrbot_conformance.json_value import holds
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.verdict.finding import expect_refused, fail
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("PROJECTS-OWNER")
@over(along("list_chat_projects get_chat_project update_chat_project delete_chat_project"))
def test_projects_owner(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Read, change and delete a project with a key of another user, and expect that each is rejected.

    The project must be missing in the other user's list, and unchanged for its owner.
    """
    other = keys.chatting("other", 1)
    owner = ResourceClient(kind_of("chat project", keys.contract), target, keys.chatting("talk"), cleanup)

    with owner.temporary(f"{keys.name}owned") as project:
        if owner.data_of(project) is None:
            raise NotJudged("the target does not show a project to its owner")
        for attempt in (
            request("get_chat_project", project_id=project),
            request("update_chat_project", project_id=project, body={"title": "taken over"}),
            request("delete_chat_project", project_id=project),
        ):
            expect_refused(target.send(attempt, other), "the use of another user's project")
        listed = target.send(request("list_chat_projects"), other)
        if holds(listed.data, project):
            fail(listed, expected="the list not to contain another user's project", actual="it contains one")
        shown = owner.shown(project)
        if not shown.is_accepted:
            fail(shown, expected="another user's project to still exist", actual="it was deleted")
        if b"taken over" in shown.body:
            fail(shown, expected="another user's project to be unchanged", actual="it was changed")
