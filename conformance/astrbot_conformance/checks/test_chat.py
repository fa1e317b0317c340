"""CHAT-*: what `POST /chat` asks for beside a message."""

from typing import Any

from astrbot_conformance.chats import GREETING, Chats
from astrbot_conformance.contract import CHAT
from astrbot_conformance.exploration import Exploration
from astrbot_conformance.finding import expect_refused, written
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.strategies import blank_texts

NOBODY: list[dict[str, Any]] = [{}, {"username": None}, {"username": ""}, {"username": "  "}]


@requirement("CHAT-USERNAME")
@over([CHAT])
def test_chat_username(chats: Chats, exploration: Exploration) -> None:
    """`username` is required by `POST /chat`."""
    chats.must_accept(CHAT)

    def judge(name: dict[str, Any]) -> None:
        answer = chats.say({"message": GREETING, **name}, anonymous=True)
        expect_refused(answer, f"a chat of nobody ({written(name)})")

    exploration.try_each(NOBODY, blank_texts.map(lambda blank: {"username": blank}), judge)
