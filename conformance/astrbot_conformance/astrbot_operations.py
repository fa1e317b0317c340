"""The operations of AstrBot that the suite names, and their roles in the transport.

Knows AstrBot. Every release has these operations, so the base release defines them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from astrbot_api import releases
from astrbot_api.operation import Operation

from astrbot_conformance.contract import operations_of_all_releases
from astrbot_conformance.http import HttpRequest, asking
from astrbot_conformance.http.roles import Roles

named = releases.contract(releases.BASE).by_id


def operation_at(method: str, path: str) -> Operation:
    """The operation at `method` and `path` in every release. Raises KeyError if there is none."""
    return _by_method_and_path()[f"{method} {path}"]


def operation(operation_id: str) -> Operation:
    """The operation with that id in any release. Raises KeyError if there is none."""
    return named.get(operation_id) or operations_of_all_releases()[operation_id]


def request(operation_id: str, *, body: Any = ..., **values: str) -> HttpRequest:
    """A request to an operation of any release, with path and query values by name."""
    chosen = operation(operation_id)
    in_path = {parameter.name for parameter in chosen.parameters if parameter.param_in == "path"}
    path = {name: value for name, value in values.items() if name in in_path}
    query = {name: value for name, value in values.items() if name not in in_path}
    return asking(chosen, path=path, query=query, json_body=body)


@cache
def _by_method_and_path() -> Mapping[str, Operation]:
    return {str(operation): operation for operation in named.values()}


LOGIN = operation_at("POST", "/api/v1/auth/login")
SET_UP_TOTP = operation_at("POST", "/api/v1/auth/totp/setup")
RECOVER_TOTP = operation_at("POST", "/api/v1/auth/totp/recovery")
LIST_KEYS = operation_at("GET", "/api/v1/api-keys")
CREATE_KEY = operation_at("POST", "/api/v1/api-keys")
DELETE_KEY = operation_at("DELETE", "/api/v1/api-keys/{key_id}")
REVOKE_KEY = operation_at("POST", "/api/v1/api-keys/{key_id}/revoke")
VERSION = operation_at("GET", "/api/v1/stats/version")
PUBLISHED_DOCUMENT = operation_at("GET", "/api/v1/openapi.json")
DOCUMENT_PAGE = operation_at("GET", "/api/v1/docs")
CHAT = operation_at("POST", "/api/v1/chat")
CHAT_IN_THREAD = operation_at("POST", "/api/v1/chat/threads/{thread_id}/messages")
SESSIONS = operation_at("GET", "/api/v1/chat/sessions")
NEW_SESSION = operation_at("GET", "/api/v1/chat/sessions/new")
DELETE_SESSIONS = operation_at("POST", "/api/v1/chat/sessions/batch-delete")
DELETE_SESSION = operation_at("DELETE", "/api/v1/chat/sessions/{session_id}")
READ_SESSION = operation_at("GET", "/api/v1/chat/sessions/{session_id}")
RENAME_SESSION = operation_at("PATCH", "/api/v1/chat/sessions/{session_id}")
STOP_SESSION = operation_at("POST", "/api/v1/chat/sessions/{session_id}/stop")
SEND_MESSAGE = operation_at("POST", "/api/v1/im/message")
SEND_MESSAGES = operation_at("POST", "/api/v1/im/messages")
MESSAGES = (CHAT, SEND_MESSAGE, SEND_MESSAGES)  # the last two are one operation on two paths
IM_BOTS = operation_at("GET", "/api/v1/im/bots")
ROLES = Roles(
    ping=IM_BOTS,
    confidential=frozenset({LOGIN.id, CREATE_KEY.id, SET_UP_TOTP.id, RECOVER_TOTP.id}),
    messages=frozenset(operation.id for operation in MESSAGES),
    # Measured on 4.26.0-beta.8: if other requests arrive while a profile changes, all requests hang for half a minute,
    # then some end with 500 because the database is locked. A message with a finished response caused it once too:
    # the server was still writing data for it.
    quiet_tags=frozenset({"config-profiles"}),
    # Measured on 4.26.0-beta.8: 24 plugin sources were created four at a time, and 14 were lost.
    lone_tags=frozenset({"plugin-sources"}),
    created_id="session_id",
)
