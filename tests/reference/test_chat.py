"""Chat on the reference server: what it takes, what it streams, and the threads on its answers."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from astrbot_api.validation import document, validator
from astrbot_reference.agent.agent import COMMANDS, WORDS
from astrbot_reference.stores.attachment_store import SEEDED

from tests.reference.chat_events import Event, events, kinds, orders_of
from tests.reference.conftest import Client

NONE = "conform-none-1"
STREAMS: list[tuple[object, bool, str]] = [
    ("Hello there", True, "the model answers, in pieces"),
    ("Hello there", False, "the model answers, at once"),
    ("Hello #think", True, "the model answers, in pieces"),
    ("Hello #think", False, "the model answers, at once"),
    ("Hello #tool", True, "the model calls tools, in pieces"),
    ("Hello #tool", False, "the model calls tools, at once"),
    ("Hello #unknown-tool", True, "the model calls tools, in pieces"),
    ("Hello #fail", True, "the model fails or returns nothing, in pieces"),
    ("Hello #fail", False, "the model answers, at once"),
    ("Hello #only-think", True, "the model only reasons, in pieces"),
    ("Hello #only-think", False, "the model only reasons, at once"),
    ("Hello #send", True, "a tool sends something, in pieces"),
    ("Hello #send", False, "a tool sends something, at once"),
    ("Hello #stopped", True, "stopped, in pieces"),
    ("Hello #tool #stopped", True, "stopped while a tool works, in pieces"),
    ("Hello #tool #stopped", False, "stopped while a tool works, at once"),
    ("Hello #slow", True, "the model answers, in pieces"),
    ("/help", True, "a command answers, or no model is configured"),
    ("/help", False, "a command answers, or no model is configured"),
    ("/twice", True, "a command answers, or no model is configured"),
    ("/image", True, "a command sends a picture after its text"),
    ("/file", True, "a command sends a file"),
    ("/record", True, "a command sends a recording"),
    ("/video", True, "there is nothing to answer"),
    ([{"type": "plain", "text": " "}], True, "there is nothing to answer"),
]
HELLO: list[dict[str, object]] = [{"type": "plain", "text": "Hello"}]


def say(client: Client, message: object, username: str = "alice", **members: object) -> list[Event]:
    """The events of an answer."""
    return events(client.keyed("chat").post("chat", json={"username": username, "message": message, **members}))


def own_name(client: Client) -> str:
    """The username under which the key of these tests may change its sessions."""
    return f"api_key:{client.keyed('chat').key_id}"


def history(client: Client, session_id: str) -> list[dict[str, Any]]:
    """Everything said in a session."""
    found: list[dict[str, Any]] = client.keyed("chat").get(f"chat/sessions/{session_id}").json()["data"]["history"]
    return found


def answered(client: Client, message: str = "Hello") -> tuple[str, int]:
    """A session of the key in which a model answered, and the id of the answer."""
    sent = say(client, message, own_name(client))
    return sent[0]["session_id"], next(event["data"]["id"] for event in sent if event["type"] == "message_saved")


@pytest.mark.parametrize(("message", "in_pieces", "order"), STREAMS)
def test_the_events_come_in_an_order_that_was_seen(
    client: Client, message: object, order: str, *, in_pieces: bool
) -> None:
    """Every word the agent obeys streams the events that a real agent streams in that case."""
    sent = say(client, message, enable_streaming=in_pieces)

    assert order in orders_of(sent), kinds(sent)


def test_every_order_of_the_contract_is_streamed() -> None:
    """The agent can be made to show each of them."""
    known = document()["components"]["schemas"]["ChatStream"]["x-event-orders"]

    assert {order["name"] for order in known} == {order for _, _, order in STREAMS}


def test_the_agent_says_what_it_can_do(client: Client) -> None:
    """`/help` names each command and each word."""
    [text] = [event["data"] for event in say(client, "/help") if event["type"] == "plain"]

    assert all(word in text for word in [*COMMANDS, *WORDS])


def test_the_pieces_make_the_whole(client: Client) -> None:
    """`complete` repeats the text of all pieces, and the history keeps it."""
    sent = say(client, "Hello there")
    pieces = [event["data"] for event in sent if event["type"] == "plain"]

    [whole] = [event["data"] for event in sent if event["type"] == "complete"]

    assert len(pieces) > 1
    assert whole == "".join(pieces) == "You said: Hello there"
    assert history(client, sent[0]["session_id"])[-1]["content"]["message"] == [{"type": "plain", "text": whole}]


def test_the_news_of_a_tool_is_json(client: Client) -> None:
    """Call and result share an id, and the history keeps both with arguments and result."""
    sent = say(client, "Hello #tool")
    call, result = (json.loads(event["data"]) for event in sent if event.get("chain_type"))

    [kept] = [
        piece for piece in history(client, sent[0]["session_id"])[-1]["content"]["message"] if "tool_calls" in piece
    ]

    assert validator("ToolCallNews").is_valid(call)
    assert validator("ToolResultNews").is_valid(result)
    assert call["id"] == result["id"] == kept["tool_calls"][0]["id"]
    assert kept["tool_calls"][0]["result"] == result["result"] == "2"


def test_what_a_tool_sends_is_a_message_of_its_own(client: Client) -> None:
    """It is complete by itself and no part of the text; the history keeps the call before it and the result after."""
    sent = say(client, "Hello #send")
    aside, whole = (event for event in sent if event["type"] == "complete")

    _, first, second = history(client, sent[0]["session_id"])

    assert (aside["chain_type"], "reasoning" in aside) == (None, False)
    assert whole["data"] == "You said: Hello #send"
    assert [piece["type"] for piece in first["content"]["message"]] == ["plain", "image", "tool_call"]
    assert "result" not in first["content"]["message"][-1]["tool_calls"][0]
    assert second["content"]["message"][0]["tool_calls"][0].keys() == {"id", "result", "finished_ts"}


def test_text_and_an_equal_chain_are_the_same(client: Client) -> None:
    """Both forms of a message are taken and answered alike."""
    assert [event["data"] for event in say(client, "Hello") if event["type"] == "plain"] == [
        event["data"] for event in say(client, HELLO) if event["type"] == "plain"
    ]


def test_every_kind_of_segment_is_kept(client: Client) -> None:
    """Attachments with their file names, a reply with what it quotes, without members that nobody asked for."""
    media = [{"type": type, "attachment_id": id} for id, (type, _) in SEEDED.items()]
    reply = {"type": "reply", "message_id": 1, "selected_text": "that"}
    sent = say(client, [reply, *media, {"type": "plain", "text": "Hello", "odd": 1}])

    kept = history(client, sent[0]["session_id"])[0]["content"]["message"]

    names = [{**segment, "filename": SEEDED[segment["attachment_id"]][1]} for segment in media]
    assert kept == [reply, *names, {"type": "plain", "text": "Hello"}]


@pytest.mark.parametrize(
    "message",
    [
        None,
        "",
        " ",
        [],
        5,
        {"type": "plain", "text": "Hello"},
        [{"type": "plain", "text": ""}],
        [{"type": "plain"}],
        [{"type": "reply", "message_id": 1}],
        [{"type": "reply"}, *HELLO],
        [{"type": "image"}, *HELLO],
        [{"type": "image", "attachment_id": NONE}, *HELLO],
        [{"type": "audio", "attachment_id": NONE}, *HELLO],
        [{"text": "Hello"}],
        ["Hello"],
    ],
)
def test_a_bad_message_is_refused_as_a_whole(client: Client, message: object) -> None:
    """With the error envelope and the status 200; and no session is left behind."""
    username = f"mallory-{uuid.uuid4()}"

    answer = client.keyed("chat").post("chat", json={"username": username, "message": message})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")
    assert client.keyed("chat").get("chat/sessions", params={"username": username}).json()["data"]["total"] == 0


@pytest.mark.parametrize("username", [None, "", " "])
def test_a_username_is_required(client: Client, username: object) -> None:
    """Null, empty and blank are none."""
    answer = client.keyed("chat").post("chat", json={"username": username, "message": "Hello"})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")


def test_a_session_is_made_where_none_is_named(client: Client) -> None:
    """It gets a UUID."""
    for named in ({}, {"session_id": None}, {"session_id": " "}, {"session_id": None, "conversation_id": "ignored"}):
        session = say(client, "Hello", **named)[0]["session_id"]
        assert str(uuid.UUID(session)) == session


def test_a_named_session_is_kept(client: Client) -> None:
    """`session_id` wins over `conversation_id`; both are taken as they are."""
    assert say(client, "Hello", session_id=" a/b:c! ")[0]["session_id"] == " a/b:c! "
    assert say(client, "Hello", conversation_id="older")[0]["session_id"] == "older"
    assert say(client, "Hello", session_id="newer", conversation_id="older")[0]["session_id"] == "newer"


def test_a_session_belongs_to_its_username(client: Client) -> None:
    """Another one cannot go on with it; the same one can, blanks around it or not."""
    session = say(client, "Hello", "alice")[0]["session_id"]
    body = {"username": "bob", "message": "Hello", "session_id": session}

    assert client.keyed("chat").post("chat", json=body).json() == {
        "status": "error",
        "message": "session_id belongs to another username",
    }
    assert say(client, "Hello", " alice ", session_id=session)[0]["session_id"] == session
    assert len(history(client, session)) == 4


@pytest.mark.parametrize("named", [{"config_id": NONE}, {"config_name": NONE}])
def test_an_unknown_profile_is_refused(client: Client, named: dict[str, str]) -> None:
    """By id as by name."""
    answer = client.keyed("chat").post("chat", json={"username": "alice", "message": "Hello", **named})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")


def test_a_listed_profile_can_be_named(client: Client) -> None:
    """The default profile is listed, and an answer can be made with it."""
    [default, *_] = client.keyed("chat").get("chat/configs").json()["data"]["info_list"]

    assert kinds(say(client, "Hello", config_id=default["id"]))[-1] == "end"
    assert kinds(say(client, "Hello", config_id=" ", config_name=default["name"]))[-1] == "end"


def test_the_profiles_are_not_listed_without_the_scope(client: Client) -> None:
    """A key for configuration does not see them here."""
    assert client.keyed("config").get("chat/configs").status_code == 403


def test_a_thread_is_opened_once(client: Client) -> None:
    """The same part of the same answer gives the same thread; its session lists it."""
    session, message = answered(client)
    body = {"session_id": session, "parent_message_id": str(message), "selected_text": "You said"}
    chat = client.keyed("chat")

    first, second = (chat.post("chat/threads", json=body).json()["data"] for _ in range(2))

    assert first == second
    assert chat.get(f"chat/sessions/{session}").json()["data"]["threads"] == [first]


def test_a_thread_has_a_history_of_its_own(client: Client) -> None:
    """What is said in it stands in it, not in its session, and goes with it."""
    session, message = answered(client)
    chat = client.keyed("chat")
    body = {"session_id": session, "parent_message_id": message, "selected_text": "You said"}
    path = f"chat/threads/{chat.post('chat/threads', json=body).json()['data']['thread_id']}"

    sent = events(chat.post(f"{path}/messages", json={"message": "Why?", "enable_streaming": False}))

    assert "the model answers, at once" in orders_of(sent)
    found = chat.get(path).json()["data"]
    assert [said["content"]["type"] for said in found["history"]] == ["user", "bot", "bot"]
    assert found["is_running"] is False
    assert len(history(client, session)) == 2
    assert f"chat/threads/{chat.delete(path).json()['data']['thread_id']}" == path
    assert chat.get(path).json()["status"] == "error"


def test_a_thread_needs_an_answer_of_a_model(client: Client) -> None:
    """Not the user's message, not a command's, not one of another session or user, and some text of it."""
    session, message = answered(client)
    by_command = answered(client, "/help")
    foreign = say(client, "Hello", "alice")
    bad: list[tuple[str, object, str]] = [
        (session, history(client, session)[0]["id"], "Hello"),
        (by_command[0], by_command[1], "lists"),
        (by_command[0], message, "You"),
        (foreign[0]["session_id"], message, "You"),
        (NONE, message, "You"),
        (session, "x", "You"),
        (session, message, " "),
    ]
    for session_id, parent, text in bad:
        body = {"session_id": session_id, "parent_message_id": parent, "selected_text": text}
        answer = client.keyed("chat").post("chat/threads", json=body)
        assert (answer.status_code, answer.json()["status"]) == (200, "error"), body


def test_there_is_nothing_to_do_in_an_unknown_thread(client: Client) -> None:
    """It cannot be read, deleted or talked in."""
    chat, path = client.keyed("chat"), f"chat/threads/{NONE}"

    for answer in (chat.get(path), chat.delete(path), chat.post(f"{path}/messages", json={"message": "Hello"})):
        assert (answer.status_code, answer.json()["message"]) == (200, f"Thread {NONE} not found")


def test_a_message_in_a_thread_follows_the_same_rules(client: Client) -> None:
    """A bad one is refused and not kept."""
    session, message = answered(client)
    chat = client.keyed("chat")
    body = {"session_id": session, "parent_message_id": message, "selected_text": "You said"}
    path = f"chat/threads/{chat.post('chat/threads', json=body).json()['data']['thread_id']}"

    for bad in ("", [{"type": "reply", "message_id": 1}], [{"type": "image", "attachment_id": NONE}]):
        assert chat.post(f"{path}/messages", json={"message": bad}).json()["status"] == "error"

    assert chat.get(path).json()["data"]["history"] == []
