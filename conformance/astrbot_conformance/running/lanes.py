"""Who calls the checks of a run: many threads, on two lanes."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar

Result = TypeVar("Result")
Task = tuple[Future[Any], Callable[[], Any]]


class Lanes:
    """Takes tasks up in the order in which they came, on each of two lanes, many at once.

    Half of the threads begin with the long lane, half with the short one, and go over to the other when theirs is
    empty. Long tasks have to wait now and then, for a stream to end or for quiet on the target: the short ones keep it
    busy meanwhile, and none of the long ones is left to the end.
    """

    def __init__(self, threads: int) -> None:
        """Make so many threads, as tasks come; end them with `close`."""
        self._long, self._short = deque[Task](), deque[Task]()
        self._waiting = 0  # tasks that nobody takes up yet
        self._numbers = count()
        self._mine = threading.local()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="check", initializer=self._choose)

    def put(self, call: Callable[[], Result], *, is_long: bool) -> Future[Result]:
        """Let `call` be called when its turn comes after `start`; what it returns or raises is in the future."""
        future = Future[Result]()
        (self._long if is_long else self._short).append((future, call))
        self._waiting += 1
        return future

    def start(self) -> None:
        """Take up what was put on the lanes since the last start."""
        for _ in range(self._waiting):
            self._pool.submit(self._take)
        self._waiting = 0

    def close(self) -> None:
        """Let no task begin any more, and wait for those that are under way."""
        for lane in (self._long, self._short):
            lane.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _choose(self) -> None:
        """Give a new thread its lane."""
        lanes = (self._long, self._short)
        self._mine.lanes = lanes if next(self._numbers) % 2 == 0 else lanes[::-1]

    def _take(self) -> None:
        for lane in self._mine.lanes:
            try:
                future, call = lane.popleft()
            except IndexError:
                continue
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001  whoever waits for it is told
                future.set_exception(error)
            return
