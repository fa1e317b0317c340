"""Faults in the responses for undeclared paths and methods."""

from __future__ import annotations

from starlette.types import Scope

from .meddling import operation_at
from .server import Server, fault


@fault(breaks="ROUTE-UNKNOWN")
def unknown_paths_ask_for_a_key(server: Server) -> None:
    """An unknown path returns 401 in place of 404."""
    server.every_answer = lambda status, body: (
        (401, body | {"message": "Missing API key"})
        if status == 404 and isinstance(body, dict) and body["message"] == "Not Found"
        else (status, body)
    )


@fault(breaks="ROUTE-UNKNOWN")
def other_methods_are_not_found(server: Server) -> None:
    """An undeclared method returns 404 in place of 405."""
    server.every_answer = lambda status, body: (
        (404, {"status": "error", "message": "Not Found"}) if status == 405 else (status, body)
    )


@fault(breaks="ROUTE-UNKNOWN")
def any_method_reads_one_thing(server: Server) -> None:
    """An undeclared method on one resource is served like GET."""

    def forms(scope: Scope) -> Scope:
        read = operation_at(server.contract, "GET", scope["path"])
        is_declared = operation_at(server.contract, scope["method"], scope["path"]) is not None
        return {**scope, "method": "GET"} if not is_declared and read and "{" in read.path else scope

    server.forms = forms
