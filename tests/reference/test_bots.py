"""Bots on the reference server."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.reference.conftest import Client


@pytest.fixture
def bots(client: Client) -> Client:
    """A client with a key of the scope `bot`."""
    return client.keyed("bot")


def stored(bots: Client, bot_id: str) -> Any:
    """A bot as the server shows it."""
    return bots.get(f"bots/{quote(bot_id, safe='')}").json()["data"]["bot"]


@pytest.fixture
def bot(bots: Client) -> Any:
    """The id of a bot that does not run, gone after the test."""
    bots.post("bots", json={"id": "front/desk", "type": "telegram", "enabled": False}).raise_for_status()
    yield "front/desk"
    bots.delete("bots/front%2Fdesk")


def test_the_platforms_are_listed(bots: Client) -> None:
    """Each platform says what it can and what its bots are asked for."""
    types = bots.get("bot-types").json()["data"]["bot_types"]

    assert {"webchat", "telegram"} <= {platform["type"] for platform in types}


@pytest.mark.parametrize("platform", ["weixin_oc", "qq_official", "lark", "dingtalk"])
def test_a_registration_goes_from_start_to_created(client: Client, platform: str) -> None:
    """`start` gives what `poll` needs; the second poll finds the code scanned, a third finds it used up."""
    config = client.keyed("config")
    started = config.post(f"bot-types/{platform}/registration", json={"action": " START "}).json()["data"]
    codes = ("registration_code", "bind_key")
    poll = {"action": "poll"} | {name: started[name] for name in codes if name in started}

    polled = [config.post(f"bot-types/{platform}/registration", json=poll).json()["data"]["status"] for _ in range(3)]

    assert [started["status"], *polled] == ["pending", "pending", "created", "expired"]


@pytest.mark.parametrize(
    ("platform", "step", "status"),
    [
        ("nosuch", {"action": "start"}, 404),
        ("lark", {}, 400),
        ("lark", {"action": "dance"}, 400),
        ("lark", {"action": " "}, 400),
        ("lark", {"action": "poll"}, 400),
        ("qq_official", {"action": "poll", "task_id": "x"}, 400),
        ("lark", [], 422),
    ],
)
def test_a_registration_that_makes_no_sense_is_refused(
    client: Client, platform: str, step: object, status: int
) -> None:
    """Unknown platforms 404, steps that say too little or nothing known 400."""
    assert client.keyed("config").post(f"bot-types/{platform}/registration", json=step).status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {"id": "b", "type": "telegram", "enabled": False, "telegram_token": "t"},
        {"enabled": False, "config": {"id": "b", "type": "telegram", "telegram_token": "t"}},
        {"id": "b", "config": {"type": "telegram", "telegram_token": "t", "enable": False}},
        {"id": "b", "type": "telegram", "enable": False, "telegram_token": "t", "name": None, "bot_id": "x"},
    ],
)
def test_a_bot_is_created_flat_or_wrapped(bots: Client, body: dict[str, object]) -> None:
    """Both ways store the same, which is listed and gone once it is deleted."""
    created = bots.post("bots", json=body)
    shown = stored(bots, "b")
    listed = bots.get("bots", params={"type": "telegram", "enabled": "false"}).json()["data"]["bots"]
    bots.delete("bots/by-id", params={"bot_id": "b"}).raise_for_status()

    assert created.json()["data"] == {}
    assert shown == {"id": "b", "type": "telegram", "telegram_token": "t", "enable": False}
    assert shown in listed
    assert bots.get("bots/by-id", params={"bot_id": "b"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "front/desk", "enabled": False}, 400),
        ({"type": "telegram"}, 400),
        ({"id": None, "enabled": False}, 400),
        ({"bot_id": "x", "enabled": False}, 400),
        ({"config": {}, "enabled": False}, 400),
        ({"id": "no-type"}, 400),
        ([], 422),
        ("text", 422),
    ],
)
def test_a_bot_without_id_or_type_or_twice_is_refused(bots: Client, bot: str, body: object, status: int) -> None:
    """Nothing is stored of what is refused."""
    before = bots.get("bots").json()

    assert bots.post("bots", json=body).status_code == status
    assert bots.get("bots").json() == before


def test_lists_are_filtered(bots: Client, bot: str) -> None:
    """By platform and by whether it runs; a filter that is no boolean is refused."""
    assert bots.get("bots", params={"enabled": "true"}).json()["data"]["bots"] == []
    assert bots.get("bots", params={"type": "lark"}).json()["data"]["bots"] == []
    assert [found["id"] for found in bots.get("bots", params={"type": "telegram"}).json()["data"]["bots"]] == [bot]
    assert bots.get("bots", params={"enabled": "maybe"}).status_code == 422


def test_a_replacement_leaves_nothing_of_what_was(bots: Client, bot: str) -> None:
    """By path and by body alike."""
    bots.put("bots/front%2Fdesk", json={"type": "lark", "enabled": False, "app_id": "a"}).raise_for_status()
    first = stored(bots, bot)
    bots.put("bots/by-id", json={"bot_id": bot, "config": {"type": "telegram"}, "enabled": False}).raise_for_status()

    assert first == {"id": bot, "type": "lark", "enable": False, "app_id": "a"}
    assert stored(bots, bot) == {"id": bot, "type": "telegram", "enable": False}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bots/front%2Fdesk", {"id": "other", "enabled": False}),
        ("bots/front%2Fdesk", {"config": {"id": "other"}, "enabled": False}),
        ("bots/front%2Fdesk", {"telegram_token": "no type"}),
        ("bots/nobody", {"enabled": False}),
        ("bots/by-id", {"enabled": False}),
        ("bots/by-id", {"bot_id": " ", "enabled": False}),
        ("bots/by-id", {"bot_id": "nobody", "enabled": False}),
    ],
)
def test_a_replacement_that_makes_no_sense_is_refused(bots: Client, bot: str, path: str, body: object) -> None:
    """The id cannot change, a running bot needs a type, and there must be such a bot."""
    assert bots.put(path, json=body).status_code == 400
    assert stored(bots, bot) == {"id": bot, "type": "telegram", "enable": False}


def test_a_bot_is_switched_on_and_off(bots: Client, bot: str) -> None:
    """A bot that runs is among the started ones; left out, `enabled` is false."""

    def running() -> list[str]:
        return [found["id"] for found in bots.get("bots/stats").json()["data"]["platforms"]]

    bots.patch("bots/front%2Fdesk/enabled", json={"enabled": True}).raise_for_status()
    on = running()
    bots.patch("bots/enabled", json={"bot_id": bot}).raise_for_status()

    assert (on, running()) == (["webchat", bot], ["webchat"])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("bots/nobody/enabled", {"enabled": True}, 400),
        ("bots/front%2Fdesk/enabled", {}, 422),
        ("bots/front%2Fdesk/enabled", {"enabled": None}, 422),
        ("bots/enabled", {"enabled": True}, 400),
        ("bots/enabled", {"bot_id": "nobody", "enabled": True}, 400),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused(bots: Client, bot: str, path: str, body: object, status: int) -> None:
    """There must be such a bot, and the way by path needs `enabled`."""
    assert bots.patch(path, json=body).status_code == status


def test_a_bot_without_type_cannot_be_switched_on(bots: Client) -> None:
    """It stays as it was."""
    bots.post("bots", json={"id": "bare", "enabled": False}).raise_for_status()

    assert bots.patch("bots/bare/enabled", json={"enabled": True}).status_code == 400
    assert stored(bots, "bare")["enable"] is False
    bots.delete("bots/bare").raise_for_status()


def test_no_bot_can_be_tested(bots: Client) -> None:
    """Whatever the id; only a missing one is refused."""
    by_path = bots.post("bots/any%2Fone/test").json()["data"]
    by_body = bots.post("bots/test", json={"bot_id": " any/one "}).json()["data"]

    assert by_path == by_body == {"id": "any/one", "status": "unsupported"}
    assert bots.post("bots/test", json={}).status_code == 400


@pytest.mark.parametrize(("method", "path"), [("GET", "bots/nobody"), ("DELETE", "bots/no%2Fbody")])
def test_an_unknown_bot_is_refused(bots: Client, method: str, path: str) -> None:
    """A slash in its id makes no difference."""
    assert bots.request(method, path).status_code == 400


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_query_must_say_which_bot(bots: Client, method: str) -> None:
    """Without the id 422, with an unknown one 400."""
    assert bots.request(method, "bots/by-id").status_code == 422
    assert bots.request(method, "bots/by-id", params={"bot_id": "nobody"}).status_code == 400
