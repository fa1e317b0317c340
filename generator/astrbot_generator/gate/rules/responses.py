"""Rules for the statuses, media types and headers of responses."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.document import table
from astrbot_generator.gate.finding import Change, Level
from astrbot_generator.gate.operations import Part
from astrbot_generator.gate.pair import OperationPair, covering, media_range
from astrbot_generator.pointer import join


def _succeeds(status: str) -> bool:
    return status[:1] in "23"


@rule("response-status-removed", area="answer", level=Level.BREAKING, direction="response")
def response_status_removed(pair: OperationPair) -> Iterator[Change]:
    """A success status was removed.

    Breaks: clients that check for this status.
    Instead: keep the status.
    Before: {'200': {description: Done}, '201': {description: Created}}
    After: {'200': {description: Done}}
    """
    new = pair.new.answers()
    for status, part in pair.old.answers().items():
        if _succeeds(status) and status not in new and not covering(status, new):
            yield Change(
                f"the response {status} was removed",
                part.pointer,
                None,
                None,
                join(pair.new.pointer, "responses", status),
            )


@rule("response-error-status-removed", area="answer", level=Level.INFORMATION, direction="response")
def response_error_status_removed(pair: OperationPair) -> Iterator[Change]:
    """An error status is no longer documented.

    Breaks: no client; clients must expect any error.
    Instead: nothing to do.
    Before: {'200': {description: Done}, '404': {description: Not found}}
    After: {'200': {description: Done}}
    """
    new = pair.new.answers()
    for status, part in pair.old.answers().items():
        if not _succeeds(status) and status not in new and not covering(status, new):
            subject = join(pair.new.pointer, "responses", status)
            yield Change(f"the response {status} is no longer documented", part.pointer, None, None, subject)


@rule("response-status-added", area="answer", level=Level.WARNING, direction="response", called=Level.INFORMATION)
def response_status_added(pair: OperationPair) -> Iterator[Change]:
    """A success status was added.

    Breaks: clients that accept only the old success statuses.
    Instead: return one of the documented statuses.
    Before: {'200': {description: Done}}
    After: {'200': {description: Done}, '202': {description: Later}}
    """
    yield from _added(pair, success=True)


@rule("response-error-status-added", area="answer", level=Level.INFORMATION, direction="response")
def response_error_status_added(pair: OperationPair) -> Iterator[Change]:
    """An error status was added.

    Breaks: no client; clients must expect any error.
    Instead: nothing to do.
    Before: {'200': {description: Done}}
    After: {'200': {description: Done}, '409': {description: Taken}}
    """
    yield from _added(pair, success=False)


def _added(pair: OperationPair, *, success: bool) -> Iterator[Change]:
    old = pair.old.answers()
    for status, part in pair.new.answers().items():
        if _succeeds(status) is success and status not in old and not covering(status, old):
            yield Change(
                f"the response {status} is new", None, part.pointer, None, join(pair.new.pointer, "responses", status)
            )


@rule("response-media-type-removed", area="answer", level=Level.BREAKING, direction="response")
def response_media_type_removed(pair: OperationPair) -> Iterator[Change]:
    """A media type of a response was removed.

    Breaks: clients that request it or support only this media type.
    Instead: keep the media type.
    Before: {'200': {description: Done, content: {application/json: {schema: {}}, text/csv: {schema: {}}}}}
    After: {'200': {description: Done, content: {application/json: {schema: {}}}}}
    """
    for status, old, new in pair.answers():
        kept = pair.new.contents(new)
        for name, part in pair.old.contents(old).items():
            if name not in kept and not media_range(name, kept):
                subject = join(pair.new.pointer, "responses", status, "content", name)
                yield Change(
                    f"the response {status} is no longer available as {name}", part.pointer, new.pointer, None, subject
                )


@rule("response-media-type-added", area="answer", level=Level.WARNING, direction="response", called=Level.INFORMATION)
def response_media_type_added(pair: OperationPair) -> Iterator[Change]:
    """A media type of a response was added.

    Breaks: clients that send no `Accept` header and receive this media type.
    Instead: send it only to clients that request it.
    Before: {'200': {description: Done, content: {application/json: {schema: {}}}}}
    After: {'200': {description: Done, content: {application/json: {schema: {}}, text/csv: {schema: {}}}}}
    """
    for status, old, new in pair.answers():
        known = pair.old.contents(old)
        for name, part in pair.new.contents(new).items():
            if name not in known and not media_range(name, known):
                subject = join(pair.new.pointer, "responses", status, "content", name)
                yield Change(
                    f"the response {status} may have the media type {name}", old.pointer, part.pointer, None, subject
                )


@rule("response-header-removed", area="answer", level=Level.BREAKING, direction="response", called=Level.INFORMATION)
def response_header_removed(pair: OperationPair) -> Iterator[Change]:
    """A header of a response was removed.

    Breaks: clients that read it.
    Instead: keep sending it.
    Before: {'200': {description: Done, headers: {X-Total: {schema: {type: integer}}}}}
    After: {'200': {description: Done}}
    """
    for status, old, new in pair.answers():
        kept = pair.new.headers(new)
        for name, header in pair.old.headers(old).items():
            if name not in kept:
                subject = join(pair.new.pointer, "responses", status, "headers", name)
                yield Change(
                    f"the response {status} no longer has the header `{name}`", header.pointer, None, None, subject
                )


@rule(
    "response-header-became-optional",
    area="answer",
    level=Level.BREAKING,
    direction="response",
    called=Level.INFORMATION,
)
def response_header_became_optional(pair: OperationPair) -> Iterator[Change]:
    """A required header of a response became optional.

    Breaks: clients that read it without a check.
    Instead: keep sending it in every response.
    Before: {'200': {description: Done, headers: {X-Total: {required: true, schema: {type: integer}}}}}
    After: {'200': {description: Done, headers: {X-Total: {schema: {type: integer}}}}}
    """
    for status, old, new in pair.answers():
        kept = pair.new.headers(new)
        for name, one in pair.old.headers(old).items():
            other = kept.get(name)
            if other and one.value.get("required") is True and other.value.get("required") is not True:
                subject = join(pair.new.pointer, "responses", status, "headers", name)
                message = f"the header `{name}` of the response {status} became optional"
                yield Change(message, one.pointer, other.pointer, None, subject)


@rule("response-header-rewritten", area="answer", level=Level.BREAKING, direction="response")
def response_header_rewritten(pair: OperationPair) -> Iterator[Change]:
    """The serialization of a response header changed: `explode`, or JSON.

    Breaks: clients that parse the old serialization; lists and objects are parsed incorrectly.
    Instead: add a header with another name.
    Before: {'200': {description: Done, headers: {X-Total: {schema: {type: integer}}}}}
    After: {'200': {description: Done, headers: {X-Total: {content: {application/json: {schema: {type: integer}}}}}}}
    """
    for status, old, new in pair.answers():
        kept = pair.new.headers(new)
        for name, one in pair.old.headers(old).items():
            other = kept.get(name)
            if other and _form(one) != _form(other):
                subject = join(pair.new.pointer, "responses", status, "headers", name)
                message = f"the serialization of the header `{name}` of the response {status} changed"
                yield Change(message, one.pointer, other.pointer, None, subject)


def _form(header: Part) -> tuple[list[str], bool]:
    return sorted(table(header.value.get("content"))), header.value.get("explode") is True
