"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""

from typing import Annotated, Any, Literal, Union

from pydantic import ConfigDict, Field

from ..models import (
    ActiveT2iTemplate,
    ActiveT2iTemplateAnswer,
    AttachmentSavedEvent,
    Bot,
    BotConfiguration,
    BotCounts,
    BotCreation,
    BotFailure,
    BotList,
    BotListAnswer,
    BotMembers,
    BotPlatform,
    BotReference,
    BotRegistration,
    BotRegistrationAnswer,
    BotRegistrationStep,
    BotReplacement,
    BotReplacementById,
    BotStats,
    BotStatsAnswer,
    BotSwitch,
    BotTrial,
    BotTrialAnswer,
    ChangedPluginSourceListAnswer,
    ChatSession,
    ChatSessionBatch,
    ChatSessionBatchAnswer,
    ChatSessionBatchResult,
    ChatSessionChange,
    ChatSessionPage,
    ChatSessionPageAnswer,
    ChatSocketError,
    ChatSocketPing,
    ChatSocketPong,
    ChatSocketSaved,
    ChatSocketSavedMessage,
    ChatSocketSession,
    ChatThread,
    ChatThreadAnswer,
    CompleteEvent,
    ConfigFile,
    ConfigFileList,
    ConfigFileListAnswer,
    ConfigProfile,
    ConfigProfileList,
    ConfigProfileListAnswer,
    ConfigProfileName,
    ConfigRouteChoice,
    ConfigRoutes,
    ConfigRoutesAnswer,
    ConfigurationElement,
    ConfigurationSlider,
    ContentSafetySettings,
    ContentSafetySettingsBaiduAip,
    ContentSafetySettingsInternalKeywords,
    CreatedConfigProfile,
    CreatedConfigProfileAnswer,
    CreatedPersona,
    CreatedPersonaAnswer,
    CreatedPersonaFolder,
    CreatedPersonaFolderAnswer,
    DashboardAnswer,
    DashboardData,
    DashboardSession,
    DashboardSessionAnswer,
    DashboardSettings,
    DashboardSettingsAuthRateLimit,
    DashboardSettingsSsl,
    DashboardSettingsTotp,
    DeletedThread,
    DeletedThreadAnswer,
    Done,
    DoneQuietly,
    EmbeddingDimension,
    EmbeddingDimensionAnswer,
    EmbeddingQuestion,
    EndEvent,
    ErrorEnvelope,
    ExtensionAnswer,
    ExtensionRequest,
    FailedPlugin,
    FailedPluginList,
    FailedPluginListAnswer,
    FailedSkill,
    FileEvent,
    FileSegment,
    GithubInstalledPlugin,
    GithubInstalledPluginAnswer,
    ImageEvent,
    ImageSegment,
    ImBots,
    ImBotsAnswer,
    ImMessage,
    ImMessageChain,
    ImMessageSegment,
    ImMessageSegments,
    InputProblem,
    InputProblems,
    InstalledPlugin,
    KeptSession,
    Login,
    MarketCategories,
    MarketCategoriesAnswer,
    MarketPlugin,
    McpConfiguration,
    McpConfigurationSet,
    McpServerCreation,
    McpServerEnabling,
    McpServerReplacement,
    McpServerState,
    McpServerTrial,
    McpToolNamesAnswer,
    McpWrappers,
    MessageChain,
    MessageChange,
    MessageChangeContent,
    MessageSavedEvent,
    MessageSegment,
    MessageSegments,
    MessageText,
    ModelLimit,
    ModelList,
    ModelListAnswer,
    ModelMetadata,
    ModelModalities,
    ModelScopeSync,
    ModelScopeSynced,
    ModelScopeSyncedAnswer,
    NamedMcpServerReplacement,
    NamedMcpServerTrial,
    NamedSkillState,
    NeoCandidate,
    NeoCandidateChoice,
    NeoCandidateDeletion,
    NeoCandidateList,
    NeoCandidateListAnswer,
    NeoDeletion,
    NeoDeletionAnswer,
    NeoEvaluation,
    NeoEvaluationAnswer,
    NeoJudgement,
    NeoPayload,
    NeoPayloadAnswer,
    NeoPromotion,
    NeoPromotionAnswer,
    NeoPromotionWish,
    NeoRelease,
    NeoReleaseAnswer,
    NeoReleaseChoice,
    NeoReleaseDeletion,
    NeoReleaseList,
    NeoReleaseListAnswer,
    NeoSubject,
    NeoSync,
    NeoSyncAnswer,
    NeoSyncWish,
    NewChatSession,
    NewChatSessionAnswer,
    NewPersona,
    NoData,
    Ok,
    OkWithMessage,
    OpenConfiguration,
    OpeningDialog,
    Persona,
    PersonaAnswer,
    PersonaBranch,
    PersonaChange,
    PersonaChangeById,
    PersonaCreation,
    PersonaFolder,
    PersonaFolderChange,
    PersonaFolderCreation,
    PersonaFolderListAnswer,
    PersonaListAnswer,
    PersonaMembers,
    PersonaMove,
    PersonaNote,
    PersonaNoteAnswer,
    PersonaOrder,
    PersonaPlace,
    PersonaTreeAnswer,
    PlainEvent,
    PlainSegment,
    PlatformExtras,
    PlatformExtrasPreAckEmoji,
    PlatformSettings,
    PlatformSettingsRateLimit,
    PlatformSettingsSegmentedReply,
    PluginChangelog,
    PluginChangelogAnswer,
    PluginChoice,
    PluginComponent,
    PluginConfig,
    PluginConfigChange,
    PluginConfigChangeById,
    PluginConfigFileChoice,
    PluginConfigFileList,
    PluginConfigFileListAnswer,
    PluginConfigFiles,
    PluginConfigItem,
    PluginConfigItems,
    PluginConfigUpload,
    PluginConfigUploadAnswer,
    PluginConfigValues,
    PluginMarket,
    PluginMarketAnswer,
    PluginReadme,
    PluginReadmeAnswer,
    PluginRemoval,
    PluginSource,
    PluginSourceCreation,
    PluginSourceList,
    PluginSourceListAnswer,
    PluginSourceReplacement,
    PluginSubcommand,
    PluginSwitch,
    PluginSwitchById,
    PluginTranslations,
    PluginUpdateResult,
    PluginUpload,
    ProjectOfSession,
    ProjectSessionListAnswer,
    Provider,
    ProviderConfiguration,
    ProviderConnection,
    ProviderCreation,
    ProviderMembers,
    ProviderReference,
    ProviderReplacement,
    ProviderReplacementById,
    ProviderSource,
    ProviderSourceConfiguration,
    ProviderSourceCreation,
    ProviderSourceList,
    ProviderSourceListAnswer,
    ProviderSourceMembers,
    ProviderSourceReplacement,
    ProviderSwitch,
    ProviderTrial,
    ProviderTrialAnswer,
    PublishedDocument,
    PublishedDocumentInfo,
    RecordEvent,
    RecordSegment,
    ReplySegment,
    RunningBot,
    SandboxCache,
    SandboxSettings,
    SavedAttachment,
    SavedMessage,
    SessionIdEvent,
    SetupStatus,
    SetupStatusAnswer,
    SingleBot,
    SingleBotAnswer,
    SingleProviderSource,
    SingleProviderSourceAnswer,
    SkillActivity,
    SkillActivityAnswer,
    SkillBatchAnswer,
    SkillBatchRefusal,
    SkillBatchReport,
    SkillBatchUpload,
    SkillDeletedAnswer,
    SkillEntry,
    SkillFile,
    SkillFileAnswer,
    SkillFileReplacement,
    SkillFolder,
    SkillFolderAnswer,
    SkillName,
    SkillState,
    SkillUpload,
    SkillUploadedAnswer,
    SkippedSkill,
    SourcedProviderCreation,
    SourcedProviderCreationById,
    SpeechToTextSettings,
    StoppedRuns,
    StoppedRunsAnswer,
    StoredImage,
    StoredRecord,
    StoredSubagent,
    StoredText,
    StoredThought,
    StoredToolCall,
    StoredToolCalls,
    Subagent,
    SubagentConfig,
    SubagentConfigAnswer,
    SubagentConfigReplacement,
    SubagentSettings,
    SubagentTool,
    SubagentToolListAnswer,
    T2iTemplate,
    T2iTemplateAnswer,
    T2iTemplateChoice,
    T2iTemplateCreation,
    T2iTemplateListAnswer,
    T2iTemplateName,
    T2iTemplateNameAnswer,
    T2iTemplateSummary,
    T2iTemplateText,
    TextToSpeechSettings,
    ThreadCreation,
    TokenUsage,
    ToolArguments,
    ToolCallNews,
    ToolParameters,
    ToolResultNews,
    UploadedSkill,
    UserMessageSavedEvent,
    Version,
    VersionAnswer,
    VersionRange,
    VersionSupport,
    VersionSupportAnswer,
    VideoEvent,
    VideoSegment,
    WrittenSkillFile,
    WrittenSkillFileAnswer,
)
from .validation import BaseModel, Nullable, RootModel

__all__ = [
    "ActiveRun",
    "ActiveT2iTemplate",
    "ActiveT2iTemplateAnswer",
    "AgentLimits",
    "AgentMemorySettings",
    "AgentModelSettings",
    "AgentPersonaSettings",
    "AgentRunner",
    "AgentRunnerSettings",
    "AgentRunnerSettingsRagOptions",
    "AgentStats",
    "AgentStatsEvent",
    "AgentStatsEventData",
    "ApiKey",
    "ApiKeyCreation",
    "ApiKeyListAnswer",
    "AttachmentContent",
    "AttachmentSavedEvent",
    "AttachmentUpload",
    "BegunUpload",
    "BegunUploadAnswer",
    "Bot",
    "BotConfiguration",
    "BotContent",
    "BotCounts",
    "BotCreation",
    "BotFailure",
    "BotList",
    "BotListAnswer",
    "BotMembers",
    "BotPlatform",
    "BotReference",
    "BotRegistration",
    "BotRegistrationAnswer",
    "BotRegistrationStep",
    "BotReplacement",
    "BotReplacementById",
    "BotStats",
    "BotStatsAnswer",
    "BotSwitch",
    "BotTrial",
    "BotTrialAnswer",
    "BotType",
    "BotTypeList",
    "BotTypeListAnswer",
    "CapturedFollowUp",
    "ChangedMessage",
    "ChangedMessageAnswer",
    "ChangedPluginSourceListAnswer",
    "ChangedSessionGroup",
    "ChatEvent",
    "ChatFlags",
    "ChatProject",
    "ChatProjectAnswer",
    "ChatProjectChange",
    "ChatProjectCreation",
    "ChatProjectListAnswer",
    "ChatRequest",
    "ChatRunEvent",
    "ChatRunStream",
    "ChatSession",
    "ChatSessionBatch",
    "ChatSessionBatchAnswer",
    "ChatSessionBatchResult",
    "ChatSessionChange",
    "ChatSessionHistory",
    "ChatSessionHistoryAnswer",
    "ChatSessionPage",
    "ChatSessionPageAnswer",
    "ChatSocketError",
    "ChatSocketEvent",
    "ChatSocketMessage",
    "ChatSocketPing",
    "ChatSocketPong",
    "ChatSocketRequest",
    "ChatSocketSaved",
    "ChatSocketSavedMessage",
    "ChatSocketSession",
    "ChatStream",
    "ChatThread",
    "ChatThreadAnswer",
    "CheckedPlugin",
    "CheckedPluginAnswer",
    "CompleteEvent",
    "ConfigFile",
    "ConfigFileList",
    "ConfigFileListAnswer",
    "ConfigProfile",
    "ConfigProfileCreation",
    "ConfigProfileList",
    "ConfigProfileListAnswer",
    "ConfigProfileName",
    "ConfigRouteChoice",
    "ConfigRoutes",
    "ConfigRoutesAnswer",
    "Configuration",
    "ConfigurationChange",
    "ConfigurationElement",
    "ConfigurationField",
    "ConfigurationFields",
    "ConfigurationForm",
    "ConfigurationFormGroup",
    "ConfigurationSections",
    "ConfigurationSlider",
    "ContentSafetySettings",
    "ContentSafetySettingsBaiduAip",
    "ContentSafetySettingsInternalKeywords",
    "Conversation",
    "ConversationAnswer",
    "ConversationBatchAnswer",
    "ConversationBatchResult",
    "ConversationBot",
    "ConversationBotList",
    "ConversationBotListAnswer",
    "ConversationChange",
    "ConversationChoice",
    "ConversationExport",
    "ConversationFacts",
    "ConversationMessages",
    "ConversationPage",
    "ConversationPageAnswer",
    "ConversationReference",
    "ConversationText",
    "ConversationTurn",
    "ConversationTurns",
    "CreatedApiKey",
    "CreatedApiKeyAnswer",
    "CreatedConfigProfile",
    "CreatedConfigProfileAnswer",
    "CreatedPersona",
    "CreatedPersonaAnswer",
    "CreatedPersonaFolder",
    "CreatedPersonaFolderAnswer",
    "DashboardAnswer",
    "DashboardData",
    "DashboardSession",
    "DashboardSessionAnswer",
    "DashboardSettings",
    "DashboardSettingsAuthRateLimit",
    "DashboardSettingsSsl",
    "DashboardSettingsTotp",
    "DeletedAttachment",
    "DeletedAttachmentAnswer",
    "DeletedSessionRules",
    "DeletedThread",
    "DeletedThreadAnswer",
    "Done",
    "DoneQuietly",
    "EmbeddingDimension",
    "EmbeddingDimensionAnswer",
    "EmbeddingQuestion",
    "EndEvent",
    "ErrorEnvelope",
    "ExtensionAnswer",
    "ExtensionRequest",
    "FailedPlugin",
    "FailedPluginList",
    "FailedPluginListAnswer",
    "FailedSkill",
    "FileEvent",
    "FileSegment",
    "FilledConfigurationForm",
    "FilledConfigurationFormAnswer",
    "FollowUpCapturedEvent",
    "GithubInstalledPlugin",
    "GithubInstalledPluginAnswer",
    "GithubPlugin",
    "GroupMemorySettings",
    "GroupMemorySettingsActiveReply",
    "HistoryContent",
    "HistoryMessage",
    "HistorySegment",
    "ImBots",
    "ImBotsAnswer",
    "ImMessage",
    "ImMessageChain",
    "ImMessageSegment",
    "ImMessageSegments",
    "ImageEvent",
    "ImageSegment",
    "InputProblem",
    "InputProblems",
    "InstalledPlugin",
    "InstalledPluginAnswer",
    "KeptSession",
    "KnowledgeBaseChoice",
    "LinkedPlugin",
    "ListedConversation",
    "LocalPermissions",
    "Login",
    "MarketCategories",
    "MarketCategoriesAnswer",
    "MarketPlugin",
    "McpConfiguration",
    "McpConfigurationSet",
    "McpServer",
    "McpServerCreation",
    "McpServerEnabling",
    "McpServerListAnswer",
    "McpServerReplacement",
    "McpServerState",
    "McpServerTrial",
    "McpToolNamesAnswer",
    "McpWrappers",
    "MessageChain",
    "MessageChange",
    "MessageChangeContent",
    "MessageOrigin",
    "MessageSavedEvent",
    "MessageSegment",
    "MessageSegments",
    "MessageSession",
    "MessageSessionPage",
    "MessageSessionPageAnswer",
    "MessageText",
    "ModelLimit",
    "ModelList",
    "ModelListAnswer",
    "ModelMetadata",
    "ModelModalities",
    "ModelScopeSync",
    "ModelScopeSynced",
    "ModelScopeSyncedAnswer",
    "NamedMcpServerReplacement",
    "NamedMcpServerTrial",
    "NamedSkillState",
    "NeoCandidate",
    "NeoCandidateChoice",
    "NeoCandidateDeletion",
    "NeoCandidateList",
    "NeoCandidateListAnswer",
    "NeoDeletion",
    "NeoDeletionAnswer",
    "NeoEvaluation",
    "NeoEvaluationAnswer",
    "NeoJudgement",
    "NeoPayload",
    "NeoPayloadAnswer",
    "NeoPromotion",
    "NeoPromotionAnswer",
    "NeoPromotionWish",
    "NeoRelease",
    "NeoReleaseAnswer",
    "NeoReleaseChoice",
    "NeoReleaseDeletion",
    "NeoReleaseList",
    "NeoReleaseListAnswer",
    "NeoSubject",
    "NeoSync",
    "NeoSyncAnswer",
    "NeoSyncWish",
    "NewChatSession",
    "NewChatSessionAnswer",
    "NewPersona",
    "NoData",
    "Note",
    "NoteAnswer",
    "Ok",
    "OkWithMessage",
    "OpenConfiguration",
    "OpeningDialog",
    "OriginList",
    "OriginListAnswer",
    "OriginNote",
    "OriginNoteAnswer",
    "Pagination",
    "Persona",
    "PersonaAnswer",
    "PersonaBranch",
    "PersonaChange",
    "PersonaChangeById",
    "PersonaChoice",
    "PersonaCreation",
    "PersonaFolder",
    "PersonaFolderChange",
    "PersonaFolderCreation",
    "PersonaFolderListAnswer",
    "PersonaListAnswer",
    "PersonaMembers",
    "PersonaMove",
    "PersonaNote",
    "PersonaNoteAnswer",
    "PersonaOrder",
    "PersonaPlace",
    "PersonaTreeAnswer",
    "PlainEvent",
    "PlainSegment",
    "PlatformExtras",
    "PlatformExtrasPreAckEmoji",
    "PlatformSettings",
    "PlatformSettingsRateLimit",
    "PlatformSettingsSegmentedReply",
    "Plugin",
    "PluginAnswer",
    "PluginBasics",
    "PluginChangelog",
    "PluginChangelogAnswer",
    "PluginChoice",
    "PluginComponent",
    "PluginConfig",
    "PluginConfigAnswer",
    "PluginConfigChange",
    "PluginConfigChangeById",
    "PluginConfigFileChoice",
    "PluginConfigFileList",
    "PluginConfigFileListAnswer",
    "PluginConfigFiles",
    "PluginConfigItem",
    "PluginConfigItems",
    "PluginConfigUpload",
    "PluginConfigUploadAnswer",
    "PluginConfigValues",
    "PluginListAnswer",
    "PluginListItem",
    "PluginLogLevel",
    "PluginLogLevelAnswer",
    "PluginLogLevelChange",
    "PluginMarket",
    "PluginMarketAnswer",
    "PluginOrigin",
    "PluginOriginAnswer",
    "PluginPage",
    "PluginPageAnswer",
    "PluginReadme",
    "PluginReadmeAnswer",
    "PluginRemoval",
    "PluginRepository",
    "PluginSettings",
    "PluginSettingsAnswer",
    "PluginSource",
    "PluginSourceChoice",
    "PluginSourceCreation",
    "PluginSourceList",
    "PluginSourceListAnswer",
    "PluginSourceReplacement",
    "PluginSubcommand",
    "PluginSwitch",
    "PluginSwitchById",
    "PluginTranslations",
    "PluginUpdate",
    "PluginUpdateResult",
    "PluginUpdates",
    "PluginUpload",
    "ProjectOfSession",
    "ProjectSessionListAnswer",
    "Provider",
    "ProviderChoice",
    "ProviderConfiguration",
    "ProviderConnection",
    "ProviderCreation",
    "ProviderForms",
    "ProviderList",
    "ProviderListAnswer",
    "ProviderMembers",
    "ProviderReference",
    "ProviderReplacement",
    "ProviderReplacementById",
    "ProviderSchema",
    "ProviderSchemaAnswer",
    "ProviderSettings",
    "ProviderSettingsFileExtract",
    "ProviderSettingsProactiveCapability",
    "ProviderSettingsQuotedMessageParser",
    "ProviderSource",
    "ProviderSourceConfiguration",
    "ProviderSourceCreation",
    "ProviderSourceList",
    "ProviderSourceListAnswer",
    "ProviderSourceMembers",
    "ProviderSourceReplacement",
    "ProviderSourceReplacementById",
    "ProviderSwitch",
    "ProviderTrial",
    "ProviderTrialAnswer",
    "PublishedDocument",
    "PublishedDocumentInfo",
    "ReceivedPiece",
    "ReceivedPieceAnswer",
    "RecordEvent",
    "RecordSegment",
    "Regeneration",
    "ReplySegment",
    "RuledSession",
    "RunSnapshotEvent",
    "RunStartedEvent",
    "RunningBot",
    "RuntimeForm",
    "RuntimeFormAnswer",
    "SandboxCache",
    "SandboxSettings",
    "SavedAttachment",
    "SavedMessage",
    "ScopeName",
    "SessionBatchAnswer",
    "SessionBatchResult",
    "SessionChoice",
    "SessionGroup",
    "SessionGroupAnswer",
    "SessionGroupChange",
    "SessionGroupCreation",
    "SessionGroupList",
    "SessionGroupListAnswer",
    "SessionIdEvent",
    "SessionKnowledge",
    "SessionPluginChoice",
    "SessionPlugins",
    "SessionProviderChange",
    "SessionRule",
    "SessionRuleDeletion",
    "SessionRuleKey",
    "SessionRulePage",
    "SessionRulePageAnswer",
    "SessionRules",
    "SessionRulesDeletedAnswer",
    "SessionServiceChange",
    "SessionServices",
    "SetupStatus",
    "SetupStatusAnswer",
    "Severity",
    "SingleBot",
    "SingleBotAnswer",
    "SingleProvider",
    "SingleProviderAnswer",
    "SingleProviderSource",
    "SingleProviderSourceAnswer",
    "Skill",
    "SkillActivity",
    "SkillActivityAnswer",
    "SkillBatchAnswer",
    "SkillBatchRefusal",
    "SkillBatchReport",
    "SkillBatchUpload",
    "SkillDeletedAnswer",
    "SkillEntry",
    "SkillFile",
    "SkillFileAnswer",
    "SkillFileReplacement",
    "SkillFolder",
    "SkillFolderAnswer",
    "SkillList",
    "SkillListAnswer",
    "SkillName",
    "SkillState",
    "SkillUpload",
    "SkillUploadedAnswer",
    "SkippedSkill",
    "SourcedProviderCreation",
    "SourcedProviderCreationById",
    "SpeechToTextSettings",
    "StartedRun",
    "StoppedRuns",
    "StoppedRunsAnswer",
    "StoredAttachment",
    "StoredAttachmentAnswer",
    "StoredFile",
    "StoredImage",
    "StoredRecord",
    "StoredSubagent",
    "StoredText",
    "StoredThought",
    "StoredToolCall",
    "StoredToolCalls",
    "StoredVideo",
    "Subagent",
    "SubagentConfig",
    "SubagentConfigAnswer",
    "SubagentConfigReplacement",
    "SubagentSettings",
    "SubagentTool",
    "SubagentToolListAnswer",
    "T2iTemplate",
    "T2iTemplateAnswer",
    "T2iTemplateChoice",
    "T2iTemplateCreation",
    "T2iTemplateListAnswer",
    "T2iTemplateName",
    "T2iTemplateNameAnswer",
    "T2iTemplateSummary",
    "T2iTemplateText",
    "TextToSpeechSettings",
    "ThreadCreation",
    "ThreadHistory",
    "ThreadHistoryAnswer",
    "ThreadMessage",
    "TokenUsage",
    "ToolArguments",
    "ToolCallNews",
    "ToolParameters",
    "ToolResultNews",
    "UpdatedPlugin",
    "UpdatedPluginAnswer",
    "UpdatedPluginList",
    "UpdatedPluginsAnswer",
    "UploadAbortion",
    "UploadPiece",
    "UploadPlan",
    "UploadReference",
    "UploadStatus",
    "UploadStatusAnswer",
    "UploadedSkill",
    "UserContent",
    "UserMessageSavedEvent",
    "Version",
    "VersionAnswer",
    "VersionRange",
    "VersionSupport",
    "VersionSupportAnswer",
    "VideoEvent",
    "VideoSegment",
    "WorkspaceEntry",
    "WorkspaceFile",
    "WorkspaceFolder",
    "WorkspaceFolderAnswer",
    "WorkspaceText",
    "WorkspaceTextAnswer",
    "WrittenSkillFile",
    "WrittenSkillFileAnswer",
]


class ChatProjectCreation(BaseModel):
    """The project to create."""

    model_config = ConfigDict(extra="allow")
    title: Annotated[str, Field(min_length=1)]
    emoji: Nullable[str] = None
    description: Nullable[str] = None
    project_id: Nullable[str] = None
    workspace_type: Nullable[str] = None
    workspace_path: Nullable[None] = None


class ChatProjectChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    title: Nullable[str] = None
    emoji: Nullable[str] = None
    description: Nullable[str] = None
    project_id: Nullable[str] = None
    workspace_type: Nullable[str] = None
    workspace_path: Nullable[None] = None


class ChatProject(BaseModel):
    """A project."""

    project_id: str
    title: str
    emoji: str
    description: str | None
    created_at: str
    updated_at: str
    workspace_type: Literal["session", "project", "custom"]
    workspace_path: str | None
    resolved_workspace_path: str | None


class ChatProjectAnswer(Ok):
    """Response of `create_chat_project` and `get_chat_project`."""

    data: ChatProject


class ChatProjectListAnswer(Ok):
    """Response of `list_chat_projects`."""

    data: Any


class ProviderSettingsQuotedMessageParser(BaseModel):
    model_config = ConfigDict(extra="allow")
    max_component_chain_depth: int | None = None
    max_forward_node_depth: int | None = None
    max_forward_fetch: int | None = None
    warn_on_action_failure: bool | None = None


class ProviderSettingsFileExtract(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    provider: str | None = None
    moonshotai_api_key: str | None = None


class ProviderSettingsProactiveCapability(BaseModel):
    model_config = ConfigDict(extra="allow")
    add_cron_tools: bool | None = None


class GroupMemorySettingsActiveReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    method: str | None = None
    possibility_reply: int | float | None = None
    whitelist: list[str] | None = None


class PluginListAnswer(OkWithMessage):
    """Response of `list_plugins`."""

    data: Any


class GithubPlugin(BaseModel):
    """A plugin in a GitHub repository."""

    model_config = ConfigDict(extra="allow")
    repository: Nullable[str] = None
    url: Nullable[str] = None
    download_url: Nullable[str] = None
    proxy: Nullable[str] = None
    ignore_version_check: Nullable[bool] = None
    install_method: Nullable[str] = None
    registry_url: Nullable[str] = None
    market_plugin_id: Nullable[str] = None


class LinkedPlugin(BaseModel):
    """A plugin, by the URL of its repository."""

    model_config = ConfigDict(extra="allow")
    url: Nullable[str] = None
    repository: Nullable[str] = None
    download_url: Nullable[str] = None
    proxy: Nullable[str] = None
    ignore_version_check: Nullable[bool] = None
    install_method: Nullable[str] = None
    registry_url: Nullable[str] = None
    market_plugin_id: Nullable[str] = None


class InstalledPluginAnswer(OkWithMessage):
    """Response of `install_plugin_from_upload`, `install_plugin_from_url` and `install_plugin_from_git`."""

    data: InstalledPlugin


class PluginUpdate(BaseModel):
    """How to update a plugin. The new version comes from its update source."""

    model_config = ConfigDict(extra="allow")
    plugin_id: Nullable[str] = None
    plugin_ids: Nullable[list[str]] = None
    name: Nullable[str] = None
    names: Nullable[list[str]] = None
    proxy: Nullable[str] = None
    download_url: Nullable[str] = None
    download_urls: Nullable[dict[str, str]] = None


class PluginUpdates(BaseModel):
    """The plugins to update. The new versions come from their update sources."""

    model_config = ConfigDict(extra="allow")
    plugin_id: Nullable[str] = None
    plugin_ids: Nullable[list[str]] = None
    name: Nullable[str] = None
    names: Nullable[list[str]] = None
    proxy: Nullable[str] = None
    download_url: Nullable[str] = None
    download_urls: Nullable[dict[str, str]] = None


class UpdatedPlugin(BaseModel):
    """One plugin was updated; the response has no data."""

    model_config = ConfigDict(extra="forbid")


class UpdatedPluginAnswer(OkWithMessage):
    """Response of `update_plugin`."""

    data: UpdatedPlugin


class UpdatedPluginList(BaseModel):
    """The results for several plugins, even if none could be updated."""

    model_config = ConfigDict(extra="allow")
    results: list[PluginUpdateResult]


class UpdatedPluginsAnswer(OkWithMessage):
    """Response of `update_plugins`."""

    data: UpdatedPlugin | UpdatedPluginList


class PluginPage(BaseModel):
    """A view that a plugin adds to the dashboard."""

    name: str
    title: str
    i18n_key: str
    content_path: str


class PluginPageAnswer(Ok):
    """Response of `get_plugin_page_by_id`, `get_plugin_page` and 2 more."""

    data: PluginPage


class McpServer(McpConfiguration):
    """A stored server and its state."""

    name: str
    active: bool
    tools: list[str]
    errlogs: list[str] | None = None
    connected: bool


class McpServerListAnswer(Ok):
    """Response of `list_mcp_servers`."""

    data: Any


class Skill(BaseModel):
    """A skill."""

    name: str
    description: str
    path: str
    active: bool
    source_type: str
    source_label: str
    local_exists: bool
    sandbox_exists: bool
    plugin_name: str
    readonly: bool
    preset: bool
    plugin_active: bool | None = None
    plugin_display_name: str | None = None


class SkillList(BaseModel):
    """The skills and their runtime."""

    skills: list[Skill]
    runtime: str
    sandbox_cache: SandboxCache


class SkillListAnswer(Ok):
    """Response of `list_skills`."""

    data: SkillList


class ScopeName(
    RootModel[
        Literal[
            "bot",
            "provider",
            "persona",
            "im",
            "config",
            "chat",
            "data",
            "file",
            "plugin",
            "mcp",
            "skill",
            "chat:admin",
            "config:edit_admin",
        ]
    ]
):
    root: Annotated[
        Literal[
            "bot",
            "provider",
            "persona",
            "im",
            "config",
            "chat",
            "data",
            "file",
            "plugin",
            "mcp",
            "skill",
            "chat:admin",
            "config:edit_admin",
        ],
        Field(description="A scope that a developer key can have."),
    ]


class ApiKeyCreation(BaseModel):
    """The key to create."""

    model_config = ConfigDict(extra="allow")
    name: Nullable[str] = None
    scopes: Nullable[
        list[
            Literal[
                "bot",
                "provider",
                "persona",
                "im",
                "config",
                "chat",
                "data",
                "file",
                "plugin",
                "mcp",
                "skill",
                "chat:admin",
                "config:edit_admin",
            ]
        ]
    ] = None
    expires_in_days: Nullable[int] = None


class ApiKey(BaseModel):
    """A key without its secret."""

    key_id: str
    name: str
    key_prefix: str
    scopes: list[
        Literal[
            "bot",
            "provider",
            "persona",
            "im",
            "config",
            "chat",
            "data",
            "file",
            "plugin",
            "mcp",
            "skill",
            "chat:admin",
            "config:edit_admin",
        ]
    ]
    created_by: str
    created_at: str
    updated_at: str
    last_used_at: str | None
    expires_at: str | None
    revoked_at: str | None
    is_revoked: bool
    is_expired: bool


class CreatedApiKey(ApiKey):
    """A new key with its secret, which is never shown again."""

    api_key: str


class ApiKeyListAnswer(Ok):
    """Response of `list_api_keys`."""

    data: Any


class CreatedApiKeyAnswer(Ok):
    """Response of `create_api_key`."""

    data: CreatedApiKey


class ChatStream(RootModel[str]):
    root: Annotated[
        str,
        Field(
            description="Events. Each is a line `data: ` with a JSON object, followed by a blank line. A line that starts with a colon is a comment: it is sent about once per second while there is nothing to send, and a reader skips it. The stream ends after the last event."
        ),
    ]


class StoredFile(BaseModel):
    """A file."""

    type: Literal["file"] = "file"
    attachment_id: str
    filename: str
    stored_filename: str | None = None


class StoredVideo(BaseModel):
    """A video."""

    type: Literal["video"] = "video"
    attachment_id: str
    filename: str
    stored_filename: str | None = None


class WorkspaceEntry(BaseModel):
    """A file or a folder in a workspace."""

    name: str
    path: str
    type: Literal["directory", "file"]
    size: int
    readable: bool


class WorkspaceFolder(BaseModel):
    """The content of a folder, folders first; links are omitted."""

    path: str
    entries: list[WorkspaceEntry]


class WorkspaceFolderAnswer(Ok):
    """Response of `list_workspace_files`."""

    data: WorkspaceFolder


class WorkspaceText(BaseModel):
    """A text file in a workspace."""

    path: str
    content: str
    size: int


class WorkspaceTextAnswer(Ok):
    """Response of `get_workspace_file`."""

    data: WorkspaceText


class WorkspaceFile(RootModel[Any]):
    root: Annotated[Any, Field(description="A file in a workspace.")]


class ChatFlags(BaseModel):
    """How to answer; a missing member means yes."""

    enable_streaming: bool = True
    enable_default_system_prompt: bool = True
    enable_inline_genui: bool = True
    enable_reasoning: bool = True


class StartedRun(BaseModel):
    """The run that generates the answer."""

    run_id: str


class CapturedFollowUp(BaseModel):
    """Where the answer is generated."""

    target_run_id: str


class ChatRunStream(RootModel[str]):
    root: Annotated[
        str, Field(description="The events of a chat from now on; what was sent before comes first, merged.")
    ]


class Note(BaseModel):
    """A message for a person."""

    message: str


class NoteAnswer(Ok):
    """Response of `delete_conversation`, `update_conversation` and 2 more."""

    data: Note


class MessageOrigin(BaseModel):
    """A message origin (UMO), split into its parts, and its names."""

    umo: str
    platform: str
    message_type: str
    session_id: str
    auto_name: str
    user_alias: str
    display_name: str
    creator_sender_id: str


class ConversationText(RootModel[str]):
    root: Annotated[str, Field(description="The history that the agent uses, as JSON.")]


class ConversationTurn(RootModel[Any]):
    root: Annotated[Any, Field(description="One message, in the format of model requests.")]


class ConversationFacts(BaseModel):
    """A conversation without its messages."""

    user_id: str
    cid: str
    title: str | None
    persona_id: str | None
    created_at: int
    updated_at: int
    umo_info: MessageOrigin


class Conversation(ConversationFacts):
    """A conversation with its messages."""

    history: str


class ConversationAnswer(Ok):
    """Response of `get_conversation`."""

    data: Conversation


class ListedConversation(ConversationFacts):
    """A conversation in the list."""

    platform_id: str
    token_usage: int
    history: str | None = None


class Pagination(BaseModel):
    """The page number and the number of pages."""

    page: int
    page_size: int
    total: int
    total_pages: int
    grouped_by_session: bool


class ConversationReference(BaseModel):
    """The conversation."""

    user_id: str
    cid: str


class ConversationChoice(BaseModel):
    """Conversations, by origin and id."""

    conversations: Annotated[list[ConversationReference], Field(min_length=1)]


class ConversationBatchResult(BaseModel):
    """The number of deleted conversations, and why others were not deleted."""

    message: str
    deleted_count: int
    failed_count: int
    failed_items: list[str]


class ConversationBatchAnswer(Ok):
    """Response of `delete_conversations`."""

    data: ConversationBatchResult


class ConversationExport(RootModel[str]):
    root: Annotated[
        str,
        Field(
            description="Conversations, one per line. Each is a JSON object with `cid`, `user_id`, `platform_id`, `title`, `persona_id`, `created_at`, `updated_at` and the list of messages in `content`."
        ),
    ]


class ConversationChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    title: Nullable[str] = None
    persona_id: Nullable[str] = None
    user_id: Nullable[str] = None


class AttachmentUpload(BaseModel):
    """The file to store."""

    file: str


class AttachmentContent(RootModel[Any]):
    root: Annotated[Any, Field(description="The stored attachment, or, as JSON, an error envelope.")]


class StoredAttachment(BaseModel):
    """The id by which messages name the attachment."""

    attachment_id: str
    filename: str
    type: Literal["image", "record", "video", "file"]
    stored_filename: str


class StoredAttachmentAnswer(Ok):
    """Response of `upload_file`, `upload_attachment` and `complete_upload`."""

    data: StoredAttachment


class DeletedAttachment(BaseModel):
    """A deleted attachment."""

    attachment_id: str


class DeletedAttachmentAnswer(Ok):
    """Response of `delete_attachment`."""

    data: DeletedAttachment


class PluginRepository(BaseModel):
    """A repository on GitHub or another Git server."""

    model_config = ConfigDict(extra="allow")
    url: Nullable[str] = None
    repository: Nullable[str] = None
    proxy: Nullable[str] = None


class PluginLogLevelChange(BaseModel):
    """The log level of a plugin."""

    model_config = ConfigDict(extra="allow")
    level: Nullable[str] = None


class Severity(RootModel[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None]):
    root: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None,
        Field(description="A log level; null for that of AstrBot."),
    ]


class PluginSourceChoice(BaseModel):
    """The update source of a plugin."""

    model_config = ConfigDict(extra="allow")
    install_method: Nullable[str] = None
    registry_url: Nullable[str] = None
    market_plugin_id: Nullable[str] = None


class PluginOrigin(BaseModel):
    """The update source of a plugin."""

    schema_version: int
    root_dir_name: str
    install_method: str
    registry_url: str | None
    registry_name: str
    market_plugin_id: str | None = None
    repo: str
    download_url: str
    installed_at: str
    updated_at: str | None = None
    name: str | None = None
    marketplace_name: str | None = None


class PluginOriginAnswer(OkWithMessage):
    """Response of `set_plugin_source`."""

    data: PluginOrigin


class SessionGroup(BaseModel):
    """A group of sessions that are managed together."""

    id: str
    name: str
    umos: list[str]
    umo_count: int


class SessionGroupList(BaseModel):
    """All groups."""

    groups: list[SessionGroup]


class SessionGroupListAnswer(Ok):
    """Response of `list_session_groups`."""

    data: SessionGroupList


class ChangedSessionGroup(BaseModel):
    """The group after the change."""

    message: str
    group: SessionGroup


class SessionGroupAnswer(Ok):
    """Response of `create_session_group` and `update_session_group`."""

    data: ChangedSessionGroup


class SessionGroupCreation(BaseModel):
    """The new group."""

    model_config = ConfigDict(extra="allow")
    name: str
    umos: Nullable[list[str]] = None
    id: Nullable[str] = None
    add_umos: Nullable[list[str]] = None
    remove_umos: Nullable[list[str]] = None


class SessionGroupChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    name: Nullable[str] = None
    umos: Nullable[list[str]] = None
    add_umos: Nullable[list[str]] = None
    remove_umos: Nullable[list[str]] = None
    id: Nullable[str] = None


class SessionRuleKey(
    RootModel[
        Literal[
            "session_service_config",
            "session_plugin_config",
            "kb_config",
            "provider_perf_chat_completion",
            "provider_perf_speech_to_text",
            "provider_perf_text_to_speech",
        ]
    ]
):
    root: Annotated[
        Literal[
            "session_service_config",
            "session_plugin_config",
            "kb_config",
            "provider_perf_chat_completion",
            "provider_perf_speech_to_text",
            "provider_perf_text_to_speech",
        ],
        Field(description="The subject of a rule: services, plugins, knowledge bases, or one of the providers."),
    ]


class SessionServices(BaseModel):
    """How a session is handled; for an absent member the general setting applies."""

    model_config = ConfigDict(extra="allow")
    session_enabled: bool | None = None
    llm_enabled: bool | None = None
    tts_enabled: bool | None = None
    custom_name: str | None = None
    persona_id: Nullable[str] = None


class SessionPlugins(BaseModel):
    """The plugins of a session."""

    model_config = ConfigDict(extra="allow")
    enabled_plugins: list[str] | None = None
    disabled_plugins: list[str] | None = None


class SessionKnowledge(BaseModel):
    """The knowledge bases of a session."""

    model_config = ConfigDict(extra="allow")
    kb_ids: list[str] | None = None
    top_k: int | None = None
    enable_rerank: bool | None = None


class SessionRule(BaseModel):
    """A rule of a session. `rule_key` decides what `rule_value` contains."""

    model_config = ConfigDict(extra="allow")
    umo: Annotated[str, Field(min_length=1)]
    rule_key: Literal[
        "session_service_config",
        "session_plugin_config",
        "kb_config",
        "provider_perf_chat_completion",
        "provider_perf_speech_to_text",
        "provider_perf_text_to_speech",
    ]
    rule_value: Nullable[dict[str, Any] | str] = None


class SessionRules(BaseModel):
    """The rules of a session, by subject; a subject without a rule is absent."""

    session_service_config: Nullable[SessionServices] = None
    session_plugin_config: Nullable[SessionPlugins] = None
    kb_config: Nullable[SessionKnowledge] = None
    provider_perf_chat_completion: Nullable[str] = None
    provider_perf_speech_to_text: Nullable[str] = None
    provider_perf_text_to_speech: Nullable[str] = None


class RuledSession(MessageOrigin):
    """A session that has rules."""

    rules: SessionRules


class PersonaChoice(BaseModel):
    """A persona that can be selected for a session."""

    name: str
    prompt: str


class SessionPluginChoice(BaseModel):
    """A plugin that can be selected for a session; built-in plugins are omitted."""

    name: str
    display_name: str
    desc: str | None


class KnowledgeBaseChoice(BaseModel):
    """A knowledge base that can be selected for a session."""

    kb_id: str
    kb_name: str
    emoji: str | None


class OriginNote(BaseModel):
    """A message for a person about one message origin."""

    model_config = ConfigDict(extra="allow")
    message: str
    umo: str


class OriginNoteAnswer(Ok):
    """Response of `set_session_rule`."""

    data: OriginNote


class SessionRuleDeletion(BaseModel):
    """The rules to delete: of one session (`umo`) or of several, of one subject or of all."""

    umos: Nullable[list[str]] = None
    scope: Nullable[Literal["all", "group", "private", "custom_group"]] = None
    group_id: Nullable[str] = None
    umo: Nullable[str] = None
    rule_key: Any = None


class DeletedSessionRules(BaseModel):
    """The number of checked sessions."""

    model_config = ConfigDict(extra="allow")
    message: str
    success_count: int
    failed_umos: list[str] | None = None


class SessionRulesDeletedAnswer(Ok):
    """Response of `delete_session_rules`."""

    data: OriginNote | DeletedSessionRules


class MessageSession(MessageOrigin):
    """A message session and its settings."""

    custom_name: str
    session_enabled: bool
    llm_enabled: bool
    tts_enabled: bool
    has_rules: bool
    chat_provider: str | None
    tts_provider: str | None
    stt_provider: str | None


class ProviderChoice(BaseModel):
    """A provider that can be selected for a session."""

    id: str
    name: str
    model: str | None


class MessageSessionPage(BaseModel):
    """A page of message sessions, and the providers that can be selected for them."""

    sessions: list[MessageSession]
    total: int
    page: int
    page_size: int
    platforms: list[str]
    available_chat_providers: list[ProviderChoice]
    available_tts_providers: list[ProviderChoice]
    available_stt_providers: list[ProviderChoice]


class MessageSessionPageAnswer(Ok):
    """Response of `list_message_sessions`."""

    data: MessageSessionPage


class OriginList(BaseModel):
    """The known message origins."""

    umos: list[str]
    umo_infos: list[MessageOrigin]


class OriginListAnswer(Ok):
    """Response of `list_active_umos`."""

    data: OriginList


class SessionChoice(BaseModel):
    """Sessions, by origin or by kind."""

    umos: Nullable[list[str]] = None
    scope: Nullable[Literal["all", "group", "private", "custom_group"]] = None
    group_id: Nullable[str] = None
    umo: Nullable[str] = None
    rule_key: Nullable[str] = None


class SessionServiceChange(SessionChoice):
    """The switches to set for the sessions; a switch that is absent or null stays as it is."""

    session_enabled: Nullable[bool] = None
    llm_enabled: Nullable[bool] = None
    tts_enabled: Nullable[bool] = None


class SessionProviderChange(SessionChoice):
    """The provider to set for the sessions."""

    provider_type: Literal["chat_completion", "speech_to_text", "text_to_speech"]
    provider_id: Annotated[str, Field(min_length=1)]


class SessionBatchResult(BaseModel):
    """The number of changed sessions, and those that were not changed."""

    message: str
    success_count: int
    failed_count: int
    failed_umos: list[str]


class SessionBatchAnswer(Ok):
    """Response of `set_session_provider` and `set_session_service`."""

    data: SessionBatchResult


class CheckedPlugin(BaseModel):
    """The metadata of the plugin in a repository."""

    name: str
    display_name: str | None
    desc: str
    version: str
    author: str | None
    repo: str


class ConversationBot(BaseModel):
    """A bot that has conversations."""

    id: str
    type: str


class ConversationBotList(BaseModel):
    """The configured bots that have conversations."""

    bots: list[ConversationBot]


class ConversationBotListAnswer(Ok):
    """Response of `list_conversation_bots`."""

    data: ConversationBotList


class AgentRunnerSettingsRagOptions(BaseModel):
    model_config = ConfigDict(extra="allow")
    pipeline_ids: list[str] | None = None
    file_ids: list[str] | None = None
    output_reference: bool | None = None


class AgentModelSettings(BaseModel):
    """The models that AstrBot uses."""

    model_config = ConfigDict(extra="allow")
    provider_id: str | None = None
    fallback_provider_ids: list[str] | None = None
    request_max_retries: int | None = None


class AgentPersonaSettings(BaseModel):
    """The persona of the agent."""

    model_config = ConfigDict(extra="allow")
    persona_id: str | None = None
    safety_mode: bool | None = None
    safety_mode_strategy: str | None = None


class AgentMemorySettings(BaseModel):
    """How a long history is shortened."""

    model_config = ConfigDict(extra="allow")
    max_turns: int | None = None
    trim_turns: int | None = None
    overflow_strategy: str | None = None
    instruction: str | None = None
    keep_recent_ratio: int | float | None = None
    provider_id: str | None = None
    fallback_max_tokens: int | None = None


class AgentLimits(BaseModel):
    """Limits of the agent."""

    model_config = ConfigDict(extra="allow")
    max_steps: int | None = None
    tool_schema_mode: str | None = None
    tool_call_timeout: int | None = None
    sanitize_context_by_modalities: bool | None = None


class UploadPlan(BaseModel):
    """The attachment to upload."""

    model_config = ConfigDict(extra="allow")
    filename: Annotated[str, Field(min_length=1)]
    total_size: Annotated[int, Field(ge=1, le=536870912)]
    content_type: Nullable[str] = None


class BegunUpload(BaseModel):
    """A started upload."""

    upload_id: str
    chunk_size: int
    total_chunks: int


class BegunUploadAnswer(Ok):
    """Response of `begin_upload`."""

    data: BegunUpload


class UploadPiece(BaseModel):
    """One piece of an attachment."""

    upload_id: str
    chunk_index: str
    chunk: str


class ReceivedPiece(BaseModel):
    """A piece that has arrived."""

    received: int
    total: int
    chunk_index: int


class ReceivedPieceAnswer(Ok):
    """Response of `upload_piece`."""

    data: ReceivedPiece


class UploadReference(BaseModel):
    """The upload."""

    model_config = ConfigDict(extra="allow")
    upload_id: Annotated[str, Field(min_length=1)]


class UploadAbortion(BaseModel):
    """Id of the upload; absent, null or empty for none."""

    model_config = ConfigDict(extra="allow")
    upload_id: Nullable[str] = None


class UploadStatus(BaseModel):
    """The progress of an upload."""

    received_chunks: list[int]
    total_chunks: int
    chunk_size: int
    expires_in: int


class UploadStatusAnswer(Ok):
    """Response of `get_upload_status`."""

    data: UploadStatus


class LocalPermissions(BaseModel):
    """What the agent can do on the machine itself."""

    model_config = ConfigDict(extra="allow")
    allow_execution: bool | None = None
    allow_network: bool | None = None
    filesystem_scope: str | None = None


class ProviderList(BaseModel):
    """Providers."""

    providers: list[Provider]
    model_metadata: dict[str, ModelMetadata]


class ProviderListAnswer(Ok):
    """Response of `list_providers`, `list_provider_source_providers_by_id` and `list_provider_source_providers`."""

    data: ProviderList


class SingleProvider(BaseModel):
    """One provider."""

    provider: Provider
    model_metadata: dict[str, ModelMetadata]


class SingleProviderAnswer(Ok):
    """Response of `get_provider_by_id` and `get_provider`."""

    data: SingleProvider


class ProviderSourceReplacementById(ProviderSourceMembers):
    """A source and its whole new configuration. Another `id` renames the source, also in its providers; an id that another source has is rejected. A nonexistent source is created."""

    source_id: str


class Regeneration(BaseModel):
    """How to generate the answer."""

    model_config = ConfigDict(extra="allow")
    selected_provider: Nullable[str] = None
    selected_model: Nullable[str] = None
    enable_streaming: Nullable[bool] = None
    flags: Nullable[ChatFlags] = None
    locale: Nullable[str] = None


class ProviderSettings(BaseModel):
    """How models are used."""

    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    default_image_caption_provider_id: str | None = None
    image_caption_prompt: str | None = None
    provider_pool: list[str] | None = None
    wake_prefix: str | None = None
    web_search: bool | None = None
    websearch_provider: str | None = None
    websearch_tavily_key: list[str] | None = None
    websearch_bocha_key: list[str] | None = None
    websearch_brave_key: list[str] | None = None
    websearch_baidu_app_builder_key: str | None = None
    websearch_firecrawl_key: list[str] | None = None
    web_search_link: bool | None = None
    display_reasoning_text: bool | None = None
    identifier: bool | None = None
    group_name_display: bool | None = None
    datetime_system_prompt: bool | None = None
    persona_pool: list[str] | None = None
    prompt_prefix: str | None = None
    streaming_response: bool | None = None
    show_tool_use_status: bool | None = None
    show_tool_call_result: bool | None = None
    buffer_intermediate_messages: bool | None = None
    max_quoted_fallback_images: int | None = None
    quoted_message_parser: ProviderSettingsQuotedMessageParser | None = None
    unsupported_streaming_strategy: str | None = None
    reachability_check: bool | None = None
    file_extract: ProviderSettingsFileExtract | None = None
    proactive_capability: ProviderSettingsProactiveCapability | None = None
    computer_use_runtime: str | None = None
    computer_use_require_admin: bool | None = None
    sandbox: SandboxSettings | None = None
    websearch_exa_key: list[str] | None = None
    websearch_anysearch_key: list[str] | None = None
    websearch_deepseek_key: list[str] | None = None
    websearch_serpapi_key: list[str] | None = None
    computer_use_local_permissions: dict[str, LocalPermissions] | None = None


class GroupMemorySettings(BaseModel):
    """The memory of group chats."""

    model_config = ConfigDict(extra="allow")
    group_icl_enable: bool | None = None
    group_message_max_cnt: int | None = None
    image_caption: bool | None = None
    image_caption_provider_id: str | None = None
    active_reply: GroupMemorySettingsActiveReply | None = None
    group_message_history_enable: bool | None = None
    group_message_history_max_cnt: int | None = None


class PluginBasics(BaseModel):
    """The members that every view of an installed plugin has."""

    name: str
    marketplace_name: str
    repo: str
    author: str
    desc: str
    version: str
    reserved: bool
    activated: bool
    display_name: str | None
    logo: str | None
    support_platforms: list[str]
    astrbot_version: str | None
    installed_at: str
    i18n: dict[str, dict[str, Any]]
    root_dir_name: str
    install_source: PluginOrigin | None
    updates_enabled: bool
    update_disabled_reason: str
    online_version: str


class PluginListItem(PluginBasics):
    """An installed plugin in the list."""

    pages: list[str]


class Plugin(PluginBasics):
    """An installed plugin with all its components."""

    components: list[PluginComponent]


class PluginAnswer(Ok):
    """Response of `get_plugin_by_id`, `get_plugin` and 4 more."""

    data: Plugin


class AgentStats(BaseModel):
    """What an answer used, in tokens and time."""

    token_usage: TokenUsage
    start_time: int | float
    end_time: int | float
    time_to_first_token: int | float
    current_context_tokens: int | None = None


class RunStartedEvent(BaseModel):
    """A model is called; from here on the answer can also be resumed by its run."""

    type: Literal["run_started"] = "run_started"
    data: StartedRun
    streaming: bool
    message_id: str


class FollowUpCapturedEvent(BaseModel):
    """An answer to the same user was in progress in this session, and includes this message."""

    type: Literal["follow_up_captured"] = "follow_up_captured"
    data: CapturedFollowUp
    streaming: bool
    message_id: str


class ConversationTurns(RootModel[list[Any]]):
    """The messages, the oldest first."""

    root: Annotated[list[Any], Field(description="The messages, the oldest first.")]


class ConversationPage(BaseModel):
    """A page of conversations."""

    conversations: list[ListedConversation]
    pagination: Pagination


class ConversationPageAnswer(Ok):
    """Response of `list_conversations`."""

    data: ConversationPage


class ConversationMessages(BaseModel):
    """The messages that replace all messages, as a list or as a string with that list as JSON."""

    model_config = ConfigDict(extra="allow")
    messages: Nullable[list[Any] | str] = None
    history: Nullable[list[Any] | str] = None
    user_id: Nullable[str] = None


class CheckedPluginAnswer(OkWithMessage):
    """Response of `check_plugin_repository`."""

    data: CheckedPlugin


class PluginLogLevel(BaseModel):
    """The log level of a plugin."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None


class PluginLogLevelAnswer(OkWithMessage):
    """Response of `set_plugin_log_level`."""

    data: PluginLogLevel


class SessionRulePage(BaseModel):
    """A page of sessions that have rules, and the choices for rules."""

    rules: list[RuledSession]
    total: int
    page: int
    page_size: int
    available_personas: list[PersonaChoice]
    available_chat_providers: list[ProviderChoice]
    available_stt_providers: list[ProviderChoice]
    available_tts_providers: list[ProviderChoice]
    available_plugins: list[SessionPluginChoice]
    available_kbs: list[KnowledgeBaseChoice]
    available_rule_keys: list[
        Literal[
            "session_service_config",
            "session_plugin_config",
            "kb_config",
            "provider_perf_chat_completion",
            "provider_perf_speech_to_text",
            "provider_perf_text_to_speech",
        ]
    ]


class SessionRulePageAnswer(Ok):
    """Response of `list_session_rules`."""

    data: SessionRulePage


class AgentRunnerSettings(BaseModel):
    """The settings of the agent runner. The members depend on `runner_type`; other members are dropped."""

    model_config = ConfigDict(extra="allow")
    model: AgentModelSettings | None = None
    persona: AgentPersonaSettings | None = None
    compression: AgentMemorySettings | None = None
    misc: AgentLimits | None = None
    timeout: int | None = None
    proxy: str | None = None
    variables: dict[str, Any] | None = None
    dify_api_type: str | None = None
    dify_api_key: str | None = None
    dify_api_base: str | None = None
    dify_workflow_output_key: str | None = None
    dify_query_input_key: str | None = None
    coze_api_key: str | None = None
    bot_id: str | None = None
    coze_api_base: str | None = None
    auto_save_history: bool | None = None
    dashscope_app_type: str | None = None
    dashscope_api_key: str | None = None
    dashscope_app_id: str | None = None
    rag_options: AgentRunnerSettingsRagOptions | None = None
    deerflow_api_base: str | None = None
    deerflow_api_key: str | None = None
    deerflow_auth_header: str | None = None
    deerflow_assistant_id: str | None = None
    deerflow_model_name: str | None = None
    deerflow_thinking_enabled: bool | None = None
    deerflow_plan_mode: bool | None = None
    deerflow_subagent_enabled: bool | None = None
    deerflow_max_concurrent_subagents: int | None = None
    deerflow_recursion_limit: int | None = None


class AgentStatsEventData(AgentStats):
    current_context_tokens: int


class HistorySegment(
    RootModel[
        StoredText
        | ReplySegment
        | StoredThought
        | StoredToolCalls
        | StoredImage
        | StoredRecord
        | StoredFile
        | StoredVideo
    ]
):
    root: Annotated[
        StoredText
        | ReplySegment
        | StoredThought
        | StoredToolCalls
        | StoredImage
        | StoredRecord
        | StoredFile
        | StoredVideo,
        Field(description="One part of a stored message; `type` tells which kind.", discriminator="type"),
    ]


class AgentRunner(BaseModel):
    """How the agent is run."""

    model_config = ConfigDict(extra="allow")
    runner_type: Literal["local", "dify", "coze", "dashscope", "deerflow"]
    config: AgentRunnerSettings | None = None


class ConfigurationSections(BaseModel):
    """The members of a configuration."""

    model_config = ConfigDict(extra="allow")
    config_version: int | None = None
    platform_settings: PlatformSettings | None = None
    provider_sources: list[OpenConfiguration] | None = None
    provider: list[OpenConfiguration] | None = None
    provider_settings: ProviderSettings | None = None
    subagent_orchestrator: SubagentSettings | None = None
    provider_stt_settings: SpeechToTextSettings | None = None
    provider_tts_settings: TextToSpeechSettings | None = None
    provider_ltm_settings: GroupMemorySettings | None = None
    content_safety: ContentSafetySettings | None = None
    admins_id: list[str] | None = None
    t2i: bool | None = None
    t2i_word_threshold: int | None = None
    t2i_strategy: str | None = None
    t2i_endpoint: str | None = None
    t2i_use_file_service: bool | None = None
    t2i_active_template: str | None = None
    http_proxy: str | None = None
    no_proxy: list[str] | None = None
    dashboard: DashboardSettings | None = None
    platform: list[OpenConfiguration] | None = None
    platform_specific: dict[str, PlatformExtras] | None = None
    wake_prefix: list[str] | None = None
    log_level: str | None = None
    log_file_enable: bool | None = None
    log_file_path: str | None = None
    log_file_max_mb: int | None = None
    temp_dir_max_size: int | None = None
    trace_enable: bool | None = None
    pip_install_arg: str | None = None
    pypi_index_url: str | None = None
    persona: list[OpenConfiguration] | None = None
    timezone: str | None = None
    callback_api_base: str | None = None
    default_kb_collection: str | None = None
    plugin_set: list[str] | None = None
    kb_names: list[str] | None = None
    kb_fusion_top_k: int | None = None
    kb_final_top_k: int | None = None
    kb_agentic_mode: bool | None = None
    disable_builtin_commands: bool | None = None
    disable_metrics: bool | None = None
    agent_runner: AgentRunner | None = None
    trace_db_path: str | None = None
    trace_db_max_mb: int | None = None
    trace_retention_days: int | None = None


class AgentStatsEvent(BaseModel):
    """What the answer has used so far, after each call of the model."""

    type: Literal["agent_stats"] = "agent_stats"
    data: AgentStatsEventData


class UserContent(BaseModel):
    """A message of the user."""

    type: Literal["user"] = "user"
    message: list[
        Annotated[
            StoredText
            | ReplySegment
            | StoredThought
            | StoredToolCalls
            | StoredImage
            | StoredRecord
            | StoredFile
            | StoredVideo,
            Field(discriminator="type"),
        ]
    ]


class BotContent(BaseModel):
    """A message of the agent."""

    type: Literal["bot"] = "bot"
    message: list[
        Annotated[
            StoredText
            | ReplySegment
            | StoredThought
            | StoredToolCalls
            | StoredImage
            | StoredRecord
            | StoredFile
            | StoredVideo,
            Field(discriminator="type"),
        ]
    ]
    reasoning: str | None = None
    agent_stats: AgentStats | None = None


class ActiveRun(BaseModel):
    """An answer that is being generated."""

    run_id: str
    session_id: str
    llm_checkpoint_id: str
    status: str
    revision: int
    content: BotContent


class RunSnapshotEvent(BaseModel):
    """What was sent before this reader connected."""

    type: Literal["run_snapshot"] = "run_snapshot"
    data: ActiveRun


class ChatRequest(BaseModel):
    """A message of a user, and the session for it."""

    model_config = ConfigDict(extra="allow")
    username: str
    message: (
        str
        | list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ]
    )
    session_id: Nullable[str] = None
    conversation_id: Nullable[str] = None
    config_id: Nullable[str] = None
    config_name: Nullable[str] = None
    enable_streaming: Nullable[bool] = None
    selected_provider: str | None = None
    selected_model: str | None = None
    platform_id: Nullable[str] = None
    files: list[dict[str, Any]] | None = None
    field_skip_user_history: Annotated[bool | None, Field(alias="_skip_user_history")] = None
    field_llm_checkpoint_id: Annotated[str | None, Field(alias="_llm_checkpoint_id")] = None
    field_platform_history_id: Annotated[str | None, Field(alias="_platform_history_id")] = None
    field_thread_selected_text: Annotated[str | None, Field(alias="_thread_selected_text")] = None
    flags: Nullable[ChatFlags] = None
    locale: Nullable[str] = None


class ThreadMessage(BaseModel):
    """A message of a user in a thread."""

    model_config = ConfigDict(extra="allow")
    message: (
        str
        | list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ]
    )
    selected_provider: Nullable[str] = None
    selected_model: Nullable[str] = None
    enable_streaming: Nullable[bool] = None
    flags: Nullable[ChatFlags] = None
    locale: Nullable[str] = None


class ChatSocketRequest(BaseModel):
    """A message of a user, and the session for it."""

    model_config = ConfigDict(extra="allow")
    t: Literal["send"] | None = None
    username: str
    message: (
        str
        | list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ]
    )
    session_id: Nullable[str] = None
    conversation_id: Nullable[str] = None
    message_id: str | None = None
    config_id: Nullable[str] = None
    config_name: Nullable[str] = None
    enable_streaming: Nullable[bool] = None
    selected_provider: Nullable[str] = None
    selected_model: Nullable[str] = None
    flags: Nullable[ChatFlags] = None


class ChatSocketEvent(
    RootModel[
        ChatSocketPong
        | ChatSocketError
        | ChatSocketSession
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AgentStatsEvent
        | CompleteEvent
        | ChatSocketSaved
        | EndEvent
        | RunStartedEvent
        | FollowUpCapturedEvent
    ]
):
    root: Annotated[
        ChatSocketPong
        | ChatSocketError
        | ChatSocketSession
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AgentStatsEvent
        | CompleteEvent
        | ChatSocketSaved
        | EndEvent
        | RunStartedEvent
        | FollowUpCapturedEvent,
        Field(
            description="A message of the server; `type` tells which kind. The events of an answer end with `end`.",
            discriminator="type",
        ),
    ]


class Configuration(ConfigurationSections):
    """A whole configuration. Unknown members are stored as they are."""

    config_version: int
    platform_settings: PlatformSettings
    provider_sources: list[OpenConfiguration]
    provider: list[OpenConfiguration]
    provider_settings: ProviderSettings
    subagent_orchestrator: SubagentSettings
    provider_stt_settings: SpeechToTextSettings
    provider_tts_settings: TextToSpeechSettings
    provider_ltm_settings: GroupMemorySettings
    content_safety: ContentSafetySettings
    admins_id: list[str]
    t2i: bool
    t2i_word_threshold: int
    t2i_strategy: str
    t2i_endpoint: str
    t2i_use_file_service: bool
    t2i_active_template: str
    http_proxy: str
    no_proxy: list[str]
    dashboard: DashboardSettings
    platform: list[OpenConfiguration]
    platform_specific: dict[str, PlatformExtras]
    wake_prefix: list[str]
    log_level: str
    log_file_enable: bool
    log_file_path: str
    log_file_max_mb: int
    temp_dir_max_size: int
    trace_enable: bool
    pip_install_arg: str
    pypi_index_url: str
    persona: list[OpenConfiguration]
    timezone: str
    callback_api_base: str
    default_kb_collection: str
    plugin_set: list[str]
    kb_names: list[str]
    kb_fusion_top_k: int
    kb_final_top_k: int
    kb_agentic_mode: bool
    disable_builtin_commands: bool
    disable_metrics: bool
    agent_runner: AgentRunner
    trace_db_path: str
    trace_db_max_mb: int
    trace_retention_days: int


class ConfigurationChange(ConfigurationSections):
    """The members of a configuration to change. An absent member stays, but `agent_runner` is required; a given object replaces the stored one as a whole, so send it complete. Unknown members are kept."""

    agent_runner: AgentRunner


class ChatEvent(
    RootModel[
        SessionIdEvent
        | UserMessageSavedEvent
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AttachmentSavedEvent
        | AgentStatsEvent
        | CompleteEvent
        | MessageSavedEvent
        | EndEvent
        | RunStartedEvent
        | FollowUpCapturedEvent
    ]
):
    root: Annotated[
        SessionIdEvent
        | UserMessageSavedEvent
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AttachmentSavedEvent
        | AgentStatsEvent
        | CompleteEvent
        | MessageSavedEvent
        | EndEvent
        | RunStartedEvent
        | FollowUpCapturedEvent,
        Field(description="One event of a stream; `type` tells which kind.", discriminator="type"),
    ]


class HistoryContent(RootModel[UserContent | BotContent]):
    root: Annotated[
        UserContent | BotContent, Field(description="The content; `type` tells who wrote it.", discriminator="type")
    ]


class ChatRunEvent(
    RootModel[
        RunSnapshotEvent
        | RunStartedEvent
        | FollowUpCapturedEvent
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AttachmentSavedEvent
        | AgentStatsEvent
        | CompleteEvent
        | MessageSavedEvent
        | EndEvent
    ]
):
    root: Annotated[
        RunSnapshotEvent
        | RunStartedEvent
        | FollowUpCapturedEvent
        | PlainEvent
        | ImageEvent
        | RecordEvent
        | FileEvent
        | VideoEvent
        | AttachmentSavedEvent
        | AgentStatsEvent
        | CompleteEvent
        | MessageSavedEvent
        | EndEvent,
        Field(description="One event of a resumed stream; `type` tells which kind.", discriminator="type"),
    ]


class ConfigProfileCreation(BaseModel):
    """The profile to create."""

    name: Nullable[str] = None
    config: Nullable[Configuration] = None


class ChatSocketMessage(RootModel[ChatSocketPing | ChatSocketRequest]):
    root: Annotated[
        ChatSocketPing | ChatSocketRequest, Field(description="A message of a client; `t` tells which kind.")
    ]


class HistoryMessage(BaseModel):
    """A stored message."""

    id: int
    platform_id: str
    user_id: str
    sender_id: str | None
    sender_name: str | None
    content: Annotated[UserContent | BotContent, Field(discriminator="type")]
    llm_checkpoint_id: str | None
    created_at: str
    updated_at: str


class ThreadHistory(BaseModel):
    """A thread and its messages."""

    thread: ChatThread
    history: list[HistoryMessage]
    is_running: bool
    active_runs: list[ActiveRun]


class ThreadHistoryAnswer(Ok):
    """Response of `get_chat_thread`."""

    data: ThreadHistory


class ChatSessionHistory(BaseModel):
    """A page of the messages of a session."""

    history: list[HistoryMessage]
    threads: list[ChatThread]
    is_running: bool
    project: ProjectOfSession | None = None
    active_runs: list[ActiveRun]
    total: int
    page: int
    page_size: int
    has_more: bool
    session: ChatSession


class ChatSessionHistoryAnswer(Ok):
    """Response of `get_chat_session`."""

    data: ChatSessionHistory


class ChangedMessage(BaseModel):
    """The changed message. Everything after it is gone."""

    message: HistoryMessage
    needs_regenerate: bool
    truncated_after_message: bool


class ChangedMessageAnswer(Ok):
    """Response of `edit_chat_message`."""

    data: ChangedMessage


class BotType(BaseModel):
    """A platform that a bot can use."""

    type: str
    id: str
    description: str
    display_name: str
    default_config: OpenConfiguration | None
    schema_: Annotated["ConfigurationFields", Field(alias="schema")]
    support_streaming_message: bool
    support_proactive_message: bool


class BotTypeList(BaseModel):
    """The loaded platforms. A platform is loaded when its first bot starts."""

    bot_types: list[BotType]


class BotTypeListAnswer(Ok):
    """Response of `list_bot_types`."""

    data: BotTypeList


class ProviderForms(BaseModel):
    """The form of a provider."""

    provider: "ConfigurationField"


class ProviderSchema(BaseModel):
    """The form of a provider, and all stored providers and sources."""

    config_schema: ProviderForms
    providers: list[Provider]
    provider_sources: list[ProviderSource]
    model_metadata: dict[str, ModelMetadata]


class ProviderSchemaAnswer(Ok):
    """Response of `get_provider_schema`."""

    data: ProviderSchema


class ConfigurationFormGroup(BaseModel):
    """The sections of a group."""

    name: str | None = None
    metadata: "ConfigurationFields"


class ConfigurationField(BaseModel):
    """How one member of a configuration is shown and edited."""

    model_config = ConfigDict(extra="allow")
    type: str | None = None
    description: str | None = None
    desc: str | None = None
    name: str | None = None
    hint: str | None = None
    items: Union[ConfigurationElement, "ConfigurationFields", None] = None
    options: list[str] | None = None
    labels: str | list[str] | None = None
    condition: dict[str, str | bool | int | float] | None = None
    slider: ConfigurationSlider | None = None
    config_template: dict[str, OpenConfiguration] | None = None
    template_schema: Union["ConfigurationFields", None] = None
    render_type: str | None = None
    editor_mode: bool | None = None
    field_special: Annotated[str | None, Field(alias="_special")] = None
    invisible: bool | None = None
    collapsed: bool | None = None
    obvious: bool | None = None
    obvious_hint: bool | None = None
    default: int | float | str | None = None


class FilledConfigurationForm(BaseModel):
    """A configuration and its form."""

    config: Configuration
    metadata: "ConfigurationForm"
    server_utc_time: str | None = None
    server_utc_offset_minutes: int | None = None


class FilledConfigurationFormAnswer(Ok):
    """Response of `get_config_profile_schema`, `get_config_profile` and 2 more."""

    data: FilledConfigurationForm


class RuntimeForm(BaseModel):
    """The configuration of the installation and the forms of bots and providers."""

    config: Configuration
    metadata: "ConfigurationForm"
    platform_i18n_translations: dict[str, dict[str, Any]]


class RuntimeFormAnswer(Ok):
    """Response of `get_system_config_runtime`."""

    data: RuntimeForm


class PluginConfigAnswer(Ok):
    """Response of `get_plugin_config_schema_by_id` and `get_plugin_config_schema`."""

    data: PluginConfig


class PluginSettingsAnswer(Ok):
    """Response of `get_plugin_config_by_id` and `get_plugin_config`."""

    data: "PluginSettings"


class ConfigurationForm(RootModel[dict[str, ConfigurationFormGroup]]):
    """The groups of a form, by name."""

    root: dict[str, ConfigurationFormGroup]


class ConfigurationFields(RootModel[dict[str, ConfigurationField]]):
    """Fields, by the name or the dotted path of their member."""

    root: dict[str, ConfigurationField]


class PluginSettings(PluginConfig, PluginLogLevel):
    """The configuration of a plugin, its form, and the log level of the plugin."""


BotType.model_rebuild()
ProviderForms.model_rebuild()
ConfigurationFormGroup.model_rebuild()
ConfigurationField.model_rebuild()
FilledConfigurationForm.model_rebuild()
RuntimeForm.model_rebuild()
PluginSettingsAnswer.model_rebuild()
PluginSettings.model_rebuild()
