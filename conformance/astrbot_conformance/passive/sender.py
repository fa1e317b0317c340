"""Which check is sending. A passive check names it in its findings, so that `replay` can repeat the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_sender: ContextVar[str] = ContextVar("sender", default="")


def current_sender() -> str:
    """The name of the check that runs in this thread; empty outside of any check."""
    return _sender.get()


@contextmanager
def sending(check: str) -> Iterator[None]:
    """Name the check that runs in this thread for as long as the block lasts."""
    token = _sender.set(check)
    try:
        yield
    finally:
        _sender.reset(token)
