"""Faults in the event stream of a chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from astrbot_reference.stores.chat_history import Runs

from .server import Server, fault

CHAT = "POST /api/v1/chat"
Event = dict[str, Any]


@fault(breaks="CHAT-STREAM")
def stream_without_end(server: Server) -> None:
    """The stream has no `end` event."""
    _among(server, lambda events: [event for event in events if event["type"] != "end"])


@fault(breaks="CHAT-STREAM")
def two_ends(server: Server) -> None:
    """The stream has two `end` events."""
    _among(server, lambda events: [*events, events[-1]] if events[-1]["type"] == "end" else events)


@fault(breaks="CHAT-STREAM")
def text_after_the_end(server: Server) -> None:
    """The stream sends text after the `end` event."""
    _among(
        server, lambda events: [*events, *(event for event in events if event["type"] in ("plain", "message_saved"))]
    )


@fault(breaks="CHAT-STREAM")
def last_event_left_open(server: Server) -> None:
    """No blank line follows the last event, so clients never receive it."""
    server.streams[CHAT] = lambda stream: stream.rstrip(b"\n") + b"\n"


@fault(breaks="CHAT-STREAM")
def event_is_no_json(server: Server) -> None:
    """The data of an event is a Python literal and not JSON."""
    server.streams[CHAT] = lambda stream: stream.replace(b'"streaming": false', b'"streaming": False').replace(
        b'"streaming":false', b'"streaming":False'
    )


@fault(breaks="CHAT-STREAM")
def plain_without_message_id(server: Server) -> None:
    """`plain` events have no `message_id`."""
    _each(server, "plain", lambda event: {name: value for name, value in event.items() if name != "message_id"})


@fault(breaks="CHAT-STREAM")
def unknown_event(server: Server) -> None:
    """The stream contains an event of an unknown type."""
    _among(server, lambda events: [*events[:2], {"type": "thinking", "data": ""}, *events[2:]])


@fault(breaks="CHAT-STREAM")
def saved_id_is_text(server: Server) -> None:
    """The id in a `message_saved` event is a string."""
    _each(server, "message_saved", lambda event: event | {"data": event["data"] | {"id": str(event["data"]["id"])}})


@fault(breaks="CHAT-STREAM")
def complete_is_cut(server: Server) -> None:
    """The text of `complete` lacks the last character."""
    _each(server, "complete", lambda event: event | {"data": event["data"][:-1]})


@fault(breaks="CHAT-STREAM")
def complete_before_the_text(server: Server) -> None:
    """The `complete` event comes before the text."""

    def early(events: list[Event]) -> list[Event]:
        complete = [event for event in events if event["type"] == "complete"]
        return [*events[:2], *complete, *(event for event in events[2:] if event["type"] != "complete")]

    _among(server, early)


@fault(breaks="CHAT-STREAM")
def stream_in_latin_1(server: Server) -> None:
    """The stream is not encoded in UTF-8."""
    server.streams[CHAT] = lambda stream: stream.replace(b'"type":"end"', b'"type":"end","note":"\xe9"').replace(
        b'"type": "end"', b'"type": "end", "note": "\xe9"'
    )


@fault(breaks="CHAT-STREAM")
def answer_not_saved(server: Server) -> None:
    """The stream has no `message_saved` event."""
    _among(server, lambda events: [event for event in events if event["type"] != "message_saved"])


@fault(breaks="CHAT-STREAM")
def events_under_names(server: Server) -> None:
    """Every event has an SSE event name, so default listeners do not receive it."""
    server.streams[CHAT] = lambda stream: stream.replace(b"data:", b"event: chunk\ndata:")


@fault(breaks="CHAT-STREAM")
def answers_run_on(server: Server) -> None:
    """The server never ends a run, whether the client stays or disconnects."""

    @server.override
    class Broken(Runs):
        def end(self, run: str) -> None:
            pass


def _each(server: Server, kind: str, change: Callable[[Event], Event]) -> None:
    _among(server, lambda events: [change(event) if event["type"] == kind else event for event in events])


def _among(server: Server, change: Callable[[list[Event]], list[Event]]) -> None:
    def stream(body: bytes) -> bytes:
        events = [json.loads(line[5:]) for line in body.split(b"\n") if line.startswith(b"data:")]
        return b"".join(f"data: {json.dumps(event)}\n\n".encode() for event in change(events))

    server.streams[CHAT] = stream
