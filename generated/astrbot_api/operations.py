"""The operations of AstrBot HTTP API as a table. Generated; do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from .scopes import Scope

NO_SUCH_ID = "conform-none-1"
"""The value of every path parameter of a probe: nothing is called so."""
Way = tuple[tuple[str, tuple[str, ...]], ...]
"""One way in: the security schemes that together let a request through, each with the roles it must carry."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `type` names its JSON types, joined by `|`."""

    name: str
    place: Literal["path", "query", "header", "cookie"]
    required: bool
    type: str
    slashes: bool = False
    """Whether the value of a path parameter may hold slashes."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries."""

    media_types: tuple[str, ...]
    required: bool
    schema: str | None
    """The component schema that it must fit, if it has one of its own."""
    pointer: str | None
    """JSON pointer of that schema in `openapi.json`, beginning with `#`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status and media type of an answer; `pointer` leads to the schema in `openapi.json`, beginning with `#`."""

    status: str
    media_type: str | None
    pointer: str | None
    events: str | None = None
    """Where the answer is a stream of events: the pointer of the schema of each."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A request that changes nothing even when it is let through."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: object | None
    has_body: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: who may, what it does to the target, what goes in, what comes out."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    scope: Scope | None = None
    """The scope that it asks for; None where it lies in a closed area, is public or asks for none."""
    closed_scope: str | None = None
    """The closed area in which it lies."""
    public: bool = False
    """Whether everybody may."""
    side_effect: Literal["read", "write", "destructive", "external"] | None = None
    alias_of: str | None = None
    """The operation that this is a second way to."""
    refusal: Literal["status", "envelope"] = "status"
    """How it turns down what has the right form: with a 4xx, or with 200 and an error envelope."""
    security: tuple[Way, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    probe_query: tuple[tuple[str, str], ...] = ()
    probe_body: bool = True
    probe_reason: str | None = None
    """Why it has no harmless probe."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def probe(self) -> Probe | None:
        """A request that changes nothing even when it is let through; None where there is none."""
        if self.probe_reason is not None:
            return None
        path = {parameter.name: NO_SUCH_ID for parameter in self.parameters if parameter.place == "path"}
        has_body = self.body is not None and self.probe_body
        return Probe(path, dict(self.probe_query), [] if has_body else None, has_body)


_JSON = "application/json"
_UNAUTHORIZED = Answer("401", _JSON, "#/components/schemas/ErrorEnvelope")
_FORBIDDEN = Answer("403", _JSON, "#/components/schemas/ErrorEnvelope")
_BAD_REQUEST = Answer("400", _JSON, "#/components/schemas/ErrorEnvelope")
_NOT_FOUND = Answer("404", _JSON, "#/components/schemas/ErrorEnvelope")
_UNPROCESSABLE = Answer("422", _JSON, "#/components/schemas/InputProblems")
_DONE_200 = Answer("200", _JSON, "#/components/schemas/Done")
_PROVIDERLISTANSWER_200 = Answer("200", _JSON, "#/components/schemas/ProviderListAnswer")
_PERSONANOTEANSWER_200 = Answer("200", _JSON, "#/components/schemas/PersonaNoteAnswer")
_DONEQUIETLY_200 = Answer("200", _JSON, "#/components/schemas/DoneQuietly")
_CHATSTREAM_200 = Answer(
    "200", "text/event-stream", "#/components/schemas/ChatStream", "#/components/schemas/ChatEvent"
)
_ERRORENVELOPE_200 = Answer("200", _JSON, "#/components/schemas/ErrorEnvelope")
_ANSWER_200 = Answer("200", _JSON, "#/components/responses/DoneQuietlyOrNot/content/application~1json/schema")
_FILLEDCONFIGURATIONFORMANSWER_200 = Answer("200", _JSON, "#/components/schemas/FilledConfigurationFormAnswer")
_ANSWER_200_2 = Answer("200", _JSON, "#/components/responses/PluginOrNot/content/application~1json/schema")
_ANSWER_200_3 = Answer("200", _JSON, "#/components/responses/DoneOrNot/content/application~1json/schema")
_PLUGINCONFIGANSWER_200 = Answer("200", _JSON, "#/components/schemas/PluginConfigAnswer")
_EXTENSIONANSWER_200 = Answer("200", _JSON, "#/components/schemas/ExtensionAnswer")
_EXTENSIONANSWER_200_2 = Answer("200", "*/*", "#/components/schemas/ExtensionAnswer")
_EXTENSIONANSWER_201 = Answer("201", _JSON, "#/components/schemas/ExtensionAnswer")
_NOT_FOUND_2 = Answer("404", _JSON, "#/components/schemas/ExtensionAnswer")
_CHANGEDPLUGINSOURCELISTANSWER_200 = Answer("200", _JSON, "#/components/schemas/ChangedPluginSourceListAnswer")
_DASHBOARDANSWER_200 = Answer("200", _JSON, "#/components/schemas/DashboardAnswer")
_BY_BOT: tuple[Way, ...] = ((("BearerKey", ("bot",)),), (("HeaderKey", ("bot",)),))
_BY_CONFIG: tuple[Way, ...] = ((("BearerKey", ("config",)),), (("HeaderKey", ("config",)),))
_BY_PROVIDER: tuple[Way, ...] = ((("BearerKey", ("provider",)),), (("HeaderKey", ("provider",)),))
_BY_PERSONA: tuple[Way, ...] = ((("BearerKey", ("persona",)),), (("HeaderKey", ("persona",)),))
_BY_IM: tuple[Way, ...] = ((("BearerKey", ("im",)),), (("HeaderKey", ("im",)),))
_BY_CHAT: tuple[Way, ...] = ((("BearerKey", ("chat",)),), (("HeaderKey", ("chat",)),))
_BY_PLUGIN: tuple[Way, ...] = ((("BearerKey", ("plugin",)),), (("HeaderKey", ("plugin",)),))
_BY_MCP: tuple[Way, ...] = ((("BearerKey", ("mcp",)),), (("HeaderKey", ("mcp",)),))
_BY_SKILL: tuple[Way, ...] = ((("BearerKey", ("skill",)),), (("HeaderKey", ("skill",)),))
_BY_SYSTEM: tuple[Way, ...] = ((("DashboardToken", ("system",)),),)
_BY_DATA: tuple[Way, ...] = ((("DashboardToken", ("data",)),),)
_BY_FILE: tuple[Way, ...] = ((("DashboardToken", ("file",)),),)
_BY_KB: tuple[Way, ...] = ((("DashboardToken", ("kb",)),),)
_BY_TOOL: tuple[Way, ...] = ((("DashboardToken", ("tool",)),),)

# fmt: off
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "list_bot_types", "GET", "/api/v1/bot-types", "bots", "List the platforms that a bot can stand on.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        answers=(Answer("200", _JSON, "#/components/schemas/BotTypeListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "register_bot", "POST", "/api/v1/bot-types/{bot_type}/registration", "bots",
        "Start setting up a bot by scanning a code, or ask how far that is.",
        scope=Scope.CONFIG, side_effect="external", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("bot_type", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="BotRegistrationStep", pointer="#/components/schemas/BotRegistrationStep"),
        answers=(Answer("200", _JSON, "#/components/schemas/BotRegistrationAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _NOT_FOUND, _UNPROCESSABLE),
    ),
    Operation(
        "list_bots", "GET", "/api/v1/bots", "bots", "List the bots.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        parameters=(Parameter("enabled", "query", required=False, type="boolean"),
            Parameter("type", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/BotListAnswer"), _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_bot", "POST", "/api/v1/bots", "bots", "Create a bot, and start it when it is enabled.",
        scope=Scope.BOT, side_effect="write", refusal="status", security=_BY_BOT,
        body=Body(("application/json",), required=True, schema="BotCreation", pointer="#/components/schemas/BotCreation"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_bot_by_id", "GET", "/api/v1/bots/by-id", "bots", "Show a bot.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        alias_of="get_bot",
        parameters=(Parameter("bot_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleBotAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "replace_bot_by_id", "PUT", "/api/v1/bots/by-id", "bots",
        "Replace the configuration of a bot, and restart it when it is enabled.",
        scope=Scope.BOT, side_effect="write", refusal="status", security=_BY_BOT,
        alias_of="replace_bot",
        body=Body(("application/json",), required=True, schema="BotReplacementById", pointer="#/components/schemas/BotReplacementById"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_bot_by_id", "DELETE", "/api/v1/bots/by-id", "bots", "Stop a bot and delete it.",
        scope=Scope.BOT, side_effect="destructive", refusal="status", security=_BY_BOT,
        alias_of="delete_bot",
        parameters=(Parameter("bot_id", "query", required=True, type="string"),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_bot_enabled_by_id", "PATCH", "/api/v1/bots/enabled", "bots",
        "Start or stop a bot; left out, `enabled` is false.",
        scope=Scope.BOT, side_effect="write", refusal="status", security=_BY_BOT,
        alias_of="set_bot_enabled",
        body=Body(("application/json",), required=True, schema="BotReference", pointer="#/components/schemas/BotReference"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_bot_stats", "GET", "/api/v1/bots/stats", "bots", "Show how the started bots fare.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        answers=(Answer("200", _JSON, "#/components/schemas/BotStatsAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "test_bot_by_id", "POST", "/api/v1/bots/test", "bots", "Test a bot, which this release cannot.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        alias_of="test_bot",
        body=Body(("application/json",), required=True, schema="BotReference", pointer="#/components/schemas/BotReference"),
        answers=(Answer("200", _JSON, "#/components/schemas/BotTrialAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "get_bot", "GET", "/api/v1/bots/{bot_id}", "bots", "Show a bot.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        parameters=(Parameter("bot_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleBotAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_bot", "PUT", "/api/v1/bots/{bot_id}", "bots",
        "Replace the configuration of a bot, and restart it when it is enabled.",
        scope=Scope.BOT, side_effect="write", refusal="status", security=_BY_BOT,
        parameters=(Parameter("bot_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="BotReplacement", pointer="#/components/schemas/BotReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_bot", "DELETE", "/api/v1/bots/{bot_id}", "bots", "Stop a bot and delete it.",
        scope=Scope.BOT, side_effect="destructive", refusal="status", security=_BY_BOT,
        parameters=(Parameter("bot_id", "path", required=True, type="string", slashes=True),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_bot_enabled", "PATCH", "/api/v1/bots/{bot_id}/enabled", "bots", "Start or stop a bot.",
        scope=Scope.BOT, side_effect="write", refusal="status", security=_BY_BOT,
        parameters=(Parameter("bot_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="BotSwitch", pointer="#/components/schemas/BotSwitch"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "test_bot", "POST", "/api/v1/bots/{bot_id}/test", "bots", "Test a bot, which this release cannot.",
        scope=Scope.BOT, side_effect="read", refusal="status", security=_BY_BOT,
        parameters=(Parameter("bot_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/BotTrialAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_providers", "GET", "/api/v1/providers", "providers", "List the providers.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("capability", "query", required=False, type="string"),
            Parameter("source_id", "query", required=False, type="string"),
            Parameter("enabled", "query", required=False, type="boolean")),
        answers=(_PROVIDERLISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_provider", "POST", "/api/v1/providers", "providers",
        "Create a provider, and load it when it is enabled.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        body=Body(("application/json",), required=True, schema="ProviderCreation", pointer="#/components/schemas/ProviderCreation"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_provider_by_id", "GET", "/api/v1/providers/by-id", "providers", "Show a provider.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        alias_of="get_provider",
        parameters=(Parameter("provider_id", "query", required=True, type="string"),
            Parameter("merged", "query", required=False, type="boolean")),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleProviderAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_provider_by_id", "PUT", "/api/v1/providers/by-id", "providers",
        "Replace the configuration of a provider, and load it anew when it is enabled.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        alias_of="replace_provider",
        body=Body(("application/json",), required=True, schema="ProviderReplacementById", pointer="#/components/schemas/ProviderReplacementById"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_provider_by_id", "DELETE", "/api/v1/providers/by-id", "providers",
        "Delete a provider; one that is not there is no mistake.",
        scope=Scope.PROVIDER, side_effect="destructive", refusal="status", security=_BY_PROVIDER,
        alias_of="delete_provider",
        parameters=(Parameter("provider_id", "query", required=True, type="string"),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_embedding_dimension_by_id", "POST", "/api/v1/providers/embedding-dimension", "providers",
        "Ask an embedding model how long its vectors are.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        alias_of="get_embedding_dimension",
        body=Body(("application/json",), required=True, schema="ProviderReference", pointer="#/components/schemas/ProviderReference"),
        answers=(Answer("200", _JSON, "#/components/schemas/EmbeddingDimensionAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_provider_enabled_by_id", "PATCH", "/api/v1/providers/enabled", "providers",
        "Enable or disable a provider; left out, `enabled` is false.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        alias_of="set_provider_enabled",
        body=Body(("application/json",), required=True, schema="ProviderReference", pointer="#/components/schemas/ProviderReference"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_provider_schema", "GET", "/api/v1/providers/schema", "providers",
        "Show the form of a provider, and all providers and sources.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        answers=(Answer("200", _JSON, "#/components/schemas/ProviderSchemaAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "test_provider_by_id", "POST", "/api/v1/providers/test", "providers",
        "Send a short question to the model of a provider.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        alias_of="test_provider",
        body=Body(("application/json",), required=True, schema="ProviderReference", pointer="#/components/schemas/ProviderReference"),
        answers=(Answer("200", _JSON, "#/components/schemas/ProviderTrialAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_provider", "GET", "/api/v1/providers/{provider_id}", "providers", "Show a provider.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),
            Parameter("merged", "query", required=False, type="boolean")),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleProviderAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_provider", "PUT", "/api/v1/providers/{provider_id}", "providers",
        "Replace the configuration of a provider, and load it anew when it is enabled.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="ProviderReplacement", pointer="#/components/schemas/ProviderReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_provider", "DELETE", "/api/v1/providers/{provider_id}", "providers",
        "Delete a provider; one that is not there is no mistake.",
        scope=Scope.PROVIDER, side_effect="destructive", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_embedding_dimension", "POST", "/api/v1/providers/{provider_id}/embedding-dimension", "providers",
        "Ask an embedding model how long its vectors are.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=False, schema="EmbeddingQuestion", pointer="#/components/schemas/EmbeddingQuestion"),
        answers=(Answer("200", _JSON, "#/components/schemas/EmbeddingDimensionAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_provider_enabled", "PATCH", "/api/v1/providers/{provider_id}/enabled", "providers",
        "Enable or disable a provider.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="ProviderSwitch", pointer="#/components/schemas/ProviderSwitch"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "test_provider", "POST", "/api/v1/providers/{provider_id}/test", "providers",
        "Send a short question to the model of a provider.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("provider_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/ProviderTrialAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN),
    ),
    Operation(
        "list_provider_sources", "GET", "/api/v1/provider-sources", "provider-sources", "List the sources.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        answers=(Answer("200", _JSON, "#/components/schemas/ProviderSourceListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_provider_source", "POST", "/api/v1/provider-sources", "provider-sources",
        "Create a source, or replace the one that has its id.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        body=Body(("application/json",), required=True, schema="ProviderSourceCreation", pointer="#/components/schemas/ProviderSourceCreation"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_provider_source_by_id", "GET", "/api/v1/provider-sources/by-id", "provider-sources", "Show a source.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        alias_of="get_provider_source",
        parameters=(Parameter("source_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleProviderSourceAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_provider_source_by_id", "PUT", "/api/v1/provider-sources/by-id", "provider-sources",
        "Replace the configuration of a source, or create it.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        alias_of="replace_provider_source",
        body=Body(("application/json",), required=True, schema="ProviderSourceReplacementById", pointer="#/components/schemas/ProviderSourceReplacementById"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_provider_source_by_id", "DELETE", "/api/v1/provider-sources/by-id", "provider-sources",
        "Delete a source and its providers.",
        scope=Scope.PROVIDER, side_effect="destructive", refusal="status", security=_BY_PROVIDER,
        alias_of="delete_provider_source",
        parameters=(Parameter("source_id", "query", required=True, type="string"),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_provider_source_models_by_id", "GET", "/api/v1/provider-sources/models", "provider-sources",
        "Ask a source which models it offers.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        alias_of="list_provider_source_models",
        parameters=(Parameter("source_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/ModelListAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "list_provider_source_providers_by_id", "GET", "/api/v1/provider-sources/providers", "provider-sources",
        "List the providers of a source, which need not exist.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        alias_of="list_provider_source_providers",
        parameters=(Parameter("source_id", "query", required=True, type="string"),
            Parameter("capability", "query", required=False, type="string")),
        answers=(_PROVIDERLISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_provider_source_provider_by_id", "POST", "/api/v1/provider-sources/providers", "provider-sources",
        "Create a provider of a source, which need not exist.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        alias_of="create_provider_source_provider",
        body=Body(("application/json",), required=True, schema="SourcedProviderCreationById", pointer="#/components/schemas/SourcedProviderCreationById"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_provider_source", "GET", "/api/v1/provider-sources/{source_id}", "provider-sources", "Show a source.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/SingleProviderSourceAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN),
    ),
    Operation(
        "replace_provider_source", "PUT", "/api/v1/provider-sources/{source_id}", "provider-sources",
        "Replace the configuration of a source, or create it; another id renames it.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="ProviderSourceReplacement", pointer="#/components/schemas/ProviderSourceReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_provider_source", "DELETE", "/api/v1/provider-sources/{source_id}", "provider-sources",
        "Delete a source and its providers.",
        scope=Scope.PROVIDER, side_effect="destructive", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_provider_source_models", "GET", "/api/v1/provider-sources/{source_id}/models", "provider-sources",
        "Ask a source which models it offers.",
        scope=Scope.PROVIDER, side_effect="external", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/ModelListAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_provider_source_providers", "GET", "/api/v1/provider-sources/{source_id}/providers", "provider-sources",
        "List the providers of a source, which need not exist.",
        scope=Scope.PROVIDER, side_effect="read", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),
            Parameter("capability", "query", required=False, type="string")),
        answers=(_PROVIDERLISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_provider_source_provider", "POST", "/api/v1/provider-sources/{source_id}/providers", "provider-sources",
        "Create a provider of a source, which need not exist.",
        scope=Scope.PROVIDER, side_effect="write", refusal="status", security=_BY_PROVIDER,
        parameters=(Parameter("source_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="SourcedProviderCreation", pointer="#/components/schemas/SourcedProviderCreation"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_persona_folders", "GET", "/api/v1/persona-folders", "personas",
        "List the folders in a folder, or those in none.",
        scope=Scope.PERSONA, side_effect="read", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("parent_id", "query", required=False, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/PersonaFolderListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_persona_folder", "POST", "/api/v1/persona-folders", "personas", "Create a folder.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        body=Body(("application/json",), required=True, schema="PersonaFolderCreation", pointer="#/components/schemas/PersonaFolderCreation"),
        answers=(Answer("200", _JSON, "#/components/schemas/CreatedPersonaFolderAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_persona_folder", "PUT", "/api/v1/persona-folders/{folder_id}", "personas",
        "Change a folder; one that is not there is no mistake.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("folder_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="PersonaFolderChange", pointer="#/components/schemas/PersonaFolderChange"),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_persona_folder", "DELETE", "/api/v1/persona-folders/{folder_id}", "personas",
        "Delete a folder; its personas then have none.",
        scope=Scope.PERSONA, side_effect="destructive", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("folder_id", "path", required=True, type="string", slashes=True),),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_personas", "GET", "/api/v1/personas", "personas", "List the personas.",
        scope=Scope.PERSONA, side_effect="read", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("folder_id", "query", required=False, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/PersonaListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_persona", "POST", "/api/v1/personas", "personas", "Create a persona.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        body=Body(("application/json",), required=True, schema="PersonaCreation", pointer="#/components/schemas/PersonaCreation"),
        answers=(Answer("200", _JSON, "#/components/schemas/CreatedPersonaAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_persona_by_id", "GET", "/api/v1/personas/by-id", "personas", "Show a persona.",
        scope=Scope.PERSONA, side_effect="read", refusal="status", security=_BY_PERSONA,
        alias_of="get_persona",
        parameters=(Parameter("persona_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/schemas/PersonaAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "update_persona_by_id", "PUT", "/api/v1/personas/by-id", "personas",
        "Change a persona; what is left out stays.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        alias_of="update_persona",
        body=Body(("application/json",), required=True, schema="PersonaChangeById", pointer="#/components/schemas/PersonaChangeById"),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_persona_by_id", "DELETE", "/api/v1/personas/by-id", "personas", "Delete a persona.",
        scope=Scope.PERSONA, side_effect="destructive", refusal="status", security=_BY_PERSONA,
        alias_of="delete_persona",
        parameters=(Parameter("persona_id", "query", required=True, type="string"),),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "move_persona", "POST", "/api/v1/personas/move", "personas",
        "Put a persona into a folder; neither is looked up.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        body=Body(("application/json",), required=True, schema="PersonaMove", pointer="#/components/schemas/PersonaMove"),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "reorder_personas", "POST", "/api/v1/personas/reorder", "personas",
        "Set the order of personas and folders; those that are not there are passed over.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        body=Body(("application/json",), required=True, schema="PersonaOrder", pointer="#/components/schemas/PersonaOrder"),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_persona_tree", "GET", "/api/v1/personas/tree", "personas",
        "Show the folders as a tree, without the personas in them.",
        scope=Scope.PERSONA, side_effect="read", refusal="status", security=_BY_PERSONA,
        answers=(Answer("200", _JSON, "#/components/schemas/PersonaTreeAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_persona", "GET", "/api/v1/personas/{persona_id}", "personas", "Show a persona.",
        scope=Scope.PERSONA, side_effect="read", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("persona_id", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/PersonaAnswer"), _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_persona", "PUT", "/api/v1/personas/{persona_id}", "personas",
        "Change a persona; what is left out stays.",
        scope=Scope.PERSONA, side_effect="write", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("persona_id", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="PersonaChange", pointer="#/components/schemas/PersonaChange"),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_persona", "DELETE", "/api/v1/personas/{persona_id}", "personas", "Delete a persona.",
        scope=Scope.PERSONA, side_effect="destructive", refusal="status", security=_BY_PERSONA,
        parameters=(Parameter("persona_id", "path", required=True, type="string", slashes=True),),
        answers=(_PERSONANOTEANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_im_bots", "GET", "/api/v1/im/bots", "im", "List the ids of the bots.",
        scope=Scope.IM, side_effect="read", refusal="status", security=_BY_IM,
        answers=(Answer("200", _JSON, "#/components/schemas/ImBotsAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "send_im_message", "POST", "/api/v1/im/message", "im", "Send a message through a running bot.",
        scope=Scope.IM, side_effect="external", refusal="status", security=_BY_IM,
        body=Body(("application/json",), required=True, schema="ImMessage", pointer="#/components/schemas/ImMessage"),
        answers=(_DONEQUIETLY_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "send_im_message_alias", "POST", "/api/v1/im/messages", "im", "Send a message through a running bot.",
        scope=Scope.IM, side_effect="external", refusal="status", security=_BY_IM,
        alias_of="send_im_message",
        body=Body(("application/json",), required=True, schema="ImMessage", pointer="#/components/schemas/ImMessage"),
        answers=(_DONEQUIETLY_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "chat", "POST", "/api/v1/chat", "chat", "Say something to the agent and read its answer as it comes.",
        scope=Scope.CHAT, side_effect="external", refusal="envelope", security=_BY_CHAT,
        body=Body(("application/json",), required=True, schema="ChatRequest", pointer="#/components/schemas/ChatRequest"),
        answers=(_CHATSTREAM_200, _ERRORENVELOPE_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_chat_configs", "GET", "/api/v1/chat/configs", "chat",
        "List the configuration profiles that an answer can be made with.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1configs/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_chat_thread", "POST", "/api/v1/chat/threads", "chat", "Open a thread on a part of an answer.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        body=Body(("application/json",), required=True, schema="ThreadCreation", pointer="#/components/schemas/ThreadCreation"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1threads/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_chat_thread", "GET", "/api/v1/chat/threads/{thread_id}", "chat", "Read a thread and what was said in it.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("thread_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1threads~1{thread_id}/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_chat_thread", "DELETE", "/api/v1/chat/threads/{thread_id}", "chat",
        "Delete a thread and what was said in it.",
        scope=Scope.CHAT, side_effect="destructive", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("thread_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1threads~1{thread_id}/delete/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "chat_in_thread", "POST", "/api/v1/chat/threads/{thread_id}/messages", "chat",
        "Say something in a thread and read the answer as it comes.",
        scope=Scope.CHAT, side_effect="external", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("thread_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="ThreadMessage", pointer="#/components/schemas/ThreadMessage"),
        answers=(_CHATSTREAM_200, _ERRORENVELOPE_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_chat_sessions", "GET", "/api/v1/chat/sessions", "chat-sessions",
        "List the sessions of a user, page by page.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("username", "query", required=True, type="string"),
            Parameter("page", "query", required=False, type="integer"),
            Parameter("page_size", "query", required=False, type="integer"),
            Parameter("platform_id", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
        probe_query=(("username", "conform-none-1"),),
    ),
    Operation(
        "delete_chat_sessions", "POST", "/api/v1/chat/sessions/batch-delete", "chat-sessions",
        "Delete several sessions of the key at once.",
        scope=Scope.CHAT, side_effect="destructive", refusal="envelope", security=_BY_CHAT,
        body=Body(("application/json",), required=True, schema="ChatSessionBatch", pointer="#/components/schemas/ChatSessionBatch"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1batch-delete/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_chat_session", "GET", "/api/v1/chat/sessions/new", "chat-sessions",
        "Begin a session that belongs to the key.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("platform_id", "query", required=False, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1new/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="every call that is let through makes a session",
    ),
    Operation(
        "get_chat_session", "GET", "/api/v1/chat/sessions/{session_id}", "chat-sessions",
        "Read what was said in a session.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1{session_id}/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_chat_session", "DELETE", "/api/v1/chat/sessions/{session_id}", "chat-sessions",
        "Delete a session of the key and what was said in it.",
        scope=Scope.CHAT, side_effect="destructive", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_chat_session", "PATCH", "/api/v1/chat/sessions/{session_id}", "chat-sessions",
        "Give a session of the key another title.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="ChatSessionChange", pointer="#/components/schemas/ChatSessionChange"),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "edit_chat_message", "PATCH", "/api/v1/chat/sessions/{session_id}/messages/{message_id}", "chat-sessions",
        "Change what the user said last.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),
            Parameter("message_id", "path", required=True, type="string")),
        body=Body(("application/json",), required=True, schema="MessageChange", pointer="#/components/schemas/MessageChange"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1{session_id}~1messages~1{message_id}/patch/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "regenerate_chat_message", "POST", "/api/v1/chat/sessions/{session_id}/messages/{message_id}/regenerate", "chat-sessions",
        "Replace the latest answer by a new one and read it as it comes.",
        scope=Scope.CHAT, side_effect="external", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),
            Parameter("message_id", "path", required=True, type="string")),
        body=Body(("application/json",), required=False, schema="Regeneration", pointer="#/components/schemas/Regeneration"),
        answers=(_CHATSTREAM_200, _ERRORENVELOPE_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "stop_chat_session", "POST", "/api/v1/chat/sessions/{session_id}/stop", "chat-sessions",
        "Cut short the answers that are being made in a session of the key.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1sessions~1{session_id}~1stop/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_chat_projects", "GET", "/api/v1/chat/projects", "chat-projects", "List the projects of the key.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1projects/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_chat_project", "POST", "/api/v1/chat/projects", "chat-projects", "Create a project.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        body=Body(("application/json",), required=True, schema="ChatProjectCreation", pointer="#/components/schemas/ChatProjectCreation"),
        answers=(Answer("200", _JSON, "#/components/responses/ProjectOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "remove_session_from_project", "DELETE", "/api/v1/chat/projects/sessions/{session_id}", "chat-projects",
        "Take a session out of its project; also when it is in none.",
        scope=Scope.CHAT, side_effect="destructive", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("session_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_chat_project", "GET", "/api/v1/chat/projects/{project_id}", "chat-projects", "Read a project.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/ProjectOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_chat_project", "DELETE", "/api/v1/chat/projects/{project_id}", "chat-projects",
        "Delete a project; its sessions stay.",
        scope=Scope.CHAT, side_effect="destructive", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_chat_project", "PATCH", "/api/v1/chat/projects/{project_id}", "chat-projects", "Change a project.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="ChatProjectChange", pointer="#/components/schemas/ChatProjectChange"),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_project_sessions", "GET", "/api/v1/chat/projects/{project_id}/sessions", "chat-projects",
        "List the sessions in a project.",
        scope=Scope.CHAT, side_effect="read", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1chat~1projects~1{project_id}~1sessions/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "add_session_to_project", "POST", "/api/v1/chat/projects/{project_id}/sessions/{session_id}", "chat-projects",
        "Put a session of the key into a project of the key.",
        scope=Scope.CHAT, side_effect="write", refusal="envelope", security=_BY_CHAT,
        parameters=(Parameter("project_id", "path", required=True, type="string"),
            Parameter("session_id", "path", required=True, type="string")),
        answers=(_ANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_config_profiles", "GET", "/api/v1/config-profiles", "config-profiles", "List the configuration profiles.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/ConfigProfileListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_config_profile", "POST", "/api/v1/config-profiles", "config-profiles",
        "Create a configuration profile.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="ConfigProfileCreation", pointer="#/components/schemas/ConfigProfileCreation"),
        answers=(Answer("200", _JSON, "#/components/schemas/CreatedConfigProfileAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_config_profile_schema", "GET", "/api/v1/config-profiles/schema", "config-profiles",
        "Show the configuration of the default profile with the form of a profile.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(_FILLEDCONFIGURATIONFORMANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_config_profile", "GET", "/api/v1/config-profiles/{config_id}", "config-profiles",
        "Show the configuration of a profile with its form.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("config_id", "path", required=True, type="string"),),
        answers=(_FILLEDCONFIGURATIONFORMANSWER_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_config_profile", "PUT", "/api/v1/config-profiles/{config_id}", "config-profiles",
        "Change the configuration of a profile; what is left out stays.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("config_id", "path", required=True, type="string"),
            Parameter("X-2FA-Code", "header", required=False, type="string")),
        body=Body(("application/json",), required=True, schema="ConfigurationChange", pointer="#/components/schemas/ConfigurationChange"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_config_profile", "DELETE", "/api/v1/config-profiles/{config_id}", "config-profiles",
        "Delete a profile; the default one stays.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("config_id", "path", required=True, type="string"),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "rename_config_profile", "PATCH", "/api/v1/config-profiles/{config_id}", "config-profiles",
        "Rename a profile; the default one keeps its name.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("config_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="ConfigProfileName", pointer="#/components/schemas/ConfigProfileName"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_config_routes", "GET", "/api/v1/config-routes", "config-profiles",
        "Show which profile answers which sessions.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/ConfigRoutesAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_config_routes", "PUT", "/api/v1/config-routes", "config-profiles", "Replace all routes.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="ConfigRoutes", pointer="#/components/schemas/ConfigRoutes"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_config_route", "PUT", "/api/v1/config-routes/{umo}", "config-profiles",
        "Choose the profile that answers these sessions.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("umo", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="ConfigRouteChoice", pointer="#/components/schemas/ConfigRouteChoice"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_config_route", "DELETE", "/api/v1/config-routes/{umo}", "config-profiles",
        "Remove a route; one that is not there is no mistake.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("umo", "path", required=True, type="string"),),
        answers=(_DONE_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_configs", "GET", "/api/v1/configs", "config-profiles",
        "List the configuration profiles and say which is the default.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/ConfigFileListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_subagent_tools", "GET", "/api/v1/subagents/available-tools", "system-config",
        "List the tools that a subagent can be given.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/SubagentToolListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_subagent_config", "GET", "/api/v1/subagents/config", "system-config",
        "Show the subagents and how work reaches them.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/SubagentConfigAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_subagent_config", "PUT", "/api/v1/subagents/config", "system-config",
        "Replace the subagents and how work reaches them.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="SubagentConfigReplacement", pointer="#/components/schemas/SubagentConfigReplacement"),
        answers=(_DONE_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_system_config", "GET", "/api/v1/system-config", "system-config",
        "Show the configuration of the installation with the form of its system part.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(_FILLEDCONFIGURATIONFORMANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_system_config", "PUT", "/api/v1/system-config", "system-config",
        "Change the configuration of the installation; what is left out stays.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("X-2FA-Code", "header", required=False, type="string"),),
        body=Body(("application/json",), required=True, schema="ConfigurationChange", pointer="#/components/schemas/ConfigurationChange"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_system_config_runtime", "GET", "/api/v1/system-config/runtime", "system-config",
        "Show the configuration of the installation with the forms of bots and providers.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/RuntimeFormAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_system_config_schema", "GET", "/api/v1/system-config/schema", "system-config",
        "Show the configuration of the installation with the form of its system part.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        alias_of="get_system_config",
        answers=(_FILLEDCONFIGURATIONFORMANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_t2i_templates", "GET", "/api/v1/t2i/templates", "t2i", "List the templates.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/T2iTemplateListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_t2i_template", "POST", "/api/v1/t2i/templates", "t2i", "Create a template.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="T2iTemplateCreation", pointer="#/components/schemas/T2iTemplateCreation"),
        answers=(Answer("201", _JSON, "#/components/schemas/T2iTemplateNameAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, Answer("409", _JSON, "#/components/schemas/ErrorEnvelope"), _UNPROCESSABLE),
    ),
    Operation(
        "get_active_t2i_template", "GET", "/api/v1/t2i/templates/active", "t2i", "Say which template is in use.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        answers=(Answer("200", _JSON, "#/components/schemas/ActiveT2iTemplateAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_active_t2i_template", "PUT", "/api/v1/t2i/templates/active", "t2i", "Choose the template in use.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        body=Body(("application/json",), required=True, schema="T2iTemplateChoice", pointer="#/components/schemas/T2iTemplateChoice"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _UNPROCESSABLE),
    ),
    Operation(
        "reset_default_t2i_template", "POST", "/api/v1/t2i/templates/default/reset", "t2i",
        "Bring the base template back to how it came, and put it in use in every profile.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        answers=(_DONE_200, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="it takes no input and always overwrites the base template",
    ),
    Operation(
        "get_t2i_template", "GET", "/api/v1/t2i/templates/{name}", "t2i", "Show a template.",
        scope=Scope.CONFIG, side_effect="read", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("name", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/schemas/T2iTemplateAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _NOT_FOUND),
    ),
    Operation(
        "replace_t2i_template", "PUT", "/api/v1/t2i/templates/{name}", "t2i",
        "Replace the text of a template, or create it.",
        scope=Scope.CONFIG, side_effect="write", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("name", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="T2iTemplateText", pointer="#/components/schemas/T2iTemplateText"),
        answers=(Answer("200", _JSON, "#/components/schemas/T2iTemplateNameAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_t2i_template", "DELETE", "/api/v1/t2i/templates/{name}", "t2i", "Delete a template.",
        scope=Scope.CONFIG, side_effect="destructive", refusal="status", security=_BY_CONFIG,
        parameters=(Parameter("name", "path", required=True, type="string", slashes=True),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND),
    ),
    Operation(
        "list_plugins", "GET", "/api/v1/plugins", "plugins", "List the installed plugins.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("name", "query", required=False, type="string"),
            Parameter("plugin_id", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_by_id", "GET", "/api/v1/plugins/by-id", "plugins", "Read a plugin and what it brings.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_plugin_by_id", "DELETE", "/api/v1/plugins/by-id", "plugins", "Remove a plugin.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="envelope", security=_BY_PLUGIN,
        alias_of="delete_plugin",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginRemoval", pointer="#/components/schemas/PluginRemoval"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
        probe_body=False,
    ),
    Operation(
        "get_plugin_changelog_by_id", "GET", "/api/v1/plugins/changelog", "plugins", "Read the changelog of a plugin.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_changelog",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/PluginChangelogOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_plugin_enabled_by_id", "PATCH", "/api/v1/plugins/enabled", "plugins", "Switch a plugin on or off.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        alias_of="set_plugin_enabled",
        body=Body(("application/json",), required=True, schema="PluginSwitchById", pointer="#/components/schemas/PluginSwitchById"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_failed_plugins", "GET", "/api/v1/plugins/failed", "plugins", "List the plugins that could not be loaded.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        answers=(Answer("200", _JSON, "#/components/schemas/FailedPluginListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_failed_plugin", "DELETE", "/api/v1/plugins/failed/{plugin_id}", "plugins",
        "Remove a plugin that could not be loaded.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginRemoval", pointer="#/components/schemas/PluginRemoval"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "reload_failed_plugin", "POST", "/api/v1/plugins/failed/{plugin_id}/reload", "plugins",
        "Try to load a failed plugin again.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_market_plugins", "GET", "/api/v1/plugins/market", "plugins", "List the plugins that can be installed.",
        scope=Scope.PLUGIN, side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("custom_registry", "query", required=False, type="string"),
            Parameter("force_refresh", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/PluginMarketOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
        probe_query=(("custom_registry", "http://127.0.0.1:1/none.json"),),
    ),
    Operation(
        "list_market_categories", "GET", "/api/v1/plugins/market/categories", "plugins",
        "List the categories of the market.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        answers=(Answer("200", _JSON, "#/components/schemas/MarketCategoriesAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_readme_by_id", "GET", "/api/v1/plugins/readme", "plugins", "Read the introduction of a plugin.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_readme",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/PluginReadmeOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "reload_plugin_by_id", "POST", "/api/v1/plugins/reload", "plugins", "Stop a plugin and load it again.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        alias_of="reload_plugin",
        body=Body(("application/json",), required=True, schema="PluginChoice", pointer="#/components/schemas/PluginChoice"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "check_plugin_version_support", "POST", "/api/v1/plugins/version-support/check", "plugins",
        "Ask whether the running AstrBot is in a range of versions.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="VersionRange", pointer="#/components/schemas/VersionRange"),
        answers=(Answer("200", _JSON, "#/components/schemas/VersionSupportAnswer"), _UNAUTHORIZED, _FORBIDDEN,
            _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin", "GET", "/api/v1/plugins/{plugin_id}", "plugins", "Read a plugin and what it brings.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_plugin", "DELETE", "/api/v1/plugins/{plugin_id}", "plugins", "Remove a plugin.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginRemoval", pointer="#/components/schemas/PluginRemoval"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin_changelog", "GET", "/api/v1/plugins/{plugin_id}/changelog", "plugins",
        "Read the changelog of a plugin.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/PluginChangelogOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_plugin_enabled", "PATCH", "/api/v1/plugins/{plugin_id}/enabled", "plugins", "Switch a plugin on or off.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="PluginSwitch", pointer="#/components/schemas/PluginSwitch"),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin_readme", "GET", "/api/v1/plugins/{plugin_id}/readme", "plugins",
        "Read the introduction of a plugin.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/PluginReadmeOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "reload_plugin", "POST", "/api/v1/plugins/{plugin_id}/reload", "plugins", "Stop a plugin and load it again.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_3, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="an unknown id stops and reloads every plugin",
    ),
    Operation(
        "install_plugin_from_github", "POST", "/api/v1/plugins/install/github", "plugin-install",
        "Install a plugin from GitHub.",
        scope=Scope.PLUGIN, side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="GithubPlugin", pointer="#/components/schemas/GithubPlugin"),
        answers=(Answer("200", _JSON, "#/components/responses/GithubInstalledPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "install_plugin_from_upload", "POST", "/api/v1/plugins/install/upload", "plugin-install",
        "Install a plugin from an archive.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("multipart/form-data",), required=True, schema="PluginUpload", pointer="#/components/schemas/PluginUpload"),
        answers=(Answer("200", _JSON, "#/components/responses/InstalledPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "install_plugin_from_url", "POST", "/api/v1/plugins/install/url", "plugin-install",
        "Install a plugin by the address of its repository.",
        scope=Scope.PLUGIN, side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=False, schema="LinkedPlugin", pointer="#/components/schemas/LinkedPlugin"),
        answers=(Answer("200", _JSON, "#/components/responses/InstalledPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_plugins", "POST", "/api/v1/plugins/update", "plugin-install", "Update one plugin or many.",
        scope=Scope.PLUGIN, side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="PluginUpdates", pointer="#/components/schemas/PluginUpdates"),
        answers=(Answer("200", _JSON, "#/components/responses/UpdatedPluginsOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_plugin", "POST", "/api/v1/plugins/{plugin_id}/update", "plugin-install", "Update a plugin.",
        scope=Scope.PLUGIN, side_effect="external", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginUpdate", pointer="#/components/schemas/PluginUpdate"),
        answers=(Answer("200", _JSON, "#/components/responses/UpdatedPluginOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin_config_by_id", "GET", "/api/v1/plugins/config", "plugin-config",
        "Read the configuration of a plugin and what it consists of.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        alias_of="get_plugin_config",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_PLUGINCONFIGANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_plugin_config_by_id", "PUT", "/api/v1/plugins/config", "plugin-config",
        "Set items of the configuration of a plugin and load it again.",
        scope=Scope.PLUGIN, side_effect="write", refusal="status", security=_BY_PLUGIN,
        alias_of="set_plugin_config",
        body=Body(("application/json",), required=True, schema="PluginConfigChangeById", pointer="#/components/schemas/PluginConfigChangeById"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_config_files_by_id", "GET", "/api/v1/plugins/config-files", "plugin-config",
        "List the files of an item of the configuration.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        alias_of="list_plugin_config_files",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("config_key", "query", required=True, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginConfigFileListAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "upload_plugin_config_files_by_id", "POST", "/api/v1/plugins/config-files", "plugin-config",
        "Store files for an item of the configuration.",
        scope=Scope.PLUGIN, side_effect="write", refusal="status", security=_BY_PLUGIN,
        alias_of="upload_plugin_config_files",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("config_key", "query", required=True, type="string")),
        body=Body(("multipart/form-data",), required=True, schema="PluginConfigFiles", pointer="#/components/schemas/PluginConfigFiles"),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginConfigUploadAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_plugin_config_file_by_id", "DELETE", "/api/v1/plugins/config-files", "plugin-config",
        "Delete a file that was stored for the configuration.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="status", security=_BY_PLUGIN,
        alias_of="delete_plugin_config_file",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginConfigFileChoice", pointer="#/components/schemas/PluginConfigFileChoice"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
        probe_body=False,
    ),
    Operation(
        "get_plugin_config_schema_by_id", "GET", "/api/v1/plugins/config/schema", "plugin-config",
        "Read of what the configuration of a plugin consists; the answer is that of the configuration.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        alias_of="get_plugin_config_schema",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_PLUGINCONFIGANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_plugin_config", "GET", "/api/v1/plugins/{plugin_id}/config", "plugin-config",
        "Read the configuration of a plugin and what it consists of.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_PLUGINCONFIGANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_plugin_config", "PUT", "/api/v1/plugins/{plugin_id}/config", "plugin-config",
        "Set items of the configuration of a plugin and load it again.",
        scope=Scope.PLUGIN, side_effect="write", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=True, schema="PluginConfigChange", pointer="#/components/schemas/PluginConfigChange"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_plugin_config_file", "DELETE", "/api/v1/plugins/{plugin_id}/config-files", "plugin-config",
        "Delete a file that was stored for the configuration.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        body=Body(("application/json",), required=False, schema="PluginConfigFileChoice", pointer="#/components/schemas/PluginConfigFileChoice"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_config_files", "GET", "/api/v1/plugins/{plugin_id}/config-files/{config_key}", "plugin-config",
        "List the files of an item of the configuration.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("config_key", "path", required=True, type="string", slashes=True)),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginConfigFileListAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN),
    ),
    Operation(
        "upload_plugin_config_files", "POST", "/api/v1/plugins/{plugin_id}/config-files/{config_key}", "plugin-config",
        "Store files for an item of the configuration.",
        scope=Scope.PLUGIN, side_effect="write", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("config_key", "path", required=True, type="string", slashes=True)),
        body=Body(("multipart/form-data",), required=True, schema="PluginConfigFiles", pointer="#/components/schemas/PluginConfigFiles"),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginConfigUploadAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN),
    ),
    Operation(
        "get_plugin_config_schema", "GET", "/api/v1/plugins/{plugin_id}/config/schema", "plugin-config",
        "Read of what the configuration of a plugin consists; the answer is that of the configuration.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_PLUGINCONFIGANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_extension", "GET", "/api/v1/plugins/extensions/{plugin_path}", "plugin-pages",
        "Read from a route that a plugin has added.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_path", "path", required=True, type="string", slashes=True),),
        answers=(_EXTENSIONANSWER_200, _EXTENSIONANSWER_200_2, _EXTENSIONANSWER_201, _UNAUTHORIZED, _FORBIDDEN,
            _NOT_FOUND_2),
    ),
    Operation(
        "put_plugin_extension", "PUT", "/api/v1/plugins/extensions/{plugin_path}", "plugin-pages",
        "Put to a route that a plugin has added.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_path", "path", required=True, type="string", slashes=True),),
        body=Body(("*/*",), required=False, schema="ExtensionRequest", pointer="#/components/schemas/ExtensionRequest"),
        answers=(_EXTENSIONANSWER_200, _EXTENSIONANSWER_200_2, _EXTENSIONANSWER_201, _UNAUTHORIZED, _FORBIDDEN,
            _NOT_FOUND_2),
        probe_body=False,
    ),
    Operation(
        "post_plugin_extension", "POST", "/api/v1/plugins/extensions/{plugin_path}", "plugin-pages",
        "Send to a route that a plugin has added.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_path", "path", required=True, type="string", slashes=True),),
        body=Body(("*/*",), required=False, schema="ExtensionRequest", pointer="#/components/schemas/ExtensionRequest"),
        answers=(_EXTENSIONANSWER_200, _EXTENSIONANSWER_200_2, _EXTENSIONANSWER_201, _UNAUTHORIZED, _FORBIDDEN,
            _NOT_FOUND_2),
        probe_body=False,
    ),
    Operation(
        "delete_plugin_extension", "DELETE", "/api/v1/plugins/extensions/{plugin_path}", "plugin-pages",
        "Delete through a route that a plugin has added.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_path", "path", required=True, type="string", slashes=True),),
        body=Body(("*/*",), required=False, schema="ExtensionRequest", pointer="#/components/schemas/ExtensionRequest"),
        answers=(_EXTENSIONANSWER_200, _EXTENSIONANSWER_200_2, _EXTENSIONANSWER_201, _UNAUTHORIZED, _FORBIDDEN,
            _NOT_FOUND_2),
        probe_body=False,
    ),
    Operation(
        "patch_plugin_extension", "PATCH", "/api/v1/plugins/extensions/{plugin_path}", "plugin-pages",
        "Change through a route that a plugin has added.",
        scope=Scope.PLUGIN, side_effect="write", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_path", "path", required=True, type="string", slashes=True),),
        body=Body(("*/*",), required=False, schema="ExtensionRequest", pointer="#/components/schemas/ExtensionRequest"),
        answers=(_EXTENSIONANSWER_200, _EXTENSIONANSWER_200_2, _EXTENSIONANSWER_201, _UNAUTHORIZED, _FORBIDDEN,
            _NOT_FOUND_2),
        probe_body=False,
    ),
    Operation(
        "get_plugin_page_by_id", "GET", "/api/v1/plugins/page", "plugin-pages",
        "Read where a page of a plugin is shown.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="get_plugin_page",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("page_name", "query", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/PluginPageOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_page_bridge_script", "GET", "/api/v1/plugins/page-bridge-sdk.js", "plugin-pages",
        "Read the script by which a page talks to the dashboard.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("asset_token", "query", required=False, type="string"),
            Parameter("theme", "query", required=False, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(Answer("200", "application/javascript", "#/paths/~1api~1v1~1plugins~1page-bridge-sdk.js/get/responses/200/content/application~1javascript/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_page_asset_by_id", "GET", "/api/v1/plugins/page/assets", "plugin-pages", "Read a file of a page.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        alias_of="get_plugin_page_asset",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),
            Parameter("page_name", "query", required=True, type="string"),
            Parameter("asset_path", "query", required=True, type="string"),
            Parameter("asset_token", "query", required=False, type="string"),
            Parameter("theme", "query", required=False, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginPageAsset"),
            Answer("200", "*/*", "#/components/schemas/PluginPageAsset"), _UNAUTHORIZED, _FORBIDDEN,
            Answer("403", "text/plain", "#/components/responses/AssetNotAllowed/content/text~1plain/schema"),
            Answer("404", "text/plain", "#/components/responses/AssetNotFound/content/text~1plain/schema"),
            _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_pages_by_id", "GET", "/api/v1/plugins/pages", "plugin-pages",
        "Read a plugin; its pages are among its components.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        alias_of="list_plugin_pages",
        parameters=(Parameter("plugin_id", "query", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_plugin_pages", "GET", "/api/v1/plugins/{plugin_id}/pages", "plugin-pages",
        "Read a plugin; its pages are among its components.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),),
        answers=(_ANSWER_200_2, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_page", "GET", "/api/v1/plugins/{plugin_id}/pages/{page_name}", "plugin-pages",
        "Read where a page of a plugin is shown.",
        scope=Scope.PLUGIN, side_effect="read", refusal="envelope", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("page_name", "path", required=True, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/PluginPageOrNot/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_plugin_page_asset", "GET", "/api/v1/plugins/{plugin_id}/pages/{page_name}/assets/{asset_path}", "plugin-pages",
        "Read a file of a page.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("plugin_id", "path", required=True, type="string"),
            Parameter("page_name", "path", required=True, type="string"),
            Parameter("asset_path", "path", required=True, type="string", slashes=True),
            Parameter("asset_token", "query", required=False, type="string"),
            Parameter("theme", "query", required=False, type="string"),
            Parameter("Accept-Language", "header", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/schemas/PluginPageAsset"),
            Answer("200", "*/*", "#/components/schemas/PluginPageAsset"), _UNAUTHORIZED, _FORBIDDEN,
            Answer("403", "text/plain", "#/components/responses/AssetNotAllowed/content/text~1plain/schema"),
            Answer("404", "text/plain", "#/components/responses/AssetNotFound/content/text~1plain/schema")),
    ),
    Operation(
        "list_plugin_sources", "GET", "/api/v1/plugin-sources", "plugin-sources",
        "List the lists that the market is read from.",
        scope=Scope.PLUGIN, side_effect="read", refusal="status", security=_BY_PLUGIN,
        answers=(Answer("200", _JSON, "#/components/schemas/PluginSourceListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_plugin_sources", "PUT", "/api/v1/plugin-sources", "plugin-sources", "Replace all lists.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="status", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="PluginSourceReplacement", pointer="#/components/schemas/PluginSourceReplacement"),
        answers=(_CHANGEDPLUGINSOURCELISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "create_plugin_source", "POST", "/api/v1/plugin-sources", "plugin-sources", "Add a list.",
        scope=Scope.PLUGIN, side_effect="write", refusal="status", security=_BY_PLUGIN,
        body=Body(("application/json",), required=True, schema="PluginSourceCreation", pointer="#/components/schemas/PluginSourceCreation"),
        answers=(_CHANGEDPLUGINSOURCELISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_plugin_source_by_id", "DELETE", "/api/v1/plugin-sources/by-id", "plugin-sources",
        "Remove a list; an unknown one changes nothing.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="status", security=_BY_PLUGIN,
        alias_of="delete_plugin_source",
        parameters=(Parameter("source_id", "query", required=True, type="string"),),
        answers=(_CHANGEDPLUGINSOURCELISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_plugin_source", "DELETE", "/api/v1/plugin-sources/{source_id}", "plugin-sources",
        "Remove a list; an unknown one changes nothing.",
        scope=Scope.PLUGIN, side_effect="destructive", refusal="status", security=_BY_PLUGIN,
        parameters=(Parameter("source_id", "path", required=True, type="string"),),
        answers=(_CHANGEDPLUGINSOURCELISTANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "sync_modelscope_mcp_servers", "POST", "/api/v1/mcp/providers/modelscope/sync", "mcp",
        "Take over the servers of a ModelScope account.",
        scope=Scope.MCP, side_effect="external", refusal="status", security=_BY_MCP,
        body=Body(("application/json",), required=False, schema="ModelScopeSync", pointer="#/components/schemas/ModelScopeSync"),
        answers=(Answer("200", _JSON, "#/components/schemas/ModelScopeSyncedAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_mcp_servers", "GET", "/api/v1/mcp/servers", "mcp", "List the servers.",
        scope=Scope.MCP, side_effect="read", refusal="status", security=_BY_MCP,
        answers=(Answer("200", _JSON, "#/components/schemas/McpServerListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_mcp_server", "POST", "/api/v1/mcp/servers", "mcp", "Try a server and store it.",
        scope=Scope.MCP, side_effect="external", refusal="status", security=_BY_MCP,
        body=Body(("application/json",), required=True, schema="McpServerCreation", pointer="#/components/schemas/McpServerCreation"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_mcp_server_by_name", "PUT", "/api/v1/mcp/servers/by-name", "mcp", "Replace a server.",
        scope=Scope.MCP, side_effect="write", refusal="status", security=_BY_MCP,
        alias_of="replace_mcp_server",
        body=Body(("application/json",), required=True, schema="NamedMcpServerReplacement", pointer="#/components/schemas/NamedMcpServerReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_mcp_server_by_name", "DELETE", "/api/v1/mcp/servers/by-name", "mcp", "Stop a server and forget it.",
        scope=Scope.MCP, side_effect="destructive", refusal="status", security=_BY_MCP,
        alias_of="delete_mcp_server",
        parameters=(Parameter("server_name", "query", required=True, type="string"),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_mcp_server_enabled_by_name", "PATCH", "/api/v1/mcp/servers/enabled", "mcp", "Use a server or not.",
        scope=Scope.MCP, side_effect="write", refusal="status", security=_BY_MCP,
        alias_of="set_mcp_server_enabled",
        body=Body(("application/json",), required=True, schema="NamedMcpServerReplacement", pointer="#/components/schemas/NamedMcpServerReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "test_mcp_server_by_name", "POST", "/api/v1/mcp/servers/test", "mcp",
        "Try to reach a server and list its tools.",
        scope=Scope.MCP, side_effect="external", refusal="status", security=_BY_MCP,
        alias_of="test_mcp_server",
        body=Body(("application/json",), required=True, schema="NamedMcpServerTrial", pointer="#/components/schemas/NamedMcpServerTrial"),
        answers=(Answer("200", _JSON, "#/components/schemas/McpToolNamesAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_mcp_server", "PUT", "/api/v1/mcp/servers/{server_name}", "mcp", "Replace a server.",
        scope=Scope.MCP, side_effect="write", refusal="status", security=_BY_MCP,
        parameters=(Parameter("server_name", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="McpServerReplacement", pointer="#/components/schemas/McpServerReplacement"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_mcp_server", "DELETE", "/api/v1/mcp/servers/{server_name}", "mcp", "Stop a server and forget it.",
        scope=Scope.MCP, side_effect="destructive", refusal="status", security=_BY_MCP,
        parameters=(Parameter("server_name", "path", required=True, type="string", slashes=True),),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_mcp_server_enabled", "PATCH", "/api/v1/mcp/servers/{server_name}/enabled", "mcp", "Use a server or not.",
        scope=Scope.MCP, side_effect="write", refusal="status", security=_BY_MCP,
        parameters=(Parameter("server_name", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="McpServerEnabling", pointer="#/components/schemas/McpServerEnabling"),
        answers=(_DONE_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "test_mcp_server", "POST", "/api/v1/mcp/servers/{server_name}/test", "mcp",
        "Try to reach a server and list its tools.",
        scope=Scope.MCP, side_effect="external", refusal="status", security=_BY_MCP,
        parameters=(Parameter("server_name", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=False, schema="McpServerTrial", pointer="#/components/schemas/McpServerTrial"),
        answers=(Answer("200", _JSON, "#/components/schemas/McpToolNamesAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_skills", "GET", "/api/v1/skills", "skills", "List the skills.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_skill", "POST", "/api/v1/skills", "skills", "Upload the archive of a skill that is not there yet.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        body=Body(("multipart/form-data",), required=True, schema="SkillUpload", pointer="#/components/schemas/SkillUpload"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "download_skill_by_name", "GET", "/api/v1/skills/archive", "skills", "Download a skill as a ZIP file.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        alias_of="download_skill",
        parameters=(Parameter("skill_name", "query", required=True, type="string"),),
        answers=(Answer("200", "application/zip", "#/components/responses/SkillArchive/content/application~1zip/schema"),
            _ERRORENVELOPE_200, _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "upload_skills", "POST", "/api/v1/skills/batch", "skills", "Upload the archives of several skills.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        body=Body(("multipart/form-data",), required=True, schema="SkillBatchUpload", pointer="#/components/schemas/SkillBatchUpload"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1batch/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_skill_by_name", "DELETE", "/api/v1/skills/by-name", "skills",
        "Delete a skill; one that is not there is no mistake.",
        scope=Scope.SKILL, side_effect="destructive", refusal="envelope", security=_BY_SKILL,
        alias_of="delete_skill",
        parameters=(Parameter("skill_name", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/components/responses/SkillDeleted/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "set_skill_enabled_by_name", "PATCH", "/api/v1/skills/by-name", "skills",
        "Let the agent use a skill or not; one that is not there is no mistake.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        alias_of="set_skill_enabled",
        body=Body(("application/json",), required=True, schema="NamedSkillState", pointer="#/components/schemas/NamedSkillState"),
        answers=(Answer("200", _JSON, "#/components/responses/SkillActivity/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_skill_file_by_name", "GET", "/api/v1/skills/file", "skills", "Read a text file of a skill.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        alias_of="get_skill_file",
        parameters=(Parameter("skill_name", "query", required=True, type="string"),
            Parameter("path", "query", required=True, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/SkillFile/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "replace_skill_file_by_name", "PUT", "/api/v1/skills/file", "skills",
        "Replace the text of a file that a skill has already.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        alias_of="replace_skill_file",
        body=Body(("application/json",), required=True, schema="SkillFileReplacement", pointer="#/components/schemas/SkillFileReplacement"),
        answers=(Answer("200", _JSON, "#/components/responses/WrittenSkillFile/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_skill_files_by_name", "GET", "/api/v1/skills/files", "skills", "List a folder of a skill.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        alias_of="list_skill_files",
        parameters=(Parameter("skill_name", "query", required=True, type="string"),
            Parameter("path", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/SkillFolder/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_skill", "DELETE", "/api/v1/skills/{skill_name}", "skills",
        "Delete a skill; one that is not there is no mistake.",
        scope=Scope.SKILL, side_effect="destructive", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", _JSON, "#/components/responses/SkillDeleted/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_skill_enabled", "PATCH", "/api/v1/skills/{skill_name}", "skills",
        "Let the agent use a skill or not; one that is not there is no mistake.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),),
        body=Body(("application/json",), required=True, schema="SkillState", pointer="#/components/schemas/SkillState"),
        answers=(Answer("200", _JSON, "#/components/responses/SkillActivity/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "download_skill", "GET", "/api/v1/skills/{skill_name}/archive", "skills", "Download a skill as a ZIP file.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),),
        answers=(Answer("200", "application/zip", "#/components/responses/SkillArchive/content/application~1zip/schema"),
            _ERRORENVELOPE_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_skill_files", "GET", "/api/v1/skills/{skill_name}/files", "skills", "List a folder of a skill.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),
            Parameter("path", "query", required=False, type="string")),
        answers=(Answer("200", _JSON, "#/components/responses/SkillFolder/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_skill_file", "GET", "/api/v1/skills/{skill_name}/files/{file_path}", "skills",
        "Read a text file of a skill.",
        scope=Scope.SKILL, side_effect="read", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),
            Parameter("file_path", "path", required=True, type="string", slashes=True)),
        answers=(Answer("200", _JSON, "#/components/responses/SkillFile/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_skill_file", "PUT", "/api/v1/skills/{skill_name}/files/{file_path}", "skills",
        "Replace the text of a file that a skill has already.",
        scope=Scope.SKILL, side_effect="write", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_name", "path", required=True, type="string", slashes=True),
            Parameter("file_path", "path", required=True, type="string", slashes=True)),
        body=Body(("text/plain",), required=False, schema=None, pointer="#/paths/~1api~1v1~1skills~1{skill_name}~1files~1{file_path}/put/requestBody/content/text~1plain/schema"),
        answers=(Answer("200", _JSON, "#/components/responses/WrittenSkillFile/content/application~1json/schema"),
            _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
        probe_body=False,
    ),
    Operation(
        "list_neo_candidates", "GET", "/api/v1/skills/neo/candidates", "neo-skills", "List the candidates.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("status", "query", required=False, type="string"),
            Parameter("skill_key", "query", required=False, type="string"),
            Parameter("limit", "query", required=False, type="integer"),
            Parameter("offset", "query", required=False, type="integer")),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1candidates/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
        probe_query=(("limit", "x"),),
    ),
    Operation(
        "delete_neo_candidate", "POST", "/api/v1/skills/neo/candidates/delete", "neo-skills", "Delete a candidate.",
        scope=Scope.SKILL, side_effect="destructive", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoCandidateDeletion", pointer="#/components/schemas/NeoCandidateDeletion"),
        answers=(Answer("200", _JSON, "#/components/responses/NeoDeletion/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "evaluate_neo_candidate", "POST", "/api/v1/skills/neo/evaluate", "neo-skills",
        "Record a judgement on a candidate.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoJudgement", pointer="#/components/schemas/NeoJudgement"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1evaluate/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "get_neo_payload", "GET", "/api/v1/skills/neo/payload", "neo-skills",
        "Show the content of a candidate or release.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("payload_ref", "query", required=True, type="string"),),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1payload/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "promote_neo_candidate", "POST", "/api/v1/skills/neo/promote", "neo-skills", "Release a candidate.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoPromotionWish", pointer="#/components/schemas/NeoPromotionWish"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1promote/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "list_neo_releases", "GET", "/api/v1/skills/neo/releases", "neo-skills", "List the releases.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        parameters=(Parameter("skill_key", "query", required=False, type="string"),
            Parameter("stage", "query", required=False, type="string"),
            Parameter("active_only", "query", required=False, type="boolean"),
            Parameter("limit", "query", required=False, type="integer"),
            Parameter("offset", "query", required=False, type="integer")),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1releases/get/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN),
        probe_query=(("limit", "x"),),
    ),
    Operation(
        "delete_neo_release", "POST", "/api/v1/skills/neo/releases/delete", "neo-skills", "Delete a release.",
        scope=Scope.SKILL, side_effect="destructive", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoReleaseDeletion", pointer="#/components/schemas/NeoReleaseDeletion"),
        answers=(Answer("200", _JSON, "#/components/responses/NeoDeletion/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "rollback_neo_release", "POST", "/api/v1/skills/neo/rollback", "neo-skills",
        "Go back to the release before this one.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoReleaseChoice", pointer="#/components/schemas/NeoReleaseChoice"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1rollback/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "sync_neo_release", "POST", "/api/v1/skills/neo/sync", "neo-skills", "Make a release a local skill.",
        scope=Scope.SKILL, side_effect="external", refusal="envelope", security=_BY_SKILL,
        body=Body(("application/json",), required=True, schema="NeoSyncWish", pointer="#/components/schemas/NeoSyncWish"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1skills~1neo~1sync/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "update_account", "PATCH", "/api/v1/auth/account", "auth", "Change the dashboard account.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "log_in", "POST", "/api/v1/auth/login", "auth", "Log in to the dashboard.",
        public=True, side_effect="write", refusal="envelope",
        body=Body(("application/json",), required=True, schema="Login", pointer="#/components/schemas/Login"),
        answers=(Answer("200", _JSON, "#/paths/~1api~1v1~1auth~1login/post/responses/200/content/application~1json/schema"),
            _UNAUTHORIZED, _UNPROCESSABLE, Answer("429", _JSON, "#/components/schemas/ErrorEnvelope")),
    ),
    Operation(
        "get_setup_status", "GET", "/api/v1/auth/setup-status", "auth",
        "Read whether the first-run set-up is finished.",
        public=True, side_effect="read", refusal="status",
        answers=(Answer("200", _JSON, "#/components/schemas/SetupStatusAnswer"),),
    ),
    Operation(
        "recover_totp", "POST", "/api/v1/auth/totp/recovery", "auth", "Make a new recovery code for two-factor login.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="takes no input and replaces the recovery code",
    ),
    Operation(
        "set_up_totp", "POST", "/api/v1/auth/totp/setup", "auth", "Set up two-factor login.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_api_keys", "GET", "/api/v1/api-keys", "api-keys", "List the developer keys, without their secrets.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(Answer("200", _JSON, "#/components/schemas/ApiKeyListAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_api_key", "POST", "/api/v1/api-keys", "api-keys", "Create a developer key.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        body=Body(("application/json",), required=True, schema="ApiKeyCreation", pointer="#/components/schemas/ApiKeyCreation"),
        answers=(Answer("200", _JSON, "#/components/schemas/CreatedApiKeyAnswer"), _BAD_REQUEST, _UNAUTHORIZED,
            _FORBIDDEN, _UNPROCESSABLE),
    ),
    Operation(
        "delete_api_key", "DELETE", "/api/v1/api-keys/{key_id}", "api-keys",
        "Delete a key; it stops working at once and is no longer listed.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("key_id", "path", required=True, type="string"),),
        answers=(_DONEQUIETLY_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "revoke_api_key", "POST", "/api/v1/api-keys/{key_id}/revoke", "api-keys",
        "Revoke a key; it stops working at once and stays listed.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("key_id", "path", required=True, type="string"),),
        answers=(_DONEQUIETLY_200, _BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_backups", "GET", "/api/v1/backups", "backups", "List the backups.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_backup", "POST", "/api/v1/backups", "backups", "Start a backup.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="takes no input and makes a backup",
    ),
    Operation(
        "get_backup_task", "GET", "/api/v1/backups/tasks/{task_id}", "backups", "Read how a backup task goes.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("task_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_backup", "POST", "/api/v1/backups/upload", "backups", "Upload a backup in one piece.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "abort_backup_upload", "POST", "/api/v1/backups/upload/abort", "backups", "Give up an upload in pieces.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_backup_chunk", "POST", "/api/v1/backups/upload/chunk", "backups", "Upload one piece of a backup.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "complete_backup_upload", "POST", "/api/v1/backups/upload/complete", "backups",
        "Put the uploaded pieces together.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "start_backup_upload", "POST", "/api/v1/backups/upload/init", "backups", "Start an upload in pieces.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_backup", "DELETE", "/api/v1/backups/{filename}", "backups", "Delete a backup.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("filename", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "rename_backup", "PATCH", "/api/v1/backups/{filename}", "backups", "Rename a backup.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("filename", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "check_backup", "POST", "/api/v1/backups/{filename}/check", "backups",
        "Look into a backup before it is imported.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("filename", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "import_backup", "POST", "/api/v1/backups/{filename}/import", "backups", "Replace what is stored by a backup.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("filename", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_conversations", "GET", "/api/v1/conversations", "conversations", "List the conversations.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_conversations", "POST", "/api/v1/conversations/batch-delete", "conversations",
        "Delete several conversations.",
        closed_scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "export_conversations", "POST", "/api/v1/conversations/export", "conversations", "Export conversations.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_conversation", "GET", "/api/v1/conversations/{conversation_id}", "conversations", "Read a conversation.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_conversation", "DELETE", "/api/v1/conversations/{conversation_id}", "conversations",
        "Delete a conversation.",
        closed_scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_conversation", "PATCH", "/api/v1/conversations/{conversation_id}", "conversations",
        "Change a conversation.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_conversation_messages", "PUT", "/api/v1/conversations/{conversation_id}/messages", "conversations",
        "Replace the messages of a conversation.",
        closed_scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        parameters=(Parameter("conversation_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_file", "GET", "/api/v1/file", "files", "Read an attachment by query.",
        closed_scope="file", side_effect="read", refusal="status", security=_BY_FILE,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_file", "POST", "/api/v1/file", "files", "Upload an attachment.",
        closed_scope="file", side_effect="write", refusal="status", security=_BY_FILE,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_attachment", "POST", "/api/v1/files", "files", "Upload an attachment.",
        closed_scope="file", side_effect="write", refusal="status", security=_BY_FILE,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_file_content", "GET", "/api/v1/files/content", "files", "Read the bytes of a file by query.",
        closed_scope="file", side_effect="read", refusal="status", security=_BY_FILE,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_attachment", "GET", "/api/v1/files/{attachment_id}", "files", "Read what is known of an attachment.",
        closed_scope="file", side_effect="read", refusal="status", security=_BY_FILE,
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_attachment", "DELETE", "/api/v1/files/{attachment_id}", "files", "Delete an attachment.",
        closed_scope="file", side_effect="destructive", refusal="status", security=_BY_FILE,
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_attachment_content", "GET", "/api/v1/files/{attachment_id}/content", "files",
        "Read the bytes of an attachment.",
        closed_scope="file", side_effect="read", refusal="status", security=_BY_FILE,
        parameters=(Parameter("attachment_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_knowledge_bases", "GET", "/api/v1/knowledge-bases", "knowledge-bases", "List the knowledge bases.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_knowledge_base", "POST", "/api/v1/knowledge-bases", "knowledge-bases", "Create a knowledge base.",
        closed_scope="kb", side_effect="write", refusal="status", security=_BY_KB,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_knowledge_base_task", "GET", "/api/v1/knowledge-bases/tasks/{task_id}", "knowledge-bases",
        "Read how a task of a knowledge base goes.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("task_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_knowledge_base", "GET", "/api/v1/knowledge-bases/{kb_id}", "knowledge-bases", "Read a knowledge base.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_knowledge_base", "PUT", "/api/v1/knowledge-bases/{kb_id}", "knowledge-bases",
        "Change a knowledge base.",
        closed_scope="kb", side_effect="write", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_knowledge_base", "DELETE", "/api/v1/knowledge-bases/{kb_id}", "knowledge-bases",
        "Delete a knowledge base.",
        closed_scope="kb", side_effect="destructive", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_chunks", "GET", "/api/v1/knowledge-bases/{kb_id}/chunks", "knowledge-bases",
        "List the chunks of a knowledge base.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_chunk", "DELETE", "/api/v1/knowledge-bases/{kb_id}/chunks/{chunk_id}", "knowledge-bases",
        "Delete a chunk.",
        closed_scope="kb", side_effect="destructive", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),
            Parameter("chunk_id", "path", required=True, type="string")),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_documents", "GET", "/api/v1/knowledge-bases/{kb_id}/documents", "knowledge-bases",
        "List the documents of a knowledge base.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "upload_documents", "POST", "/api/v1/knowledge-bases/{kb_id}/documents", "knowledge-bases", "Upload documents.",
        closed_scope="kb", side_effect="write", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "import_documents", "POST", "/api/v1/knowledge-bases/{kb_id}/documents/import", "knowledge-bases",
        "Import prepared documents.",
        closed_scope="kb", side_effect="write", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "import_document_from_url", "POST", "/api/v1/knowledge-bases/{kb_id}/documents/import-url", "knowledge-bases",
        "Import a document from an address.",
        closed_scope="kb", side_effect="external", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_document", "GET", "/api/v1/knowledge-bases/{kb_id}/documents/{document_id}", "knowledge-bases",
        "Read a document.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),
            Parameter("document_id", "path", required=True, type="string")),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_document", "DELETE", "/api/v1/knowledge-bases/{kb_id}/documents/{document_id}", "knowledge-bases",
        "Delete a document.",
        closed_scope="kb", side_effect="destructive", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),
            Parameter("document_id", "path", required=True, type="string")),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "retrieve_chunks", "POST", "/api/v1/knowledge-bases/{kb_id}/retrieve", "knowledge-bases",
        "Find the chunks nearest to a text.",
        closed_scope="kb", side_effect="external", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_knowledge_base_stats", "GET", "/api/v1/knowledge-bases/{kb_id}/stats", "knowledge-bases",
        "Read the figures of a knowledge base.",
        closed_scope="kb", side_effect="read", refusal="status", security=_BY_KB,
        parameters=(Parameter("kb_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_session_groups", "GET", "/api/v1/session-groups", "sessions", "List the groups of sessions.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_session_group", "POST", "/api/v1/session-groups", "sessions", "Create a group of sessions.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_session_group", "PUT", "/api/v1/session-groups/{group_id}", "sessions", "Change a group of sessions.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        parameters=(Parameter("group_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_session_group", "DELETE", "/api/v1/session-groups/{group_id}", "sessions",
        "Delete a group of sessions.",
        closed_scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        parameters=(Parameter("group_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_message_sessions", "GET", "/api/v1/sessions", "sessions", "List the message sessions.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_active_umos", "GET", "/api/v1/sessions/active-umos", "sessions", "List the message origins seen of late.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_session_provider", "PATCH", "/api/v1/sessions/provider", "sessions", "Choose the provider of sessions.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_session_rules", "GET", "/api/v1/sessions/rules", "sessions", "List the rules of sessions.",
        closed_scope="data", side_effect="read", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_session_rule", "POST", "/api/v1/sessions/rules", "sessions", "Set a rule of a session.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_session_rules", "POST", "/api/v1/sessions/rules/delete", "sessions", "Delete rules of sessions.",
        closed_scope="data", side_effect="destructive", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_session_service", "PATCH", "/api/v1/sessions/service", "sessions", "Switch services of sessions.",
        closed_scope="data", side_effect="write", refusal="status", security=_BY_DATA,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_changelogs", "GET", "/api/v1/changelogs", "system", "List the versions that have a changelog.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_changelog", "GET", "/api/v1/changelogs/{version}", "system", "Read the changelog of a version.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("version", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_cron_jobs", "GET", "/api/v1/cron/jobs", "system", "List the scheduled jobs.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "create_cron_job", "POST", "/api/v1/cron/jobs", "system", "Schedule a job.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "delete_cron_job", "DELETE", "/api/v1/cron/jobs/{job_id}", "system", "Delete a scheduled job.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("job_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_cron_job", "PATCH", "/api/v1/cron/jobs/{job_id}", "system", "Change a scheduled job.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("job_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "run_cron_job", "POST", "/api/v1/cron/jobs/{job_id}/run", "system", "Run a job now.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("job_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_log_history", "GET", "/api/v1/logs/history", "system", "Read the recent log.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "follow_log", "GET", "/api/v1/logs/live", "system", "Follow the log.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "install_package", "POST", "/api/v1/pip/install", "system", "Install a Python package.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_stats", "GET", "/api/v1/stats", "system", "Read the figures of the installation.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_first_notice", "GET", "/api/v1/stats/first-notice", "system", "Read the notice for new installations.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "test_github_proxy", "POST", "/api/v1/stats/ghproxy/test", "system", "Try an address that mirrors GitHub.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_provider_tokens", "GET", "/api/v1/stats/provider-tokens", "system",
        "Read how many tokens the providers used.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_storage", "GET", "/api/v1/stats/storage", "system", "Read how much is stored.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "clean_storage", "POST", "/api/v1/stats/storage/cleanup", "system",
        "Remove stored files that are no longer needed.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_version", "GET", "/api/v1/stats/version", "system", "Read which release this is.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(Answer("200", _JSON, "#/components/schemas/VersionAnswer"), _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "restart_system", "POST", "/api/v1/system/restart", "system", "Restart AstrBot.",
        closed_scope="system", side_effect="destructive", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="takes no input and restarts AstrBot",
    ),
    Operation(
        "get_trace_settings", "GET", "/api/v1/trace/settings", "system", "Read the settings of tracing.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "replace_trace_settings", "PUT", "/api/v1/trace/settings", "system", "Change the settings of tracing.",
        closed_scope="system", side_effect="write", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "check_for_update", "GET", "/api/v1/updates/check", "system", "Ask whether there is a newer release.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_core", "POST", "/api/v1/updates/core", "system", "Update AstrBot.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_dashboard", "POST", "/api/v1/updates/dashboard", "system", "Update the dashboard.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
        probe_reason="takes no input and replaces the web UI",
    ),
    Operation(
        "get_update_progress", "GET", "/api/v1/updates/progress/{task_id}", "system", "Read how an update goes.",
        closed_scope="system", side_effect="read", refusal="status", security=_BY_SYSTEM,
        parameters=(Parameter("task_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_releases", "GET", "/api/v1/updates/releases", "system", "List the releases.",
        closed_scope="system", side_effect="external", refusal="status", security=_BY_SYSTEM,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_commands", "GET", "/api/v1/commands", "tools", "List the commands.",
        closed_scope="tool", side_effect="read", refusal="status", security=_BY_TOOL,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_command_conflicts", "GET", "/api/v1/commands/conflicts", "tools", "List commands that share a name.",
        closed_scope="tool", side_effect="read", refusal="status", security=_BY_TOOL,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "update_command", "PATCH", "/api/v1/commands/{command_id}", "tools", "Change a command.",
        closed_scope="tool", side_effect="write", refusal="status", security=_BY_TOOL,
        parameters=(Parameter("command_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "list_tools", "GET", "/api/v1/tools", "tools", "List the tools.",
        closed_scope="tool", side_effect="read", refusal="status", security=_BY_TOOL,
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_tool_enabled", "PATCH", "/api/v1/tools/{tool_id}/enabled", "tools", "Switch a tool on or off.",
        closed_scope="tool", side_effect="write", refusal="status", security=_BY_TOOL,
        parameters=(Parameter("tool_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "set_tool_permission", "PATCH", "/api/v1/tools/{tool_id}/permission", "tools", "Set who may use a tool.",
        closed_scope="tool", side_effect="write", refusal="status", security=_BY_TOOL,
        parameters=(Parameter("tool_id", "path", required=True, type="string"),),
        answers=(_DASHBOARDANSWER_200, _UNAUTHORIZED, _FORBIDDEN),
    ),
    Operation(
        "get_openapi_document", "GET", "/api/v1/openapi.json", "documents", "Read the published OpenAPI document.",
        public=True, side_effect="read", refusal="status",
        answers=(Answer("200", _JSON, "#/components/schemas/PublishedDocument"),),
    ),
    Operation(
        "get_docs_page", "GET", "/api/v1/docs", "documents", "Read the interactive document.",
        public=True, side_effect="read", refusal="status",
        answers=(Answer("200", "text/html", "#/paths/~1api~1v1~1docs/get/responses/200/content/text~1html/schema"),),
    ),
)
# fmt: on
"""Every operation, in the order of the contract."""

BY_ID: Mapping[str, Operation] = MappingProxyType({operation.id: operation for operation in OPERATIONS})
KEYED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.scope is not None)
"""Those that a developer key with their scope opens."""
CLOSED: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.closed_scope is not None)
"""Those that no developer key opens."""
PUBLIC: tuple[Operation, ...] = tuple(operation for operation in OPERATIONS if operation.public)
"""Those that ask for no credentials."""
