"""Pages and routes that plugins add."""

from __future__ import annotations

import pytest

from tests.reference.conftest import Client
from tests.reference.plugin_samples import data, install_dice, refused

BOARD = {"plugin_id": "dice_tower", "page_name": "board"}


@pytest.fixture(autouse=True)
def dice(client: Client) -> None:
    """Every test has the plugin `dice_tower` as new."""
    install_dice(client)


def test_pages_are_among_the_components(client: Client) -> None:
    """By path and by query the answer is the plugin."""
    keyed = client.keyed("plugin")

    by_path = data(keyed.get("plugins/dice_tower/pages"))

    assert [part["page_name"] for part in by_path["components"] if part["type"] == "page"] == ["board"]
    assert data(keyed.get("plugins/pages", params={"plugin_id": "dice_tower"})) == by_path


def test_a_page_says_where_it_is_shown(client: Client, url: str) -> None:
    """What lies there is the page."""
    keyed = client.keyed("plugin")

    page = data(keyed.get("plugins/dice_tower/pages/board", headers={"Accept-Language": "en"}))

    assert data(keyed.get("plugins/page", params=BOARD)) == page
    assert keyed.get(url + page["content_path"]).text.startswith("<!doctype html>")


@pytest.mark.parametrize(("plugin", "page"), [("none", "board"), ("dice_tower", "none")])
def test_an_unknown_page(client: Client, plugin: str, page: str) -> None:
    """It is refused in the envelope, its files in plain text."""
    keyed = client.keyed("plugin")
    query = {"plugin_id": plugin, "page_name": page}

    assert refused(keyed.get(f"plugins/{plugin}/pages/{page}"))
    assert refused(keyed.get("plugins/page", params=query))
    for answer in (
        keyed.get(f"plugins/{plugin}/pages/{page}/assets/index.html"),
        keyed.get("plugins/page/assets", params=query | {"asset_path": "index.html"}),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


def test_an_unknown_plugin_has_no_pages(client: Client) -> None:
    """Neither by path nor by query."""
    assert refused(client.keyed("plugin").get("plugins/none/pages"))
    assert refused(client.keyed("plugin").get("plugins/pages", params={"plugin_id": "none"}))


@pytest.mark.parametrize(
    ("asset", "media_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("board.css", "text/css; charset=utf-8"),
        ("board.js", "application/javascript"),
        ("odds.json", "application/json"),
    ],
)
def test_files_of_a_page_have_their_own_type(client: Client, asset: str, media_type: str) -> None:
    """By path and by query they are the same."""
    keyed = client.keyed("plugin")

    by_path = keyed.get(f"plugins/dice_tower/pages/board/assets/{asset}", params={"theme": "blue"})

    assert (by_path.status_code, by_path.headers["content-type"]) == (200, media_type)
    assert keyed.get("plugins/page/assets", params=BOARD | {"asset_path": asset}).content == by_path.content


def test_a_file_that_is_not_there(client: Client) -> None:
    """It is refused in plain text, also where the path has slashes."""
    for asset in ("none.css", "deep/none.css"):
        assert client.keyed("plugin").get(f"plugins/dice_tower/pages/board/assets/{asset}").status_code == 404


def test_pages_of_a_plugin_that_is_off(client: Client) -> None:
    """The page is refused in the envelope, its files with 403 in plain text."""
    keyed = client.keyed("plugin")
    keyed.patch("plugins/dice_tower/enabled", json={"enabled": False})

    assert refused(keyed.get("plugins/dice_tower/pages/board"))
    assert keyed.get("plugins/dice_tower/pages/board/assets/index.html").status_code == 403


def test_the_query_must_say_which(client: Client) -> None:
    """Without plugin, page or file the input has not the right form."""
    for path in ("pages", "page", "page/assets"):
        assert client.keyed("plugin").get(f"plugins/{path}").status_code == 422


def test_the_script_of_pages_is_served(client: Client) -> None:
    """A theme that does not exist changes nothing; another scope is not enough."""
    path = "plugins/page-bridge-sdk.js"

    answer = client.keyed("plugin").get(path, params={"theme": "blue", "asset_token": "x"})

    assert answer.headers["content-type"].startswith("application/javascript")
    assert refused(client.keyed("chat").get(path), 403)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_plugin_gets_what_is_sent_to_its_route(client: Client, method: str) -> None:
    """JSON arrives; no body and what is no JSON arrive as nothing."""
    keyed = client.keyed("plugin")
    path = "plugins/extensions/dice_tower/echo"
    echo = {"status": "ok", "method": method, "plugin": "dice_tower"}

    assert keyed.request(method, path, json={"a": 1}).json() == echo | {"json": {"a": 1}}
    assert keyed.request(method, path).json() == echo | {"json": None}
    json = {"Content-Type": "application/json"}
    assert keyed.request(method, path, content=b"{", headers=json).json() == echo | {"json": None}


@pytest.mark.parametrize(
    ("route", "status", "answer"),
    [
        ("faces", 200, {"faces": [1, 2, 3, 4, 5, 6]}),
        ("greeting", 200, "Here we go"),
        ("nothing", 200, None),
        ("thrown", 201, {"id": 7}),
        ("lost", 404, {"status": "error", "message": "The die is lost", "data": None}),
    ],
)
def test_a_route_answers_as_its_plugin_wants(client: Client, route: str, status: int, answer: object) -> None:
    """Status and body are its own, even while the plugin is off."""
    keyed = client.keyed("plugin")
    keyed.patch("plugins/dice_tower/enabled", json={"enabled": False})

    given = keyed.get(f"plugins/extensions/dice_tower/{route}")

    assert (given.status_code, given.json()) == (status, answer)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_no_plugin_has_such_a_route(client: Client, method: str) -> None:
    """It is refused in the envelope; an unknown method of a known route too."""
    keyed = client.keyed("plugin")

    assert refused(keyed.request(method, "plugins/extensions/none"))
    assert refused(keyed.request("POST", "plugins/extensions/dice_tower/faces"))
