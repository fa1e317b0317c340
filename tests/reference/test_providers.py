"""Providers on the reference server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.reference.conftest import Client

CHAT = {"type": "openai_chat_completion", "provider_type": "chat_completion"}


@pytest.fixture
def api(client: Client) -> Client:
    """A client with a key of the scope `provider`."""
    return client.keyed("provider")


@pytest.fixture
def provider(api: Client) -> Iterator[str]:
    """The id of a provider that takes its type from a source; both are gone after the test."""
    api.post("provider-sources", json={"id": "acme", "key": ["k"], **CHAT}).raise_for_status()
    api.post("providers", json={"id": "talk", "model": "echo-large", "provider_source_id": "acme"}).raise_for_status()
    yield "talk"
    api.delete("providers/talk")
    api.delete("provider-sources/acme")


def stored(api: Client, provider_id: str) -> Any:
    """A provider as it is stored."""
    return api.get(f"providers/{provider_id}").json()["data"]["provider"]


def ids(api: Client, **wishes: str) -> list[str]:
    """The ids in a list."""
    return [found["id"] for found in api.get("providers", params=wishes).json()["data"]["providers"]]


def test_a_provider_takes_from_its_source(api: Client, provider: str) -> None:
    """Lists show what it takes, a single one only when asked."""
    own = {"id": provider, "model": "echo-large", "provider_source_id": "acme", "enable": True}
    listed = api.get("providers").json()["data"]["providers"]
    merged = api.get("providers/by-id", params={"provider_id": provider, "merged": "true"}).json()["data"]["provider"]

    assert listed == [own | CHAT | {"key": ["k"]}]
    assert merged == listed[0]
    assert (
        stored(api, provider) == api.get("providers/by-id", params={"provider_id": provider}).json()["data"]["provider"]
    )
    assert stored(api, provider) == own


def test_lists_are_filtered(api: Client, provider: str) -> None:
    """By capability in either spelling, by source, and by whether it can be used."""
    assert ids(api, capability="chat") == ids(api, capability="chat_completion") == [provider]
    assert ids(api, source_id="acme", enabled="true") == ids(api) == [provider]
    assert ids(api, capability="bogus") == ids(api, source_id="none") == ids(api, enabled="false") == []
    assert api.get("providers", params={"enabled": "maybe"}).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"id": "p", "model": "m", "enabled": False, "capability": "tts"},
        {"id": "p", "config": {"model": "m"}, "enable": False, "capability": "tts"},
        {"config": {"id": "p", "model": "m", "enable": False, "provider_type": "text_to_speech"}, "source_id": "x"},
    ],
)
def test_a_provider_is_created_flat_or_wrapped(api: Client, body: dict[str, object]) -> None:
    """Both ways store the same, and once deleted it is gone from list and form alike."""
    api.post("providers", json=body).raise_for_status()
    shown = stored(api, "p")
    api.delete("providers/by-id", params={"provider_id": "p"}).raise_for_status()

    assert shown == {"id": "p", "model": "m", "enable": False, "provider_type": "text_to_speech"}
    assert ids(api) == api.get("providers/schema").json()["data"]["providers"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "talk", "enabled": False}, 400),
        ({"enabled": False}, 400),
        ({"provider_id": "x", "config": {"model": "m"}, "enabled": False}, 400),
        ({"id": "no-type"}, 400),
        ([], 422),
    ],
)
def test_a_provider_without_id_or_type_or_twice_is_refused(
    api: Client, provider: str, body: object, status: int
) -> None:
    """Nothing is stored of what is refused."""
    assert api.post("providers", json=body).status_code == status
    assert ids(api) == [provider]


def test_a_replacement_can_rename(api: Client, provider: str) -> None:
    """What is left out is gone, and the former id is free."""
    api.put(f"providers/{provider}", json={"id": "speak", "enabled": False}).raise_for_status()
    renamed = stored(api, "speak")
    api.put("providers/by-id", json={"provider_id": "speak", "id": provider, **CHAT}).raise_for_status()

    assert renamed == {"id": "speak", "enable": False}
    assert stored(api, provider) == {"id": provider, "enable": True, **CHAT}
    assert api.get("providers/speak").status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("providers/nobody", {"enabled": False}),
        ("providers/talk", {"model": "no type"}),
        ("providers/by-id", {"enabled": False}),
        ("providers/by-id", {"provider_id": "nobody", "enabled": False}),
    ],
)
def test_a_replacement_that_makes_no_sense_is_refused(api: Client, provider: str, path: str, body: object) -> None:
    """There must be such a provider, and one in use needs a type."""
    assert api.put(path, json=body).status_code == 400
    assert stored(api, provider)["model"] == "echo-large"


def test_an_id_that_is_taken_is_refused(api: Client, provider: str) -> None:
    """A provider cannot be renamed onto another."""
    api.post("providers", json={"id": "second", "enabled": False}).raise_for_status()

    assert api.put("providers/second", json={"id": provider, "enabled": False}).status_code == 400
    assert ids(api) == [provider, "second"]
    api.delete("providers/second").raise_for_status()


def test_a_provider_is_switched_off_and_on(api: Client, provider: str) -> None:
    """Left out, `enabled` is false."""
    api.patch("providers/enabled", json={"provider_id": provider}).raise_for_status()
    off = stored(api, provider)["enable"]
    api.patch(f"providers/{provider}/enabled", json={"enabled": True}).raise_for_status()

    assert (off, stored(api, provider)["enable"]) == (False, True)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("providers/nobody/enabled", {"enabled": True}, 400),
        ("providers/talk/enabled", {}, 422),
        ("providers/enabled", {"enabled": True}, 400),
        ("providers/enabled", {"provider_id": "nobody"}, 400),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused(
    api: Client, provider: str, path: str, body: object, status: int
) -> None:
    """There must be such a provider, and the way by path needs `enabled`."""
    assert api.patch(path, json=body).status_code == status


def test_a_model_is_tried(api: Client, provider: str) -> None:
    """Those of the catalogue answer, others do not; both are good answers."""
    good = api.post(f"providers/{provider}/test").json()["data"]
    api.put(f"providers/{provider}", json={"model": "unheard-of", "provider_source_id": "acme"}).raise_for_status()
    bad = api.post("providers/test", json={"provider_id": provider}).json()["data"]

    assert (good["status"], good["error"], good["model"]) == ("available", None, "echo-large")
    assert bad["status"] == "unavailable"
    assert bad["error"]


def test_only_what_can_be_used_is_tried(api: Client, provider: str) -> None:
    """A disabled provider is rejected like a nonexistent one."""
    api.patch("providers/enabled", json={"provider_id": provider}).raise_for_status()

    assert api.post(f"providers/{provider}/test").status_code == 400
    assert api.post("providers/test", json={"provider_id": "nobody"}).status_code == 400
    assert api.post("providers/test", json={}).status_code == 400


def test_an_embedding_model_has_a_dimension(api: Client) -> None:
    """The stored configuration counts, unless another is given to try."""
    embedding = {"id": "passages", "type": "openai_embedding", "embedding_model": "embed-small"}
    api.post("providers", json={**embedding, "enabled": False}).raise_for_status()
    tried = {"provider_config": embedding | {"embedding_model": "embed-large"}}

    dimensions = [
        api.post("providers/passages/embedding-dimension").json()["data"]["embedding_dimensions"],
        api.post("providers/passages/embedding-dimension", json=tried).json()["data"]["embedding_dimensions"],
        api.post("providers/embedding-dimension", json={"provider_id": "passages"}).json()["data"][
            "embedding_dimensions"
        ],
    ]
    api.delete("providers/passages").raise_for_status()

    assert dimensions == [384, 1024, 384]


@pytest.mark.parametrize(
    "body",
    [
        {"provider_id": "talk"},
        {"provider_id": "nobody"},
        {},
        {"provider_id": "talk", "provider_config": {}},
        {"provider_id": "talk", "provider_config": {"type": "openai_embedding", "embedding_model": "unheard-of"}},
    ],
)
def test_other_models_have_no_dimension(api: Client, provider: str, body: dict[str, object]) -> None:
    """Neither chat models nor those that do not answer."""
    assert api.post("providers/embedding-dimension", json=body).status_code == 400


def test_a_path_says_which_model_has_no_dimension(api: Client, provider: str) -> None:
    """The two ways refuse alike."""
    assert api.post(f"providers/{provider}/embedding-dimension", json={}).status_code == 400


def test_the_form_shows_what_is_stored(api: Client, provider: str) -> None:
    """Providers and sources stand beside the form, neither merged."""
    shown = api.get("providers/schema").json()["data"]

    assert shown["config_schema"]["provider"]["config_template"]
    assert shown["providers"] == [stored(api, provider)]
    assert [source["id"] for source in shown["provider_sources"]] == ["acme"]


def test_an_unknown_provider_is_deleted_in_peace(api: Client) -> None:
    """To read it is refused, to delete it is not; a query must say which."""
    assert api.get("providers/a%2Fb").status_code == 400
    assert api.delete("providers/a%2Fb").status_code == 200
    assert api.get("providers/by-id").status_code == 422
    assert api.delete("providers/by-id").status_code == 422


def test_the_form_is_for_keys_of_the_scope(client: Client) -> None:
    """A key without the scope `provider` reads neither form nor list."""
    assert [client.keyed("bot").get(path).status_code for path in ("providers/schema", "providers")] == [403, 403]
