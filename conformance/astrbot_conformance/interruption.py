"""How a run ends before its time: on SIGTERM as on Ctrl-C, and never before it has removed what it made."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C: the keys are removed either way."""

    def interrupt(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    with _handling({signal.SIGTERM: interrupt}):
        yield


@contextlib.contextmanager
def told_of_interrupts(tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` on Ctrl-C and SIGTERM, and go on."""

    def heard(_number: int, _frame: Any) -> None:
        tell()

    with _handling({signal.SIGINT: heard, signal.SIGTERM: heard}):
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let no impatient Ctrl-C keep the run from removing what it made."""
    with _handling({signal.SIGINT: signal.SIG_IGN, signal.SIGTERM: signal.SIG_IGN}):
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
