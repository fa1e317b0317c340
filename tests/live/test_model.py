"""The scripted model says what its script tells it, in pieces and at once. Needs no AstrBot."""

import json
from typing import Any

import httpx2
import pytest

from tests.live.model import Breaks, Calls, Fails, Says, Step, Thinks, speaking

ASKED = {"role": "user", "content": [{"type": "text", "text": "Noon?"}, {"type": "text", "text": "(a reminder)"}]}


def ask(turns: list[list[Step]], *said: dict[str, Any], stream: bool) -> httpx2.Response:
    """The answer of a model with this script to what was said so far."""
    with speaking() as model:
        model.scripts["Noon?"] = turns
        question = {"messages": [ASKED, *said], "stream": stream}
        return httpx2.post(f"{model.url}/chat/completions", json=question, timeout=5)


def deltas(response: httpx2.Response) -> list[dict[str, Any]]:
    """What the events of a stream add, the last two left out: why it ended, and what it took."""
    frames = [frame.removeprefix("data: ") for frame in response.text.split("\n\n") if frame]
    assert frames[-1] == "[DONE]"
    return [json.loads(frame)["choices"][0]["delta"] for frame in frames[:-3]]


def test_each_turn_follows_the_one_before() -> None:
    """Which it is shows in the question: a tool is asked for, then its result is spoken of."""
    script: list[list[Step]] = [[Calls("clock", {"zone": "UTC"})], [Thinks("Hm. "), Says("Yes.")]]
    done: list[dict[str, Any]] = [{"role": "assistant", "content": None}, {"role": "tool", "content": "12"}]

    [call] = ask(script, stream=False).json()["choices"][0]["message"]["tool_calls"]
    pieces = deltas(ask(script, *done, stream=True))

    assert call["function"] == {"name": "clock", "arguments": '{"zone": "UTC"}'}
    assert [piece.get("reasoning_content") or piece.get("content") for piece in pieces] == ["Hm. ", "Yes."]


def test_a_model_can_fail() -> None:
    """By its status before it says anything, by an error within the stream after that, or by going away."""
    within = ask([[Says("So "), Fails(500)]], stream=True).text.split("\n\n")[-2]

    assert ask([[Fails(503)]], stream=True).status_code == 503
    assert json.loads(within.removeprefix("data: "))["error"]["code"] == "500"
    with pytest.raises(httpx2.RemoteProtocolError):
        ask([[Says("So "), Breaks()]], stream=True)


def test_who_speaks_no_cue_is_heard() -> None:
    """Whatever has no script gets the same answer."""
    with speaking() as model:
        question = {"messages": [{"role": "user", "content": "A title for Noon?"}]}
        response = httpx2.post(f"{model.url}/chat/completions", json=question, timeout=5).json()

    assert response["choices"][0]["message"]["content"] == "I heard you."
