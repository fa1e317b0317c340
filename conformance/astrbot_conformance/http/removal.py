"""Remove resources from a target, and report which of them stayed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import NotJudged

Thing = TypeVar("Thing")
ABSENT = ("not found", "not exist", "there is no")  # messages of targets that have nothing to remove


@dataclass(frozen=True, slots=True)
class Left:
    """A resource that could not be removed, and the operation that failed to remove it, as method and path."""

    what: str
    removal: str


def tried_twice(things: Iterable[Thing], remove: Callable[[Thing], HttpResponse]) -> list[Thing]:
    """The resources that still exist after `remove` was called for each, and a second time for those that stayed."""
    stayed = [thing for thing in things if not _is_removed(thing, remove)]
    return [thing for thing in stayed if not _is_removed(thing, remove)]


def _is_removed(thing: Thing, remove: Callable[[Thing], HttpResponse]) -> bool:
    try:
        return says_gone(remove(thing))
    except NotJudged:
        return False


def says_gone(response: HttpResponse) -> bool:
    """Whether the response to a removal means that the resource no longer exists."""
    said = (response.message or "").lower()
    return response.is_accepted or (response.is_refusal and any(word in said for word in ABSENT))
