"""Messages that a bot sends on its own initiative. Nothing leaves the server; `webchat` reaches chat sessions."""

from __future__ import annotations

import uuid

from astrbot_api.models import DoneQuietly, ImBotsAnswer, ImMessage
from astrbot_api.server import Json

from .answers import ok
from .attachments import Attachments
from .auth import Caller
from .bots import BOT, runs
from .chat_history import BOT as SAID_BY_BOT
from .messages import given, segments
from .refusal import Refusal
from .session_book import WEBCHAT, SessionBook
from .store import Store


class Im:
    """Messages that a bot sends on its own initiative."""

    def __init__(self, store: Store, attachments: Attachments, book: SessionBook) -> None:
        self._store = store
        self._attachments = attachments
        self._book = book

    async def list_im_bots(self, *, caller: Caller) -> Json[ImBotsAnswer]:
        """The ids of the configured bots, disabled ones too."""
        return ok(ImBotsAnswer, {"bot_ids": [bot["id"] for bot in self._store.all(BOT)]})

    async def send_im_message(self, *, caller: Caller, body: ImMessage) -> Json[DoneQuietly]:
        """Check a message and its address; `webchat` puts it into the chat session of that id, where there is one.

        Raises Refusal when no such bot runs or an attachment is unknown.
        """
        sent = given(body)
        platform, _, conversation = sent["umo"].split(":", 2)
        bot = self._store.get(BOT, platform)
        if platform != WEBCHAT and (bot is None or not runs(bot)):
            raise Refusal(f"Bot not found or not running for platform: {platform}")
        said = segments(sent["message"], self._attachments)
        if platform == WEBCHAT and self._book.exists(conversation):
            content = {"type": "bot", "message": said}
            self._book.history.add(conversation, WEBCHAT, SAID_BY_BOT, str(uuid.uuid4()), content)
        return ok(DoneQuietly, {})

    async def send_im_message_alias(self, *, caller: Caller, body: ImMessage) -> Json[DoneQuietly]:
        """The same, under its published path."""
        return await self.send_im_message(caller=caller, body=body)
