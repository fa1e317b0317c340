"""The messages of sessions and threads, and the runs in progress."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.refusal import Refusal

from .store import JsonObject, Store

BOT = "bot"
LAST_ID = "last chat message"
RUN = "chat_run"

SHOWN = (
    "id",
    "platform_id",
    "user_id",
    "sender_id",
    "sender_name",
    "content",
    "llm_checkpoint_id",
    "created_at",
    "updated_at",
)


class History:
    """The messages of every session (kind `chat_history`) or of every thread (kind `thread_history`), by its id.

    A turn is a message of the user with all messages that answer it; they share an `llm_checkpoint_id`. `by_model`
    tells whether a model made a message, and not a command; it is never shown.
    """

    def __init__(self, store: Store, clock: Clock, kind: str) -> None:
        self._store = store
        self._clock = clock
        self._kind = kind

    def messages(self, place: str) -> list[JsonObject]:
        """The messages of a session or thread, the oldest first."""
        stored = self._store.get(self._kind, place)
        return [] if stored is None else list(stored["messages"])

    def shown(self, place: str) -> list[JsonObject]:
        """The same, as the API shows it."""
        return [shown(message) for message in self.messages(place)]

    def add(
        self, place: str, platform: str, sender: str, checkpoint: str, content: JsonObject, *, by_model: bool = False
    ) -> JsonObject:
        """Append a message and return it."""
        id = self._store.setting(LAST_ID, 0) + 1
        self._store.set_setting(LAST_ID, id)
        now = stamp(self._clock())
        message = {
            "id": id,
            "platform_id": platform,
            "user_id": place,
            "sender_id": sender,
            "sender_name": sender,
            "content": content,
            "llm_checkpoint_id": checkpoint,
            "created_at": now,
            "updated_at": now,
            "by_model": by_model,
        }
        self._keep(place, [*self.messages(place), message])
        return message

    def find(self, place: str, message_id: str | int) -> JsonObject:
        """A message by its number. Raises Refusal if the number is invalid, or if there is no such message."""
        try:
            number = int(message_id)
        except ValueError as error:
            raise Refusal("Invalid key: message_id") from error
        for message in self.messages(place):
            if message["id"] == number:
                return message
        raise Refusal(f"Message {number} not found")

    def change(self, place: str, message: JsonObject, content: JsonObject) -> JsonObject:
        """Change the content of a message, delete all later messages, and return it."""
        changed = {**message, "content": content, "updated_at": stamp(self._clock())}
        self._keep(place, [stored for stored in self.messages(place) if stored["id"] < message["id"]] + [changed])
        return changed

    def drop(self, place: str, unwanted: Callable[[JsonObject], bool]) -> None:
        """Delete some messages."""
        self._keep(place, [message for message in self.messages(place) if not unwanted(message)])

    def forget(self, place: str) -> None:
        """Delete all messages of a session or thread."""
        self._store.remove(self._kind, place)

    def _keep(self, place: str, messages: list[JsonObject]) -> None:
        self._store.put(self._kind, place, {"messages": messages})


def shown(message: JsonObject) -> JsonObject:
    """A message as the API shows it."""
    return {name: message[name] for name in SHOWN}


class Runs:
    """The answers in progress, and whether they are to be stopped."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, place: str) -> str:
        """Record the start of an answer in a session or thread, and return the id of the run."""
        run = str(uuid.uuid4())
        self._store.put(RUN, run, {"run": run, "place": place, "stopped": False})
        return run

    def end(self, run: str) -> None:
        """Record the end of a run."""
        self._store.remove(RUN, run)

    def end_all(self) -> None:
        """Delete the runs that a killed server left behind."""
        self._store.replace_all(RUN, [])

    def running(self, place: str) -> bool:
        """Whether an answer is in progress."""
        return any(run["place"] == place for run in self._store.all(RUN))

    def stop(self, place: str) -> int:
        """Request all runs in a session or thread to stop, and return their number."""
        going = [run for run in self._store.all(RUN) if run["place"] == place and not run["stopped"]]
        for run in going:
            self._store.put(RUN, run["run"], {**run, "stopped": True})
        return len(going)

    def stopped(self, run: str) -> bool:
        """Whether a run is requested to stop."""
        stored = self._store.get(RUN, run)
        return stored is None or stored["stopped"]
