"""However a run ends, none of its resources is left, and no other resource is changed."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from astrbot_api import releases
from astrbot_api.scopes import Scope
from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.engine.previous_runs import earlier_runs
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import asking, with_file
from astrbot_conformance.http.target import Target
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.resources.kinds import kinds, mcp_servers
from astrbot_conformance.resources.plugin_sample import plugin_archive
from astrbot_conformance.run_mark import checked, run_of
from astrbot_conformance.secret import Secret
from astrbot_reference import running
from astrbot_reference.stores.mcp_servers import EXAMPLE

from tests.conformance.dashboard import SETTINGS, command, new_key, operator, through
from tests.conformance.recording import recording

pytestmark = pytest.mark.slow

RUN = checked("0a1b2c3d4e5f")
WRONG = RUN[:-1] + ("0" if RUN[-1] != "0" else "1")
SWAPPED = RUN[1] + RUN[0] + RUN[2:]
SIMILAR = ["conforming", "my conform-key", "Conform-1", "conform-x", "conform-none-1", "conform-none", "conform-backup"]
SIMILAR += ["conform-20260101-backup", "conform-20260101:x", "conform-0a1b2c3d-bot", "conform-202601011530-backup"]
SIMILAR += [f"conform-{mark}-x" for mark in (WRONG, SWAPPED, RUN[:-1], f"{RUN}0", f"0{RUN}", RUN.upper(), "0" * 20)]
SIMILAR += [f"xconform-{RUN}-x", f"CONFORM-{RUN}-x", f"conform-{RUN}", f"conform_{RUN}_x"]
SIMILAR += [f"conform-{RUN[:8]}-{RUN[8:]}", f"conform-{int(RUN, 16)}-x"]
CONTRACT = releases.contract(releases.BASE)
SHARED = [kind for kind in kinds(CONTRACT) if kind.noun != "chat project"]  # a project belongs to its key
ALL_KINDS = (*SHARED, mcp_servers(CONTRACT, dict(EXAMPLE)))


def names(client: httpx2.Client) -> list[str]:
    """The names of all keys."""
    return [key["name"] for key in client.get("/api/v1/api-keys").json()["data"]]


@contextmanager
def keyed(client: httpx2.Client) -> Iterator[tuple[Target, Key]]:
    """A client of the server, and a key with every scope that belongs to no run."""
    made = new_key(client, *Scope)
    target = astrbot_target(TargetOptions(str(client.base_url).rstrip("/"), disposable=True))
    try:
        yield (
            target,
            Key(made["key_id"], frozenset(Scope), Secret(made["api_key"], "ASTRBOT_KEY_FOREIGN"), CredentialState.LIVE),
        )
    finally:
        target.close()
        client.delete(f"/api/v1/api-keys/{made['key_id']}").raise_for_status()


def everything(target: Target, key: Key) -> list[object]:
    """The content of all lists, and the routes."""
    others = (request(name) for name in ("get_config_routes", "list_plugins", "list_failed_plugins"))
    listings = [*(asking(kind.listing) for kind in ALL_KINDS), *others]
    return [target.send(listing, key).data for listing in listings]


def upload(target: Target, key: Key, name: str, archive: bytes | None = None) -> None:
    """Upload a plugin of that name, or one that fails to load because it is not an archive."""
    sent = with_file(request("install_plugin_from_upload"), "file", f"{name}.zip", archive or plugin_archive(name))
    assert target.send(sent, key).is_accepted is (archive is None)


def ids(client: httpx2.Client) -> list[str]:
    """The ids of all keys."""
    return [key["key_id"] for key in client.get("/api/v1/api-keys").json()["data"]]


def sessions_of(key_id: str, target: Target, key: Key) -> list[str]:
    """The chat sessions that a key can remove."""
    response = target.send(request("list_chat_sessions", username=f"api_key:{key_id}"), key)
    return [session["session_id"] for session in response.data["sessions"]]


def delete_keys(client: httpx2.Client) -> None:
    """Delete the keys with similar names that the test created."""
    for key in client.get("/api/v1/api-keys").json()["data"]:
        if key["name"] in SIMILAR:
            client.delete(f"/api/v1/api-keys/{key['key_id']}").raise_for_status()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, which outlives the runs."""
    with running(SETTINGS) as url:
        yield url


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_keys(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """After Ctrl-C, SIGTERM or a closed terminal, the keys are removed, the report says so, and the exit code is 3."""
    with operator(base) as client:
        run = command("conform", base, "--requirement", "SCOPE-REQUIRED", "--seed", "1", folder=tmp_path)
        deadline = time.monotonic() + 60
        while len(names(client)) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(names(client)) >= 4
        run.send_signal(number)

        out, err = run.communicate(timeout=60)

        assert names(client) == []
    assert run.returncode == 3, err
    assert "interrupted" in out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_clean_leaves_no_key(base: str, number: signal.Signals, tmp_path: Path) -> None:
    """One line says that it was interrupted; the exit code is 3."""
    with recording(lambda exchange: 0.3 if exchange.method == "GET" else 0.0) as recorder, operator(base) as client:
        cleaning = command("clean", base, folder=tmp_path, environment=through(recorder.url))
        deadline = time.monotonic() + 60
        while not names(client) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert names(client)
        cleaning.send_signal(number)

        out, err = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, names(client)) == (3, []), out + err
    assert err.splitlines()[-1].startswith("clean: interrupted")


@pytest.mark.parametrize("name", [f"conform-{RUN}-bot", f"conform-{RUN}-0-bot", f"conform-{RUN}:FriendMessage:none"])
def test_resources_of_a_run_have_its_mark(name: str) -> None:
    """The name consists of the mark of the run and a purpose."""
    assert run_of(name) == RUN


@pytest.mark.parametrize("name", [*SIMILAR, f" conform-{RUN}-x"])
def test_a_similar_name_belongs_to_no_run(name: str) -> None:
    """No name that a user might choose is recognized."""
    assert run_of(name) is None


def test_clean_removes_only_leftovers_of_runs(base: str, tmp_path: Path) -> None:
    """Keys, resources of every kind and routes of a run are removed. Resources with similar names stay unchanged."""
    with operator(base) as client, keyed(client) as (target, key):
        for number, kind in enumerate(ALL_KINDS):
            for name in (f"conform-similar-{number}", f"my-conform-{RUN}-{number}"):
                assert target.send(kind.making(name), key).is_accepted, kind.noun
        upload(target, key, "conform_similar_plugin")
        before = everything(target, key)
        for name in SIMILAR:
            new_key(client, "chat", name=name)
        upload(target, key, f"conform_{RUN}_plugin")
        upload(target, key, f"conform-{RUN}-broken", b"PK")
        for number, kind in enumerate(ALL_KINDS):
            assert target.send(kind.making(f"conform-{RUN}-{number}"), key).is_accepted, kind.noun
        route = request("set_config_route", umo=f"conform-{RUN}:FriendMessage:none", body={"config_id": "default"})
        assert target.send(route, key).is_accepted
        new_key(client, "chat", name=f"conform-{RUN}-chat")
        assert everything(target, key) != before

        cleaning = command("clean", base, folder=tmp_path)
        out, err = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, err) == (0, "")
        assert f"removed 1 key and {len(ALL_KINDS) + 3} other resources of interrupted runs from {base}" in out
        assert everything(target, key) == before
        assert sorted(names(client)) == sorted(["foreign", *SIMILAR])
        reported = [line for line in out.splitlines() if line.startswith("untouched: ")]
        assert len(reported) == 4, out
        assert "untouched: key conform-20260101-backup, which may be of an old run or yours" in out
        delete_keys(client)


def test_clean_removes_leftovers_of_a_named_old_run(base: str, tmp_path: Path) -> None:
    """`--run` accepts the mark of a run before check digits existed. Leftovers of other runs stay."""
    with operator(base) as client, keyed(client) as (target, key):
        before = everything(target, key)
        for name in ("conform-0a1b2c3d-chat", "conform-20260101-backup", f"conform-{RUN}-chat"):
            new_key(client, "chat", name=name)
        assert target.send(ALL_KINDS[0].making("conform-0a1b2c3d-bot"), key).is_accepted

        out, err = command("clean", base, "--run", "0a1b2c3d", folder=tmp_path).communicate(timeout=60)

        assert err == ""
        assert f"removed 1 key and 1 other resource of interrupted runs from {base}" in out
        assert everything(target, key) == before
        assert sorted(names(client)) == sorted(["foreign", "conform-20260101-backup", f"conform-{RUN}-chat"])
        command("clean", base, "--run", RUN, "--run", "conform-20260101", folder=tmp_path).communicate(timeout=60)
        assert names(client) == ["foreign"]


@pytest.mark.parametrize("run", ["none", WRONG, RUN.upper(), "0a1b2c3", "*", f"{RUN}-0"])
def test_clean_rejects_an_invalid_mark(run: str, tmp_path: Path) -> None:
    """The exit code is 2, before any request."""
    cleaning = command("clean", "http://127.0.0.1:9", "--run", run, folder=tmp_path)
    out, err = cleaning.communicate(timeout=60)

    assert (cleaning.returncode, out, len(err.splitlines())) == (2, "", 1)
    assert "not the mark of a run" in err


def test_clean_names_only_runs_on_this_target(base: str, tmp_path: Path) -> None:
    """An active run on another target does not matter."""
    with running(SETTINGS) as other, operator(other) as client:
        going = command("conform", other, "--requirement", "SCOPE-REQUIRED", "--rate", "10", folder=tmp_path)
        while not (active := runs(client)):
            time.sleep(0.02)
        here, _ = command("clean", base, folder=tmp_path).communicate(timeout=60)
        elsewhere, _ = command("clean", other, folder=tmp_path).communicate(timeout=60)
        aliased = other.replace("127.0.0.1", "localhost")
        by_another_name, _ = command("clean", aliased, folder=tmp_path).communicate(timeout=60)
        assert going.poll() is None
        assert runs(client) == active
        going.send_signal(signal.SIGINT)
        going.communicate(timeout=60)

    assert "still going" not in here
    assert f"untouched: what is called conform-{next(iter(active))}-…" in elsewhere
    assert "still going" in by_another_name


def test_the_next_run_removes_leftovers(base: str, tmp_path: Path) -> None:
    """It says so, and does not touch similar names or resources of an active run."""
    with operator(base) as client, keyed(client) as (target, key):
        for name in SIMILAR:
            new_key(client, "chat", name=name)
        before = everything(target, key)
        going = command(
            "conform", base, "--requirement", "SCOPE-REQUIRED", "--effects", "read", "--rate", "25", folder=tmp_path
        )
        while not (others := runs(client)):
            time.sleep(0.02)
        killed_run(base, tmp_path, lambda: everything(target, key) != before)
        (killed,) = runs(client) - others

        following = command("conform", base, "--requirement", "IM-BOTS", folder=tmp_path)
        out, err = following.communicate(timeout=60)
        out = " ".join(out.split())

        assert (following.returncode, err) == (0, "")
        assert f"of runs that were killed (conform-{killed}-…)" in out
        assert f"another run is going on this target (conform-{next(iter(others))}-…)" in out
        assert everything(target, key) == before
        assert runs(client) == others
        out, err = going.communicate(timeout=60)
        assert (going.returncode, err) == (0, ""), out
        assert sorted(names(client)) == sorted(["foreign", *SIMILAR])
        delete_keys(client)


def test_a_reading_run_removes_only_keys(base: str, tmp_path: Path) -> None:
    """With --effects read, the keys of a killed run are removed; a note says that `clean` removes the rest."""
    with operator(base) as client, keyed(client) as (target, key):
        before = everything(target, key)
        killed_run(base, tmp_path, lambda: everything(target, key) != before)
        left = everything(target, key)

        following = command("conform", base, "--requirement", "IM-BOTS", "--effects", "read", folder=tmp_path)
        out = " ".join(following.communicate(timeout=60)[0].split())

        assert " and 0 other resources of runs that were killed" in out
        assert "`astrbot-contract clean` removes them" in out
        assert (everything(target, key), names(client)) == (left, ["foreign"])
        command("clean", base, folder=tmp_path).communicate(timeout=60)
        assert everything(target, key) == before


def test_runs_of_other_machines_are_recognized_by_their_activity() -> None:
    """Ten minutes without activity on the clock of the target; without times, nothing is known."""
    one, two, three, four, five, six, own = (checked(f"{number:012x}") for number in range(1, 8))
    keys: list[dict[str, Any]] = [
        listed(f"conform-{one}-im", made="09:00"),
        listed(f"conform-{two}-im", made="09:00", used="09:49"),
        listed(f"conform-{three}-im", made="09:00", used="09:55"),
        listed(f"conform-{three}-0-bot", made="09:00"),
        listed(f"conform-{four}-im", made="09:58"),
        listed(f"conform-{five[:-1]}-im", made="09:00"),
        listed("conform-20260101-im", made="09:00"),
        {"name": f"conform-{six}-im", "created_at": "yesterday", "last_used_at": None},
        listed(f"conform-{own}-im", made="10:00"),
    ]

    previous = earlier_runs(keys, own)

    assert previous.dead == {one, two}
    assert {run: ago.seconds // 60 for run, ago in previous.recent.items()} == {three: 5, four: 2}
    assert earlier_runs(keys[:-1], own).dead == frozenset()


def listed(name: str, *, made: str, used: str | None = None) -> dict[str, Any]:
    """A key as the dashboard lists it, created and used at these times of one day."""
    day = "2026-11-22T"
    return {"name": name, "created_at": f"{day}{made}:00+00:00", "last_used_at": used and f"{day}{used}:00+00:00"}


def runs(client: httpx2.Client) -> set[str]:
    """The runs that have keys."""
    return {run for name in names(client) if (run := run_of(name))}


def killed_run(base: str, folder: Path, has_begun: Callable[[], bool]) -> None:
    """Start a run and kill it while its resources exist."""
    words = ("-k", "journey or no_effect or path_id", "--rate", "40", "--seed", "1")
    run = command("conform", base, *words, folder=folder)
    deadline = time.monotonic() + 60
    while not has_begun() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    run.kill()
    run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL


def test_clean_after_kill(base: str, tmp_path: Path) -> None:
    """A run was killed while it wrote: `clean` finds the leftovers and names those that must stay."""
    with operator(base) as client, keyed(client) as (target, key):
        before = everything(target, key)
        killed_run(base, tmp_path, lambda: everything(target, key) != before)
        assert len(names(client)) > 1
        sessions = [session for key_id in ids(client) for session in sessions_of(key_id, target, key)]

        cleaning = command("clean", base, folder=tmp_path)
        out, err = cleaning.communicate(timeout=60)

        assert (cleaning.returncode, err) == (0, "")
        assert everything(target, key) == before
        assert names(client) == ["foreign"]
        assert [session for session in sessions if session not in out] == []


def test_clean_without_leftovers(base: str, tmp_path: Path) -> None:
    """It is not an error if nothing is left."""
    cleaning = command("clean", base, folder=tmp_path)
    out, _ = cleaning.communicate(timeout=60)

    assert cleaning.returncode == 0
    assert f"removed 0 keys and 0 other resources of interrupted runs from {base}" in out
