"""SESSIONS-*: the sessions of a user."""

from collections.abc import Iterator
from typing import Any

from astrbot_api.scopes import Scope

from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.session_traffic import SessionModel, Traffic, traffic
from astrbot_conformance.chat.sessions import (
    LARGEST_PAGE,
    all_pages,
    history_of,
    page_of,
    pages_of,
    said_by_user,
    user_of,
)
from astrbot_conformance.contract import (
    CHAT,
    DELETE_SESSION,
    DELETE_SESSIONS,
    NEW_SESSION,
    READ_SESSION,
    RENAME_SESSION,
    SESSIONS,
    STOP_SESSION,
    along,
)
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import NONE, UNKNOWN_ID, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import blank_texts
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import ResourceClient
from astrbot_conformance.resources.kinds import PROJECTS
from astrbot_conformance.scenarios.journey import holds, part, request
from astrbot_conformance.verdict.finding import expect_refused, found, written
from astrbot_conformance.verdict.requirement import over, requirement

NOBODY: list[dict[str, str]] = [{}, {"username": "", "page": "1"}, {"username": " \t", "platform_id": "webchat"}]
NEAR = 4  # similar usernames that are tried on a slow target
FORMS: list[dict[str, Any]] = [  # bodies of a message that no user may add to a session of another user
    {"message": "let me in"},
    {"message": [{"type": "plain", "text": "let me in"}]},
    {"message": "let me in", "enable_streaming": False},
    {"message": [{"type": "plain", "text": "let me in"}], "enable_streaming": False},
]
A_DAY: Traffic = [  # more sessions than a page holds, for several page sizes, while others come and go
    *[("begin", None), ("other begins", None), ("begin", None), ("begin", None), ("chat", "first"), ("begin", None)],
    *[("chat", "first"), ("list", (1, 2)), ("list", (2, 2)), ("list", (3, 2)), ("list", (4, 2))],
    *[("list", (0, 2)), ("list", (-7, 2)), ("list", (1, 0)), ("list", (2, -1)), ("list", (1, 101))],
    *[("list", (1, 100)), ("list", (10**6, 100)), ("delete", 2), ("begin", None), ("list", (2, 3))],
]

ANOTHER_DAY: Traffic = [  # as many sessions as the pages hold, and more than a page of the default size holds
    *[("begin", None)] * 4,
    *[("list", (2, 2)), ("delete together", (1, 2)), ("list", (1, 2)), ("list", (1, 4))],
    *[("begin", None)] * 22,
    *[("list", (1, None)), ("list", (2, None)), ("list", (1, 50)), ("delete together", (0, 23)), ("list", (1, 22))],
]


@requirement("SESSIONS-USERNAME")
@over([SESSIONS])
def test_sessions_username(target: Target, keys: KeyRing, exploration: Exploration) -> None:
    """`GET /chat/sessions` MUST require `username`."""
    key = keys.weakest(SESSIONS.scope)
    control = target.send_once(asking(SESSIONS, query={"username": UNKNOWN_ID}), key)
    if not control.is_accepted:
        raise NotJudged(f"{SESSIONS}: with a username it answers {control.in_short}")

    def judge(query: dict[str, str]) -> None:
        response = target.send(asking(SESSIONS, query=query), key)
        expect_refused(response, f"the sessions of nobody ({written(query)})")

    exploration.try_each(NOBODY, blank_texts.map(lambda blank: {"username": blank}), judge, at_most=4)


@requirement("SESSIONS-PAGING")
@over([SESSIONS, NEW_SESSION, CHAT])
def test_sessions_paging(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """Pages MUST NOT overlap, MUST be complete together, and MUST hold at most `page_size` entries; `total` MUST be correct."""  # noqa: E501  the sentence as the contract has it
    other = keys.own("other", Scope.CHAT)
    users: list[Key] = []

    def judge(steps: Traffic) -> None:
        users.append(keys.own(f"paging_{len(users) + 1}", Scope.CHAT))
        named = [(kind, f"conform-{chats.run}-{detail}" if kind == "chat" else detail) for kind, detail in steps]
        SessionModel(target, chats, users[-1], other, sessions=[]).walk(named)

    days = [A_DAY, ANOTHER_DAY] if exploration.is_cheap else [A_DAY]
    exploration.try_each(days, traffic, judge, at_most=exploration.chats(1))


@requirement("SESSIONS-OWNER")
@over([SESSIONS, CHAT])
def test_sessions_owner_lists(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check reads lists: each contains the sessions of its username and no others, even if usernames are similar.
    """
    key = keys.chatting("talk")
    session = _owned(target, chats, key)
    for stranger in _some(_near(user_of(key)), target, exploration):
        for page in all_pages(target, keys.chatting("other", 1), stranger, LARGEST_PAGE):
            if session in page.ids:
                found(page.response, expected=f"no session of {user_of(key)} in the list of {stranger}", actual="one")
    filtered = page_of(target, keys.chatting("other", 1), NONE, platform_id="webchat", page_size=LARGEST_PAGE)
    if session in filtered.ids:
        found(filtered.response, expected=f"no session of {user_of(key)} of an unknown platform", actual="one")
    own = all_pages(target, keys.chatting("other", 1), user_of(key), LARGEST_PAGE)
    for page in own:
        if page.ids and page.creators != {user_of(key)}:
            found(page.response, expected=f"sessions of {user_of(key)}", actual=f"some of {page.creators}")
    if not any(session in page.ids for page in own):
        raise NotJudged(f"{SESSIONS}: does not list a session for its own user either, see CHAT-SESSION")


@requirement("SESSIONS-OWNER")
@over([CHAT])
def test_sessions_owner_continues(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check sends a chat to a session of another user: it is rejected and leaves no trace there.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _owned(target, chats, key)
    before = history_of(target, key, session)
    strangers = [user_of(other)] * len(FORMS) + _some(_near(user_of(key)), target, exploration)
    for number, stranger in enumerate(strangers):
        said = FORMS[number % len(FORMS)]
        named = {"conversation_id" if number == 1 else "session_id": session}
        response = chats.converse(other, {"username": stranger, **named, **said})
        expect_refused(response, f"a chat of {stranger} in the session of {user_of(key)}")
    if target.options.is_cheap:  # a server that distinguishes these names creates sessions under that name
        for alike in (f" {session} ", session.upper()):
            chats.converse(other, {"username": user_of(other), "session_id": alike, "message": "let me in"})
    response = target.send(asking(READ_SESSION, path={"session_id": session}), key)
    if history_of(target, key, session) != before:
        found(response, expected="a history without what was refused", actual="another history than before")


@requirement("SESSIONS-OWNER")
@over([READ_SESSION])
def test_sessions_owner_reads(target: Target, keys: KeyRing, chats: Chats) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check reads the history, which only the owner may see.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _owned(target, chats, key)
    _expect_unread(target, session, other)
    chats.converse(other, {"username": user_of(other), "session_id": session, "message": "let me in"})
    _expect_unread(target, session, other)  # nor after the chat was rejected


@requirement("SESSIONS-OWNER")
@over([READ_SESSION])
def test_sessions_owner_reads_with_every_scope(target: Target, keys: KeyRing, chats: Chats) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check uses a key of another user with every scope.
    """
    _expect_unread(target, _owned(target, chats, keys.chatting("talk")), keys.holding(*keys.contract.scopes))


@requirement("SESSIONS-OWNER")
@over([RENAME_SESSION, STOP_SESSION, DELETE_SESSION, DELETE_SESSIONS])
def test_sessions_owner_changes(target: Target, keys: KeyRing, chats: Chats) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check tries to rename, stop and delete a session of another user.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _owned(target, chats, key)
    answers = list(_changes(target, other, session))
    for response in answers:
        if response.request.operation is not DELETE_SESSIONS:  # it reports for each session whether it was deleted
            expect_refused(response, "a change of another's session")

    pages = pages_of(target, key, user_of(key), LARGEST_PAGE)
    shown = next((page for page in pages if session in page.ids), None)
    if shown is None:
        found(answers[-1], expected="another's session still there", actual="it is gone")
    if b"taken over" in shown.response.body:
        found(answers[0], expected="the name of another's session as it was", actual="it is renamed")


@requirement("SESSIONS-OWNER")
@over(along("create_chat_project add_session_to_project list_project_sessions remove_session_from_project"))
def test_sessions_owner_in_projects(target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """A request under one username MUST NOT see or continue a session of another username.

    This check uses projects: no other user may see the session there, add it to a project, or remove it from its own.
    """
    key, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = str(part(target.send(asking(NEW_SESSION), key).data, "session_id"))
    own, others = (ResourceClient(PROJECTS, target, one, cleanup) for one in (key, other))
    with own.kept(f"{keys.name}owner") as project, others.kept(f"{keys.name}other") as another:
        target.send(request("add_session_to_project", project_id=project, session_id=session), key)
        if not holds(target.send(request("list_project_sessions", project_id=project), key).data, session):
            raise NotJudged("a project does not show its owner the session that was put into it")
        taking = request("add_session_to_project", project_id=another, session_id=session)
        expect_refused(target.send(taking, other), "another's session put into a project")
        releasing = request("remove_session_from_project", session_id=session)
        expect_refused(target.send(releasing, other), "another's session taken out of its project")
        for place in (project, another):
            shown = target.send(request("list_project_sessions", project_id=place), other)
            if holds(shown.data, session):
                found(shown, expected=f"no session of {user_of(key)} shown to {user_of(other)}", actual="one")
        shown = target.send(request("list_project_sessions", project_id=project), key)
        if not holds(shown.data, session):
            found(shown, expected="another's session still in its project", actual="it is gone")
        target.send(releasing, key)


def _expect_unread(target: Target, session: str, stranger: Key) -> None:
    """Raise FindingRaised if another user can read the messages of a session."""
    response = target.send(asking(READ_SESSION, path={"session_id": session}), stranger)
    if response.is_accepted and isinstance(response.data, dict) and response.data.get("history"):
        found(response, expected="nothing of the history of another's session", actual="its history")


def _owned(target: Target, chats: Chats, key: Key) -> str:
    """A session of `key` with messages, shared by all checks of a run. NotJudged if there is none."""
    session = f"conform-{chats.run}-owned"
    chats.converse_once(key, {"session_id": session, "message": GREETING})
    if not said_by_user(history_of(target, key, session)):
        raise NotJudged(f"{READ_SESSION}: the owner of a session does not see what was said in it")
    return session


def _near(username: str) -> list[str]:
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
    return names if target.options.is_cheap else exploration.choose("near", names, size=NEAR)


def _changes(target: Target, key: Key, session: str) -> Iterator[HttpResponse]:
    place = {"session_id": session}
    yield target.send(asking(RENAME_SESSION, path=place, json_body={"display_name": "taken over"}), key)
    yield target.send(asking(STOP_SESSION, path=place), key)
    yield target.send(asking(DELETE_SESSION, path=place), key)
    own = str(part(target.send(asking(NEW_SESSION), key).data, "session_id"))
    yield target.send(asking(DELETE_SESSIONS, json_body={"session_ids": [own, session]}), key)
