"""Messages that a server must reject, in chat or over IM."""

from collections.abc import Callable
from typing import Any

from astrbot_api.operation import Operation

from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.verdict.finding import Level, expect_refused, written


def expecting_refusal(operation: Operation, chats: Chats, *, level: Level = "MUST") -> Callable[[Any], None]:
    """A function that sends a message and raises FindingRaised unless it is rejected.

    Raises NotJudged unless the server accepts an ordinary message: otherwise a rejection proves nothing.
    """
    chats.must_accept(operation)

    def judge(message: Any) -> None:
        expect_refused(chats.send(operation, message), f"the message {written(message)}", level=level)

    return judge


def alone(segment: Any) -> list[Any]:
    """A message with only that segment."""
    return [segment]
