"""Chat with the agent, and resuming an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from astrbot_api.server import Json

from astrbot_reference import chat
from astrbot_reference.auth import Caller


class Chat(chat.Chat):
    """Answers continue if the client disconnects, and can be resumed."""

    async def resume_chat_run(self, *, caller: Caller, run_id: str) -> AsyncIterator[Json[Any]]:
        """Resume an answer in progress. Raises Refusal if it is finished or belongs to another caller."""
        return self._replies.resumed(run_id, caller.name)
