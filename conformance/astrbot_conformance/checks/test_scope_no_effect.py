"""SCOPE-NO-EFFECT: what is refused does not happen all the same.

Here the requests are ones that take effect, as a sufficient key shows; they make, change and remove only things of
the run, so that a target that acts before it refuses is found out and cleaned up.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from astrbot_api.scopes import Scope

from astrbot_conformance.chat.chats import GREETING, Chats
from astrbot_conformance.chat.sessions import history_of, page_of, user_of
from astrbot_conformance.contract import (
    CHAT,
    DELETE_SESSION,
    DELETE_SESSIONS,
    NEW_SESSION,
    RENAME_SESSION,
    SEND_MESSAGE,
    SEND_MESSAGES,
    writing,
)
from astrbot_conformance.http.request import Key, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import NO_ATTACHMENT
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import UNCHANGED, Aside, ResourceClient, ResourceKind, ways
from astrbot_conformance.resources.kinds import FAMILIES, PLUGINS, mcp_servers
from astrbot_conformance.verdict.finding import found
from astrbot_conformance.verdict.requirement import by_itself, over, requirement

PLAIN, BOGUS = {"type": "plain", "text": "hello"}, {"type": "bogus", "text": "hello"}
NOWHERE = {"type": "image", "attachment_id": NO_ATTACHMENT}
UNSENDABLE: list[Any] = ["", [{"type": "reply", "message_id": 1}], [BOGUS], [PLAIN, BOGUS], [PLAIN, NOWHERE]]
TAKING_NAMES = tuple(family for family in FAMILIES if family.change and family.id == family.called)
TAKEN = {True: len(TAKING_NAMES), False: 2}  # of how many that is tried, by whether a request costs little
REMOVALS = frozenset(family.remove for family in FAMILIES)  # each tried on what it removes


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was refused, and what would stand in the listing if it had taken effect all the same."""

    response: HttpResponse
    trace: str


@requirement("SCOPE-NO-EFFECT")
@pytest.mark.parametrize("family", FAMILIES, ids=[family.noun for family in FAMILIES])
@over(writing)
def test_scope_no_effect(
    family: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after."""
    _judge(family, target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over(writing)
def test_scope_no_effect_on_mcp_servers(
    target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration
) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This one: MCP servers, which a target keeps only where it can reach them.
    """
    _judge(mcp_servers(target.reach.known_mcp_server), target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over(writing)
@by_itself
def test_scope_no_effect_on_plugins(target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This one: plugins, which bring code with them.
    """
    if not target.reach.disposable:
        raise NotJudged("a plugin is installed only with --effects destructive", by_choice=True)
    _judge(PLUGINS, target, keys, cleanup, exploration)


@requirement("SCOPE-NO-EFFECT")
@over([CHAT, NEW_SESSION, RENAME_SESSION, DELETE_SESSION, DELETE_SESSIONS])
def test_scope_no_effect_on_sessions(target: Target, keys: KeyRing, chats: Chats, exploration: Exploration) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This one: chat sessions, of the user who is named and of the key that asks.
    """
    key = keys.own("no_effect", Scope.CHAT)
    stranger = keys.own("no_effect", *(scope for scope in keys.contract.scopes if scope != Scope.CHAT))
    session, none = _begun(target, key), f"conform-{chats.run}-uninvited"
    target.sessions.append((key, none))
    mark = f"{session}-changed"
    said = {"username": user_of(key), "session_id": none, "message": GREETING}
    attempts = (
        asking(NEW_SESSION),
        asking(CHAT, json_body=said),
        asking(RENAME_SESSION, path={"session_id": session}, json_body={"display_name": mark}),
        asking(DELETE_SESSION, path={"session_id": session}),
        asking(DELETE_SESSIONS, json_body={"session_ids": [session]}),
    )
    anybody = keys.unknown() if exploration.is_cheap else None
    answers = [target.send(attempt, who) for who in (stranger, anybody) for attempt in attempts]
    admitted = {response.request.operation for response in answers if response.admits}
    refused = {a.request.operation: a for a in answers if a.request.operation not in admitted}

    mine, theirs = (page_of(target, key, user_of(owner), page_size=100) for owner in (key, stranger))

    if none in mine.ids and CHAT in refused:
        found(refused[CHAT], expected=UNCHANGED, actual="the session was begun")
    if theirs.ids and NEW_SESSION in refused:
        found(refused[NEW_SESSION], expected=UNCHANGED, actual=f"sessions were made: {', '.join(theirs.ids)}")
    if session not in mine.ids and DELETE_SESSION in refused:
        found(refused[DELETE_SESSION], expected=UNCHANGED, actual="the session was deleted")
    if mark.encode() in mine.response.body and RENAME_SESSION in refused:
        found(refused[RENAME_SESSION], expected=UNCHANGED, actual="the session was renamed")


@requirement("SCOPE-NO-EFFECT")
@over([CHAT])
def test_scope_no_effect_of_refused_chats(target: Target, keys: KeyRing, chats: Chats) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This one: a chat that is refused for its message begins no session, and adds nothing to one.
    """
    key = keys.chatting("no_effect")
    session = _begun(target, key)
    fresh = {f"conform-{chats.run}-refused-{number}": message for number, message in enumerate(UNSENDABLE)}
    begun = {place: chats.converse(key, {"session_id": place, "message": said}) for place, said in fresh.items()}
    added = [chats.converse(key, {"session_id": session, "message": said}) for said in UNSENDABLE]

    shown = page_of(target, key, user_of(key), page_size=100).ids

    if not any(response.is_refusal for response in (*begun.values(), *added)):
        raise NotJudged(f"{CHAT}: refuses no message, see MSG-EMPTY and MSG-TYPES")
    for place, response in begun.items():
        if response.is_refusal and place in shown:
            found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet the session was begun")
    if all(response.is_refusal for response in added) and history_of(target, key, session):
        found(added[-1], expected=UNCHANGED, actual=f"{added[-1].in_short}, yet something stands in the history")


@requirement("SCOPE-NO-EFFECT")
@over([SEND_MESSAGE, SEND_MESSAGES])
def test_scope_no_effect_of_refused_im_messages(target: Target, keys: KeyRing) -> None:
    """A rejected request MUST NOT change anything: the resource that it names is the same before and after.

    This one: a message over IM that is refused, for its content or its key, is not in the history.
    """
    key = keys.chatting("no_effect")
    insufficient = [(SEND_MESSAGE, GREETING), (SEND_MESSAGES, f"{GREETING} again")]
    unsendable = [(SEND_MESSAGE, message) for message in UNSENDABLE]
    judged = False
    for sender, attempts in ((keys.weakest(Scope.IM), unsendable), (keys.strongest_without(Scope.IM), insufficient)):
        session = _begun(target, key)
        umo = f"webchat:FriendMessage:{session}"
        answers = [
            target.send(asking(operation, json_body={"umo": umo, "message": message}), sender)
            for operation, message in attempts
        ]
        history = history_of(target, key, session)
        if history and all(response.is_refusal for response in answers):
            shown = json.dumps(history)
            said = [a for a, (_, text) in zip(answers, attempts, strict=True) if json.dumps(text) in shown]
            found([*answers, *said][-1], expected=UNCHANGED, actual="it stands in the history")
        judged |= all(response.is_refusal for response in answers)
    if not judged:
        raise NotJudged(f"{SEND_MESSAGE}: refuses neither such messages nor such keys, see MSG-EMPTY and MSG-TYPES")


def _begun(target: Target, key: Key) -> str:
    """A session of the key with nothing in it. NotJudged where none is begun."""
    response = target.send(asking(NEW_SESSION), key)
    if not response.is_accepted or not isinstance(response.data, dict):
        raise NotJudged(f"{NEW_SESSION}: begins no session, it answers {response.in_short}")
    return str(response.data.get("session_id"))


def _judge(family: ResourceKind, target: Target, keys: KeyRing, cleanup: Cleanup, exploration: Exploration) -> None:
    client = ResourceClient(family, target, keys.weakest(family.scope), cleanup)
    outsider = keys.strongest_without(family.scope)
    anybody = exploration.choose(family.noun, [None, keys.unknown()] if exploration.is_cheap else [None])[0]
    beginning = f"{keys.name}{family.noun.replace(' ', '-')}"
    with client.kept(f"{beginning}-kept") as id:
        listing = _expect_nothing_made(client, beginning, [outsider, anybody])
        _expect_nothing_changed(client, id, beginning, [outsider, anybody])
        _expect_not_switched(client, id, [outsider, anybody], before=client.is_on(id, listing))
        _expect_nothing_aside(client, id, f"{beginning}-aside", [outsider, anybody])
        _expect_takes_effect(client, id, f"{beginning}-mark", [outsider, anybody])
        if family in exploration.choose("names that are taken", TAKING_NAMES, size=TAKEN[exploration.is_cheap]):
            _expect_not_made_again(client, id, f"{beginning}-again")
        _expect_not_removed(client, id, [outsider, anybody])


def _expect_nothing_made(client: ResourceClient, beginning: str, strangers: list[Key | None]) -> HttpResponse:
    """The listing that shows that nothing was made."""
    family, send = client.family, client.target.send
    making = [(family.naming(f"{beginning}-new-{number}"), key) for number, key in enumerate(strangers, 1)]
    made = [Refused(send(family.making(name), key), name) for name, key in making]
    listing = client.listed()
    for attempt in made:
        intruder = family.find(listing.json, attempt.trace)
        if intruder is None:
            continue
        client.remove(intruder)
        for refused in _truly([attempt]):
            found(refused.response, expected=UNCHANGED, actual=f"{refused.response.in_short}, yet it was made")
    return listing


def _expect_nothing_changed(client: ResourceClient, id: str, beginning: str, strangers: list[Key | None]) -> None:
    family = client.family
    changed = []
    for number, (operation, key) in enumerate(product(ways(family.change), strangers), 1):
        mark = f"{beginning}-changed-{number}"
        changed.append(Refused(client.target.send(family.marking(operation, id, mark), key), mark))
    shown = client.shown(id).body if changed else b""
    for refused in _truly(changed):
        if refused.trace.encode() in shown:
            found(refused.response, expected=UNCHANGED, actual=f"{refused.response.in_short}, yet it was changed")


def _expect_not_switched(client: ResourceClient, id: str, strangers: list[Key | None], *, before: bool | None) -> None:
    family, send = client.family, client.target.send
    switches = ways(family.switch)
    attempts = list(product(switches, strangers))
    for operation, stranger in attempts:
        send(family.switching(operation, id), stranger)
    if not switches or before is None or client.is_on(id) == before:
        return
    for operation, stranger in attempts:  # one of them did it: try each on its own
        send(family.changing(switches[0], id, {"enabled": before}), client.key)
        response = send(family.switching(operation, id), stranger)
        if not response.admits and client.is_on(id) != before:
            found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it was switched")


def _expect_nothing_aside(client: ResourceClient, id: str, mark: str, strangers: list[Key | None]) -> None:
    answers = {
        aside: client.target.send(aside.attempt, stranger)
        for number, stranger in enumerate(strangers, 1)
        for aside in client.family.asides(id, f"{mark}-{number}")
    }
    for aside in client.shown_of(answers):
        client.undo(aside)
        if not answers[aside].admits:
            found(answers[aside], expected=UNCHANGED, actual=f"{answers[aside].in_short}, yet it was done")


def _expect_takes_effect(client: ResourceClient, id: str, mark: str, strangers: list[Key | None]) -> None:
    """The control: what was refused does change things where it is not. NotJudged otherwise."""
    family, send, key = client.family, client.target.send, client.key
    answers = {aside: send(aside.attempt, key) for aside in family.asides(id, mark)}
    shown = client.shown_of(answers)
    try:
        _expect_not_undone(client, shown, strangers)
    finally:
        for aside in shown:
            client.undo(aside)
    for aside, response in answers.items():
        if aside not in shown:
            raise NotJudged(
                f"{response.request.operation}: does nothing with a sufficient key either: {response.in_short}"
            )
    if family.change is None:
        return
    response = send(family.marking(family.change, id, mark), key)
    if not response.is_accepted or mark.encode() not in client.shown(id).body:
        raise NotJudged(f"{family.change}: changes nothing with a sufficient key either: {response.in_short}")


def _expect_not_made_again(client: ResourceClient, id: str, mark: str) -> None:
    """With a sufficient key: to make what is there already is refused, or it replaces that; not both."""
    response = client.target.send(client.family.making(id, mark), client.key)
    if response.is_refusal and mark.encode() in client.shown(id).body:
        found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it replaced what was there")


def _expect_not_undone(client: ResourceClient, asides: Sequence[Aside], strangers: list[Key | None]) -> None:
    """By what removes nothing else: how things are removed is tried on those themselves."""
    send = client.target.send
    removals = {aside: aside.removal for aside in asides if aside.removal and aside.removal.operation not in REMOVALS}
    for removal, stranger in product(removals.values(), strangers):
        send(removal, stranger)
    for aside in removals.keys() - set(client.shown_of(removals)):
        for stranger in strangers:  # one of them did it: try each on its own
            send(aside.attempt, client.key)
            response = send(removals[aside], stranger)
            if not response.admits and not client.shown_of([aside]):
                found(response, expected=UNCHANGED, actual=f"{response.in_short}, yet it was undone")


def _expect_not_removed(client: ResourceClient, id: str, strangers: list[Key | None]) -> None:
    removals = product(ways(client.family.remove), strangers)
    answers = [client.target.send(client.family.removing(id, operation), key) for operation, key in removals]
    if any(response.admits for response in answers) or client.stands(id):
        return  # an authorized key may have removed it, which the passive check of authorization reports
    for response in answers:  # one of them did it: ask each on its own, so that the finding names the right one
        with client.kept(f"{id}-again") as again:
            removal = client.family.removing(again, response.request.operation)
            repeated = client.target.send(removal, response.key)
            if not repeated.admits and not client.stands(again):
                found(repeated, expected=UNCHANGED, actual=f"{repeated.in_short}, yet it was removed")
    found(answers[0], expected=UNCHANGED, actual=f"{answers[0].in_short}, yet it was removed")


def _truly(attempts: list[Refused]) -> list[Refused]:
    """Those that were rejected; if one was authorized, the passive check of authorization reports it."""
    return [attempt for attempt in attempts if not attempt.response.admits]
