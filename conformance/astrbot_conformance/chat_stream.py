"""What a stream of chat events has to be: each event well formed, all of them in an order that makes sense."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.answer import NOT_JSON, Answer
from astrbot_conformance.event_stream import EventStreamReader, is_utf8

LAST = ("end", "message_saved")  # one message may be saved after the end
SENT = ("image", "record", "file", "video")
NEWS = {"tool_call": "ToolCallNews", "tool_call_result": "ToolResultNews"}


def flaw_of(answer: Answer, contract: Contract) -> str | None:
    """The first thing that is wrong with a stream of events that was read to its end; None where it is sound."""
    return next(_flaws(answer, contract), None)


def unseen_order(answer: Answer, contract: Contract) -> str | None:
    """The order of the events, where it is none of those that the contract lists."""
    named = "".join(f"{_name(event)} " for event in answer.events())
    return None if any(order.fullmatch(named) for order in _orders(contract)) else named.strip()


def session_of(answer: Answer) -> str | None:
    """The session that a stream names in its first event."""
    first = next(iter(answer.events()), None)
    session = first.get("session_id") if isinstance(first, dict) else None
    return session if isinstance(session, str) else None


def saved_by(events: Sequence[Any]) -> list[Any]:
    """The ids under which messages were saved, as far as the events tell them."""
    told = [event.get("data") for event in events if str(_name(event)).endswith("message_saved")]
    return [place["id"] for place in told if isinstance(place, dict) and "id" in place]


def text_of(events: Sequence[Any]) -> str:
    """What the agent said, all pieces together."""
    return "".join(event["data"] for event in events if _name(event) == "plain")


def _flaws(answer: Answer, contract: Contract) -> Iterator[str]:
    if not is_utf8(answer.body):
        yield "bytes that are not UTF-8"
    reader = EventStreamReader()
    framed = reader.feed(answer.body)
    if reader.unfinished:
        yield "an event that no blank line ends"
    events = answer.events()
    for frame, event in zip(framed, events, strict=True):
        if event is NOT_JSON:
            yield f"an event that is not JSON: {frame.data[:80]!r}"
        elif not isinstance(event, dict) or not contract.validator("ChatEvent").is_valid(event):
            yield f"an event that does not fit its schema: {_shown(event)}"
        elif frame.type not in ("message", event["type"]):
            yield f"an event named {frame.type!r} that holds {event['type']!r}"
        elif not _is_sound_news(event, contract):
            yield f"news of a tool that do not fit their schema: {_shown(event)}"
    yield from _disorder(events)


def _disorder(events: Sequence[Any]) -> Iterator[str]:
    """What no order of events can be: the rules that all orders of the contract have in common."""
    types = [event["type"] for event in events]
    if types[:1] != ["session_id"] or types.count("session_id") > 1:
        yield "not exactly one `session_id`, the first event"
    if types[1:2] != ["user_message_saved"] or types.count("user_message_saved") > 1:
        yield "not exactly one `user_message_saved`, the second event"
    if types.count("end") != 1:
        yield f"{types.count('end')} `end` events"
    if tuple(types[types.index("end") :]) not in (LAST[:1], LAST):
        yield f"`{types[-1]}` after the `end`"
    if types.count("complete") > 1 or ("complete" in types and "plain" in types[types.index("complete") :]):
        yield "text after it was `complete`"
    for before, event in pairwise(events):
        if event["type"] == "attachment_saved" and before["type"] not in SENT:
            yield "an `attachment_saved` without what was saved"
        if _name(event) == "plain/tool_call_result" and _name(before) != "plain/tool_call":
            yield "a `tool_call_result` without its `tool_call`"
    spoken = [place for place, kind in enumerate(types) if kind in ("plain", "attachment_saved")]
    if spoken and "message_saved" not in types[spoken[-1] :]:
        yield "an answer that is not saved"
    yield from _contradictions(events)


def _contradictions(events: Sequence[Any]) -> Iterator[str]:
    saved = [event["data"]["id"] for event in events if event["type"] in ("user_message_saved", "message_saved")]
    if len(set(saved)) < len(saved):
        yield "two messages saved under one id"
    for event in events:
        if event["type"] == "complete" and text_of(events) and event["data"] != text_of(events):
            yield "a `complete` that is not the text of the pieces"


def _is_sound_news(event: dict[str, Any], contract: Contract) -> bool:
    schema = NEWS.get(str(event.get("chain_type"))) if event["type"] == "plain" else None
    if schema is None:
        return True
    try:
        return bool(contract.validator(schema).is_valid(json.loads(event["data"])))
    except ValueError:
        return False


@cache
def _orders(contract: Contract) -> tuple[re.Pattern[str], ...]:
    listed = contract.document()["components"]["schemas"]["ChatStream"]["x-event-orders"]
    return tuple(re.compile(_pattern(order["events"])) for order in listed)


def _pattern(entries: Sequence[Any]) -> str:
    return "".join(f"(?:{_pattern(entry)})+" if isinstance(entry, list) else _entry(entry) for entry in entries)


def _entry(entry: str) -> str:
    often = entry[-1] if entry[-1] in "?*+" else ""
    return f"(?:{re.escape(entry.removesuffix(often) if often else entry)} ){often}"


def _name(event: Any) -> str:
    if not isinstance(event, dict):
        return "?"
    kind, chain = str(event.get("type")), event.get("chain_type")
    return f"{kind}/{chain}" if chain else kind


def _shown(event: Any) -> str:
    return json.dumps(event, ensure_ascii=False)[:160]
