"""Chat sessions and their history on the reference server."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import httpx2
import pytest

from tests.reference.chat_events import events, kinds, orders_of
from tests.reference.chats import NONE, history, is_refused, talk
from tests.reference.conftest import Client


def listed(chat: Client, username: str, **query: Any) -> dict[str, Any]:
    """A page of the sessions of a username."""
    page: dict[str, Any] = chat.get("chat/sessions", params={"username": username, **query}).json()["data"]
    return page


def test_sessions_are_listed_page_by_page(chat: Client) -> None:
    """The newest first, none twice, none left out; sizes beyond the bounds become the nearer bound."""
    username = f"alice-{uuid.uuid4()}"
    made = [talk(chat, username=username) for _ in range(3)]

    pages = [listed(chat, username, page=page, page_size=2) for page in (1, 2, 3)]

    assert [session["session_id"] for page in pages for session in page["sessions"]] == made[::-1]
    assert {page["total"] for page in pages} == {3}
    assert listed(chat, f" {username} ", page=0, page_size=0) | {"sessions": []} == {
        "sessions": [],
        "page": 1,
        "page_size": 1,
        "total": 3,
    }
    assert listed(chat, username, page_size=500)["page_size"] == 100


def test_a_platform_can_be_asked_for(chat: Client) -> None:
    """Exactly as it is written."""
    username = f"api_key:{chat.key_id}"
    made = chat.get("chat/sessions/new", params={"platform_id": "elsewhere"}).json()["data"]

    assert made["platform_id"] == "elsewhere"
    assert made["session_id"] in [s["session_id"] for s in listed(chat, username, platform_id="elsewhere")["sessions"]]
    assert listed(chat, username, platform_id="Elsewhere")["total"] == 0


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"username": ""},
        {"username": " "},
        {"username": "alice", "page": "x"},
        {"username": "alice", "page_size": "1.5"},
    ],
)
def test_a_page_needs_a_username_and_numbers(chat: Client, query: dict[str, str]) -> None:
    """Otherwise the envelope says what is wrong."""
    assert is_refused(chat.get("chat/sessions", params=query))


def test_a_session_can_be_begun_without_a_message(chat: Client) -> None:
    """It belongs to the key, and is empty."""
    session = chat.get("chat/sessions/new").json()["data"]

    assert session["platform_id"] == "webchat"
    assert chat.get(f"chat/sessions/{session['session_id']}").json()["data"] == {
        "history": [],
        "threads": [],
        "is_running": False,
    }


def test_sessions_cannot_be_begun_without_the_scope(client: Client) -> None:
    """A key for messages through bots has no sessions."""
    assert client.keyed("im").get("chat/sessions/new").status_code == 403


def test_a_history_is_open_to_owner_and_talkers(client: Client, chat: Client) -> None:
    """A key reads what belongs to it and what it has chatted in, under whatever username; other keys do not."""
    own, of_alice = talk(chat), talk(chat, username="alice")
    other = client.keyed("chat", "im")

    assert len(history(chat, own)) == len(history(chat, of_alice)) == 2
    assert is_refused(other.get(f"chat/sessions/{own}"))
    assert is_refused(other.get(f"chat/sessions/{of_alice}"))
    talk(other, username="alice", session_id=of_alice)
    assert len(history(other, of_alice)) == 4
    assert is_refused(chat.get(f"chat/sessions/{NONE}"))


def test_the_history_tells_who_said_what(chat: Client) -> None:
    """The user under the username, the agent as `bot`; both of one turn."""
    user, bot = history(chat, talk(chat, username="alice"))

    assert (user["sender_id"], user["content"]) == (
        "alice",
        {"type": "user", "message": [{"type": "plain", "text": "Hello"}]},
    )
    assert (bot["sender_id"], bot["content"]["type"]) == ("bot", "bot")
    assert user["llm_checkpoint_id"] == bot["llm_checkpoint_id"]
    assert user["id"] < bot["id"]


def test_a_session_gets_another_title(chat: Client) -> None:
    """Null and absent leave the one it has."""
    session = talk(chat)

    for change in ({"display_name": "Notes"}, {"display_name": None}, {}):
        assert chat.patch(f"chat/sessions/{session}", json=change).json()["status"] == "ok"

    [found] = [
        s for s in listed(chat, f"api_key:{chat.key_id}", page_size=100)["sessions"] if s["session_id"] == session
    ]
    assert found["display_name"] == "Notes"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "chat/sessions/{}", {"display_name": "Mine"}),
        ("DELETE", "chat/sessions/{}", None),
        ("POST", "chat/sessions/{}/stop", None),
        (
            "PATCH",
            "chat/sessions/{}/messages/1",
            {"content": {"type": "user", "message": [{"type": "plain", "text": "x"}]}},
        ),
        ("POST", "chat/sessions/{}/messages/1/regenerate", {}),
    ],
)
def test_only_the_owner_changes_a_session(chat: Client, method: str, path: str, body: object) -> None:
    """A key that chats in it under another username cannot, and nobody can change a nonexistent one."""
    foreign = talk(chat, username="alice")

    refused = chat.request(method, path.format(foreign), json=body)
    unknown = chat.request(method, path.format(NONE), json=body)

    assert (refused.status_code, refused.json()["message"]) == (200, "Permission denied")
    assert (unknown.status_code, unknown.json()["message"]) == (200, f"Session {NONE} not found")
    assert len(history(chat, foreign)) == 2


def test_a_deleted_session_is_gone(chat: Client) -> None:
    """With all that was said; a new one of that id begins empty."""
    session = talk(chat)

    assert chat.delete(f"chat/sessions/{session}").json()["data"] == {}

    assert is_refused(chat.get(f"chat/sessions/{session}"))
    assert is_refused(chat.delete(f"chat/sessions/{session}"))
    talk(chat, session_id=session)
    assert len(history(chat, session)) == 2


def test_several_sessions_are_deleted_at_once(chat: Client) -> None:
    """Those of the key; the others are named with the reason."""
    own, foreign = talk(chat), talk(chat, username="alice")

    result = chat.post("chat/sessions/batch-delete", json={"session_ids": [own, foreign, NONE]}).json()["data"]

    assert (result["deleted_count"], result["failed_count"]) == (1, 2)
    assert [item["session_id"] for item in result["failed_items"]] == [foreign, NONE]
    assert is_refused(chat.post("chat/sessions/batch-delete", json={"session_ids": []}))


def test_an_answer_is_stopped(chat: Client) -> None:
    """It ends with what was said until then; afterwards there is nothing left to stop."""
    session = chat.get("chat/sessions/new").json()["data"]["session_id"]
    path = f"chat/sessions/{session}"
    body = {"username": f"api_key:{chat.key_id}", "message": "Hello #slow", "session_id": session}
    answers: list[httpx2.Response] = []
    talking = threading.Thread(target=lambda: answers.append(chat.post("chat", json=body)))
    talking.start()
    deadline = time.monotonic() + 5
    while not chat.get(path).json()["data"]["is_running"] and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)

    stopped = chat.post(f"{path}/stop").json()["data"]

    talking.join()
    assert stopped == {"stopped_count": 1}
    assert "stopped, in pieces" in orders_of(events(answers[0])), kinds(events(answers[0]))
    assert chat.get(path).json()["data"]["is_running"] is False
    assert chat.post(f"{path}/stop").json()["data"] == {"stopped_count": 0}


def test_a_reader_that_leaves_ends_the_answer(chat: Client) -> None:
    """What had not been said by then is not kept."""
    session = chat.get("chat/sessions/new").json()["data"]["session_id"]
    body = {"username": f"api_key:{chat.key_id}", "message": "Hello #slow", "session_id": session}
    # Without the hooks of the test client, which would read the answer to its end.
    with (
        httpx2.Client(base_url=chat.base_url, headers=chat.headers) as leaving,
        leaving.stream("POST", "chat", json=body) as answer,
    ):
        next(answer.iter_lines())

    deadline = time.monotonic() + 5
    while chat.get(f"chat/sessions/{session}").json()["data"]["is_running"] and time.monotonic() < deadline:
        time.sleep(0.02)

    assert [said["content"]["type"] for said in history(chat, session)] == ["user"]
