"""`clean`: it removes the leftovers of runs that were killed, and no other resource."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import with_file
from astrbot_conformance.http.target import Target
from astrbot_conformance.resources.plugin_sample import plugin_archive
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, command, new_key, operator, through
from tests.conformance.leftovers import ALL_KINDS, delete_similar_keys, everything, keyed, killed_run, names, runs
from tests.conformance.recording import recording
from tests.conformance.run_names import RUN, SIMILAR, WRONG

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server in this process, which outlives the runs."""
    with running(SETTINGS) as url:
        yield url


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
        delete_similar_keys(client)


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
