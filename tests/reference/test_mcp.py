"""MCP servers on the reference server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.reference.conftest import Client

LIBRARY = {"command": "uvx", "args": ["library-mcp"]}
ARCHIVE = {"url": "https://mcp.example/sse", "transport": "sse"}
BOOKS = ["find_book", "opening_hours"]


@pytest.fixture
def mcp(client: Client) -> Iterator[Client]:
    """A client that may manage servers; there is one, `library`, and afterwards none."""
    keyed = client.keyed("mcp")
    keyed.post("mcp/servers", json={"name": "library"} | LIBRARY)
    yield keyed
    for name in servers(keyed):
        keyed.delete(f"mcp/servers/{name}")


def servers(mcp: Client) -> dict[str, dict[str, Any]]:
    """Every server, by name."""
    return {one["name"]: one for one in mcp.get("mcp/servers").json()["data"]}


def test_a_server_is_listed_with_its_tools(mcp: Client) -> None:
    """The stored configuration, and what the server offers."""
    assert servers(mcp) == {"library": {"name": "library", "active": True, "tools": BOOKS, "errlogs": []} | LIBRARY}


@pytest.mark.parametrize("state", ["active", "enabled"])
def test_a_server_can_be_stored_for_later(mcp: Client, state: str) -> None:
    """One that is not in use shows neither tools nor complaints."""
    assert mcp.post("mcp/servers", json={"name": "archive", state: False} | ARCHIVE).status_code == 200

    assert servers(mcp)["archive"] == {"name": "archive", "active": False, "tools": []} | ARCHIVE


def test_the_form_of_other_programs_is_taken(mcp: Client) -> None:
    """One server inside `mcpServers` is as good as its members."""
    assert mcp.post("mcp/servers", json={"name": "archive", "mcpServers": {"any": ARCHIVE}}).status_code == 200

    assert servers(mcp)["archive"]["url"] == ARCHIVE["url"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "new"},
        {"name": ""} | LIBRARY,
        LIBRARY,
        {"name": "library"} | LIBRARY,
        {"name": "new", "command": "rm"},
        {"name": "new", "command": "uvx", "args": ["unknown-mcp"]},
        {"name": "new", "command": "uvx", "args": "library-mcp"},
        {"name": "new", "env": {"A": 1}} | LIBRARY,
        {"name": "new", "url": "https://mcp.example/sse"},
        {"name": "new", "url": "https://mcp.example/unknown", "transport": "sse", "active": False},
        {"name": "new", "mcpServers": {}},
        {"name": "new", "config": ARCHIVE},
    ],
)
def test_a_server_that_cannot_be_reached_is_not_stored(mcp: Client, body: dict[str, Any]) -> None:
    """No name, one that is taken, no way to reach it, or nobody there: 400."""
    assert mcp.post("mcp/servers", json=body).status_code == 400
    assert list(servers(mcp)) == ["library"]


def test_a_body_of_the_wrong_form_is_refused(mcp: Client) -> None:
    """The schema finds it: 422."""
    assert mcp.post("mcp/servers", json=[]).status_code == 422
    assert mcp.put("mcp/servers/library", json=[]).status_code == 422
    assert mcp.put("mcp/servers/by-name", json={}).status_code == 422
    assert mcp.patch("mcp/servers/library/enabled", json={}).status_code == 422
    assert mcp.patch("mcp/servers/enabled", json={"enabled": True}).status_code == 422
    assert mcp.post("mcp/servers/library/test", json=[]).status_code == 422
    assert mcp.post("mcp/servers/test", json={}).status_code == 422
    assert mcp.delete("mcp/servers/by-name").status_code == 422
    assert mcp.post("mcp/providers/modelscope/sync", json=[]).status_code == 422


def test_a_server_is_replaced(mcp: Client) -> None:
    """What was stored before is gone; a body that says nothing of how it is reached keeps that."""
    assert mcp.put("mcp/servers/library", json=ARCHIVE).status_code == 200
    assert servers(mcp)["library"] == {"name": "library", "active": True, "tools": ["tide"], "errlogs": []} | ARCHIVE

    assert mcp.put("mcp/servers/library", json={"enabled": False}).status_code == 200
    assert servers(mcp)["library"] == {"name": "library", "active": False, "tools": []} | ARCHIVE


def test_a_server_is_renamed(mcp: Client) -> None:
    """By the name in the body or in its `config`, and in its place; not to a name that is taken."""
    mcp.post("mcp/servers", json={"name": "archive"} | ARCHIVE)
    assert mcp.put("mcp/servers/library", json={"name": "books"} | LIBRARY).status_code == 200
    assert list(servers(mcp)) == ["books", "archive"]

    renamed = mcp.put("mcp/servers/by-name", json={"server_name": "books", "config": {"name": "shelf"} | LIBRARY})
    assert renamed.status_code == 200
    assert list(servers(mcp)) == ["shelf", "archive"]
    assert mcp.put("mcp/servers/shelf", json={"name": "archive"}).status_code == 400


def test_a_server_is_switched_off_and_on(mcp: Client) -> None:
    """Both ways; without a word the state stays."""
    for switch, expected in ((False, False), (True, True)):
        assert mcp.patch("mcp/servers/library/enabled", json={"enabled": switch}).status_code == 200
        assert servers(mcp)["library"]["active"] is expected
    for body, expected in (
        ({"enabled": False}, False),
        ({}, False),
        ({"enabled": None}, False),
        ({"active": True}, True),
    ):
        assert mcp.patch("mcp/servers/enabled", json={"server_name": "library"} | body).status_code == 200
        assert servers(mcp)["library"]["active"] is expected


def test_a_server_is_forgotten(mcp: Client) -> None:
    """Once; by either path."""
    assert mcp.delete("mcp/servers/library").status_code == 200
    assert mcp.delete("mcp/servers/library").status_code == 400
    mcp.post("mcp/servers", json={"name": "a/b"} | LIBRARY)
    assert mcp.delete("mcp/servers/by-name", params={"server_name": "a/b"}).status_code == 200
    assert mcp.delete("mcp/servers/by-name", params={"server_name": "a/b"}).status_code == 400
    assert servers(mcp) == {}


def test_a_server_is_tried(mcp: Client) -> None:
    """What is given, else what is stored; nothing is kept."""
    stored = [mcp.post("mcp/servers/library/test"), mcp.post("mcp/servers/test", json={"server_name": "library"})]
    assert [answer.json()["data"] for answer in stored] == [BOOKS, BOOKS]

    given = {"mcp_server_config": ARCHIVE, "config": LIBRARY}
    assert mcp.post("mcp/servers/none/test", json=given).json()["data"] == ["tide"]
    assert mcp.post("mcp/servers/test", json={"server_name": "none", "config": ARCHIVE}).json()["data"] == ["tide"]
    assert list(servers(mcp)) == ["library"]


def test_a_server_that_cannot_be_reached_fails_its_trial(mcp: Client) -> None:
    """Unknown, without a transport, or not there: 400."""
    assert mcp.post("mcp/servers/none/test").status_code == 400
    for given in ({}, {"url": ARCHIVE["url"]}, {"url": "https://mcp.example/unknown", "transport": "sse"}):
        body = {"server_name": "none", "mcp_server_config": given}
        assert mcp.post("mcp/servers/test", json=body).status_code == 400


@pytest.mark.parametrize("write", ["put", "patch"])
def test_an_unknown_server_is_refused(mcp: Client, write: str) -> None:
    """On every path: 400."""
    if write == "put":
        assert mcp.put("mcp/servers/none", json=LIBRARY).status_code == 400
        assert mcp.put("mcp/servers/by-name", json={"server_name": "none"}).status_code == 400
    else:
        assert mcp.patch("mcp/servers/none/enabled", json={"enabled": True}).status_code == 400
        assert mcp.patch("mcp/servers/enabled", json={"server_name": "none"}).status_code == 400


def test_the_servers_of_an_account_are_taken_over(mcp: Client) -> None:
    """Not without a body; twice is as good as once."""
    assert mcp.post("mcp/providers/modelscope/sync").status_code == 400
    assert mcp.post("mcp/providers/modelscope/sync", json={}).status_code == 200
    once = servers(mcp)
    assert {"tides", "sums"} <= set(once)
    assert once["tides"]["provider"] == "modelscope"

    assert mcp.post("mcp/providers/modelscope/sync", json={"access_token": "ms-0000"}).status_code == 200
    assert servers(mcp) == once


def test_only_mcp_opens_servers(client: Client) -> None:
    """`config` does not."""
    assert client.keyed("config").get("mcp/servers").status_code == 403
