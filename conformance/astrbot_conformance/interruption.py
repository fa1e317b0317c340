"""How a run ends early: SIGTERM and SIGHUP work as Ctrl-C, and the run first removes the resources that it created."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP as Ctrl-C: the keys are removed in each case."""

    def interrupt(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    with _handling(dict.fromkeys(ENDING, interrupt)):
        yield


@contextlib.contextmanager
def told_of_interrupts(tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` on Ctrl-C, SIGTERM and SIGHUP, and continue."""

    def heard(_number: int, _frame: Any) -> None:
        tell()

    with _handling(dict.fromkeys((signal.SIGINT, *ENDING), heard)):
        yield


@contextlib.contextmanager
def undisturbed(hurry: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep Ctrl-C from interrupting the clean-up. On Ctrl-C, `hurry` is called in the main thread."""

    def heard(_number: int, _frame: Any) -> None:
        if hurry:
            hurry()

    with _handling(dict.fromkeys((signal.SIGINT, *ENDING), heard)):
        yield


@contextlib.contextmanager
def _handling(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
