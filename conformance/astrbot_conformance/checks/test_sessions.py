"""SESSIONS-*: the sessions of a user."""

from collections.abc import Iterator
from typing import Any

from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CHAT, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.session_traffic import SessionModel, Traffic, traffic
from astrbot_conformance.chat.sessions import (
    LARGEST_PAGE,
    history_of,
    messages_of_user,
    new_session,
    page_of,
    page_with,
    pages_of,
    user_of,
)
from astrbot_conformance.contract import along
from astrbot_conformance.http import NONE, UNKNOWN_ID, HttpResponse, Key, Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import blank_texts
from astrbot_conformance.json_value import holds, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.client import ResourceClient
from astrbot_conformance.resources.kinds import kind_of
from astrbot_conformance.scenarios.claimed_identity import Impersonation, claiming
from astrbot_conformance.verdict.finding import expect_refused, fail, written
from astrbot_conformance.verdict.requirement import over, requirement

NO_USERNAME: list[dict[str, str]] = [{}, {"username": "", "page": "1"}, {"username": " \t", "platform_id": "webchat"}]
NAMES_IF_SLOW = 4  # similar usernames that are tried on a slow target
FORMS: list[dict[str, Any]] = [  # bodies of a message that no user may add to a session of another user
    {"message": "let me in"},
    {"message": [{"type": "plain", "text": "let me in"}]},
    {"message": "let me in", "enable_streaming": False},
    {"message": [{"type": "plain", "text": "let me in"}], "enable_streaming": False},
]
STEPS: Traffic = [  # more sessions than a page holds, for several page sizes, while others come and go
    *[("begin", None), ("other begins", None), ("begin", None), ("begin", None), ("chat", "first"), ("begin", None)],
    *[("chat", "first"), ("list", (1, 2)), ("list", (2, 2)), ("list", (3, 2)), ("list", (4, 2))],
    *[("list", (0, 2)), ("list", (-7, 2)), ("list", (1, 0)), ("list", (2, -1)), ("list", (1, 101))],
    *[("list", (1, 100)), ("list", (10**6, 100)), ("delete", 2), ("begin", None), ("list", (2, 3))],
]

MORE_STEPS: Traffic = [  # as many sessions as the pages hold, and more than a page of the default size holds
    *[("begin", None)] * 4,
    *[("list", (2, 2)), ("delete together", (1, 2)), ("list", (1, 2)), ("list", (1, 4))],
    *[("begin", None)] * 22,
    *[("list", (1, None)), ("list", (2, None)), ("list", (1, 50)), ("delete together", (0, 23)), ("list", (1, 22))],
]


@requirement("SESSIONS-USERNAME")
@over(along("list_chat_sessions"))
def test_sessions_username(target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """Request lists whose `username` is missing or blank, and expect that each is rejected.

    The control: a request with a username is accepted.
    """
    key = keys.weakest(Scope.CHAT)
    control = target.send_once(request("list_chat_sessions", username=UNKNOWN_ID), key)
    if not control.is_accepted:
        raise NotJudged(f"a list of sessions with a username is not accepted: {control.in_short}")

    def judge(query: dict[str, str]) -> None:
        response = target.send(request("list_chat_sessions", **query), key)
        expect_refused(response, f"a list of sessions without a username ({written(query)})")

    exploration.try_each(NO_USERNAME, blank_texts.map(lambda blank: {"username": blank}), judge, at_most=4)


@requirement("SESSIONS-PAGING")
@over(along("list_chat_sessions create_chat_session chat"))
def test_sessions_paging(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """Create and delete sessions, and compare each page and the complete list with the expected sessions.

    Another user has sessions too, which must not appear. The page sizes include invalid ones.
    """
    other = keys.own("other", Scope.CHAT)
    users: list[Key] = []

    def judge(steps: Traffic) -> None:
        users.append(keys.own(f"paging_{len(users) + 1}", Scope.CHAT))
        named = [(kind, f"conform-{chats.run}-{detail}" if kind == "chat" else detail) for kind, detail in steps]
        SessionModel(target, chats, users[-1], other, sessions=[]).run(named)

    rows = [STEPS, MORE_STEPS] if exploration.is_cheap else [STEPS]
    exploration.try_each(rows, traffic, judge, at_most=exploration.chats(1))


@requirement("SESSIONS-OWNER")
@over(along("list_chat_sessions chat"))
def test_sessions_owner_lists(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """Request the lists of users with similar names: none may contain the session of the first user.

    The control: the list of the owner contains the session, and no session of another user.
    """
    key = keys.chatting("talk")
    session = _session_of(target, chats, key)
    for username in _some(_similar(user_of(key)), target, exploration):
        page = page_of(target, keys.chatting("other", 1), username, page_size=LARGEST_PAGE)
        if session in page.ids or page.creators - {username}:
            creators = ", ".join(sorted(map(str, page.creators)))
            fail(page.response, expected=f"only sessions of {username}", actual=f"sessions of {creators}")
    filtered = page_of(target, keys.chatting("other", 1), NONE, platform_id="webchat", page_size=LARGEST_PAGE)
    if session in filtered.ids:
        expected = f"the list of a nonexistent user not to contain a session of {user_of(key)}"
        fail(filtered.response, expected=expected, actual="it contains one")
    own = list[str]()
    for page in pages_of(target, keys.chatting("other", 1), user_of(key), LARGEST_PAGE, sessions=len(target.created)):
        own += page.ids
        if page.ids and page.creators != {user_of(key)}:
            creators = ", ".join(sorted(map(str, page.creators)))
            fail(page.response, expected=f"only sessions of {user_of(key)}", actual=f"sessions of {creators}")
    if session not in own:
        raise NotJudged("a session is not in the list of its owner either, see CHAT-SESSION")


@requirement("SESSIONS-OWNER")
@over([CHAT])
def test_sessions_owner_continues(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """Send chats to a session of another user, in several forms: each is rejected.

    The history of the session must stay unchanged.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _session_of(target, chats, key)
    before = history_of(target, key, session)
    usernames = [user_of(other)] * len(FORMS) + _some(_similar(user_of(key)), target, exploration)
    for number, username in enumerate(usernames):
        form = FORMS[number % len(FORMS)]
        named = {"conversation_id" if number == 1 else "session_id": session}
        response = chats.converse(other, {"username": username, **named, **form})
        expect_refused(response, f"a chat of {username} in a session of {user_of(key)}")
    if target.options.is_cheap:  # a server that distinguishes these names creates sessions under that name
        for similar in (f" {session} ", session.upper()):
            chats.converse(other, {"username": user_of(other), "session_id": similar, "message": "let me in"})
    response = target.send(request("get_chat_session", session_id=session), key)
    if history_of(target, key, session) != before:
        expected = "the history of the session to be unchanged by rejected chats of other users"
        fail(response, expected=expected, actual="it was changed")


@requirement("SESSIONS-OWNER")
@over(along("get_chat_session"))
def test_sessions_owner_reads(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Read the history of a session with a key of another user, before and after a rejected chat: it is not shown."""
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _session_of(target, chats, key)
    _expect_unread(target, session, other)
    chats.converse(other, {"username": user_of(other), "session_id": session, "message": "let me in"})
    _expect_unread(target, session, other)  # nor after the chat was rejected


@requirement("SESSIONS-OWNER")
@over(along("get_chat_session"))
def test_sessions_owner_reads_with_every_scope(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Read the history of a session with a key of another user that has every scope: it is not shown."""
    _expect_unread(target, _session_of(target, chats, keys.chatting("talk")), keys.holding(*keys.contract.scopes))


@requirement("SESSIONS-OWNER")
@over(along("update_chat_session stop_chat_session delete_chat_session delete_chat_sessions"))
def test_sessions_owner_changes(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Try to rename, stop and delete a session of another user: each is rejected.

    The session must still be in the list of its owner, under its name.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _session_of(target, chats, key)
    answers = list(_changes(target, other, session))
    for response in answers:
        if response.request.operation.id != "delete_chat_sessions":  # it reports the result for each session
            expect_refused(response, "a change of another user's session")

    shown = page_with(target, key, session)
    if shown is None:
        fail(answers[-1], expected="another user's session to still exist", actual="it was deleted")
    if b"taken over" in shown.response.body:
        fail(answers[0], expected="the name of another user's session to be unchanged", actual="it was changed")


@requirement("SESSIONS-OWNER")
@over(along("create_chat_project add_session_to_project list_project_sessions remove_session_from_project"))
def test_sessions_owner_in_projects(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Try to add a session of another user to a project, to remove it from its project, and to list it there.

    Each must be rejected or show nothing, also if it names the owner as its sender. The session must stay in its
    project.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = new_session(target, key)
    projects = kind_of("chat project", keys.contract)
    own, others = (ResourceClient(projects, target, one, cleanup) for one in (key, other))
    with own.temporary(f"{keys.name}owner") as project, others.temporary(f"{keys.name}other") as another:
        target.send(request("add_session_to_project", project_id=project, session_id=session), key)
        if not holds(target.send(request("list_project_sessions", project_id=project), key).data, session):
            raise NotJudged("the list of a project does not contain a session that its owner added")
        addition = request("add_session_to_project", project_id=another, session_id=session)
        impersonation = Impersonation(target, other, key)
        impersonation.expect_refused(addition, "the addition of another user's session to a project")
        removal = request("remove_session_from_project", session_id=session)
        impersonation.expect_refused(removal, "the removal of another user's session from its project")
        listing = request("list_project_sessions", project_id=project)
        others_listing = request("list_project_sessions", project_id=another)
        for listed in (listing, claiming(listing, key), others_listing):
            shown = target.send(listed, other)
            if holds(shown.data, session):
                expected = f"a session of {user_of(key)} not to be shown to {user_of(other)}"
                fail(shown, expected=expected, actual="it is shown")
        shown = target.send(request("list_project_sessions", project_id=project), key)
        if not holds(shown.data, session):
            fail(shown, expected="another user's session to still be in its project", actual="it was removed")
        target.send(removal, key)


def _expect_unread(target: Target, session: str, other: Key) -> None:
    """Raise FindingRaised if another user can read the messages of a session."""
    response = target.send(request("get_chat_session", session_id=session), other)
    if response.is_accepted and part(response.data, "history"):
        fail(response, expected="the history of another user's session not to be shown", actual="its history")


def _session_of(target: Target, chats: Chats, key: Key) -> str:
    """A session of `key` with messages, shared by all checks of a run. NotJudged if there is none."""
    session = f"conform-{chats.run}-owned"
    chats.converse_once(key, {"session_id": session, "message": GREETING})
    if not messages_of_user(history_of(target, key, session)):
        raise NotJudged("the owner of a session does not see its messages")
    return session


def _similar(username: str) -> list[str]:
    """Names that a careless comparison may treat as equal to `username`."""
    return [
        username.upper(),
        username[:-1],
        f"{username}0",
        f"{username}%",
        "api_key:%",
        "%",
        username.replace(":", "_"),
    ]


def _some(names: list[str], target: Target, exploration: Exploration) -> list[str]:
    """All names; a few if requests are expensive."""
    return names if target.options.is_cheap else exploration.choose("near", names, size=NAMES_IF_SLOW)


def _changes(target: Target, key: Key, session: str) -> Iterator[HttpResponse]:
    path = {"session_id": session}
    yield target.send(request("update_chat_session", **path, body={"display_name": "taken over"}), key)
    yield target.send(request("stop_chat_session", **path), key)
    yield target.send(request("delete_chat_session", **path), key)
    own = new_session(target, key)
    yield target.send(request("delete_chat_sessions", body={"session_ids": [own, session]}), key)
