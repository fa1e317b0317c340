"""Plugins installed and updated."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.conftest import Client
from tests.reference.plugin_samples import DICE, DICE_ARCHIVE, archive, data, refused, upload


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("github", {"repository": "example/dice-tower"}),
        ("github", {"repository": DICE, "download_url": DICE_ARCHIVE}),
        ("github", {"url": DICE}),
        ("url", {"url": DICE}),
        ("url", {"repository": DICE, "ignore_version_check": True}),
    ],
)
def test_a_plugin_is_installed_by_its_address(client: Client, path: str, asked: dict[str, Any]) -> None:
    """It is there afterwards, and cannot be installed twice."""
    keyed = client.keyed("plugin")
    keyed.delete("plugins/dice_tower")

    installed = data(keyed.post(f"plugins/install/{path}", json=asked))

    assert (installed["name"], installed["repo"]) == ("dice_tower", DICE)
    assert data(keyed.get("plugins/dice_tower"))["version"] == "1.2.0"
    assert refused(keyed.post(f"plugins/install/{path}", json=asked))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("github", {}),
        ("github", {"repository": None}),
        ("github", {"repository": "https://example.org/dice"}),
        ("github", {"repository": "example/unknown"}),
        ("url", {}),
        ("url", {"url": "example/dice-tower"}),
        ("url", {"url": DICE_ARCHIVE}),
        ("url", {"download_url": DICE_ARCHIVE}),
    ],
)
def test_an_address_that_leads_nowhere(client: Client, path: str, asked: dict[str, Any]) -> None:
    """It is refused in the envelope."""
    assert refused(client.keyed("plugin").post(f"plugins/install/{path}", json=asked))


def test_nothing_is_installed_from_nothing(client: Client) -> None:
    """The address may be left out as far as the form goes, GitHub's may not."""
    assert refused(client.keyed("plugin").post("plugins/install/url"))
    assert client.keyed("plugin").post("plugins/install/github").status_code == 422
    assert client.keyed("plugin").post("plugins/install/github", json=[]).status_code == 422


def test_an_archive_is_installed(client: Client) -> None:
    """What is in it is read back; what it does not say is null."""
    content = archive("lamp", extra={"README.md": "# Lamp", "pages/room/index.html": "<h1>Room</h1>"})

    assert data(upload(client, "lamp", content)) == {"repo": None, "readme": "# Lamp", "name": "lamp"}

    (listed,) = data(client.keyed("plugin").get("plugins", params={"name": "lamp"}))
    assert (listed["version"], listed["pages"], listed["display_name"]) == ("1.0.0", ["room"], None)


def test_an_archive_for_another_release(client: Client) -> None:
    """It is installed only if the version is not checked."""
    content = archive("later", metadata="astrbot_version: '>=99'")
    assert refused(upload(client, "later", content))
    assert refused(upload(client, "later", content, ignore_version_check="true"))
    client.keyed("plugin").delete("plugins/failed/plugin_upload_later")

    assert data(upload(client, "later", content, ignore_version_check="true"))["name"] == "later"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken", b"no zip archive"),
        ("empty", b"PK\x05\x06" + bytes(18)),
        ("not-a-module", archive("not-a-module")),
        ("garbled", archive("garbled", metadata="repo: [")),
        ("unconfigurable", archive("unconfigurable", extra={"_conf_schema.json": '{"place": {}}'})),
    ],
)
def test_an_archive_that_cannot_be_loaded(client: Client, name: str, content: bytes) -> None:
    """It is refused and kept as failed."""
    assert refused(upload(client, name, content))
    assert data(client.keyed("plugin").get("plugins/failed"))[f"plugin_upload_{name}"]["error"]


def test_an_upload_without_archive(client: Client) -> None:
    """JSON, an empty form and another part are refused alike."""
    keyed = client.keyed("plugin")

    assert refused(keyed.post("plugins/install/upload", json=[]))
    assert refused(keyed.post("plugins/install/upload", data={"ignore_version_check": "true"}))
    assert refused(keyed.post("plugins/install/upload", files={"other": ("a.zip", archive("other"))}))


def test_a_plugin_is_updated(client: Client) -> None:
    """By path or in the body, from its repository or the address given."""
    keyed = client.keyed("plugin")
    for path, asked in (
        ("plugins/dice_tower/update", None),
        ("plugins/dice_tower/update", {"download_url": DICE_ARCHIVE, "name": "astrbot"}),
        ("plugins/update", {"plugin_id": "dice_tower", "download_url": DICE_ARCHIVE}),
    ):
        keyed.delete("plugins/dice_tower")
        data(upload(client, "dice_tower", archive("dice_tower", metadata=f"repo: {DICE}")))

        assert data(keyed.post(path, json=asked)) == {}

        assert data(keyed.get("plugins/dice_tower"))["version"] == "1.2.0"


def test_many_plugins_are_updated_one_by_one(client: Client) -> None:
    """Each has its result, and the answer is good even when none could be updated."""
    keyed = client.keyed("plugin")
    keyed.post("plugins/install/github", json={"repository": DICE})
    asked = {"names": ["dice_tower", "none"], "download_urls": {"dice_tower": DICE_ARCHIVE}}

    both = data(keyed.post("plugins/update", json=asked))
    neither = data(keyed.post("plugins/update", json={"plugin_ids": ["none"]}))

    assert {result["name"]: result["status"] for result in both["results"]} == {"dice_tower": "ok", "none": "error"}
    assert [result["status"] for result in neither["results"]] == ["error"]


def test_what_cannot_be_updated(client: Client) -> None:
    """An unknown plugin, one without repository, one from a wrong address, none at all."""
    keyed = client.keyed("plugin")

    assert refused(keyed.post("plugins/none/update"))
    assert refused(keyed.post("plugins/astrbot/update"))
    assert refused(keyed.post("plugins/astrbot/update", json={"download_url": DICE_ARCHIVE}))
    assert refused(keyed.post("plugins/update", json={}))
    assert refused(keyed.post("plugins/update", json={"names": []}))
    assert keyed.post("plugins/update", json=[]).status_code == 422
