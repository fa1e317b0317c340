"""Chat sessions, their owners, and the threads on their answers."""

from __future__ import annotations

import uuid

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.overrides import Overrides
from astrbot_reference.refusal import Refusal

from .chat_history import BOT, History, Runs
from .store import JsonObject, Store

SESSION = "chat_session"
THREAD = "chat_thread"
WEBCHAT = "webchat"
SHOWN = ("session_id", "platform_id", "creator", "display_name", "is_group", "created_at", "updated_at")


class SessionStore:
    """Every chat session with its history and threads.

    A session belongs to its creator: the username it was created under, or `api_key:<key id>`. Only a caller of that
    name may change it. Callers that have chatted in it (`talkers`) may read it too, unless only owners read.
    """

    def __init__(self, store: Store, clock: Clock, overrides: Overrides, *, only_owners_read: bool = False) -> None:
        self._store = store
        self._clock = clock
        self._only_owners_read = only_owners_read
        self.history = overrides.of(History)(store, clock, "chat_history")
        self.thread_history = overrides.of(History)(store, clock, "thread_history")
        self.runs = overrides.of(Runs)(store)

    def create(self, id: str, creator: str, platform: str = WEBCHAT) -> JsonObject:
        """Create a session, without the history of an earlier one with that id."""
        self.history.forget(id)
        now = stamp(self._clock())
        session: JsonObject = {
            "session_id": id,
            "platform_id": platform,
            "creator": creator,
            "display_name": None,
            "is_group": 0,
            "created_at": now,
            "updated_at": now,
            "project_id": None,
            "talkers": [],
        }
        self._store.put(SESSION, id, session)
        return session

    def enter(self, id: str, username: str, caller: str) -> JsonObject:
        """The session to chat in, created if it does not exist. Raises Refusal if it belongs to another username."""
        session = self._store.get(SESSION, id) or self.create(id, username)
        if session["creator"] != username:
            raise Refusal("session_id belongs to another username")
        if caller not in session["talkers"]:
            session["talkers"].append(caller)
            self._store.put(SESSION, id, session)
        return session

    def all(self) -> list[JsonObject]:
        """Every session, the newest first."""
        return self._store.all(SESSION)[::-1]

    def exists(self, id: str) -> bool:
        """Whether a session exists."""
        return self._store.get(SESSION, id) is not None

    def find(self, id: str) -> JsonObject:
        """A session. Raises Refusal if there is none."""
        return self._store.find(SESSION, id, f"Session {id} not found")

    def own(self, id: str, caller: str) -> JsonObject:
        """A session that the caller may change. Raises Refusal if it does not exist or belongs to another caller."""
        session = self.find(id)
        if session["creator"] != caller:
            raise Refusal("Permission denied")
        return session

    def readable(self, id: str, caller: str) -> JsonObject:
        """A session that the caller may read. Raises Refusal if there is none, or if the caller may not read it."""
        session = self.find(id)
        talkers = [] if self._only_owners_read else session["talkers"]
        if caller not in {session["creator"], *talkers}:
            raise Refusal("Permission denied")
        return session

    def change(self, session: JsonObject, **members: object) -> None:
        """Change members of a session."""
        self._store.put(SESSION, session["session_id"], {**session, **members, "updated_at": stamp(self._clock())})

    def delete(self, id: str) -> None:
        """Delete a session, its messages, and its threads."""
        self.runs.stop(id)
        for thread in self.threads(id):
            self.delete_thread(thread["thread_id"])
        self.history.forget(id)
        self._store.remove(SESSION, id)

    def threads(self, session_id: str) -> list[JsonObject]:
        """The threads on the answers of a session, the oldest first."""
        return [thread for thread in self._store.all(THREAD) if thread["parent_session_id"] == session_id]

    def open_thread(self, session_id: str, message_id: str | int, selected_text: str) -> JsonObject:
        """The thread on a part of an answer, created if it does not exist.

        Raises Refusal if the message is not an answer of a model.
        """
        try:
            number = int(message_id)
        except ValueError as error:
            raise Refusal("Invalid key: parent_message_id") from error
        message = self.history.find(session_id, number)
        if message["sender_id"] != BOT or message["content"]["type"] != "bot":
            raise Refusal("Only bot messages can create threads")
        if not message["by_model"]:
            raise Refusal("Linked checkpoint not found")
        for thread in self.threads(session_id):
            if (thread["parent_message_id"], thread["selected_text"]) == (number, selected_text):
                return thread
        now = stamp(self._clock())
        opened: JsonObject = {
            "thread_id": str(uuid.uuid4()),
            "parent_session_id": session_id,
            "parent_message_id": number,
            "base_checkpoint_id": message["llm_checkpoint_id"],
            "selected_text": selected_text,
            "created_at": now,
            "updated_at": now,
        }
        self._store.put(THREAD, opened["thread_id"], opened)
        return opened

    def thread(self, id: str, caller: str) -> JsonObject:
        """A thread on a session of the caller. Raises Refusal if it does not exist or belongs to another caller."""
        found = self._store.find(THREAD, id, f"Thread {id} not found")
        self.own(found["parent_session_id"], caller)
        return found

    def delete_thread(self, id: str) -> None:
        """Delete a thread and its messages."""
        self.runs.stop(id)
        self.thread_history.forget(id)
        self._store.remove(THREAD, id)

    def delete_stray_threads(self, session_id: str) -> None:
        """Delete the threads on messages that no longer exist."""
        left = {message["id"] for message in self.history.messages(session_id)}
        for thread in self.threads(session_id):
            if thread["parent_message_id"] not in left:
                self.delete_thread(thread["thread_id"])


def shown(session: JsonObject) -> JsonObject:
    """A session as the API shows it."""
    return {name: session[name] for name in SHOWN}
