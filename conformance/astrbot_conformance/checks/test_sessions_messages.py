"""SESSIONS-OWNER on the contents of a session: its messages, and the threads on them."""

from dataclasses import dataclass
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import Key, Target
from astrbot_conformance.json_value import items, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import expect_refused, fail
from astrbot_conformance.verdict.requirement import over, requirement

INTRUSION = "let me in"
MESSAGE: list[dict[str, Any]] = [{"type": "plain", "text": INTRUSION}]


@requirement("SESSIONS-OWNER")
@over(along("create_chat_thread edit_chat_message regenerate_chat_message"))
def test_sessions_owner_of_messages(target: Target, keys: KeyRing, chats: Chats, cleanup: Cleanup) -> None:
    """Try to start a thread on a message of another user, to change the message, and to regenerate the response.

    Each request must be rejected.
    """
    conversation = _conversation(target, keys.chatting("talk"), chats, cleanup)
    session = {"session_id": conversation.session}
    thread = {**session, "parent_message_id": conversation.response_id, "selected_text": INTRUSION}
    edited = {"content": {"type": "user", "message": MESSAGE}}

    for change in (
        request("create_chat_thread", body=thread),
        request("edit_chat_message", body=edited, message_id=str(conversation.question_id), **session),
        request("regenerate_chat_message", body={}, message_id=str(conversation.response_id), **session),
    ):
        response = target.send(change, keys.chatting("other", 1))
        expect_refused(response, "a change to the messages of another user's session")


@requirement("SESSIONS-OWNER")
@over(along("get_chat_thread chat_in_thread delete_chat_thread"))
def test_sessions_owner_of_threads(target: Target, keys: KeyRing, chats: Chats, cleanup: Cleanup) -> None:
    """Try to read, continue and delete a thread of another user: each is rejected.

    The thread must still exist for its owner, without the rejected message.
    """
    owner = keys.chatting("talk")
    thread = {"thread_id": _conversation(target, owner, chats, cleanup).thread}

    for attempt in (
        request("get_chat_thread", **thread),
        request("chat_in_thread", body={"message": MESSAGE}, **thread),
        request("delete_chat_thread", **thread),
    ):
        expect_refused(target.send(attempt, keys.chatting("other", 1)), "the use of another user's thread")

    shown = target.send(request("get_chat_thread", **thread), owner)
    if not shown.is_accepted:
        fail(shown, expected="another user's thread to still exist", actual="it was deleted")
    if INTRUSION.encode() in shown.body:
        fail(shown, expected="the thread not to contain the rejected message", actual="it contains the message")


@dataclass(frozen=True, slots=True)
class _Conversation:
    """A session, its last question and response, and a thread on the response."""

    session: str
    question_id: Any
    response_id: Any
    thread: str


def _conversation(target: Target, key: Key, chats: Chats, cleanup: Cleanup) -> _Conversation:
    """One conversation for both checks. NotJudged if no model responds."""
    session = f"conform-{chats.run}-said"
    chats.converse_once(key, {"session_id": session, "message": GREETING})
    history = items(target.send_once(request("get_chat_session", session_id=session), key).data, "history")
    ids = {part(message, "content", "type"): message.get("id") for message in history}
    body = {"session_id": session, "parent_message_id": ids.get("bot"), "selected_text": "hello"}
    created = target.send_once(request("create_chat_thread", body=body), key)
    thread = part(created.data, "thread_id")
    if not created.is_accepted or not isinstance(thread, str) or "user" not in ids:
        raise NotJudged("no model responds in chat, so there is no response on which to start a thread")
    cleanup.owns(request("delete_chat_thread", thread_id=thread), key)
    return _Conversation(session, ids["user"], ids["bot"], thread)
