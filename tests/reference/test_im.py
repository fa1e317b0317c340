"""Messages through a bot on the reference server."""

from __future__ import annotations

import pytest
from astrbot_reference.stores.attachment_store import SEEDED

from tests.reference.conftest import Client

WEBCHAT = "webchat:FriendMessage:openapi_probe"
PATHS = ["im/message", "im/messages"]
IMAGE = next(id for id, (type, _) in SEEDED.items() if type == "image")
EMPTY = [[], "", " ", [{"type": "plain", "text": ""}], [{"type": "plain"}]]


def test_the_bots_are_listed(client: Client) -> None:
    """The ids of the configured bots, and never the built-in webchat."""
    client.keyed("bot").post("bots", json={"id": "newsroom", "type": "telegram", "enabled": False})

    answer = client.keyed("im").get("im/bots").json()

    assert "webchat" not in answer["data"]["bot_ids"]
    assert isinstance(answer["data"]["bot_ids"], list)


def test_the_bots_are_not_listed_without_the_scope(client: Client) -> None:
    """A key for chat does not see them."""
    assert client.keyed("chat").get("im/bots").status_code == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "message",
    [
        "Hello",
        [{"type": "plain", "text": "Hello"}],
        [{"type": "plain", "text": " "}],
        [{"type": type, "attachment_id": id} for id, (type, _) in SEEDED.items()],
    ],
)
def test_a_message_is_sent(client: Client, path: str, message: object) -> None:
    """Text and segments are taken on both paths."""
    answer = client.keyed("im").post(path, json={"umo": WEBCHAT, "message": message})

    assert (answer.status_code, answer.json()["data"]) == (200, {})


def test_a_chat_session_keeps_what_webchat_sends_to_it(client: Client) -> None:
    """As a message of the bot."""
    chat = client.keyed("chat")
    session = chat.get("chat/sessions/new").json()["data"]["session_id"]

    client.keyed("im").post("im/message", json={"umo": f"webchat:FriendMessage:{session}", "message": "Hello"})

    [kept] = chat.get(f"chat/sessions/{session}").json()["data"]["history"]
    assert kept["content"] == {"type": "bot", "message": [{"type": "plain", "text": "Hello"}]}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "message",
    [
        *EMPTY,
        None,
        5,
        {"type": "plain", "text": "Hello"},
        [{"type": "reply", "message_id": 1}],
        [{"type": "reply", "message_id": 1}, {"type": "plain", "text": "Hello"}],
        [{"type": "image"}],
        [{"type": "image", "attachment_id": "none"}],
        [{"type": "plain", "text": "Hello"}, {"type": "video", "attachment_id": "none"}],
        [{"type": "audio", "attachment_id": IMAGE}],
        [{"text": "Hello"}],
        ["Hello"],
    ],
)
def test_a_bad_message_is_refused(client: Client, path: str, message: object) -> None:
    """One bad segment, a reply or nothing at all: 400."""
    answer = client.keyed("im").post(path, json={"umo": WEBCHAT, "message": message})

    assert (answer.status_code, answer.json()["status"]) == (400, "error")


@pytest.mark.parametrize(
    "umo", ["", "webchat", "webchat:FriendMessage", "webchat:friendmessage:x", "none:FriendMessage:x", None]
)
def test_a_bad_address_is_refused(client: Client, umo: object) -> None:
    """An address needs a running bot, a kind of conversation and the conversation."""
    answer = client.keyed("im").post("im/message", json={"umo": umo, "message": "Hello"})

    assert (answer.status_code, answer.json()["status"]) == (400, "error")


@pytest.mark.parametrize("umo", ["webchat:FriendMessage:", "webchat:GroupMessage:a:b"])
def test_only_two_colons_divide_an_address(client: Client, umo: str) -> None:
    """What comes after them is the conversation, whatever it is."""
    assert client.keyed("im").post("im/message", json={"umo": umo, "message": "Hello"}).status_code == 200


@pytest.mark.parametrize("missing", ["umo", "message"])
def test_address_and_message_are_required(client: Client, missing: str) -> None:
    """Without either: 400."""
    body = {"umo": WEBCHAT, "message": "Hello"}
    del body[missing]

    answer = client.keyed("im").post("im/message", json=body)

    assert (answer.status_code, answer.json()["status"]) == (400, "error")
