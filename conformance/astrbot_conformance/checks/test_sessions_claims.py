"""SESSIONS-OWNER if a request names the owner of a session as its sender, or if the owner has removed the session."""

from functools import partial
from typing import Any

from astrbot_conformance.astrbot_operations import CHAT, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import LARGEST_PAGE, history_of, messages_of_user, new_session, page_of, user_of
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.json_value import items, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.scenarios.claimed_identity import CLAIMS, Impersonation, claiming
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

INTRUSION = "let me in"
ADDRESSES = ("webchat!{}!{}", "webchat:FriendMessage:webchat!{}!{}")  # how AstrBot itself names a session of a user


@requirement("SESSIONS-OWNER")
@over(along("update_chat_session stop_chat_session delete_chat_sessions delete_chat_session list_chat_sessions"))
def test_sessions_owner_despite_claims(target: Target, keys: KeyRing) -> None:
    """Rename, stop and delete a session with a key of another user, in requests that name the owner as the sender.

    The owner is in the query, the body and the headers at once. The session must stay in the list of its owner.
    """
    owner, other = keys.chatting("claimed"), keys.chatting("other", 1)
    session = new_session(target, owner)
    path = {"session_id": session}
    impersonation = Impersonation(target, other, owner)
    for attempt in (
        request("update_chat_session", **path, body={"display_name": INTRUSION}),
        request("stop_chat_session", **path),
    ):
        impersonation.expect_refused(attempt, "a change of another user's session")
    batch = target.send(claiming(request("delete_chat_sessions", body={"session_ids": [session]}), owner), other)
    listed = page_of(target, owner, user_of(owner), page_size=LARGEST_PAGE)
    if session not in listed.ids:
        everywhere = ", the ".join(CLAIMS)
        fail(batch, expected=f"another user's session to remain, although the {everywhere} name its owner")
    if INTRUSION.encode() in listed.response.body:
        fail(listed.response, expected="the name of another user's session to be unchanged", actual="it was changed")
    impersonation.expect_refused(request("delete_chat_session", **path), "the removal of another user's session")


@requirement("SESSIONS-OWNER")
@over(along("list_chat_sessions create_chat_session"))
def test_sessions_owner_lists_despite_claims(target: Target, keys: KeyRing) -> None:
    """List the sessions of a user in a request that names another user everywhere except in `username`.

    The list must contain only sessions of the user in `username`.
    """
    owner, other = keys.chatting("claimed"), keys.chatting("other", 1)
    new_session(target, owner)  # without it, the list of the owner can be empty
    listing = request("list_chat_sessions", username=user_of(other), page_size=str(LARGEST_PAGE))

    def is_right(response: HttpResponse) -> bool:
        return all(session.get("creator") != user_of(owner) for session in items(response.data, "sessions"))

    Impersonation(target, other, owner).expect(
        listing, f"no session of {user_of(owner)}", is_right, f"sessions of {user_of(owner)}"
    )


@requirement("SESSIONS-OWNER")
@over(along("get_chat_session chat"))
def test_sessions_owner_reads_despite_claims(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Read the history of a session with a key of another user, in requests that name the owner as the sender.

    The owner is in the query and the headers, and then in the path, as a part of the address of the session.
    """
    owner, other = keys.chatting("talk"), keys.chatting("other", 1)
    session = _with_messages(target, chats, owner, f"conform-{chats.run}-owned")
    reading = request("get_chat_session", session_id=session)
    if _shows_messages(target.send_once(reading, other)):
        raise NotJudged("the history is shown to every key, see test_sessions_owner_reads")
    Impersonation(target, other, owner).expect(
        reading, "no history", lambda response: not _shows_messages(response), "its history"
    )
    for address in ADDRESSES:
        named = request("get_chat_session", session_id=address.format(user_of(owner), session))
        response = target.send(named, other)
        if _shows_messages(response):
            fail(response, expected="no history, although the path names the owner", actual="its history")


@requirement("SESSIONS-OWNER")
@over([CHAT])
def test_sessions_owner_continues_despite_claims(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Send a chat to a session of another user. The body names the own user, everything else names the owner.

    The chat must be rejected.
    """
    owner, other = keys.chatting("claimed"), keys.chatting("other", 1)
    body = {"username": user_of(other), "session_id": new_session(target, owner), "message": INTRUSION}
    response = chats.converse(other, body, form=partial(claiming, owner=owner))
    if not response.is_refusal:
        fail(response, expected="a chat in another user's session to be rejected, although it names the owner")


@requirement("SESSIONS-OWNER")
@over(along("chat get_chat_session delete_chat_session"))
def test_sessions_owner_of_removed_sessions(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Remove a session with messages. Then read it with a key of another user, who also starts a session of that id.

    The messages must not be shown. A chat costs the target something, so a slow target is asked only for the first.
    """
    owner, other = keys.chatting("claimed"), keys.chatting("other", 1)
    session = _with_messages(target, chats, owner, f"conform-{chats.run}-removed")
    removed = target.send(request("delete_chat_session", session_id=session), owner)
    if not removed.is_accepted:
        raise NotJudged(f"{removed.request.operation}: the owner cannot remove a session: {removed.in_short}")
    reading = request("get_chat_session", session_id=session)
    _expect_unshown(target, reading, other, "after it was removed")
    _expect_unshown(target, claiming(reading, owner), other, "after it was removed")
    if target.options.is_cheap:
        chats.converse(other, {"session_id": session, "message": INTRUSION})
        _expect_unshown(target, reading, other, "in a later session with the same id")


def _with_messages(target: Target, chats: Chats, key: Key, session: str) -> str:
    """The session after a message of its owner was stored in it. NotJudged if it was not."""
    chats.converse_once(key, {"session_id": session, "message": GREETING})
    if not messages_of_user(history_of(target, key, session)):
        raise NotJudged("the owner of a session does not see its messages")
    return session


def _shows_messages(response: HttpResponse) -> bool:
    return response.is_accepted and bool(part(response.data, "history"))


def _expect_unshown(target: Target, reading: HttpRequest, key: Key, when: str) -> None:
    """Raise FindingRaised if the response shows the message with which the session began."""
    response = target.send(reading, key)
    said: Any = GREETING[0]["text"]
    if said.encode() in response.body:
        fail(response, expected=f"the messages of another user's session not to be shown {when}", actual="a message")
