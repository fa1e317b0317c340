"""Remove resources from a target, and tell which of them stayed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import NotJudged

Thing = TypeVar("Thing")
ABSENT = ("not found", "not exist", "there is no")  # how targets say that there is nothing to remove


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be removed: what it is, and the operation that did not remove it, as method and path."""

    what: str
    removal: str


def tried_twice(things: Iterable[Thing], remove: Callable[[Thing], HttpResponse]) -> list[Thing]:
    """The things that are still there after `remove` was asked for each, and once more for those that stayed."""
    stayed = [thing for thing in things if not _is_removed(thing, remove)]
    return [thing for thing in stayed if not _is_removed(thing, remove)]


def _is_removed(thing: Thing, remove: Callable[[Thing], HttpResponse]) -> bool:
    try:
        return says_gone(remove(thing))
    except NotJudged:
        return False


def says_gone(response: HttpResponse) -> bool:
    """Whether the answer to a removal means that the thing is not there any more."""
    said = (response.message or "").lower()
    return response.is_accepted or (response.is_refusal and any(word in said for word in ABSENT))
