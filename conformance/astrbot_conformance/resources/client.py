"""One kind of resource on one target: creates, shows, switches and removes resources with one key."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from astrbot_conformance.http import HttpResponse, Key, Target, asking
from astrbot_conformance.json_value import objects
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.resources.kind import Aside, ResourceKind

SWITCHES = ("enable", "enabled", "active", "activated")  # members that say whether a resource is switched on


@dataclass(frozen=True)
class ResourceClient:
    """One kind of resource on one target, and the key that opens it."""

    kind: ResourceKind
    target: Target
    key: Key
    cleanup: Cleanup

    @property
    def to(self) -> bool:
        """The state to which a resource may be switched. Only a disposable target may start something."""
        return self.kind.to if self.kind.idle or self.target.options.disposable else False

    def listed(self) -> HttpResponse:
        """The current listing. Raises NotJudged if it cannot be read."""
        response = self.target.send(asking(self.kind.listing), self.key)
        if not response.is_accepted:
            raise NotJudged(f"{self.kind.listing}: a key with the required scope got {response.in_short}")
        return response

    def try_to_create(self, name: str, note: str) -> HttpResponse:
        """The response to the creation of a resource with that name and note. The run removes it at its end."""
        kind = self.kind
        if not self.target.options.allows("write"):
            raise NotJudged(f"{kind.noun}: created only with --effects write", by_choice=True)
        name = kind.naming(name)
        if kind.id == kind.called:
            self.cleanup.owns(kind.removing(name), self.key)
        response = self.target.send(kind.making(name, note), self.key)
        if kind.id == kind.called and response.is_refusal:
            self.cleanup.gone(kind.removing(name))
        elif kind.id != kind.called and (id := kind.find(response.json, name)):
            self.cleanup.owns(kind.removing(id), self.key)
        return response

    def create(self, name: str, note: str) -> str:
        """Create a resource and return its id. The run removes it at its end. Raises NotJudged if it is refused."""
        kind, name = self.kind, self.kind.naming(name)
        response = self.try_to_create(name, note)
        if response.is_accepted and kind.id == kind.called:
            return name
        id = kind.find(response.json, name)
        if id is None and (id := kind.find(self.listed().json, name)):
            self.cleanup.owns(kind.removing(id), self.key)
        if not response.is_accepted:
            raise NotJudged(f"{kind.create}: an ordinary {kind.noun} is not accepted: {response.in_short}")
        if id is None:
            raise NotJudged(f"{kind.listing}: does not list a new {kind.noun}")
        return id

    @contextmanager
    def temporary(self, name: str) -> Iterator[str]:
        """The id of a resource that exists until the block ends. Raises NotJudged if none can be created."""
        id = self.create(name, "made by a conformance run")
        try:
            yield id
        finally:
            self.remove(id)

    def remove(self, id: str) -> HttpResponse:
        """Remove a resource of the run."""
        removal = self.kind.removing(id)
        response = self.target.send(removal, self.key)
        if response.is_accepted:
            self.cleanup.gone(removal)
        return response

    def shown(self, id: str) -> HttpResponse:
        """The response that shows a resource now, alone or in a list."""
        return self.target.send(self.kind.showing(id), self.key)

    def shown_of(self, asides: Iterable[Aside]) -> list[Aside]:
        """The additional changes whose traces exist now."""
        asides = tuple(asides)
        bodies = {showing: self.target.send(showing, self.key).body for showing in {one.showing for one in asides}}
        return [one for one in asides if one.trace.encode() in bodies[one.showing]]

    def undo(self, aside: Aside) -> None:
        """Undo an additional change if it remains after its resource is removed."""
        if aside.removal:
            self.cleanup.owns(aside.removal, self.key)
            if self.target.send(aside.removal, self.key).is_accepted:
                self.cleanup.gone(aside.removal)

    def exists(self, id: str) -> bool:
        """Whether a resource exists now."""
        return self.kind.holds(self.listed().json, id)

    def is_on(self, id: str, listing: HttpResponse | None = None) -> bool | None:
        """Whether a resource is switched on, now or in `listing`. None if that is not shown."""
        shown = listing or self.listed()
        entries = [entry for entry in objects(shown.json) if str(entry.get(self.kind.id)) == id]
        return next((on for on in map(switched, entries) if on is not None), None)

    def data_of(self, id: str) -> str | None:
        """All data that is shown of a resource now, as text. None if it is not shown."""
        response = self.shown(id)
        entries = [entry for entry in objects(response.data) if id in entry.values()] if response.is_accepted else []
        return min(map(json.dumps, entries), key=len, default=None)


def switched(entry: Mapping[str, Any]) -> bool | None:
    """Whether the resource in this entry is switched on. None if the entry does not show it."""
    return next((entry[name] for name in SWITCHES if isinstance(entry.get(name), bool)), None)
