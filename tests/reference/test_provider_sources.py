"""Provider sources on the reference server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.reference.conftest import Client

SETTINGS = {"type": "openai_chat_completion", "key": ["k"]}


@pytest.fixture
def api(client: Client) -> Client:
    """A client with a key of the scope `provider`."""
    return client.keyed("provider")


@pytest.fixture
def source(api: Client) -> Iterator[str]:
    """The id of a source, gone after the test."""
    api.post("provider-sources", json={"id": "ac/me", **SETTINGS}).raise_for_status()
    yield "ac/me"
    api.delete("provider-sources/ac%2Fme")


def stored(api: Client, source_id: str) -> Any:
    """A source as it is stored."""
    return api.get(f"provider-sources/{quote(source_id, safe='')}").json()["data"]["provider_source"]


def ids(api: Client) -> list[str]:
    """The ids of all sources."""
    return [found["id"] for found in api.get("provider-sources").json()["data"]["provider_sources"]]


def test_a_source_is_read_back(api: Client, source: str) -> None:
    """By path and by query alike, and once deleted no more."""
    by_query = api.get("provider-sources/by-id", params={"source_id": source}).json()["data"]["provider_source"]
    listed = ids(api)
    api.delete("provider-sources/by-id", params={"source_id": source}).raise_for_status()

    assert by_query == {"id": source, **SETTINGS}
    assert listed == [source]
    assert api.get("provider-sources/ac%2Fme").status_code == 400


def test_creation_replaces_the_source_of_that_id(api: Client, source: str) -> None:
    """Nothing of the former configuration stays."""
    api.post("provider-sources", json={"config": {"id": source, "timeout": 5}}).raise_for_status()

    assert stored(api, source) == {"id": source, "timeout": 5}
    assert ids(api) == [source]


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"source_id": "x"}, 400), ({"id": " "}, 400), ({"config": {}}, 400), ([], 422)]
)
def test_a_source_without_id_is_refused(api: Client, body: object, status: int) -> None:
    """Nothing is stored of it."""
    assert api.post("provider-sources", json=body).status_code == status
    assert ids(api) == []


def test_a_source_is_renamed_with_its_providers(api: Client, source: str) -> None:
    """Its providers follow it, and go with it when it is deleted."""
    api.post("provider-sources/ac%2Fme/providers", json={"id": "talk", "model": "echo-small"}).raise_for_status()
    api.put("provider-sources/ac%2Fme", json={"id": "acme", **SETTINGS}).raise_for_status()
    moved = api.get("providers/talk").json()["data"]["provider"]["provider_source_id"]
    api.delete("provider-sources/acme").raise_for_status()

    assert moved == "acme"
    assert api.get("providers/talk").status_code == 400
    assert ids(api) == []


def test_a_replacement_creates_what_is_not_there(api: Client) -> None:
    """By path under the id it says or else the one in the path, by body under `source_id` whatever the id."""
    api.put("provider-sources/one", json={"timeout": 1}).raise_for_status()
    api.put("provider-sources/none", json={"id": "two"}).raise_for_status()
    api.put("provider-sources/by-id", json={"source_id": "three", "config": {"id": "four"}}).raise_for_status()

    assert ids(api) == ["one", "two", "three"]
    for id in ids(api):
        api.delete(f"provider-sources/{id}").raise_for_status()


def test_a_replacement_that_makes_no_sense_is_refused(api: Client, source: str) -> None:
    """An id that is taken, and a body that does not say which source."""
    api.post("provider-sources", json={"id": "other"}).raise_for_status()

    assert api.put("provider-sources/other", json={"id": source}).status_code == 400
    assert api.put("provider-sources/by-id", json={"timeout": 5}).status_code == 400
    assert api.put("provider-sources/by-id", json={"source_id": " "}).status_code == 400
    assert ids(api) == [source, "other"]
    api.delete("provider-sources/other").raise_for_status()


def test_models_are_listed(api: Client, source: str) -> None:
    """With what is known of them; both ways alike."""
    by_path = api.get("provider-sources/ac%2Fme/models").json()["data"]
    by_query = api.get("provider-sources/models", params={"source_id": source}).json()["data"]

    assert by_path == by_query
    assert set(by_path["model_metadata"]) < set(by_path["models"])


def test_only_some_kinds_list_models(api: Client, source: str) -> None:
    """Other kinds are refused, and so are sources that are not there."""
    api.put("provider-sources/ac%2Fme", json={"type": "openai_tts_api"}).raise_for_status()

    assert api.get("provider-sources/ac%2Fme/models").status_code == 400
    assert api.get("provider-sources/models", params={"source_id": "nobody"}).status_code == 400
    assert api.get("provider-sources/models").status_code == 422


def test_providers_of_a_source_are_listed(api: Client, source: str) -> None:
    """Each with what it takes from the source; the source itself need not exist."""
    body = {"source_id": "unborn", "id": "later", "enabled": False, "capability": "tts"}
    api.post("provider-sources/ac%2Fme/providers", json={"id": "talk", "source_id": "ignored"}).raise_for_status()
    api.post("provider-sources/providers", json=body).raise_for_status()

    def listed(path: str, **wishes: str) -> list[Any]:
        return list(api.get(path, params=wishes).json()["data"]["providers"])

    of_source = listed("provider-sources/ac%2Fme/providers")
    of_unborn = listed("provider-sources/providers", source_id="unborn", capability="tts")
    api.delete("providers/talk").raise_for_status()
    api.delete("providers/later").raise_for_status()

    assert of_source == [{"id": "talk", "provider_source_id": source, "enable": True, **SETTINGS}]
    assert [found["id"] for found in of_unborn] == ["later"]
    assert listed("provider-sources/ac%2Fme/providers", capability="stt") == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("provider-sources/ac%2Fme/providers", {"enabled": False}, 400),
        ("provider-sources/nobody/providers", {"id": "no-type"}, 400),
        ("provider-sources/providers", {"id": "x", "enabled": False}, 400),
        ("provider-sources/providers", {"source_id": "ac/me", "enabled": False}, 400),
        ("provider-sources/providers", [], 422),
    ],
)
def test_a_provider_without_id_type_or_source_is_refused(
    api: Client, source: str, path: str, body: object, status: int
) -> None:
    """Nothing is stored of it."""
    assert api.post(path, json=body).status_code == status
    assert api.get("providers").json()["data"]["providers"] == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_source_is_refused(api: Client, method: str) -> None:
    """400 either way; without an id in the query 422."""
    assert api.request(method, "provider-sources/nobody").status_code == 400
    assert api.request(method, "provider-sources/by-id", params={"source_id": "nobody"}).status_code == 400
    assert api.request(method, "provider-sources/by-id").status_code == 422
