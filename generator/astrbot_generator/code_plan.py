"""The plan of the code: every name, type and order in it. Templates print what stands here and decide nothing.

What is typed `str` is text of the contract, which a template has to quote; see `quoted_text`.
"""

from __future__ import annotations

from dataclasses import dataclass

from astrbot_generator.model_schemas import ModelSource
from astrbot_generator.quoted_text import Identifier, PythonText
from astrbot_generator.read import Table


@dataclass(frozen=True)
class PlannedScope:
    """A scope, as `scopes.py` and the scope reference show it."""

    name: str
    member: Identifier
    """Its member of the enum."""
    en: str
    zh: str
    implies: tuple[PlannedScope, ...]
    """All that follows from it, directly or through others."""
    requires: PlannedScope | None = None
    """The scope without which it cannot be granted: it is a sub-scope, which matters for certain inputs only."""


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
    """The JSON types it takes, joined by `|`."""
    slashes: bool
    argument: Identifier
    """The keyword argument that carries it."""
    annotation: PythonText
    """Its Python type."""
    default: PythonText | None
    """Its default; None where it has none."""
    check: str | None
    """JSON pointer of its schema, where the Python type alone does not say all that the schema says."""
    delimiter: str | None
    """What stands between the values of a list that comes as one text."""


@dataclass(frozen=True)
class PlannedBody:
    """What a request carries."""

    media_types: tuple[str, ...]
    required: bool
    schema: str | None
    """The component that it must be, if it is one."""
    pointer: str | None
    """JSON pointer of its schema."""
    form: str
    """How it reaches the service: `model`, `form` or `bytes`."""
    annotation: PythonText
    """Its Python type."""


@dataclass(frozen=True)
class PlannedAnswer:
    """One status and media type that an operation answers with."""

    status: str
    media_type: str | None
    pointer: str | None
    """JSON pointer of the schema; None where there is none."""
    events: str | None = None
    """JSON pointer of the schema of each event, where the answer is a stream of them."""


@dataclass(frozen=True)
class PlannedProbe:
    """What a contract says of its harmless request where the rule does not give it."""

    query: tuple[tuple[str, str], ...] = ()
    no_body: bool = False
    reason: str | None = None
    """Why there is no such request at all."""


@dataclass(frozen=True)
class PlannedOperation:
    """An operation."""

    id: str
    method: str
    path: str
    route: str
    """The path as the router writes it."""
    tag: str
    summary: str
    scope: PlannedScope | None
    sub_scopes: tuple[tuple[str, str], ...]
    """The sub-scopes that certain inputs need besides, each with the sentence that says when."""
    closed_scope: str | None
    public: bool
    side_effect: str | None
    alias_of: str | None
    refusal: str
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    """The ways in: each a set of schemes with the roles that each must carry."""
    parameters: tuple[PlannedParameter, ...]
    body: PlannedBody | None
    answers: tuple[PlannedAnswer, ...]
    probe: PlannedProbe
    function: Identifier
    """Its method of the service."""
    returns: PythonText
    """The Python type of what the service gives back."""

    @property
    def sub_scope_names(self) -> tuple[str, ...]:
        """The sub-scopes without the sentences."""
        return tuple(name for name, _ in self.sub_scopes)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that a way in asks for, each once."""
        return tuple(dict.fromkeys(role for way in self.security for _, roles in way for role in roles))

    @property
    def schemes(self) -> tuple[str, ...]:
        """The security schemes of the ways in, each once."""
        return tuple(dict.fromkeys(scheme for way in self.security for scheme, _ in way))


@dataclass(frozen=True)
class PlannedService:
    """The operations of one tag."""

    tag: str
    module: Identifier
    protocol: Identifier
    description: str
    operations: tuple[PlannedOperation, ...]

    @property
    def has_caller(self) -> bool:
        """Whether any of its operations asks who calls."""
        return not all(operation.public for operation in self.operations)


@dataclass(frozen=True)
class PlannedScheme:
    """A security scheme."""

    name: str
    expression: PythonText
    """The FastAPI object that reads it."""
    imports: tuple[PythonText, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """All that the templates print."""

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
    schemes: tuple[PlannedScheme, ...]
    models: tuple[ModelSource, ...]
    renamed: tuple[tuple[str, str], ...]
    """class -> JSON pointer, for the classes whose name does not lead to their schema."""
