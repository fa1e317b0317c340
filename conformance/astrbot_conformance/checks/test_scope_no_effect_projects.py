"""SCOPE-NO-EFFECT on chat sessions in projects."""

from astrbot_api.scopes import Scope

from astrbot_conformance.contract import NEW_SESSION, along
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest, asking
from astrbot_conformance.http.target import Target
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import UNCHANGED, ResourceClient
from astrbot_conformance.resources.kinds import PROJECTS
from astrbot_conformance.scenarios.journey import holds, part, request
from astrbot_conformance.verdict.finding import found
from astrbot_conformance.verdict.requirement import over, requirement


@requirement("SCOPE-NO-EFFECT")
@over(along("create_chat_project add_session_to_project list_project_sessions remove_session_from_project"))
def test_scope_no_effect_on_sessions_in_projects(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This check tests that a session is neither removed from its project nor added to one.
    """
    key = keys.own("no_effect", Scope.CHAT)
    stranger = keys.own("no_effect", *(scope for scope in keys.contract.scopes if scope != Scope.CHAT))
    with ResourceClient(PROJECTS, target, key, cleanup).kept(f"{keys.name}no-effect") as project:
        session = _begun(target, key)
        putting = request("add_session_to_project", project_id=project, session_id=session)
        taking = request("remove_session_from_project", session_id=session)
        target.send(putting, key)
        _expect_unchanged(taking, [stranger, None], _Place(target, key, project, session, putting))
        if target.options.is_cheap:
            target.send(taking, key)  # the control: the rejected request takes effect with an authorized key
            _expect_unchanged(putting, [stranger, None], _Place(target, key, project, session, taking))


class _Place:
    """A session that is in a project or not, and the request that restores this state."""

    def __init__(self, target: Target, key: Key, project: str, session: str, restoration: HttpRequest) -> None:
        self.target = target
        self.restoration = restoration
        self._key = key
        self._project = project
        self._session = session

    @property
    def is_as_it_was(self) -> bool:
        """Whether the session is still in that state. NotJudged if its owner cannot list the project."""
        shown = self.target.send(request("list_project_sessions", project_id=self._project), self._key)
        if not shown.is_accepted:
            raise NotJudged(f"{shown.request.operation}: a sufficient key is answered {shown.in_short}")
        return holds(shown.data, self._session) == (self.restoration.operation.id == "add_session_to_project")

    def restore(self) -> None:
        """Restore the state. NotJudged if the request has no effect."""
        response = self.target.send(self.restoration, self._key)
        if not self.is_as_it_was:
            operation = self.restoration.operation
            raise NotJudged(f"{operation}: does nothing with a sufficient key either: {response.in_short}")


def _expect_unchanged(attempt: HttpRequest, strangers: list[Key | None], place: _Place) -> None:
    answers = [place.target.send(attempt, stranger) for stranger in strangers]
    if place.is_as_it_was or any(response.admits for response in answers):
        return  # an authorized key may have changed it, which the passive check of authorization reports
    for stranger in strangers:  # one of them had an effect, or the state was never restored: try each one alone
        place.restore()
        response = place.target.send(attempt, stranger)
        if not place.is_as_it_was:
            found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it was done")


def _begun(target: Target, key: Key) -> str:
    """A new, empty session of the key. NotJudged if none is created."""
    response = target.send(asking(NEW_SESSION), key)
    session = part(response.data, "session_id")
    if not response.is_accepted or not isinstance(session, str):
        raise NotJudged(f"{NEW_SESSION}: begins no session, it answers {response.in_short}")
    return session
