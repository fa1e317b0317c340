"""The clock of the server. It is passed in, so that a test can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time as the API writes it: ISO 8601 with microseconds and offset."""
    return moment.isoformat(timespec="microseconds")
