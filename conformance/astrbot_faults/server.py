"""What a fault is, and what it may change in a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from astrbot_reference.auth import Caller
from astrbot_reference.overrides import Overrides
from starlette.types import Scope

T = TypeVar("T")
Scopes = frozenset[str]
Credentials = Mapping[str, str | None]
Answer = tuple[int, Any]

INSUFFICIENT = "Insufficient API key scope"


@dataclass(frozen=True, slots=True)
class Request:
    """A request. operation: None if the contract has none for it."""

    operation: Operation | None
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break a server: its name, the requirement that it breaks, and a sentence that describes it.

    operation: the id of its operation, if it is about one operation. since: the release whose contract it is derived
    from. crashes: whether the broken server may log an unexpected exception.
    """

    name: str
    breaks: str
    line: str
    put_into: Callable[[Server], None]
    operation: str | None = None
    since: str = releases.BASE
    crashes: bool = False

    def applies(self, contract: Contract) -> bool:
        """Whether it can break a server of this release, which needs the requirement and the unchanged operation."""
        if self.breaks not in contract.requirements:
            return False
        if self.operation is None:
            return True
        served, first = contract.by_id.get(self.operation), releases.contract(self.since).by_id[self.operation]
        return served is not None and (served.scope, served.closed_scope) == (first.scope, first.closed_scope)

    @property
    def release(self) -> str:
        """The release to show it on: the base release if it applies there, else the newest."""
        return releases.BASE if self.applies(releases.contract()) else releases.NEWEST


@dataclass
class Server:
    """What a fault may change. By default, every member changes nothing.

    `POST /path` names an operation as the contract does, with `{…}` for a path parameter.
    """

    contract: Contract = field(default_factory=releases.contract)
    overrides: Overrides = field(default_factory=Overrides)
    credentials: Callable[[Operation, Credentials], Credentials] = lambda _, presented: presented
    scopes: Callable[[Operation, Scopes], Scopes] = lambda _, held: held
    callers: Callable[[Operation, Caller], Caller] = lambda _, caller: caller  # the user whom a request belongs to
    strangers: Callable[[Operation, Credentials], Scopes | None] = lambda *_: None
    acts_first: Callable[[Operation], bool] = lambda _: False  # whether it takes effect before a 401 or 403
    forms: Callable[[Scope], Scope] = lambda scope: scope  # the form of a request: method, path, query
    headers: Callable[[dict[str, str]], dict[str, str]] = lambda headers: headers
    bodies: dict[str, Callable[[Any], Any]] = field(default_factory=dict)  # `POST /path` -> what the server reads
    queries: dict[str, Callable[[dict[str, str]], dict[str, str]]] = field(default_factory=dict)
    answers: dict[str, Callable[[int, Any], Answer]] = field(default_factory=dict)  # the response
    streams: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)  # the whole event stream
    pages: dict[str, str] = field(default_factory=dict)  # `/path` -> its content type
    every_answer: Callable[[int, Any], Answer] | None = None
    crashes: Callable[[Request], bool] | None = None  # whether an authorized request ends in a 500
    hangs: Callable[[Request, int], bool] | None = None  # whether a request with this status gets no response

    def override(self, subclass: type[T]) -> type[T]:
        """Make a subclass in place of the class of the server that it extends, and return it."""
        self.overrides.add(subclass)
        return subclass

    def change_data(self, place: str, change: Callable[[Any], Any]) -> None:
        """Change the data of successful responses of an operation."""
        self.answers[place] = lambda status, body: (
            (status, body | {"data": change(body["data"])}) if status == 200 else (status, body)
        )

    @property
    def everything(self) -> Scopes:
        """Every scope except the sub-scopes."""
        return frozenset(self.contract.scopes)


def fault(breaks: str, *, crashes: bool = False) -> Callable[[Callable[[Server], None]], Fault]:
    """Make a function a fault that breaks the requirement `breaks`. Its docstring describes the fault."""

    def mark(put_into: Callable[[Server], None]) -> Fault:
        line = (put_into.__doc__ or "").partition("\n")[0]
        return Fault(put_into.__name__.replace("_", "-"), breaks, line, put_into, crashes=crashes)

    return mark


def family(
    kind: str,
    breaks: str,
    line: str,
    operations: Iterable[Operation],
    put: Callable[[Operation, Server], None],
    *,
    since: str = releases.BASE,
) -> tuple[Fault, ...]:
    """The same fault in each of these operations of a release. line: its description, with `{}` for the operation."""
    return tuple(
        Fault(
            f"{kind}-{operation.id}".replace("_", "-"),
            breaks,
            line.format(f"`{operation}`"),
            partial(put, operation),
            operation.id,
            since,
        )
        for operation in operations
    )


@dataclass
class Under:
    """What is known about the current request."""

    operation: str | None = None  # its id, once the credentials are checked
    trusted: bool = False  # whether it is authorized without a check
    in_header: bool = False  # whether its key is in `X-API-Key`, if a fault checks that
    refused: str | None = None  # the message to reject it with after it took effect


UNDER: ContextVar[Under] = ContextVar("UNDER")
