"""Event streams are parsed by the standard, wherever the transport splits them."""

import json
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.astrbot_operations import CHAT
from astrbot_conformance.chat.stream import flaw_of, orders_of, session_of, unseen_order
from astrbot_conformance.http.event_stream import EventStreamReader, StreamEvent, events_of, is_utf8
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.request import asking
from astrbot_conformance.http.response import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

CONTRACT = releases.contract()
SAVED = {"id": 1, "created_at": "2026-11-22T10:00:00+00:00", "llm_checkpoint_id": "c"}
SOUND: list[dict[str, Any]] = [
    {"type": "session_id", "data": None, "session_id": "s"},
    {"type": "user_message_saved", "data": SAVED},
    {"type": "plain", "data": "你好 🎈", "streaming": False, "chain_type": None, "message_id": "m"},
    {"type": "message_saved", "data": SAVED | {"id": 2}},
    {"type": "end", "data": "", "streaming": False, "message_id": "m"},
]
PIECES = [
    SOUND[2] | {"data": "Look. ", "streaming": True},
    SOUND[2] | {"data": json.dumps({"id": "c", "name": "show", "args": {}, "ts": 1}), "chain_type": "tool_call"},
    SOUND[2] | {"data": "by the way", "streaming": True},
    {"type": "complete", "data": "by the way", "chain_type": None, "streaming": True, "message_id": "m"},
    SOUND[3],
    SOUND[2] | {"data": json.dumps({"id": "c", "ts": 2, "result": "shown"}), "chain_type": "tool_call_result"},
    SOUND[2] | {"data": "Seen?", "streaming": True},
    {"type": "complete", "data": "Look. Seen?", "reasoning": "", "streaming": True, "message_id": "m"},
    {"type": "message_saved", "data": SAVED | {"id": 3}},
]
LINES = [
    "data: a",
    "data:b",
    "data",
    ": heartbeat",
    "",
    "event: e",
    "id: 7",
    "retry: 10",
    "unknown: x",
    "data: é🎈",
    " ",
]


def stream(events: list[Any]) -> bytes:
    """Events in the format of AstrBot."""
    return b"".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode() for event in events)


def answered(body: bytes) -> HttpResponse:
    """A response with this stream."""
    headers = {"content-type": "text/event-stream"}
    return HttpResponse("http://astrbot", asking(CHAT), None, KeyHeader.BEARER, 200, headers, body, 0.1)


@pytest.mark.parametrize(
    ("body", "events"),
    [
        (b"data: a\n\n", [StreamEvent("a")]),
        (b"data: a\r\n\r\ndata: b\r\rdata: c\n\n", [StreamEvent("a"), StreamEvent("b"), StreamEvent("c")]),
        (b"\xef\xbb\xbfdata: a\n\n", [StreamEvent("a")]),
        (b"data: a\ndata:b\ndata\n\n", [StreamEvent("a\nb\n")]),
        (b": hello\n\nevent: e\nid: 7\ndata: a\n\ndata: b\n\n", [StreamEvent("a", "e", "7"), StreamEvent("b", id="7")]),
        (b"event: e\n\ndata:  a\n\n", [StreamEvent(" a")]),
        (b"id: 1\0\nretry: x\ndata: a\n\n", [StreamEvent("a")]),
        (b"data: a\n", []),
        (b"dta: a\n\n", []),
    ],
)
def test_a_stream_is_read_by_the_standard(body: bytes, events: list[StreamEvent]) -> None:
    """All kinds of line ends, a byte order mark, several data lines, comments, ids, names, an unfinished event."""
    assert events_of(body) == events


@given(lines=st.lists(st.sampled_from(LINES)), end=st.sampled_from(["\n", "\r", "\r\n"]), data=st.data())
def test_splitting_changes_nothing(lines: list[str], end: str, data: st.DataObject) -> None:
    """The events are the same for every split, even within a character or a line end."""
    body = end.join([*lines, "", ""]).encode()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(body)))))
    reader = EventStreamReader()

    pieces = [body[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(body)], strict=True)]

    assert [event for piece in pieces for event in reader.feed(piece)] == events_of(body)


def test_a_reader_knows_comments_waits_and_unfinished_events() -> None:
    """It counts the comments, and stores the last readable wait, at most nine digits of it."""
    reader = EventStreamReader()
    assert (reader.comments, reader.retry, reader.unfinished) == (0, None, False)

    reader.feed(b": a\nretry: 1500\n:\nretry: x\nretry: \xd9\xa3\n")
    assert (reader.comments, reader.retry, reader.unfinished) == (2, 1500, False)

    reader.feed(b"retry: 12345678901\ndata: x")
    assert (reader.retry, reader.unfinished) == (123456789, True)
    assert not reader.feed(b"\n")
    assert reader.unfinished
    assert reader.feed(b"\n")
    assert not reader.unfinished


def test_unknown_fields_are_ignored() -> None:
    """Also those whose names are like known ones."""
    reader = EventStreamReader()
    names = ("a", "dat", "datb", "even", "event2", "ic", "id2", "retrx", "retrz", "z")
    fields = "".join(f"{name}: {number}\n" for number, name in enumerate(names))

    assert reader.feed(f"{fields}data: x\n\n".encode()) == [StreamEvent("x")]
    assert (reader.retry, reader.comments) == (None, 0)


def test_invalid_utf8_is_detected() -> None:
    """Invalid bytes are distinguished from a character that is cut at the end."""
    assert is_utf8("🎈".encode()[:3])
    assert not is_utf8(b"\xe9a")


def test_a_sound_stream_has_no_flaw() -> None:
    """It names its session, and the contract lists its order."""
    response = answered(b"\xef\xbb\xbf: heartbeat\n\n" + stream(SOUND))

    assert (flaw_of(response, CONTRACT), unseen_order(response, CONTRACT), session_of(response)) == (None, None, "s")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        stream(SOUND)[:-1],
        stream(SOUND[1:]),
        stream(SOUND[:-1]),
        stream([SOUND[0], *SOUND[2:]]),
        stream([*SOUND, SOUND[-1]]),
        stream([*SOUND, *SOUND[2:4]]),
        stream([*SOUND[:3], *SOUND[4:]]),
        stream([SOUND[0], *SOUND]),
        stream([*SOUND[:3], SOUND[1] | {"type": "message_saved"}, *SOUND[4:]]),
        stream([*SOUND[:2], {"type": "plain", "data": "x"}, *SOUND[3:]]),
        stream([*SOUND[:2], SOUND[2] | {"chain_type": "tool_call"}, *SOUND[3:]]),
        stream(SOUND).replace(b"data:", b"event: chunk\ndata:"),
        stream(SOUND).replace(b'"end"', b"end"),
        stream(SOUND).replace("你".encode(), b"\xe9"),
    ],
)
def test_a_flaw_is_detected(body: bytes) -> None:
    """Events that are missing, repeated, misplaced or malformed."""
    assert flaw_of(answered(body), CONTRACT) is not None


def test_a_tool_may_send_text_while_the_model_responds() -> None:
    """The text of a tool is complete by itself and not a part of the model's text."""
    assert flaw_of(answered(stream([*SOUND[:2], *PIECES, SOUND[4]])), CONTRACT) is None


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (1, {"data": json.dumps({"id": "d", "name": "show", "args": {}, "ts": 1})}),
        (7, {"data": "Seen? Look. "}),
        (7, {"data": "Look. Seen? Yes."}),
        (3, {"reasoning": ""}),
    ],
    ids=["a result of another call", "text in another order", "text that was not sent", "complete twice"],
)
def test_events_of_a_tool_hide_no_flaw(number: int, change: dict[str, Any]) -> None:
    """A result without a call, or text that differs from the pieces, is still detected."""
    pieces = [*PIECES[:number], PIECES[number] | change, *PIECES[number + 1 :]]

    assert flaw_of(answered(stream([*SOUND[:2], *pieces, SOUND[4]])), CONTRACT) is not None


def test_an_unknown_order_is_reported() -> None:
    """It may be valid, so it is not a flaw."""
    response = answered(stream([*SOUND[:2], SOUND[3], *SOUND[2:3], SOUND[3] | {"data": SAVED | {"id": 3}}, SOUND[4]]))

    assert flaw_of(response, CONTRACT) is None
    assert unseen_order(response, CONTRACT) == "session_id user_message_saved message_saved plain message_saved end"


@pytest.mark.parametrize(
    ("names", "orders"),
    [
        (["plain"] * 3, ("the model answers, in pieces",)),
        (["plain/reasoning", "plain"], ("the model answers, in pieces",)),
        (["image", "plain"], ()),
        (["plain", "message_saved", "plain/tool_call"] * 400 + ["plain/unheard_of"], ()),
    ],
)
def test_orders_are_recognized(names: list[str], orders: tuple[str, ...]) -> None:
    """Only orders in the contract are recognized. A long stream in an unknown order is processed fast."""
    parts = [name.partition("/") for name in [*names, "agent_stats", "complete", "message_saved", "end"]]
    events = [*SOUND[:2], *({"type": kind, "chain_type": chain or None} for kind, _, chain in parts)]

    assert orders_of(answered(stream(events)), CONTRACT) == orders
