"""What sessions and threads remember: their messages, and the answers that are on their way."""

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

    A turn is what a user says and all that the agent says to it; its messages share an `llm_checkpoint_id`. `by_model`
    tells whether a model made a message, not a command; it is never shown.
    """

    def __init__(self, store: Store, clock: Clock, kind: str) -> None:
        self._store = store
        self._clock = clock
        self._kind = kind

    def messages(self, place: str) -> list[JsonObject]:
        """Everything said in a session or thread, the oldest first."""
        kept = self._store.get(self._kind, place)
        return [] if kept is None else list(kept["messages"])

    def shown(self, place: str) -> list[JsonObject]:
        """The same, as the contract shows it."""
        return [shown(message) for message in self.messages(place)]

    def add(
        self, place: str, platform: str, sender: str, checkpoint: str, content: JsonObject, *, by_model: bool = False
    ) -> JsonObject:
        """Keep a message at the end and return it."""
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
        """A message by its number. Raises Refusal when that is none, or when there is no such message."""
        try:
            number = int(message_id)
        except ValueError as error:
            raise Refusal("Invalid key: message_id") from error
        for message in self.messages(place):
            if message["id"] == number:
                return message
        raise Refusal(f"Message {number} not found")

    def change(self, place: str, message: JsonObject, content: JsonObject) -> JsonObject:
        """Give a message another content, forget all that came after it, and return it."""
        changed = {**message, "content": content, "updated_at": stamp(self._clock())}
        self._keep(place, [kept for kept in self.messages(place) if kept["id"] < message["id"]] + [changed])
        return changed

    def drop(self, place: str, unwanted: Callable[[JsonObject], bool]) -> None:
        """Forget some messages."""
        self._keep(place, [message for message in self.messages(place) if not unwanted(message)])

    def forget(self, place: str) -> None:
        """Forget everything said in a session or thread."""
        self._store.remove(self._kind, place)

    def _keep(self, place: str, messages: list[JsonObject]) -> None:
        self._store.put(self._kind, place, {"messages": messages})


def shown(message: JsonObject) -> JsonObject:
    """A message as the contract shows it."""
    return {name: message[name] for name in SHOWN}


class Runs:
    """The answers that are on their way, and whether somebody wants one stopped."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, place: str) -> str:
        """Note that an answer is on its way in a session or thread, and return its id."""
        run = str(uuid.uuid4())
        self._store.put(RUN, run, {"run": run, "place": place, "stopped": False})
        return run

    def end(self, run: str) -> None:
        """Note that it has come to its end."""
        self._store.remove(RUN, run)

    def end_all(self) -> None:
        """Forget what a server that was killed left behind."""
        self._store.replace_all(RUN, [])

    def running(self, place: str) -> bool:
        """Whether an answer is on its way."""
        return any(run["place"] == place for run in self._store.all(RUN))

    def stop(self, place: str) -> int:
        """Ask all answers in a session or thread to stop, and return how many that were."""
        going = [run for run in self._store.all(RUN) if run["place"] == place and not run["stopped"]]
        for run in going:
            self._store.put(RUN, run["run"], {**run, "stopped": True})
        return len(going)

    def stopped(self, run: str) -> bool:
        """Whether an answer is asked to stop."""
        kept = self._store.get(RUN, run)
        return kept is None or kept["stopped"]
