"""Chat with the agent, and resuming an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.server import Json

from astrbot_reference import chat
from astrbot_reference.auth import Caller
from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.profile_store import ProfileStore
from astrbot_reference.stores.session_store import SessionStore

from .replies import LiveReplies


class Chat(chat.Chat):
    """Answers continue if the client disconnects, and can be resumed."""

    def __init__(
        self,
        contract: Contract,
        profiles: ProfileStore,
        attachments: AttachmentStore,
        sessions: SessionStore,
        replies: LiveReplies,
    ) -> None:
        super().__init__(contract, profiles, attachments, sessions, replies)
        self._live = replies

    async def resume_chat_run(self, *, caller: Caller, run_id: str) -> AsyncIterator[Json[Any]]:
        """Resume an answer in progress. Raises Refusal if it is finished or belongs to another caller."""
        return self._live.resumed(run_id, caller.name)
