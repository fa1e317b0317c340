"""Who calls the checks of a run: many threads, on two lanes."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")
Task = tuple[Future[Any], Callable[[], Any]]


class CheckPool:
    """Takes tasks up in the order in which they came, on each of two lanes, many at once.

    Half of the threads begin with the long lane, half with the short one, and go over to the other when theirs is
    empty. Long tasks have to wait now and then, for a stream to end or for quiet on the target: the short ones keep it
    busy meanwhile, and none of the long ones is left to the end.
    """

    def __init__(self, threads: int) -> None:
        """Make at most so many threads, as tasks come; end them with `close`."""
        self._long, self._short = deque[Task](), deque[Task]()
        self._waiting = 0  # tasks that were put on the lanes since the last start
        self._started = 0  # tasks that were started, and that no thread has taken up yet
        self._is_over = False
        self._most = threads
        self._threads: list[threading.Thread] = []
        self._change = threading.Condition()

    def put(self, call: Callable[[], Result], *, is_long: bool) -> Future[Result]:
        """Let `call` be called when its turn comes after `start`; what it returns or raises is in the future."""
        future = Future[Result]()
        (self._long if is_long else self._short).append((future, call))
        self._waiting += 1
        return future

    def start(self) -> None:
        """Take up what was put on the lanes since the last start."""
        added, self._waiting = self._waiting, 0
        with self._change:
            self._started += added
            self._change.notify_all()
        for _ in range(min(added, self._most - len(self._threads))):
            lanes = (self._long, self._short) if len(self._threads) % 2 == 0 else (self._short, self._long)
            # A daemon: a thread that waits for a target keeps nobody from ending the process.
            thread = threading.Thread(target=self._work, args=(lanes,), name=f"check-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self, seconds: float | None = None) -> bool:
        """Begin no task any more, and wait for those that are under way; whether all have ended after `seconds`."""
        for lane in (self._long, self._short):
            lane.clear()
        with self._change:
            self._is_over = True
            self._change.notify_all()
        until = None if seconds is None else time.monotonic() + seconds
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, lanes: tuple[deque[Task], deque[Task]]) -> None:
        """What a thread does until the lanes are closed."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._started or self._is_over)
                if self._is_over:
                    return
                self._started -= 1
            _take_from(lanes)


def _take_from(lanes: tuple[deque[Task], deque[Task]]) -> None:
    """Call the next task of the first lane that has one."""
    for lane in lanes:
        try:
            future, call = lane.popleft()
        except IndexError:
            continue
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001  whoever waits for it is told
            future.set_exception(error)
        return
