"""The plan of the code: every name, type and order. Templates print these values and decide nothing.

A `str` is text of the contract, which a template must quote; see `quoted_text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from astrbot_generator.model_schemas import ModelSource
from astrbot_generator.quoted_text import Identifier, PythonText
from astrbot_generator.read import Table

Ways = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""The alternatives of `security`: each is a set of schemes with the roles that each scheme must have."""


def roles_of(ways: Ways) -> tuple[str, ...]:
    """Returns every role that an alternative requires, without duplicates."""
    return tuple(dict.fromkeys(role for way in ways for _, roles in way for role in roles))


@dataclass(frozen=True)
class PlannedScope:
    """A scope, as printed in `scopes.py` and in the scope reference."""

    name: str
    member: Identifier
    """The name of its enum member."""
    en: str
    zh: str
    implies: tuple[PlannedScope, ...]
    """Every scope that it implies, directly or through other scopes."""
    requires: PlannedScope | None = None
    """The scope that a key must also have. Set for sub-scopes only, which matter for certain inputs."""


@dataclass(frozen=True)
class PlannedRequirement:
    """A normative sentence."""

    id: str
    level: str
    sentence: str
    source: str


@dataclass(frozen=True)
class PlannedParameter:
    """A parameter of an operation."""

    name: str
    param_in: str
    required: bool
    type: str
    """The JSON types that it accepts, joined by `|`."""
    slashes: bool
    argument: Identifier
    """The name of the keyword argument."""
    annotation: PythonText
    """Its Python type."""
    default: PythonText | None
    """The default value; None if it has no default."""
    check: str | None
    """JSON pointer of the schema, if the Python type does not check everything in the schema."""
    delimiter: str | None
    """The separator of a list that is sent as one string."""
    structure: tuple[tuple[str, Any], ...] = ()
    """How to read a parameter that FastAPI cannot read: the arguments of `structured`."""


@dataclass(frozen=True)
class PlannedBody:
    """A request body."""

    media_types: tuple[str, ...]
    required: bool
    schema: str | None
    """The name of the component schema, if the body refers to one."""
    pointer: str | None
    """JSON pointer of the schema."""
    form: str
    """How the service receives it: `model`, `form`, `bytes`, or `mixed`: as its media type says."""
    annotation: PythonText
    """Its Python type."""
    content: str | None = None
    """JSON pointer of its media types, if their schemas differ or one has an `encoding`."""
    kinds: tuple[tuple[str, PythonText], ...] = ()
    """Media type -> Python type, if the service receives it as its media type says."""


@dataclass(frozen=True)
class PlannedAnswer:
    """One status and media type that an operation may return."""

    status: str
    media_type: str | None
    pointer: str | None
    """JSON pointer of the schema; None if there is no schema."""
    events: str | None = None
    """JSON pointer of the schema of each event, if the response is an event stream."""


@dataclass(frozen=True)
class PlannedProbe:
    """The harmless request that the contract declares, if the default rule does not give one."""

    query: tuple[tuple[str, str], ...] = ()
    no_body: bool = False
    reason: str | None = None
    """Why the operation has no harmless request."""


@dataclass(frozen=True)
class PlannedSocket:
    """The messages of a WebSocket."""

    receives: str
    """JSON pointer of the schema of each message from a client."""
    sends: str
    """JSON pointer of the schema of each message of the server."""
    model: PythonText
    """The Python type of a message from a client."""
    event: PythonText
    """The Python type of a message of the server."""
    refuse: Identifier
    """The name of the service method that returns the event for a rejected connection or message."""


@dataclass(frozen=True)
class PlannedOperation:
    """An operation."""

    id: str
    method: str
    path: str
    route: str
    """The path in the router's syntax."""
    tag: str
    summary: str
    scope: PlannedScope | None
    sub_scopes: tuple[tuple[str, str], ...]
    """The sub-scopes that certain inputs also require, each with the sentence that says when."""
    closed_scope: str | None
    public: bool
    side_effect: str | None
    alias_of: str | None
    refusal: str
    security: Ways
    parameters: tuple[PlannedParameter, ...]
    body: PlannedBody | None
    answers: tuple[PlannedAnswer, ...]
    probe: PlannedProbe
    function: Identifier
    """The name of the service method."""
    returns: PythonText
    """The Python type that the service method returns."""
    socket: PlannedSocket | None = None
    """The messages, if the operation is a WebSocket."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def sub_scope_names(self) -> tuple[str, ...]:
        """The names of the sub-scopes."""
        return tuple(name for name, _ in self.sub_scopes)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that an alternative requires, without duplicates."""
        return roles_of(self.security)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The security schemes of all alternatives, without duplicates."""
        return tuple(dict.fromkeys(scheme for way in self.security for scheme, _ in way))

    @property
    def types(self) -> tuple[object, ...]:
        """What the service method takes and returns."""
        arguments = {parameter.argument: parameter.annotation for parameter in self.parameters}
        return self.public, arguments, self.body and self.body.annotation, self.returns


@dataclass(frozen=True)
class PlannedService:
    """The operations of one tag."""

    tag: str
    module: Identifier
    protocol: Identifier
    description: str
    operations: tuple[PlannedOperation, ...]
    sockets: tuple[PlannedOperation, ...] = ()
    """The operations that are WebSockets."""

    @property
    def has_caller(self) -> bool:
        """Whether any of its operations needs to know the caller."""
        return not all(operation.public for operation in (*self.operations, *self.sockets))

    def first_path(self, operation: PlannedOperation) -> PlannedOperation | None:
        """The operation that a second path can call: its method takes and returns the same types. None otherwise."""
        named = next((other for other in self.operations if other.id == operation.alias_of), None)
        return named if named and named.alias_of is None and named.types == operation.types else None


@dataclass(frozen=True)
class PlannedScheme:
    """A security scheme."""

    name: str
    expression: PythonText
    """The FastAPI object that reads the credential."""
    imports: tuple[PythonText, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that the templates print."""

    document: Table
    """The contract itself."""
    title: str
    release: str
    has_scopes: bool
    scopes: tuple[PlannedScope, ...]
    closed_scopes: tuple[str, ...]
    requirements: tuple[PlannedRequirement, ...]
    services: tuple[PlannedService, ...]
    operations: tuple[PlannedOperation, ...]
    sockets: tuple[PlannedOperation, ...]
    """The operations that are WebSockets; `operations` has all others."""
    schemes: tuple[PlannedScheme, ...]
    models: tuple[ModelSource, ...]
    renamed: tuple[tuple[str, str], ...]
    """class -> JSON pointer, for classes whose name differs from the name of their schema."""

    @property
    def everything(self) -> tuple[PlannedOperation, ...]:
        """Every operation, then every WebSocket."""
        return (*self.operations, *self.sockets)
