"""The reference server as each release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_reference import Settings, create_app
from astrbot_reference.cli import serve

from tests.reference.chat_events import events, kinds, pattern
from tests.reference.later import Later, later


@pytest.fixture(scope="module", params=releases.RELEASES[1:])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, Later]]:
    """A server of each release after the base."""
    with later(request.param) as client:
        yield request.param, client


@pytest.fixture(scope="module")
def newest() -> Iterator[Later]:
    """A server of the newest release."""
    with later(releases.NEWEST) as client:
        yield client


def test_a_release_publishes_the_operations_of_its_contract(server: tuple[str, Later]) -> None:
    """These, and no others."""
    release, client = server
    paths = client.get("openapi.json").json()["paths"]

    published = {(method.upper(), path) for path, item in paths.items() for method in item}

    assert published == {(one.method, one.path) for one in releases.contract(release).operations}


def test_a_release_says_which_it_is_and_grants_its_scopes(server: tuple[str, Later]) -> None:
    """All but the sub-scopes, where nobody names any."""
    release, client = server
    version = client.get("stats/version", headers=client.dashboard).json()["data"]["version"]

    assert version == release
    assert tuple(client.scopes) == releases.contract(release).default_scopes


def test_errors_of_later_releases_are_envelopes(server: tuple[str, Later]) -> None:
    """An undeclared method too."""
    _, client = server
    answer = client.put("bots")

    assert (answer.status_code, answer.json()) == (405, {"status": "error", "message": "Method Not Allowed"})


def test_a_release_asks_for_no_more_than_its_contract(server: tuple[str, Later]) -> None:
    """A change of the configuration names the agent runner since 4.28.2; before, there was none to name."""
    release, client = server
    required = releases.contract(release).document()["components"]["schemas"]["ConfigurationChange"].get("required", [])
    change = {name: read(client, "system-config")["config"][name] for name in ("dashboard", *required)}

    assert client.put("system-config", json=change).json()["status"] == "ok"
    alone = client.put("system-config", json={"dashboard": change["dashboard"]})
    assert alone.json()["status"] == ("error" if required else "ok")


@pytest.mark.parametrize("message", ["Hello", "Hello #think #tool", "Hello #fail", "/twice", "Hello #stopped"])
@pytest.mark.parametrize("in_pieces", [True, False])
def test_answers_come_in_an_order_of_the_contract(newest: Later, message: str, in_pieces: bool) -> None:  # noqa: FBT001
    """Each answer of a model is announced as a run; those of commands are not."""
    sent = events(newest.chat(message, f"orders-{in_pieces}", flags={"enable_streaming": in_pieces}))
    orders = releases.contract(releases.NEWEST).document()["components"]["schemas"]["ChatStream"]["x-event-orders"]
    followed = "".join(f"{kind} " for kind in kinds(sent))

    assert [order["name"] for order in orders if re.fullmatch(pattern(order["events"]), followed)], kinds(sent)
    assert ("run_started" in kinds(sent)) is not message.startswith("/")


def test_a_history_comes_in_pages(newest: Later) -> None:
    """The first is the newest; together they are all, and only the owner reads them."""
    for word in ("one", "two", "three"):
        newest.chat(word, "paged")

    pages = [read(newest, "chat/sessions/paged", page=page, page_size=4) for page in (1, 2)]

    assert [len(page["history"]) for page in pages] == [4, 2]
    assert [page["has_more"] for page in pages] == [True, False]
    assert read(newest, "chat/sessions/paged")["history"] == pages[1]["history"] + pages[0]["history"]
    newest.post("chat", json={"username": "alice", "message": "hi", "session_id": "of-alice"})
    assert newest.get("chat/sessions/of-alice").json()["message"] == "Permission denied"


def test_administrators_are_kept_apart(newest: Later) -> None:
    """Their names are for keys with `chat:admin`, their list for keys with `config:edit_admin`."""
    admin = {"X-API-Key": newest.key("chat", "chat:admin", "config", "config:edit_admin")["api_key"]}
    body = {"username": "astrbot", "message": "hello", "session_id": "of-admin"}
    config = read(newest, "system-config")["config"] | {"admins_id": ["astrbot", "alice"]}

    assert newest.post("chat", json=body).json()["message"] == "username is reserved for an AstrBot administrator"
    assert newest.put("system-config", json=config).status_code == 403
    assert newest.post("chat", json=body, headers=admin).headers["content-type"].startswith("text/event-stream")
    assert newest.put("system-config", json=config, headers=admin).json()["status"] == "ok"
    assert read(newest, "system-config")["config"]["admins_id"] == ["astrbot", "alice"]


def test_a_project_has_a_workspace(newest: Later) -> None:
    """What the agent notes in a session of the project can be listed, read and fetched."""
    project = newest.post("chat/projects", json={"title": "Trip"}).json()["data"]["project_id"]
    session = read(newest, "chat/sessions/new")["session_id"]
    newest.post(f"chat/projects/{project}/sessions/{session}")
    newest.chat("Remember the tickets #note", session)
    place = f"chat/projects/{project}/workspace"

    assert [one["path"] for one in read(newest, f"{place}/files")["entries"]] == ["notes"]
    assert read(newest, f"{place}/file", path="notes/latest.txt")["content"] == "Remember the tickets #note"
    assert newest.get(f"{place}/file/download", params={"path": "notes/latest.txt"}).text.startswith("Remember")
    assert newest.get(f"{place}/file/download", params={"path": "../keys"}).status_code == 400


def test_a_plugin_shows_views_and_keeps_where_it_came_from(newest: Later) -> None:
    """The files of a view are read with its token, without a key; the origin can be chosen anew."""
    installed = newest.post("plugins/install/git", json={"url": "https://github.com/example/dice-tower.git"}).json()
    view = read(newest, "plugins/dice_tower/views/board")

    page = newest.get(str(newest.base_url.copy_with(path=view["content_path"])), headers={"X-API-Key": ""})

    assert (installed["status"], page.status_code) == ("ok", 200)
    assert "<h1>Dice</h1>" in page.text
    assert read(newest, "plugins/dice_tower")["install_source"]["install_method"] == "repository"
    chosen = newest.post("plugins/dice_tower/source", json={"market_plugin_id": "Ada/dice-tower"}).json()
    assert chosen["data"]["install_method"] == "market"
    assert newest.put("plugins/dice_tower/log-level", json={"level": "debug"}).json()["data"] == {"log_level": "DEBUG"}
    assert read(newest, "plugins/dice_tower/config")["log_level"] == "DEBUG"


def test_an_unknown_release_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names those that there are."""
    assert serve(["--release", "4.30.0"]) == 2
    assert ", ".join(releases.RELEASES) in capsys.readouterr().err
    with pytest.raises(ValueError, match=r"4\.30\.0"):
        create_app(Settings(release="4.30.0"))


def read(client: Later, place: str, /, **query: object) -> Any:
    """The data of an answer that is none of a refusal."""
    answer = client.get(place, params=query).json()  # type: ignore[arg-type]
    assert answer["status"] == "ok", answer
    return answer["data"]
