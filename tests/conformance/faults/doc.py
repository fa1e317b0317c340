"""Faults in what the server publishes about itself."""

from __future__ import annotations

from .server import Server, fault

DOCUMENT, PAGE = "GET /api/v1/openapi.json", "/api/v1/docs"


@fault(breaks="DOC-OPENAPI")
def document_missing(server: Server) -> None:
    """The document is not served."""
    server.answers[DOCUMENT] = lambda *_: (404, {"status": "error", "message": "Not Found"})


@fault(breaks="DOC-OPENAPI")
def document_incomplete(server: Server) -> None:
    """The document leaves out one operation."""
    server.answers[DOCUMENT] = lambda status, body: (
        status,
        body | {"paths": {path: item for path, item in body["paths"].items() if path != "/api/v1/personas/tree"}},
    )


@fault(breaks="DOC-OPENAPI")
def document_without_a_method(server: Server) -> None:
    """The document leaves out one method of a path."""
    server.answers[DOCUMENT] = lambda status, body: (
        status,
        body | {"paths": body["paths"] | {"/api/v1/bots": {"get": body["paths"]["/api/v1/bots"]["get"]}}},
    )


@fault(breaks="DOC-UI")
def page_is_another_document(server: Server) -> None:
    """In place of the page its source is sent."""
    server.pages[PAGE] = "application/json"
