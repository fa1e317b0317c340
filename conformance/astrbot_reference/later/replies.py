"""The events of an answer in the order of later releases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from astrbot_api.server import Json

from astrbot_reference.agent.agent import ModelAnswer
from astrbot_reference.agent.replies import Question, Replies, Reply, event, text_segment
from astrbot_reference.clock import Clock
from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.chat_history import History, Runs
from astrbot_reference.stores.conversation_store import ConversationStore
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.stores.workspaces import Workspaces
from astrbot_reference.threads import Threads

from .live_runs import LiveRun

NOTE = "#note"
"""If a message contains this word, the model writes the message to a file in the workspace of the project."""


@dataclass(kw_only=True)
class LiveReply(Reply):
    """An answer of a later release: it is announced as a run, reported by step, and stored as a conversation."""

    says_failures: ClassVar[bool] = True
    memory: ConversationStore
    workspaces: Workspaces

    async def _model(self, planned: ModelAnswer, run: str) -> AsyncIterator[Json[Any]]:
        self.message_id = run
        yield self._marked("run_started", {"run_id": run}, streaming=self.question.in_pieces)
        if NOTE in self.question.said.split():
            self.workspaces.note(self.question.place, self.question.said)
        async for sent in super()._model(planned, run):
            yield sent

    async def _whole(self, planned: ModelAnswer, run: str) -> AsyncIterator[Json[Any]]:
        segments: list[JsonObject] = []
        for sent in self._calls(planned, segments):
            yield sent
        text = "".join([piece async for piece in self._written(planned, run)]) or planned.failure
        if not self.stopped:
            stats = self._stats(text)
            yield event("agent_stats", stats)
            if planned.thought:
                thought = f"Thinking: {planned.thought}"
                yield self._plain(thought)
                yield self._keep([text_segment(thought)], by_model=True)
            yield self._plain(text)
            self._remember(text)
            yield self._keep([*segments, text_segment(text)], by_model=True, agent_stats=stats)
        yield self._marked("end", "", streaming=False)

    def _calls(self, planned: ModelAnswer, segments: list[JsonObject]) -> Iterator[Json[Any]]:
        """The events of the tools, after the statistics of the step that called them."""
        if planned.calls:
            yield event("agent_stats", self._stats(""))
        yield from super()._calls(planned, segments)

    def _stats(self, text: str) -> JsonObject:
        stats = super()._stats(text)
        return stats | {"current_context_tokens": len(self.question.said.split())}

    def _remember(self, text: str) -> None:
        self.memory.remember(self.question, text)


class LiveReplies(Replies):
    """Answers messages, with or without a connected client."""

    def __init__(
        self,
        runs: Runs,
        attachments: AttachmentStore,
        clock: Clock,
        threads: Threads,
        *,
        memory: ConversationStore,
        workspaces: Workspaces,
    ) -> None:
        super().__init__(runs, attachments, clock, threads)
        self._memory = memory
        self._workspaces = workspaces
        self._live: dict[asyncio.Task[None], LiveRun] = {}

    def to(self, question: Question, history: History, user_message: JsonObject | None) -> AsyncIterator[Json[Any]]:
        """The events of an answer. The answer is completed even if no client reads them."""
        answering = LiveReply(
            question,
            history,
            self._runs,
            self._attachments,
            self._clock,
            memory=self._memory,
            workspaces=self._workspaces,
        )
        return self._begun(LiveRun(question), self._threads.stream(answering.events(user_message)))

    async def _begun(self, run: LiveRun, events: AsyncIterator[Json[Any]]) -> AsyncIterator[Json[Any]]:
        """The events of an answer. It starts with the first read, because only then there is an event loop."""
        task = asyncio.get_running_loop().create_task(run.make(events))
        self._live[task] = run
        task.add_done_callback(self._live.pop)
        async for sent in run.events():
            yield sent

    def going(self, place: str) -> list[JsonObject]:
        """The answers in progress in a session or thread that clients can resume."""
        return [run.snapshot() for run in list(self._live.values()) if run.id and run.question.place == place]

    def resumed(self, run_id: str, asker: str) -> AsyncIterator[Json[Any]]:
        """The answer so far, and its future events. Raises Refusal if it is finished or belongs to another caller."""
        for run in list(self._live.values()):
            if run.id == run_id and run.question.asker == asker:
                return run.resumed()
        return super().resumed(run_id, asker)

    async def end(self) -> None:
        """Cancel the answers in progress when the server ends."""
        tasks = list(self._live)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
