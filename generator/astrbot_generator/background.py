"""Lets a second processor work: one function runs in a process of its own while the rest goes on."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class Background(Generic[T]):
    """A function at work in a copy of this process, or waiting to be run where none can be made safely.

    A process with several threads is not copied: a lock that another thread holds would never be let go in the copy.
    """

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._process: int | None = None
        if _may_be_copied():
            self._output, send = os.pipe()
            self._process = os.fork()
            if self._process == 0:
                self._work(send)
            os.close(send)

    def result(self) -> T:
        """What the function gives back; whatever goes wrong in the copy is met again here."""
        if self._process is None:
            return self._function()
        with os.fdopen(self._output, "rb") as output:
            sent = output.read()
        _, status = os.waitpid(self._process, 0)
        self._process = None
        return cast(T, pickle.loads(sent)) if status == 0 else self._function()  # noqa: S301 - our own words

    def _work(self, send: int) -> None:
        status = 1
        for stream in range(3):  # who waits for the end of our output need not wait for this
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        try:
            with os.fdopen(send, "wb") as output:
                pickle.dump(self._function(), output)
            status = 0
        finally:
            os._exit(status)


def _may_be_copied() -> bool:
    """Whether this process has one thread and more than one processor; asked of Linux, elsewhere it is not known."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1 and len(os.sched_getaffinity(0)) > 1
    except OSError:
        return False
