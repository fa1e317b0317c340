"""Faults in what is said of paths that are not there."""

from __future__ import annotations

from starlette.types import Scope

from .meddling import operation_at
from .server import Server, fault


@fault(breaks="ROUTE-UNKNOWN")
def unknown_paths_ask_for_a_key(server: Server) -> None:
    """An unknown path is answered as if it were there."""
    server.every_answer = lambda status, body: (
        (401, body | {"message": "Missing API key"})
        if status == 404 and isinstance(body, dict) and body["message"] == "Not Found"
        else (status, body)
    )


@fault(breaks="ROUTE-UNKNOWN")
def other_methods_are_not_found(server: Server) -> None:
    """A method that a path does not take is answered 404."""
    server.every_answer = lambda status, body: (
        (404, {"status": "error", "message": "Not Found"}) if status == 405 else (status, body)
    )


@fault(breaks="ROUTE-UNKNOWN")
def any_method_reads_one_thing(server: Server) -> None:
    """A method that the path of one thing does not take is answered as GET is."""

    def forms(scope: Scope) -> Scope:
        read = operation_at(server.contract, "GET", scope["path"])
        is_declared = operation_at(server.contract, scope["method"], scope["path"]) is not None
        return {**scope, "method": "GET"} if not is_declared and read and "{" in read.path else scope

    server.forms = forms
