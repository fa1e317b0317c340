"""Chat with the agent, and threads on its answers."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

from astrbot_api import models
from astrbot_api.operation import Operation
from astrbot_api.server import Json

from .administrators import refuse_username
from .agent.messages import segments, understood
from .agent.replies import Question
from .answers import ok
from .auth import Caller
from .bodies import given
from .chat_socket import over_socket, pong, refusal_event
from .context import Service
from .refusal import Refusal
from .release import described
from .stores.session_store import WEBCHAT
from .stores.store import JsonObject


class Chat(Service):
    """Chat with the agent, and threads on its answers.

    Members such as `_skip_user_history` are internal to AstrBot and ignored in requests.
    """

    refuse_username = staticmethod(refuse_username)

    async def chat(self, *, caller: Caller, body: models.ChatRequest) -> AsyncIterator[Json[models.ChatEvent]]:
        """Store a message in the session and answer it.

        Raises Refusal if the profile or an attachment is unknown, if the session belongs to another username, or if the
        username is reserved for an administrator.
        """
        _, events = self._answer(self._contract.by_id["chat"], caller, given(body))
        return events

    async def chat_over_websocket(
        self, *, caller: Caller, message: models.ChatSocketMessage
    ) -> AsyncIterator[Json[models.ChatSocketEvent]]:
        """Answer a ping, or store a message in the session and answer it. Raises Refusal as `chat` does."""
        sent = given(message)
        if sent.get("t") == "ping":
            return pong()
        operation = next(each for each in self._contract.websockets if each.id == "chat_over_websocket")
        session, events = self._answer(operation, caller, sent)
        return over_socket(events, session, sent.get("message_id") or str(uuid.uuid4()))

    async def refuse_chat_over_websocket(self, *, error: Exception) -> Json[models.ChatSocketEvent] | None:
        """The event for a rejected connection or message; None if the error is a bug of the server."""
        return refusal_event(error)

    def _answer(
        self, operation: Operation, caller: Caller, sent: JsonObject
    ) -> tuple[str, AsyncIterator[Json[models.ChatEvent]]]:
        """Store a message, and return its session and the events of the answer."""
        username = sent["username"].strip()
        self.refuse_username(operation, caller, username, self._profiles)
        self._check_profile(sent)
        said = segments(sent["message"], self._attachments)
        session = self._sessions.enter(self.session_id(sent), username, caller.name)
        history, place = self._sessions.history, session["session_id"]
        checkpoint = str(uuid.uuid4())
        stored = history.add(place, session["platform_id"], username, checkpoint, {"type": "user", "message": said})
        question = Question(caller.name, place, session["platform_id"], understood(said), checkpoint, in_pieces(sent))
        return place, self._replies.to(question, history, stored)

    @staticmethod
    def session_id(sent: JsonObject) -> str:
        """The session that a request names, or a new UUID."""
        named = sent["session_id"] if "session_id" in sent else sent.get("conversation_id")
        return named if named and named.strip() else str(uuid.uuid4())

    def _check_profile(self, sent: JsonObject) -> None:
        id, name = sent.get("config_id") or "", sent.get("config_name") or ""
        known = self._profiles.all()
        if id.strip():
            if all(profile["id"] != id.strip() for profile in known):
                raise Refusal(f"config_id not found: {id}")
        elif name.strip():
            found = [profile for profile in known if profile["name"] == name.strip()]
            if not found:
                raise Refusal(f"config_name not found: {name}")
            if len(found) > 1:
                raise Refusal(f"config_name is not unique: {name}")

    async def list_chat_configs(self, *, caller: Caller) -> Json[models.ConfigProfileListAnswer]:
        """The configuration profiles."""
        return ok(models.ConfigProfileListAnswer, {"info_list": self._profiles.listed()})

    async def create_chat_thread(self, *, caller: Caller, body: models.ThreadCreation) -> Json[models.ChatThreadAnswer]:
        """Create a thread on a part of an answer, or return the existing one.

        Raises Refusal if the session belongs to another caller, or if the message is not an answer of a model.
        """
        sent = given(body)
        session = self._sessions.own(sent["session_id"], caller.name)
        text = sent["selected_text"].strip()
        return ok(
            models.ChatThreadAnswer, self._sessions.open_thread(session["session_id"], sent["parent_message_id"], text)
        )

    async def get_chat_thread(self, *, caller: Caller, thread_id: str) -> Json[models.ThreadHistoryAnswer]:
        """A thread and its messages. Raises Refusal if it does not exist or belongs to another caller."""
        thread = self._sessions.thread(thread_id, caller.name)
        return ok(
            models.ThreadHistoryAnswer,
            described(
                self._contract,
                "ThreadHistory",
                {
                    "thread": thread,
                    "history": self._sessions.thread_history.shown(thread_id),
                    "is_running": self._sessions.runs.running(thread_id),
                    "active_runs": self._replies.going(thread_id),
                },
            ),
        )

    async def delete_chat_thread(self, *, caller: Caller, thread_id: str) -> Json[models.DeletedThreadAnswer]:
        """Delete a thread. Raises Refusal if it does not exist or belongs to another caller."""
        self._sessions.thread(thread_id, caller.name)
        self._sessions.delete_thread(thread_id)
        return ok(models.DeletedThreadAnswer, {"thread_id": thread_id})

    async def chat_in_thread(
        self, *, caller: Caller, thread_id: str, body: models.ThreadMessage
    ) -> AsyncIterator[Json[models.ChatEvent]]:
        """Store a message in the thread and answer it.

        Raises Refusal if the thread does not exist or belongs to another caller, or if an attachment is unknown.
        """
        sent = given(body)
        self._sessions.thread(thread_id, caller.name)
        said = segments(sent["message"], self._attachments)
        history, checkpoint = self._sessions.thread_history, str(uuid.uuid4())
        stored = history.add(thread_id, WEBCHAT, caller.name, checkpoint, {"type": "user", "message": said})
        question = Question(caller.name, thread_id, WEBCHAT, understood(said), checkpoint, in_pieces(sent))
        return self._replies.to(question, history, stored)


def in_pieces(sent: JsonObject) -> bool:
    """Whether the answer is streamed in pieces: `flags`, if the release has them, before `enable_streaming`."""
    flags: JsonObject = sent.get("flags") or {}
    return flags.get("enable_streaming", sent.get("enable_streaming")) is not False
