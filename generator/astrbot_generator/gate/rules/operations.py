"""Operations that come, go and move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from astrbot_generator.gate.catalogue import rule
from astrbot_generator.gate.finding import Change, Level
from astrbot_generator.gate.operations import Operation
from astrbot_generator.gate.pair import OperationPair, Pair


def sunset(value: dict[str, Any]) -> date | None:
    """The day from which a deprecated thing may be removed: `x-sunset: 2026-12-31`."""
    given = value.get("x-sunset")
    try:
        return date.fromisoformat(str(given)[:10]) if given else None
    except ValueError:
        return None


def _gone(pair: Pair) -> Iterator[Operation]:
    moved = {str(old) for old, _ in pair.moved()}
    yield from (operation for operation in pair.removed if str(operation) not in moved)


def _in_time(operation: Operation, pair: Pair) -> bool:
    day = sunset(operation.value)
    return (
        operation.value.get("deprecated") is True and day is not None and pair.today is not None and day <= pair.today
    )


@rule("operation-removed", area="document", level=Level.BREAKING, direction="request")
def operation_removed(pair: Pair) -> Iterator[Change]:
    """An operation is gone.

    Breaks: every client that calls it; it gets 404 or 405.
    Instead: deprecate it with a day of `x-sunset`, and remove it after that day.
    Before: {/bots: {get: {}}, /chats: {get: {}}}
    After: {/bots: {get: {}}}
    """
    for operation in _gone(pair):
        if not _early(operation, pair) and not _in_time(operation, pair):
            yield Change(f"`{operation}` is gone", operation.pointer, None)


def _early(operation: Operation, pair: Pair) -> bool:
    day = sunset(operation.value)
    return operation.value.get("deprecated") is True and day is not None and (pair.today is None or pair.today < day)


@rule("operation-removed-before-sunset", area="document", level=Level.BREAKING, direction="request")
def operation_removed_before_sunset(pair: Pair) -> Iterator[Change]:
    """A deprecated operation is gone before the day that was promised.

    Breaks: clients that were told that they have until then.
    Instead: keep it until its `x-sunset`.
    Before: {/bots: {get: {}}, /chats: {get: {deprecated: true, x-sunset: '2999-01-01'}}}
    After: {/bots: {get: {}}}
    """
    for operation in _gone(pair):
        if _early(operation, pair):
            yield Change(f"`{operation}` is gone before its sunset, {sunset(operation.value)}", operation.pointer, None)


@rule("operation-removed-after-sunset", area="document", level=Level.INFORMATION, direction="request")
def operation_removed_after_sunset(pair: Pair) -> Iterator[Change]:
    """A deprecated operation is gone, after the day that was promised.

    Breaks: nobody who read the announcement.
    Instead: nothing; this is how operations should go.
    Before: {/bots: {get: {}}, /chats: {get: {deprecated: true, x-sunset: '2020-01-01'}}}
    After: {/bots: {get: {}}}
    """
    for operation in _gone(pair):
        if _in_time(operation, pair):
            yield Change(f"`{operation}` is gone, as announced for {sunset(operation.value)}", operation.pointer, None)


@rule("operation-moved", area="document", level=Level.BREAKING, direction="request")
def operation_moved(pair: Pair) -> Iterator[Change]:
    """An operation stands at another path or method, under the same operationId.

    Breaks: every client that calls it where it was; it gets 404 or 405.
    Instead: keep the old path as well, deprecated, for a while.
    Before: {/bots: {get: {operationId: list_bots}}}
    After: {/robots: {get: {operationId: list_bots}}}
    """
    for old, new in pair.moved():
        yield Change(f"`{old}` has moved to `{new}`", old.pointer, new.pointer)


@rule("operation-added", area="document", level=Level.INFORMATION)
def operation_added(pair: Pair) -> Iterator[Change]:
    """There is a new operation.

    Breaks: nobody.
    Instead: nothing.
    Before: {/bots: {get: {}}}
    After: {/bots: {get: {}, post: {}}}
    """
    moved = {str(new) for _, new in pair.moved()}
    for operation in pair.added:
        if str(operation) not in moved:
            yield Change(f"`{operation}` is new", None, operation.pointer)


@rule("operation-id-changed", area="operation", level=Level.WARNING)
def operation_id_changed(pair: OperationPair) -> Iterator[Change]:
    """An operation has another operationId.

    Breaks: code that generated clients were called by; the wire stays the same.
    Instead: keep the operationId, whatever the summary says.
    Before: {operationId: list_bots}
    After: {operationId: get_bots}
    """
    if pair.old.id and pair.old.id != pair.new.id:
        head = pair.new.pointer + ("/operationId" if pair.new.id else "")
        new = f"`{pair.new.id}`" if pair.new.id else "nothing"
        yield Change(f"operationId changed from `{pair.old.id}` to {new}", pair.old.pointer + "/operationId", head)


@rule("path-parameter-renamed", area="operation", level=Level.INFORMATION)
def path_parameter_renamed(pair: OperationPair) -> Iterator[Change]:
    """A parameter of a path has another name; the addresses that clients call stay the same.

    Breaks: nobody's request; methods of generated clients may call their argument otherwise.
    Instead: nothing.
    Before: {document: {paths: {'/a/{id}': {get: {responses: {'200': {description: Done}}}}}}}
    After: {document: {paths: {'/a/{key}': {get: {responses: {'200': {description: Done}}}}}}}
    """
    if pair.old.path != pair.new.path and not pair.new.flipped:
        yield Change(f"`{pair.old.path}` is written `{pair.new.path}` now", pair.old.pointer, pair.new.pointer)


@rule("operation-deprecated", area="operation", level=Level.INFORMATION)
def operation_deprecated(pair: OperationPair) -> Iterator[Change]:
    """An operation is now deprecated.

    Breaks: nobody yet.
    Instead: say in `x-sunset` from which day it may be removed.
    Before: {}
    After: {deprecated: true, x-sunset: '2030-01-01'}
    """
    if pair.new.value.get("deprecated") is True and pair.old.value.get("deprecated") is not True:
        day = sunset(pair.new.value)
        until = f"; it may go on {day}" if day else "; it does not say from which day it may go"
        yield Change(f"deprecated{until}", None, pair.new.pointer + "/deprecated")


@rule("operation-sunset-brought-forward", area="operation", level=Level.BREAKING)
def operation_sunset_brought_forward(pair: OperationPair) -> Iterator[Change]:
    """An operation will go earlier than was promised, or on a day that is no longer told.

    Breaks: clients that planned with the day they were told.
    Instead: keep the day, or put it off.
    Before: {deprecated: true, x-sunset: '2031-01-01'}
    After: {deprecated: true, x-sunset: '2030-01-01'}
    """
    old, new = sunset(pair.old.value), sunset(pair.new.value)
    still = pair.new.value.get("deprecated") is True
    if old and still and (new is None or new < old):
        said = f"brought forward from {old} to {new}" if new else f"{old} is no longer promised"
        yield Change(f"sunset {said}", pair.old.pointer + "/x-sunset", pair.new.pointer + "/x-sunset")
