"""CHAT-*: the members that `POST /chat` requires in addition to a message, and its responses."""

import time
import uuid
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope
from hypothesis import strategies as st

from astrbot_conformance.astrbot_operations import CHAT, request
from astrbot_conformance.chat.administrators import administrators
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import LARGEST_PAGE, history_of, messages_of_user, page_of, page_with, user_of
from astrbot_conformance.chat.stream import flaw_of, is_sound_stream, session_of, unseen_order
from astrbot_conformance.contract import along, needing
from astrbot_conformance.http import UNKNOWN_ID, HttpResponse, Key, Target, asking
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import blank_texts, names, words
from astrbot_conformance.json_value import part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, fail, written
from astrbot_conformance.verdict.requirement import afterwards, for_each, over, requirement

NO_USERNAME: list[dict[str, Any]] = [
    {},
    {"message": "hello"},
    {"username": None, "enable_streaming": False},
    {"username": "", "message": "hello", "session_id": None},
    {"username": " \t"},
]
FORMS: list[dict[str, Any]] = [
    {"message": GREETING},
    {"message": "hello", "enable_streaming": True},
    {"message": "hello", "enable_streaming": False},
    {"message": "/help"},
]
NO_SESSION: list[dict[str, Any]] = [
    {},
    {"session_id": None, "message": "hello"},
    {"session_id": "", "enable_streaming": False},
    {"session_id": "  ", "message": "hello", "enable_streaming": False},
    {"session_id": None, "conversation_id": UNKNOWN_ID},
]
LONG_NAME = "a:b!C-\u00e9" + "-and-so-on" * 8
ENDINGS = {
    "slow": "the stream did not end in time",
    "silent": "the stream sent no more data but stayed open",
    "broken": "the connection closed in the middle of the stream",
    "large": "the stream was longer than 8 MiB",
}
ADMIN = "chat:admin"
PATIENCE = 10.0  # seconds until a target must notice that a client has left


@requirement("CHAT-USERNAME")
@over([CHAT])
def test_chat_username(chats: Chats, exploration: Exploration) -> None:
    """Send chats whose `username` is missing, null or blank, and expect that each is rejected.

    The control: an ordinary chat is accepted.
    """
    chats.must_accept(CHAT)

    def judge(name: dict[str, Any]) -> None:
        response = chats.say({"message": GREETING, **name}, anonymous=True)
        expect_refused(response, f"a chat without a username ({written(name)})")

    rows = [*NO_USERNAME, {"session_id": chats.control}]
    exploration.try_each(rows, blank_texts.map(lambda blank: {"username": blank}), judge, at_most=4)


@requirement("CHAT-PROFILE")
@for_each("member", ["config_id", "config_name"])
@over([CHAT])
def test_chat_profile(member: str, chats: Chats) -> None:
    """Name a nonexistent profile by its id and by its name, and expect that each chat is rejected.

    The control: an ordinary chat is accepted.
    """
    chats.must_accept(CHAT)

    response = chats.say({"message": GREETING, member: UNKNOWN_ID})

    expect_refused(response, f"a chat that names a nonexistent profile in `{member}`")


@requirement("CHAT-STREAM")
@over([CHAT])
def test_chat_stream(chats: Chats, keys: KeyRing, target: Target, exploration: Exploration) -> None:
    """Send chats in several forms, and read each stream to its end.

    Expect the media type, well-formed events, the id of the session, an end, and an order that the contract lists.
    """
    key = keys.chatting("talk")

    def judge(form: dict[str, Any]) -> None:
        session = f"conform-{chats.run}-stream-{uuid.uuid5(uuid.NAMESPACE_OID, written(form))}"
        response = chats.converse(key, {"session_id": session, **form})
        expect_accepted(response, f"the chat {written(form)}")
        if not response.is_stream:
            fail(response, expected="a response of the type `text/event-stream`")
        if response.ending == "slow" and not target.options.disposable and not _has_ended(response.events()):
            reason = f"the stream did not end within {response.seconds:.0f} s; use --timeout to wait longer"
            raise NotJudged(f"{CHAT}: {reason}")
        if response.ending != "closed":
            fail(response, expected="the stream to end", actual=ENDINGS[response.ending])
        if flaw := flaw_of(response, keys.contract):
            fail(response, expected="a stream of well-formed events", actual=flaw)
        _expect_session(response, session)
        if order := unseen_order(response, keys.contract):
            fail(response, expected="events in an order that the contract lists", actual=order, level="SHOULD")

    exploration.try_each(FORMS, st.fixed_dictionaries({"message": words}), judge, at_most=exploration.chats(4))


@requirement("CHAT-STREAM")
@over([CHAT])
@afterwards
def test_chat_stream_of_any_chat(operation: Operation, observations: Observations) -> None:
    """Report an invalid stream among the responses to all chats of the run."""
    observations.raise_result(is_sound_stream, operation, by_choice=True)


@requirement("CHAT-STREAM")
@over(along("chat get_chat_session"))
def test_chat_stream_left(chats: Chats, keys: KeyRing, target: Target) -> None:
    """Close the connection at the first event of a chat.

    Within 10 s the chat must end on the target too. A second chat in the same session must then work.
    """
    key = keys.chatting("talk")
    session = f"conform-{chats.run}-left"
    read = request("get_chat_session", session_id=session)
    expect_accepted(chats.converse(key, {"session_id": session, "message": GREETING}, leaving=True), "a chat")

    deadline = time.monotonic() + PATIENCE
    state = target.send(read, key)
    while part(state.data, "is_running") and time.monotonic() < deadline:
        time.sleep(0.5)
        state = target.send(read, key)

    if not state.is_accepted or not isinstance(state.data, dict):
        fail(state, expected="the history of the session after the client closed the connection")
    if part(state.data, "is_running"):
        expected = f"`is_running` false {PATIENCE:.0f} s after the client closed the connection"
        fail(state, expected=expected, actual="`is_running` true")
    again = chats.converse(key, {"session_id": session, "message": GREETING})
    what = "a second chat in a session, after the client closed the connection of the first chat,"
    expect_accepted(again, what)
    if flaw := flaw_of(again, keys.contract):
        fail(again, expected=f"{what} to return a stream of well-formed events", actual=flaw)


@requirement("CHAT-SESSION")
@over(along("chat list_chat_sessions"))
def test_chat_session_made(chats: Chats, keys: KeyRing, target: Target, exploration: Exploration) -> None:
    """Send chats without a session id, or with a blank one.

    Each stream must name a new UUID, and the list of the user must contain that session.
    """
    key = keys.chatting("talk")
    chats.must_accept(CHAT)
    created: set[str] = set()

    def judge(session: dict[str, Any]) -> None:
        response = chats.converse(key, {"message": GREETING, **session})
        expect_accepted(response, f"a chat without a session id ({written(session)})")
        id = session_of(response)
        if id is None or not _is_uuid(id):
            fail(response, expected="a UUID as the id of the new session", actual=f"the id {id}")
        if id in created:
            fail(response, expected="a new session", actual=f"the existing session {id}")
        created.add(id)
        _must_list(target, key, id)

    exploration.try_each(
        NO_SESSION, blank_texts.map(lambda blank: {"session_id": blank}), judge, at_most=exploration.chats(1)
    )


@requirement("CHAT-SESSION")
@over(along("chat list_chat_sessions"))
def test_chat_session_given(chats: Chats, keys: KeyRing, target: Target, exploration: Exploration) -> None:
    """Send two chats with the same session id, from two keys that name the same user.

    Both streams must name that id, the list must contain the session, and its history must contain both messages.
    """
    key = keys.chatting("talk")
    senders = {"hello": key, "hello again": _another(keys, key)}  # every client that names the user may continue
    chats.must_accept(CHAT)

    def judge(named: tuple[str, str]) -> None:
        member, name = named
        session = f"conform-{chats.run}-{name}"
        for text, sender in senders.items():
            response = chats.converse(sender, {"message": text, member: session, "username": f" {user_of(key)} "})
            expect_accepted(response, f"a chat in the session {written(session)}")
            _expect_session(response, session)
        _must_list(target, key, session)
        messages = messages_of_user(history_of(target, key, session))
        if len(messages) != 2:
            expected = "two messages of the user in the history of the session"
            fail(response, expected=expected, actual=f"{len(messages)}")

    rows = [("session_id", LONG_NAME), ("conversation_id", "Given")]
    exploration.try_each(rows, st.tuples(st.just("session_id"), names), judge, at_most=exploration.chats(2))


@requirement("CHAT-ADMIN")
@over(needing(ADMIN))
def test_chat_admin(chats: Chats, keys: KeyRing, target: Target) -> None:
    """Chat under the names of administrators with a key without `chat:admin`: expect a rejection.

    A key with `chat:admin` names a session of another user, which is rejected for another reason. If the chat were
    accepted, it would leave a session that only the administrator could remove.
    """
    chats.must_accept(CHAT)
    key, entitled = keys.own("not_admin", Scope.CHAT), keys.own("not_admin", Scope.CHAT, ADMIN)
    session, exists = f"conform-{chats.run}-not-of-an-admin", False
    for administrator in administrators(target, keys)[:3]:
        for name in (administrator, f" {administrator} "):
            body = {"username": name, "session_id": f"conform-{chats.run}-as-admin", "message": GREETING}
            refused = target.send(asking(CHAT, json_body=body), key)
            what = f"a chat under the administrator's username {written(name)} with a key without `{ADMIN}`"
            expect_refused(refused, what)
        if not exists:
            exists = chats.converse(key, {"session_id": session, "message": GREETING}).is_accepted
        body = {"username": administrator, "session_id": session, "message": GREETING}
        response = target.send(asking(CHAT, json_body=body), entitled)
        if not exists:
            raise NotJudged(f"{CHAT}: no session of another user could be created")
        if response.is_refusal and response.message == refused.message:
            fail(response, expected=f"a key with `{ADMIN}` not to be rejected because of the username")


def _another(keys: KeyRing, key: Key) -> Key:
    """Another key with the scope `chat`, if there is one."""
    try:
        return keys.chatting("other", 1)
    except NotJudged:
        return key


def _expect_session(response: HttpResponse, session: str) -> None:
    if session_of(response) != session:
        fail(response, expected=f"the stream to name the session {session}", actual=f"{session_of(response)}")


def _must_list(target: Target, key: Key, session: str) -> None:
    if page_with(target, key, session) is None:
        first = page_of(target, key, user_of(key), page_size=LARGEST_PAGE)
        expected = f"the session {session} to be in the list of its user"
        fail(first.response, expected=expected, actual="it is not in the list")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _has_ended(events: list[Any]) -> bool:
    return any(isinstance(event, dict) and event.get("type") == "end" for event in events)
