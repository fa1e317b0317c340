"""Configuration profiles and routes on the reference server."""

from __future__ import annotations

import pytest

from tests.reference.conftest import Client

TO_ROUTE = "telegram-1:GroupMessage:42"


@pytest.fixture(scope="module")
def config(client: Client) -> Client:
    """A client that may configure."""
    return client.keyed("config")


def created(client: Client, **wanted: object) -> str:
    """The id of a new profile."""
    id: str = client.post("config-profiles", json=wanted).json()["data"]["conf_id"]
    return id


def names(config: Client) -> dict[str, str]:
    """The names of all profiles, by id."""
    return {one["id"]: one["name"] for one in config.get("config-profiles").json()["data"]["info_list"]}


def test_a_profile_is_created_listed_and_deleted(config: Client) -> None:
    """What was created is in both lists until it is deleted."""
    id = created(config, name="night shift")

    assert names(config)[id] == "night shift"
    listed = {one["id"]: one["is_default"] for one in config.get("configs").json()["data"]["configs"]}
    assert listed == {"default": True, id: False} | {one: False for one in listed if one not in {"default", id}}

    assert config.delete(f"config-profiles/{id}").status_code == 200
    assert id not in names(config)
    assert config.delete(f"config-profiles/{id}").status_code == 400


def test_two_profiles_may_have_one_name(config: Client) -> None:
    """A name need not be unique, and where none is given the server chooses one."""
    assert created(config, name="twin") != created(config, name="twin")
    nameless = created(config)
    assert names(config)[nameless]


def test_a_profile_starts_from_a_whole_configuration_or_none(config: Client) -> None:
    """A whole configuration is taken as it is; part of one is refused, and no profile is left behind."""
    whole = config.get("config-profiles/default").json()["data"]["config"]
    id = created(config, name="copy", config=whole | {"timezone": "Europe/Lisbon"})
    before = names(config)

    refused = config.post("config-profiles", json={"name": "half", "config": {"t2i": True}})

    assert config.get(f"config-profiles/{id}").json()["data"]["config"]["timezone"] == "Europe/Lisbon"
    assert refused.status_code == 400
    assert names(config) == before


def test_what_is_left_out_of_a_change_stays(config: Client) -> None:
    """Given members replace the stored ones as a whole, the others stay, unknown ones are kept."""
    id = created(config)
    before = config.get(f"config-profiles/{id}").json()["data"]["config"]
    change = {"wake_prefix": ["!"], "platform_settings": {"reply_prefix": "> "}, "a member of our own": 1}

    assert config.put(f"config-profiles/{id}", json=change).status_code == 200

    assert config.get(f"config-profiles/{id}").json()["data"]["config"] == before | change


@pytest.mark.parametrize("change", [{"t2i": "x"}, {"wake_prefix": "x"}, {"provider_settings": {"enable": "x"}}])
def test_a_value_of_the_wrong_type_is_refused(config: Client, change: dict[str, object]) -> None:
    """The service finds it: 400, and nothing changes."""
    id = created(config)
    before = config.get(f"config-profiles/{id}").json()

    assert config.put(f"config-profiles/{id}", json=change).status_code == 400

    assert config.get(f"config-profiles/{id}").json() == before


def test_a_body_that_is_no_object_is_refused(config: Client) -> None:
    """The schema finds it: 422."""
    assert config.put("config-profiles/default", json=[]).status_code == 422
    assert config.post("config-profiles", json=[]).status_code == 422
    assert config.post("config-profiles", json={"name": 5}).status_code == 422


def test_a_profile_is_renamed(config: Client) -> None:
    """Null and nothing change nothing; an empty name is one."""
    id = created(config, name="before")

    for change, expected in (
        ({"name": None}, "before"),
        ({}, "before"),
        ({"name": "after"}, "after"),
        ({"name": ""}, ""),
    ):
        assert config.patch(f"config-profiles/{id}", json=change).status_code == 200
        assert names(config)[id] == expected


def test_the_default_profile_keeps_its_name_and_place(config: Client) -> None:
    """It can be neither renamed nor deleted."""
    assert config.patch("config-profiles/default", json={"name": "other"}).status_code == 400
    assert config.delete("config-profiles/default").status_code == 400
    assert names(config)["default"] == "default"


def test_an_unknown_profile_is_refused(config: Client) -> None:
    """Reading, changing and renaming need a profile that is there."""
    assert config.get("config-profiles/none").status_code == 400
    assert config.put("config-profiles/none", json={}).status_code == 400
    assert config.patch("config-profiles/none", json={}).status_code == 400


def test_the_form_comes_with_the_default_profile(config: Client) -> None:
    """The schema is the form around the default profile."""
    assert config.get("config-profiles/schema").json() == config.get("config-profiles/default").json()


def test_routes_are_set_listed_and_deleted(config: Client) -> None:
    """A route leads where it was set; the profile need not exist; deleting what is gone is no mistake."""
    assert config.put(f"config-routes/{TO_ROUTE}", json={"config_id": "none"}).status_code == 200
    assert config.get("config-routes").json()["data"]["routing"][TO_ROUTE] == "none"

    for _ in range(2):
        assert config.delete(f"config-routes/{TO_ROUTE}").status_code == 200
    assert TO_ROUTE not in config.get("config-routes").json()["data"]["routing"]


def test_all_routes_are_replaced_at_once(config: Client) -> None:
    """What is left out is gone."""
    config.put(f"config-routes/{TO_ROUTE}", json={"config_id": "none"})

    assert config.put("config-routes", json={"routing": {"a:b:c": "default"}}).status_code == 200
    assert config.get("config-routes").json()["data"]["routing"] == {"a:b:c": "default"}

    assert config.put("config-routes", json={"routing": {}}).status_code == 200
    assert config.get("config-routes").json()["data"]["routing"] == {}


def test_a_route_names_its_sessions_in_three_parts(config: Client) -> None:
    """Anything else is refused by the service with 400, an empty profile id by the schema with 422."""
    assert config.put("config-routes/a:b", json={"config_id": "default"}).status_code == 400
    assert config.put("config-routes", json={"routing": {"a:b": "default"}}).status_code == 400
    assert config.put("config-routes/a:b:c", json={"config_id": ""}).status_code == 422
    assert config.put("config-routes", json={}).status_code in {400, 422}


def test_only_config_opens_profiles(client: Client) -> None:
    """What `config` implies does not open it."""
    assert client.keyed("bot", "provider").get("config-profiles").status_code == 403
