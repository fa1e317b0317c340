"""What takes long keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from astrbot_reference import Settings, plugin_install, running, skills
from astrbot_reference.bots import Bots
from astrbot_reference.stores.account import Account
from astrbot_reference.stores.store import Store
from astrbot_reference.threads import SLOW_THREADS, Pause, Threads, elsewhere

from tests.reference.conftest import LOGIN
from tests.reference.plugin_samples import archive

MANY = 3 * SLOW_THREADS


class Gate:
    """Holds up whoever calls a function until it is opened, and counts them."""

    def __init__(self, sound: Callable[..., Any]) -> None:
        self._sound = sound
        self._open = threading.Event()
        self._inside = 0
        self._lock = threading.Lock()
        self.most_inside = 0
        self.entered = threading.Semaphore(0)

    def __call__(self, *arguments: Any) -> Any:
        """Wait, then do what the function does."""
        with self._lock:
            self._inside += 1
            self.most_inside = max(self.most_inside, self._inside)
        self.entered.release()
        assert self._open.wait(60)
        with self._lock:
            self._inside -= 1
        return self._sound(*arguments)

    @classmethod
    def before(cls, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> Gate:
        """A gate in the place of a function or method."""
        gate = cls(getattr(owner, name))

        def through(*arguments: Any) -> Any:
            return gate(*arguments)

        monkeypatch.setattr(owner, name, through)
        return gate

    def open(self) -> None:
        """Let everybody through."""
        self._open.set()


@contextmanager
def served(**settings: Any) -> Iterator[httpx2.Client]:
    """A client of a server of its own that has logged in."""
    with (
        running(
            Settings(username=LOGIN["username"], password=LOGIN["password"], logins_at_once=1_000, **settings)
        ) as url,
        httpx2.Client(base_url=f"{url}/api/v1", timeout=30) as client,
    ):
        token = client.post("auth/login", json=LOGIN).json()["data"]["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def log_in(client: httpx2.Client) -> int:
    """Log in once more."""
    return client.post("auth/login", json=LOGIN).status_code


def upload_plugin(client: httpx2.Client) -> int:
    """Upload a plugin."""
    return client.post("plugins/install/upload", files={"file": ("a.zip", archive("lamp"))}).status_code


def upload_skill(client: httpx2.Client) -> int:
    """Upload a skill."""
    return client.post("skills", files={"file": ("a.zip", archive("lamp"))}).status_code


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///{folder}/a.db"])
@pytest.mark.parametrize(
    ("slow", "ask"),
    [
        ((plugin_install, "read_archive"), upload_plugin),
        ((skills, "unpacked"), upload_skill),
        ((Account, "admits"), log_in),
    ],
)
def test_hostile_requests_keep_nobody_waiting(
    slow: tuple[Any, str],
    ask: Callable[[httpx2.Client], int],
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While many of them are processed, another request is answered; the number of threads is limited."""
    with served(database=database.format(folder=tmp_path)) as client, ThreadPoolExecutor(MANY) as others:
        gate = Gate.before(monkeypatch, *slow)
        waiting = [others.submit(ask, client) for _ in range(MANY)]
        try:
            for _ in range(SLOW_THREADS):
                assert gate.entered.acquire(timeout=30)

            assert client.get("bots").status_code == 200
            assert client.get("api-keys").status_code == 200
        finally:
            gate.open()
        assert all(answer.result() < 500 for answer in waiting)
        assert gate.most_inside == SLOW_THREADS


def test_a_slow_database_does_not_hold_up_the_event_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs no database is answered while the database is busy with something else."""
    with served(database=f"sqlite:///{tmp_path}/a.db") as client, ThreadPoolExecutor(1) as others:
        gate = Gate.before(monkeypatch, Store, "all")
        waiting = others.submit(client.get, "bots")
        try:
            assert gate.entered.acquire(timeout=30)

            assert client.get("auth/setup-status").status_code == 200
            assert client.get("docs").status_code == 200
        finally:
            gate.open()
        assert waiting.result().status_code == 200


def test_services_use_a_database_in_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them reads and writes is not mixed with what another does."""
    used: set[str] = set()
    sound = Bots.list_bots

    async def listing(self: Bots, **asked: Any) -> Any:
        used.add(threading.current_thread().name)
        return await sound(self, **asked)

    monkeypatch.setattr(Bots, "list_bots", listing)
    with served(database=f"sqlite:///{tmp_path}/a.db") as client, ThreadPoolExecutor(MANY) as others:
        assert {answer.status_code for answer in others.map(client.get, ["bots"] * MANY)} == {200}

    assert used == {"store_0"}


@pytest.fixture(params=[True, False], ids=["quick", "slow"])
def threads(request: pytest.FixtureRequest) -> Iterator[Threads]:
    """Threads of their own."""
    made = Threads(quick_store=request.param)
    yield made
    made.close()


def test_a_service_handles_what_it_waited_for(threads: Threads) -> None:
    """A result is a result, an error can be caught, and what is not caught comes out."""

    async def service() -> tuple[int, str]:
        await Pause(0)
        try:
            await elsewhere(int, "x")
        except ValueError as error:
            return await elsewhere(int, "7"), str(error)
        raise AssertionError

    async def failing() -> None:
        await elsewhere(int, "y")

    assert asyncio.run(threads.run(service()))[0] == 7
    with pytest.raises(ValueError, match="'y'"):
        asyncio.run(threads.run(failing()))


@pytest.mark.parametrize("seconds", [0, 3_600])
def test_a_generator_ends_when_nobody_reads_it(threads: Threads, seconds: int) -> None:
    """Whether it stands between two events or waits for the next."""
    ended = threading.Event()

    async def events() -> AsyncIterator[int]:
        try:
            yield 1
            await Pause(seconds)
            yield 2
        finally:
            ended.set()

    async def leave() -> list[int]:
        stream, read = threads.stream(events()), []
        async for event in stream:
            read.append(event)
            if not seconds:
                break
            reading = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        await stream.aclose()  # type: ignore[attr-defined]
        return read

    assert asyncio.run(leave()) == [1]
    assert ended.wait(30)


def test_the_threads_end_with_the_server(tmp_path: Path) -> None:
    """Nothing of it is left."""
    with served(database=f"sqlite:///{tmp_path}/a.db") as client:
        assert client.get("bots").status_code == 200
        assert any(thread.name.startswith("store") for thread in threading.enumerate())

    assert not any(thread.name.startswith(("store", "slow")) for thread in threading.enumerate())
