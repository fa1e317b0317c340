"""Templates on the reference server."""

from __future__ import annotations

import pytest

from tests.reference.conftest import Client

TEXT = "<p>{{ text }}</p>"


@pytest.fixture(scope="module")
def config(client: Client) -> Client:
    """A client that may configure."""
    return client.keyed("config")


def names(config: Client) -> list[str]:
    """The names of all templates."""
    return [one["name"] for one in config.get("t2i/templates").json()["data"]]


def test_a_template_is_created_read_changed_and_deleted(config: Client) -> None:
    """201 the first time, 409 the second, 404 once it is gone."""
    first = config.post("t2i/templates", json={"name": "plain", "content": TEXT})
    assert (first.status_code, first.json()["data"]) == (201, {"name": "plain"})
    assert config.post("t2i/templates", json={"name": "plain", "content": TEXT}).status_code == 409
    assert config.get("t2i/templates/plain").json()["data"] == {"name": "plain", "content": TEXT}

    assert config.put("t2i/templates/plain", json={"content": "", "name": "ignored"}).status_code == 200
    assert config.get("t2i/templates/plain").json()["data"]["content"] == ""
    assert "plain" in names(config)

    assert config.delete("t2i/templates/plain").status_code == 200
    assert "plain" not in names(config)
    assert config.get("t2i/templates/plain").status_code == 404
    assert config.delete("t2i/templates/plain").status_code == 404


def test_replacing_an_unknown_template_makes_it(config: Client) -> None:
    """PUT creates."""
    assert config.put("t2i/templates/new", json={"content": TEXT}).status_code == 200
    assert "new" in names(config)


@pytest.mark.parametrize(
    "body",
    [{}, {"name": "x"}, {"name": "x", "content": ""}, {"name": "", "content": TEXT}, {"name": None, "content": TEXT}],
)
def test_a_template_needs_name_and_text(config: Client, body: dict[str, object]) -> None:
    """The service finds it: 400."""
    assert config.post("t2i/templates", json=body).status_code == 400


@pytest.mark.parametrize("name", ["a/b", "a\\b", "..", "a..b"])
def test_a_name_cannot_be_a_path(config: Client, name: str) -> None:
    """400, and no template is made."""
    before = names(config)

    assert config.post("t2i/templates", json={"name": name, "content": TEXT}).status_code == 400

    assert names(config) == before


def test_a_path_cannot_be_asked_for(config: Client) -> None:
    """A slash in the path of the request is part of the name, and refused with 400."""
    assert config.get("t2i/templates/a%2Fb").status_code == 400
    assert config.put("t2i/templates/a%2Fb", json={"content": TEXT}).status_code == 400
    assert config.delete("t2i/templates/a%2Fb").status_code == 400


def test_a_replacement_needs_a_text(config: Client) -> None:
    """Absent or null: 400; of another type: 422."""
    for body, status in (({}, 400), ({"content": None}, 400)):
        assert config.put("t2i/templates/new", json=body).status_code == status
    assert config.put("t2i/templates/new", json=[]).status_code == 422


def test_a_template_is_put_in_use(config: Client) -> None:
    """It is in use until it is deleted; then base takes its place, in every profile."""
    profile = config.post("config-profiles", json={}).json()["data"]["conf_id"]
    config.put("t2i/templates/poster", json={"content": TEXT})
    assert config.put("t2i/templates/active", json={"name": "poster"}).status_code == 200
    assert config.get("t2i/templates/active").json()["data"] == {"active_template": "poster"}
    assert config.get(f"config-profiles/{profile}").json()["data"]["config"]["t2i_active_template"] == "poster"

    config.delete("t2i/templates/poster")
    assert config.get("t2i/templates/active").json()["data"] == {"active_template": "base"}
    assert config.get(f"config-profiles/{profile}").json()["data"]["config"]["t2i_active_template"] == "base"


def test_only_a_template_that_is_there_is_put_in_use(config: Client) -> None:
    """Unknown: 404; empty: 400; not an object: 422."""
    assert config.put("t2i/templates/active", json={"name": "none"}).status_code == 404
    assert config.put("t2i/templates/active", json={"name": ""}).status_code == 400
    assert config.put("t2i/templates/active", json=[]).status_code == 422


def test_base_comes_back_to_how_it_came(config: Client) -> None:
    """It can be changed, not deleted; a reset also puts it in use."""
    original = config.get("t2i/templates/base").json()
    config.put("t2i/templates/base", json={"content": "changed"})
    config.put("t2i/templates/other", json={"content": TEXT})
    config.put("t2i/templates/active", json={"name": "other"})
    assert config.delete("t2i/templates/base").status_code == 400

    assert config.post("t2i/templates/default/reset").status_code == 200

    assert config.get("t2i/templates/base").json() == original
    assert config.get("t2i/templates/active").json()["data"] == {"active_template": "base"}


def test_only_config_opens_templates(client: Client) -> None:
    """What `config` implies does not open them."""
    weak = client.keyed("bot", "provider")
    assert weak.get("t2i/templates").status_code == 403
    assert weak.post("t2i/templates/default/reset").status_code == 403
