"""The schemas of the parameters, bodies, responses and headers of an operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from astrbot_generator.gate.finding import OPPOSITE, Direction
from astrbot_generator.gate.operations import Operation, Parameter, Part
from astrbot_generator.gate.pair import OperationPair
from astrbot_generator.gate.schema.flat_schema import MEMBERS
from astrbot_generator.gate.schema.normalize import SILENT, Medium
from astrbot_generator.gate.values import table
from astrbot_generator.pointer import join
from astrbot_generator.socket_rules import MESSAGES, WORD

_MESSAGE_NAMES = ("a message of a client", "a message of the server")


@dataclass(frozen=True)
class OperationSchema:
    """A schema of an operation in both documents, and its name in messages."""

    what: str
    direction: Direction
    subject: str
    """The stable name of the schema in fingerprints."""
    old: str = ""
    new: str = ""
    medium: Medium = "json"


def schemas_of(pair: OperationPair) -> Iterator[OperationSchema]:
    """Yields every schema of an operation that exists in both documents."""
    direction: Direction = "response" if pair.new.is_callback else "request"
    opposite = OPPOSITE[direction]
    for old, new in pair.parameters()[0]:
        yield from _written_as_text(pair, old, new, OperationSchema(str(new), direction, pair.subject(new)))
    body, new_body = pair.bodies()
    if body and new_body:
        schema = OperationSchema("the request body", direction, join(pair.new.pointer, "requestBody"))
        yield from _of_contents(pair, body, new_body, schema)
    yield from _messages(pair, direction)
    for status, one, other in pair.answers():
        schema = OperationSchema(f"the response {status}", opposite, pair.answer_subject(status))
        yield from _of_contents(pair, one, other, schema)
        for what, subject, header, new_header in pair.headers(status, one, other):
            yield from _written_as_text(pair, header, new_header, OperationSchema(what, opposite, subject))


def _messages(pair: OperationPair, direction: Direction) -> Iterator[OperationSchema]:
    """Yields the messages of a WebSocket: the server receives requests and sends responses."""
    for name, what, way in zip(MESSAGES, _MESSAGE_NAMES, (direction, OPPOSITE[direction]), strict=True):
        if all(name in table(operation.value.get(WORD)) for operation in (pair.old, pair.new)):
            old, new = (join(operation.pointer, WORD, name) for operation in (pair.old, pair.new))
            yield OperationSchema(what, way, new, old=old, new=new)


def _written_as_text(pair: OperationPair, old: Part, new: Part, schema: OperationSchema) -> Iterator[OperationSchema]:
    """Yields the schema of a parameter or header; if only one side has `content`, a separate rule reports it."""
    contents = [bool(part.value.get("content")) for part in (old, new)]
    if all(contents):
        yield from _of_contents(pair, old, new, schema)
    elif not any(contents) and ("schema" in old.value or "schema" in new.value):
        is_split = all(isinstance(part, Parameter) and part.writing[1] for part in (old, new))
        medium: Medium = "list" if is_split else "text"
        yield replace(schema, medium=medium, old=old.below("schema"), new=new.below("schema"))


def _of_contents(pair: OperationPair, old: Part, new: Part, schema: OperationSchema) -> Iterator[OperationSchema]:
    matched = pair.contents(old, new)
    for name, one, other in matched:
        what = f"{schema.what} ({name})" if len(matched) > 1 else schema.what
        subject = schema.subject + join("", "content", name)
        has_schema = "schema" in one.value or "schema" in other.value
        if has_schema and not (_raw(pair.old, one, name) and _raw(pair.new, other, name)):
            medium = "json" if any(map(_has_json_parts, (one, other))) else _medium(name)
            found = replace(schema, what=what, subject=subject, medium=medium)
            yield replace(found, old=one.below("schema"), new=other.below("schema"))
        if "itemSchema" in one.value and "itemSchema" in other.value:  # the items of a stream in OpenAPI 3.2
            what, at = f"an item of {schema.what}", f"{subject}/itemSchema"
            old_items, new_items = (part.below("itemSchema") for part in (one, other))
            yield replace(schema, what=what, subject=at, old=old_items, new=new_items)
        old_events, new_events = _events(pair.old, one), _events(pair.new, other)
        if old_events and new_events:
            what, subject = f"an event of {schema.what}", f"{subject}/x-events"
            yield replace(schema, what=what, subject=subject, old=old_events, new=new_events)


def _has_json_parts(part: Part) -> bool:
    """Returns whether a form says that one of its fields is JSON."""
    return any("json" in str(table(entry).get("contentType")) for entry in table(part.value.get("encoding")).values())


def _medium(name: str) -> Medium:
    """Returns how values of a media type are sent."""
    if name == "application/x-www-form-urlencoded" or name.startswith("multipart/"):
        return "form"
    if name.endswith(("/xml", "+xml")):
        return "xml"
    return "text" if name.startswith("text/") and not name.endswith(("json", "yaml")) else "json"


def _raw(operation: Operation, part: Part, name: str) -> bool:
    """Returns whether a content is opaque bytes: it has no schema, or a schema that only declares binary data."""
    schema, _ = operation.document.follow(part.value.get("schema"), part.below("schema"))
    structured = name.startswith(("text/", "multipart/")) or name.endswith(("json", "xml", "yaml", "urlencoded"))
    if structured or schema is False:
        return False
    words = {word for word in table(schema) if word not in SILENT and not word.startswith("x-")}
    return not words or (schema.get("type") == "string" and words <= {"type", "format", *MEMBERS})


def _events(operation: Operation, part: Part) -> str | None:
    """Returns the pointer of the event schema of a stream; None if it does not declare events."""
    schema: Any
    schema, pointer = operation.document.follow(part.value.get("schema"), part.below("schema"))
    return join(pointer, "x-events") if isinstance(schema, dict) and "x-events" in schema else None
