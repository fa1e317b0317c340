"""What is sent, as a value: it can be compared, remembered, printed as a `curl` line, and sent more than once."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote, urlencode

from astrbot_api.operations import Operation

from astrbot_conformance.contract import NEW_SESSION
from astrbot_conformance.secret import Secret, mask

UNKNOWN_ID = "conform-none-1"
LONGEST_SHOWN = 4000  # characters of a body that is shown to people; its `curl` line has it whole
JSON_TYPE = ("Content-Type", "application/json")


class Carrier(Enum):
    """Where a key stands in a request: the header and what comes before the key in it."""

    BEARER = ("Authorization", "Bearer ")
    HEADER = ("X-API-Key", "")


@dataclass(frozen=True, slots=True)
class Key:
    """A credential and what it may do. `variable` names its rights and stands for it in everything that is shown."""

    id: str
    scopes: frozenset[str]
    secret: Secret
    carrier: Carrier | None = None  # None: wherever the target takes keys

    @property
    def variable(self) -> str:
        """The name of the environment variable that a replayed `curl` line reads."""
        return self.secret.variable


@dataclass(frozen=True, slots=True)
class Request:
    """One request without its credentials. `risk` says what it may do where it is let through; None is nothing."""

    operation: Operation
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    risk: str | None = None

    @property
    def method(self) -> str:
        """The method of the operation."""
        return self.operation.method

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for requests that are the same on the wire."""
        return (self.method, self.path, self.query, self.headers, self.body)

    def url(self, base: str) -> str:
        """The whole URL on the target at `base`."""
        return base + self.path + (f"?{urlencode(self.query)}" if self.query else "")

    def curl(self, base: str, key: Key | None, carrier: Carrier) -> str:
        """A line for a shell that sends the same; the key is read from the variable that names its rights."""
        words = ["curl", "-sS", "-i"]
        if self.method != "GET":
            words += ["-X", self.method]
        words.append(shlex.quote(self.url(base)))
        if key:
            name, before = carrier.value
            words.append(f'-H "{name}: {before}${key.variable}"')
        words += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in self.headers]
        if self.body is not None:
            words.append(f"--data-binary {_shell_bytes(_masked(self.body))}")
        return mask(" ".join(words))

    def text(self, base: str, key: Key | None, carrier: Carrier) -> str:
        """The request as it goes over the wire, for people to read; every credential is masked."""
        head = [f"{self.method} {mask(self.url(base))}"]
        if key:
            name, before = carrier.value
            head.append(f"{name}: {before}${key.variable}")
        head += [mask(f"{name}: {value}") for name, value in self.headers]
        body = "" if self.body is None else mask(self.body.decode("utf-8", "backslashreplace"))
        shown = body if len(body) <= LONGEST_SHOWN else f"{body[:LONGEST_SHOWN]}… ({len(self.body or b'')} bytes)"
        return "\n".join(head) + (f"\n\n{shown}" if body else "")


def asking(
    operation: Operation,
    *,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    json_body: Any = ...,
    headers: tuple[tuple[str, str], ...] = (),
    risk: str | None = None,
) -> Request:
    """A request to `operation`; `json_body` is sent as JSON unless left out. KeyError names a missing path value."""
    body = None if json_body is ... else json.dumps(json_body, ensure_ascii=True).encode()
    return Request(
        operation=operation,
        path=_filled(operation, path or {}),
        query=tuple((query or {}).items()),
        headers=headers + (() if body is None else (JSON_TYPE,)),
        body=body,
        risk=risk,
    )


def harmless(operation: Operation) -> Request:
    """A request that reaches the scope check of `operation` and changes nothing even when it is let through.

    Where the contract knows none, `risk` says why, and a target that is not the run's own is not asked.
    """
    probe = operation.probe
    unknown = {p.name: UNKNOWN_ID for p in operation.parameters if p.place == "path"}
    if operation.closed_scope is not None:
        body: Any = ... if operation.method == "GET" else []  # the contract leaves the bodies of closed areas untyped
        return asking(operation, path=unknown, json_body=body, risk=operation.probe_reason)
    if operation is NEW_SESSION:
        return asking(operation)  # makes a session, which the run removes again with the same key
    if probe is None:
        return asking(operation, path=unknown, risk=operation.probe_reason or "no harmless request is known")
    return asking(operation, path=probe.path, query=probe.query, json_body=probe.body if probe.has_body else ...)


def _filled(operation: Operation, values: Mapping[str, str]) -> str:
    path = operation.path
    for parameter in operation.parameters:
        if parameter.place == "path":
            value = quote(values[parameter.name], safe="/" if parameter.slashes else "")
            path = path.replace(f"{{{parameter.name}}}", value)
    return path


def _masked(body: bytes) -> bytes:
    """`body` without credentials, before any escape can hide them from `mask`; other bytes stay as they are."""
    return mask(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _shell_bytes(body: bytes) -> str:
    """`body` as one word of a shell, whatever bytes it holds."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if text.isprintable() and (text or not body):
        return shlex.quote(text)
    return "$'" + "".join(f"\\x{byte:02x}" for byte in body) + "'"
