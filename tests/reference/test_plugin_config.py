"""Configuration of plugins and the files it names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.conftest import Client
from tests.reference.plugin_samples import data, install_dice, refused

DICE = {"plugin_id": "dice_tower"}
PNG = ("one.png", b"\x89PNG", "image/png")
DEFAULTS = {
    "sides": 6,
    "loaded": False,
    "luck": 0.5,
    "greeting": "Here we go",
    "forbidden": [],
    "faces": [],
    "table": {"colour": "green", "cloth": []},
}


@pytest.fixture(autouse=True)
def dice(client: Client) -> None:
    """Every test has the plugin `dice_tower` as new."""
    install_dice(client)


def config(client: Client) -> dict[str, Any]:
    """What the items of the plugin are set to."""
    values: dict[str, Any] = data(client.keyed("plugin").get("plugins/dice_tower/config"))["config"]
    return values


def test_the_configuration_is_read_four_ways(client: Client) -> None:
    """By path and by query, as configuration and as schema, the answer is one."""
    keyed = client.keyed("plugin")

    read = [data(keyed.get(f"plugins/dice_tower/{path}")) for path in ("config", "config/schema")]
    read += [data(keyed.get(f"plugins/{path}", params=DICE)) for path in ("config", "config/schema")]

    assert read[0]["config"] == DEFAULTS
    assert read[0]["metadata"]["dice_tower"]["items"]["sides"]["default"] == 6
    assert read == [read[0]] * 4


@pytest.mark.parametrize("name", ["none", "astrbot"])
@pytest.mark.parametrize("path", ["config", "config/schema"])
def test_a_plugin_without_configuration(client: Client, path: str, name: str) -> None:
    """Configuration and items are null, for an unknown plugin too."""
    read = data(client.keyed("plugin").get(f"plugins/{name}/{path}"))

    assert (read["plugin_name"], read["metadata"], read["config"]) == (name, None, None)


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        ({"config": {"sides": 20}}, {"sides": 20}),
        ({"sides": "20", "luck": "0.25"}, {"sides": 20, "luck": 0.25}),
        ({"config": {"greeting": "Hi", "unknown": 1}}, {"greeting": "Hi"}),
        ({"sides": None, "greeting": None, "table": None}, {"sides": 0, "greeting": ""}),
        ({"config": None}, {}),
        ({}, {}),
    ],
)
def test_items_are_set(client: Client, given: dict[str, Any], changed: dict[str, Any]) -> None:
    """Absent ones stay, unknown ones are dropped, null is empty, numbers may come as text."""
    assert data(client.keyed("plugin").put("plugins/dice_tower/config", json=given)) == {}

    assert config(client) == DEFAULTS | changed


def test_absent_members_of_an_object_fall_back(client: Client) -> None:
    """The object that is given takes the place of the former one."""
    keyed = client.keyed("plugin")
    keyed.put("plugins/dice_tower/config", json={"table": {"colour": "red"}})
    assert config(client)["table"] == {"colour": "red", "cloth": []}

    keyed.put("plugins/dice_tower/config", json={"table": {"cloth": ["a.png"]}})

    assert config(client)["table"] == {"colour": "green", "cloth": ["a.png"]}


def test_items_are_set_by_body(client: Client) -> None:
    """Only what stands under `config` counts."""
    keyed = client.keyed("plugin")

    assert data(keyed.put("plugins/config", json=DICE | {"config": {"sides": 8}, "luck": 1})) == {}
    assert data(keyed.put("plugins/config", json=DICE)) == {}

    assert config(client) == DEFAULTS | {"sides": 8}


@pytest.mark.parametrize(
    "given",
    [
        {"sides": "six"},
        {"sides": 1.5},
        {"sides": True},
        {"luck": "inf"},
        {"luck": 10**400},
        {"loaded": "yes"},
        {"table": [], "sides": 2},
    ],
)
def test_wrong_types_are_refused(client: Client, given: dict[str, Any]) -> None:
    """And nothing is set."""
    assert refused(client.keyed("plugin").put("plugins/dice_tower/config", json=given), 400)

    assert config(client) == DEFAULTS


def test_what_cannot_be_configured(client: Client) -> None:
    """An unknown plugin, one without items, none at all."""
    keyed = client.keyed("plugin")

    assert refused(keyed.put("plugins/none/config", json={}), 400)
    assert refused(keyed.put("plugins/config", json={"plugin_id": "astrbot"}), 400)
    assert refused(keyed.put("plugins/config", json={"plugin_id": ""}), 400)
    assert keyed.put("plugins/config", json={}).status_code == 422
    assert keyed.put("plugins/dice_tower/config", json=[]).status_code == 422


def test_configuration_outlives_its_plugin_unless_it_is_to_go(client: Client) -> None:
    """A plugin that is installed again finds what was set."""
    keyed = client.keyed("plugin")
    keyed.put("plugins/dice_tower/config", json={"sides": 4})
    keyed.delete("plugins/dice_tower")
    keyed.post("plugins/install/github", json={"repository": "example/dice-tower"})

    assert config(client)["sides"] == 4


def test_files_are_stored_listed_and_deleted(client: Client) -> None:
    """By path; a dot leads into an object."""
    keyed = client.keyed("plugin")
    for key, path in (("faces", "files/faces/one.png"), ("table.cloth", "files/table/cloth/one.png")):
        address = f"plugins/dice_tower/config-files/{key}"
        assert data(keyed.get(address)) == {"files": []}

        assert data(keyed.post(address, files={"any": PNG})) == {"uploaded": [path], "errors": []}

        assert data(keyed.get(address)) == {"files": [path]}
        for _ in range(2):
            assert data(keyed.request("DELETE", "plugins/dice_tower/config-files", json={"path": path})) == {}
        assert data(keyed.get(address)) == {"files": []}


def test_files_are_stored_listed_and_deleted_by_query(client: Client) -> None:
    """The same with the plugin and the item in the query."""
    keyed = client.keyed("plugin")
    query = DICE | {"config_key": "faces"}

    data(keyed.post("plugins/config-files", params=query, files={"any": PNG}))

    assert data(keyed.get("plugins/config-files", params=query)) == {"files": ["files/faces/one.png"]}
    data(keyed.request("DELETE", "plugins/config-files", params=DICE, json={"path": "files/faces/one.png"}))
    assert data(keyed.get("plugins/config-files", params=query)) == {"files": []}


def test_a_file_of_another_type_is_left_out(client: Client) -> None:
    """Beside a good one it is an error among others, alone it is a refusal."""
    address = "plugins/dice_tower/config-files/faces"
    text = ("one.txt", b"one", "text/plain")
    keyed = client.keyed("plugin")

    stored = data(keyed.post(address, files={"good": PNG, "bad": text}))

    assert (stored["uploaded"], len(stored["errors"])) == (["files/faces/one.png"], 1)
    assert refused(keyed.post(address, files={"bad": text}), 400)
    assert refused(keyed.post(address, json=[]), 400)


def test_a_file_keeps_nothing_of_its_folder(client: Client) -> None:
    """Whatever a client puts before the name, the file lies with its item."""
    address = "plugins/dice_tower/config-files/faces"

    stored = data(client.keyed("plugin").post(address, files={"any": ("../../one.png", b"", "image/png")}))

    assert stored["uploaded"] == ["files/faces/one.png"]


@pytest.mark.parametrize(("plugin", "key"), [("none", "faces"), ("astrbot", "faces"), ("dice_tower", "sides")])
def test_what_takes_no_files(client: Client, plugin: str, key: str) -> None:
    """An unknown plugin, one without items, an item of another type."""
    keyed = client.keyed("plugin")
    query = {"plugin_id": plugin, "config_key": key}

    assert refused(keyed.get(f"plugins/{plugin}/config-files/{key}"), 400)
    assert refused(keyed.post(f"plugins/{plugin}/config-files/{key}", files={"any": PNG}), 400)
    assert refused(keyed.get("plugins/config-files", params=query), 400)
    assert refused(keyed.post("plugins/config-files", params=query, files={"any": PNG}), 400)


@pytest.mark.parametrize("asked", [{}, {"path": None}, {"path": "one.png"}, {"file": "files/faces/one.png"}])
def test_a_path_that_leads_elsewhere(client: Client, asked: dict[str, Any]) -> None:
    """Only what is listed can be deleted."""
    keyed = client.keyed("plugin")

    assert refused(keyed.request("DELETE", "plugins/dice_tower/config-files", json=asked), 400)
    assert refused(keyed.request("DELETE", "plugins/config-files", params=DICE, json=asked), 400)
    assert refused(keyed.delete("plugins/dice_tower/config-files"), 400)


def test_the_query_must_say_which(client: Client) -> None:
    """Without plugin or item the input has not the right form."""
    keyed = client.keyed("plugin")

    for path in ("config", "config/schema", "config-files"):
        assert keyed.get(f"plugins/{path}").status_code == 422
    assert keyed.delete("plugins/config-files").status_code == 422
    assert keyed.post("plugins/config-files", params=DICE, files={"any": PNG}).status_code == 422
