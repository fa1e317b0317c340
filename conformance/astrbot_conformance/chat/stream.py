"""The rules for a stream of chat events: each event is well formed, and their order is valid."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Answer as Declared

from astrbot_conformance.http import NOT_JSON, HttpResponse
from astrbot_conformance.http.event_stream import EventStreamReader, is_utf8
from astrbot_conformance.json_text import parsed
from astrbot_conformance.passive.schema_problem import first_errors, schema_problem
from astrbot_conformance.passive.shape import is_described
from astrbot_conformance.verdict.finding import fail

LAST = ("end", "message_saved")  # one message may be saved after the end
FILES = ("image", "record", "file", "video")
TOOL_SCHEMAS = {"tool_call": "ToolCallNews", "tool_call_result": "ToolResultNews"}
RESUMED = "run_snapshot"  # the first event of a stream that omits the events sent before it
SHOWN = 160  # characters of an event in a finding


def is_sound_stream(response: HttpResponse, contract: Contract) -> bool:
    """The passive check of a stream of chat events that was read to its end: it is well formed."""
    if not is_described(response, contract) or not response.is_stream:
        return False
    if not any(declared.events for declared in contract.by_id[response.request.operation.id].answers):
        return False
    if flaw := flaw_of(response, contract):
        fail(response, expected="a well-formed stream of events", actual=flaw)
    return True


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
    saved = [event.get("data") for event in events if str(_name(event)).endswith("message_saved")]
    return [data["id"] for data in saved if isinstance(data, dict) and "id" in data]


def _flaws(response: HttpResponse, contract: Contract) -> Iterator[str]:
    if not is_utf8(response.body):
        yield "the stream contains bytes that are not UTF-8"
    reader = EventStreamReader()
    frames = reader.feed(response.body)
    if reader.unfinished:
        yield "no blank line ends the last event"
    events, schema = response.events(), contract.validator_at(str(_declared(response, contract).events))
    for frame, event in zip(frames, events, strict=True):
        if event is NOT_JSON:
            yield f"the data of an event is not JSON: {frame.data[:80]!r}"
        elif not isinstance(event, dict):
            yield f"the data of an event is not a JSON object: {_shown(event)}"
        elif not schema.is_valid(event):
            yield f"{schema_problem(first_errors(schema, event), event, 'an event')}: {_shown(event)}"
        elif frame.type not in ("message", event["type"]):
            yield f"an event is named `{frame.type}`, but its data has the type `{event['type']}`"
        elif problem := _problem_of_tool_data(event, contract):
            yield f"{problem}: {_shown(event)}"
    types = [event["type"] for event in events]
    yield from _wrong_beginning(types, with_message=_sends_message(response, contract))
    yield from _wrong_end(types)
    yield from _disorder(events, types)
    yield from _contradictions(events)


def _wrong_beginning(types: Sequence[str], *, with_message: bool) -> Iterator[str]:
    """Violations of the rules for the first events, which all event orders of the contract have in common."""
    if not types:
        yield "the stream contains no events"
    if types[0] not in ("session_id", RESUMED):
        yield f"the first event is `{types[0]}`, expected `session_id`"
    if types[0] != RESUMED and types.count("session_id") > 1:
        yield f"{types.count('session_id')} `session_id` events, expected 1"
    saved = types.count("user_message_saved")
    if saved != with_message:
        yield f"{saved} `user_message_saved` events, expected {int(with_message)}"
    if with_message and types[1] != "user_message_saved":
        yield f"the second event is `{types[1]}`, expected `user_message_saved`"


def _wrong_end(types: Sequence[str]) -> Iterator[str]:
    """Violations of the rules for the last events, which all event orders of the contract have in common."""
    if types.count("end") != 1:
        yield f"{types.count('end')} `end` events, expected 1"
    if tuple(types[types.index("end") :]) not in (LAST[:1], LAST):
        yield f"a `{types[-1]}` event after the `end` event"


def _disorder(events: Sequence[Any], types: Sequence[str]) -> Iterator[str]:
    """Violations of the other rules that all event orders of the contract have in common."""
    closed = [index for index, event in enumerate(events) if _closes(event)]
    if len(closed) > 1 or (closed and "plain" in types[closed[0] :]):
        yield "a `plain` or `complete` event after the `complete` event of the response"
    for before, event in pairwise(types):
        if event == "attachment_saved" and before not in FILES:
            yield f"an `attachment_saved` event after a `{before}` event, expected after an event with a file"
    if types[0] != RESUMED and not _has_every_result_a_call(events):
        yield "a `tool_call_result` event without a `tool_call` event before it"
    content = [index for index, kind in enumerate(types) if kind in ("plain", "attachment_saved")]
    if content and "message_saved" not in types[content[-1] :]:
        yield "no `message_saved` event after the last content of the response"


def _contradictions(events: Sequence[Any]) -> Iterator[str]:
    saved = [event["data"]["id"] for event in events if event["type"] in ("user_message_saved", "message_saved")]
    if len(set(saved)) < len(saved):
        yield "two messages are saved under the same id"
    pieces = [event["data"] for event in events if _name(event) == "plain" and event["streaming"]]
    sent = any(event["type"] == "complete" and not _closes(event) for event in events)
    if events[0]["type"] == RESUMED or not pieces:
        return
    for event in events:
        if _closes(event) and not _consists(event["data"], pieces, all_of_them=not sent):
            yield "the text of the `complete` event differs from the text of the pieces before it"


def _has_every_result_a_call(events: Sequence[Any]) -> bool:
    """Whether each tool call comes before its result. Other events may come in between."""
    called = set()
    for event in events:
        if _name(event) == "plain/tool_call":
            called.add(_tool_data(event)["id"])
        if _name(event) == "plain/tool_call_result" and _tool_data(event)["id"] not in called:
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


def _problem_of_tool_data(event: dict[str, Any], contract: Contract) -> str | None:
    """Why the content of an event about a tool does not match its schema; None if it does."""
    schema = TOOL_SCHEMAS.get(str(event.get("chain_type"))) if event["type"] == "plain" else None
    if schema is None:
        return None
    try:
        data = _tool_data(event)
    except ValueError:
        return "the data of a tool event is not JSON"
    errors = first_errors(contract.validator(schema), data)
    return schema_problem(errors, data, "the data of a tool event") if errors else None


def _tool_data(event: dict[str, Any]) -> Any:
    """The content of an event about a tool. Raises ValueError if it is not valid JSON."""
    return parsed(event["data"])


def _declared(response: HttpResponse, contract: Contract) -> Declared:
    """The contract's declaration of the stream that an operation returns."""
    return next(declared for declared in contract.by_id[response.request.operation.id].answers if declared.events)


def _sends_message(response: HttpResponse, contract: Contract) -> bool:
    """Whether the request sends a message of the user, which the server saves. Other streams only repeat a response."""
    body = contract.by_id[response.request.operation.id].body
    return body is not None and "message" in contract.resolve(str(body.pointer)).get("properties", {})


def _ends(order: Sequence[Any], names: Sequence[str], starts: frozenset[int]) -> frozenset[int]:
    """The indexes at which `order` can end in `names`, if it begins at one of `starts`. Fast for every stream."""
    return reduce(lambda reached, entry: _ends_of_entry(entry, names, reached), order, starts)


def _ends_of_entry(entry: Any, names: Sequence[str], starts: frozenset[int]) -> frozenset[int]:
    """The same for one entry of an order: an event, or a list of entries that occurs once or more."""
    if isinstance(entry, list):
        return _repeated(lambda reached: _ends(entry, names, reached), starts)
    quantifier = entry[-1] if entry[-1] in "?*+" else ""
    name = entry.removesuffix(quantifier) if quantifier else entry

    def once(reached: frozenset[int]) -> frozenset[int]:
        return frozenset(index + 1 for index in reached if index < len(names) and names[index] == name)

    ends = _repeated(once, starts) if quantifier in ("*", "+") else once(starts)
    return ends | starts if quantifier in ("?", "*") else ends


def _repeated(once: Callable[[frozenset[int]], frozenset[int]], starts: frozenset[int]) -> frozenset[int]:
    reached, new = frozenset[int](), once(starts)
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
    return json.dumps(event, ensure_ascii=False)[:SHOWN]
