"""Installed plugins, those that failed to load, and the market."""

from __future__ import annotations

import pytest

from tests.reference.conftest import Client
from tests.reference.plugin_samples import archive, data, install_dice, refused, upload


def test_a_fresh_server_has_the_plugins_of_astrbot(client: Client) -> None:
    """Both are reserved and on."""
    listed = data(client.keyed("plugin").get("plugins"))

    assert [(plugin["name"], plugin["reserved"], plugin["activated"]) for plugin in listed[:2]] == [
        ("astrbot", True, True),
        ("builtin_commands", True, True),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [({"name": "astrbot"}, ["astrbot"]), ({"plugin_id": "astrbot"}, ["astrbot"]), ({"name": "conform"}, [])],
)
def test_the_list_is_filtered_by_name(client: Client, query: dict[str, str], names: list[str]) -> None:
    """Only an exact name counts."""
    listed = data(client.keyed("plugin").get("plugins", params=query))

    assert [plugin["name"] for plugin in listed] == names


def test_a_plugin_is_read_both_ways(client: Client) -> None:
    """By path and by query it is the same, with what it brings."""
    install_dice(client)
    keyed = client.keyed("plugin")

    by_path = data(keyed.get("plugins/dice_tower"))

    assert {component["type"] for component in by_path["components"]} == {"page", "command", "llm_tool"}
    assert data(keyed.get("plugins/by-id", params={"plugin_id": "dice_tower"})) == by_path


@pytest.mark.parametrize("path", ["", "/readme", "/changelog"])
def test_nothing_is_read_of_an_unknown_plugin(client: Client, path: str) -> None:
    """Neither by path nor by query."""
    keyed = client.keyed("plugin")

    assert refused(keyed.get(f"plugins/none{path}"))
    assert refused(keyed.get(f"plugins{path or '/by-id'}", params={"plugin_id": "none"}))


@pytest.mark.parametrize("path", ["by-id", "readme", "changelog"])
def test_the_query_must_say_which(client: Client, path: str) -> None:
    """Without `plugin_id` the input has not the right form."""
    assert client.keyed("plugin").get(f"plugins/{path}").status_code == 422


def test_introduction_and_changelog_are_read_both_ways(client: Client) -> None:
    """Their text comes as it is in the plugin."""
    install_dice(client)
    keyed = client.keyed("plugin")

    for text, starts in (("readme", "# Dice Tower"), ("changelog", "## 1.2.0")):
        by_path = data(keyed.get(f"plugins/dice_tower/{text}"))
        assert by_path["content"].startswith(starts)
        assert data(keyed.get(f"plugins/{text}", params={"plugin_id": "dice_tower"})) == by_path


def test_a_plugin_without_texts(client: Client) -> None:
    """No introduction is a refusal, no changelog is null."""
    keyed = client.keyed("plugin")

    assert refused(keyed.get("plugins/astrbot/readme"))
    assert data(keyed.get("plugins/astrbot/changelog")) == {"content": None}


def test_a_plugin_is_switched_both_ways(client: Client) -> None:
    """What was switched off reads so, until it is switched on."""
    install_dice(client)
    keyed = client.keyed("plugin")

    assert data(keyed.patch("plugins/dice_tower/enabled", json={"enabled": False})) == {}
    assert data(keyed.get("plugins/dice_tower"))["activated"] is False
    assert data(keyed.patch("plugins/enabled", json={"plugin_id": "dice_tower", "enabled": True})) == {}
    assert data(keyed.get("plugins/dice_tower"))["activated"] is True


def test_what_cannot_be_switched(client: Client) -> None:
    """An unknown plugin is refused; a switch without position has not the right form."""
    keyed = client.keyed("plugin")

    assert refused(keyed.patch("plugins/none/enabled", json={"enabled": True}))
    assert refused(keyed.patch("plugins/enabled", json={"plugin_id": "none", "enabled": True}))
    assert keyed.patch("plugins/astrbot/enabled", json={}).status_code == 422
    assert keyed.patch("plugins/enabled", json={"plugin_id": "astrbot"}).status_code == 422


def test_a_plugin_is_loaded_again_both_ways(client: Client) -> None:
    """An unknown one is refused, so that nothing else is stopped."""
    keyed = client.keyed("plugin")

    assert data(keyed.post("plugins/astrbot/reload")) == {}
    assert data(keyed.post("plugins/reload", json={"plugin_id": "astrbot"})) == {}
    assert refused(keyed.post("plugins/none/reload"))
    assert refused(keyed.post("plugins/reload", json={"plugin_id": "none"}))


def test_a_plugin_is_removed_both_ways(client: Client) -> None:
    """It is gone from the list, and a name in the body saves it not."""
    keyed = client.keyed("plugin")
    for path, query in (("plugins/dice_tower", {}), ("plugins/by-id", {"plugin_id": "dice_tower"})):
        install_dice(client)

        assert data(keyed.request("DELETE", path, params=query, json={"name": "astrbot"})) == {}

        names = [plugin["name"] for plugin in data(keyed.get("plugins"))]
        assert "astrbot" in names
        assert "dice_tower" not in names


@pytest.mark.parametrize("name", ["none", "astrbot"])
def test_what_cannot_be_removed(client: Client, name: str) -> None:
    """Neither an unknown plugin nor one that comes with AstrBot."""
    keyed = client.keyed("plugin")

    assert refused(keyed.delete(f"plugins/{name}"))
    assert refused(keyed.delete("plugins/by-id", params={"plugin_id": name}))


def test_a_failed_plugin_is_listed_and_removed(client: Client) -> None:
    """It is told of in the message of the list of plugins too."""
    keyed = client.keyed("plugin")
    assert refused(upload(client, "too_new", archive("too_new", metadata="astrbot_version: '>=99'")))

    failed = data(keyed.get("plugins/failed"))

    assert failed["plugin_upload_too_new"]["author"] == "Ada"
    assert "plugin_upload_too_new" in keyed.get("plugins").json()["message"]
    assert data(keyed.delete("plugins/failed/plugin_upload_too_new")) == {}
    assert "plugin_upload_too_new" not in data(keyed.get("plugins/failed"))
    assert refused(keyed.delete("plugins/failed/plugin_upload_too_new"))


def test_a_failed_plugin_loads_once_what_it_needs_is_there(client: Client) -> None:
    """Until then it fails again and again."""
    keyed = client.keyed("plugin")
    keyed.delete("plugins/dice_tower")
    assert refused(keyed.post("plugins/install/github", json={"repository": "example/dice-league"}))
    assert refused(keyed.post("plugins/failed/dice_league/reload"))
    install_dice(client)

    assert data(keyed.post("plugins/failed/dice_league/reload")) == {}

    assert data(keyed.get("plugins/dice_league"))["author"] == "Bo"
    assert refused(keyed.post("plugins/failed/dice_league/reload"))


def test_the_market_is_what_the_registry_holds(client: Client) -> None:
    """By name, or as another registry gives it; no other address is asked."""
    keyed = client.keyed("plugin")

    assert "dice_tower" in data(keyed.get("plugins/market"))
    other = {"custom_registry": "https://plugins.example.org/list.json", "force_refresh": "true"}
    assert {"name": "dice_tower"} in data(keyed.get("plugins/market", params=other))
    assert refused(keyed.get("plugins/market", params={"custom_registry": "http://127.0.0.1:1/none.json"}))


def test_the_market_has_no_categories(client: Client) -> None:
    """And they need the scope all the same."""
    assert data(client.keyed("plugin").get("plugins/market/categories")) == {"categories": []}
    assert refused(client.keyed("chat").get("plugins/market/categories"), 403)


@pytest.mark.parametrize(
    ("asked", "supported"),
    [({}, True), ({"astrbot_version": None}, True), ({"astrbot_version": ">=4.16,<5"}, True)]
    + [({"astrbot_version": wanted}, False) for wanted in (">=99", "bad", ">=" + "9" * 9999)],
)
def test_a_range_of_versions_is_judged(client: Client, asked: dict[str, str | None], supported: bool) -> None:  # noqa: FBT001
    """A text that is no range is not supported, which is no error."""
    judged = data(client.keyed("plugin").post("plugins/version-support/check", json=asked))

    assert judged["supported"] is supported
    assert (judged["message"] is None) is supported


def test_a_range_of_versions_is_a_text(client: Client) -> None:
    """A number has not the right form."""
    answer = client.keyed("plugin").post("plugins/version-support/check", json={"astrbot_version": 4})

    assert answer.status_code == 422
