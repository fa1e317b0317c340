"""The agent behind chat: it repeats the message. Words in the message make it act like a real agent.

A message that begins with one of `COMMANDS` is a command. Any other message goes to the model, which repeats it and
obeys `WORDS` anywhere in it. `/help` lists both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from astrbot_reference.stores.store import JsonObject

#: The commands, and what each does.
COMMANDS: Mapping[str, str] = {
    "/help": "lists what the agent can do",
    "/twice": "sends two messages",
    "/image": "sends a text and a picture",
    "/record": "sends a recording",
    "/file": "sends a file",
    "/video": "sends a video, of which the stream says nothing",
}

SENT = "By the way."  # what the tool behind `#send` says

#: The words that the model obeys, and what each makes it do.
WORDS: Mapping[str, str] = {
    "#think": "the model thinks before it answers",
    "#tool": "the model calls a tool",
    "#unknown-tool": "the model calls a tool that does not exist",
    "#send": "the model calls a tool that sends a text and a picture",
    "#fail": "the model fails",
    "#only-think": "the model thinks and says nothing",
    "#slow": "a quarter of a second passes between the pieces: time enough to stop the answer",
    "#stopped": "the answer is stopped after its first piece, or after its tools",
}


MOST_PIECES = 100  # of an answer


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a tool by the model. result: None if the server has no such tool. sends: a text and a picture."""

    name: str
    args: JsonObject
    result: str | None
    sends: bool = False


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model does: think, call tools, write. An empty text with `failure` is a model that failed.

    pause: seconds between two pieces. stops_after: the number of pieces before the answer is stopped; None for all.
    """

    text: str
    thought: str = ""
    calls: tuple[ToolCall, ...] = ()
    failure: str = ""
    pause: float = 0.0
    stops_after: int | None = None

    @property
    def pieces(self) -> list[str]:
        """The text as it is streamed: word by word, a long text in larger pieces."""
        words = self.text.replace(" ", " \0").split("\0") if self.text else []
        size = len(words) // MOST_PIECES + 1
        return ["".join(words[first : first + size]) for first in range(0, len(words), size)]


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """The result of a command: texts, each a message, then the types of the attachments that it sends."""

    texts: tuple[str, ...] = ()
    sends: tuple[str, ...] = field(default=())


def answer(said: str) -> ModelAnswer | CommandAnswer | None:
    """The reaction of the agent to a message; None if there is nothing to answer."""
    words = said.split()
    if not words:
        return None
    if words[0] in COMMANDS:
        return command(words[0])
    return model(said, frozenset(words))


def command(name: str) -> CommandAnswer:
    """The result of a known command."""
    if name == "/help":
        return CommandAnswer(("\n".join(f"{word}: {does}" for word, does in {**COMMANDS, **WORDS}.items()),))
    if name == "/twice":
        return CommandAnswer(("One.", "Two."))
    if name == "/image":
        return CommandAnswer(("Here is a picture.",), ("image",))
    return CommandAnswer(sends=(name.removeprefix("/"),))


def model(said: str, words: frozenset[str]) -> ModelAnswer:
    """The reaction of the model to a message with these words."""
    if "#fail" in words:
        return ModelAnswer("", failure="The model could not answer.")
    calls = []
    if "#tool" in words:
        calls.append(ToolCall("count_words", {"text": said}, str(len(said.split()))))
    if "#send" in words:
        calls.append(ToolCall("send_message_to_user", {"text": SENT}, "sent", sends=True))
    if "#unknown-tool" in words:
        calls.append(ToolCall("conjure", {}, None))
    return ModelAnswer(
        text="" if "#only-think" in words else f"You said: {said}",
        thought="They want to hear it again." if words & {"#think", "#only-think"} else "",
        calls=tuple(calls),
        pause=0.25 if "#slow" in words else 0.0,
        stops_after=int(not calls) if "#stopped" in words else None,
    )
