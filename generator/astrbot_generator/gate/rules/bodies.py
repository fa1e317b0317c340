"""Request bodies and their media types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.document import table
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.operations import Operation, Part
from astrbot_generator.gate.pair import OperationPair, media_range
from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.schema.flat_schema import flatten
from astrbot_generator.gate.schema.normalize import NormalizedSchemas


@rule("request-body-removed", area="body", level=Level.BREAKING, direction="request")
def request_body_removed(pair: OperationPair) -> Iterator[Change]:
    """An operation no longer takes a body.

    Breaks: clients that send one; it is refused or ignored.
    Instead: keep it, and say which members are ignored.
    Before: {content: {application/json: {schema: {type: object}}}}
    After: null
    """
    old, new = pair.bodies()
    if old and not new:
        yield Change("the request body is gone", old.pointer, None)


@rule("request-body-added-required", area="body", level=Level.BREAKING, direction="request", called=Level.INFORMATION)
def request_body_added_required(pair: OperationPair) -> Iterator[Change]:
    """An operation that took no body must have one.

    Breaks: every client; it sends none.
    Instead: make the body optional.
    Before: null
    After: {required: true, content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if new and not old and new.value.get("required") is True:
        yield Change(
            "a request body is new and required", None, new.pointer, Witness("request", f"{pair.new} without a body")
        )


@rule("request-body-added", area="body", level=Level.INFORMATION, direction="request")
def request_body_added(pair: OperationPair) -> Iterator[Change]:
    """An operation that took no body may have one.

    Breaks: nobody.
    Instead: nothing.
    Before: null
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if new and not old and new.value.get("required") is not True:
        yield Change("a request body is new", None, new.pointer)


@rule("request-body-became-required", area="body", level=Level.BREAKING, direction="request", called=Level.INFORMATION)
def request_body_became_required(pair: OperationPair) -> Iterator[Change]:
    """A body that could be left out must be sent.

    Breaks: clients that send none.
    Instead: keep it optional.
    Before: {content: {application/json: {schema: {type: object}}}}
    After: {required: true, content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if old and new and new.value.get("required") is True and old.value.get("required") is not True:
        example = Witness("request", f"{pair.new} without a body")
        yield Change("the request body became required", old.pointer, new.below("required"), example)


@rule("request-body-became-optional", area="body", level=Level.INFORMATION, direction="request", called=Level.BREAKING)
def request_body_became_optional(pair: OperationPair) -> Iterator[Change]:
    """A body that had to be sent can be left out.

    Breaks: nobody.
    Instead: nothing.
    Before: {required: true, content: {application/json: {schema: {type: object}}}}
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if old and new and old.value.get("required") is True and new.value.get("required") is not True:
        yield Change("the request body became optional", old.pointer, new.pointer)


@rule("request-media-type-removed", area="body", level=Level.BREAKING, direction="request", called=Level.INFORMATION)
def request_media_type_removed(pair: OperationPair) -> Iterator[Change]:
    """A body is no longer taken in one of its forms.

    Breaks: clients that send it so; they get 415 or 422.
    Instead: keep the form.
    Before: {content: {application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}}}
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if old and new:
        kept = pair.new.contents(new)
        for name, part in pair.old.contents(old).items():
            if name not in kept and not media_range(name, kept):
                example = Witness("request", f"{pair.old} with a body of {name}")
                yield Change(f"the request body is no longer taken as {name}", part.pointer, None, example)


@rule("request-media-type-added", area="body", level=Level.INFORMATION, direction="request", called=Level.BREAKING)
def request_media_type_added(pair: OperationPair) -> Iterator[Change]:
    """A body is taken in one more form.

    Breaks: nobody.
    Instead: nothing.
    Before: {content: {application/json: {schema: {type: object}}}}
    After: {content: {application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}}}
    """
    old, new = pair.bodies()
    if old and new:
        known = pair.old.contents(old)
        for name, part in pair.new.contents(new).items():
            if name not in known:
                yield Change(f"the request body is also taken as {name}", None, part.pointer)


@rule("request-encoding-changed", area="body", level=Level.BREAKING, direction="request")
def request_encoding_changed(pair: OperationPair) -> Iterator[Change]:
    """A part of a form is written in another way.

    Breaks: clients that write it as they did.
    Instead: add a part of another name.
    Before: {content: {multipart/form-data: {encoding: {file: {contentType: 'text/csv, text/plain'}}}}}
    After: {content: {multipart/form-data: {encoding: {file: {contentType: text/csv}}}}}
    """
    old, new = pair.bodies()
    for _, one, other in pair.contents(old, new) if old and new else ():
        encodings = [table(part.value.get("encoding")) for part in (one, other)]
        for field in dict.fromkeys((*encodings[0], *encodings[1])):
            ways = [_way(operation, part, field) for operation, part in ((pair.old, one), (pair.new, other))]
            if text(ways[0]) != text(ways[1]):
                message = f"`{field}` is written in another way"
                yield Change(message, one.below("encoding", field), other.below("encoding", field))


def _way(operation: Operation, part: Part, field: str) -> dict[str, Any]:
    """How a field of a form is written, what OpenAPI assumes filled in."""
    said = table(table(part.value.get("encoding")).get(field))
    style = str(said.get("style", "form"))
    return {
        "contentType": said.get("contentType") or _usual_type(operation, part, field),
        "style": style,
        "explode": said.get("explode", style == "form"),
        "allowReserved": said.get("allowReserved") is True,
    }


def _usual_type(operation: Operation, part: Part, field: str) -> str:
    """The media type of a field that names none: that of its schema."""
    schemas = NormalizedSchemas(operation.document, "request")
    flat = flatten(schemas, flatten(schemas, [schemas.node(part.below("schema"))]).of_property(field))
    if flat.types == {"array"}:
        flat = flatten(schemas, flat.of_item(0))
    if "object" in flat.types and "string" not in flat.types:
        return "application/json"
    binary = ("format", "binary") in flat.words or "contentEncoding" in flat.notes
    return "application/octet-stream" if binary else "text/plain"
