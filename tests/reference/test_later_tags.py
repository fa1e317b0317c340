"""What later releases open to keys: attachments, conversations and message sessions."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from astrbot_api import releases

from tests.reference.chat_events import Event, events
from tests.reference.later import Later, later

UMO = "telegram:FriendMessage:7001"


@pytest.fixture(scope="module")
def newest() -> Iterator[Later]:
    """A server of the newest release."""
    with later(releases.NEWEST) as client:
        yield client


def test_an_attachment_is_stored_read_named_and_deleted(newest: Later) -> None:
    """Under its id and its name; a message can name it until it is gone."""
    stored = newest.post("files", files={"file": ("tea.png", b"leaves", "image/png")}).json()["data"]
    id = stored["attachment_id"]
    message = [{"type": "plain", "text": "look"}, {"type": "image", "attachment_id": id}]

    assert (stored["type"], stored["filename"]) == ("image", "tea.png")
    by_name = newest.get("files/content", params={"filename": stored["stored_filename"]})
    assert newest.get(f"files/{id}").content == newest.get("file", params={"attachment_id": id}).content == b"leaves"
    assert (by_name.content, by_name.headers["content-type"]) == (b"leaves", "image/png")
    said = {"username": "bo", "session_id": "tea", "message": message}
    assert newest.post("chat", json=said).headers["content-type"].startswith("text/event-stream")
    assert newest.delete(f"files/{id}").json()["data"] == {"attachment_id": id}
    assert newest.get(f"files/{id}").json()["status"] == "error"


def test_an_attachment_comes_in_pieces(newest: Later) -> None:
    """In any order, of the right sizes, from its own key; complete only when all are there."""
    size = 1024 * 1024
    whole = b"a" * size + b"b" * 10
    begun = newest.post("files/upload/init", json={"filename": "film.mp4", "total_size": len(whole)}).json()["data"]
    named = {"upload_id": begun["upload_id"]}

    def send(index: int, content: bytes) -> str:
        files = {"chunk": ("piece", content)}
        answer = newest.post("files/upload/chunk", data=named | {"chunk_index": str(index)}, files=files)
        status: str = answer.json()["status"]
        return status

    assert begun["total_chunks"] == 2
    assert (send(1, b"too long for it"), send(2, b""), send(1, b"b" * 10)) == ("error", "error", "ok")
    assert newest.post("files/upload/status", json=named).json()["data"]["received_chunks"] == [1]
    assert newest.post("files/upload/complete", json=named).json()["status"] == "error"
    stranger = {"X-API-Key": newest.key("file")["api_key"]}
    assert newest.post("files/upload/status", json=named, headers=stranger).json()["status"] == "error"
    assert send(0, b"a" * size) == "ok"
    stored = newest.post("files/upload/complete", json=named).json()["data"]
    assert newest.get(f"files/{stored['attachment_id']}").content == whole
    assert newest.post("files/upload/status", json=named).json()["status"] == "error"
    assert newest.post("files/upload/abort", json=named).json()["data"] == {}


def test_a_conversation_is_listed_changed_exported_and_deleted(newest: Later) -> None:
    """It comes of a chat that a model has answered, and belongs to the origin of the session."""
    newest.chat("Good morning", "talk")
    [found] = newest.get("conversations", params={"keyword": "Good morning"}).json()["data"]["conversations"]
    path, query = f"conversations/{found['cid']}", {"user_id": found["user_id"]}
    chosen = {"conversations": [{"cid": found["cid"], "user_id": found["user_id"]}]}

    assert found["user_id"].endswith("!talk")
    assert newest.patch(path, params=query, json={"title": "Mornings"}).json()["status"] == "ok"
    replaced = newest.put(f"{path}/messages", params=query, json={"messages": [{"role": "user", "content": "x"}]})
    assert replaced.json()["status"] == "ok"
    shown = newest.get(path, params=query).json()["data"]
    assert (shown["title"], shown["history"]) == ("Mornings", '[{"role": "user", "content": "x"}]')
    assert newest.get("conversations/filter-options").json()["data"]["bots"] == [{"id": "webchat", "type": "webchat"}]
    assert '"title": "Mornings"' in newest.post("conversations/export", json=chosen).text
    assert newest.post("conversations/batch-delete", json=chosen).json()["data"]["deleted_count"] == 1
    assert newest.get(path, params=query).status_code == 400


def test_groups_of_sessions_are_kept(newest: Later) -> None:
    """Made, changed by what is added and taken out, and deleted."""
    group = newest.post("session-groups", json={"name": " Family ", "umos": [UMO]}).json()["data"]["group"]
    path = f"session-groups/{group['id']}"

    changed = newest.put(path, json={"add_umos": ["a:GroupMessage:1"], "remove_umos": [UMO]}).json()["data"]["group"]

    assert (group["name"], group["umo_count"]) == ("Family", 1)
    assert changed["umos"] == ["a:GroupMessage:1"]
    assert newest.get("session-groups").json()["data"]["groups"] == [changed]
    assert newest.delete(path).json()["status"] == "ok"
    assert newest.put(path, json={"name": "x"}).json()["status"] == "error"


def test_rules_of_a_session_are_kept(newest: Later) -> None:
    """Set, shown with the session and in the list of rules, switched in many at once, and deleted."""
    rule = {"umo": UMO, "rule_key": "session_service_config", "rule_value": {"custom_name": "Ada"}}

    assert newest.post("sessions/rules", json=rule).json()["data"]["umo"] == UMO
    switched = newest.patch("sessions/service", json={"scope": "private", "tts_enabled": False}).json()["data"]
    assert switched["success_count"] >= 1
    [shown] = newest.get("sessions", params={"search": "Ada"}).json()["data"]["sessions"]
    assert (shown["umo"], shown["tts_enabled"], shown["llm_enabled"]) == (UMO, False, True)
    assert UMO in newest.get("sessions/active-umos").json()["data"]["umos"]
    wanted = {"umos": [UMO], "provider_type": "chat_completion", "provider_id": "none"}
    assert newest.patch("sessions/provider", json=wanted).json()["status"] == "error"
    assert newest.post("sessions/rules/delete", json={"umo": UMO}).json()["data"]["umo"] == UMO
    assert UMO not in [one["umo"] for one in newest.get("sessions/rules").json()["data"]["rules"]]


def test_an_answer_is_resumed(newest: Later) -> None:
    """While it is being made, another request of the same key gets what was said so far, and the rest."""
    body = {"username": f"api_key:{newest.key_id}", "session_id": "resumed", "message": "one two three four #slow"}
    with newest.stream("POST", "chat", json=body) as answer:
        lines = answer.iter_lines()
        started = next(event for event in map(event_of, lines) if event.get("type") == "run_started")
        resumed = newest.get(f"chat/runs/{started['data']['run_id']}/stream")
        assert [event["type"] for event in map(event_of, lines) if event][-1] == "end"

    told = events(resumed)
    assert told[0]["type"] == "run_snapshot"
    assert told[0]["data"]["run_id"] == started["data"]["run_id"]
    assert told[-1]["type"] == "end"


def event_of(line: str) -> Event:
    """The event in a line of a stream; empty if the line holds none."""
    event: Event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
    return event
