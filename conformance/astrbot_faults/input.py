"""Faults in the handling of odd input: the server returns a 500."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Scope

from .server import Request, Server, fault

LARGEST = 2**63
LONGEST_NAME = 255


@fault(breaks="ROBUST-INPUT")
def refusals_are_crashes(server: Server) -> None:
    """Every 422 is a 500."""
    server.every_answer = lambda status, body: (500 if status == 422 else status, body)


@fault(breaks="ROBUST-INPUT")
def no_object_is_a_crash(server: Server) -> None:
    """A body that is not an object causes a 500."""
    _crash(server, lambda body: body is not ABSENT and not isinstance(body, dict))


@fault(breaks="ROBUST-INPUT")
def null_is_a_crash(server: Server) -> None:
    """A member that is null causes a 500."""
    _crash(server, lambda body: isinstance(body, dict) and None in body.values())


@fault(breaks="ROBUST-INPUT")
def list_for_a_text_is_a_crash(server: Server) -> None:
    """A list as a name or id causes a 500."""
    _crash(
        server, lambda body: isinstance(body, dict) and any(_is_named(n) and isinstance(body[n], list) for n in body)
    )


@fault(breaks="ROBUST-INPUT")
def long_number_is_a_crash(server: Server) -> None:
    """A page number of more than 64 bits causes a 500."""
    server.crashes = lambda request: any(_is_large(value) for value in request.query.values())


@fault(breaks="ROBUST-INPUT")
def missing_thing_is_a_crash(server: Server) -> None:
    """Reading a nonexistent bot causes a 500."""
    server.answers["GET /api/v1/bots/{bot_id}"] = lambda status, body: (500 if status in (400, 404) else status, body)


@fault(breaks="ROBUST-INPUT")
def far_expiry_is_a_crash(server: Server) -> None:
    """A key that expires after the year 9999 causes a 500."""

    def is_far(body: Any) -> bool:
        days = body.get("expires_in_days") if isinstance(body, dict) else None
        return isinstance(days, int) and days > 10**6

    _crash(server, is_far)


ABSENT = object()


@fault(breaks="ROBUST-INPUT")
def new_projects_are_crashes(server: Server) -> None:
    """Creating a chat project causes a 500."""
    _crash(server, lambda body: isinstance(body, dict) and bool(body.get("title")), "create_chat_project")


@fault(breaks="ROBUST-INPUT")
def null_in_one_place_is_a_crash(server: Server) -> None:
    """The body `null` causes a 500 when a profile is chosen for a session."""
    _crash_on(server, "set_config_route", lambda body: body.strip() == b"null")


@fault(breaks="ROBUST-INPUT")
def form_in_one_place_is_a_crash(server: Server) -> None:
    """A form body causes a 500 when a persona is updated."""
    _crash_on(server, "update_persona", lambda body: body.startswith(b"a="))


@fault(breaks="ROBUST-INPUT")
def long_file_name_is_a_crash(server: Server) -> None:
    """A template name that is too long for a file causes a 500."""
    _crash_on_form(
        server, lambda scope: scope["path"].startswith("/api/v1/t2i/templates/") and len(scope["path"]) > LONGEST_NAME
    )


@fault(breaks="ROBUST-INPUT")
def repeated_parameter_is_a_crash(server: Server) -> None:
    """A repeated query parameter causes a 500."""

    def is_repeated(scope: Scope) -> bool:
        names = [name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)]
        return len(names) > len(set(names))

    _crash_on_form(server, is_repeated)


def _crash_on(server: Server, operation_id: str, is_too_much: Callable[[bytes], bool]) -> None:
    server.crashes = lambda request: (
        request.operation is not None and request.operation.id == operation_id and is_too_much(request.body)
    )


def _crash_on_form(server: Server, is_too_much: Callable[[Scope], bool]) -> None:
    """Crash on the form of a request: a query parameter that no operation reads marks it."""
    server.forms = lambda scope: (
        {**scope, "query_string": scope["query_string"] + b"&too_much=1"} if is_too_much(scope) else scope
    )
    server.crashes = lambda request: "too_much" in request.query


def _crash(server: Server, is_too_much: Callable[[Any], bool], operation_id: str | None = None) -> None:
    """Crash on the JSON of a body, in every operation or in one."""
    server.crashes = lambda request: (
        request.operation is not None and operation_id in {None, request.operation.id} and is_too_much(_json(request))
    )


def _json(request: Request) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return ABSENT


def _is_named(name: str) -> bool:
    return name == "name" or name.endswith("id")


def _is_large(text: str) -> bool:
    digits = text.strip().lstrip("+-").lstrip("0")
    # Python refuses to read numbers of more than 4,300 digits, which would be a crash of the fault itself.
    return digits.isdecimal() and (len(digits) > len(str(LARGEST)) or int(digits) > LARGEST)
