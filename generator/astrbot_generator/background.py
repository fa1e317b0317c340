"""Uses a second processor: a function runs in a forked process while this process continues."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class Background(Generic[T]):
    """A function that runs in a fork of this process, or later in this process if forking is not safe.

    A process with several threads is not forked: a lock that another thread holds would never be released in the fork.
    """

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._process: int | None = None
        if _can_fork():
            self._output, send = os.pipe()
            self._process = os.fork()
            if self._process == 0:
                self._work(send)
            os.close(send)

    def result(self) -> T:
        """Returns the result of the function. If the fork failed, runs it here, so that its error is raised."""
        if self._process is None:
            return self._function()
        with os.fdopen(self._output, "rb") as output:
            sent = output.read()
        _, status = os.waitpid(self._process, 0)
        self._process = None
        return cast(T, pickle.loads(sent)) if status == 0 else self._function()  # noqa: S301 - written by our own fork

    def _work(self, send: int) -> None:
        status = 1
        for stream in range(3):  # a reader that waits for the end of our output must not wait for the fork
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        try:
            with os.fdopen(send, "wb") as output:
                pickle.dump(self._function(), output)
            status = 0
        finally:
            os._exit(status)


def _can_fork() -> bool:
    """Returns whether this process has one thread and several processors; False on systems other than Linux."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1 and len(os.sched_getaffinity(0)) > 1
    except OSError:
        return False
