"""Chat over a WebSocket, as a client of the library `websockets` sees it."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.reference.chats import history, talk
from tests.reference.conftest import Client

NONE = "conform-none-1"
PING = {"t": "ping"}
PATH = "/api/v1/chat/ws"
EMPTY = "Message content is empty (reply only is not allowed)"


def talked(url: str, *messages: Any, query: str = "", path: str = PATH, **headers: str) -> list[Any]:
    """Everything that the server sends: events up to the end of each answer, then how it closed the connection."""
    address, sent, received = url.replace("http", "ws") + path + query, list(headers.items()), []
    named = [(name.replace("_", "-"), value) for name, value in sent]
    with connect(address, additional_headers=named, proxy=None, close_timeout=1) as connection:
        try:
            for message in messages:
                connection.send(message if isinstance(message, str) else json.dumps(message))
                while True:
                    received.append(json.loads(connection.recv(timeout=5)))
                    if received[-1]["type"] in ("end", "error", "pong"):
                        break
        except ConnectionClosed as closed:
            received.append((closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else None)
    return received


def key_of(client: Client) -> str:
    """The key that a client sends."""
    return str(client.headers["X-API-Key"])


def test_each_place_carries_a_key(url: str, chat: Client) -> None:
    """Two headers and two parameters; the query counts first, and an empty parameter does not count."""
    key = key_of(chat)

    for how in ({"Authorization": f"Bearer {key}"}, {"X_API_Key": key}, {"query": f"?api_key={key}"}):
        assert talked(url, PING, **how) == [{"type": "pong"}], how
    assert talked(url, PING, query=f"?key={key}") == [{"type": "pong"}]
    assert talked(url, PING, query="?api_key=", X_API_Key=key) == [{"type": "pong"}]
    assert talked(url, PING, query=f"?key={key}", X_API_Key="none") == [{"type": "pong"}]


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ({}, "Missing API key"),
        ({"X_API_Key": "abk_unknown"}, "Invalid API key"),
        ({"Authorization": "Bearer abk_unknown", "query": "?token=abk_unknown"}, "Invalid API key"),
    ],
)
def test_without_a_key_nothing_is_served(how: dict[str, str], text: str, url: str) -> None:
    """One error, and the connection is closed."""
    time.sleep(0.1)  # the error may arrive before the ping is sent
    sent = talked(url, PING, PING, **how)

    assert sent[-1] == (1008, text)
    assert [event for event in sent[:-1] if event != {"type": "error", "code": "UNAUTHORIZED", "data": text}] == []


def test_other_keys_are_rejected(url: str, client: Client) -> None:
    """A key without `chat`, a revoked key, and the token of the dashboard."""
    created = client.dashboard().post("api-keys", json={"scopes": ["chat"]}).json()["data"]
    client.dashboard().post(f"api-keys/{created['key_id']}/revoke")

    for how in (
        {"X_API_Key": key_of(client.keyed("im"))},
        {"X_API_Key": created["api_key"]},
        {"Authorization": str(client.dashboard().headers["Authorization"])},
    ):
        assert talked(url, PING, PING, **how)[-1][0] == 1008


def test_an_answer_names_itself_and_its_session(url: str, chat: Client) -> None:
    """The session comes first, each event of the answer has its id, and the message is in the history."""
    user = f"api_key:{chat.key_id}"
    message = {"t": "send", "username": user, "session_id": "over-a-socket", "message": "Hello", "message_id": "mine"}
    sent = talked(url, message, message | {"message": [{"type": "plain", "text": "Again"}]}, X_API_Key=key_of(chat))

    assert sent[0] == {"type": "session_id", "data": None, "session_id": "over-a-socket", "message_id": "mine"}
    assert {event["message_id"] for event in sent if "message_id" in event} == {"mine"}
    assert {event["session_id"] for event in sent if event["type"] == "message_saved"} == {"over-a-socket"}
    assert "user_message_saved" not in [event["type"] for event in sent]
    said = [each["content"]["message"] for each in history(chat, "over-a-socket") if each["content"]["type"] == "user"]
    assert said == [[{"type": "plain", "text": text}] for text in ("Hello", "Again")]


def test_a_message_without_a_session_starts_one(url: str, chat: Client) -> None:
    """Its id is new each time."""
    message = {"username": f"api_key:{chat.key_id}", "message": "Hello"}
    sent = talked(url, message, message, X_API_Key=key_of(chat))

    assert len({event["session_id"] for event in sent if event["type"] == "session_id"}) == 2


REFUSED: list[tuple[Any, str, str]] = [
    ({"username": None}, "BAD_USER", "Missing key: username"),
    ({"username": " "}, "BAD_USER", "username is empty"),
    ({"message": None}, "INVALID_MESSAGE", "Missing key: message"),
    ({"message": []}, "INVALID_MESSAGE", EMPTY),
    ({"message": [{"type": "reply", "message_id": 1}]}, "INVALID_MESSAGE", EMPTY),
    ({"message": [{"type": "bogus"}]}, "INVALID_MESSAGE", EMPTY),
    ({"config_id": NONE}, "CONFIG_ERROR", f"config_id not found: {NONE}"),
    ({"config_name": NONE}, "CONFIG_ERROR", f"config_name not found: {NONE}"),
    ({"t": "bogus"}, "INVALID_MESSAGE", "Unsupported message type: bogus"),
    ([1], "INVALID_MESSAGE", "message must be an object"),
]


@pytest.mark.parametrize(("wrong", "code", "text"), REFUSED)
def test_a_rejected_message_gets_an_error(wrong: Any, code: str, text: str, url: str, chat: Client) -> None:
    """The code and the text are those of AstrBot, and the connection stays open."""
    message = {"username": "alice", "message": "Hello"}
    sent = talked(url, message | wrong if isinstance(wrong, dict) else wrong, PING, X_API_Key=key_of(chat))

    assert sent == [{"type": "error", "code": code, "data": text}, {"type": "pong"}]


def test_a_session_of_another_username_is_not_continued(url: str, chat: Client) -> None:
    """The error says so."""
    message = {"username": "mallory", "session_id": talk(chat), "message": "Hello"}

    assert talked(url, message, X_API_Key=key_of(chat))[0]["code"] == "SESSION_ERROR"


def test_a_text_that_is_not_json_ends_the_connection(url: str, chat: Client) -> None:
    """So does a nesting that no parser follows."""
    for text in ("{", "[" * 100_000):
        assert talked(url, text, X_API_Key=key_of(chat))[-1][0] == 1007


def test_a_client_may_leave(url: str, chat: Client) -> None:
    """Its message is stored, and the next connection is served."""
    user, session = f"api_key:{chat.key_id}", "left-over-a-socket"
    message = {"username": user, "session_id": session, "message": "one two three four #slow"}
    with connect(
        url.replace("http", "ws") + PATH, additional_headers={"X-API-Key": key_of(chat)}, proxy=None
    ) as connection:
        connection.send(json.dumps(message))
        connection.recv(timeout=5)
        connection.socket.close()

    assert history(chat, session)[0]["content"]["message"] == [{"type": "plain", "text": message["message"]}]
    assert talked(url, message | {"message": "Hello"}, X_API_Key=key_of(chat))[-1]["type"] == "end"


def test_it_is_not_published(url: str, client: Client) -> None:
    """The document lacks it, a plain request finds nothing, and no other form of the path opens."""
    document = client.get("openapi.json").json()

    assert "/api/v1/chat/ws" not in document["paths"]
    assert httpx2.get(f"{url}{PATH}", headers={"X-API-Key": key_of(client.keyed("chat"))}).status_code == 404
    with pytest.raises(InvalidStatus):
        talked(url, PING, path=f"{PATH}/", X_API_Key=key_of(client.keyed("chat")))


def test_another_host_name_opens_nothing(url: str, chat: Client) -> None:
    """A page of another name cannot talk to this server through a browser."""
    with pytest.raises(InvalidStatus) as error:
        talked(url, PING, Host="rebound.example", X_API_Key=key_of(chat))

    assert error.value.response.status_code == 400
