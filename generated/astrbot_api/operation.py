"""The classes that describe an operation: scope, side effect, request and responses. Generated; do not edit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

NO_SUCH_ID = "conform-none-1"
"""The value of every path parameter of a probe: no resource has this id."""
Way = tuple[tuple[str, tuple[str, ...]], ...]
"""One alternative of `security`: the schemes that a request needs together, each with its required roles."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `type` names its JSON types, joined by `|`."""

    name: str
    param_in: Literal["path", "query", "header", "cookie"]
    required: bool
    type: str
    slashes: bool = False
    """Whether the value of a path parameter may contain slashes."""


@dataclass(frozen=True, slots=True)
class Body:
    """A request body."""

    media_types: tuple[str, ...]
    required: bool
    schema: str | None
    """The name of its component schema, if it refers to one."""
    pointer: str | None
    """JSON pointer of its schema in `openapi.json`, beginning with `#`."""
    content: str | None = None
    """JSON pointer of its media types, if their schemas differ or one has an `encoding`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status and media type of a response; `pointer` leads to its schema in `openapi.json`, beginning with `#`."""

    status: str
    media_type: str | None
    pointer: str | None
    events: str | None = None
    """The pointer of the schema of each event, if the response is an event stream."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A harmless request: it changes nothing even if it is authorized."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: object | None
    has_body: bool


@dataclass(frozen=True, slots=True)
class Socket:
    """The messages of a WebSocket, as JSON texts; both pointers lead into `openapi.json` and begin with `#`."""

    receives: str
    """The pointer of the schema of each message from a client."""
    sends: str
    """The pointer of the schema of each message of the server."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its scope, side effect, request and responses."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    scope: str | None = None
    """The scope that it requires; None if it is closed, public or requires no scope."""
    sub_scopes: tuple[str, ...] = ()
    """The sub-scopes that certain inputs also require; `x-sub-scopes` in the contract says which inputs."""
    closed_scope: str | None = None
    """The closed area that it belongs to."""
    public: bool = False
    """Whether it requires no credentials."""
    side_effect: Literal["read", "write", "destructive", "external"] | None = None
    alias_of: str | None = None
    """The operation that this is an alias of."""
    refusal: Literal["status", "envelope"] = "status"
    """How it rejects a well-formed request: with a 4xx status, or with 200 and an error envelope."""
    security: tuple[Way, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    socket: Socket | None = None
    """The messages, if the operation is a WebSocket."""
    probe_query: tuple[tuple[str, str], ...] = ()
    probe_body: bool = True
    probe_reason: str | None = None
    """Why it has no harmless request."""

    def __hash__(self) -> int:
        return hash(self.id)  # equal operations have equal ids, and a hash of all members would be slow

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def probe(self) -> Probe | None:
        """A harmless request; None if there is none."""
        if self.probe_reason is not None:
            return None
        path = {parameter.name: NO_SUCH_ID for parameter in self.parameters if parameter.param_in == "path"}
        has_body = self.body is not None and self.probe_body
        return Probe(path, dict(self.probe_query), [] if has_body else None, has_body)

    def matches(self, path: str) -> bool:
        """Returns whether its path template matches a path; only parameters with `slashes` match slashes."""
        return _pattern(self).fullmatch(path) is not None


@cache
def _pattern(operation: Operation) -> re.Pattern[str]:
    pattern = re.escape(operation.path)
    for parameter in operation.parameters:
        if parameter.param_in == "path":
            pattern = pattern.replace(re.escape("{" + parameter.name + "}"), ".+" if parameter.slashes else "[^/]+")
    return re.compile(pattern)
