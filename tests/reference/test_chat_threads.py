"""Threads on the answers of a chat session."""

from __future__ import annotations

from tests.reference.chat_events import events, orders_of
from tests.reference.chats import NONE, answered, history, is_refused, say, talk
from tests.reference.conftest import Client


def test_a_thread_is_opened_once(chat: Client) -> None:
    """The same part of the same answer gives the same thread; its session lists it."""
    session, message = answered(chat)
    body = {"session_id": session, "parent_message_id": str(message), "selected_text": "You said"}

    first, second = (chat.post("chat/threads", json=body).json()["data"] for _ in range(2))

    assert first == second
    assert chat.get(f"chat/sessions/{session}").json()["data"]["threads"] == [first]


def test_a_thread_has_a_history_of_its_own(chat: Client) -> None:
    """Its messages are in the thread, not in its session, and are deleted with the thread."""
    session, message = answered(chat)
    body = {"session_id": session, "parent_message_id": message, "selected_text": "You said"}
    path = f"chat/threads/{chat.post('chat/threads', json=body).json()['data']['thread_id']}"

    sent = events(chat.post(f"{path}/messages", json={"message": "Why?", "enable_streaming": False}))

    assert "the model answers, at once" in orders_of(sent)
    found = chat.get(path).json()["data"]
    assert [said["content"]["type"] for said in found["history"]] == ["user", "bot", "bot"]
    assert found["is_running"] is False
    assert len(history(chat, session)) == 2
    assert f"chat/threads/{chat.delete(path).json()['data']['thread_id']}" == path
    assert chat.get(path).json()["status"] == "error"


def test_a_thread_needs_an_answer_of_a_model(chat: Client) -> None:
    """Not the user's message, not a command's, not one of another session or user, and some text of it."""
    session, message = answered(chat)
    by_command = answered(chat, "/help")
    foreign = say(chat, "Hello", "alice")
    bad: list[tuple[str, object, str]] = [
        (session, history(chat, session)[0]["id"], "Hello"),
        (by_command[0], by_command[1], "lists"),
        (by_command[0], message, "You"),
        (foreign[0]["session_id"], message, "You"),
        (NONE, message, "You"),
        (session, "x", "You"),
        (session, message, " "),
    ]
    for session_id, parent, text in bad:
        body = {"session_id": session_id, "parent_message_id": parent, "selected_text": text}
        answer = chat.post("chat/threads", json=body)
        assert (answer.status_code, answer.json()["status"]) == (200, "error"), body


def test_there_is_nothing_to_do_in_an_unknown_thread(chat: Client) -> None:
    """It cannot be read, deleted or talked in."""
    path = f"chat/threads/{NONE}"

    for answer in (chat.get(path), chat.delete(path), chat.post(f"{path}/messages", json={"message": "Hello"})):
        assert (answer.status_code, answer.json()["message"]) == (200, f"Thread {NONE} not found")


def test_a_message_in_a_thread_follows_the_same_rules(chat: Client) -> None:
    """A bad one is refused and not kept."""
    session, message = answered(chat)
    body = {"session_id": session, "parent_message_id": message, "selected_text": "You said"}
    path = f"chat/threads/{chat.post('chat/threads', json=body).json()['data']['thread_id']}"

    for bad in ("", [{"type": "reply", "message_id": 1}], [{"type": "image", "attachment_id": NONE}]):
        assert chat.post(f"{path}/messages", json={"message": bad}).json()["status"] == "error"

    assert chat.get(path).json()["data"]["history"] == []


def test_threads_go_with_the_answer_they_are_on(chat: Client) -> None:
    """Changing the message, or replacing the answer, takes them away."""
    session = talk(chat)
    answer = history(chat, session)[1]
    body = {"session_id": session, "parent_message_id": answer["id"], "selected_text": "You said"}
    thread = chat.post("chat/threads", json=body).json()["data"]["thread_id"]

    events(chat.post(f"chat/sessions/{session}/messages/{answer['id']}/regenerate", json={}))

    assert chat.get(f"chat/sessions/{session}").json()["data"]["threads"] == []
    assert is_refused(chat.get(f"chat/threads/{thread}"))
