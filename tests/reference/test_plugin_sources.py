"""Lists that the plugin market is read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.reference.conftest import Client
from tests.reference.plugin_samples import data, refused

OURS = {"name": "Ours", "url": "https://example.org/plugins.json"}


@pytest.fixture(autouse=True)
def no_sources(client: Client) -> Iterator[None]:
    """Every test begins and ends without lists."""
    yield
    client.keyed("plugin").put("plugin-sources", json={})


def test_a_list_is_added_read_and_removed(client: Client) -> None:
    """It is removed by its address where it has no id."""
    keyed = client.keyed("plugin")

    assert data(keyed.post("plugin-sources", json=OURS)) == {"sources": [OURS]}
    assert data(keyed.get("plugin-sources")) == {"sources": [OURS]}
    assert data(keyed.delete("plugin-sources/by-id", params={"source_id": OURS["url"]})) == {"sources": []}
    assert data(keyed.get("plugin-sources")) == {"sources": []}


def test_a_list_is_added_as_often_as_it_comes(client: Client) -> None:
    """Null members are left out, unknown ones are kept."""
    keyed = client.keyed("plugin")
    keyed.post("plugin-sources", json=OURS)

    sources = data(keyed.post("plugin-sources", json=OURS | {"id": None, "colour": "red"}))["sources"]

    assert sources == [OURS, OURS | {"colour": "red"}]


def test_a_list_is_removed_by_what_it_is_called(client: Client) -> None:
    """By its id, else its address, else its name; an unknown name changes nothing."""
    keyed = client.keyed("plugin")
    keyed.put("plugin-sources", json={"sources": [OURS | {"id": "ours"}, {"name": "named"}, 5]})

    assert len(data(keyed.delete("plugin-sources/none"))["sources"]) == 3
    assert len(data(keyed.delete("plugin-sources/ours"))["sources"]) == 2
    assert data(keyed.delete("plugin-sources/named"))["sources"] == [5]


@pytest.mark.parametrize(("asked", "kept"), [({"sources": [OURS]}, [OURS]), ({"sources": None}, []), ({}, [])])
def test_all_lists_are_replaced(client: Client, asked: dict[str, Any], kept: list[Any]) -> None:
    """Without lists there are none afterwards."""
    client.keyed("plugin").post("plugin-sources", json={"name": "former"})

    assert data(client.keyed("plugin").put("plugin-sources", json=asked)) == {"sources": kept}


def test_what_has_not_the_right_form(client: Client) -> None:
    """A body that is no object, a wrong type, a missing id."""
    keyed = client.keyed("plugin")

    assert keyed.post("plugin-sources", json=[]).status_code == 422
    assert keyed.post("plugin-sources", json={"url": 5}).status_code == 422
    assert keyed.put("plugin-sources", json={"sources": "all"}).status_code == 422
    assert keyed.delete("plugin-sources/by-id").status_code == 422


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_another_scope_is_not_enough(client: Client, method: str) -> None:
    """Lists are the business of the scope `plugin`."""
    path = "plugin-sources" if method == "GET" else "plugin-sources/ours"

    assert refused(client.keyed("config").request(method, path), 403)
