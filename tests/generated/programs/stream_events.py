"""Builds and reads events of a chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from astrbot_api.models import ChatEvent, SessionIdEvent


async def events() -> AsyncIterator[ChatEvent]:
    """Yields one event."""
    yield ChatEvent(SessionIdEvent(data=None, session_id="s"))


async def types() -> list[str]:
    """Returns the types of all events."""
    return [event.root.type async for event in events()]


def main() -> None:
    """The event has its type."""
    assert asyncio.run(types()) == ["session_id"]
