"""Personas and their folders on the reference server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.reference.conftest import Client

PIRATE = {"persona_id": "pi/rate", "system_prompt": "Talk like a pirate."}


@pytest.fixture
def api(client: Client) -> Client:
    """A client with a key of the scope `persona`."""
    return client.keyed("persona")


@pytest.fixture
def persona(api: Client) -> Iterator[str]:
    """The id of a persona, gone after the test."""
    api.post("personas", json=PIRATE).raise_for_status()
    yield "pi/rate"
    api.delete("personas/pi%2Frate")


@pytest.fixture
def folder(api: Client) -> Iterator[str]:
    """The id of a folder, gone after the test."""
    yield (made := create_folder(api, name=" at sea "))
    api.delete(f"persona-folders/{made}").raise_for_status()


def create_folder(api: Client, **wanted: object) -> str:
    """The id of a new folder."""
    return str(api.post("persona-folders", json=wanted).json()["data"]["folder"]["folder_id"])


def stored(api: Client, persona_id: str) -> Any:
    """A persona as it is stored."""
    return api.get(f"personas/{quote(persona_id, safe='')}").json()["data"]


def names(api: Client, **wishes: str) -> list[str]:
    """The names of the folders in a folder, or in none."""
    return [found["name"] for found in api.get("persona-folders", params=wishes).json()["data"]]


def test_a_persona_is_read_back(api: Client) -> None:
    """Blanks around id and prompt go, empty tools are none, and once deleted it is gone."""
    body = {"persona_id": " cook ", "system_prompt": " Cook. ", "tools": [], "begin_dialogs": ["Hungry?", "Always."]}
    made = api.post("personas", json=body).json()["data"]["persona"]
    shown = api.get("personas/by-id", params={"persona_id": "cook"}).json()["data"]
    api.delete("personas/by-id", params={"persona_id": "cook"}).raise_for_status()

    assert made == shown | {"tools": [], "skills": []}
    assert (shown["system_prompt"], shown["begin_dialogs"], shown["tools"]) == ("Cook.", ["Hungry?", "Always."], None)
    assert api.get("personas").json()["data"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"persona_id": "pi/rate"}, 400),
        ({"persona_id": " "}, 400),
        ({"persona_id": None}, 400),
        ({"system_prompt": ""}, 400),
        ({"begin_dialogs": ["alone"]}, 400),
        ({"begin_dialogs": ["said", " "]}, 400),
    ],
)
def test_a_persona_that_makes_no_sense_is_refused(
    api: Client, persona: str, change: dict[str, object], status: int
) -> None:
    """Twice the same id, no id, no prompt, a dialog of one side."""
    body = PIRATE | {"persona_id": "new"} | change

    assert api.post("personas", json=body).status_code == status
    assert [found["persona_id"] for found in api.get("personas").json()["data"]] == [persona]


def test_a_body_that_is_no_object_is_refused(api: Client) -> None:
    """With 422, on every operation that takes one."""
    for method, path in [
        ("POST", "personas"),
        ("PUT", "personas/by-id"),
        ("PUT", "personas/x"),
        ("POST", "personas/move"),
        ("POST", "personas/reorder"),
        ("POST", "persona-folders"),
        ("PUT", "persona-folders/x"),
    ]:
        assert api.request(method, path, json=[]).status_code == 422, (method, path)


def test_a_change_leaves_the_rest(api: Client, persona: str) -> None:
    """Null clears tools, skills and the error message, and leaves the prompt."""
    api.put(
        "personas/pi%2Frate", json={"tools": ["saw"], "skills": [], "custom_error_message": "Arr"}
    ).raise_for_status()
    first = stored(api, persona)
    change = {"persona_id": persona, "tools": None, "custom_error_message": " ", "system_prompt": None, "sort_order": 9}
    api.put("personas/by-id", json=change).raise_for_status()

    assert (first["tools"], first["skills"], first["custom_error_message"]) == (["saw"], [], "Arr")
    assert stored(api, persona) == first | {
        "tools": None,
        "custom_error_message": None,
        "updated_at": stored(api, persona)["updated_at"],
    }


@pytest.mark.parametrize(
    ("path", "change", "status"),
    [
        ("personas/nobody", {}, 400),
        ("personas/pi%2Frate", {"persona_id": "other"}, 400),
        ("personas/pi%2Frate", {"begin_dialogs": ["alone"]}, 400),
        ("personas/by-id", {"persona_id": "nobody"}, 400),
        ("personas/by-id", {"system_prompt": "whose?"}, 422),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    api: Client, persona: str, path: str, change: dict[str, object], status: int
) -> None:
    """No such persona, another one in the body than in the path, a dialog of one side, nobody named."""
    before = stored(api, persona)

    assert api.put(path, json=change).status_code == status
    assert stored(api, persona) == before


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_persona_is_refused(api: Client, method: str) -> None:
    """400 either way; without an id in the query 422."""
    assert api.request(method, "personas/nobody").status_code == 400
    assert api.request(method, "personas/by-id", params={"persona_id": "nobody"}).status_code == 400
    assert api.request(method, "personas/by-id").status_code == 422


def test_a_persona_is_moved(api: Client, persona: str, folder: str) -> None:
    """A persona is moved into a folder and out again; a nonexistent one is ignored."""
    api.post("personas/move", json={"persona_id": persona, "folder_id": folder}).raise_for_status()
    inside = api.get("personas", params={"folder_id": folder}).json()["data"]
    api.post("personas/move", json={"persona_id": persona}).raise_for_status()
    api.post("personas/move", json={"persona_id": "nobody", "folder_id": folder}).raise_for_status()

    assert [found["persona_id"] for found in inside] == [persona]
    assert api.get("personas", params={"folder_id": folder}).json()["data"] == []
    assert stored(api, persona)["folder_id"] is None
    assert api.post("personas/move", json={}).status_code == 422


def test_an_empty_filter_means_no_folder(api: Client, persona: str, folder: str) -> None:
    """Personas and folders that lie in none."""
    api.post("personas", json=PIRATE | {"persona_id": "mate", "folder_id": folder}).raise_for_status()
    with httpx2.Client(base_url=api.base_url, headers=api.headers) as plain:  # openapi-core takes no empty value
        personas = plain.get("personas", params={"folder_id": ""}).json()["data"]
        folders = plain.get("persona-folders", params={"parent_id": ""}).json()["data"]
    api.delete("personas/mate").raise_for_status()

    assert [found["persona_id"] for found in personas] == [persona]
    assert [found["folder_id"] for found in folders] == [folder]


def test_personas_and_folders_are_put_in_order(api: Client, persona: str, folder: str) -> None:
    """Lower comes first; those that are not there are passed over."""
    second = create_folder(api, name="ashore")
    before = names(api)
    items = [
        {"id": second, "type": "folder", "sort_order": 5},
        {"id": persona, "type": "persona", "sort_order": 7},
        {"id": "nobody", "type": "persona", "sort_order": 1},
        {"id": "nowhere", "type": "folder", "sort_order": 1},
    ]
    api.post("personas/reorder", json={"items": items}).raise_for_status()
    after = names(api)
    api.delete(f"persona-folders/{second}").raise_for_status()

    assert (before, after) == (["ashore", "at sea"], ["at sea", "ashore"])
    assert stored(api, persona)["sort_order"] == 7


@pytest.mark.parametrize("items", [[], [{"id": "x", "type": "ship", "sort_order": 1}], None])
def test_an_order_that_makes_no_sense_is_refused(api: Client, items: object) -> None:
    """Nothing to put in order, or neither persona nor folder."""
    assert api.post("personas/reorder", json={"items": items}).status_code == 400


def test_folders_make_a_tree(api: Client, folder: str) -> None:
    """A folder in a folder stands below it; when the upper one goes, both folder and persona are in none."""
    above = create_folder(api, name="fleet", description="All ships", sort_order=3)
    below = create_folder(api, name="deck", parent_id=above)
    api.post("personas", json=PIRATE | {"persona_id": "mate", "folder_id": above}).raise_for_status()
    tree = api.get("personas/tree").json()["data"]
    api.delete(f"persona-folders/{above}").raise_for_status()
    left = names(api)
    free = stored(api, "mate")["folder_id"]
    api.delete("personas/mate").raise_for_status()
    api.delete(f"persona-folders/{below}").raise_for_status()

    assert [(branch["name"], [leaf["name"] for leaf in branch["children"]]) for branch in tree] == [
        ("at sea", []),
        ("fleet", ["deck"]),
    ]
    assert (left, free) == (["at sea", "deck"], None)


def test_a_folder_is_changed(api: Client, folder: str) -> None:
    """Absent members stay; a nonexistent one is accepted."""
    api.put(f"persona-folders/{folder}", json={"description": "Those who sail", "name": None}).raise_for_status()
    first = api.get("persona-folders").json()["data"][0]
    api.put(f"persona-folders/{folder}", json={"name": "on land", "description": None}).raise_for_status()

    assert (first["name"], first["description"]) == ("at sea", "Those who sail")
    assert names(api) == ["on land"]
    assert api.put("persona-folders/nowhere", json={"name": "x"}).status_code == 200
    assert api.delete("persona-folders/nowhere").status_code == 200


def test_a_folder_cannot_lie_in_itself(api: Client, folder: str) -> None:
    """Neither at once nor by way of another."""
    inner = create_folder(api, name="cabin", parent_id=folder)

    assert api.put(f"persona-folders/{folder}", json={"parent_id": folder}).status_code == 400
    assert api.put(f"persona-folders/{folder}", json={"parent_id": inner}).status_code == 400
    assert names(api, parent_id=folder) == ["cabin"]
    api.delete(f"persona-folders/{inner}").raise_for_status()


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": None}])
def test_a_folder_without_name_is_refused(api: Client, body: dict[str, object]) -> None:
    """Nothing is stored of it."""
    assert api.post("persona-folders", json=body).status_code == 400
    assert names(api) == []


def test_a_folder_in_the_body_must_be_that_in_the_path(api: Client, folder: str) -> None:
    """Another one is refused."""
    assert api.put(f"persona-folders/{folder}", json={"folder_id": "other", "name": "x"}).status_code == 400
    assert names(api) == ["at sea"]
