"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""

from typing import Annotated, Any, Literal, Union

from pydantic import MISSING, ConfigDict, Field

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
from .validation import BaseModel, RootModel

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
    emoji: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    project_id: str | None | MISSING = MISSING
    workspace_type: str | None | MISSING = MISSING
    workspace_path: None | MISSING = MISSING


class ChatProjectChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    title: str | None | MISSING = MISSING
    emoji: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    project_id: str | None | MISSING = MISSING
    workspace_type: str | None | MISSING = MISSING
    workspace_path: None | MISSING = MISSING


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
    max_component_chain_depth: int | MISSING = MISSING
    max_forward_node_depth: int | MISSING = MISSING
    max_forward_fetch: int | MISSING = MISSING
    warn_on_action_failure: bool | MISSING = MISSING


class ProviderSettingsFileExtract(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    provider: str | MISSING = MISSING
    moonshotai_api_key: str | MISSING = MISSING


class ProviderSettingsProactiveCapability(BaseModel):
    model_config = ConfigDict(extra="allow")
    add_cron_tools: bool | MISSING = MISSING


class GroupMemorySettingsActiveReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    method: str | MISSING = MISSING
    possibility_reply: int | float | MISSING = MISSING
    whitelist: list[str] | MISSING = MISSING


class PluginListAnswer(OkWithMessage):
    """Response of `list_plugins`."""

    data: Any


class GithubPlugin(BaseModel):
    """A plugin in a GitHub repository."""

    model_config = ConfigDict(extra="allow")
    repository: str | None | MISSING = MISSING
    url: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    ignore_version_check: bool | None | MISSING = MISSING
    install_method: str | None | MISSING = MISSING
    registry_url: str | None | MISSING = MISSING
    market_plugin_id: str | None | MISSING = MISSING


class LinkedPlugin(BaseModel):
    """A plugin, by the URL of its repository."""

    model_config = ConfigDict(extra="allow")
    url: str | None | MISSING = MISSING
    repository: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    ignore_version_check: bool | None | MISSING = MISSING
    install_method: str | None | MISSING = MISSING
    registry_url: str | None | MISSING = MISSING
    market_plugin_id: str | None | MISSING = MISSING


class InstalledPluginAnswer(OkWithMessage):
    """Response of `install_plugin_from_upload`, `install_plugin_from_url` and `install_plugin_from_git`."""

    data: InstalledPlugin


class PluginUpdate(BaseModel):
    """How to update a plugin. The new version comes from its update source."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str | None | MISSING = MISSING
    plugin_ids: list[str] | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    names: list[str] | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    download_urls: dict[str, str] | None | MISSING = MISSING


class PluginUpdates(BaseModel):
    """The plugins to update. The new versions come from their update sources."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str | None | MISSING = MISSING
    plugin_ids: list[str] | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    names: list[str] | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    download_urls: dict[str, str] | None | MISSING = MISSING


class UpdatedPlugin(BaseModel):
    """One plugin was updated; the response has no data."""

    model_config = ConfigDict(extra="forbid")


class UpdatedPluginAnswer(OkWithMessage):
    """Response of `update_plugin`."""

    data: UpdatedPlugin


class UpdatedPluginList(BaseModel):
    """The results for several plugins, even if none could be updated."""

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
    errlogs: list[str] | MISSING = MISSING
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
    plugin_active: bool | MISSING = MISSING
    plugin_display_name: str | MISSING = MISSING


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

    name: str | None | MISSING = MISSING
    scopes: list[ScopeName] | None | MISSING = MISSING
    expires_in_days: int | None | MISSING = MISSING


class ApiKey(BaseModel):
    """A key without its secret."""

    key_id: str
    name: str
    key_prefix: str
    scopes: list[ScopeName]
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

    type: Literal["file"]
    attachment_id: str
    filename: str
    stored_filename: str | MISSING = MISSING


class StoredVideo(BaseModel):
    """A video."""

    type: Literal["video"]
    attachment_id: str
    filename: str
    stored_filename: str | MISSING = MISSING


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

    history: ConversationText


class ConversationAnswer(Ok):
    """Response of `get_conversation`."""

    data: Conversation


class ListedConversation(ConversationFacts):
    """A conversation in the list."""

    platform_id: str
    token_usage: int
    history: ConversationText | MISSING = MISSING


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
    title: str | None | MISSING = MISSING
    persona_id: str | None | MISSING = MISSING
    user_id: str | None | MISSING = MISSING


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
    url: str | None | MISSING = MISSING
    repository: str | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING


class PluginLogLevelChange(BaseModel):
    """The log level of a plugin."""

    model_config = ConfigDict(extra="allow")
    level: str | None | MISSING = MISSING


class Severity(RootModel[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None]):
    root: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None,
        Field(description="A log level; null for that of AstrBot."),
    ]


class PluginSourceChoice(BaseModel):
    """The update source of a plugin."""

    model_config = ConfigDict(extra="allow")
    install_method: str | None | MISSING = MISSING
    registry_url: str | None | MISSING = MISSING
    market_plugin_id: str | None | MISSING = MISSING


class PluginOrigin(BaseModel):
    """The update source of a plugin."""

    schema_version: int
    root_dir_name: str
    install_method: str
    registry_url: str | None
    registry_name: str
    market_plugin_id: str | MISSING = MISSING
    repo: str
    download_url: str
    installed_at: str
    updated_at: str | MISSING = MISSING
    name: str | MISSING = MISSING
    marketplace_name: str | MISSING = MISSING


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
    umos: list[str] | None | MISSING = MISSING
    id: str | None | MISSING = MISSING
    add_umos: list[str] | None | MISSING = MISSING
    remove_umos: list[str] | None | MISSING = MISSING


class SessionGroupChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    name: str | None | MISSING = MISSING
    umos: list[str] | None | MISSING = MISSING
    add_umos: list[str] | None | MISSING = MISSING
    remove_umos: list[str] | None | MISSING = MISSING
    id: str | None | MISSING = MISSING


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
    session_enabled: bool | MISSING = MISSING
    llm_enabled: bool | MISSING = MISSING
    tts_enabled: bool | MISSING = MISSING
    custom_name: str | MISSING = MISSING
    persona_id: str | None | MISSING = MISSING


class SessionPlugins(BaseModel):
    """The plugins of a session."""

    model_config = ConfigDict(extra="allow")
    enabled_plugins: list[str] | MISSING = MISSING
    disabled_plugins: list[str] | MISSING = MISSING


class SessionKnowledge(BaseModel):
    """The knowledge bases of a session."""

    model_config = ConfigDict(extra="allow")
    kb_ids: list[str] | MISSING = MISSING
    top_k: int | MISSING = MISSING
    enable_rerank: bool | MISSING = MISSING


class SessionRule(BaseModel):
    """A rule of a session. `rule_key` decides what `rule_value` contains."""

    model_config = ConfigDict(extra="allow")
    umo: Annotated[str, Field(min_length=1)]
    rule_key: SessionRuleKey
    rule_value: dict[str, Any] | str | None | MISSING = MISSING


class SessionRules(BaseModel):
    """The rules of a session, by subject; a subject without a rule is absent."""

    session_service_config: SessionServices | None | MISSING = MISSING
    session_plugin_config: SessionPlugins | None | MISSING = MISSING
    kb_config: SessionKnowledge | None | MISSING = MISSING
    provider_perf_chat_completion: str | None | MISSING = MISSING
    provider_perf_speech_to_text: str | None | MISSING = MISSING
    provider_perf_text_to_speech: str | None | MISSING = MISSING


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

    message: str
    umo: str


class OriginNoteAnswer(Ok):
    """Response of `set_session_rule`."""

    data: OriginNote


class SessionRuleDeletion(RootModel[Any]):
    root: Annotated[
        Any, Field(description="The rules to delete: of one session (`umo`) or of several, of one subject or of all.")
    ]


class DeletedSessionRules(BaseModel):
    """The number of checked sessions."""

    message: str
    success_count: int
    failed_umos: list[str] | MISSING = MISSING


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

    umos: list[str] | None | MISSING = MISSING
    scope: Literal["all", "group", "private", "custom_group"] | None | MISSING = MISSING
    group_id: str | None | MISSING = MISSING
    umo: str | None | MISSING = MISSING
    rule_key: str | None | MISSING = MISSING


class SessionServiceChange(RootModel[Any]):
    root: Annotated[
        Any, Field(description="The switches to set for the sessions; a switch that is absent or null stays as it is.")
    ]


class SessionProviderChange(RootModel[Any]):
    root: Annotated[Any, Field(description="The provider to set for the sessions.")]


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
    pipeline_ids: list[str] | MISSING = MISSING
    file_ids: list[str] | MISSING = MISSING
    output_reference: bool | MISSING = MISSING


class AgentModelSettings(BaseModel):
    """The models that AstrBot uses."""

    model_config = ConfigDict(extra="allow")
    provider_id: str | MISSING = MISSING
    fallback_provider_ids: list[str] | MISSING = MISSING
    request_max_retries: int | MISSING = MISSING


class AgentPersonaSettings(BaseModel):
    """The persona of the agent."""

    model_config = ConfigDict(extra="allow")
    persona_id: str | MISSING = MISSING
    safety_mode: bool | MISSING = MISSING
    safety_mode_strategy: str | MISSING = MISSING


class AgentMemorySettings(BaseModel):
    """How a long history is shortened."""

    model_config = ConfigDict(extra="allow")
    max_turns: int | MISSING = MISSING
    trim_turns: int | MISSING = MISSING
    overflow_strategy: str | MISSING = MISSING
    instruction: str | MISSING = MISSING
    keep_recent_ratio: int | float | MISSING = MISSING
    provider_id: str | MISSING = MISSING
    fallback_max_tokens: int | MISSING = MISSING


class AgentLimits(BaseModel):
    """Limits of the agent."""

    model_config = ConfigDict(extra="allow")
    max_steps: int | MISSING = MISSING
    tool_schema_mode: str | MISSING = MISSING
    tool_call_timeout: int | MISSING = MISSING
    sanitize_context_by_modalities: bool | MISSING = MISSING


class UploadPlan(BaseModel):
    """The attachment to upload."""

    model_config = ConfigDict(extra="allow")
    filename: Annotated[str, Field(min_length=1)]
    total_size: Annotated[int, Field(ge=1, le=536870912)]
    content_type: str | None | MISSING = MISSING


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
    upload_id: str | None | MISSING = MISSING


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
    allow_execution: bool | MISSING = MISSING
    allow_network: bool | MISSING = MISSING
    filesystem_scope: str | MISSING = MISSING


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
    selected_provider: str | None | MISSING = MISSING
    selected_model: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING
    flags: ChatFlags | None | MISSING = MISSING
    locale: str | None | MISSING = MISSING


class ProviderSettings(BaseModel):
    """How models are used."""

    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    default_image_caption_provider_id: str | MISSING = MISSING
    image_caption_prompt: str | MISSING = MISSING
    provider_pool: list[str] | MISSING = MISSING
    wake_prefix: str | MISSING = MISSING
    web_search: bool | MISSING = MISSING
    websearch_provider: str | MISSING = MISSING
    websearch_tavily_key: list[str] | MISSING = MISSING
    websearch_bocha_key: list[str] | MISSING = MISSING
    websearch_brave_key: list[str] | MISSING = MISSING
    websearch_baidu_app_builder_key: str | MISSING = MISSING
    websearch_firecrawl_key: list[str] | MISSING = MISSING
    web_search_link: bool | MISSING = MISSING
    display_reasoning_text: bool | MISSING = MISSING
    identifier: bool | MISSING = MISSING
    group_name_display: bool | MISSING = MISSING
    datetime_system_prompt: bool | MISSING = MISSING
    persona_pool: list[str] | MISSING = MISSING
    prompt_prefix: str | MISSING = MISSING
    streaming_response: bool | MISSING = MISSING
    show_tool_use_status: bool | MISSING = MISSING
    show_tool_call_result: bool | MISSING = MISSING
    buffer_intermediate_messages: bool | MISSING = MISSING
    max_quoted_fallback_images: int | MISSING = MISSING
    quoted_message_parser: ProviderSettingsQuotedMessageParser | MISSING = MISSING
    unsupported_streaming_strategy: str | MISSING = MISSING
    reachability_check: bool | MISSING = MISSING
    file_extract: ProviderSettingsFileExtract | MISSING = MISSING
    proactive_capability: ProviderSettingsProactiveCapability | MISSING = MISSING
    computer_use_runtime: str | MISSING = MISSING
    computer_use_require_admin: bool | MISSING = MISSING
    sandbox: SandboxSettings | MISSING = MISSING
    websearch_exa_key: list[str] | MISSING = MISSING
    websearch_anysearch_key: list[str] | MISSING = MISSING
    websearch_deepseek_key: list[str] | MISSING = MISSING
    websearch_serpapi_key: list[str] | MISSING = MISSING
    computer_use_local_permissions: dict[str, LocalPermissions] | MISSING = MISSING


class GroupMemorySettings(BaseModel):
    """The memory of group chats."""

    model_config = ConfigDict(extra="allow")
    group_icl_enable: bool | MISSING = MISSING
    group_message_max_cnt: int | MISSING = MISSING
    image_caption: bool | MISSING = MISSING
    image_caption_provider_id: str | MISSING = MISSING
    active_reply: GroupMemorySettingsActiveReply | MISSING = MISSING
    group_message_history_enable: bool | MISSING = MISSING
    group_message_history_max_cnt: int | MISSING = MISSING


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
    i18n: PluginTranslations
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
    current_context_tokens: int | MISSING = MISSING


class RunStartedEvent(BaseModel):
    """A model is called; from here on the answer can also be resumed by its run."""

    type: Literal["run_started"]
    data: StartedRun
    streaming: bool
    message_id: str


class FollowUpCapturedEvent(BaseModel):
    """An answer to the same user was in progress in this session, and includes this message."""

    type: Literal["follow_up_captured"]
    data: CapturedFollowUp
    streaming: bool
    message_id: str


class ConversationTurns(RootModel[list[ConversationTurn]]):
    """The messages, the oldest first."""

    root: Annotated[list[ConversationTurn], Field(description="The messages, the oldest first.")]


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
    messages: ConversationTurns | ConversationText | None | MISSING = MISSING
    history: ConversationTurns | ConversationText | None | MISSING = MISSING
    user_id: str | None | MISSING = MISSING


class CheckedPluginAnswer(OkWithMessage):
    """Response of `check_plugin_repository`."""

    data: CheckedPlugin


class PluginLogLevel(BaseModel):
    """The log level of a plugin."""

    log_level: Severity | None


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
    available_rule_keys: list[SessionRuleKey]


class SessionRulePageAnswer(Ok):
    """Response of `list_session_rules`."""

    data: SessionRulePage


class AgentRunnerSettings(BaseModel):
    """The settings of the agent runner. The members depend on `runner_type`; other members are dropped."""

    model_config = ConfigDict(extra="allow")
    model: AgentModelSettings | MISSING = MISSING
    persona: AgentPersonaSettings | MISSING = MISSING
    compression: AgentMemorySettings | MISSING = MISSING
    misc: AgentLimits | MISSING = MISSING
    timeout: int | MISSING = MISSING
    proxy: str | MISSING = MISSING
    variables: dict[str, Any] | MISSING = MISSING
    dify_api_type: str | MISSING = MISSING
    dify_api_key: str | MISSING = MISSING
    dify_api_base: str | MISSING = MISSING
    dify_workflow_output_key: str | MISSING = MISSING
    dify_query_input_key: str | MISSING = MISSING
    coze_api_key: str | MISSING = MISSING
    bot_id: str | MISSING = MISSING
    coze_api_base: str | MISSING = MISSING
    auto_save_history: bool | MISSING = MISSING
    dashscope_app_type: str | MISSING = MISSING
    dashscope_api_key: str | MISSING = MISSING
    dashscope_app_id: str | MISSING = MISSING
    rag_options: AgentRunnerSettingsRagOptions | MISSING = MISSING
    deerflow_api_base: str | MISSING = MISSING
    deerflow_api_key: str | MISSING = MISSING
    deerflow_auth_header: str | MISSING = MISSING
    deerflow_assistant_id: str | MISSING = MISSING
    deerflow_model_name: str | MISSING = MISSING
    deerflow_thinking_enabled: bool | MISSING = MISSING
    deerflow_plan_mode: bool | MISSING = MISSING
    deerflow_subagent_enabled: bool | MISSING = MISSING
    deerflow_max_concurrent_subagents: int | MISSING = MISSING
    deerflow_recursion_limit: int | MISSING = MISSING


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
    config: AgentRunnerSettings | MISSING = MISSING


class ConfigurationSections(BaseModel):
    """The members of a configuration."""

    model_config = ConfigDict(extra="allow")
    config_version: int | MISSING = MISSING
    platform_settings: PlatformSettings | MISSING = MISSING
    provider_sources: list[OpenConfiguration] | MISSING = MISSING
    provider: list[OpenConfiguration] | MISSING = MISSING
    provider_settings: ProviderSettings | MISSING = MISSING
    subagent_orchestrator: SubagentSettings | MISSING = MISSING
    provider_stt_settings: SpeechToTextSettings | MISSING = MISSING
    provider_tts_settings: TextToSpeechSettings | MISSING = MISSING
    provider_ltm_settings: GroupMemorySettings | MISSING = MISSING
    content_safety: ContentSafetySettings | MISSING = MISSING
    admins_id: list[str] | MISSING = MISSING
    t2i: bool | MISSING = MISSING
    t2i_word_threshold: int | MISSING = MISSING
    t2i_strategy: str | MISSING = MISSING
    t2i_endpoint: str | MISSING = MISSING
    t2i_use_file_service: bool | MISSING = MISSING
    t2i_active_template: str | MISSING = MISSING
    http_proxy: str | MISSING = MISSING
    no_proxy: list[str] | MISSING = MISSING
    dashboard: DashboardSettings | MISSING = MISSING
    platform: list[OpenConfiguration] | MISSING = MISSING
    platform_specific: dict[str, PlatformExtras] | MISSING = MISSING
    wake_prefix: list[str] | MISSING = MISSING
    log_level: str | MISSING = MISSING
    log_file_enable: bool | MISSING = MISSING
    log_file_path: str | MISSING = MISSING
    log_file_max_mb: int | MISSING = MISSING
    temp_dir_max_size: int | MISSING = MISSING
    trace_enable: bool | MISSING = MISSING
    pip_install_arg: str | MISSING = MISSING
    pypi_index_url: str | MISSING = MISSING
    persona: list[OpenConfiguration] | MISSING = MISSING
    timezone: str | MISSING = MISSING
    callback_api_base: str | MISSING = MISSING
    default_kb_collection: str | MISSING = MISSING
    plugin_set: list[str] | MISSING = MISSING
    kb_names: list[str] | MISSING = MISSING
    kb_fusion_top_k: int | MISSING = MISSING
    kb_final_top_k: int | MISSING = MISSING
    kb_agentic_mode: bool | MISSING = MISSING
    disable_builtin_commands: bool | MISSING = MISSING
    disable_metrics: bool | MISSING = MISSING
    agent_runner: AgentRunner | MISSING = MISSING
    trace_db_path: str | MISSING = MISSING
    trace_db_max_mb: int | MISSING = MISSING
    trace_retention_days: int | MISSING = MISSING


class AgentStatsEvent(BaseModel):
    """What the answer has used so far, after each call of the model."""

    type: Literal["agent_stats"]
    data: AgentStatsEventData


class UserContent(BaseModel):
    """A message of the user."""

    type: Literal["user"]
    message: list[HistorySegment]


class BotContent(BaseModel):
    """A message of the agent."""

    type: Literal["bot"]
    message: list[HistorySegment]
    reasoning: str | MISSING = MISSING
    agent_stats: AgentStats | MISSING = MISSING


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

    type: Literal["run_snapshot"]
    data: ActiveRun


class ChatRequest(BaseModel):
    """A message of a user, and the session for it."""

    model_config = ConfigDict(extra="allow")
    username: str
    message: MessageChain
    session_id: str | None | MISSING = MISSING
    conversation_id: str | None | MISSING = MISSING
    config_id: str | None | MISSING = MISSING
    config_name: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING
    selected_provider: str | MISSING = MISSING
    selected_model: str | MISSING = MISSING
    platform_id: str | None | MISSING = MISSING
    files: list[dict[str, Any]] | MISSING = MISSING
    field_skip_user_history: Annotated[bool | MISSING, Field(alias="_skip_user_history")] = MISSING
    field_llm_checkpoint_id: Annotated[str | MISSING, Field(alias="_llm_checkpoint_id")] = MISSING
    field_platform_history_id: Annotated[str | MISSING, Field(alias="_platform_history_id")] = MISSING
    field_thread_selected_text: Annotated[str | MISSING, Field(alias="_thread_selected_text")] = MISSING
    flags: ChatFlags | None | MISSING = MISSING
    locale: str | None | MISSING = MISSING


class ThreadMessage(BaseModel):
    """A message of a user in a thread."""

    model_config = ConfigDict(extra="allow")
    message: MessageChain
    selected_provider: str | None | MISSING = MISSING
    selected_model: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING
    flags: ChatFlags | None | MISSING = MISSING
    locale: str | None | MISSING = MISSING


class ChatSocketRequest(BaseModel):
    """A message of a user, and the session for it."""

    model_config = ConfigDict(extra="allow")
    t: Literal["send"] | MISSING = MISSING
    username: str
    message: MessageChain
    session_id: str | None | MISSING = MISSING
    conversation_id: str | None | MISSING = MISSING
    message_id: str | MISSING = MISSING
    config_id: str | None | MISSING = MISSING
    config_name: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING
    selected_provider: str | None | MISSING = MISSING
    selected_model: str | None | MISSING = MISSING
    flags: ChatFlags | None | MISSING = MISSING


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

    name: str | None | MISSING = MISSING
    config: Configuration | None | MISSING = MISSING


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
    content: HistoryContent
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
    project: ProjectOfSession | MISSING = MISSING
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

    name: str | MISSING = MISSING
    metadata: "ConfigurationFields"


class ConfigurationField(BaseModel):
    """How one member of a configuration is shown and edited."""

    type: str | MISSING = MISSING
    description: str | MISSING = MISSING
    desc: str | MISSING = MISSING
    name: str | MISSING = MISSING
    hint: str | MISSING = MISSING
    items: Union[ConfigurationElement, "ConfigurationFields"] | MISSING = MISSING
    options: list[str] | MISSING = MISSING
    labels: str | list[str] | MISSING = MISSING
    condition: dict[str, str | bool | int | float] | MISSING = MISSING
    slider: ConfigurationSlider | MISSING = MISSING
    config_template: dict[str, OpenConfiguration] | MISSING = MISSING
    template_schema: Union["ConfigurationFields", MISSING] = MISSING
    render_type: str | MISSING = MISSING
    editor_mode: bool | MISSING = MISSING
    field_special: Annotated[str | MISSING, Field(alias="_special")] = MISSING
    invisible: bool | MISSING = MISSING
    collapsed: bool | MISSING = MISSING
    obvious: bool | MISSING = MISSING
    obvious_hint: bool | MISSING = MISSING
    default: int | float | str | MISSING = MISSING


class FilledConfigurationForm(BaseModel):
    """A configuration and its form."""

    config: Configuration
    metadata: "ConfigurationForm"
    server_utc_time: str | MISSING = MISSING
    server_utc_offset_minutes: int | MISSING = MISSING


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
