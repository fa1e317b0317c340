"""Chat on the reference server: what it takes, and what it streams."""

from __future__ import annotations

import json
import uuid

import pytest
from astrbot_api.validation import document, validator
from astrbot_reference.agent.agent import COMMANDS, WORDS
from astrbot_reference.stores.attachment_store import SEEDED

from tests.reference.chat_events import kinds, orders_of
from tests.reference.chats import NONE, history, say
from tests.reference.conftest import Client

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


@pytest.mark.parametrize(("message", "in_pieces", "order"), STREAMS)
def test_the_events_come_in_an_order_that_was_seen(
    chat: Client, message: object, order: str, *, in_pieces: bool
) -> None:
    """Every word the agent obeys streams the events that a real agent streams in that case."""
    sent = say(chat, message, enable_streaming=in_pieces)

    assert order in orders_of(sent), kinds(sent)


def test_every_order_of_the_contract_is_streamed() -> None:
    """The agent can be made to show each of them."""
    known = document()["components"]["schemas"]["ChatStream"]["x-event-orders"]

    assert {order["name"] for order in known} == {order for _, _, order in STREAMS}


def test_the_agent_says_what_it_can_do(chat: Client) -> None:
    """`/help` names each command and each word."""
    [text] = [event["data"] for event in say(chat, "/help") if event["type"] == "plain"]

    assert all(word in text for word in [*COMMANDS, *WORDS])


def test_the_pieces_make_the_whole(chat: Client) -> None:
    """`complete` repeats the text of all pieces, and the history keeps it."""
    sent = say(chat, "Hello there")
    pieces = [event["data"] for event in sent if event["type"] == "plain"]

    [whole] = [event["data"] for event in sent if event["type"] == "complete"]

    assert len(pieces) > 1
    assert whole == "".join(pieces) == "You said: Hello there"
    assert history(chat, sent[0]["session_id"])[-1]["content"]["message"] == [{"type": "plain", "text": whole}]


def test_the_news_of_a_tool_is_json(chat: Client) -> None:
    """Call and result share an id, and the history keeps both with arguments and result."""
    sent = say(chat, "Hello #tool")
    call, result = (json.loads(event["data"]) for event in sent if event.get("chain_type"))

    [kept] = [
        piece for piece in history(chat, sent[0]["session_id"])[-1]["content"]["message"] if "tool_calls" in piece
    ]

    assert validator("ToolCallNews").is_valid(call)
    assert validator("ToolResultNews").is_valid(result)
    assert call["id"] == result["id"] == kept["tool_calls"][0]["id"]
    assert kept["tool_calls"][0]["result"] == result["result"] == "2"


def test_what_a_tool_sends_is_a_message_of_its_own(chat: Client) -> None:
    """It is complete by itself and no part of the text; the history keeps the call before it and the result after."""
    sent = say(chat, "Hello #send")
    aside, whole = (event for event in sent if event["type"] == "complete")

    _, first, second = history(chat, sent[0]["session_id"])

    assert (aside["chain_type"], "reasoning" in aside) == (None, False)
    assert whole["data"] == "You said: Hello #send"
    assert [piece["type"] for piece in first["content"]["message"]] == ["plain", "image", "tool_call"]
    assert "result" not in first["content"]["message"][-1]["tool_calls"][0]
    assert second["content"]["message"][0]["tool_calls"][0].keys() == {"id", "result", "finished_ts"}


def test_text_and_an_equal_chain_are_the_same(chat: Client) -> None:
    """Both forms of a message are taken and answered alike."""
    assert [event["data"] for event in say(chat, "Hello") if event["type"] == "plain"] == [
        event["data"] for event in say(chat, HELLO) if event["type"] == "plain"
    ]


def test_every_kind_of_segment_is_kept(chat: Client) -> None:
    """Attachments with their file names, a reply with what it quotes, without members that nobody asked for."""
    media = [{"type": type, "attachment_id": id} for id, (type, _) in SEEDED.items()]
    reply = {"type": "reply", "message_id": 1, "selected_text": "that"}
    sent = say(chat, [reply, *media, {"type": "plain", "text": "Hello", "odd": 1}])

    kept = history(chat, sent[0]["session_id"])[0]["content"]["message"]

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
def test_a_bad_message_is_refused_as_a_whole(chat: Client, message: object) -> None:
    """With the error envelope and the status 200; and no session is left behind."""
    username = f"mallory-{uuid.uuid4()}"

    answer = chat.post("chat", json={"username": username, "message": message})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")
    assert chat.get("chat/sessions", params={"username": username}).json()["data"]["total"] == 0


@pytest.mark.parametrize("username", [None, "", " "])
def test_a_username_is_required(chat: Client, username: object) -> None:
    """Null, empty and blank are none."""
    answer = chat.post("chat", json={"username": username, "message": "Hello"})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")


def test_a_session_is_made_where_none_is_named(chat: Client) -> None:
    """It gets a UUID."""
    for named in ({}, {"session_id": None}, {"session_id": " "}, {"session_id": None, "conversation_id": "ignored"}):
        session = say(chat, "Hello", **named)[0]["session_id"]
        assert str(uuid.UUID(session)) == session


def test_a_named_session_is_kept(chat: Client) -> None:
    """`session_id` wins over `conversation_id`; both are taken as they are."""
    assert say(chat, "Hello", session_id=" a/b:c! ")[0]["session_id"] == " a/b:c! "
    assert say(chat, "Hello", conversation_id="older")[0]["session_id"] == "older"
    assert say(chat, "Hello", session_id="newer", conversation_id="older")[0]["session_id"] == "newer"


def test_a_session_belongs_to_its_username(chat: Client) -> None:
    """Another one cannot go on with it; the same one can, blanks around it or not."""
    session = say(chat, "Hello", "alice")[0]["session_id"]
    body = {"username": "bob", "message": "Hello", "session_id": session}

    assert chat.post("chat", json=body).json() == {
        "status": "error",
        "message": "session_id belongs to another username",
    }
    assert say(chat, "Hello", " alice ", session_id=session)[0]["session_id"] == session
    assert len(history(chat, session)) == 4


@pytest.mark.parametrize("named", [{"config_id": NONE}, {"config_name": NONE}])
def test_an_unknown_profile_is_refused(chat: Client, named: dict[str, str]) -> None:
    """By id as by name."""
    answer = chat.post("chat", json={"username": "alice", "message": "Hello", **named})

    assert (answer.status_code, answer.json()["status"]) == (200, "error")


def test_a_listed_profile_can_be_named(chat: Client) -> None:
    """The default profile is listed, and an answer can be made with it."""
    [default, *_] = chat.get("chat/configs").json()["data"]["info_list"]

    assert kinds(say(chat, "Hello", config_id=default["id"]))[-1] == "end"
    assert kinds(say(chat, "Hello", config_id=" ", config_name=default["name"]))[-1] == "end"


def test_the_profiles_are_not_listed_without_the_scope(client: Client) -> None:
    """A key for configuration does not see them here."""
    assert client.keyed("config").get("chat/configs").status_code == 403
