"""A kind of resource that a key can create: how to create, show, change, remove and find one by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.http import HttpRequest, asking, usable_id
from astrbot_conformance.json_value import objects
from astrbot_conformance.outcome import NotJudged

Body = dict[str, Any]
UNCHANGED = "no effect of a rejected request"  # the text in a finding for the expected state of a resource
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
        return self.entries(listing, id) > 0

    def entries(self, listing: Any, id: str) -> int:
        """How often the listing contains the resource with that id."""
        return sum(str(entry.get(self.id)) == id for entry in objects(listing))


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
