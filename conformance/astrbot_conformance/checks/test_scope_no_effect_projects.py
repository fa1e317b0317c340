"""SCOPE-NO-EFFECT on chat sessions in projects."""

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.sessions import new_session
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, Key, Target
from astrbot_conformance.json_value import holds
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import fail_for_effect
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("SCOPE-NO-EFFECT")
@over(along("create_chat_project add_session_to_project list_project_sessions remove_session_from_project"))
def test_scope_no_effect_on_sessions_in_projects(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to remove a session from its project with an insufficient key and without a key, and to add it again.

    The list of the project must stay the same. The control: the same requests of the owner take effect.
    """
    key = keys.own("no_effect", Scope.CHAT)
    insufficient = keys.own("no_effect", *(scope for scope in keys.contract.scopes if scope != Scope.CHAT))
    projects = ResourceClient(kind_of("chat project", keys.contract), target, key, cleanup)
    with projects.temporary(f"{keys.name}no-effect") as project:
        session = new_session(target, key)
        addition = request("add_session_to_project", project_id=project, session_id=session)
        removal = request("remove_session_from_project", session_id=session)
        target.send(addition, key)
        _expect_unchanged(removal, [insufficient, None], _Membership(target, key, project, session, addition))
        if target.options.is_cheap:
            target.send(removal, key)  # the control: the rejected request takes effect with an authorized key
            _expect_unchanged(addition, [insufficient, None], _Membership(target, key, project, session, removal))


class _Membership:
    """A session that is in a project or not, and the request that restores this state."""

    def __init__(self, target: Target, key: Key, project: str, session: str, restoration: HttpRequest) -> None:
        self.target = target
        self.restoration = restoration
        self._key = key
        self._project = project
        self._session = session

    @property
    def is_unchanged(self) -> bool:
        """Whether the session is still in that state. NotJudged if its owner cannot list the project."""
        shown = self.target.send(request("list_project_sessions", project_id=self._project), self._key)
        if not shown.is_accepted:
            raise NotJudged(f"{shown.request.operation}: a key with the required scope got {shown.in_short}")
        return holds(shown.data, self._session) == (self.restoration.operation.id == "add_session_to_project")

    def restore(self) -> None:
        """Restore the state. NotJudged if the request has no effect."""
        response = self.target.send(self.restoration, self._key)
        if not self.is_unchanged:
            operation = self.restoration.operation
            raise NotJudged(f"{operation}: has no effect even with the required scope: {response.in_short}")


def _expect_unchanged(attempt: HttpRequest, outsiders: list[Key | None], membership: _Membership) -> None:
    answers = [membership.target.send(attempt, outsider) for outsider in outsiders]
    if membership.is_unchanged or any(response.admits for response in answers):
        return  # an authorized key may have changed it, which the passive check of authorization reports
    for outsider in outsiders:  # one of them had an effect, or the state was never restored: try each one alone
        membership.restore()
        response = membership.target.send(attempt, outsider)
        if not membership.is_unchanged:
            fail_for_effect(response, "the session was added to the project or removed from it")
