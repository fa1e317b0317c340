"""The operations of AstrBot HTTP API 4.28.2 as a table. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..operation import NO_SUCH_ID, Answer, Body, Operation, Parameter, Probe, Socket, Way
from ..r4_27_4.operations import OPERATIONS as PREVIOUS

__all__ = [
    "BY_ID",
    "CLOSED",
    "KEYED",
    "NO_SUCH_ID",
    "OPERATIONS",
    "PUBLIC",
    "RELEASE",
    "WEBSOCKETS",
    "Answer",
    "Body",
    "Operation",
    "Parameter",
    "Probe",
    "Socket",
    "Way",
]

RELEASE = "4.28.2"
"""The release of these operations."""
_JSON = "application/json"
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_BY_CHAT: tuple[Way, ...] = ((("BearerKey", ("chat",)),), (("HeaderKey", ("chat",)),))
_BY_DATA: tuple[Way, ...] = ((("BearerKey", ("data",)),), (("HeaderKey", ("data",)),))
_BY_CHAT_2: tuple[Way, ...] = (
    (("QueryApiKey", ("chat",)),),
    (("QueryKey", ("chat",)),),
    (("HeaderKey", ("chat",)),),
    (("BearerKey", ("chat",)),),
)

# fmt: off
_REPLACED: tuple[Operation, ...] = (
    Operation(
        "get_chat_session", "GET", "/api/v1/chat/sessions/{session_id}", "chat-sessions",
        "Read the messages of a session.",
        scope="chat", side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),
            Parameter("page", "query", required=False, type="integer"),
            Parameter("page_size", "query", required=False, type="integer")),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1{session_id}/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, Answer("422", _JSON, "#/components/schemas/InputProblems")),
    ),
    Operation(
        "list_conversations", "GET", "/api/v1/conversations", "conversations", "List the conversations, in pages.",
        scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        parameters=(Parameter("page", "query", required=False, type="integer"),
            Parameter("page_size", "query", required=False, type="integer"),
            Parameter("platforms", "query", required=False, type="string"),
            Parameter("message_types", "query", required=False, type="string"),
            Parameter("search", "query", required=False, type="string"),
            Parameter("exclude_ids", "query", required=False, type="string"),
            Parameter("exclude_platforms", "query", required=False, type="string"),
            Parameter("include_history", "query", required=False, type="boolean"),
            Parameter("keyword", "query", required=False, type="string"),
            Parameter("umo", "query", required=False, type="string"),
            Parameter("sort_by", "query", required=False, type="string"),
            Parameter("sort_order", "query", required=False, type="string"),
            Parameter("group_by_session", "query", required=False, type="boolean")),
        answers=(Answer("200", _JSON, "#/components/schemas/ConversationPageAnswer"),
            Answer("400", _JSON, "#/components/schemas/ErrorEnvelope"), _UNAUTHORIZED, _FORBIDDEN,
            Answer("422", _JSON, "#/components/schemas/InputProblems")),
    ),
)
_ADDED: tuple[Operation, ...] = (
    Operation(
        "list_conversation_bots", "GET", "/api/v1/conversations/filter-options", "conversations",
        "List the bots that have conversations.",
        scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(Answer("200", _JSON, "#/components/schemas/ConversationBotListAnswer"),
            Answer("400", _JSON, "#/components/schemas/ErrorEnvelope"), _UNAUTHORIZED, _FORBIDDEN),
    ),
)
WEBSOCKETS: tuple[Operation, ...] = (
    Operation(
        "chat_over_websocket", "GET", "/api/v1/chat/ws", "chat", "Chat with the agent over a WebSocket.",
        scope="chat", sub_scopes=("chat:admin",), side_effect="external", security=_BY_CHAT_2,
        socket=Socket("#/components/schemas/ChatSocketMessage", "#/components/schemas/ChatSocketEvent"),
        answers=(Answer("101", None, None),),
    ),
)
# fmt: on
OPERATIONS: tuple[Operation, ...] = changed(
    PREVIOUS, replaced=_REPLACED, added=_ADDED, after={"list_conversation_bots": "install_plugin_from_git"}
)
"""Every operation, in the order of the contract; without the WebSockets."""

BY_ID: Mapping[str, Operation] = MappingProxyType({operation.id: operation for operation in OPERATIONS})
KEYED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.scope is not None)
"""Operations that a developer key with their scope can call."""
CLOSED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.closed_scope is not None)
"""Operations that no developer key can call."""
PUBLIC: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.public)
"""Operations that require no credentials."""
