"""A kind of resource that a key can create: how to create, show, change, remove and find one by name."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target, asking, usable_id
from astrbot_conformance.json_value import objects
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup

Body = dict[str, Any]
UNCHANGED = "no effect of a rejected request"  # the text in a finding for the expected state of a resource
SWITCHES = ("enable", "enabled", "active", "activated")  # members that say whether a resource is switched on
VERBS = {  # the first word of an operation id -> the role of the operation
    "list": "listing",
    "create": "creation",
    "upload": "creation",
    "install": "creation",
    "get": "display",
    "replace": "change",
    "update": "change",
    "rename": "change",
    "set": "change",
    "delete": "removal",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """An additional change to a resource: the request, its trace in another response, and the undo request."""

    attempt: HttpRequest
    trace: str
    showing: HttpRequest
    removal: HttpRequest | None = None


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """Resources of one kind, with the operations of the contract of the run.

    operations: the ids of the operations on them; `VERBS` says what each of them does. content: the body that creates
    one by name, with a note that can be read back. mark: the body that changes only the note, if it differs from the
    content. to: the state that a new one does not have. idle: whether one that is on does nothing. called, id: the
    members of a listed resource with its name and its id; if they are equal, the creator chooses the id. named: the
    members by which a body names a resource. more: additional changes to the resource with an id, each with a trace.
    """

    contract: Contract
    noun: str
    operations: str
    content: Callable[[str, str], Body]
    to: bool = True
    idle: bool = False
    mark: Callable[[str], Body] | None = None
    called: str = "id"
    id: str = "id"
    named: tuple[str, ...] = ()
    more: Callable[[str, str], tuple[Aside, ...]] = lambda *_: ()

    @property
    def is_available(self) -> bool:
        """Whether developer keys can list, create and remove these resources in the release of the contract."""
        return {"listing", "creation", "removal"} <= self._by_role.keys()

    @property
    def listing(self) -> Operation:
        """The operation that lists the resources."""
        return self._required("listing")

    @property
    def create(self) -> Operation:
        """The operation that creates a resource."""
        return self._required("creation")

    @property
    def remove(self) -> Operation:
        """The operation that removes a resource."""
        return self._required("removal")

    @property
    def show(self) -> Operation | None:
        """The operation that shows a resource alone, if there is one."""
        return self._by_role.get("display")

    @property
    def change(self) -> Operation | None:
        """The operation that changes a resource, if there is one."""
        return self._by_role.get("change")

    @property
    def switch(self) -> Operation | None:
        """The operation that switches a resource on or off, if there is one."""
        return self._by_role.get("switch")

    def _required(self, role: str) -> Operation:
        """The operation with that role. Raises NotJudged if the release does not have it."""
        if role not in self._by_role:
            raise NotJudged(
                f"{self.noun}: AstrBot {self.contract.release} has no {role} for developer keys", by_choice=True
            )
        return self._by_role[role]

    @property
    def _by_role(self) -> Mapping[str, Operation]:
        return _by_role(self.operations, self.contract)

    def ways(self, operation: Operation | None) -> tuple[Operation, ...]:
        """The operation and its aliases. Empty if there is no operation."""
        aliases = (other for other in self.contract.keyed if operation and other.alias_of == operation.id)
        return (operation, *aliases) if operation else ()

    def asides(self, id: str, mark: str) -> tuple[Aside, ...]:
        """The additional changes to a resource that this release has, each with a trace that contains the mark."""
        return tuple(aside for aside in self.more(id, mark) if aside.attempt.operation.id in self.contract.by_id)

    @property
    def scope(self) -> str:
        """The scope that opens all of its operations."""
        if self.listing.scope is None:
            raise ValueError(f"{self.listing} is closed to every developer key")
        return self.listing.scope

    @property
    def slug(self) -> str:
        """The noun as a part of names."""
        return self.noun.replace(" ", "-")

    @property
    def is_configuration(self) -> bool:
        """Whether these resources are stored in the one configuration of the whole installation."""
        return self.create.tag in ("bots", "providers", "provider-sources")

    @property
    def is_costly(self) -> bool:
        """Whether a real server is slow with these resources. Then many checks run only on fast targets."""
        return self.create.tag in ("config-profiles", "skills")

    @property
    def speaks_json(self) -> bool:
        """Whether a JSON body creates and changes these resources."""
        return self.create.body is not None and "application/json" in self.create.body.media_types

    def naming(self, name: str) -> str:
        """The name in a form that this kind allows."""
        return name

    def making(self, name: str, note: str = "made by a conformance run") -> HttpRequest:
        """The request that creates a resource with that name and note."""
        return asking(self.create, json_body=self.content(name, note))

    def showing(self, id: str) -> HttpRequest:
        """The request that shows a resource, alone or in a list."""
        return asking(self.show, path=path_values(self.show, id)) if self.show else asking(self.listing)

    def changing(self, operation: Operation, id: str, body: Body) -> HttpRequest:
        """The request that changes a resource, through the operation or an alias of it."""
        named = dict.fromkeys(self.named, id) if operation.alias_of else {}
        return asking(operation, path=path_values(operation, id), json_body=body | named)

    def marking(self, operation: Operation, id: str, note: str) -> HttpRequest:
        """The request that changes the note of a resource."""
        return self.changing(operation, id, self.mark(note) if self.mark else self.content(id, note))

    def switching(self, operation: Operation, id: str) -> HttpRequest:
        """The request that switches a resource to the state that a new one does not have."""
        return self.changing(operation, id, {"enabled": self.to})

    def removing(self, id: str, operation: Operation | None = None) -> HttpRequest:
        """The request that removes a resource, through the usual operation or an alias of it."""
        operation = operation or self.remove
        query = {parameter.name: id for parameter in operation.parameters if parameter.required}
        return asking(operation, path=path_values(operation, id), query={} if path_values(operation, id) else query)

    def find(self, shown: Any, name: str) -> str | None:
        """The id of the resource called `name`, anywhere in the JSON that shows it."""
        ids = (usable_id(entry.get(self.id)) for entry in objects(shown) if entry.get(self.called) == name)
        return next((id for id in ids if id), None)

    def holds(self, listing: Any, id: str) -> bool:
        """Whether the listing contains the resource with that id."""
        return any(str(entry.get(self.id)) == id for entry in objects(listing))


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


@cache
def _by_role(operations: str, contract: Contract) -> Mapping[str, Operation]:
    """The operations that developer keys can call in this contract, by their role for a resource."""
    keyed = {operation.id: operation for operation in contract.keyed}
    return {_role_of(id): keyed[id] for id in operations.split() if id in keyed}


def _role_of(operation_id: str) -> str:
    return "switch" if operation_id.endswith("_enabled") else VERBS[operation_id.partition("_")[0]]


def path_values(operation: Operation, id: str) -> dict[str, str]:
    """The path values of an operation on the resource with that id."""
    return {parameter.name: id for parameter in operation.parameters if parameter.param_in == "path"}
