"""A request as a value: it can be compared, stored, printed as a `curl` line, and sent several times."""

import json
import shlex
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from astrbot_api.operation import Operation

from astrbot_conformance.http.key import Key, KeyHeader, Presented
from astrbot_conformance.json_text import parsed
from astrbot_conformance.secret import mask

NONE = "conform-none"  # the placeholder of a nonexistent resource; it is sent as an id that the run invents
UNKNOWN_ID = f"{NONE}-1"  # the form in which harmless requests of the contract write it
LONGEST_SHOWN = 4000  # characters of a body in a report; its `curl` line has the whole body
JSON_TYPE = ("Content-Type", "application/json")
PLAIN_HEADERS = ("accept", "authorization", "content-type", "x-api-key")


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request without its credentials. `risk` says what it may do if it is authorized; None means nothing.

    path and query are sent unchanged. verb: the method if it differs from that of the operation. presented: keys at
    unusual places, which are part of the test.
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
        """A value that is equal for requests that are sent as the same bytes."""
        return (
            self.method,
            self.path,
            self.query,
            self.headers,
            self.body,
            *((p.name, p.shown) for p in self.presented),
        )

    def naming(self, nonexistent: str) -> "HttpRequest":
        """This request with `nonexistent`, an id that no resource has, in place of `NONE`."""
        if not self._has_placeholder:
            return self
        return replace(
            self,
            path=self.path.replace(NONE, nonexistent),
            query=tuple((name, value.replace(NONE, nonexistent)) for name, value in self.query),
            headers=tuple((name, value.replace(NONE, nonexistent)) for name, value in self.headers),
            body=self.body and self.body.replace(NONE.encode(), nonexistent.encode()),
        )

    @property
    def _has_placeholder(self) -> bool:
        """Whether `NONE` occurs anywhere in the request."""
        in_body = self.body is not None and NONE.encode() in self.body
        return in_body or NONE in self.path or any(NONE in value for _, value in (*self.query, *self.headers))

    @property
    def is_plain(self) -> bool:
        """Whether the contract describes a request of this form, and AstrBot itself receives it.

        The request has the method and the path of its operation and no headers that change its meaning. A body
        that is declared as JSON is valid JSON and not too deeply nested.
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
        """The whole URL on the target at `base`, with variables in place of its keys."""
        shown = "&".join(f"{p.name}={p.shown}" for p in self.presented if p.in_query)
        return base + self.path + _question(urlencode(self.query), shown)

    def wire_target(self, base: str) -> bytes:
        """The path and query as they are sent. No library normalises them."""
        keys = urlencode([(p.name, p.sent) for p in self.presented if p.in_query])
        return (urlsplit(base).path + self.path + _question(urlencode(self.query), keys)).encode()

    def wire_headers(self) -> list[tuple[str, str]]:
        """The headers that are sent, including those with keys at unusual places."""
        return [*self.headers, *((p.name, p.sent) for p in self.presented if not p.in_query)]

    @property
    def is_login(self) -> bool:
        """Whether the request exchanges a password for a credential: a public operation that takes a body."""
        return self.operation.public and self.operation.body is not None

    @property
    def _shown_body(self) -> bytes:
        """The body for people to read. The body of a login is shown without its password."""
        if self.body is None or not self.is_login:
            return self.body or b""
        try:
            value = parsed(self.body)
        except ValueError:
            return b"(not shown: a login)"
        return json.dumps({**value, "password": "$ASTRBOT_PASSWORD"} if isinstance(value, dict) else {}).encode()

    def curl(self, base: str, key: Key | None, key_header: KeyHeader) -> str:
        """A shell command that sends the same request. It reads the key from the variable that names its rights."""
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
        """The request as it is sent, for people to read. Every credential is masked."""
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
    values: Mapping[str, str] | None = None,
    json_body: Any = ...,
    headers: tuple[tuple[str, str], ...] = (),
    risk: str | None = None,
) -> HttpRequest:
    """A request to `operation`. Sends `json_body` as JSON unless left out. KeyError names a missing path value.

    values: of the path and of the query, in place of `path` and `query`.
    """
    if values is not None:
        in_path = {parameter.name for parameter in operation.parameters if parameter.param_in == "path"}
        path = {name: value for name, value in values.items() if name in in_path}
        query = {name: value for name, value in values.items() if name not in in_path}
    body = None if json_body is ... else json.dumps(json_body, ensure_ascii=True).encode()
    return HttpRequest(
        operation=operation,
        path=_filled(operation, path or {}),
        query=tuple((query or {}).items()),
        headers=headers + (() if body is None else (JSON_TYPE,)),
        body=body,
        risk=risk,
    )


def with_text(request: HttpRequest, text: str) -> HttpRequest:
    """The request with a body of plain text."""
    return replace(request, body=text.encode(), headers=(("Content-Type", "text/plain; charset=utf-8"),))


def with_file(
    request: HttpRequest, field: str, filename: str, content: bytes, media_type: str = "application/zip", **texts: str
) -> HttpRequest:
    """The request with a form that uploads one file, together with text fields."""
    boundary = uuid.uuid5(uuid.NAMESPACE_OID, filename).hex
    begins = f"--{boundary}\r\nContent-Disposition: form-data; name="
    before = "".join(f'{begins}"{name}"\r\n\r\n{text}\r\n' for name, text in texts.items())
    head = f'{before}{begins}"{field}"; filename="{filename}"\r\nContent-Type: {media_type}\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return replace(request, body=body, headers=(("Content-Type", f"multipart/form-data; boundary={boundary}"),))


@cache
def harmless(operation: Operation) -> HttpRequest:
    """A request that reaches the scope check of `operation` and changes nothing even if it is authorized.

    If the contract has no such request, `risk` says why. The request is then sent only to a disposable target.
    """
    probe = operation.probe
    unknown = {parameter.name: UNKNOWN_ID for parameter in operation.parameters}
    if operation.closed_scope is not None:
        body: Any = ... if operation.method == "GET" else []  # the contract does not type the bodies of closed areas
        return asking(operation, path=unknown, json_body=body, risk=operation.probe_reason)
    if creates_something(operation):
        return asking(operation)  # the run removes the new resource with the same key
    if probe is None:
        return asking(operation, path=unknown, risk=operation.probe_reason or "no harmless request is known")
    return asking(operation, path=probe.path, query=probe.query, json_body=probe.body if probe.has_body else ...)


def creates_something(operation: Operation) -> bool:
    """Whether every authorized request creates a resource: a GET that writes has no harmless form."""
    return operation.method == "GET" and operation.side_effect == "write"


@lru_cache(maxsize=256)  # each response to a request checks the same body
def _is_sound_json(body: bytes) -> bool:
    try:
        value = parsed(body.decode(), keep_surrogates=True)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # rejects NaN, 1e999 and lone surrogates too
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
    """`body` without credentials. Masks them before an escape can hide them from `mask`; other bytes stay the same."""
    return mask(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _question(*parts: str) -> str:
    """The query that consists of `parts`, with its question mark. Empty if all parts are empty."""
    query = "&".join(part for part in parts if part)
    return f"?{query}" if query else ""


def _shell_url(url: str, *, reads_variables: bool) -> str:
    """`url` as one word for a shell."""
    return f'"{url}"' if reads_variables else shlex.quote(url)


def _shell_bytes(body: bytes) -> str:
    """`body` as one word for a shell. It may contain any bytes."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if text.isprintable() and (text or not body):
        return shlex.quote(text)
    return "$'" + "".join(f"\\x{byte:02x}" for byte in body) + "'"
