"""What an operation is: who may, what it does to the target, what goes in, what comes out. Generated; do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NO_SUCH_ID = "conform-none-1"
"""The value of every path parameter of a probe: nothing is called so."""
Way = tuple[tuple[str, tuple[str, ...]], ...]
"""One way in: the security schemes that together let a request through, each with the roles it must carry."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `type` names its JSON types, joined by `|`."""

    name: str
    place: Literal["path", "query", "header", "cookie"]
    required: bool
    type: str
    slashes: bool = False
    """Whether the value of a path parameter may hold slashes."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries."""

    media_types: tuple[str, ...]
    required: bool
    schema: str | None
    """The component schema that it must fit, if it has one of its own."""
    pointer: str | None
    """JSON pointer of that schema in `openapi.json`, beginning with `#`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status and media type of an answer; `pointer` leads to the schema in `openapi.json`, beginning with `#`."""

    status: str
    media_type: str | None
    pointer: str | None
    events: str | None = None
    """Where the answer is a stream of events: the pointer of the schema of each."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A request that changes nothing even when it is let through."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: object | None
    has_body: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: who may, what it does to the target, what goes in, what comes out."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    scope: str | None = None
    """The scope that it asks for; None where it lies in a closed area, is public or asks for none."""
    sub_scopes: tuple[str, ...] = ()
    """The sub-scopes that certain inputs ask for besides; `x-sub-scopes` in the contract says which."""
    closed_scope: str | None = None
    """The closed area in which it lies."""
    public: bool = False
    """Whether everybody may."""
    side_effect: Literal["read", "write", "destructive", "external"] | None = None
    alias_of: str | None = None
    """The operation that this is a second way to."""
    refusal: Literal["status", "envelope"] = "status"
    """How it turns down what has the right form: with a 4xx, or with 200 and an error envelope."""
    security: tuple[Way, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    probe_query: tuple[tuple[str, str], ...] = ()
    probe_body: bool = True
    probe_reason: str | None = None
    """Why it has no harmless probe."""

    def __hash__(self) -> int:
        return hash(self.id)  # equal operations have one id, and to hash all that is in them takes long

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def probe(self) -> Probe | None:
        """A request that changes nothing even when it is let through; None where there is none."""
        if self.probe_reason is not None:
            return None
        path = {parameter.name: NO_SUCH_ID for parameter in self.parameters if parameter.place == "path"}
        has_body = self.body is not None and self.probe_body
        return Probe(path, dict(self.probe_query), [] if has_body else None, has_body)
