"""The agent behind chat: it gives back what it was told. Words in the message make it do what a real agent can do.

A message that begins with one of `COMMANDS` is a command. Anything else goes to the model, which says it back and
obeys `WORDS` wherever they stand. `/help` lists all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from astrbot_reference.stores.store import JsonObject

#: The commands, and what each does.
COMMANDS: Mapping[str, str] = {
    "/help": "lists what the agent can do",
    "/twice": "answers with two messages",
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
    """A tool that the model asks for. result: None where the server has no such tool. sends: a text and a picture."""

    name: str
    args: JsonObject
    result: str | None
    sends: bool = False


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model does: think, call tools, write. Empty text with `failure` is a model that failed.

    pause: seconds between two pieces. stops_after: how many pieces come before the answer is stopped; None is all.
    """

    text: str
    thought: str = ""
    calls: tuple[ToolCall, ...] = ()
    failure: str = ""
    pause: float = 0.0
    stops_after: int | None = None

    @property
    def pieces(self) -> list[str]:
        """The text in the pieces in which it is streamed: word by word, a long one in larger pieces."""
        words = self.text.replace(" ", " \0").split("\0") if self.text else []
        size = len(words) // MOST_PIECES + 1
        return ["".join(words[first : first + size]) for first in range(0, len(words), size)]


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """What a command gives: texts, each a message of its own, then the types of the attachments it sends."""

    texts: tuple[str, ...] = ()
    sends: tuple[str, ...] = field(default=())


def answer(said: str) -> ModelAnswer | CommandAnswer | None:
    """What the agent does about a message, or None where there is nothing to answer."""
    words = said.split()
    if not words:
        return None
    if words[0] in COMMANDS:
        return command(words[0])
    return model(said, frozenset(words))


def command(name: str) -> CommandAnswer:
    """What a known command gives."""
    if name == "/help":
        return CommandAnswer(("\n".join(f"{word}: {does}" for word, does in {**COMMANDS, **WORDS}.items()),))
    if name == "/twice":
        return CommandAnswer(("One.", "Two."))
    if name == "/image":
        return CommandAnswer(("Here is a picture.",), ("image",))
    return CommandAnswer(sends=(name.removeprefix("/"),))


def model(said: str, words: frozenset[str]) -> ModelAnswer:
    """What the model does about a message with these words in it."""
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
