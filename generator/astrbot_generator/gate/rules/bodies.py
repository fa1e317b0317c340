"""Rules for request bodies and their media types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.operations import Operation, Part
from astrbot_generator.gate.pair import OperationPair, media_range
from astrbot_generator.gate.schema.comparison import text
from astrbot_generator.gate.schema.flat_schema import flatten
from astrbot_generator.gate.schema.normalize import NormalizedSchemas
from astrbot_generator.gate.values import table


@rule("request-body-removed", area="body", direction="request")
def request_body_removed(pair: OperationPair) -> Iterator[Change]:
    """A request body was removed.

    Breaks: clients that send one; it is rejected or ignored.
    Instead: keep it, and document which members are ignored.
    Before: {content: {application/json: {schema: {type: object}}}}
    After: null
    """
    old, new = pair.bodies()
    if old and not new:
        yield Change("the request body was removed", old.pointer, None)


@rule("request-body-added-required", area="body", direction="request", called=Level.INFORMATION)
def request_body_added_required(pair: OperationPair) -> Iterator[Change]:
    """A required request body was added.

    Breaks: every client, because none sends a body.
    Instead: make the body optional.
    Before: null
    After: {required: true, content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if new and not old and new.value.get("required") is True:
        example = Witness("request", f"{pair.new} without a body")
        yield Change("a request body is new and required", None, new.pointer, example)


@rule("request-body-added", area="body", level=Level.INFORMATION, direction="request")
def request_body_added(pair: OperationPair) -> Iterator[Change]:
    """An optional request body was added.

    Breaks: no client.
    Instead: nothing to do.
    Before: null
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if new and not old and new.value.get("required") is not True:
        yield Change("a request body is new", None, new.pointer)


@rule("request-body-became-required", area="body", direction="request", called=Level.INFORMATION)
def request_body_became_required(pair: OperationPair) -> Iterator[Change]:
    """An optional request body became required.

    Breaks: clients that send no body.
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
    """A required request body became optional.

    Breaks: no client.
    Instead: nothing to do.
    Before: {required: true, content: {application/json: {schema: {type: object}}}}
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if old and new and old.value.get("required") is True and new.value.get("required") is not True:
        yield Change("the request body became optional", old.pointer, new.pointer)


@rule("request-media-type-removed", area="body", direction="request", called=Level.INFORMATION)
def request_media_type_removed(pair: OperationPair) -> Iterator[Change]:
    """A media type of a request body was removed.

    Breaks: clients that send it; they get 415 or 422.
    Instead: keep the media type.
    Before: {content: {application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}}}
    After: {content: {application/json: {schema: {type: object}}}}
    """
    old, new = pair.bodies()
    if old and new:
        kept = pair.new.contents(new)
        for name, part in pair.old.contents(old).items():
            if name not in kept and not media_range(name, kept):
                example = Witness("request", f"{pair.old} with a body of {name}")
                yield Change(f"the request body is no longer accepted as {name}", part.pointer, None, example)


@rule("request-media-type-added", area="body", level=Level.INFORMATION, direction="request", called=Level.BREAKING)
def request_media_type_added(pair: OperationPair) -> Iterator[Change]:
    """A media type of a request body was added.

    Breaks: no client.
    Instead: nothing to do.
    Before: {content: {application/json: {schema: {type: object}}}}
    After: {content: {application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}}}
    """
    old, new = pair.bodies()
    if old and new:
        known = pair.old.contents(old)
        for name, part in pair.new.contents(new).items():
            if name not in known:
                yield Change(f"the request body is now also accepted as {name}", None, part.pointer)


@rule("request-encoding-changed", area="body", direction="request")
def request_encoding_changed(pair: OperationPair) -> Iterator[Change]:
    """The encoding of a form field changed.

    Breaks: clients that use the old encoding.
    Instead: add a field with another name.
    Before: {content: {multipart/form-data: {encoding: {file: {contentType: 'text/csv, text/plain'}}}}}
    After: {content: {multipart/form-data: {encoding: {file: {contentType: text/csv}}}}}
    """
    old, new = pair.bodies()
    for _, one, other in pair.contents(old, new) if old and new else ():
        encodings = [table(part.value.get("encoding")) for part in (one, other)]
        for field in dict.fromkeys((*encodings[0], *encodings[1])):
            ways = [_way(operation, part, field) for operation, part in ((pair.old, one), (pair.new, other))]
            if text(ways[0]) != text(ways[1]):
                message = f"the encoding of `{field}` changed"
                yield Change(message, one.below("encoding", field), other.below("encoding", field))


def _way(operation: Operation, part: Part, field: str) -> dict[str, Any]:
    """Returns the encoding of a form field, with OpenAPI's defaults."""
    encoding = table(table(part.value.get("encoding")).get(field))
    style = str(encoding.get("style", "form"))
    return {
        "contentType": encoding.get("contentType") or _usual_type(operation, part, field),
        "style": style,
        "explode": encoding.get("explode", style == "form"),
        "allowReserved": encoding.get("allowReserved") is True,
    }


def _usual_type(operation: Operation, part: Part, field: str) -> str:
    """Returns the default media type of a field, according to its schema."""
    schemas = NormalizedSchemas(operation.document, "request")
    flat = flatten(schemas, flatten(schemas, [schemas.node(part.below("schema"))]).of_property(field))
    if flat.types == {"array"}:
        flat = flatten(schemas, flat.of_item(0))
    if "object" in flat.types and "string" not in flat.types:
        return "application/json"
    binary = ("format", "binary") in flat.words or "contentEncoding" in flat.notes
    return "application/octet-stream" if binary else "text/plain"
