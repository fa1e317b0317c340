"""A client that leaves while the agent answers."""

from __future__ import annotations

import time
from typing import Any

import httpx2

from tests.reference.conftest import Client


def test_a_session_that_a_client_left_is_at_rest(client: Client) -> None:
    """Nothing runs on in it, and the next message is answered to the end."""
    chat = client.keyed("chat")
    body: dict[str, Any] = {"username": f"api_key:{chat.key_id}", "session_id": "left"}
    slow = body | {"message": "one two three four #slow"}
    with httpx2.stream("POST", f"{chat.base_url}chat", json=slow, headers=chat.headers) as answer:
        next(answer.iter_bytes())

    deadline = time.monotonic() + 5
    while chat.get("chat/sessions/left").json()["data"]["is_running"] and time.monotonic() < deadline:
        time.sleep(0.05)

    assert chat.get("chat/sessions/left").json()["data"]["is_running"] is False
    assert '"end"' in chat.post("chat", json=body | {"message": "and now"}).text.replace(" ", "")
