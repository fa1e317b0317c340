"""SCOPE-NO-EFFECT: a rejected request has no effect.

A control with the required scope shows that the same request takes effect. The requests create, change and remove only
resources of the run, so that the effect of a rejected request is detected and cleaned up.
"""

import json
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.scopes import Scope

from astrbot_conformance.astrbot_operations import CHAT, SEND_MESSAGE, SEND_MESSAGES, request
from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import history_of, new_session, page_of, user_of
from astrbot_conformance.contract import along, writing
from astrbot_conformance.http import Target, asking
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import NO_ATTACHMENT
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.keys.rejection import fail_for_effect, no_effect_of
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import UNCHANGED, ResourceKind
from astrbot_conformance.resources.kinds import client_of, kinds, mcp_servers, plugins_of
from astrbot_conformance.scenarios.rejected_writes import expect_no_effect
from astrbot_conformance.verdict.finding import fail
from astrbot_conformance.verdict.requirement import by_itself, for_each, over, requirement

PLAIN, UNKNOWN_TYPE = {"type": "plain", "text": "hello"}, {"type": "bogus", "text": "hello"}
MISSING_ATTACHMENT = {"type": "image", "attachment_id": NO_ATTACHMENT}
INVALID_MESSAGES: list[Any] = [
    "",
    [{"type": "reply", "message_id": 1}],
    [UNKNOWN_TYPE],
    [PLAIN, UNKNOWN_TYPE],
    [PLAIN, MISSING_ATTACHMENT],
]


@requirement("SCOPE-NO-EFFECT")
@for_each("kind", kinds, called=lambda kind: kind.noun)
@over(writing)
def test_scope_no_effect(
    kind: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """Try to create, change, switch and remove a resource with insufficient and invalid keys, and read it again.

    The control: the same change with the required scope takes effect.
    """
    expect_no_effect(kind, target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over(writing)
def test_scope_no_effect_on_mcp_servers(
    target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """Try to create, change, switch and remove an MCP server with insufficient and invalid keys.

    A target stores an MCP server only if it can reach it. The control: the same change with the scope takes effect.
    """
    expect_no_effect(mcp_servers(keys.contract, target.options.known_mcp_server), target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over(writing)
@by_itself
def test_scope_no_effect_on_plugins(target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration) -> None:
    """Try to create, change, switch and remove a plugin with insufficient and invalid keys.

    A plugin contains code, so the target must be disposable. The control: the same change with the scope takes effect.
    """
    expect_no_effect(plugins_of(target, keys.contract), target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over(along("chat create_chat_session update_chat_session delete_chat_session delete_chat_sessions"))
def test_scope_no_effect_on_sessions(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """Try to create, rename and delete chat sessions with insufficient and invalid keys.

    Then list the sessions of the owner and of the insufficient key: none is created, renamed or deleted.
    """
    key = keys.own("no_effect", Scope.CHAT)
    insufficient = keys.own("no_effect", *(scope for scope in keys.contract.scopes if scope != Scope.CHAT))
    session, uninvited = new_session(target, key), f"conform-{chats.run}-uninvited"
    target.created.append((key, uninvited))
    mark = f"{session}-changed"
    chat = {"username": user_of(key), "session_id": uninvited, "message": GREETING}
    attempts = (
        request("create_chat_session"),
        asking(CHAT, json_body=chat),
        request("update_chat_session", session_id=session, body={"display_name": mark}),
        request("delete_chat_session", session_id=session),
        request("delete_chat_sessions", body={"session_ids": [session]}),
    )
    invalid = keys.unknown() if exploration.is_cheap else None
    answers = [target.send(attempt, outsider) for outsider in (insufficient, invalid) for attempt in attempts]
    admitted = {response.request.operation.id for response in answers if response.admits}
    refused = {a.request.operation.id: a for a in answers if a.request.operation.id not in admitted}

    own, others = (page_of(target, key, user_of(owner), page_size=100) for owner in (key, insufficient))

    if uninvited in own.ids and "chat" in refused:
        fail_for_effect(refused["chat"], "the session was created")
    if others.ids and "create_chat_session" in refused:
        fail_for_effect(refused["create_chat_session"], f"sessions were created: {', '.join(others.ids)}")
    if session not in own.ids and "delete_chat_session" in refused:
        fail_for_effect(refused["delete_chat_session"], "the session was deleted")
    if mark.encode() in own.response.body and "update_chat_session" in refused:
        fail_for_effect(refused["update_chat_session"], "the session was renamed")


@requirement("SCOPE-NO-EFFECT")
@over([CHAT])
def test_scope_no_effect_of_refused_chats(target: Target, keys: KeyRing, chats: Chats) -> None:
    """Send chats with invalid messages to new sessions and to an existing one.

    A rejected chat must create no session, and add nothing to the history.
    """
    key = keys.chatting("no_effect")
    session = new_session(target, key)
    messages = {f"conform-{chats.run}-refused-{number}": message for number, message in enumerate(INVALID_MESSAGES)}
    to_new = {id: chats.converse(key, {"session_id": id, "message": message}) for id, message in messages.items()}
    to_existing = [chats.converse(key, {"session_id": session, "message": message}) for message in INVALID_MESSAGES]

    listed = page_of(target, key, user_of(key), page_size=100).ids

    if not any(response.is_refusal for response in (*to_new.values(), *to_existing)):
        raise NotJudged(f"{CHAT}: rejects none of the invalid messages, see MSG-EMPTY and MSG-TYPES")
    for id, response in to_new.items():
        if response.is_refusal and id in listed:
            fail(response, expected=UNCHANGED, actual=f"{response.in_short}, but the session was created")
    if all(response.is_refusal for response in to_existing) and history_of(target, key, session):
        last = to_existing[-1]
        fail(last, expected=UNCHANGED, actual=f"{last.in_short}, but the history contains a message")


@requirement("SCOPE-NO-EFFECT")
@over([SEND_MESSAGE, SEND_MESSAGES])
def test_scope_no_effect_of_refused_im_messages(target: Target, keys: KeyRing) -> None:
    """Send messages over IM that are rejected for their content or for their key.

    No rejected message may be in the history of the session.
    """
    key = keys.chatting("no_effect")
    insufficient = [(SEND_MESSAGE, GREETING), (SEND_MESSAGES, f"{GREETING} again")]
    invalid = [(SEND_MESSAGE, message) for message in INVALID_MESSAGES]
    judged = False
    for sender, attempts in ((keys.weakest(Scope.IM), invalid), (keys.strongest_without(Scope.IM), insufficient)):
        session = new_session(target, key)
        umo = f"webchat:FriendMessage:{session}"
        answers = [
            target.send(asking(operation, json_body={"umo": umo, "message": message}), sender)
            for operation, message in attempts
        ]
        history = history_of(target, key, session)
        if history and all(response.is_refusal for response in answers):
            shown = json.dumps(history)
            stored = [a for a, (_, text) in zip(answers, attempts, strict=True) if json.dumps(text) in shown]
            response = [*answers, *stored][-1]
            expected = no_effect_of(response) if attempts is insufficient else UNCHANGED
            fail(response, expected=expected, actual=f"{response.in_short}, but the message is in the history")
        judged |= all(response.is_refusal for response in answers)
    if not judged:
        reason = "rejects neither the invalid messages nor a key without the scope, see MSG-EMPTY and SCOPE-REQUIRED"
        raise NotJudged(f"{SEND_MESSAGE}: {reason}")


@requirement("SCOPE-NO-EFFECT")
@over(along("update_persona"))
def test_scope_no_effect_of_half_dialogs(operation: Operation, target: Target, keys: KeyRing, cleanup: Cleanup) -> None:
    """Change a persona with one valid and one invalid member, and expect that the valid member is not stored."""
    if not target.options.is_cheap:
        raise NotJudged(f"{operation}: judged only on a fast server, or with --effects destructive", by_choice=True)
    client, mark = client_of("persona", target, keys, cleanup), f"{keys.name}half"
    with client.temporary(f"{mark}-dialog") as id:
        body = {"system_prompt": f"{mark}-prompt", "begin_dialogs": ["a question without its answer"]}
        response = target.send(client.kind.changing(operation, id, body), client.key)
        shown = client.shown(id)
    if not response.is_refusal:
        raise NotJudged(f"{operation}: accepts a dialog with a question but without an answer")
    if f"{mark}-prompt".encode() in shown.body:
        fail(response, expected=UNCHANGED, actual=f"{response.in_short}, but the persona was changed")
