"""The dependencies of the services of later releases."""

from __future__ import annotations

from astrbot_reference import context
from astrbot_reference.stores.conversation_store import ConversationStore
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.workspaces import Workspaces

from .replies import LiveReplies


class Context(context.Context):
    """Only owners read a session, and answers continue if the client disconnects."""

    def __post_init__(self) -> None:
        super().__post_init__()
        store, clock = self.store, self.clock
        self.sessions = self.overrides.of(SessionStore)(store, clock, self.overrides, only_owners_read=True)
        replies = LiveReplies(
            self.sessions.runs,
            self.attachments,
            clock,
            self.threads,
            memory=ConversationStore(store, clock),
            workspaces=Workspaces(store),
        )
        self.closing.push_async_callback(replies.end)
        self.replies = replies
