"""Faults in which a request decides itself to whom it belongs: it names a user, and the server believes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID
from astrbot_reference.auth import Caller
from starlette.types import Scope

from .server import Fault, Request, Server

OWNER = "api_key:"
Claims = dict[str, Mapping[str, str]]  # the texts of a request: in its query, its headers, its cookies and its body

CLAIMS: ContextVar[Claims] = ContextVar("CLAIMS")
"""The claims of the current request, by their place."""


def _reads_claims(server: Server) -> None:
    """Keep the texts of each request in CLAIMS."""

    def form(scope: Scope) -> Scope:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        CLAIMS.set({"query": query, "header": headers, "cookie": _cookies(headers.get("cookie", "")), "body": {}})
        return scope

    def note(request: Request) -> bool:
        with suppress(ValueError, RecursionError):  # no JSON, or nested too deeply
            body = json.loads(request.body)
            if isinstance(body, dict):
                CLAIMS.get()["body"] = {name: value for name, value in body.items() if isinstance(value, str)}
        return False  # it crashes on nothing

    server.forms, server.crashes = form, note


def _cookies(header: str) -> Mapping[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _believe(place: str, name: str, believes: Callable[[Operation], bool], server: Server) -> None:
    """Take the user under a name in that place of the request for the sender."""
    _reads_claims(server)

    def caller_of(operation: Operation, caller: Caller) -> Caller:
        claimed = CLAIMS.get()[place].get(name)
        if caller.key_id is None or not claimed or not believes(operation):
            return caller
        return replace(caller, name=claimed if claimed.startswith(OWNER) else OWNER + claimed)

    server.callers = caller_of


def _fault(slug: str, *, breaks: str, place: str, name: str, ids: str, since: str = releases.BASE) -> Fault:
    operations = ids.split()
    of = releases.contract(since).by_id if since != releases.BASE else BY_ID
    told = " and ".join(f"`{of[id]}`" for id in operations)
    return Fault(
        slug,
        breaks,
        f"{told} believes `{name}` in the {place} about who sends the request.",
        partial(_believe, place, name, lambda operation: operation.id in operations),
        operations[0],
        since,
    )


_session = partial(_fault, breaks="SESSIONS-OWNER")
_project = partial(_fault, breaks="PROJECTS-OWNER")
_upload = partial(_fault, breaks="UPLOADS-OWNER", since=releases.NEWEST)

CLAIMED = (
    _session("session-renamed-for-the-creator-in-the-query", place="query", name="creator", ids="update_chat_session"),
    _session("session-removed-for-forwarded-user", place="header", name="x-forwarded-user", ids="delete_chat_session"),
    _session("session-stopped-for-the-user-in-the-body", place="body", name="user_id", ids="stop_chat_session"),
    _session("sessions-removed-for-the-owner-in-the-body", place="body", name="owner", ids="delete_chat_sessions"),
    _session("history-shown-for-the-user-in-a-cookie", place="cookie", name="username", ids="get_chat_session"),
    _session("message-changed-for-the-user-in-a-header", place="header", name="x-user", ids="edit_chat_message"),
    _session("thread-shown-for-the-key-in-the-query", place="query", name="key_id", ids="get_chat_thread"),
    _session("thread-started-for-the-sender-in-the-body", place="body", name="sender", ids="create_chat_thread"),
    _session(
        "run-resumed-for-the-user-in-the-query",
        place="query",
        name="user",
        ids="resume_chat_run",
        since=releases.NEWEST,
    ),
    _session(
        "session-left-its-project-for-a-header", place="header", name="remote-user", ids="remove_session_from_project"
    ),
    _project("projects-listed-for-the-owner-in-the-query", place="query", name="owner_id", ids="list_chat_projects"),
    _project("project-changed-for-the-account-in-the-body", place="body", name="account", ids="update_chat_project"),
    _project("project-removed-for-the-user-in-a-header", place="header", name="x-user-id", ids="delete_chat_project"),
    _project(
        "workspace-shown-for-the-user-in-the-query",
        place="query",
        name="username",
        ids="list_workspace_files",
        since=releases.NEWEST,
    ),
    _upload("upload-shown-for-the-key-in-the-body", place="body", name="api_key_id", ids="get_upload_status"),
    _upload("upload-aborted-for-the-user-in-a-header", place="header", name="x-auth-request-user", ids="abort_upload"),
    _upload("piece-stored-for-the-user-in-the-query", place="query", name="username", ids="upload_piece"),
)
