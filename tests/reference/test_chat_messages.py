"""The last message of a chat session is changed, or its answer replaced."""

from __future__ import annotations

import pytest

from tests.reference.chat_events import events, kinds, orders_of
from tests.reference.chats import NONE, history, is_refused, talk
from tests.reference.conftest import Client


def test_the_last_message_is_changed_once(chat: Client) -> None:
    """Its answer goes; without an answer it cannot be changed again."""
    session = talk(chat)
    path = f"chat/sessions/{session}/messages/{history(chat, session)[0]['id']}"
    body = {"content": {"type": "user", "message": [{"type": "plain", "text": "Goodbye"}]}}

    changed = chat.patch(path, json=body).json()["data"]

    assert changed["message"]["content"] == body["content"]
    assert (changed["needs_regenerate"], changed["truncated_after_message"]) == (True, True)
    assert history(chat, session) == [changed["message"]]
    assert is_refused(chat.patch(path, json=body))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"type": "user"},
        {"type": "user", "message": "text"},
        {"type": "user", "message": []},
        {"type": "bot", "message": [{"type": "plain", "text": "x"}]},
        {"type": "user", "message": [{"type": "image", "attachment_id": NONE}]},
    ],
)
def test_a_bad_change_is_refused(chat: Client, content: object) -> None:
    """The message stays as it was."""
    session = talk(chat)
    before = history(chat, session)

    answer = chat.patch(f"chat/sessions/{session}/messages/{before[0]['id']}", json={"content": content})

    assert is_refused(answer)
    assert history(chat, session) == before


def test_only_the_last_message_of_the_user_is_changed(chat: Client) -> None:
    """A message of the agent, an earlier one, one that a command answered and a nonexistent one are rejected."""
    session = talk(chat)
    talk(chat, session_id=session)
    by_command = talk(chat, "/help")
    body = {"content": {"type": "user", "message": [{"type": "plain", "text": "x"}]}}
    said = history(chat, session)

    for where, id in [
        (session, said[-1]["id"]),
        (session, said[0]["id"]),
        (session, "x"),
        (session, 0),
        (by_command, history(chat, by_command)[0]["id"]),
    ]:
        assert is_refused(chat.patch(f"chat/sessions/{where}/messages/{id}", json=body))
    assert history(chat, session) == said


@pytest.mark.parametrize("body", [None, {"enable_streaming": True}, {"enable_streaming": False}])
def test_the_last_answer_is_replaced(chat: Client, body: object) -> None:
    """The stream is that of an answer, without the event that keeps what the user said."""
    session = talk(chat)
    before = history(chat, session)

    sent = events(chat.post(f"chat/sessions/{session}/messages/{before[1]['id']}/regenerate", json=body))

    assert orders_of(sent)
    assert "user_message_saved" not in kinds(sent)
    after = history(chat, session)
    assert after[0] == before[0]
    assert before[1]["id"] not in [said["id"] for said in after]
    assert after[1]["content"]["message"] == before[1]["content"]["message"]


def test_only_the_last_answer_of_a_model_is_replaced(chat: Client) -> None:
    """A message of the user, an earlier answer, that of a command and a nonexistent one are rejected."""
    session = talk(chat)
    talk(chat, session_id=session)
    by_command = talk(chat, "/help")
    said = history(chat, session)

    for where, id in [
        (session, said[0]["id"]),
        (session, said[1]["id"]),
        (session, "x"),
        (session, 0),
        (by_command, history(chat, by_command)[1]["id"]),
    ]:
        assert is_refused(chat.post(f"chat/sessions/{where}/messages/{id}/regenerate", json={}))
    assert history(chat, session) == said
