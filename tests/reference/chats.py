"""Chats with the agent of the reference server, and their history."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.reference.chat_events import Event, events
from tests.reference.conftest import Client

NONE = "conform-none-1"


def say(chat: Client, message: object, username: str = "alice", **members: object) -> list[Event]:
    """The events of an answer."""
    return events(chat.post("chat", json={"username": username, "message": message, **members}))


def talk(chat: Client, message: object = "Hello", username: str | None = None, **members: object) -> str:
    """Chat as the key itself, or as a username; gives the id of the session."""
    session: str = say(chat, message, username or f"api_key:{chat.key_id}", **members)[0]["session_id"]
    return session


def answered(chat: Client, message: str = "Hello") -> tuple[str, int]:
    """A session of the key in which a model answered, and the id of the answer."""
    sent = say(chat, message, f"api_key:{chat.key_id}")
    return sent[0]["session_id"], next(event["data"]["id"] for event in sent if event["type"] == "message_saved")


def history(chat: Client, session: str) -> list[dict[str, Any]]:
    """Everything said in a session."""
    found: list[dict[str, Any]] = chat.get(f"chat/sessions/{session}").json()["data"]["history"]
    return found


def is_refused(answer: httpx2.Response) -> bool:
    """Whether the service turned it down in the way of chat."""
    return answer.status_code == 200 and answer.json()["status"] == "error"
