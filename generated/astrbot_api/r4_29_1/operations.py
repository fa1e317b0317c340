"""The operations of AstrBot HTTP API 4.29.1 as a table. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..operation import NO_SUCH_ID, Answer, Body, Operation, Parameter, Probe, Socket, Way
from ..r4_28_2.operations import OPERATIONS as PREVIOUS

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

RELEASE = "4.29.1"
"""The release of these operations."""
_JSON = "application/json"
_ANSWER_200 = Answer("200", _JSON, "#/components/responses/PluginPageOrNot/content/application~1json/schema")
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_UNPROCESSABLE = Answer("422", _JSON, "#/components/schemas/InputProblems")
_ANSWER_200_2 = Answer("200", _JSON, "#/components/responses/PluginOrNot/content/application~1json/schema")
_BY_PLUGIN: tuple[Way, ...] = ((("BearerKey", ("plugin",)),), (("HeaderKey", ("plugin",)),))
_BY_FILE: tuple[Way, ...] = ((("BearerKey", ("file",)),), (("HeaderKey", ("file",)),))
_BY_SYSTEM: tuple[Way, ...] = ((("DashboardToken", ("system",)),),)
_BY_CHAT: tuple[Way, ...] = (
    (("QueryApiKey", ("chat",)),),
    (("QueryKey", ("chat",)),),
    (("HeaderKey", ("chat",)),),
    (("BearerKey", ("chat",)),),
)

# fmt: off
_REPLACED: tuple[Operation, ...] = (
    Operation(
        "get_plugin_page_by_id", "GET", "/api/v1/plugins/page", "plugin-pages",
        "Get the address of a view of a plugin.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_view",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("page_name", "query", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_pages_by_id", "GET", "/api/v1/plugins/pages", "plugin-pages",
        "Show a plugin; its views are among its components.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="list_plugin_views",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_pages", "GET", "/api/v1/plugins/{plugin_id}/pages", "plugin-pages",
        "Show a plugin; its views are among its components.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="list_plugin_views",
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
)
_ADDED: tuple[Operation, ...] = (
    Operation(
        "begin_upload", "POST", "/api/v1/files/upload/init", "files", "Start an upload of an attachment in pieces.",
        scope="file", side_effect="write", refusal="envelope", security=_BY_FILE,
        body=Body(("application/json",), required=True, schema="UploadPlan", pointer="#/components/schemas/UploadPlan"),
        answers=(Answer("200", _JSON, "#/components/responses/BegunUploadOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "upload_piece", "POST", "/api/v1/files/upload/chunk", "files", "Upload one piece of an attachment.",
        scope="file", side_effect="write", refusal="envelope", security=_BY_FILE,
        body=Body(("multipart/form-data",), required=True, schema="UploadPiece", pointer="#/components/schemas/UploadPiece"),
        answers=(Answer("200", _JSON, "#/components/responses/ReceivedPieceOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_upload_status", "POST", "/api/v1/files/upload/status", "files",
        "Show which pieces of an upload have arrived.",
        scope="file", side_effect="read", refusal="envelope", security=_BY_FILE,
        body=Body(("application/json",), required=True, schema="UploadReference", pointer="#/components/schemas/UploadReference"),
        answers=(Answer("200", _JSON, "#/components/responses/UploadStatusOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "complete_upload", "POST", "/api/v1/files/upload/complete", "files",
        "Complete an upload and store the attachment.",
        scope="file", side_effect="write", refusal="envelope", security=_BY_FILE,
        body=Body(("application/json",), required=True, schema="UploadReference", pointer="#/components/schemas/UploadReference"),
        answers=(Answer("200", _JSON, "#/components/responses/StoredAttachmentOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "abort_upload", "POST", "/api/v1/files/upload/abort", "files", "Cancel an upload and delete its pieces.",
        scope="file", side_effect="destructive", refusal="envelope", security=_BY_FILE,
        body=Body(("application/json",), required=True, schema="UploadAbortion", pointer="#/components/schemas/UploadAbortion"),
        answers=(Answer("200", _JSON, "#/components/responses/DoneQuietlyOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_backup_upload_status", "POST", "/api/v1/backups/upload/status", "backups",
        "Show which pieces of a backup have arrived.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(Answer("200", _JSON, "#/components/schemas/DashboardAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_page", "GET", "/api/v1/plugins/{plugin_id}/pages/{view_name}", "plugin-pages",
        "Get the address of a view of a plugin.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_view",
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("view_name", "path", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_view_by_id", "GET", "/api/v1/plugins/view", "plugin-pages",
        "Get the address of a view of a plugin.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_view",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("page_name", "query", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_views_by_id", "GET", "/api/v1/plugins/views", "plugin-pages",
        "Show a plugin; its views are among its components.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="list_plugin_views",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_views", "GET", "/api/v1/plugins/{plugin_id}/views", "plugin-pages",
        "Show a plugin; its views are among its components.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_view", "GET", "/api/v1/plugins/{plugin_id}/views/{view_name}", "plugin-pages",
        "Get the address of a view of a plugin.",
        scope="plugin", side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("view_name", "path", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
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
    removed=("get_plugin_page_asset_by_id", "get_plugin_page_asset"),
    replaced=_REPLACED,
    added=_ADDED,
    after={
        "begin_upload": "list_conversation_bots",
        "upload_piece": "begin_upload",
        "get_upload_status": "upload_piece",
        "complete_upload": "get_upload_status",
        "abort_upload": "complete_upload",
        "get_backup_upload_status": "abort_upload",
        "get_plugin_page": "get_backup_upload_status",
        "get_plugin_view_by_id": "get_plugin_page",
        "list_plugin_views_by_id": "get_plugin_view_by_id",
        "list_plugin_views": "list_plugin_views_by_id",
        "get_plugin_view": "list_plugin_views",
    },
)
"""Every operation, in the order of the contract; without the WebSockets."""

BY_ID: Mapping[str, Operation] = MappingProxyType({operation.id: operation for operation in OPERATIONS})
KEYED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.scope is not None)
"""Operations that a developer key with their scope can call."""
CLOSED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.closed_scope is not None)
"""Operations that no developer key can call."""
PUBLIC: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.public)
"""Operations that require no credentials."""
