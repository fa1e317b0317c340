"""The operations that the suite itself speaks to, by method and path as the product document names them."""

from functools import cache

from astrbot_api.operations import KEYED, OPERATIONS, Operation
from astrbot_api.scopes import Scope


@cache
def _by_path() -> dict[str, Operation]:
    return {str(operation): operation for operation in OPERATIONS}


def operation_at(method: str, path: str) -> Operation:
    """The operation of the contract at `method` and `path`; KeyError when there is none."""
    return _by_path()[f"{method} {path}"]


LOGIN = operation_at("POST", "/api/v1/auth/login")
LIST_KEYS = operation_at("GET", "/api/v1/api-keys")
CREATE_KEY = operation_at("POST", "/api/v1/api-keys")
DELETE_KEY = operation_at("DELETE", "/api/v1/api-keys/{key_id}")
REVOKE_KEY = operation_at("POST", "/api/v1/api-keys/{key_id}/revoke")
VERSION = operation_at("GET", "/api/v1/stats/version")
PUBLISHED_DOCUMENT = operation_at("GET", "/api/v1/openapi.json")
DOCUMENT_PAGE = operation_at("GET", "/api/v1/docs")
CHAT = operation_at("POST", "/api/v1/chat")
SESSIONS = operation_at("GET", "/api/v1/chat/sessions")
NEW_SESSION = operation_at("GET", "/api/v1/chat/sessions/new")
DELETE_SESSIONS = operation_at("POST", "/api/v1/chat/sessions/batch-delete")
DELETE_SESSION = operation_at("DELETE", "/api/v1/chat/sessions/{session_id}")
READ_SESSION = operation_at("GET", "/api/v1/chat/sessions/{session_id}")
RENAME_SESSION = operation_at("PATCH", "/api/v1/chat/sessions/{session_id}")
STOP_SESSION = operation_at("POST", "/api/v1/chat/sessions/{session_id}/stop")
SEND_MESSAGE = operation_at("POST", "/api/v1/im/message")
SEND_MESSAGES = operation_at("POST", "/api/v1/im/messages")
IM_BOTS = operation_at("GET", "/api/v1/im/bots")
READS = {  # for each scope the operations that only show something, and need to be told nothing
    scope: tuple(
        operation
        for operation in KEYED
        if operation.scope == scope
        and (operation.method, operation.side_effect) == ("GET", "read")
        and not any(parameter.required for parameter in operation.parameters)
    )
    for scope in Scope
}
