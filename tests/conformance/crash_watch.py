"""Runs the reference server with faults, and notes the unexpected exceptions that it logs."""

import logging
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from astrbot_faults import Fault, broken
from astrbot_reference import Settings


class CrashLog(logging.Handler):
    """Stores the unexpected exceptions that a server logs."""

    def __init__(self, crashes: list[str]) -> None:
        """crashes: the list to which each exception is added, as its type and its message."""
        super().__init__(logging.ERROR)
        self._crashes = crashes

    def emit(self, record: logging.LogRecord) -> None:
        """Store an exception that the server or uvicorn logs."""
        if record.exc_info and record.name.startswith(("astrbot_reference", "uvicorn")):
            self._crashes.append(repr(record.exc_info[1]))


@contextmanager
def watched(settings: Settings, *faults: Fault, crashes: list[str]) -> Iterator[str]:
    """`broken`, which adds the unexpected exceptions that the server logs to `crashes`."""
    log, handler = logging.getLogger(), CrashLog(crashes)
    log.addHandler(handler)
    try:
        with broken(settings, *faults) as url:
            yield url
    finally:
        log.removeHandler(handler)


@contextmanager
def watched_apart(settings: Settings, *faults: Fault, crashes: list[str]) -> Iterator[str]:
    """`watched` in a forked process, so that the suite and the server do not wait for one interpreter's lock."""
    make = multiprocessing.get_context("fork")
    ours, theirs = make.Pipe()
    process = make.Process(target=_serve, args=(settings, faults, ours, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours.recv()
    finally:
        with suppress(EOFError, OSError):  # the process died
            ours.send(None)
            crashes += ours.recv()
        ours.close()
        process.join()


def _serve(settings: Settings, faults: tuple[Fault, ...], theirs: Connection, ours: Connection) -> None:
    theirs.close()  # otherwise this process would wait for itself
    logging.disable(logging.NOTSET)
    crashes: list[str] = []
    with watched(settings, *faults, crashes=crashes) as url:
        ours.send(url)
        with suppress(EOFError):
            ours.recv()
    with suppress(OSError):  # the other process may have ended
        ours.send(crashes)
