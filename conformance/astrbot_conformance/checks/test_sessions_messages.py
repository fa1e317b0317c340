"""SESSIONS-OWNER on the contents of a session: its messages, and the threads on them."""

from dataclasses import dataclass
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.contract import along
from astrbot_conformance.http import HttpRequest, Key, Target, usable_id
from astrbot_conformance.json_value import items, part
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.scenarios.claimed_identity import Impersonation
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import over, requirement

INTRUSION = "let me in"
# The reference server sends a word every quarter of a second.
LONG = "Count slowly: #slow one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
MESSAGE: list[dict[str, Any]] = [{"type": "plain", "text": INTRUSION}]


@requirement("SESSIONS-OWNER")
@over(along("create_chat_thread edit_chat_message regenerate_chat_message"))
def test_sessions_owner_of_messages(target: Target, keys: KeyRing, chats: Chats, cleanup: Cleanup) -> None:
    """Try to start a thread on a message of another user, to change the message, and to regenerate the response.

    Each request must be rejected, also if it names the owner as its sender.
    """
    owner = keys.chatting("talk")
    conversation = _conversation(target, owner, chats, cleanup)
    session = {"session_id": conversation.session}
    thread = {**session, "parent_message_id": conversation.response_id, "selected_text": INTRUSION}
    edited = {"content": {"type": "user", "message": MESSAGE}}

    for change in (
        request("create_chat_thread", body=thread),
        request("edit_chat_message", body=edited, message_id=str(conversation.question_id), **session),
        request("regenerate_chat_message", body={}, message_id=str(conversation.response_id), **session),
    ):
        impersonation = Impersonation(target, keys.chatting("other", 1), owner)
        impersonation.expect_refused(change, "a change to the messages of another user's session")


@requirement("SESSIONS-OWNER")
@over(along("get_chat_thread chat_in_thread delete_chat_thread"))
def test_sessions_owner_of_threads(target: Target, keys: KeyRing, chats: Chats, cleanup: Cleanup) -> None:
    """Try to read, continue and delete a thread of another user: each is rejected, also if it names the owner.

    The thread must still exist for its owner, without the rejected message.
    """
    owner = keys.chatting("talk")
    thread = {"thread_id": _conversation(target, owner, chats, cleanup).thread}

    for attempt in (
        request("get_chat_thread", **thread),
        request("chat_in_thread", body={"message": MESSAGE}, **thread),
        request("delete_chat_thread", **thread),
    ):
        impersonation = Impersonation(target, keys.chatting("other", 1), owner)
        impersonation.expect_refused(attempt, "the use of another user's thread")

    shown = target.send(request("get_chat_thread", **thread), owner)
    if not shown.is_accepted:
        fail(shown, expected="another user's thread to still exist", actual="it was deleted")
    if INTRUSION.encode() in shown.body:
        fail(shown, expected="the thread not to contain the rejected message", actual="it contains the message")


@requirement("SESSIONS-OWNER")
@over(along("resume_chat_run get_chat_session stop_chat_session"))
def test_sessions_owner_of_runs(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Try to receive the events of a response that another user started and that is in progress: each is rejected."""
    owner, session = keys.chatting("talk"), {"session_id": f"conform-{chats.run}-runs"}
    chats.converse(owner, {**session, "message": LONG}, leaving=True)
    history = request("get_chat_session", **session)
    run = _run_in_progress(target, owner, history)
    impersonation = Impersonation(target, keys.chatting("other", 1), owner)
    impersonation.expect_refused(request("resume_chat_run", run_id=run), "the use of another user's run")
    if _run_in_progress(target, owner, history) != run:
        raise NotJudged("the response in progress ended before all requests of another user")
    target.send(request("stop_chat_session", **session), owner)


def _run_in_progress(target: Target, owner: Key, history: HttpRequest) -> str:
    """The id of the run in a session. Raises NotJudged if no response is in progress there."""
    runs = items(target.send(history, owner).data, "active_runs")
    run = next((usable_id(run.get("run_id")) for run in runs), None)
    if run is None:
        raise NotJudged("no response is in progress when the next request arrives")
    return run


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
