"""Runs blocking work outside the event loop, in a bounded number of threads.

A service is a coroutine that uses the store and computes. It runs in the only thread that may use the store, so nothing
else uses the store between two of its waits. Slow work that does not need the store runs in `elsewhere`, and so blocks
neither the event loop nor the store.
"""

from __future__ import annotations

import asyncio
from asyncio import CancelledError
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, cast

T = TypeVar("T")
SLOW_THREADS = 2


class Wait(Protocol):
    """A thing that a service can wait for."""

    async def outcome(self, threads: Threads) -> Any:
        """Its result, found without the thread of the store."""


@dataclass(frozen=True, slots=True)
class Returned(Generic[T]):
    """The value that a coroutine returned."""

    value: T


@dataclass(frozen=True, slots=True)
class Elsewhere(Generic[T]):
    """Waits for the result of `work`, which runs in another thread."""

    work: Callable[[], T]

    async def outcome(self, threads: Threads) -> T:
        """The result."""
        return await threads.slowly(self.work)

    def __await__(self) -> Generator[Wait, T, T]:
        return (yield self)


@dataclass(frozen=True, slots=True)
class Pause:
    """Waits for some seconds."""

    seconds: float

    async def outcome(self, _: Threads) -> None:
        """Nothing, once they are over."""
        await asyncio.sleep(self.seconds)

    def __await__(self) -> Generator[Wait, None, None]:
        return (yield self)


async def elsewhere(work: Callable[..., T], *arguments: Any) -> T:
    """The result of slow work, for a service. The work must not use the store."""
    made: T = await Elsewhere(partial(work, *arguments))
    return made


class Threads:
    """One thread for the store, and SLOW_THREADS for slow work. Work is done in the order of its arrival."""

    def __init__(self, *, quick_store: bool = False) -> None:
        """quick_store: whether the store never blocks, so that changing threads would take longer than using it."""
        self._store = None if quick_store else ThreadPoolExecutor(1, "store")
        self._slow = ThreadPoolExecutor(SLOW_THREADS, "slow")

    async def in_store(self, work: Callable[..., T], *arguments: Any) -> T:
        """The result of work that uses the store."""
        if self._store is None:
            return work(*arguments)
        return await _in(self._store, partial(copy_context().run, work, *arguments))

    async def slowly(self, work: Callable[[], T]) -> T:
        """The result of slow work."""
        return await _in(self._slow, partial(copy_context().run, work))

    async def run(self, coroutine: Coroutine[Any, Any, T], *, uses_store: bool = True) -> T:
        """The result of a coroutine of a service. It may wait for `elsewhere` and `Pause` only."""
        store = self._store if uses_store else None
        advance: Callable[[], Any] = partial(coroutine.send, None)
        context = copy_context()  # one for all steps
        try:
            while True:
                reached = await _in(store, partial(context.run, _step, advance)) if store else _step(advance)
                if isinstance(reached, Returned):
                    return cast(T, reached.value)
                try:
                    advance = partial(coroutine.send, await reached.outcome(self))
                except Exception as error:  # noqa: BLE001  it is the coroutine's to handle
                    advance = partial(coroutine.throw, error)
        except CancelledError:
            self._later(partial(coroutine.throw, CancelledError()))
            raise

    async def stream(self, events: AsyncIterator[T]) -> AsyncIterator[T]:
        """The values of an asynchronous generator of a service. A client that stops reading ends it."""
        try:
            while True:
                try:
                    event = await self.run(cast(Coroutine[Any, Any, T], anext(events)))
                except StopAsyncIteration:
                    return
                yield event
        finally:
            self._later(partial(cast(Any, events).aclose().send, None))

    def _later(self, step: Callable[[], Any]) -> None:
        """Take a last step in the thread of the store, without waiting for it."""
        with suppress(RuntimeError):  # the threads are closed
            if self._store is None:
                _ended(step)
            else:
                self._store.submit(copy_context().run, _ended, step)

    def close(self) -> None:
        """End the threads after the work in progress."""
        self._slow.shutdown(cancel_futures=True)
        if self._store:
            self._store.shutdown()


class Threaded:
    """A service whose operations run in the thread of the store, unless it uses none."""

    def __init__(self, service: Any, threads: Threads, *, uses_store: bool = True) -> None:
        self._service = service
        self._threads = threads
        self._uses_store = uses_store

    def __getattr__(self, name: str) -> Any:
        operation, run, uses_store = getattr(self._service, name), self._threads.run, self._uses_store

        async def served(**asked: Any) -> Any:
            return await run(operation(**asked), uses_store=uses_store)

        return served


async def _in(executor: Executor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, work)


def _ended(step: Callable[[], Any]) -> None:
    """Take the step that ends a coroutine or a generator, which may have ended before."""
    with suppress(CancelledError, StopIteration, StopAsyncIteration, RuntimeError):
        step()


def _step(advance: Callable[[], T]) -> T | Returned[Any]:
    """The next thing that a coroutine waits for, or its result."""
    try:
        return advance()
    except StopIteration as end:
        return Returned(end.value)
