"""What is sent, as a value: it can be compared, remembered, printed as a `curl` line, and sent more than once."""

import json
import shlex
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from astrbot_api.operation import Operation

from astrbot_conformance.contract import LOGIN, NEW_SESSION
from astrbot_conformance.http.key import Key, KeyHeader, Presented
from astrbot_conformance.json_text import parsed
from astrbot_conformance.secret import mask

NONE = "conform-none"  # stands in a request for what does not exist; it is sent as an id that the run made up
UNKNOWN_ID = f"{NONE}-1"  # as the harmless requests of the contract write it
LONGEST_SHOWN = 4000  # characters of a body that is shown to people; its `curl` line has it whole
JSON_TYPE = ("Content-Type", "application/json")
PLAIN_HEADERS = ("accept", "authorization", "content-type", "x-api-key")


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request without its credentials. `risk` says what it may do where it is let through; None is nothing.

    path and query are sent as they stand. verb: the method, where it is not that of the operation. presented: keys at
    odd places, which are part of what is tried.
    """

    operation: Operation
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    risk: str | None = None
    verb: str | None = None
    presented: tuple[Presented, ...] = ()

    @property
    def method(self) -> str:
        """The method that is sent."""
        return self.verb or self.operation.method

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for requests that are the same on the wire."""
        return (
            self.method,
            self.path,
            self.query,
            self.headers,
            self.body,
            *((p.name, p.shown) for p in self.presented),
        )

    def naming(self, nonexistent: str) -> "HttpRequest":
        """This request with an id that nobody has in place of `NONE`."""
        if not self._names_nothing:
            return self
        return replace(
            self,
            path=self.path.replace(NONE, nonexistent),
            query=tuple((name, value.replace(NONE, nonexistent)) for name, value in self.query),
            headers=tuple((name, value.replace(NONE, nonexistent)) for name, value in self.headers),
            body=self.body and self.body.replace(NONE.encode(), nonexistent.encode()),
        )

    @property
    def _names_nothing(self) -> bool:
        """Whether `NONE` stands anywhere in it."""
        in_body = self.body is not None and NONE.encode() in self.body
        return in_body or NONE in self.path or any(NONE in value for _, value in (*self.query, *self.headers))

    @property
    def is_plain(self) -> bool:
        """Whether the contract describes a request of this form, and AstrBot itself sees it.

        It has the method and the path of its operation, no headers that would make it another, and a body that is JSON
        where it calls itself so, not too deeply nested.
        """
        return (
            not self.presented
            and all(name.lower() in PLAIN_HEADERS for name, _ in self.headers)
            and self.method == self.operation.method
            and self.operation.matches(self.path)
            and not self._is_broken
        )

    @property
    def _is_broken(self) -> bool:
        kinds = [value for name, value in self.headers if name.lower() == "content-type"]
        is_json = any("json" in kind.lower() for kind in kinds)
        return is_json and self.body is not None and not _is_sound_json(self.body)

    def url(self, base: str) -> str:
        """The whole URL on the target at `base`, keys in it shown as variables."""
        shown = "&".join(f"{p.name}={p.shown}" for p in self.presented if p.in_query)
        return base + self.path + _question(urlencode(self.query), shown)

    def wire_target(self, base: str) -> bytes:
        """What follows the method on the wire: path and query, not normalised by anybody."""
        keys = urlencode([(p.name, p.sent) for p in self.presented if p.in_query])
        return (urlsplit(base).path + self.path + _question(urlencode(self.query), keys)).encode()

    def wire_headers(self) -> list[tuple[str, str]]:
        """The headers on the wire, those with keys at odd places among them."""
        return [*self.headers, *((p.name, p.sent) for p in self.presented if not p.in_query)]

    @property
    def _shown_body(self) -> bytes:
        """The body for people to read: that of a login without the password, whatever that is."""
        if self.body is None or self.operation.id != LOGIN.id:
            return self.body or b""
        try:
            value = parsed(self.body)
        except ValueError:
            return b"(not shown: a login)"
        return json.dumps({**value, "password": "$ASTRBOT_PASSWORD"} if isinstance(value, dict) else {}).encode()

    def curl(self, base: str, key: Key | None, key_header: KeyHeader) -> str:
        """A line for a shell that sends the same; the key is read from the variable that names its rights."""
        words = ["curl", "-sS", "-i"]
        if self.method == "HEAD":
            words.append("--head")
        elif self.method != "GET":
            words += ["-X", self.method]
        if "/." in self.path:
            words.append("--path-as-is")
        words.append(_shell_url(self.url(base), reads_variables=any(p.in_query for p in self.presented)))
        if key:
            name, before = key_header.value
            words.append(f'-H "{name}: {before}${key.variable}"')
        words += [f'-H "{p.name}: {p.shown}"' for p in self.presented if not p.in_query]
        words += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in self.headers]
        if self.body is not None:
            words.append(f"--data-binary {_shell_bytes(_masked(self._shown_body))}")
        return mask(" ".join(words))

    def text(self, base: str, key: Key | None, key_header: KeyHeader) -> str:
        """The request as it goes over the wire, for people to read; every credential is masked."""
        head = [f"{self.method} {mask(self.url(base))}"]
        if key:
            name, before = key_header.value
            head.append(f"{name}: {before}${key.variable}")
        head += [f"{p.name}: {p.shown}" for p in self.presented if not p.in_query]
        head += [mask(f"{name}: {value}") for name, value in self.headers]
        body = "" if self.body is None else mask(self._shown_body.decode("utf-8", "backslashreplace"))
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
) -> HttpRequest:
    """A request to `operation`; `json_body` is sent as JSON unless left out. KeyError names a missing path value."""
    body = None if json_body is ... else json.dumps(json_body, ensure_ascii=True).encode()
    return HttpRequest(
        operation=operation,
        path=_filled(operation, path or {}),
        query=tuple((query or {}).items()),
        headers=headers + (() if body is None else (JSON_TYPE,)),
        body=body,
        risk=risk,
    )


def with_text(wanted: HttpRequest, text: str) -> HttpRequest:
    """A request whose body is plain text."""
    return replace(wanted, body=text.encode(), headers=(("Content-Type", "text/plain; charset=utf-8"),))


def with_file(wanted: HttpRequest, field: str, filename: str, content: bytes, **texts: str) -> HttpRequest:
    """A request that uploads one file in a form, beside texts."""
    boundary = uuid.uuid5(uuid.NAMESPACE_OID, filename).hex
    begins = f"--{boundary}\r\nContent-Disposition: form-data; name="
    before = "".join(f'{begins}"{name}"\r\n\r\n{text}\r\n' for name, text in texts.items())
    head = f'{before}{begins}"{field}"; filename="{filename}"\r\nContent-Type: application/zip\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return replace(wanted, body=body, headers=(("Content-Type", f"multipart/form-data; boundary={boundary}"),))


@cache
def harmless(operation: Operation) -> HttpRequest:
    """A request that reaches the scope check of `operation` and changes nothing even when it is let through.

    Where the contract knows none, `risk` says why, and a target that is not the run's own is not asked.
    """
    probe = operation.probe
    unknown = {p.name: UNKNOWN_ID for p in operation.parameters if p.param_in == "path"}
    if operation.closed_scope is not None:
        body: Any = ... if operation.method == "GET" else []  # the contract leaves the bodies of closed areas untyped
        return asking(operation, path=unknown, json_body=body, risk=operation.probe_reason)
    if operation.id == NEW_SESSION.id:
        return asking(operation)  # makes a session, which the run removes again with the same key
    if probe is None:
        return asking(operation, path=unknown, risk=operation.probe_reason or "no harmless request is known")
    return asking(operation, path=probe.path, query=probe.query, json_body=probe.body if probe.has_body else ...)


@lru_cache(maxsize=256)  # the same body is asked about with every answer to it
def _is_sound_json(body: bytes) -> bool:
    try:
        value = parsed(body.decode(), keep_surrogates=True)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # nor NaN, 1e999 or half a surrogate pair
    except ValueError:
        return False
    return True


def _filled(operation: Operation, values: Mapping[str, str]) -> str:
    path = operation.path
    for parameter in operation.parameters:
        if parameter.param_in == "path":
            value = quote(values[parameter.name], safe="/" if parameter.slashes else "")
            path = path.replace(f"{{{parameter.name}}}", value)
    return path


def _masked(body: bytes) -> bytes:
    """`body` without credentials, before any escape can hide them from `mask`; other bytes stay as they are."""
    return mask(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _question(*parts: str) -> str:
    """The query that consists of `parts`, with its question mark; nothing where all are empty."""
    asked = "&".join(part for part in parts if part)
    return f"?{asked}" if asked else ""


def _shell_url(url: str, *, reads_variables: bool) -> str:
    """`url` as one word of a shell."""
    return f'"{url}"' if reads_variables else shlex.quote(url)


def _shell_bytes(body: bytes) -> str:
    """`body` as one word of a shell, whatever bytes it holds."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if text.isprintable() and (text or not body):
        return shlex.quote(text)
    return "$'" + "".join(f"\\x{byte:02x}" for byte in body) + "'"
