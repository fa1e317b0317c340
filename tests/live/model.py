"""A scripted model: the OpenAI chat completion protocol on loopback, in pieces and at once.

A script is a value: one turn for each request to the model within one response; a turn has a few steps. The text of a
user begins with the cue of a script. The request itself shows which turn it is. Many users can therefore get responses
at the same time, a repeated request gets the same response, and tests need no reset.

    model.scripts["What time is it?"] = [[Calls("clock", {"zone": "UTC"})], [Says("Noon.")]]
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from astrbot_reference.serving import running
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

NAME = "scripted"
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18, "prompt_tokens_details": {"cached_tokens": 3}}


@dataclass(frozen=True, slots=True)
class Says:
    """A piece of the response."""

    text: str


@dataclass(frozen=True, slots=True)
class Thinks:
    """A piece of the reasoning."""

    text: str


@dataclass(frozen=True, slots=True)
class Calls:
    """A call of a tool."""

    tool: str
    arguments: Any = field(default_factory=dict)  # the arguments of a model may be any text


@dataclass(frozen=True, slots=True)
class Waits:
    """Sends nothing for that many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Fails:
    """An error: with its status before any text, otherwise as an error in the stream."""

    status: int = 400


@dataclass(frozen=True, slots=True)
class Breaks:
    """The connection breaks."""


Step = Says | Thinks | Calls | Waits | Fails | Breaks
Script = Sequence[Sequence[Step]]
ANYTHING_ELSE: Script = [
    [Says("I heard "), Says("you.")]
]  # the response without a script, such as for the title of a session


class ConnectionBroken(Exception):
    """Ends a response in the middle, like a model whose server crashes."""


@dataclass(frozen=True)
class ScriptedModel:
    """The response to each cue, and every request that it got. `url` is the base of its API."""

    url: str
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def turn(self, question: Mapping[str, Any]) -> Sequence[Step]:
        """The next turn: of the script of the last cue, after the turns that followed it already."""
        script, spoken = ANYTHING_ELSE, 0
        for message in question["messages"]:
            if message["role"] == "assistant":
                spoken += 1
            elif message["role"] == "user" and (
                cues := [cue for cue in self.scripts if _text(message).startswith(cue)]
            ):
                script, spoken = self.scripts[max(cues, key=len)], 0
        return script[min(spoken, len(script) - 1)]


@contextmanager
def speaking() -> Iterator[ScriptedModel]:
    """The model on a free port of 127.0.0.1, as long as the block lasts."""
    app = FastAPI()
    models: list[ScriptedModel] = []

    @app.get("/v1/models")
    async def list_models() -> Any:
        return {"object": "list", "data": [{"id": NAME, "object": "model", "created": 0, "owned_by": "nobody"}]}

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        question = await request.json()
        models[0].asked.append(question)
        return await _reply(models[0].turn(question), question)

    with running(app=app) as base:
        models.append(ScriptedModel(f"{base}/v1"))
        yield models[0]


async def _reply(turn: Sequence[Step], question: Mapping[str, Any]) -> Response:
    while turn and isinstance(turn[0], Waits):
        await asyncio.sleep(turn[0].seconds)
        turn = turn[1:]
    if turn and isinstance(turn[0], Fails):
        return JSONResponse(_error(turn[0]), turn[0].status)
    if question.get("stream"):
        return StreamingResponse(_pieces(turn), media_type="text/event-stream")
    return StreamingResponse(_whole(turn), media_type="application/json")


async def _pieces(turn: Sequence[Step]) -> AsyncIterator[str]:
    """A turn as the events of a stream, with its usage at the end."""
    called = 0
    for step in turn:
        match step:
            case Fails():
                yield _event(_error(step))
                return
            case Breaks():
                raise ConnectionBroken
            case Waits():
                await asyncio.sleep(step.seconds)
            case _:
                yield _event(_completion("chat.completion.chunk", delta=_delta(step, called), finish_reason=None))
                called += isinstance(step, Calls)
    yield _event(_completion("chat.completion.chunk", delta={}, finish_reason=_reason(turn)))
    yield _event(_completion("chat.completion.chunk") | {"usage": USAGE})
    yield "data: [DONE]\n\n"


async def _whole(turn: Sequence[Step]) -> AsyncIterator[str]:
    """The same as one completion."""
    for step in turn:
        if isinstance(step, Waits):
            await asyncio.sleep(step.seconds)
        if isinstance(step, Breaks | Fails):
            yield "{"  # the status was sent already, so the connection can only be closed
            raise ConnectionBroken
    calls = [step for step in turn if isinstance(step, Calls)]
    message = {
        "role": "assistant",
        "content": "".join(step.text for step in turn if isinstance(step, Says)) or None,
        "reasoning_content": "".join(step.text for step in turn if isinstance(step, Thinks)) or None,
        "tool_calls": [_call(step, number) for number, step in enumerate(calls)] or None,
    }
    given = {name: value for name, value in message.items() if value is not None or name == "content"}
    whole = _completion("chat.completion", message=given, finish_reason=_reason(turn))
    yield json.dumps(whole | {"usage": USAGE})


def _delta(step: Step, called: int) -> dict[str, Any]:
    match step:
        case Says():
            return {"role": "assistant", "content": step.text}
        case Thinks():
            return {"role": "assistant", "reasoning_content": step.text}
        case Calls():
            return {"role": "assistant", "tool_calls": [{"index": called, **_call(step, called)}]}
    raise TypeError(step)


def _call(step: Calls, number: int) -> dict[str, Any]:
    function = {"name": step.tool, "arguments": json.dumps(step.arguments)}
    return {"id": f"call_{step.tool}_{number}", "type": "function", "function": function}


def _completion(kind: str, **choice: Any) -> dict[str, Any]:
    choices = [{"index": 0, **choice}] if choice else []
    return {"id": "chatcmpl-scripted", "object": kind, "created": 0, "model": NAME, "choices": choices}


def _reason(turn: Sequence[Step]) -> str:
    return "tool_calls" if any(isinstance(step, Calls) for step in turn) else "stop"


def _error(step: Fails) -> dict[str, Any]:
    return {"error": {"message": "the script says so", "type": "server_error", "param": None, "code": str(step.status)}}


def _event(value: object) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _text(message: Mapping[str, Any]) -> str:
    """The text of a message, which is one text or has parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content or () if isinstance(part, dict))
