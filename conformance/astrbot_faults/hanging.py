"""Faults in which an operation does not respond, while the server responds to other requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from .server import Request, Server, fault

REFUSED = (401, 403)


def _hang(server: Server, operation_id: str, does: Callable[[Request, int], bool] = lambda *_: True) -> None:
    """Hang in one operation if the request is authorized, and of the kind that `does`."""
    server.hangs = lambda request, status: (
        request.operation is not None
        and request.operation.id == operation_id
        and status not in REFUSED
        and does(request, status)
    )


def _body(request: Request) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(request.body)
    return None


def _switches_off(request: Request, status: int) -> bool:
    body = _body(request)
    return status == 200 and isinstance(body, dict) and False in (body.get("enabled"), body.get("active"))


@fault(breaks="ROBUST-TIME")
def switching_a_server_off_hangs(server: Server) -> None:
    """Switching an MCP server off gets no response."""
    _hang(server, "set_mcp_server_enabled", _switches_off)


@fault(breaks="ROBUST-TIME")
def a_list_hangs(server: Server) -> None:
    """The tree of persona folders gets no response."""
    _hang(server, "get_persona_tree")


@fault(breaks="ROBUST-TIME")
def removing_a_project_hangs(server: Server) -> None:
    """Removing a chat project that exists gets no response."""
    _hang(server, "delete_chat_project", lambda _, status: status == 200)


@fault(breaks="ROBUST-TIME")
def refusing_a_template_hangs(server: Server) -> None:
    """A template that has to be rejected gets no response."""
    _hang(server, "create_t2i_template", lambda _, status: status in (400, 409, 422))


@fault(breaks="ROBUST-TIME")
def a_missing_profile_hangs(server: Server) -> None:
    """Reading a nonexistent configuration profile gets no response."""
    _hang(server, "get_config_profile", lambda _, status: status in (400, 404))


@fault(breaks="ROBUST-TIME")
def the_list_of_running_bots_hangs(server: Server) -> None:
    """The list of bots for IM gets no response if the key is authorized."""
    _hang(server, "list_im_bots")
