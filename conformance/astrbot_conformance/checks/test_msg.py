"""MSG-*: which messages are valid, in chat and over IM."""

from collections.abc import Callable, Iterable
from typing import Any

from astrbot_api.operation import Operation
from hypothesis.strategies import SearchStrategy

from astrbot_conformance.astrbot_operations import CHAT, MESSAGES, SEND_MESSAGE, SEND_MESSAGES
from astrbot_conformance.chat.chats import Chats
from astrbot_conformance.inputs.exploration import Exploration
from astrbot_conformance.inputs.strategies import (
    MEDIA,
    NO_ATTACHMENT,
    beside_valid,
    empty_messages,
    everywhere_beside,
    reply_chains,
    segments_of_unknown_type,
    segments_without_field,
)
from astrbot_conformance.scenarios.refused_messages import alone, expecting_refusal
from astrbot_conformance.verdict.finding import expect_accepted, expect_refused, written
from astrbot_conformance.verdict.requirement import over, requirement

PLAIN = {"type": "plain", "text": "hello"}
REPLY = {"type": "reply", "message_id": 1}
UNKNOWN_TYPES: list[Any] = [
    {"type": "bogus", "text": "hello"},
    {"type": "Plain", "text": "hello"},
    {"type": "text", "text": "hello"},
    {"type": "audio", "attachment_id": NO_ATTACHMENT},
    {"text": "hello"},
    {"type": None, "text": "hello"},
    {"type": "", "text": "hello"},
    "hello",
    None,
]
INCOMPLETE: list[dict[str, Any]] = [
    {"type": "plain"},
    *({"type": kind} for kind in MEDIA),
    {"type": "reply"},
    {"type": "image", "attachment_id": None},
    {"type": "file", "attachment_id": ""},
]
EMPTY: list[str | list[Any]] = [
    *("", "  ", "\n\t", "\u3000", []),
    *([{"type": "plain", "text": ""}] * times for times in (1, 2, 200)),
    [REPLY, {"type": "plain", "text": ""}],
]
REPLIES: list[list[Any]] = [
    [REPLY],
    [REPLY | {"selected_text": "hello"}],
    [REPLY | {"message_id": "1"}],
    *([REPLY] * times for times in (2, 200)),
]
# Further segments if requests are cheap: types that other parts of AstrBot know.
MORE_TYPES: list[Any] = [
    *({"type": kind, "attachment_id": NO_ATTACHMENT} for kind in ("Image", "voice", "forward")),
    {"type": "at", "qq": "1"},
    {"type": "face", "id": 1},
    {"type": "json", "data": {}},
]
MORE_INCOMPLETE: list[dict[str, Any]] = [
    *({"type": kind, "attachment_id": empty} for kind in MEDIA for empty in (None, "")),
    {"type": "image", "text": "hello"},
]
MORE_EMPTY: list[str | list[Any]] = [
    [{"type": "plain", "text": ""}, REPLY],
    [REPLY, {"type": "plain", "text": ""}, REPLY],
]
EXAMPLES = 3  # generated cases for a check, in addition to its rows
ROWS_IF_SLOW = {CHAT: 100, SEND_MESSAGE: 4, SEND_MESSAGES: 1}  # number of rows that are tried if requests are expensive
SEGMENTS_IF_SLOW = 5  # number of segments that are also tried next to valid ones if requests are expensive


@requirement("MSG-TYPES")
@over(MESSAGES)
def test_msg_types(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send messages with one segment of an unknown type, and expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    rows = map(alone, _with(UNKNOWN_TYPES, MORE_TYPES, exploration))
    judge = expecting_refusal(operation, chats)
    _judge_each(operation, exploration, rows, segments_of_unknown_type().map(alone), judge)


@requirement("MSG-TYPES")
@over(MESSAGES)
def test_msg_types_beside_valid(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send segments of unknown types before, between and after valid ones: each message SHOULD be rejected.

    The control: an ordinary message is accepted.
    """
    rows = everywhere_beside(PLAIN, _some(UNKNOWN_TYPES, operation, exploration))
    judge = expecting_refusal(operation, chats, level="SHOULD")
    _judge_each(operation, exploration, rows, beside_valid(segments_of_unknown_type()), judge)


@requirement("MSG-FIELDS")
@over(MESSAGES)
def test_msg_fields(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send messages with one segment that lacks its required member, and expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    rows = map(alone, _with(INCOMPLETE, MORE_INCOMPLETE, exploration))
    judge = expecting_refusal(operation, chats)
    _judge_each(operation, exploration, rows, segments_without_field().map(alone), judge)


@requirement("MSG-FIELDS")
@over(MESSAGES)
def test_msg_fields_beside_valid(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send incomplete segments before, between and after valid ones: each message SHOULD be rejected.

    The control: an ordinary message is accepted.
    """
    rows = everywhere_beside(PLAIN, _some(INCOMPLETE, operation, exploration))
    judge = expecting_refusal(operation, chats, level="SHOULD")
    _judge_each(operation, exploration, rows, beside_valid(segments_without_field()), judge)


@requirement("MSG-EMPTY")
@over(MESSAGES)
def test_msg_empty(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send blank texts, empty lists, and segments without text, and expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    rows = _with(EMPTY, MORE_EMPTY, exploration)
    _judge_each(operation, exploration, rows, empty_messages, expecting_refusal(operation, chats))


@requirement("MSG-EMPTY")
@over([CHAT])
def test_msg_empty_left_out(chats: Chats) -> None:
    """Send chats whose `message` is missing or null, and expect that each is rejected.

    Over IM, the message is a required member, see IM-FIELDS. The control: an ordinary chat is accepted.
    """
    chats.must_accept(CHAT)
    for body in ({}, {"message": None}):
        expect_refused(chats.say(body), f"the body {written(body)}")


@requirement("MSG-REPLY-ONLY")
@over(MESSAGES)
def test_msg_reply_only(operation: Operation, chats: Chats, exploration: Exploration) -> None:
    """Send messages of one or many `reply` segments and nothing else, and expect that each is rejected.

    The control: an ordinary message is accepted.
    """
    _judge_each(operation, exploration, REPLIES, reply_chains, expecting_refusal(operation, chats))


@requirement("MSG-REPLY-CHAT")
@over([CHAT])
def test_msg_reply_chat(operation: Operation, chats: Chats) -> None:
    """Send chats with a `reply` segment before and after a text, and expect that each is accepted."""
    chats.must_accept(operation)

    for chain in ([REPLY, PLAIN], [PLAIN, REPLY | {"message_id": "1", "selected_text": "hello"}]):
        expect_accepted(chats.send(operation, chain), f"the message {written(chain)}", level="SHOULD")


@requirement("MSG-REPLY-CHAT")
@over([SEND_MESSAGE, SEND_MESSAGES])
def test_msg_reply_not_over_im(operation: Operation, chats: Chats) -> None:
    """Send a `reply` segment next to texts over IM, and expect that each message is rejected.

    The control: an ordinary message is accepted.
    """
    judge = expecting_refusal(operation, chats, level="SHOULD")
    for chain in ([REPLY, PLAIN], [PLAIN, REPLY], [PLAIN, REPLY, PLAIN]):
        judge(chain)


def _with(rows: list[Any], more: list[Any], exploration: Exploration) -> list[Any]:
    """The rows, and more rows if requests are cheap: a rejected request does not count as a chat."""
    return [*rows, *more] if exploration.is_cheap else rows


def _some(segments: list[Any], operation: Operation, exploration: Exploration) -> list[Any]:
    """All segments if even accepted requests are cheap, else a few: each segment was already sent alone."""
    if exploration.talks or (exploration.is_cheap and operation is not CHAT):
        return segments
    return exploration.choose(operation.id, segments, size=SEGMENTS_IF_SLOW)


def _judge_each(
    operation: Operation,
    exploration: Exploration,
    rows: Iterable[Any],
    cases: SearchStrategy[Any],
    judge: Callable[[Any], None],
) -> None:
    """Judge rows and generated cases; only rows if the operation was already judged by its other path."""
    few = list(rows)
    if not exploration.is_cheap:
        few = exploration.choose(operation.id, few, size=ROWS_IF_SLOW[operation])
    if operation is not SEND_MESSAGES:
        exploration.try_each(few, cases, judge, at_most=exploration.chats(EXAMPLES))
        return
    for row in few:
        judge(row)
