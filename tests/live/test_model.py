"""The scripted model follows its script, in pieces and at once. Needs no AstrBot."""

import json
from typing import Any

import httpx2
import pytest

from tests.live.model import Breaks, Calls, Fails, Says, Step, Thinks, speaking

ASKED = {"role": "user", "content": [{"type": "text", "text": "Noon?"}, {"type": "text", "text": "(a reminder)"}]}


def ask(turns: list[list[Step]], *messages: dict[str, Any], stream: bool) -> httpx2.Response:
    """The response of a model with this script to these messages."""
    with speaking() as model:
        model.scripts["Noon?"] = turns
        question = {"messages": [ASKED, *messages], "stream": stream}
        return httpx2.post(f"{model.url}/chat/completions", json=question, timeout=5)


def deltas(response: httpx2.Response) -> list[dict[str, Any]]:
    """The additions of the events of a stream, without the last two: the reason of the end, and the usage."""
    frames = [frame.removeprefix("data: ") for frame in response.text.split("\n\n") if frame]
    assert frames[-1] == "[DONE]"
    return [json.loads(frame)["choices"][0]["delta"] for frame in frames[:-3]]


def test_each_turn_follows_the_one_before() -> None:
    """The request shows which turn it is: a tool is called, then its result is used."""
    script: list[list[Step]] = [[Calls("clock", {"zone": "UTC"})], [Thinks("Hm. "), Says("Yes.")]]
    done: list[dict[str, Any]] = [{"role": "assistant", "content": None}, {"role": "tool", "content": "12"}]

    [call] = ask(script, stream=False).json()["choices"][0]["message"]["tool_calls"]
    pieces = deltas(ask(script, *done, stream=True))

    assert call["function"] == {"name": "clock", "arguments": '{"zone": "UTC"}'}
    assert [piece.get("reasoning_content") or piece.get("content") for piece in pieces] == ["Hm. ", "Yes."]


def test_a_model_can_fail() -> None:
    """With a status before any text, with an error within the stream, or by closing the connection."""
    within = ask([[Says("So "), Fails(500)]], stream=True).text.split("\n\n")[-2]

    assert ask([[Fails(503)]], stream=True).status_code == 503
    assert json.loads(within.removeprefix("data: "))["error"]["code"] == "500"
    with pytest.raises(httpx2.RemoteProtocolError):
        ask([[Says("So "), Breaks()]], stream=True)


def test_a_message_without_a_cue_gets_a_response() -> None:
    """A message without a script always gets the same response."""
    with speaking() as model:
        question = {"messages": [{"role": "user", "content": "A title for Noon?"}]}
        response = httpx2.post(f"{model.url}/chat/completions", json=question, timeout=5).json()

    assert response["choices"][0]["message"]["content"] == "I heard you."
