"""Implements operations of a service with typed arguments and results."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from astrbot_api.models import BotSwitch, Done, NoData


class Caller:
    """A caller with scopes."""

    scopes: Collection[str] = ("bot",)


class Bots:
    """Two operations of the tag `bots`."""

    def __init__(self) -> None:
        self.enabled: dict[str, bool] = {}
        self.callers: list[Caller] = []

    async def set_bot_enabled(self, *, caller: Caller, bot_id: str, body: BotSwitch) -> Done:
        """Starts or stops a bot."""
        self.callers.append(caller)
        self.enabled[bot_id] = body.enabled
        return Done(message="Saved", data=NoData())

    async def delete_bot(self, *, caller: Caller, bot_id: str) -> Done:
        """Deletes a bot."""
        self.callers.append(caller)
        del self.enabled[bot_id]
        return Done(message="Deleted", data=NoData())


def main() -> None:
    """The service works without a server."""
    bots = Bots()

    asyncio.run(bots.set_bot_enabled(caller=Caller(), bot_id="a", body=BotSwitch(enabled=True)))

    assert bots.enabled == {"a": True}
