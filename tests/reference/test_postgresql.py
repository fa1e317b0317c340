"""The reference server on PostgreSQL: a cluster of its own, on loopback, that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from astrbot_reference import Settings, running
from astrbot_reference.stores import store as store_module
from astrbot_reference.stores.store import LONGEST_ID, Store, Unavailable
from sqlalchemy import text

from tests.conformance.default_run import EXPIRED, PASSWORD
from tests.conformance.default_run import SETTINGS as JUDGED
from tests.reference.conftest import LOGIN

pytestmark = pytest.mark.slow

PLACES = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/pgsql"))
QUICK = "-c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest one; None if PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted((path.parent for place in PLACES for path in place.glob("*/bin/initdb")), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@dataclass(frozen=True)
class Cluster:
    """A cluster of PostgreSQL in a folder."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its address for SQLAlchemy."""
        return f"postgresql+psycopg://judge@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, which refuse to be run by root. Raises CalledProcessError."""
        user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        command = [str(self.programs / program), *arguments]
        log = self.folder / f"{program}.log"
        with log.open("ab") as output:  # no pipe: the server would keep it open
            subprocess.run(command, check=True, stdout=output, stderr=output, cwd=self.folder, timeout=60, **owner)  # type: ignore[call-overload]

    def create(self) -> None:
        """Make the files."""
        self.run("initdb", "--pgdata", str(self.folder / "data"), "--username=judge", "--auth=trust", "--no-sync")

    def start(self) -> None:
        """Start, and wait until it serves."""
        options = f"-p {self.port} {QUICK}"
        self.run(
            "pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", options
        )

    def stop(self) -> None:
        """End all connections and stop."""
        self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.folder / "data"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running cluster. The test is skipped if none can be started here."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    if os.getuid() == 0 and not any(user.pw_name == "postgres" for user in pwd.getpwall()):
        pytest.skip("PostgreSQL does not run as root, and there is no user `postgres`")
    with tempfile.TemporaryDirectory(prefix="astrbot-postgresql-", ignore_cleanup_errors=True) as folder:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        made = Cluster(found, Path(folder), port)
        made.create()
        made.start()
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture
def store(cluster: Cluster) -> Iterator[Store]:
    """A store in the cluster that never waits, with nothing in it."""
    made = Store(cluster.url, sleep=lambda _: None)
    made.replace_all("thing", [])
    yield made
    made.close()


@pytest.mark.parametrize(
    "id", ["a", "", "a\0b", "\0", "ü" * LONGEST_ID, "x" * (LONGEST_ID + 1), "x" * 100_000, "sha256:a"]
)
def test_any_id_can_be_kept(store: Store, id: str) -> None:
    """Also one that PostgreSQL cannot hold: it is found, changed, listed and removed, and is no other."""
    assert (store.get("thing", id), store.remove("thing", id)) == (None, False)

    store.put("thing", id, {"id": id, "made": 1})
    store.put("thing", f"{id}-other", {"id": "other"})
    store.put("thing", id, {"id": id, "made": 2})

    assert store.get("thing", id) == {"id": id, "made": 2}
    assert store.all("thing") == [{"id": id, "made": 2}, {"id": "other"}]
    assert (store.remove("thing", id), store.get("thing", id)) == (True, None)
    assert store.all("thing") == [{"id": "other"}]


def test_the_store_survives_a_restart(cluster: Cluster, store: Store) -> None:
    """Reading and writing go on, and nothing is lost."""
    store.put("thing", "a", {"n": 1})

    cluster.stop()
    cluster.start()
    assert store.get("thing", "a") == {"n": 1}

    cluster.stop()
    cluster.start()
    store.put("thing", "b", {"n": 2})
    assert store.all("thing") == [{"n": 1}, {"n": 2}]


def test_the_store_waits_for_a_restart(cluster: Cluster) -> None:
    """A database that is back soon is waited for."""
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            cluster.start()

    waiting = Store(cluster.url, sleep=pause)
    waiting.put("thing", "a", {"n": 1})
    cluster.stop()

    assert waiting.get("thing", "a") == {"n": 1}
    assert len(pauses) == 2
    waiting.close()


def test_a_database_that_stays_away_is_said_to_be(cluster: Cluster) -> None:
    """It is waited for once; then each request says so at once, until it is back."""
    pauses: list[float] = []
    waiting = Store(cluster.url, sleep=pauses.append)
    cluster.stop()
    try:
        with pytest.raises(Unavailable):
            waiting.get("thing", "a")
        before = len(pauses)
        with pytest.raises(Unavailable):
            waiting.put("thing", "a", {})
        assert len(pauses) == before > 0
    finally:
        cluster.start()
    waiting.put("thing", "a", {"n": 3})
    assert waiting.get("thing", "a") == {"n": 3}
    waiting.close()


def test_a_connection_that_is_ended_is_replaced(cluster: Cluster, store: Store) -> None:
    """As by an administrator, or a pause in the network."""
    store.put("thing", "a", {"n": 1})
    with store._engine.connect() as other:  # noqa: SLF001
        other.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))

    assert store.get("thing", "a") == {"n": 1}


def test_the_server_says_503_and_recovers(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the envelope, for a known key and for an unknown one; what needs no database is served."""
    monkeypatch.setattr(store_module, "ATTEMPTS", (0,))
    settings = Settings(database=cluster.url, username=LOGIN["username"], password=LOGIN["password"])
    with running(settings) as url, httpx2.Client(base_url=f"{url}/api/v1", timeout=30) as client:
        token = client.post("auth/login", json=LOGIN).json()["data"]["token"]
        dashboard = {"Authorization": f"Bearer {token}"}
        assert client.get("bots", headers=dashboard).status_code == 200
        cluster.stop()
        try:
            for headers in (dashboard, {"X-API-Key": "abk_unknown"}):
                answer = client.get("bots", headers=headers)
                assert (answer.status_code, answer.json()["status"]) == (503, "error")
            assert client.get("auth/setup-status").status_code == 200
        finally:
            cluster.start()
        assert client.get("bots", headers=dashboard).status_code == 200


@pytest.mark.parametrize("id", ["a%00b", "%00", "x" * 5_000])
def test_ids_that_postgresql_cannot_hold_are_not_found(cluster: Cluster, id: str) -> None:
    """As on any other database, whatever is asked."""
    settings = Settings(database=cluster.url, username=LOGIN["username"], password=LOGIN["password"])
    with running(settings) as url, httpx2.Client(base_url=f"{url}/api/v1", timeout=30) as client:
        token = client.post("auth/login", json=LOGIN).json()["data"]["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        for path in ("bots", "personas", "t2i/templates", "chat/sessions", "config-profiles", "plugins", "skills"):
            for method in ("GET", "DELETE"):
                answer = client.request(method, f"{path}/{id}")
                assert answer.status_code in {200, 400, 404, 405}, (path, method, answer.text)
                assert answer.status_code >= 400 or method == "DELETE" or answer.json()["status"] == "error"


def test_a_run_is_conformant_and_survives_a_restart(cluster: Cluster, tmp_path: Path) -> None:
    """A whole run on a server that is started by its command, and a part of one after a restart of the database."""
    environment = {
        **os.environ,
        "ASTRBOT_USERNAME": JUDGED.username,
        "ASTRBOT_PASSWORD": PASSWORD,
        "ASTRBOT_KEY_EXPIRED": EXPIRED,
    }
    command = str(Path(sys.executable).with_name("astrbot-contract"))
    serving = [command, "serve", "--port", "0", "--database", cluster.url]
    with subprocess.Popen(serving, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            url = server.stdout.readline().split()[-1]
            report = ["--report", str(tmp_path / "report"), "--seed", "1"]
            judging = [command, "conform", url, *report]
            whole = subprocess.run(judging, env=environment, capture_output=True, text=True, timeout=300, check=False)
            assert whole.returncode == 0, whole.stdout + whole.stderr

            cluster.stop()
            cluster.start()
            part = [*judging, "--requirement", "JOURNEY-BOT", "--requirement", "KEY-SCOPES"]
            again = subprocess.run(part, env=environment, capture_output=True, text=True, timeout=300, check=False)
            assert again.returncode == 0, again.stdout + again.stderr
        finally:
            server.terminate()
