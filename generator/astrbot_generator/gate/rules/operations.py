"""Rules for operations that are added, removed, moved or deprecated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level, Witness
from astrbot_generator.gate.operations import Operation
from astrbot_generator.gate.pair import OperationPair, Pair


def sunset(value: dict[str, Any]) -> date | None:
    """Returns the day from which a deprecated operation may be removed: `x-sunset: 2026-12-31`."""
    given = value.get("x-sunset")
    try:
        return date.fromisoformat(str(given)[:10]) if given else None
    except ValueError:
        return None


def _removed(pair: Pair, announced: Literal["no", "for later", "for now"]) -> Iterator[Operation]:
    """Yields the removed operations by their announcement: none, for a day to come, or for today or earlier."""
    moved = {str(old) for old, _ in pair.moved()}
    for operation in pair.removed:
        day = sunset(operation.value) if operation.value.get("deprecated") is True else None
        due = "no" if day is None else "for now" if pair.today and day <= pair.today else "for later"
        if due == announced and str(operation) not in moved:
            yield operation


def _called(operation: Operation) -> Witness:
    return Witness("request", f"{operation}: accepted before, 404 or 405 now")


@rule("operation-removed", area="document", direction="request")
def operation_removed(pair: Pair) -> Iterator[Change]:
    """An operation was removed.

    Breaks: every client that calls it; it gets 404 or 405.
    Instead: deprecate it with an `x-sunset` date, and remove it after that date.
    Before: {/bots: {get: {}}, /chats: {get: {}}}
    After: {/bots: {get: {}}}
    """
    for operation in _removed(pair, "no"):
        yield Change(f"`{operation}` was removed", operation.pointer, None, _called(operation))


@rule("operation-removed-before-sunset", area="document", direction="request")
def operation_removed_before_sunset(pair: Pair) -> Iterator[Change]:
    """A deprecated operation was removed before its announced date.

    Breaks: clients that relied on the announced date.
    Instead: keep it until its `x-sunset`.
    Before: {/bots: {get: {}}, /chats: {get: {deprecated: true, x-sunset: '2999-01-01'}}}
    After: {/bots: {get: {}}}
    """
    for operation in _removed(pair, "for later"):
        message = f"`{operation}` was removed before its sunset, {sunset(operation.value)}"
        yield Change(message, operation.pointer, None, _called(operation))


@rule("operation-removed-after-sunset", area="document", level=Level.INFORMATION, direction="request")
def operation_removed_after_sunset(pair: Pair) -> Iterator[Change]:
    """A deprecated operation was removed after its announced date.

    Breaks: no client that followed the announcement.
    Instead: nothing to do; this is the right way to remove operations.
    Before: {/bots: {get: {}}, /chats: {get: {deprecated: true, x-sunset: '2020-01-01'}}}
    After: {/bots: {get: {}}}
    """
    for operation in _removed(pair, "for now"):
        message = f"`{operation}` was removed, as announced for {sunset(operation.value)}"
        yield Change(message, operation.pointer, None)


@rule("operation-moved", area="document", direction="request")
def operation_moved(pair: Pair) -> Iterator[Change]:
    """An operation moved to another path or method and kept its operationId.

    Breaks: every client that calls the old path; it gets 404 or 405.
    Instead: keep the old path as well, deprecated, for a while.
    Before: {/bots: {get: {operationId: list_bots}}}
    After: {/robots: {get: {operationId: list_bots}}}
    """
    for old, new in pair.moved():
        yield Change(f"`{old}` moved to `{new}`", old.pointer, new.pointer, _called(old))


@rule("operation-added", area="document", level=Level.INFORMATION)
def operation_added(pair: Pair) -> Iterator[Change]:
    """An operation was added.

    Breaks: no client.
    Instead: nothing to do.
    Before: {/bots: {get: {}}}
    After: {/bots: {get: {}, post: {}}}
    """
    moved = {str(new) for _, new in pair.moved()}
    for operation in pair.added:
        if str(operation) not in moved:
            yield Change(f"`{operation}` is new", None, operation.pointer)


@rule("operation-id-changed", area="operation", level=Level.WARNING)
def operation_id_changed(pair: OperationPair) -> Iterator[Change]:
    """An operationId changed.

    Breaks: code that uses generated clients; the HTTP requests stay the same.
    Instead: keep the operationId, even if the summary changes.
    Before: {operationId: list_bots}
    After: {operationId: get_bots}
    """
    if pair.old.id and pair.old.id != pair.new.id:
        head = pair.new.pointer + ("/operationId" if pair.new.id else "")
        new = f"`{pair.new.id}`" if pair.new.id else "nothing"
        yield Change(f"operationId changed from `{pair.old.id}` to {new}", pair.old.pointer + "/operationId", head)


@rule("path-parameter-renamed", area="operation", level=Level.INFORMATION)
def path_parameter_renamed(pair: OperationPair) -> Iterator[Change]:
    """A path parameter was renamed; the URLs that clients call stay the same.

    Breaks: no request; but the argument names in generated clients may change.
    Instead: nothing to do.
    Before: {document: {paths: {'/a/{id}': {get: {responses: {'200': {description: Done}}}}}}}
    After: {document: {paths: {'/a/{key}': {get: {responses: {'200': {description: Done}}}}}}}
    """
    if pair.old.path != pair.new.path and pair.old.key == pair.new.key and not pair.new.is_callback:
        yield Change(f"`{pair.old.path}` is now written `{pair.new.path}`", pair.old.pointer, pair.new.pointer)


@rule("operation-deprecated", area="operation", level=Level.INFORMATION)
def operation_deprecated(pair: OperationPair) -> Iterator[Change]:
    """An operation was deprecated.

    Breaks: no client yet.
    Instead: add `x-sunset` with the day from which it may be removed.
    Before: {}
    After: {deprecated: true, x-sunset: '2030-01-01'}
    """
    if pair.new.value.get("deprecated") is True and pair.old.value.get("deprecated") is not True:
        day = sunset(pair.new.value)
        until = f"; it may be removed on {day}" if day else "; it has no `x-sunset` date"
        yield Change(f"deprecated{until}", None, pair.new.pointer + "/deprecated")


@rule("operation-sunset-brought-forward", area="operation")
def operation_sunset_brought_forward(pair: OperationPair) -> Iterator[Change]:
    """The sunset date of an operation was moved forward or removed.

    Breaks: clients that planned with the announced date.
    Instead: keep the date, or postpone it.
    Before: {deprecated: true, x-sunset: '2031-01-01'}
    After: {deprecated: true, x-sunset: '2030-01-01'}
    """
    old, new = sunset(pair.old.value), sunset(pair.new.value)
    still = pair.new.value.get("deprecated") is True
    if old and still and (new is None or new < old):
        text = f"moved forward from {old} to {new}" if new else f"{old} is no longer announced"
        yield Change(f"sunset {text}", pair.old.pointer + "/x-sunset", pair.new.pointer + "/x-sunset")
