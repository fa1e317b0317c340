"""Messages that a bot sends on its own initiative. Nothing leaves the server; `webchat` reaches chat sessions."""

from __future__ import annotations

import uuid

from astrbot_api.models import DoneQuietly, ImBotsAnswer, ImMessage
from astrbot_api.server import Json
from astrbot_api.server.im import ImService

from .agent.messages import segments
from .answers import ok
from .auth import Caller
from .bodies import given
from .bots import BOT, runs
from .context import Service
from .refusal import Refusal
from .stores.chat_history import BOT as SAID_BY_BOT
from .stores.session_store import WEBCHAT


class Im(Service, ImService[Caller]):
    """Messages that a bot sends on its own initiative."""

    async def list_im_bots(self, *, caller: Caller) -> Json[ImBotsAnswer]:
        """The ids of the configured bots, including disabled ones."""
        return ok(ImBotsAnswer, {"bot_ids": [bot["id"] for bot in self._store.all(BOT)]})

    async def send_im_message(self, *, caller: Caller, body: ImMessage) -> Json[DoneQuietly]:
        """Check a message and its address.

        A message to `webchat` is stored in the chat session of that id, if it exists.

        Raises Refusal if no such bot runs or an attachment is unknown.
        """
        sent = given(body)
        platform, _, conversation = sent["umo"].split(":", 2)
        bot = self._store.get(BOT, platform)
        if platform != WEBCHAT and (bot is None or not runs(bot)):
            raise Refusal(f"Bot not found or not running for platform: {platform}")
        said = segments(sent["message"], self._attachments)
        if platform == WEBCHAT and self._sessions.exists(conversation):
            content = {"type": "bot", "message": said}
            self._sessions.history.add(conversation, WEBCHAT, SAID_BY_BOT, str(uuid.uuid4()), content)
        return ok(DoneQuietly, {})
