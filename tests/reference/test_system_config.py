"""The configuration of the installation and its subagents on the reference server."""

from __future__ import annotations

import pytest

from tests.reference.conftest import LOGIN, Client

LIBRARY = {"name": "library", "command": "uvx", "args": ["library-mcp"]}


@pytest.fixture(scope="module")
def config(client: Client) -> Client:
    """A client that may configure."""
    return client.keyed("config")


def test_a_change_is_read_back_everywhere(config: Client) -> None:
    """All three views and the default profile show one configuration."""
    assert config.put("system-config", json={"timezone": "Europe/Lisbon"}).status_code == 200

    for path in ("system-config", "system-config/schema", "system-config/runtime", "config-profiles/default"):
        assert config.get(path).json()["data"]["config"]["timezone"] == "Europe/Lisbon"


def test_sending_back_what_was_read_changes_nothing(config: Client) -> None:
    """A configuration survives the round trip."""
    before = config.get("system-config").json()

    assert config.put("system-config", json=before["data"]["config"]).status_code == 200

    assert config.get("system-config").json() == before


def test_bots_and_providers_are_passed_over(config: Client) -> None:
    """They have operations of their own."""
    before = config.get("system-config").json()
    bot = {"id": "a", "type": "telegram", "enable": False}

    assert (
        config.put("system-config", json={"platform": [bot], "provider": [bot], "provider_sources": [bot]}).status_code
        == 200
    )

    assert config.get("system-config").json() == before


def test_a_value_of_the_wrong_type_is_refused(config: Client) -> None:
    """The service finds it with 400; that a body is no object, the schema finds with 422."""
    assert config.put("system-config", json={"timezone": 5}).status_code == 400
    assert config.put("system-config", json=[]).status_code == 422


def test_no_credential_is_shown(config: Client) -> None:
    """Neither those of the dashboard nor those that a client tries to plant."""
    planted = {"password": "planted-1", "jwt_secret": "planted-2", "totp": {"enable": False, "secret": "planted-3"}}
    config.put("system-config", json={"dashboard": {"enable": True, "username": "astrbot"} | planted})

    for path in ("system-config", "system-config/schema", "system-config/runtime", "config-profiles/default"):
        text = config.get(path).text
        assert LOGIN["password"] not in text
        assert "planted" not in text


def test_subagents_are_replaced_as_a_whole(config: Client) -> None:
    """What is left out is gone and reads as its default; null is the same as nothing."""
    agent = {"name": "librarian", "system_prompt": "You find books."}
    assert config.put("subagents/config", json={"enable": True, "agents": [agent]}).status_code == 200
    filled: dict[str, object] = {
        "persona_id": None,
        "public_description": "",
        "tools": [],
        "enabled": True,
        "provider_id": None,
    }

    kept = config.get("subagents/config").json()["data"]
    assert kept == {"main_enable": True, "remove_main_duplicate_tools": False, "agents": [agent | filled]}

    assert config.put("subagents/config", json={"agents": None}).status_code == 200
    emptied = config.get("subagents/config").json()["data"]
    assert emptied == {"main_enable": False, "remove_main_duplicate_tools": False, "agents": []}


@pytest.mark.parametrize("body", [[], {"main_enable": "x"}, {"agents": [5]}])
def test_subagents_of_the_wrong_type_are_refused(config: Client, body: object) -> None:
    """The schema finds it: 422."""
    assert config.put("subagents/config", json=body).status_code == 422


def test_the_tools_of_mcp_servers_can_be_given(client: Client, config: Client) -> None:
    """They are listed while the server is in use."""
    mcp = client.keyed("mcp")
    assert mcp.post("mcp/servers", json=LIBRARY).status_code == 200
    assert "find_book" in [tool["name"] for tool in config.get("subagents/available-tools").json()["data"]]

    mcp.patch("mcp/servers/library/enabled", json={"enabled": False})
    assert config.get("subagents/available-tools").json()["data"] == []


def test_only_config_opens_the_configuration(client: Client) -> None:
    """What `config` implies does not open it."""
    for path in (
        "system-config",
        "system-config/schema",
        "system-config/runtime",
        "subagents/config",
        "subagents/available-tools",
    ):
        assert client.keyed("bot", "provider").get(path).status_code == 403
