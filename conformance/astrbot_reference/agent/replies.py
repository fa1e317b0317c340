"""The events of an answer, in the order of real servers, and the messages that the history stores."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from astrbot_api.models import ChatEvent
from astrbot_api.server import Json

from astrbot_reference.clock import Clock
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.chat_history import BOT, History, Runs
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.threads import Pause, Threads

from .agent import SENT, CommandAnswer, ModelAnswer, answer


@dataclass(frozen=True, slots=True)
class Question:
    """A message to answer.

    asker: the name of the caller. place: the id of the session or thread. said: the message as one line.
    """

    asker: str
    place: str
    platform: str
    said: str
    checkpoint: str
    in_pieces: bool


class Replies:
    """Answers messages."""

    def __init__(self, runs: Runs, attachments: AttachmentStore, clock: Clock, threads: Threads) -> None:
        self._threads = threads
        self._runs = runs
        self._attachments = attachments
        self._clock = clock

    def to(
        self, question: Question, history: History, user_message: JsonObject | None
    ) -> AsyncIterator[Json[ChatEvent]]:
        """The events of an answer. Reading them makes the answer and stores it in the history.

        user_message: the stored question, if one was stored.
        """
        answering = Reply(question, history, self._runs, self._attachments, self._clock)
        return self._threads.stream(answering.events(user_message))

    def going(self, place: str) -> list[JsonObject]:
        """The answers in progress in a session or thread that clients can resume: none in this release."""
        return []

    def resumed(self, run_id: str, asker: str) -> AsyncIterator[Json[ChatEvent]]:
        """The answer so far, and its future events. Raises Refusal if it is finished or belongs to another caller."""
        raise Refusal("Run not found or already finished")


@dataclass
class Reply:
    """An answer in progress: it sends the events and stores the messages."""

    question: Question
    history: History
    runs: Runs
    attachments: AttachmentStore
    clock: Clock
    says_failures: ClassVar[bool] = False  # whether a streamed answer of a failed model has a text
    message_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    begun: float = 0.0
    stopped: bool = False
    first_token: float | None = None

    async def events(self, user_message: JsonObject | None) -> AsyncIterator[Json[ChatEvent]]:
        """All events, from the session id to the end. user_message: the stored question, if one was stored.

        A client that disconnects ends the run; the rest of the answer is not stored.
        """
        run = self.runs.begin(self.question.place)
        try:
            yield event("session_id", None, session_id=self.question.place)
            if user_message is not None:
                yield event("user_message_saved", place_of(user_message))
            planned = answer(self.question.said)
            if isinstance(planned, CommandAnswer):
                for sent in self._command(planned):
                    yield sent
            elif planned is None:
                yield self._marked("end", "", streaming=False)
            else:
                async for sent in self._model(planned, run):
                    yield sent
        finally:
            self.runs.end(run)

    def _command(self, planned: CommandAnswer) -> Iterator[Json[ChatEvent]]:
        for text in planned.texts:
            yield self._plain(text)
            yield self._keep([text_segment(text)])
        for type in planned.sends:
            attachment = self.attachments.first(type)
            if type != "video":
                yield self._marked(type, f"[{type.upper()}]{attachment['filename']}", streaming=False)
                yield event("attachment_saved", {"id": attachment["attachment_id"], "type": type})
                yield self._keep([attachment])
        yield self._marked("end", "", streaming=False)

    async def _model(self, planned: ModelAnswer, run: str) -> AsyncIterator[Json[ChatEvent]]:
        self.begun = self.clock().timestamp()
        made = self._pieces(planned, run) if self.question.in_pieces else self._whole(planned, run)
        async for sent in made:
            yield sent

    async def _pieces(self, planned: ModelAnswer, run: str) -> AsyncIterator[Json[ChatEvent]]:
        segments: list[JsonObject] = []
        extras: JsonObject = {}
        for sent in self._thought(planned, segments, extras):
            yield sent
        for sent in self._calls(planned, segments):
            yield sent
        text = ""
        async for piece in self._written(planned, run):
            text += piece
            yield self._plain(piece, streaming=True)
        if not self.stopped:
            extras["agent_stats"] = self._stats(text)
            yield event("agent_stats", extras["agent_stats"])
            if not text and self.says_failures:
                text = planned.failure
                yield self._plain(text, streaming=True)
        yield self._marked("complete", text, streaming=True, reasoning=planned.thought)
        self._remember(text)
        yield self._keep([*segments, *([text_segment(text)] if text else [])], by_model=True, **extras)
        yield self._marked("end", "", streaming=True)

    def _thought(
        self, planned: ModelAnswer, segments: list[JsonObject], extras: JsonObject
    ) -> Iterator[Json[ChatEvent]]:
        """The event of the model's thought, if it has one; the thought is added to the segments and the extras."""
        if planned.thought:
            yield self._plain(planned.thought, "reasoning", streaming=True)
            segments.append({"type": "think", "think": planned.thought})
            extras["reasoning"] = planned.thought

    async def _whole(self, planned: ModelAnswer, run: str) -> AsyncIterator[Json[ChatEvent]]:
        segments: list[JsonObject] = []
        if planned.thought and planned.text:
            thought = f"Thinking: {planned.thought}"
            yield self._plain(thought)
            yield self._keep([text_segment(thought)], by_model=True)
        for sent in self._calls(planned, segments):
            yield sent
        text = "".join([piece async for piece in self._written(planned, run)]) or planned.failure
        if text:
            yield self._plain(text)
            yield self._keep([*segments, text_segment(text)], by_model=True)
        if self.stopped:
            yield self._marked("end", "", streaming=False)
            if segments and not text:
                yield self._keep(segments, by_model=True)
            return
        stats = self._stats(text)
        yield event("agent_stats", stats)
        yield self._marked("end", "", streaming=False)
        yield self._keep([], by_model=True, agent_stats=stats)

    async def _written(self, planned: ModelAnswer, run: str) -> AsyncIterator[str]:
        """The pieces of the text, until the end or until the answer is stopped."""
        for number, piece in enumerate(planned.pieces):
            await Pause(planned.pause)
            if number == planned.stops_after or self.runs.stopped(run):
                self.stopped = True
                return
            self.first_token = self.first_token or self.clock().timestamp()
            yield piece

    def _calls(self, planned: ModelAnswer, segments: list[JsonObject]) -> Iterator[Json[ChatEvent]]:
        """The events of the tool calls; the calls are appended to the segments."""
        for call in planned.calls:
            asked = self.clock().timestamp()
            id = f"call_{uuid.uuid4().hex[:12]}"
            stored: JsonObject = {"id": id, "name": call.name, "args": call.args, "ts": asked}
            yield self._plain(json.dumps(stored), "tool_call")
            if call.sends:
                yield from self._sent([*segments, {"type": "tool_call", "tool_calls": [stored]}])
                segments.clear()
                stored = {"id": id}
            if call.result is not None:
                given = self.clock().timestamp()
                yield self._plain(json.dumps({"id": id, "ts": given, "result": call.result}), "tool_call_result")
                stored |= {"result": call.result, "finished_ts": given}
            segments.append({"type": "tool_call", "tool_calls": [stored]})

    def _sent(self, segments: list[JsonObject]) -> Iterator[Json[ChatEvent]]:
        """A message that a tool sends to the user while the model waits: it is stored after the message so far."""
        picture = self.attachments.first("image")
        mark = f"[IMAGE]{picture['filename']}"
        yield self._plain(SENT, streaming=True)
        yield self._marked("image", mark, streaming=True)
        yield event("attachment_saved", {"id": picture["attachment_id"], "type": "image"})
        yield self._marked("complete", mark, streaming=True, chain_type=None)
        yield self._keep([text_segment(SENT), picture, *segments], by_model=True)

    def _remember(self, text: str) -> None:
        """Store the answer outside the history: nothing in this release."""

    def _stats(self, text: str) -> JsonObject:
        ended = self.clock().timestamp()
        return {
            "token_usage": {
                "input_other": len(self.question.said.split()),
                "input_cached": 0,
                "output": len(text.split()) if self.first_token else 0,
            },
            "start_time": self.begun,
            "end_time": ended,
            "time_to_first_token": (self.first_token or self.begun) - self.begun,
        }

    def _keep(self, segments: list[JsonObject], *, by_model: bool = False, **extras: object) -> Json[ChatEvent]:
        question = self.question
        content: JsonObject = {"type": "bot", "message": segments, **extras}
        message = self.history.add(
            question.place, question.platform, BOT, question.checkpoint, content, by_model=by_model
        )
        return event("message_saved", place_of(message))

    def _plain(self, text: str, chain_type: str | None = None, *, streaming: bool = False) -> Json[ChatEvent]:
        return self._marked("plain", text, streaming=streaming, chain_type=chain_type)

    def _marked(self, type: str, data: object, *, streaming: bool, **members: object) -> Json[ChatEvent]:
        return event(type, data, streaming=streaming, message_id=self.message_id, **members)


def event(type: str, data: object, **members: object) -> Json[ChatEvent]:
    """An event of the stream, as JSON: the stubs validate it against the contract of the served release."""
    return Json(ChatEvent, {"type": type, "data": data, **members})


def place_of(message: JsonObject) -> JsonObject:
    """The id, time and checkpoint of a stored message, as events contain them."""
    return {name: message[name] for name in ("id", "created_at", "llm_checkpoint_id")}


def text_segment(text: str) -> JsonObject:
    """A text as the history stores it."""
    return {"type": "plain", "text": text}
