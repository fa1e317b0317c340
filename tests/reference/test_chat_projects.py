"""Projects that group chat sessions on the reference server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.conftest import Client

NONE = "conform-none-1"


def created(chat: Client, **members: object) -> dict[str, Any]:
    """A new project."""
    project: dict[str, Any] = chat.post("chat/projects", json={"title": "Notes", **members}).json()["data"]
    return project


def new_session(chat: Client) -> str:
    """A new session of the key."""
    session: str = chat.get("chat/sessions/new").json()["data"]["session_id"]
    return session


def test_a_project_is_listed_and_read(chat: Client) -> None:
    """As it was made, with a folder where no sign was given."""
    project = created(chat, description="What I keep")

    assert (project["title"], project["emoji"], project["description"]) == ("Notes", "\N{FILE FOLDER}", "What I keep")
    assert chat.get(f"chat/projects/{project['project_id']}").json()["data"] == project
    assert project in chat.get("chat/projects").json()["data"]


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": None}])
def test_a_project_needs_a_title(chat: Client, body: object) -> None:
    """Absent, null and empty are none."""
    answer = chat.post("chat/projects", json=body)

    assert (answer.status_code, answer.json()["status"]) == (200, "error")


def test_a_project_is_changed(chat: Client) -> None:
    """What is absent or null stays; the path says which project is meant, whatever the body says."""
    project, other = created(chat, description="What I keep"), created(chat)

    body = {"title": "Diary", "emoji": None, "project_id": other["project_id"]}
    answer = chat.patch(f"chat/projects/{project['project_id']}", json=body)

    assert answer.json()["data"] == {}
    changed = chat.get(f"chat/projects/{project['project_id']}").json()["data"]
    assert changed == {**project, "title": "Diary", "updated_at": changed["updated_at"]}
    assert chat.get(f"chat/projects/{other['project_id']}").json()["data"] == other


def test_a_session_is_in_one_project_at_most(chat: Client) -> None:
    """The project lists it, its history names the project, the list of sessions leaves it out."""
    first, second = created(chat)["project_id"], created(chat)["project_id"]
    session = new_session(chat)

    for project in (first, second, second):
        assert chat.post(f"chat/projects/{project}/sessions/{session}").json()["data"] == {}

    def inside(project: str) -> list[str]:
        return [found["session_id"] for found in chat.get(f"chat/projects/{project}/sessions").json()["data"]]

    def loose() -> list[str]:
        query: dict[str, str | int] = {"username": f"api_key:{chat.key_id}", "page_size": 100}
        return [found["session_id"] for found in chat.get("chat/sessions", params=query).json()["data"]["sessions"]]

    assert (inside(first), inside(second)) == ([], [session])
    assert chat.get(f"chat/sessions/{session}").json()["data"]["project"]["project_id"] == second
    assert session not in loose()
    for _ in range(2):
        assert chat.delete(f"chat/projects/sessions/{session}").json()["data"] == {}
    assert inside(second) == []
    assert session in loose()
    assert "project" not in chat.get(f"chat/sessions/{session}").json()["data"]


def test_a_deleted_project_leaves_its_sessions(chat: Client) -> None:
    """They are in no project then."""
    project, session = created(chat)["project_id"], new_session(chat)
    chat.post(f"chat/projects/{project}/sessions/{session}")

    assert chat.delete(f"chat/projects/{project}").json()["data"] == {}

    assert chat.get(f"chat/projects/{project}").json()["status"] == "error"
    assert "project" not in chat.get(f"chat/sessions/{session}").json()["data"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "chat/projects/{}", None),
        ("PATCH", "chat/projects/{}", {"title": "Mine"}),
        ("DELETE", "chat/projects/{}", None),
        ("GET", "chat/projects/{}/sessions", None),
        ("POST", "chat/projects/{}/sessions/conform-none-1", None),
    ],
)
def test_a_project_belongs_to_its_key(client: Client, chat: Client, method: str, path: str, body: object) -> None:
    """Another key cannot see or change it, and nobody can change a nonexistent one."""
    project = created(client.keyed("chat", "im"))["project_id"]

    refused = chat.request(method, path.format(project), json=body)
    unknown = chat.request(method, path.format(NONE), json=body)

    assert (refused.status_code, refused.json()["message"]) == (200, "Permission denied")
    assert (unknown.status_code, unknown.json()["message"]) == (200, f"Project {NONE} not found")
    assert project not in [found["project_id"] for found in chat.get("chat/projects").json()["data"]]


def test_only_own_sessions_are_sorted(client: Client, chat: Client) -> None:
    """A session of another key and a nonexistent one are rejected."""
    project, foreign = created(chat)["project_id"], new_session(client.keyed("chat", "im"))

    for session in (foreign, NONE):
        for answer in (
            chat.post(f"chat/projects/{project}/sessions/{session}"),
            chat.delete(f"chat/projects/sessions/{session}"),
        ):
            assert (answer.status_code, answer.json()["status"]) == (200, "error")
