"""The conversations that the agent remembers: one for each chat session that a model answered in."""

from __future__ import annotations

import uuid

from astrbot_reference.agent.replies import Question
from astrbot_reference.clock import Clock
from astrbot_reference.origins import origin_of
from astrbot_reference.refusal import Refusal

from .session_store import SESSION
from .store import JsonObject, Store

KIND = "conversation"


class ConversationStore:
    """The stored conversations.

    Each has the members of the contract, and `turns`: the messages with the checkpoint of their turn, so that a
    regenerated answer replaces the one before.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def remember(self, question: Question, answer: str) -> None:
        """Store a question and its answer, or replace those of the same turn. Threads are not stored."""
        session = self._store.get(SESSION, question.place)
        if session is None:
            return
        umo, now = origin_of(session), int(self._clock().timestamp())
        stored = next((one for one in self.all() if one["user_id"] == umo), None) or self._begun(umo, now)
        turns = [turn for turn in stored["turns"] if turn["checkpoint"] != question.checkpoint]
        said = [{"role": "user", "content": question.said}, {"role": "assistant", "content": answer}]
        turns += [{"checkpoint": question.checkpoint, "turn": turn} for turn in said]
        usage = stored["token_usage"] + len(question.said.split()) + len(answer.split())
        self._keep(stored | {"turns": turns, "token_usage": usage, "updated_at": now})

    def all(self) -> list[JsonObject]:
        """Every conversation, the oldest first."""
        return self._store.all(KIND)

    def find(self, cid: str, user_id: str) -> JsonObject:
        """A conversation. Raises Refusal if the origin has none of this id."""
        found = self._store.get(KIND, cid)
        if found is None or found["user_id"] != user_id:
            raise Refusal("Conversation not found")
        return found

    def change(self, cid: str, user_id: str, **members: object) -> None:
        """Change members of a conversation. Raises Refusal as `find` does."""
        self._keep(self.find(cid, user_id) | members | {"updated_at": int(self._clock().timestamp())})

    def replace_turns(self, cid: str, user_id: str, turns: list[object]) -> None:
        """Replace all turns. Raises Refusal as `find` does."""
        self.change(cid, user_id, turns=[{"checkpoint": None, "turn": turn} for turn in turns])

    def remove(self, cid: str, user_id: str) -> bool:
        """Delete a conversation. False if there was none."""
        found = self._store.get(KIND, cid)
        return found is not None and found["user_id"] == user_id and self._store.remove(KIND, cid)

    def _keep(self, conversation: JsonObject) -> None:
        self._store.put(KIND, conversation["cid"], conversation)

    @staticmethod
    def _begun(umo: str, now: int) -> JsonObject:
        return {
            "cid": str(uuid.uuid4()),
            "user_id": umo,
            "platform_id": umo.partition(":")[0],
            "title": None,
            "persona_id": None,
            "token_usage": 0,
            "created_at": now,
            "updated_at": now,
            "turns": [],
        }
