"""Whatever ends a run, nothing that it made stays behind; and nothing else is touched."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from astrbot_api.scopes import Scope
from astrbot_conformance.families import FAMILIES, mcp_servers
from astrbot_conformance.journey import request
from astrbot_conformance.leftovers import is_of_a_run
from astrbot_conformance.request import Key, asking
from astrbot_conformance.secret import Secret
from astrbot_conformance.target import Reach, Target
from astrbot_reference import running
from astrbot_reference.mcp_servers import EXAMPLE

from tests.conformance.dashboard import SETTINGS, command, new_key, operator

SIMILAR = ["conforming", "my conform-key", "Conform-1", "conform-x", "conform-1234567-x", "conform-123456789-x"]
SIMILAR += ["xconform-0a1b2c3d-x", "conform-0a1b2c3d", "CONFORM-0a1b2c3d-x", "conform-none-1", "conform-0A1B2C3D-x"]
SHARED = [family for family in FAMILIES if family.noun != "chat project"]  # a project belongs to its key
ALL_FAMILIES = (*SHARED, mcp_servers(dict(EXAMPLE)))


def names(client: httpx.Client) -> list[str]:
    """The names of all keys."""
    return [key["name"] for key in client.get("/api/v1/api-keys").json()["data"]]


@contextmanager
def keyed(client: httpx.Client) -> Iterator[tuple[Target, Key]]:
    """The server as the suite speaks to it, and a key with every scope that is nobody's run's."""
    made = new_key(client, *Scope)
    target = Target(Reach(str(client.base_url).rstrip("/"), disposable=True))
    yield target, Key(made["key_id"], frozenset(Scope), Secret(made["api_key"], "ASTRBOT_KEY_FOREIGN"))
    target.close()
    client.delete(f"/api/v1/api-keys/{made['key_id']}").raise_for_status()


def everything(target: Target, key: Key) -> list[object]:
    """What the lists of all families show, and the routes."""
    listings = [*(asking(family.listing) for family in ALL_FAMILIES), request("get_config_routes")]
    return [target.send(listing, key).data for listing in listings]


def ids(client: httpx.Client) -> list[str]:
    """The ids of all keys."""
    return [key["key_id"] for key in client.get("/api/v1/api-keys").json()["data"]]


def sessions_of(key_id: str, target: Target, key: Key) -> list[str]:
    """The chat sessions that a key may remove."""
    answer = target.send(request("list_chat_sessions", username=f"api_key:{key_id}"), key)
    return [session["session_id"] for session in answer.data["sessions"]]


def forget_keys(client: httpx.Client) -> None:
    """Delete what the test called similarly."""
    for key in client.get("/api/v1/api-keys").json()["data"]:
        if key["name"] in SIMILAR:
            client.delete(f"/api/v1/api-keys/{key['key_id']}").raise_for_status()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, so that it outlives the runs."""
    with running(SETTINGS) as url:
        yield url


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_keys(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C and SIGTERM in the middle: keys are removed, the report says so, the exit code is 3."""
    with operator(base) as client:
        run = command("conform", base, "--requirement", "SCOPE-REQUIRED", "--seed", "1", folder=tmp_path)
        deadline = time.monotonic() + 60
        while len(names(client)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(names(client)) >= 4
        run.send_signal(number)

        told, wrong = run.communicate(timeout=60)

        assert names(client) == []
    assert run.returncode == 3, wrong
    assert "interrupted" in told


@pytest.mark.parametrize("name", ["conform-0a1b2c3d-bot", "conform-0a1b2c3d:FriendMessage:none"])
def test_what_a_run_made_is_known_by_its_name(name: str) -> None:
    """Eight digits of the run, and what it is for."""
    assert is_of_a_run(name)


@pytest.mark.parametrize("name", SIMILAR)
def test_a_similar_name_is_somebody_elses(name: str) -> None:
    """Nothing that a person might well call a thing of theirs."""
    assert not is_of_a_run(name)


def test_clean_removes_what_runs_left_and_nothing_else(base: str, tmp_path: Path) -> None:
    """Keys, things of every family and routes of a run go; foreign ones with similar names stay as they are."""
    with operator(base) as client, keyed(client) as (target, key):
        for number, family in enumerate(ALL_FAMILIES):
            for name in (f"conform-similar-{number}", f"my-conform-0a1b2c3d-{number}"):
                assert target.send(family.making(name), key).is_accepted, family.noun
        before = everything(target, key)
        for name in SIMILAR:
            new_key(client, "chat", name=name)
        for number, family in enumerate(ALL_FAMILIES):
            assert target.send(family.making(f"conform-0a1b2c3d-{number}"), key).is_accepted, family.noun
        route = request("set_config_route", umo="conform-0a1b2c3d:FriendMessage:none", body={"config_id": "default"})
        assert target.send(route, key).is_accepted
        new_key(client, "chat", name="conform-0a1b2c3d-chat")
        assert everything(target, key) != before

        cleaning = command("clean", base, folder=tmp_path)
        told, wrong = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, wrong) == (0, "")
        assert f"1 keys and {len(ALL_FAMILIES) + 1} other things" in told
        assert everything(target, key) == before
        assert sorted(names(client)) == sorted(["foreign", *SIMILAR])
        forget_keys(client)


def test_clean_after_kill(base: str, tmp_path: Path) -> None:
    """A run that was killed in the middle of its writing: `clean` finds what it left and names what has to stay."""
    with operator(base) as client, keyed(client) as (target, key):
        before = everything(target, key)
        words = ("-k", "journey or no_effect or path_id", "--rate", "40", "--seed", "1")
        run = command("conform", base, *words, folder=tmp_path)
        deadline = time.monotonic() + 60
        while everything(target, key) == before and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        run.kill()
        run.communicate(timeout=60)
        assert run.returncode == -signal.SIGKILL
        assert len(names(client)) > 1
        sessions = [session for key_id in ids(client) for session in sessions_of(key_id, target, key)]

        cleaning = command("clean", base, folder=tmp_path)
        told, wrong = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, wrong) == (0, "")
        assert everything(target, key) == before
        assert names(client) == ["foreign"]
        assert [session for session in sessions if session not in told] == []


def test_clean_says_so_where_there_is_nothing(base: str, tmp_path: Path) -> None:
    """Nothing to do is no mistake."""
    cleaning = command("clean", base, folder=tmp_path)
    told, _ = cleaning.communicate(timeout=60)

    assert cleaning.returncode == 0
    assert "0 keys and 0 other things" in told
