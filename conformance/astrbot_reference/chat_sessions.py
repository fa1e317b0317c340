"""Chat sessions and their history."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

from astrbot_api import models
from astrbot_api.server import Json

from .agent.messages import segments, understood
from .agent.replies import Question
from .answers import ok
from .auth import Caller
from .bodies import given
from .chat import in_pieces
from .chat_projects import PROJECT
from .context import Service
from .refusal import Refusal
from .release import described
from .stores.chat_history import BOT
from .stores.chat_history import shown as shown_message
from .stores.session_store import WEBCHAT, shown
from .stores.store import JsonObject


class ChatSessions(Service):
    """Chat sessions and their history. SessionStore checks who may use a session."""

    largest_page = 100

    async def list_chat_sessions(
        self, *, caller: Caller, username: str, page: int = 1, page_size: int = 20, platform_id: str | None = None
    ) -> Json[models.ChatSessionPageAnswer]:
        """The sessions of a username that are in no project, the newest first."""
        page, page_size = max(page, 1), min(max(page_size, 1), self.largest_page)
        matches = self._listed(username, platform_id)
        first = (page - 1) * page_size
        return ok(
            models.ChatSessionPageAnswer,
            {
                "sessions": matches[first : first + page_size],
                "page": page,
                "page_size": page_size,
                "total": len(matches),
            },
        )

    def _listed(self, username: str, platform_id: str | None) -> list[JsonObject]:
        return [
            shown(session)
            for session in self._sessions.all()
            if session["creator"] == username.strip()
            and session["project_id"] is None
            and platform_id in {None, "", session["platform_id"]}
        ]

    async def create_chat_session(
        self, *, caller: Caller, platform_id: str = WEBCHAT
    ) -> Json[models.NewChatSessionAnswer]:
        """Create a session that belongs to the caller."""
        session = self._sessions.create(str(uuid.uuid4()), caller.name, platform_id)
        return ok(models.NewChatSessionAnswer, {name: session[name] for name in ("session_id", "platform_id")})

    async def get_chat_session(
        self, *, caller: Caller, session_id: str, page: int = 1, page_size: int | None = None
    ) -> Json[models.ChatSessionHistoryAnswer]:
        """The messages of a session, or a page of them. The first page is the newest; without a size it contains all.

        Raises Refusal if there is no such session, or if the caller may not read it.
        """
        session = self._sessions.readable(session_id, caller.name)
        history = self._sessions.history.shown(session_id)
        size = page_size or max(len(history), 1)
        end = max(len(history) - (page - 1) * size, 0)
        found: JsonObject = {
            "history": history[max(end - size, 0) : end],
            "threads": self._sessions.threads(session_id),
            "is_running": self._sessions.runs.running(session_id),
            "active_runs": self._replies.going(session_id),
            "session": shown(session),
            "total": len(history),
            "page": page,
            "page_size": size,
            "has_more": end > size,
        }
        project = self._store.get(PROJECT, session["project_id"]) if session["project_id"] else None
        if project is not None:
            found["project"] = {name: project[name] for name in ("project_id", "title", "emoji")}
        return ok(models.ChatSessionHistoryAnswer, described(self._contract, "ChatSessionHistory", found))

    async def update_chat_session(
        self, *, caller: Caller, session_id: str, body: models.ChatSessionChange
    ) -> Json[models.DoneQuietly]:
        """Rename a session. Raises Refusal if it does not exist or belongs to another caller."""
        session = self._sessions.own(session_id, caller.name)
        title = given(body).get("display_name")
        if title is not None:
            self._sessions.change(session, display_name=title)
        return ok(models.DoneQuietly, {})

    async def delete_chat_session(self, *, caller: Caller, session_id: str) -> Json[models.DoneQuietly]:
        """Delete a session. Raises Refusal if it does not exist or belongs to another caller."""
        self._sessions.own(session_id, caller.name)
        self._sessions.delete(session_id)
        return ok(models.DoneQuietly, {})

    async def delete_chat_sessions(
        self, *, caller: Caller, body: models.ChatSessionBatch
    ) -> Json[models.ChatSessionBatchAnswer]:
        """Delete the sessions that belong to the caller, and report the others with a reason."""
        stored = []
        ids = given(body)["session_ids"]
        for id in ids:
            try:
                self._sessions.own(id, caller.name)
            except Refusal as reason:
                stored.append({"session_id": id, "reason": reason.message})
            else:
                self._sessions.delete(id)
        data = {"deleted_count": len(ids) - len(stored), "failed_count": len(stored), "failed_items": stored}
        return ok(models.ChatSessionBatchAnswer, data)

    async def stop_chat_session(self, *, caller: Caller, session_id: str) -> Json[models.StoppedRunsAnswer]:
        """Stop the runs in a session. Raises Refusal if it does not exist or belongs to another caller."""
        self._sessions.own(session_id, caller.name)
        return ok(models.StoppedRunsAnswer, {"stopped_count": self._sessions.runs.stop(session_id)})

    async def edit_chat_message(
        self, *, caller: Caller, session_id: str, message_id: str, body: models.MessageChange
    ) -> Json[models.ChangedMessageAnswer]:
        """Edit the last message of the user and delete its answer.

        Raises Refusal if the session belongs to another caller, or if the message is not the last one that a model
        answered.
        """
        self._sessions.own(session_id, caller.name)
        history = self._sessions.history
        message = history.find(session_id, message_id)
        if message["content"]["type"] != "user":
            raise Refusal("Only user messages can be edited")
        messages = history.messages(session_id)
        if any(later["content"]["type"] == "user" for later in messages if later["id"] > message["id"]):
            raise Refusal("Only the latest user message can be edited")
        if not any(later["by_model"] for later in messages if later["id"] > message["id"]):
            raise Refusal("Linked checkpoint not found")
        said = segments(given(body)["content"]["message"], self._attachments)
        changed = history.change(session_id, message, {"type": "user", "message": said})
        self._sessions.delete_stray_threads(session_id)
        return ok(
            models.ChangedMessageAnswer,
            {"message": shown_message(changed), "needs_regenerate": True, "truncated_after_message": True},
        )

    async def regenerate_chat_message(
        self, *, caller: Caller, session_id: str, message_id: str, body: models.Regeneration | None = None
    ) -> AsyncIterator[Json[models.ChatEvent]]:
        """Delete the last answer and create another.

        Raises Refusal if the session belongs to another caller, or if the message is not part of the last answer of a
        model.
        """
        session = self._sessions.own(session_id, caller.name)
        history = self._sessions.history
        message = history.find(session_id, message_id)
        if message["sender_id"] != BOT or message["content"]["type"] != "bot":
            raise Refusal("Only bot messages can be regenerated")
        if not message["by_model"]:
            raise Refusal("Linked checkpoint not found")
        checkpoint = message["llm_checkpoint_id"]
        asked = [stored for stored in history.messages(session_id) if stored["content"]["type"] == "user"][-1]
        if asked["llm_checkpoint_id"] != checkpoint:
            raise Refusal("Only the latest answer can be regenerated")
        history.drop(session_id, lambda stored: stored["id"] > asked["id"])
        self._sessions.delete_stray_threads(session_id)
        said = understood(asked["content"]["message"])
        question = Question(caller.name, session_id, session["platform_id"], said, checkpoint, in_pieces(given(body)))
        return self._replies.to(question, history, None)
