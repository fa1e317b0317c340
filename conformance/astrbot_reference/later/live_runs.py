"""Answers that are completed with or without a client, and can be resumed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

from astrbot_api.server import Json

from astrbot_reference.agent.replies import Question, event
from astrbot_reference.stores.store import JsonObject

log = logging.getLogger(__name__)


class LiveRun:
    """An answer in progress: the events sent so far, for any number of clients."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.id: str | None = None
        self._sent: list[Json[Any]] = []
        self._over = False
        self._news = asyncio.Event()

    async def make(self, events: AsyncIterator[Json[Any]]) -> None:
        """Collect all events. An exception ends the answer."""
        try:
            async for sent in events:
                self._sent.append(sent)
                if sent.content["type"] == "run_started":
                    self.id = sent.content["data"]["run_id"]
                self._tell()
        except Exception:
            log.exception("an answer could not be made")
        finally:
            self._over = True
            self._tell()

    async def events(self, start: int = 0) -> AsyncIterator[Json[Any]]:
        """The events from an index on, including future ones."""
        while True:
            while start < len(self._sent):
                yield self._sent[start]
                start += 1
            if self._over:
                return
            await self._news.wait()

    async def resumed(self) -> AsyncIterator[Json[Any]]:
        """One event with the answer so far, then the future events."""
        start = len(self._sent)
        yield event("run_snapshot", self.snapshot())
        async for sent in self.events(start):
            yield sent

    def snapshot(self) -> JsonObject:
        """The answer so far, as the ActiveRun of the contract."""
        pieces = [sent.content for sent in self._sent if sent.content["type"] == "plain"]
        text = "".join(piece["data"] for piece in pieces if piece["chain_type"] is None)
        thought = "".join(piece["data"] for piece in pieces if piece["chain_type"] == "reasoning")
        content: JsonObject = {"type": "bot", "message": [{"type": "plain", "text": text}] if text else []}
        return {
            "run_id": self.id,
            "session_id": self.question.place,
            "llm_checkpoint_id": self.question.checkpoint,
            "status": "running",
            "revision": len(self._sent),
            "content": content | ({"reasoning": thought} if thought else {}),
        }

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
