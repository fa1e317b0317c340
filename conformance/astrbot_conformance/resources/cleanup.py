"""What the run made on a target and has to take away again."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from astrbot_conformance.http.request import HttpRequest, Key
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.verdict.finding import NotJudged

Thing = TypeVar("Thing")
ABSENT = ("not found", "not exist", "there is no")  # how targets say that there is nothing to remove


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be removed: what it is, and the operation that did not remove it, as method and path."""

    what: str
    removal: str


class Cleanup:
    """Keeps for each thing that the run makes the request that removes it. Safe to use from many threads."""

    def __init__(self, target: Target) -> None:
        """Begin with nothing made on `target`."""
        self.writing = threading.Lock()  # held while one thing is made or changed: real servers lock their database
        self._target = target
        self._removals: list[tuple[HttpRequest, Key]] = []
        self._lock = threading.Lock()

    def owns(self, removal: HttpRequest, key: Key) -> None:
        """Note, before something is made, how it is removed again, should nobody else do it."""
        with self._lock:
            if (removal, key) not in self._removals:
                self._removals.append((removal, key))

    def gone(self, removal: HttpRequest) -> None:
        """Note that it is removed already."""
        with self._lock:
            self._removals = [kept for kept in self._removals if kept[0] != removal]

    def close(self) -> list[Left]:
        """Remove what is left, the newest first; what stayed although it was tried twice."""
        with self._lock:
            removals = self._removals[::-1]
            self._removals = []
        stayed = tried_twice(removals, lambda kept: self._target.send(*kept))
        return [Left(f"{key.variable} {removal.path}", str(removal.operation)) for removal, key in stayed]


def tried_twice(things: Iterable[Thing], remove: Callable[[Thing], HttpResponse]) -> list[Thing]:
    """The things that are still there after `remove` was asked for each, and once more for those that stayed."""
    stayed = [thing for thing in things if not _is_removed(thing, remove)]
    return [thing for thing in stayed if not _is_removed(thing, remove)]


def _is_removed(thing: Thing, remove: Callable[[Thing], HttpResponse]) -> bool:
    try:
        return says_gone(remove(thing))
    except NotJudged:
        return False


def says_gone(answer: HttpResponse) -> bool:
    """Whether the answer to a removal means that the thing is not there any more."""
    said = (answer.message or "").lower()
    return answer.is_accepted or (answer.is_refusal and any(word in said for word in ABSENT))
