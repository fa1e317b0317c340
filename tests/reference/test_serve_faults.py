"""Faults can be switched on by people, and go away with the server that they broke."""

import httpx2
import pytest
from astrbot_faults import CATALOGUE, broken
from astrbot_reference import Settings, running
from astrbot_reference.cli import serve

SETTINGS = Settings(password="a long password")
LOGIN = {"username": "astrbot", "password": "a long password"}


def test_every_fault_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line names a fault, the requirement that it breaks, and what is wrong."""
    assert serve(["--list-faults"]) == 0
    listed = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]

    assert listed == [[one.name, one.breaks, one.line] for one in CATALOGUE.values()]


def test_an_unknown_fault_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so, and what was perhaps meant."""
    assert serve(["--fault", "bearer-ignred"]) == 2
    assert "did you mean bearer-ignored?" in capsys.readouterr().err


def test_a_broken_server_is_broken() -> None:
    """With `one-operation-is-public` the personas are listed without a key, the bots are not."""
    with broken(SETTINGS, CATALOGUE["one-operation-is-public"]) as url:
        assert httpx2.get(f"{url}/api/v1/personas").status_code == 200
        assert httpx2.get(f"{url}/api/v1/bots").status_code == 401


def test_a_fault_breaks_one_server_only() -> None:
    """A second server in the same process is sound, while the broken one runs and after it."""
    faults = CATALOGUE["one-operation-is-public"], CATALOGUE["deleted-key-accepted"]
    with running(SETTINGS) as sound:
        with broken(SETTINGS, *faults) as url:
            assert httpx2.get(f"{url}/api/v1/personas").status_code == 200
            assert httpx2.get(f"{sound}/api/v1/personas").status_code == 401
        assert httpx2.get(f"{sound}/api/v1/personas").status_code == 401


def test_what_is_refused_was_done_first() -> None:
    """With `acts-first-create-bot` a key without the scope is refused, and its bot is there."""
    fault = CATALOGUE["acts-first-create-bot"]
    with broken(SETTINGS, fault) as url, httpx2.Client(base_url=f"{url}/api/v1/") as client:
        token = client.post("auth/login", json=LOGIN).json()["data"]["token"]
        dashboard = {"Authorization": f"Bearer {token}"}
        made = client.post("api-keys", json={"scopes": ["im"]}, headers=dashboard).json()
        key = {"X-API-Key": made["data"]["api_key"]}
        refused = client.post("bots", json={"id": "uninvited", "enabled": False}, headers=key)

        assert (refused.status_code, refused.json()["message"]) == (403, "Insufficient API key scope")
        assert client.get("im/bots", headers=key).json()["data"]["bot_ids"] == ["uninvited"]
