"""Faults in the published documents."""

from __future__ import annotations

from typing import Any

from .server import Server, fault

DOCUMENT, PAGE = "GET /api/v1/openapi.json", "/api/v1/docs"


@fault(breaks="DOC-OPENAPI")
def document_missing(server: Server) -> None:
    """The OpenAPI document is not served."""
    server.answers[DOCUMENT] = lambda *_: (404, {"status": "error", "message": "Not Found"})


@fault(breaks="DOC-OPENAPI")
def document_incomplete(server: Server) -> None:
    """The document omits one operation."""
    server.answers[DOCUMENT] = lambda status, body: (
        status,
        body | {"paths": {path: item for path, item in body["paths"].items() if path != "/api/v1/personas/tree"}},
    )


@fault(breaks="DOC-OPENAPI")
def document_without_a_method(server: Server) -> None:
    """The document omits one method of a path."""
    server.answers[DOCUMENT] = lambda status, body: (
        status,
        body | {"paths": body["paths"] | {"/api/v1/bots": {"get": body["paths"]["/api/v1/bots"]["get"]}}},
    )


@fault(breaks="DOC-UI")
def page_is_another_document(server: Server) -> None:
    """The documentation page is sent as JSON."""
    server.pages[PAGE] = "application/json"


@fault(breaks="DOC-OPENAPI")
def document_names_another_scope(server: Server) -> None:
    """The document names a wrong scope for an operation."""
    _say_of_bots(server, security=[{"BearerKey": ["chat"]}])


@fault(breaks="DOC-OPENAPI")
def document_invents_a_parameter(server: Server) -> None:
    """The document names a parameter that does not exist."""
    _say_of_bots(server, parameters=[{"name": "colour", "in": "query", "schema": {"type": "string"}}])


@fault(breaks="DOC-OPENAPI")
def document_opens_a_closed_area(server: Server) -> None:
    """The document says that `chat` keys can upload files."""
    _say_of(server, "/api/v1/file", "post", security=[{"BearerKey": ["chat"]}])


@fault(breaks="DOC-OPENAPI")
def document_moves_a_parameter(server: Server) -> None:
    """The document says that a query parameter is a header."""
    _say_of_bots(server, parameters=[{"name": "enabled", "in": "header", "schema": {"type": "boolean"}}])


def _say_of_bots(server: Server, **said: object) -> None:
    """Change the entry of `GET /api/v1/bots` in the document."""
    _say_of(server, "/api/v1/bots", "get", **said)


def _say_of(server: Server, path: str, method: str, **said: object) -> None:
    """Change the entry of an operation in the document."""

    def rewritten(status: int, body: Any) -> tuple[int, Any]:
        item = body["paths"][path]
        return status, body | {"paths": body["paths"] | {path: item | {method: item[method] | said}}}

    server.answers[DOCUMENT] = rewritten
