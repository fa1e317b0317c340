"""The operations of AstrBot HTTP API 4.27.4 as a table. Generated; do not edit."""

from collections.abc import Mapping
from types import MappingProxyType

from ..merge import changed
from ..operation import NO_SUCH_ID, Answer, Body, Operation, Parameter, Probe, Socket, Way
from ..r4_26_8.operations import OPERATIONS as PREVIOUS

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

RELEASE = "4.27.4"
"""The release of these operations."""
_JSON = "application/json"
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_UNPROCESSABLE = Answer("422", _JSON, "#/components/schemas/InputProblems")
_BAD_REQUEST = Answer("400", _JSON, "#/components/schemas/ErrorEnvelope")
_BY_CHAT: tuple[Way, ...] = ((("BearerKey", ("chat",)),), (("HeaderKey", ("chat",)),))
_BY_CONFIG: tuple[Way, ...] = ((("BearerKey", ("config",)),), (("HeaderKey", ("config",)),))
_BY_PLUGIN: tuple[Way, ...] = ((("BearerKey", ("plugin",)),), (("HeaderKey", ("plugin",)),))
_BY_CHAT_2: tuple[Way, ...] = (
    (("QueryApiKey", ("chat",)),),
    (("QueryKey", ("chat",)),),
    (("HeaderKey", ("chat",)),),
    (("BearerKey", ("chat",)),),
)

# fmt: off
_REPLACED: tuple[Operation, ...] = (
    Operation(
        "chat", "POST", "/api/v1/chat", "chat", "Send a message to the agent and stream its answer.",
        scope="chat", sub_scopes=("chat:admin",), side_effect="external", refusal="envelope", security=_BY_CHAT,
        body=Body(("application/json",), required=True, schema="ChatRequest", pointer="#/components/schemas/ChatRequest"),
        answers=(Answer("200", "text/event-stream", "#/components/schemas/ChatStream", "#/components/schemas/ChatEvent"),
            Answer("200", _JSON, "#/components/schemas/ErrorEnvelope"), _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_config_profile", "POST", "/api/v1/config-profiles", "config-profiles",
        "Create a configuration profile.",
        scope="config", sub_scopes=("config:edit_admin",), side_effect="write", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="ConfigProfileCreation", pointer="#/components/schemas/ConfigProfileCreation"),
        answers=(Answer("200", _JSON, "#/components/schemas/CreatedConfigProfileAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_config_profile", "PUT", "/api/v1/config-profiles/{config_id}", "config-profiles",
        "Change the configuration of a profile; absent members stay.",
        scope="config", sub_scopes=("config:edit_admin",), side_effect="write", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("config_id", "path", required=True, type="string"),
            Parameter("X-2FA-Code", "header", required=False, type="string")),
        body=Body(("application/json",), required=True, schema="ConfigurationChange", pointer="#/components/schemas/ConfigurationChange"),
        answers=(Answer("200", _JSON, "#/components/schemas/Done"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "update_system_config", "PUT", "/api/v1/system-config", "system-config",
        "Change the configuration of the installation; absent members stay.",
        scope="config", sub_scopes=("config:edit_admin",), side_effect="destructive", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("X-2FA-Code", "header", required=False, type="string"),),
        body=Body(("application/json",), required=True, schema="ConfigurationChange", pointer="#/components/schemas/ConfigurationChange"),
        answers=(Answer("200", _JSON, "#/components/schemas/Done"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "get_system_config_schema", "GET", "/api/v1/system-config/schema", "system-config",
        "Show the system part of the configuration with its form, without the server time.",
        scope="config", side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/FilledConfigurationFormAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "check_plugin_repository", "POST", "/api/v1/plugins/validate/repo", "plugin-install",
        "Check whether a repository contains a plugin.",
        scope="plugin", side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="PluginRepository", pointer="#/components/schemas/PluginRepository"),
        answers=(Answer("200", _JSON, "#/components/responses/CheckedPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
)
_ADDED: tuple[Operation, ...] = (
    Operation(
        "install_plugin_from_git", "POST", "/api/v1/plugins/install/git", "plugin-install",
        "Install a plugin from a Git server other than GitHub.",
        scope="plugin", side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="LinkedPlugin", pointer="#/components/schemas/LinkedPlugin"),
        answers=(Answer("200", _JSON, "#/components/responses/InstalledPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
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
    PREVIOUS, replaced=_REPLACED, added=_ADDED, after={"install_plugin_from_git": "set_plugin_source"}
)
"""Every operation, in the order of the contract; without the WebSockets."""

BY_ID: Mapping[str, Operation] = MappingProxyType({operation.id: operation for operation in OPERATIONS})
KEYED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.scope is not None)
"""Operations that a developer key with their scope can call."""
CLOSED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.closed_scope is not None)
"""Operations that no developer key can call."""
PUBLIC: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.public)
"""Operations that require no credentials."""
