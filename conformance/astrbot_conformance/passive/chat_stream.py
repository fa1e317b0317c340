"""The rules for a stream of chat events: each event is well formed, and their order is valid."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Answer as Declared

from astrbot_conformance.contract import CHAT, CHAT_IN_THREAD
from astrbot_conformance.http.event_stream import EventStreamReader, is_utf8
from astrbot_conformance.http.response import NOT_JSON, HttpResponse
from astrbot_conformance.json_text import parsed

LAST = ("end", "message_saved")  # one message may be saved after the end
SENT = ("image", "record", "file", "video")
NEWS = {"tool_call": "ToolCallNews", "tool_call_result": "ToolResultNews"}
SAYING = (CHAT.id, CHAT_IN_THREAD.id)  # a user sends a message, which is saved; others create or repeat a response
RESUMED = "run_snapshot"  # the first event of a stream that omits the events sent before it


def flaw_of(response: HttpResponse, contract: Contract) -> str | None:
    """The first error in a stream of events that was read to its end, or None if the stream is valid."""
    return next(_flaws(response, contract), None)


def unseen_order(response: HttpResponse, contract: Contract) -> str | None:
    """The order of the events, or None if the contract lists it."""
    return None if orders_of(response, contract) else " ".join(map(_name, response.events()))


def orders_of(response: HttpResponse, contract: Contract) -> tuple[str, ...]:
    """The names of the orders in the contract that the events match."""
    listed = contract.resolve(str(_declared(response, contract).pointer))["x-event-orders"]
    names = [_name(event) for event in response.events()]
    return tuple(order["name"] for order in listed if len(names) in _ends(order["events"], names, frozenset({0})))


def session_of(response: HttpResponse) -> str | None:
    """The session id in the first event of a stream."""
    first = next(iter(response.events()), None)
    session = first.get("session_id") if isinstance(first, dict) else None
    return session if isinstance(session, str) else None


def saved_by(events: Sequence[Any]) -> list[Any]:
    """The ids of saved messages, as far as the events contain them."""
    told = [event.get("data") for event in events if str(_name(event)).endswith("message_saved")]
    return [place["id"] for place in told if isinstance(place, dict) and "id" in place]


def _flaws(response: HttpResponse, contract: Contract) -> Iterator[str]:
    if not is_utf8(response.body):
        yield "bytes that are not UTF-8"
    reader = EventStreamReader()
    framed = reader.feed(response.body)
    if reader.unfinished:
        yield "an event that no blank line ends"
    events, well_formed = response.events(), contract.validator_at(str(_declared(response, contract).events))
    for frame, event in zip(framed, events, strict=True):
        if event is NOT_JSON:
            yield f"an event that is not JSON: {frame.data[:80]!r}"
        elif not isinstance(event, dict) or not well_formed.is_valid(event):
            yield f"an event that does not fit its schema: {_shown(event)}"
        elif frame.type not in ("message", event["type"]):
            yield f"an event named {frame.type!r} that holds {event['type']!r}"
        elif not _is_sound_news(event, contract):
            yield f"news of a tool that do not fit their schema: {_shown(event)}"
    yield from _disorder(events, saying=response.request.operation.id in SAYING)
    yield from _contradictions(events)


def _disorder(events: Sequence[Any], *, saying: bool) -> Iterator[str]:
    """Violations of the rules that all event orders of the contract have in common."""
    types = [event["type"] for event in events]
    resumed = types[:1] == [RESUMED]
    if not resumed and (types[:1] != ["session_id"] or types.count("session_id") > 1):
        yield "not exactly one `session_id`, the first event"
    if types.count("user_message_saved") != saying or (saying and types[1] != "user_message_saved"):
        yield (
            "not exactly one `user_message_saved`, the second event" if saying else "a `user_message_saved` of nothing"
        )
    if types.count("end") != 1:
        yield f"{types.count('end')} `end` events"
    if tuple(types[types.index("end") :]) not in (LAST[:1], LAST):
        yield f"`{types[-1]}` after the `end`"
    closed = [place for place, event in enumerate(events) if _closes(event)]
    if len(closed) > 1 or (closed and "plain" in types[closed[0] :]):
        yield "text after it was `complete`"
    for before, event in pairwise(events):
        if event["type"] == "attachment_saved" and before["type"] not in SENT:
            yield "an `attachment_saved` without what was saved"
    if not resumed and not _is_every_result_asked_for(events):
        yield "a `tool_call_result` without its `tool_call`"
    spoken = [place for place, kind in enumerate(types) if kind in ("plain", "attachment_saved")]
    if spoken and "message_saved" not in types[spoken[-1] :]:
        yield "an answer that is not saved"


def _contradictions(events: Sequence[Any]) -> Iterator[str]:
    saved = [event["data"]["id"] for event in events if event["type"] in ("user_message_saved", "message_saved")]
    if len(set(saved)) < len(saved):
        yield "two messages saved under one id"
    pieces = [event["data"] for event in events if _name(event) == "plain" and event["streaming"]]
    sent = any(event["type"] == "complete" and not _closes(event) for event in events)
    if events[0]["type"] == RESUMED or not pieces:
        return
    for event in events:
        if _closes(event) and not _consists(event["data"], pieces, all_of_them=not sent):
            yield "a `complete` that is not the text of the pieces"


def _is_every_result_asked_for(events: Sequence[Any]) -> bool:
    """Whether each tool call comes before its result. Other events may come in between."""
    called = set()
    for event in events:
        if _name(event) == "plain/tool_call":
            called.add(_news(event)["id"])
        if _name(event) == "plain/tool_call_result" and _news(event)["id"] not in called:
            return False
    return True


def _closes(event: dict[str, Any]) -> bool:
    """Whether an event is the `complete` of the response, not one that a tool sends while the model responds."""
    return event["type"] == "complete" and "reasoning" in event


def _consists(text: str, pieces: Sequence[str], *, all_of_them: bool) -> bool:
    """Whether `text` is all pieces joined. If a tool sent other pieces, some pieces in their order are enough."""
    if all_of_them:
        return text == "".join(pieces)
    lengths = {0}
    for piece in pieces:
        lengths |= {length + len(piece) for length in lengths if text.startswith(piece, length)}
    return len(text) in lengths


def _is_sound_news(event: dict[str, Any], contract: Contract) -> bool:
    schema = NEWS.get(str(event.get("chain_type"))) if event["type"] == "plain" else None
    if schema is None:
        return True
    try:
        return bool(contract.validator(schema).is_valid(_news(event)))
    except ValueError:
        return False


def _news(event: dict[str, Any]) -> Any:
    """The content of an event about a tool. Raises ValueError if it is not valid JSON."""
    return parsed(event["data"])


def _declared(response: HttpResponse, contract: Contract) -> Declared:
    """The contract's declaration of the stream that an operation returns."""
    return next(declared for declared in contract.by_id[response.request.operation.id].answers if declared.events)


def _ends(order: Sequence[Any], names: Sequence[str], places: frozenset[int]) -> frozenset[int]:
    """The indexes at which `order` can end in `names`, if it begins at one of `places`. Fast for every stream."""
    return reduce(lambda reached, entry: _passed(entry, names, reached), order, places)


def _passed(entry: Any, names: Sequence[str], places: frozenset[int]) -> frozenset[int]:
    """The same for one entry of an order: an event, or a list of entries that occurs once or more."""
    if isinstance(entry, list):
        return _again_and_again(lambda reached: _ends(entry, names, reached), places)
    often = entry[-1] if entry[-1] in "?*+" else ""
    name = entry.removesuffix(often) if often else entry

    def once(reached: frozenset[int]) -> frozenset[int]:
        return frozenset(place + 1 for place in reached if place < len(names) and names[place] == name)

    passed = _again_and_again(once, places) if often in ("*", "+") else once(places)
    return passed | places if often in ("?", "*") else passed


def _again_and_again(once: Callable[[frozenset[int]], frozenset[int]], places: frozenset[int]) -> frozenset[int]:
    reached, new = frozenset[int](), once(places)
    while new:
        reached |= new
        new = once(new) - reached
    return reached


def _name(event: Any) -> str:
    if not isinstance(event, dict):
        return "?"
    kind, chain = str(event.get("type")), event.get("chain_type")
    return f"{kind}/{chain}" if chain else kind


def _shown(event: Any) -> str:
    return json.dumps(event, ensure_ascii=False)[:160]
