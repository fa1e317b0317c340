"""Things of one kind that a key can make: how one is made, shown, changed and removed, and found by its name."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from astrbot_api.operation import Operation
from astrbot_api.operations import KEYED

from astrbot_conformance.http.identifiers import usable_id
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup

Body = dict[str, Any]
UNCHANGED = "no effect of a refused request"  # what a finding says was expected of a thing
SWITCHES = ("enable", "enabled", "active", "activated")  # members that say whether a thing is switched on


@dataclass(frozen=True, slots=True)
class Aside:
    """Something else to do with a thing: the request, its trace in the answer to another, and how it is undone."""

    attempt: HttpRequest
    trace: str
    showing: HttpRequest
    removal: HttpRequest | None = None


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """Things of one kind.

    content: the body that makes one of that name, with a note that can be read back. mark: the body that changes only
    the note, where that is not the content once more. switch: the operation that switches a thing on or off, to what a
    new one is not. idle: whether one that is on does nothing. called, id: the members of a listed thing that hold its
    name and its id; where they are one, whoever makes a thing chooses its id. named: the members by which a body names
    a thing. asides: what else can be done with the thing of an id, leaving a mark.
    """

    noun: str
    listing: Operation
    create: Operation
    remove: Operation
    content: Callable[[str, str], Body]
    change: Operation | None = None
    show: Operation | None = None
    switch: Operation | None = None
    to: bool = True
    idle: bool = False
    mark: Callable[[str], Body] | None = None
    called: str = "id"
    id: str = "id"
    named: tuple[str, ...] = ()
    asides: Callable[[str, str], tuple[Aside, ...]] = lambda *_: ()

    @property
    def scope(self) -> str:
        """The scope that opens all of its operations."""
        if self.listing.scope is None:
            raise ValueError(f"{self.listing} is open to no key")
        return self.listing.scope

    @property
    def is_configuration(self) -> bool:
        """Whether its things are kept in the one configuration of the whole installation."""
        return self.create.tag in ("bots", "providers", "provider-sources")

    @property
    def is_costly(self) -> bool:
        """Whether a real server takes long over its things: many a check is left to targets that are quick."""
        return self.create.tag in ("config-profiles", "skills")

    @property
    def speaks_json(self) -> bool:
        """Whether its things are made, and then changed, by a JSON body."""
        return self.create.body is not None and "application/json" in self.create.body.media_types

    def naming(self, name: str) -> str:
        """The name as things of this kind may have it."""
        return name

    def making(self, name: str, note: str = "made by a conformance run") -> HttpRequest:
        """The request that makes one of that name and note."""
        return asking(self.create, json_body=self.content(name, note))

    def showing(self, id: str) -> HttpRequest:
        """The request that shows a thing, alone or among others."""
        return asking(self.show, path=place(self.show, id)) if self.show else asking(self.listing)

    def changing(self, operation: Operation, id: str, body: Body) -> HttpRequest:
        """The request that changes a thing, by the operation or by another way to it."""
        named = dict.fromkeys(self.named, id) if operation.alias_of else {}
        return asking(operation, path=place(operation, id), json_body=body | named)

    def marking(self, operation: Operation, id: str, note: str) -> HttpRequest:
        """The request that changes the note of a thing."""
        return self.changing(operation, id, self.mark(note) if self.mark else self.content(id, note))

    def switching(self, operation: Operation, id: str) -> HttpRequest:
        """The request that switches a thing to what a new one is not."""
        return self.changing(operation, id, {"enabled": self.to})

    def removing(self, id: str, operation: Operation | None = None) -> HttpRequest:
        """The request that removes a thing, by the usual operation or by another way to it."""
        operation = operation or self.remove
        query = {parameter.name: id for parameter in operation.parameters if parameter.required}
        return asking(operation, path=place(operation, id), query={} if place(operation, id) else query)

    def find(self, shown: Any, name: str) -> str | None:
        """The id of the thing called `name` in JSON that shows it, wherever it stands there."""
        ids = (usable_id(entry.get(self.id)) for entry in objects(shown) if entry.get(self.called) == name)
        return next((id for id in ids if id), None)

    def holds(self, listing: Any, id: str) -> bool:
        """Whether the listing shows the thing with that id."""
        return any(str(entry.get(self.id)) == id for entry in objects(listing))


@dataclass(frozen=True)
class ResourceClient:
    """One family on one target, and the key that opens it."""

    family: ResourceKind
    target: Target
    key: Key
    cleanup: Cleanup

    @property
    def to(self) -> bool:
        """To what a thing may be switched: only on a disposable target to what starts something."""
        return self.family.to if self.family.idle or self.target.reach.disposable else False

    def listed(self) -> HttpResponse:
        """The listing as it is now. NotJudged where it cannot be read."""
        response = self.target.send(asking(self.family.listing), self.key)
        if not response.is_accepted:
            raise NotJudged(f"{self.family.listing}: a sufficient key is answered {response.in_short}")
        return response

    def tried(self, name: str, note: str) -> HttpResponse:
        """The answer to making one of that name and note. What is made the run removes at its end."""
        family = self.family
        if not self.target.reach.allows("write"):
            raise NotJudged(f"a {family.noun} is made only with --effects write", by_choice=True)
        name = family.naming(name)
        if family.id == family.called:
            self.cleanup.owns(family.removing(name), self.key)
        response = self.target.send(family.making(name, note), self.key)
        if family.id == family.called and response.is_refusal:
            self.cleanup.gone(family.removing(name))
        elif family.id != family.called and (made := family.find(response.json, name)):
            self.cleanup.owns(family.removing(made), self.key)
        return response

    def made(self, name: str, note: str) -> str:
        """Make one and return its id. The run removes it at its end. NotJudged where the target would not."""
        family, name = self.family, self.family.naming(name)
        response = self.tried(name, note)
        if response.is_accepted and family.id == family.called:
            return name
        id = family.find(response.json, name)
        if id is None and (id := family.find(self.listed().json, name)):
            self.cleanup.owns(family.removing(id), self.key)
        if not response.is_accepted:
            raise NotJudged(f"{family.create}: an ordinary {family.noun} is answered {response.in_short}")
        if id is None:
            raise NotJudged(f"{family.listing}: does not show what was just made")
        return id

    @contextmanager
    def kept(self, name: str) -> Iterator[str]:
        """A thing of that name for as long as the block lasts; gives its id. NotJudged where none can be made."""
        id = self.made(name, "made by a conformance run")
        try:
            yield id
        finally:
            self.remove(id)

    def remove(self, id: str) -> HttpResponse:
        """Remove a thing of the run."""
        removal = self.family.removing(id)
        response = self.target.send(removal, self.key)
        if response.is_accepted:
            self.cleanup.gone(removal)
        return response

    def shown(self, id: str) -> HttpResponse:
        """What shows a thing now, alone or among others."""
        return self.target.send(self.family.showing(id), self.key)

    def shown_of(self, asides: Iterable[Aside]) -> list[Aside]:
        """Those of which there is a trace now."""
        asides = tuple(asides)
        bodies = {showing: self.target.send(showing, self.key).body for showing in {one.showing for one in asides}}
        return [one for one in asides if one.trace.encode() in bodies[one.showing]]

    def undo(self, aside: Aside) -> None:
        """Undo something else that was done with a thing, where that outlives the thing."""
        if aside.removal:
            self.cleanup.owns(aside.removal, self.key)
            if self.target.send(aside.removal, self.key).is_accepted:
                self.cleanup.gone(aside.removal)

    def stands(self, id: str) -> bool:
        """Whether a thing is there now."""
        return self.family.holds(self.listed().json, id)

    def is_on(self, id: str, listing: HttpResponse | None = None) -> bool | None:
        """Whether a thing is switched on, now or when that listing was made; None where that is not shown."""
        shown = listing or self.listed()
        entries = [entry for entry in objects(shown.json) if str(entry.get(self.family.id)) == id]
        return next((on for on in map(switched, entries) if on is not None), None)

    def seen(self, id: str) -> str | None:
        """All that is shown of a thing now, as text; None where it is not shown."""
        response = self.shown(id)
        entries = [entry for entry in objects(response.data) if id in entry.values()] if response.is_accepted else []
        return min(map(json.dumps, entries), key=len, default=None)


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON value, the outer ones first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def switched(entry: Mapping[str, Any]) -> bool | None:
    """Whether what is shown so is switched on; None where that is not shown."""
    return next((entry[name] for name in SWITCHES if isinstance(entry.get(name), bool)), None)


def ways(operation: Operation | None) -> tuple[Operation, ...]:
    """The operation and every second path to it; none where there is none."""
    if operation is None:
        return ()
    return (operation, *(other for other in KEYED if other.alias_of == operation.id))


def place(operation: Operation, id: str) -> dict[str, str]:
    """The path values of an operation on the thing with that id."""
    return {parameter.name: id for parameter in operation.parameters if parameter.param_in == "path"}
