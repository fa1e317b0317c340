"""The operations of AstrBot HTTP API 4.26.8 as a table. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..operation import NO_SUCH_ID, Answer, Body, Operation, Parameter, Probe, Socket, Way
from ..operations import OPERATIONS as PREVIOUS

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

RELEASE = "4.26.8"
"""The release of these operations."""
_JSON = "application/json"
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_UNPROCESSABLE = Answer("422", _JSON, "#/components/schemas/InputProblems")
_BAD_REQUEST = Answer("400", _JSON, "#/components/schemas/ErrorEnvelope")
_NOTEANSWER_200 = Answer("200", _JSON, "#/components/schemas/NoteAnswer")
_ATTACHMENTCONTENT_200 = Answer("200", _JSON, "#/components/schemas/AttachmentContent")
_ATTACHMENTCONTENT_200_2 = Answer("200", "*/*", "#/components/schemas/AttachmentContent")
_BY_PLUGIN: tuple[Way, ...] = ((("BearerKey", ("plugin",)),), (("HeaderKey", ("plugin",)),))
_BY_SKILL: tuple[Way, ...] = ((("BearerKey", ("skill",)),), (("HeaderKey", ("skill",)),))
_BY_DATA: tuple[Way, ...] = ((("BearerKey", ("data",)),), (("HeaderKey", ("data",)),))
_BY_FILE: tuple[Way, ...] = ((("BearerKey", ("file",)),), (("HeaderKey", ("file",)),))
_BY_CHAT: tuple[Way, ...] = ((("BearerKey", ("chat",)),), (("HeaderKey", ("chat",)),))
_BY_CHAT_2: tuple[Way, ...] = (
    (("QueryApiKey", ("chat",)),),
    (("QueryKey", ("chat",)),),
    (("HeaderKey", ("chat",)),),
    (("BearerKey", ("chat",)),),
)

# fmt: off
_REPLACED: tuple[Operation, ...] = (
    Operation(
        "get_plugin_config_by_id", "GET", "/api/v1/plugins/config", "plugin-config",
        "Show the configuration of a plugin and its form.",
        scope="plugin", side_effect="read", refusal="status", security=_BY_PLUGIN,
        alias_of="get_plugin_config",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginSettingsAnswer"), _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin_config", "GET", "/api/v1/plugins/{plugin_id}/config", "plugin-config",
        "Show the configuration of a plugin and its form.",
        scope="plugin", side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginSettingsAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "download_skill_by_name", "GET", "/api/v1/skills/archive", "skills", "Download a skill as a ZIP file.",
        scope="skill", side_effect="read", refusal="status", security=_BY_SKILL,
        alias_of="download_skill",
        parameters=(Parameter("skill_name", "query", required=True, type="string"),),
        answers=(Answer("200", "application/zip", "#/components/responses/SkillArchive/content/application~1zip/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE, _BAD_REQUEST,
            Answer("404", _JSON, "#/components/schemas/ErrorEnvelope")),
    ),
    Operation(
        "download_skill", "GET", "/api/v1/skills/{skill_name}/archive", "skills", "Download a skill as a ZIP file.",
        scope="skill", side_effect="read", refusal="status", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", "application/zip", "#/components/responses/SkillArchive/content/application~1zip/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _BAD_REQUEST, Answer("404", _JSON, "#/components/schemas/ErrorEnvelope")),
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
            Parameter("include_history", "query", required=False, type="boolean")),
        answers=(Answer("200", _JSON, "#/components/schemas/ConversationPageAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_conversations", "POST", "/api/v1/conversations/batch-delete", "conversations",
        "Delete several conversations.",
        scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="ConversationChoice", pointer="#/components/schemas/ConversationChoice"),
        answers=(Answer("200", _JSON, "#/components/schemas/ConversationBatchAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "export_conversations", "POST", "/api/v1/conversations/export", "conversations",
        "Export conversations with their messages.",
        scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="ConversationChoice", pointer="#/components/schemas/ConversationChoice"),
        answers=(Answer("200", "application/jsonl", "#/components/schemas/ConversationExport"), _BAD_REQUEST,
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_conversation", "GET", "/api/v1/conversations/{conversation_id}", "conversations", "Read a conversation.",
        scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string", slashes=True),
            Parameter("user_id", "query", required=True, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/ConversationAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_conversation", "DELETE", "/api/v1/conversations/{conversation_id}", "conversations",
        "Delete a conversation.",
        scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string", slashes=True),
            Parameter("user_id", "query", required=True, type="string")),
        answers=(_NOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_conversation", "PATCH", "/api/v1/conversations/{conversation_id}", "conversations",
        "Change a conversation.",
        scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string", slashes=True),
            Parameter("user_id", "query", required=True, type="string")),
        body=Body(("application/json",), required=True, schema="ConversationChange", pointer="#/components/schemas/ConversationChange"),
        answers=(_NOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_conversation_messages", "PUT", "/api/v1/conversations/{conversation_id}/messages", "conversations",
        "Replace the messages of a conversation.",
        scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string", slashes=True),
            Parameter("user_id", "query", required=True, type="string")),
        body=Body(("application/json",), required=True, schema="ConversationMessages", pointer="#/components/schemas/ConversationMessages"),
        answers=(_NOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_file", "GET", "/api/v1/file", "files", "Read an attachment, named in the query.",
        scope="file", side_effect="read", refusal="envelope", security=_BY_FILE,
        alias_of="get_attachment",
        parameters=(Parameter("attachment_id", "query", required=True, type="string"),),
        answers=(_ATTACHMENTCONTENT_200, _ATTACHMENTCONTENT_200_2, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "upload_file", "POST", "/api/v1/file", "files", "Upload an attachment.",
        scope="file", side_effect="write", refusal="envelope", security=_BY_FILE,
        body=Body(("multipart/form-data",), required=True, schema="AttachmentUpload", pointer="#/components/schemas/AttachmentUpload"),
        answers=(Answer("200", _JSON, "#/components/responses/StoredAttachmentOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "upload_attachment", "POST", "/api/v1/files", "files", "Upload an attachment.",
        scope="file", side_effect="write", refusal="envelope", security=_BY_FILE,
        alias_of="upload_file",
        body=Body(("multipart/form-data",), required=True, schema="AttachmentUpload", pointer="#/components/schemas/AttachmentUpload"),
        answers=(Answer("200", _JSON, "#/components/responses/StoredAttachmentOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_file_content", "GET", "/api/v1/files/content", "files", "Read an attachment by its stored name.",
        scope="file", side_effect="read", refusal="envelope", security=_BY_FILE,
        parameters=(Parameter("filename", "query", required=True, type="string"),),
        answers=(_ATTACHMENTCONTENT_200, _ATTACHMENTCONTENT_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_attachment", "GET", "/api/v1/files/{attachment_id}", "files", "Read an attachment.",
        scope="file", side_effect="read", refusal="envelope", security=_BY_FILE,
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(_ATTACHMENTCONTENT_200, _ATTACHMENTCONTENT_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_attachment", "DELETE", "/api/v1/files/{attachment_id}", "files", "Delete an attachment.",
        scope="file", side_effect="destructive", refusal="envelope", security=_BY_FILE,
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/DeletedAttachmentOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_attachment_content", "GET", "/api/v1/files/{attachment_id}/content", "files", "Read an attachment.",
        scope="file", side_effect="read", refusal="envelope", security=_BY_FILE,
        alias_of="get_attachment",
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(_ATTACHMENTCONTENT_200, _ATTACHMENTCONTENT_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_session_groups", "GET", "/api/v1/session-groups", "sessions", "List the groups of sessions.",
        scope="data", side_effect="read", refusal="envelope", security=_BY_DATA,
        answers=(Answer("200", _JSON, "#/components/responses/SessionGroupListOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_session_group", "POST", "/api/v1/session-groups", "sessions", "Create a group of sessions.",
        scope="data", side_effect="write", refusal="envelope", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="SessionGroupCreation", pointer="#/components/schemas/SessionGroupCreation"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionGroupOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_session_group", "PUT", "/api/v1/session-groups/{group_id}", "sessions", "Change a group of sessions.",
        scope="data", side_effect="write", refusal="envelope", security=_BY_DATA,
        parameters=(Parameter("group_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="SessionGroupChange", pointer="#/components/schemas/SessionGroupChange"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionGroupOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_session_group", "DELETE", "/api/v1/session-groups/{group_id}", "sessions",
        "Delete a group of sessions.",
        scope="data", side_effect="destructive", refusal="envelope", security=_BY_DATA,
        parameters=(Parameter("group_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/SessionGroupDeletedOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_message_sessions", "GET", "/api/v1/sessions", "sessions", "List the message sessions, in pages.",
        scope="data", side_effect="read", refusal="envelope", security=_BY_DATA,
        parameters=(Parameter("page", "query", required=False, type="integer"),
            Parameter("page_size", "query", required=False, type="integer"),
            Parameter("search", "query", required=False, type="string"),
            Parameter("message_type", "query", required=False, type="string"),
            Parameter("platform", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/MessageSessionPageOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_active_umos", "GET", "/api/v1/sessions/active-umos", "sessions", "List the known message origins.",
        scope="data", side_effect="read", refusal="envelope", security=_BY_DATA,
        answers=(Answer("200", _JSON, "#/components/responses/OriginListOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_session_provider", "PATCH", "/api/v1/sessions/provider", "sessions", "Choose the provider of sessions.",
        scope="data", side_effect="write", refusal="envelope", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="SessionProviderChange", pointer="#/components/schemas/SessionProviderChange"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionBatchResultOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_session_rules", "GET", "/api/v1/sessions/rules", "sessions",
        "List the rules of sessions, in pages, and the choices for rules.",
        scope="data", side_effect="read", refusal="envelope", security=_BY_DATA,
        parameters=(Parameter("page", "query", required=False, type="integer"),
            Parameter("page_size", "query", required=False, type="integer"),
            Parameter("search", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/SessionRulePageOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_session_rule", "POST", "/api/v1/sessions/rules", "sessions", "Set a rule of a session.",
        scope="data", side_effect="write", refusal="envelope", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="SessionRule", pointer="#/components/schemas/SessionRule"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionRuleDoneOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_session_rules", "POST", "/api/v1/sessions/rules/delete", "sessions", "Delete rules of sessions.",
        scope="data", side_effect="destructive", refusal="envelope", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="SessionRuleDeletion", pointer="#/components/schemas/SessionRuleDeletion"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionRulesDeletedOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_session_service", "PATCH", "/api/v1/sessions/service", "sessions",
        "Switch services of sessions on or off.",
        scope="data", side_effect="write", refusal="envelope", security=_BY_DATA,
        body=Body(("application/json",), required=True, schema="SessionServiceChange", pointer="#/components/schemas/SessionServiceChange"),
        answers=(Answer("200", _JSON, "#/components/responses/SessionBatchResultOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
)
_ADDED: tuple[Operation, ...] = (
    Operation(
        "list_workspace_files", "GET", "/api/v1/chat/projects/{project_id}/workspace/files", "chat-projects",
        "List a folder in the workspace of a project.",
        scope="chat", side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),
            Parameter("path", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/WorkspaceFolderOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_workspace_file", "GET", "/api/v1/chat/projects/{project_id}/workspace/file", "chat-projects",
        "Read a text file in the workspace of a project.",
        scope="chat", side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),
            Parameter("path", "query", required=True, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/WorkspaceTextOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "download_workspace_file", "GET", "/api/v1/chat/projects/{project_id}/workspace/file/download", "chat-projects",
        "Download a file in the workspace of a project.",
        scope="chat", side_effect="read", refusal="status", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),
            Parameter("path", "query", required=True, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/WorkspaceFile"),
            Answer("200", "*/*", "#/components/schemas/WorkspaceFile"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "resume_chat_run", "GET", "/api/v1/chat/runs/{run_id}/stream", "chat",
        "Resume reading an answer that is being generated.",
        scope="chat", side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("run_id", "path", required=True, type="string"),),
        answers=(Answer("200", "text/event-stream", "#/components/schemas/ChatRunStream", "#/components/schemas/ChatRunEvent"),
            Answer("200", _JSON, "#/components/schemas/ErrorEnvelope"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "check_plugin_repository", "POST", "/api/v1/plugins/validate/repo", "plugin-install",
        "Check whether a GitHub repository contains a plugin.",
        scope="plugin", side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="PluginRepository", pointer="#/components/schemas/PluginRepository"),
        answers=(Answer("200", _JSON, "#/components/responses/CheckedPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_plugin_log_level", "PUT", "/api/v1/plugins/{plugin_id}/log-level", "plugin-config",
        "Set the log level of a plugin.",
        scope="plugin", side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="PluginLogLevelChange", pointer="#/components/schemas/PluginLogLevelChange"),
        answers=(Answer("200", _JSON, "#/components/responses/PluginLogLevelOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_plugin_source", "POST", "/api/v1/plugins/{plugin_id}/source", "plugin-sources",
        "Choose the update source of a plugin.",
        scope="plugin", side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="PluginSourceChoice", pointer="#/components/schemas/PluginSourceChoice"),
        answers=(Answer("200", _JSON, "#/components/responses/PluginOriginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
)
WEBSOCKETS: tuple[Operation, ...] = (
    Operation(
        "chat_over_websocket", "GET", "/api/v1/chat/ws", "chat", "Chat with the agent over a WebSocket.",
        scope="chat", side_effect="external", security=_BY_CHAT_2,
        socket=Socket("#/components/schemas/ChatSocketMessage", "#/components/schemas/ChatSocketEvent"),
        answers=(Answer("101", None, None),),
    ),
)
# fmt: on
OPERATIONS: tuple[Operation, ...] = changed(
    PREVIOUS,
    replaced=_REPLACED,
    added=_ADDED,
    after={
        "list_workspace_files": "get_docs_page",
        "get_workspace_file": "list_workspace_files",
        "download_workspace_file": "get_workspace_file",
        "resume_chat_run": "download_workspace_file",
        "check_plugin_repository": "resume_chat_run",
        "set_plugin_log_level": "check_plugin_repository",
        "set_plugin_source": "set_plugin_log_level",
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
