"""The pool that calls the checks of a run: many threads on two queues."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")
Task = tuple[Future[Any], Callable[[], Any]]


class CheckPool:
    """Starts tasks in the order in which they were added, on each of two queues, many at the same time.

    Half of the threads begin with the queue of long tasks, half with the queue of short ones. A thread changes to the
    other queue if its own is empty. Long tasks sometimes wait, for a stream to end or for a quiet target. The short
    tasks keep the target busy meanwhile, and no long task is left to the end.
    """

    def __init__(self, threads: int) -> None:
        """Start at most `threads` threads, as tasks arrive; end them with `close`."""
        self._long, self._short = deque[Task](), deque[Task]()
        self._waiting = 0  # tasks that were added to the queues since the last start
        self._started = 0  # tasks that were started and that no thread has taken yet
        self._is_over = False
        self._most = threads
        self._threads: list[threading.Thread] = []
        self._change = threading.Condition()

    def put(self, call: Callable[[], Result], *, is_long: bool) -> Future[Result]:
        """Add `call` to a queue. It is called after `start`; the future holds its return value or exception."""
        future = Future[Result]()
        (self._long if is_long else self._short).append((future, call))
        self._waiting += 1
        return future

    def start(self) -> None:
        """Start the tasks that were added to the queues since the last start."""
        added, self._waiting = self._waiting, 0
        with self._change:
            self._started += added
            self._change.notify_all()
        for _ in range(min(added, self._most - len(self._threads))):
            lanes = (self._long, self._short) if len(self._threads) % 2 == 0 else (self._short, self._long)
            # A daemon: a thread that waits for a target does not keep the process from ending.
            thread = threading.Thread(target=self._work, args=(lanes,), name=f"check-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self, seconds: float | None = None) -> bool:
        """Start no further task, and wait for the running ones. Return whether all have ended after `seconds`."""
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
        """Run tasks until the queues are closed. This is the body of each thread."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._started or self._is_over)
                if self._is_over:
                    return
                self._started -= 1
            _take_from(lanes)


def _take_from(lanes: tuple[deque[Task], deque[Task]]) -> None:
    """Call the next task of the first queue that is not empty."""
    for lane in lanes:
        try:
            future, call = lane.popleft()
        except IndexError:
            continue
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001  the code that waits for the future gets the error
            future.set_exception(error)
        return
