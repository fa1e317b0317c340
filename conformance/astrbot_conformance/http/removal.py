"""Remove resources from a target, and report which of them stayed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import NotJudged

Resource = TypeVar("Resource")
ABSENT = ("not found", "not exist", "there is no")  # messages of targets that have nothing to remove


@dataclass(frozen=True, slots=True)
class Left:
    """A resource that could not be removed, and the operation that failed to remove it, as method and path.

    kind: the name of resources of this kind, if no operation removes them; then `removal` is empty.
    """

    what: str
    removal: str
    kind: str = ""


def tried_twice(resources: Iterable[Resource], remove: Callable[[Resource], HttpResponse]) -> list[Resource]:
    """The resources that still exist after `remove` was called for each, and a second time for those that stayed."""
    stayed = [resource for resource in resources if not _is_removed(resource, remove)]
    return [resource for resource in stayed if not _is_removed(resource, remove)]


def _is_removed(resource: Resource, remove: Callable[[Resource], HttpResponse]) -> bool:
    try:
        return says_gone(remove(resource))
    except NotJudged:
        return False


def says_gone(response: HttpResponse) -> bool:
    """Whether the response to a removal means that the resource no longer exists."""
    message = (response.message or "").lower()
    return response.is_accepted or (response.is_refusal and any(text in message for text in ABSENT))
