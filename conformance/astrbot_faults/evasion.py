"""Faults in unusual forms of a request, which the server understands but does not check."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.types import Scope

from .meddling import operation_at
from .server import Fault, Server

Opening = Callable[[Scope], Scope | None]  # the plain form of a request in the unchecked form; None for other requests
PUBLIC = "/api/v1/openapi.json"


def _opens(name: str, line: str, opening: Opening, *, only_closed: bool = False, tag: str | None = None) -> Fault:
    def put_into(server: Server) -> None:
        def form(scope: Scope) -> Scope:
            plain = opening(scope)
            if (
                plain is None
                or (only_closed and not _is_closed(server, plain))
                or (tag and not _has(server, plain, tag))
            ):
                return scope
            return dict(plain) | {"trusted": True}

        server.forms = form

    return Fault(name, "SCOPE-EVASION", line, put_into)


def _is_closed(server: Server, plain: Scope) -> bool:
    operation = operation_at(server.contract, plain["method"], plain["path"])
    return operation is not None and operation.closed_scope is not None


def _has(server: Server, plain: Scope, tag: str) -> bool:
    operation = operation_at(server.contract, plain["method"], plain["path"])
    return operation is not None and operation.tag == tag


def _rewritten(change: Callable[[str], str]) -> Opening:
    """A path that the server rewrites to another path."""

    def opening(scope: Scope) -> Scope | None:
        path = change(scope["path"])
        return None if path == scope["path"] else dict(scope) | {"path": path, "raw_path": path.encode()}

    return opening


def _written(pattern: bytes) -> Opening:
    """A path that is the same once it is decoded."""
    return lambda scope: scope if re.search(pattern, scope["raw_path"]) else None


def _method(method: str, instead: str) -> Opening:
    return lambda scope: dict(scope) | {"method": instead} if scope["method"] == method else None


def _headed(scope: Scope) -> Scope | None:
    is_headed = scope["method"] == "HEAD" and scope["path"].startswith("/api/v1/skills")
    return dict(scope) | {"method": "GET"} if is_headed else None


def _header(name: str, value: str = "") -> Opening:
    return lambda scope: scope if any(value in shown for shown in _shown(scope, name)) else None


def _shown(scope: Scope, name: str) -> list[str]:
    return [value.decode("latin-1") for shown, value in scope["headers"] if shown.decode("latin-1").lower() == name]


def _overridden(scope: Scope) -> Scope | None:
    fields = _shown(scope, "x-http-method-override")
    return dict(scope) | {"method": fields[0]} if fields and fields[0] != scope["method"] else None


def _overridden_in_query(scope: Scope) -> Scope | None:
    fields = re.search(rb"_method=([A-Z]+)", scope["query_string"])
    return dict(scope) | {"method": fields[1].decode()} if fields else None


def _sent_elsewhere(scope: Scope) -> Scope | None:
    fields = _shown(scope, "x-rewrite-url")
    if not fields or fields[0] == PUBLIC:
        return None
    return dict(scope) | {"path": fields[0], "raw_path": fields[0].encode()}


def _in_small_letters(path: str) -> str:
    """A path in lower case if a fixed part of it is in capitals; ids keep their case."""
    return path.lower() if re.match(r"/api/v1/[a-z]", path) is None else path


def _without_dots(path: str) -> str:
    return re.sub(r"/[^/]+/\.\.(?=/)", "", path).replace("/./", "/")


def _asks(pattern: bytes) -> Opening:
    return lambda scope: scope if re.search(pattern, scope["query_string"]) else None


def _destroys_encoded(scope: Scope) -> Scope | None:
    return scope if scope["method"] == "DELETE" and re.search(rb"%[0-9a-fA-F]{2}", scope["raw_path"]) else None


FORMS: tuple[Fault, ...] = (
    _opens("head-unchecked", "HEAD is served like GET without a check of the key.", _method("HEAD", "GET")),
    _opens("head-unchecked-by-one-family", "HEAD of skills is served like GET without a check of the key.", _headed),
    _opens("options-unchecked", "OPTIONS is served like GET without a check of the key.", _method("OPTIONS", "GET")),
    _opens("method-override-unchecked", "A request with an overridden method is not checked.", _overridden),
    _opens("method-in-query-unchecked", "A request with the method in its query is not checked.", _overridden_in_query),
    _opens(
        "trailing-slash-unchecked",
        "A path with a trailing slash is not checked.",
        _rewritten(lambda path: path.rstrip("/") or "/"),
    ),
    _opens(
        "doubled-slash-unchecked",
        "A path with a double slash is not checked.",
        _rewritten(lambda path: re.sub("/{2,}", "/", path)),
    ),
    _opens("upper-case-unchecked", "A path in capitals is not checked.", _rewritten(_in_small_letters)),
    _opens("dots-unchecked", "Dot segments are resolved after the check.", _rewritten(_without_dots)),
    _opens(
        "matrix-unchecked",
        "A path with a matrix parameter is not checked.",
        _rewritten(lambda path: re.sub(r";[^/]*", "", path)),
    ),
    _opens("encoded-letter-unchecked", "A path with an encoded letter is not checked.", _written(rb"%6|%7")),
    _opens("encoded-slash-unchecked", "A path with an encoded slash is not checked.", _written(rb"(?i)v1%2f")),
    _opens(
        "old-path-unchecked",
        "The old paths without a version are not checked.",
        _rewritten(lambda path: re.sub(r"^/api/(?!v1/)", "/api/v1/", path)),
    ),
    _opens(
        "closed-by-trailing-slash",
        "A trailing slash opens the closed areas.",
        _rewritten(lambda path: path.rstrip("/") or "/"),
        only_closed=True,
    ),
    _opens(
        "closed-by-encoded-letter", "An encoded letter opens the closed areas.", _written(rb"%6|%7"), only_closed=True
    ),
    _opens("encoded-deletion-unchecked", "DELETE with an encoded path is not checked.", _destroys_encoded),
    _opens("public-original-url", "A header with a public path skips the check.", _header("x-original-url", PUBLIC)),
    _opens("rewritten-after-the-check", "A header replaces the path after the check.", _sent_elsewhere),
    _opens(
        "trusts-its-own-machine",
        "A request that claims to be local is not checked.",
        _header("x-forwarded-for"),
    ),
    _opens("trusts-a-named-user", "A request that claims a user name is not checked.", _header("x-remote-user")),
    _opens("trusts-claimed-scopes", "Scopes in a header are granted.", _header("x-scopes")),
    _opens("trusts-scopes-in-query", "Scopes in the query are granted.", _asks(rb"scopes=")),
    _opens(
        "text-body-unchecked",
        "A body that is not JSON is not checked.",
        _header("content-type", "text/plain"),
    ),
    _opens(
        "sources-with-an-ending-unchecked",
        "The paths of provider sources are not checked if they end like a file.",
        _rewritten(lambda path: re.sub(r"\.(json|css)$", "", path)),
        tag="provider-sources",
    ),
    _opens(
        "templates-behind-the-login-unchecked",
        "The paths of templates are not checked if they begin with the path of the login.",
        _rewritten(lambda path: re.sub(r"^/api/v1/auth/login/\.\./\.\./", "/api/v1/", path)),
        tag="t2i",
    ),
    _opens(
        "mcp-with-a-trailing-blank-unchecked",
        "The paths of MCP servers are not checked if they end with a blank.",
        _rewritten(str.rstrip),
        tag="mcp",
    ),
    _opens(
        "personas-trust-their-own-machine",
        "Operations on personas do not check a request that claims to be local.",
        _header("forwarded", "127.0.0.1"),
        tag="personas",
    ),
    _opens("lower-case-scheme", "Any key after `bearer` grants every scope.", _header("authorization", "bearer ")),
    _opens("any-key-in-query", "Any `api_key` in the query grants every scope.", _asks(rb"(^|&)api_key=")),
    _opens("any-cookie", "Any key in a cookie grants every scope.", _header("cookie", "api_key=")),
)
