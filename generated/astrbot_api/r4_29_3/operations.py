"""The operations of AstrBot HTTP API 4.29.3 as a table. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..operation import NO_SUCH_ID, Answer, Body, Operation, Parameter, Probe, Socket, Way
from ..r4_29_1.operations import OPERATIONS as PREVIOUS

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

RELEASE = "4.29.3"
"""The release of these operations."""
_JSON = "application/json"
_DASHBOARDANSWER_200 = Answer("200", _JSON, "#/components/schemas/DashboardAnswer")
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_BY_SYSTEM: tuple[Way, ...] = ((("DashboardToken", ("system",)),),)
_BY_CHAT: tuple[Way, ...] = (
    (("QueryApiKey", ("chat",)),),
    (("QueryKey", ("chat",)),),
    (("HeaderKey", ("chat",)),),
    (("BearerKey", ("chat",)),),
)

# fmt: off
_ADDED: tuple[Operation, ...] = (
    Operation(
        "export_logs", "GET", "/api/v1/logs/export", "system", "Download the log.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_traces", "GET", "/api/v1/trace/history", "system", "List the recorded traces.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_trace", "GET", "/api/v1/trace/{trace_id}", "system", "Read a recorded trace.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("trace_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
)
WEBSOCKETS: tuple[Operation, ...] = (
    Operation(
        "chat_over_websocket", "GET", "/api/v1/chat/ws", "chat", "Chat with the agent over a WebSocket.",
        scope="chat", sub_scopes=("chat:admin",), side_effect="external", security=_BY_CHAT,
        socket=Socket("#/components/schemas/ChatSocketMessage", "#/components/schemas/ChatSocketEvent"),
        answers=(Answer("101", None, None),),
    ),
)
# fmt: on
OPERATIONS: tuple[Operation, ...] = changed(
    PREVIOUS,
    added=_ADDED,
    after={"export_logs": "get_plugin_view", "list_traces": "export_logs", "get_trace": "list_traces"},
)
"""Every operation, in the order of the contract; without the WebSockets."""

BY_ID: Mapping[str, Operation] = MappingProxyType({operation.id: operation for operation in OPERATIONS})
KEYED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.scope is not None)
"""Operations that a developer key with their scope can call."""
CLOSED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.closed_scope is not None)
"""Operations that no developer key can call."""
PUBLIC: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.public)
"""Operations that require no credentials."""
