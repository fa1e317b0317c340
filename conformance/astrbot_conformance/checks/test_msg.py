"""MSG-*: what a message may be, in chat and over IM."""

from typing import Any

from astrbot_api.operations import Operation

from astrbot_conformance.chats import Chats
from astrbot_conformance.contract import CHAT, SEND_MESSAGE
from astrbot_conformance.exploration import Exploration
from astrbot_conformance.finding import expect_accepted, expect_refused, written
from astrbot_conformance.requirement import over, requirement
from astrbot_conformance.strategies import (
    MEDIA,
    NO_ATTACHMENT,
    beside_valid,
    empty_messages,
    reply_chains,
    segments_of_unknown_type,
    segments_without_field,
)

BOTH = (CHAT, SEND_MESSAGE)
PLAIN = {"type": "plain", "text": "hello"}
REPLY = {"type": "reply", "message_id": 1}
UNKNOWN_TYPES: list[dict[str, Any]] = [
    {"type": "bogus", "text": "hello"},
    {"type": "Plain", "text": "hello"},
    {"type": "text", "text": "hello"},
    {"type": "audio", "attachment_id": NO_ATTACHMENT},
    {"text": "hello"},
]
INCOMPLETE: list[dict[str, Any]] = [{"type": "plain"}, *({"type": kind} for kind in MEDIA), {"type": "reply"}]


@requirement("MSG-FORMS")
@over(BOTH)
def test_msg_forms(operation: Operation, chats: Chats) -> None:
    """A string and an equal chain of one `plain` are both accepted."""
    expect_accepted(chats.send(operation, "hello"), "a string")
    expect_accepted(chats.send(operation, [PLAIN]), "a chain of one `plain`")


@requirement("MSG-TYPES")
@over(BOTH)
def test_msg_types(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """A segment of an unknown type is refused; beside valid segments it should be."""
    chats.must_accept(operation)

    def judge(segment: dict[str, Any]) -> None:
        expect_refused(chats.send(operation, [segment]), f"the segment {written(segment)} alone")

    exploration.try_each(UNKNOWN_TYPES, segments_of_unknown_type(), judge)


@requirement("MSG-TYPES")
@over(BOTH)
def test_msg_types_beside_valid(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """A segment of an unknown type is refused; beside valid segments it should be."""
    chats.must_accept(operation)

    def judge(chain: list[Any]) -> None:
        expect_refused(chats.send(operation, chain), f"the chain {written(chain)}", level="SHOULD")

    rows = [[PLAIN, segment] for segment in UNKNOWN_TYPES]
    exploration.try_each(rows, beside_valid(segments_of_unknown_type()), judge)


@requirement("MSG-FIELDS")
@over(BOTH)
def test_msg_fields(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """A segment without a field that its type requires is refused; beside valid segments it should be."""
    chats.must_accept(operation)

    def judge(segment: dict[str, Any]) -> None:
        expect_refused(chats.send(operation, [segment]), f"the segment {written(segment)} alone")

    exploration.try_each(INCOMPLETE, segments_without_field(), judge)


@requirement("MSG-FIELDS")
@over(BOTH)
def test_msg_fields_beside_valid(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """A segment without a field that its type requires is refused; beside valid segments it should be."""
    chats.must_accept(operation)

    def judge(chain: list[Any]) -> None:
        expect_refused(chats.send(operation, chain), f"the chain {written(chain)}", level="SHOULD")

    rows = [[PLAIN, segment] for segment in INCOMPLETE]
    exploration.try_each(rows, beside_valid(segments_without_field()), judge)


@requirement("MSG-EMPTY")
@over(BOTH)
def test_msg_empty(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Empty content is refused on both operations."""
    chats.must_accept(operation)

    def judge(message: str | list[Any]) -> None:
        expect_refused(chats.send(operation, message), f"the message {written(message)}")

    rows: list[str | list[Any]] = ["", "  ", [], [{"type": "plain", "text": ""}]]
    exploration.try_each(rows, empty_messages, judge)


@requirement("MSG-REPLY-ONLY")
@over(BOTH)
def test_msg_reply_only(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """A chain of nothing but `reply` is refused on both operations."""
    chats.must_accept(operation)

    def judge(chain: list[Any]) -> None:
        expect_refused(chats.send(operation, chain), f"the chain {written(chain)}")

    rows = [[REPLY], [REPLY | {"selected_text": "hello"}], [REPLY, REPLY]]
    exploration.try_each(rows, reply_chains, judge)


@requirement("MSG-REPLY-CHAT")
@over([CHAT])
def test_msg_reply_chat(operation: Operation, chats: Chats) -> None:
    """`reply` belongs to chat; `/im/message` refuses it.

    This one: chat takes it.
    """
    chats.must_accept(operation)

    expect_accepted(chats.send(operation, [REPLY, PLAIN]), "a `reply` beside a `plain`", level="SHOULD")


@requirement("MSG-REPLY-CHAT")
@over([SEND_MESSAGE])
def test_msg_reply_not_over_im(operation: Operation, chats: Chats) -> None:
    """`reply` belongs to chat; `/im/message` refuses it.

    This one: IM does not.
    """
    chats.must_accept(operation)

    expect_refused(chats.send(operation, [REPLY, PLAIN]), "a `reply` beside a `plain`", level="SHOULD")
