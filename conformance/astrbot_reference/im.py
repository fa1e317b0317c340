"""Messages that a bot sends on its own initiative. This server has nobody to send them to, and sends nothing."""

from __future__ import annotations

from astrbot_api.models import DoneQuietly, ImBotsAnswer, ImMessage

from .answers import ok
from .attachments import Attachments
from .auth import Caller
from .bots import BOT, runs
from .clock import Clock
from .messages import given, segments
from .refusal import Refusal
from .session_book import WEBCHAT
from .store import Store


class Im:
    """Messages that a bot sends on its own initiative."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._attachments = Attachments(store)

    async def list_im_bots(self, *, caller: Caller) -> ImBotsAnswer:
        """The ids of the configured bots, disabled ones too."""
        return ok(ImBotsAnswer, {"bot_ids": [bot["id"] for bot in self._store.all(BOT)]})

    async def send_im_message(self, *, caller: Caller, body: ImMessage) -> DoneQuietly:
        """Check a message and where it is to go. Raises Refusal when no such bot runs or an attachment is unknown."""
        sent = given(body)
        platform = sent["umo"].partition(":")[0]
        bot = self._store.get(BOT, platform)
        if platform != WEBCHAT and (bot is None or not runs(bot)):
            raise Refusal(f"Bot not found or not running for platform: {platform}")
        segments(sent["message"], self._attachments)
        return ok(DoneQuietly, {})

    async def send_im_message_alias(self, *, caller: Caller, body: ImMessage) -> DoneQuietly:
        """The same, under its published path."""
        return await self.send_im_message(caller=caller, body=body)
