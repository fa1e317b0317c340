"""Rules for the statuses, media types and headers of responses."""

from __future__ import annotations

from collections.abc import Iterator

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.operations import Part
from astrbot_generator.gate.pair import OperationPair, covering, media_range
from astrbot_generator.gate.values import table


def _only_in(answers: dict[str, Part], others: dict[str, Part], *, success: bool) -> Iterator[tuple[str, Part]]:
    """Yields the responses with a success or error status that the other responses do not cover."""
    for status, part in answers.items():
        if (status[:1] in "23") is success and status not in others and not covering(status, others):
            yield status, part


def _headers_in_both(pair: OperationPair) -> Iterator[tuple[str, str, Part, Part]]:
    """Yields the headers of all responses in both: (description, subject in fingerprints, old, new)."""
    for status, old, new in pair.answers():
        yield from pair.headers(status, old, new)


@rule("response-status-removed", area="answer", direction="response")
def response_status_removed(pair: OperationPair) -> Iterator[Change]:
    """A success status was removed.

    Breaks: clients that check for this status.
    Instead: keep the status.
    Before: {'200': {description: Done}, '201': {description: Created}}
    After: {'200': {description: Done}}
    """
    kept = pair.new.answers()
    for status, part in _only_in(pair.old.answers(), kept, success=True):
        if not any(covering(other, {status}) for other in kept):  # a range that became one of its statuses
            example = Witness("answer", f"{pair.new} never answers {status} now; a client that waits for it fails")
            yield Change(f"the response {status} was removed", part.pointer, None, example, pair.answer_subject(status))


@rule("response-error-status-removed", area="answer", level=Level.INFORMATION, direction="response")
def response_error_status_removed(pair: OperationPair) -> Iterator[Change]:
    """An error status is no longer documented.

    Breaks: no client; clients must expect any error.
    Instead: nothing to do.
    Before: {'200': {description: Done}, '404': {description: Not found}}
    After: {'200': {description: Done}}
    """
    kept = pair.new.answers()
    for status, part in _only_in(pair.old.answers(), kept, success=False):
        if any(covering(other, {status}) for other in kept):
            continue
        message = f"the response {status} is no longer documented"
        yield Change(message, part.pointer, None, None, pair.answer_subject(status))


@rule("response-status-added", area="answer", level=Level.WARNING, direction="response", called=Level.INFORMATION)
def response_status_added(pair: OperationPair) -> Iterator[Change]:
    """A success status was added.

    Breaks: clients that accept only the old success statuses.
    Instead: return one of the documented statuses.
    Before: {'200': {description: Done}}
    After: {'200': {description: Done}, '202': {description: Later}}
    """
    for status, part in _only_in(pair.new.answers(), pair.old.answers(), success=True):
        yield Change(f"the response {status} is new", None, part.pointer, None, pair.answer_subject(status))


@rule("response-error-status-added", area="answer", level=Level.INFORMATION, direction="response")
def response_error_status_added(pair: OperationPair) -> Iterator[Change]:
    """An error status was added.

    Breaks: no client; clients must expect any error.
    Instead: nothing to do.
    Before: {'200': {description: Done}}
    After: {'200': {description: Done}, '409': {description: Taken}}
    """
    for status, part in _only_in(pair.new.answers(), pair.old.answers(), success=False):
        yield Change(f"the response {status} is new", None, part.pointer, None, pair.answer_subject(status))


@rule("response-media-type-removed", area="answer", direction="response")
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
            narrowed = any(media_range(other, {name}) for other in kept)
            if name not in kept and not media_range(name, kept) and not narrowed:
                message = f"the response {status} is no longer available as {name}"
                example = Witness(
                    "request", f"{pair.new} with `Accept: {name}`: {status} before, 406 or another type now"
                )
                subject = pair.answer_subject(status, "content", name)
                yield Change(message, part.pointer, new.pointer, example, subject)


@rule("response-body-added", area="answer", level=Level.WARNING, direction="response", called=Level.INFORMATION)
def response_body_added(pair: OperationPair) -> Iterator[Change]:
    """A body of a response was added.

    Breaks: clients that rely on an empty response.
    Instead: nothing to do if the server sent this body before without documenting it.
    Before: {'200': {description: Done}}
    After: {'200': {description: Done, content: {application/json: {schema: {}}}}}
    """
    for status, old, new in pair.answers():
        contents = pair.new.contents(new)
        if contents and not pair.old.contents(old):
            message = f"the response {status} has a body: {', '.join(contents)}"
            yield Change(message, old.pointer, new.below("content"), None, pair.answer_subject(status, "content"))


@rule("response-media-type-added", area="answer", direction="response", called=Level.INFORMATION)
def response_media_type_added(pair: OperationPair) -> Iterator[Change]:
    """A media type of a response was added, or a media type became a range such as `application/*`.

    Breaks: clients that accept any media type and receive this one.
    Instead: send it only to clients that request it, from another operation or with another status.
    Before: {'200': {description: Done, content: {application/json: {schema: {}}}}}
    After: {'200': {description: Done, content: {application/json: {schema: {}}, text/csv: {schema: {}}}}}
    """
    for status, old, new in pair.answers():
        known = pair.old.contents(old)
        for name, part in pair.new.contents(new).items():
            if known and name not in known and not media_range(name, known):
                message = f"the response {status} may have the media type {name}"
                example = Witness(
                    "answer", f"{pair.new} answers {status} with {name}: not possible before, possible now"
                )
                subject = pair.answer_subject(status, "content", name)
                yield Change(message, old.pointer, part.pointer, example, subject)


@rule("response-header-removed", area="answer", direction="response", called=Level.INFORMATION)
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
                message = f"the response {status} no longer has the header `{name}`"
                yield Change(message, header.pointer, None, None, pair.answer_subject(status, "headers", name))


@rule("response-header-became-optional", area="answer", direction="response", called=Level.INFORMATION)
def response_header_became_optional(pair: OperationPair) -> Iterator[Change]:
    """A required header of a response became optional.

    Breaks: clients that read it without a check.
    Instead: keep sending it in every response.
    Before: {'200': {description: Done, headers: {X-Total: {required: true, schema: {type: integer}}}}}
    After: {'200': {description: Done, headers: {X-Total: {schema: {type: integer}}}}}
    """
    for what, subject, old, new in _headers_in_both(pair):
        if old.value.get("required") is True and new.value.get("required") is not True:
            yield Change(f"{what} became optional", old.pointer, new.pointer, None, subject)


@rule("response-header-rewritten", area="answer", direction="response")
def response_header_rewritten(pair: OperationPair) -> Iterator[Change]:
    """The serialization of a response header changed: `explode`, or JSON.

    Breaks: clients that parse the old serialization; lists and objects are parsed incorrectly.
    Instead: add a header with another name.
    Before: {'200': {description: Done, headers: {X-Total: {schema: {type: integer}}}}}
    After: {'200': {description: Done, headers: {X-Total: {content: {application/json: {schema: {type: integer}}}}}}}
    """
    for what, subject, old, new in _headers_in_both(pair):
        if _form(old) != _form(new):
            yield Change(f"the serialization of {what} changed", old.pointer, new.pointer, None, subject)


def _form(header: Part) -> tuple[list[str], bool]:
    return sorted(table(header.value.get("content"))), header.value.get("explode") is True
