"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""

from typing import Annotated, Any, Literal, Union

from pydantic import ConfigDict, Field

from .validation import BaseModel, Nullable, RootModel


class BotRegistration(BaseModel):
    """The state of the registration, and the input for the next step. The members depend on the platform."""

    status: Literal["pending", "created", "expired", "denied", "slow_down", "error"]
    message: str | None = None
    qr_status: str | int | None = None
    registration_code: str | None = None
    device_code: str | None = None
    task_id: str | None = None
    bind_key: str | None = None
    qrcode: str | None = None
    qrcode_img_content: str | None = None
    user_code: str | None = None
    verification_uri: str | None = None
    verification_uri_complete: str | None = None
    interval: int | None = None
    expires_in: int | None = None
    platform_id_suffix: str | None = None
    weixin_oc_token: str | None = None
    weixin_oc_account_id: str | None = None
    weixin_oc_base_url: str | None = None
    weixin_oc_user_id: str | None = None
    appid: str | None = None
    secret: str | None = None
    app_id: str | None = None
    app_secret: str | None = None
    tenant_brand: str | None = None
    domain: str | None = None
    client_id: str | None = None
    client_secret: str | None = None


class BotSwitch(BaseModel):
    """Whether to enable the bot."""

    enabled: bool


class BotTrial(BaseModel):
    """The result of a test of a bot."""

    id: str
    status: Literal["unsupported"] = "unsupported"


class BotFailure(BaseModel):
    """The last error."""

    message: str
    timestamp: str
    traceback: str


class BotPlatform(BaseModel):
    """The platform of a running bot."""

    id: str
    name: str
    display_name: str
    description: str
    support_streaming_message: bool
    support_proactive_message: bool


class RunningBot(BaseModel):
    """A started bot and its state."""

    id: str
    type: str
    display_name: str
    status: str
    started_at: str
    error_count: Annotated[int, Field(ge=0)]
    last_error: BotFailure | None
    unified_webhook: bool
    meta: BotPlatform


class BotCounts(BaseModel):
    """The number of bots, by state."""

    total: Annotated[int, Field(ge=0)]
    running: Annotated[int, Field(ge=0)]
    error: Annotated[int, Field(ge=0)]
    total_errors: Annotated[int, Field(ge=0)]


class BotStats(BaseModel):
    """The started bots, including the built-in webchat; disabled bots are omitted."""

    platforms: list[RunningBot]
    summary: BotCounts


class Ok(BaseModel):
    """The success envelope without a message."""

    status: Literal["ok"] = "ok"
    message: None = None
    data: Any


class OkWithMessage(BaseModel):
    """The success envelope with a message for a person."""

    status: Literal["ok"] = "ok"
    message: str
    data: Any


class NoData(BaseModel):
    """An object without members."""

    model_config = ConfigDict(extra="forbid")


class Done(OkWithMessage):
    """The operation succeeded; the response has a message for a person and no other data."""

    data: NoData


class DoneQuietly(Ok):
    """The operation succeeded; the response has no data."""

    data: NoData


class ErrorEnvelope(BaseModel):
    """The error envelope, for every status."""

    status: Literal["error"] = "error"
    message: str
    data: Nullable[NoData] = None


class InputProblem(BaseModel):
    """One error in the input."""

    type: str
    loc: list[str | int]
    msg: str
    input: Any
    ctx: dict[str, Any] | None = None


class InputProblems(BaseModel):
    """The errors in the input, found before the operation started. Not an envelope."""

    detail: Annotated[list[InputProblem], Field(min_length=1)]


class DashboardData(BaseModel):
    """The envelope around data that only the dashboard sees."""

    status: Literal["ok"] = "ok"
    message: Nullable[str] = None
    data: Any


class ProviderConnection(BaseModel):
    """How to connect to a model service. A provider and its source can each have a part of this."""

    model_config = ConfigDict(extra="allow")
    provider: str | None = None
    provider_type: str | None = None
    key: list[str] | None = None
    api_base: str | None = None
    timeout: int | str | None = None


class ProviderSwitch(BaseModel):
    """Whether to enable the provider."""

    enabled: bool


class ProviderTrial(BaseModel):
    """The result of a test of a provider."""

    id: str
    model: str
    type: str
    name: str
    status: str
    error: str | None


class ProviderTrialAnswer(Ok):
    """Response of `test_provider_by_id` and `test_provider`."""

    data: ProviderTrial


class EmbeddingDimension(BaseModel):
    """The vector length of an embedding model."""

    embedding_dimensions: Annotated[int, Field(ge=1)]


class EmbeddingDimensionAnswer(Ok):
    """Response of `get_embedding_dimension_by_id` and `get_embedding_dimension`."""

    data: EmbeddingDimension


class ModelModalities(BaseModel):
    """The input and output formats of a model."""

    input: list[str]
    output: list[str]


class ModelLimit(BaseModel):
    """The token limits of a model."""

    context: int
    output: int


class ModelMetadata(BaseModel):
    """Public information on a model."""

    id: str
    reasoning: bool
    tool_call: bool
    knowledge: str
    release_date: str
    modalities: ModelModalities
    open_weights: bool
    limit: ModelLimit


class ModelList(BaseModel):
    """The models that a source offers."""

    models: list[str]
    provider_source_id: str
    model_metadata: dict[str, ModelMetadata]


class ModelListAnswer(Ok):
    """Response of `list_provider_source_models_by_id` and `list_provider_source_models`."""

    data: ModelList


class OpeningDialog(RootModel[list[Any]]):
    """The dialog before the conversation, user and persona in turn."""

    root: Annotated[list[Any], Field(description="The dialog before the conversation, user and persona in turn.")]


class PersonaListAnswer(Ok):
    """Response of `list_personas`."""

    data: Any


class PersonaMembers(BaseModel):
    """The members of a persona."""

    model_config = ConfigDict(extra="allow")
    begin_dialogs: Nullable[list[Any]] = None
    tools: Nullable[list[str]] = None
    skills: Nullable[list[str]] = None
    custom_error_message: Nullable[str] = None


class PersonaCreation(PersonaMembers):
    """The persona to create. For `tools` and `skills`, empty is the same as null."""

    persona_id: str
    system_prompt: str
    folder_id: Nullable[str] = None
    sort_order: Nullable[int] = None


class PersonaChange(PersonaMembers):
    """The members of a persona to change. Null is accepted for `tools`, `skills` and `custom_error_message` only."""

    persona_id: Nullable[str] = None
    system_prompt: Nullable[str] = None
    folder_id: Nullable[str] = None
    sort_order: Nullable[int] = None


class PersonaChangeById(PersonaMembers):
    """A persona, and the members to change."""

    persona_id: str
    system_prompt: Nullable[str] = None


class NewPersona(BaseModel):
    """A persona, as its creation returns it. If all tools or skills are allowed, the list is empty here, not null."""

    persona_id: str
    system_prompt: str
    begin_dialogs: list[Any]
    tools: list[str]
    skills: list[str]
    custom_error_message: str | None
    folder_id: str | None
    sort_order: int
    created_at: str
    updated_at: str


class PersonaMove(BaseModel):
    """A persona and its new folder."""

    persona_id: str
    folder_id: Nullable[str] = None


class PersonaPlace(BaseModel):
    """The position of a persona or a folder."""

    id: str
    type: Literal["persona", "folder"]
    sort_order: int


class PersonaNote(BaseModel):
    """A message about the result."""

    message: str


class PersonaNoteAnswer(Ok):
    """Response of `update_persona_folder`, `delete_persona_folder` and 6 more."""

    data: PersonaNote


class PersonaFolder(BaseModel):
    """A folder for personas and other folders."""

    folder_id: str
    name: str
    parent_id: str | None
    description: str | None
    sort_order: int
    created_at: str
    updated_at: str


class PersonaFolderListAnswer(Ok):
    """Response of `list_persona_folders`."""

    data: Any


class PersonaFolderCreation(BaseModel):
    """The folder to create."""

    model_config = ConfigDict(extra="allow")
    folder_id: Nullable[str] = None
    name: str
    parent_id: Nullable[str] = None
    description: Nullable[str] = None
    sort_order: Nullable[int] = None


class PersonaFolderChange(BaseModel):
    """The members of a folder to change. Absent members stay, and so do name and position if they are null."""

    model_config = ConfigDict(extra="allow")
    folder_id: Nullable[str] = None
    name: Nullable[str] = None
    parent_id: Nullable[str] = None
    description: Nullable[str] = None
    sort_order: Nullable[int] = None


class CreatedPersonaFolder(BaseModel):
    """The new folder."""

    message: str
    folder: PersonaFolder


class CreatedPersonaFolderAnswer(Ok):
    """Response of `create_persona_folder`."""

    data: CreatedPersonaFolder


class PersonaBranch(BaseModel):
    """A folder and its content."""

    folder_id: str
    name: str
    parent_id: str | None
    description: str | None
    sort_order: int
    children: list["PersonaBranch"]


class PersonaTreeAnswer(Ok):
    """Response of `get_persona_tree`."""

    data: Any


class ImBots(BaseModel):
    """The configured bots."""

    bot_ids: list[str]


class ImBotsAnswer(Ok):
    """Response of `list_im_bots`."""

    data: ImBots


class ThreadCreation(BaseModel):
    """A side conversation on a part of an answer."""

    model_config = ConfigDict(extra="allow")
    session_id: str
    parent_message_id: int | str
    selected_text: str


class ChatThread(BaseModel):
    """A side conversation on a part of an answer."""

    thread_id: str
    parent_session_id: str
    parent_message_id: int
    base_checkpoint_id: str
    selected_text: str
    created_at: str
    updated_at: str


class ChatThreadAnswer(Ok):
    """Response of `create_chat_thread`."""

    data: ChatThread


class DeletedThread(BaseModel):
    """The deleted thread."""

    thread_id: str


class DeletedThreadAnswer(Ok):
    """Response of `delete_chat_thread`."""

    data: DeletedThread


class ConfigProfile(BaseModel):
    """A profile, without its configuration."""

    id: str
    name: str
    path: str


class ConfigProfileList(BaseModel):
    """The profiles."""

    info_list: Annotated[list[ConfigProfile], Field(min_length=1)]


class ConfigProfileListAnswer(Ok):
    """Response of `list_chat_configs` and `list_config_profiles`."""

    data: ConfigProfileList


class CreatedConfigProfile(BaseModel):
    """The new profile."""

    conf_id: str


class CreatedConfigProfileAnswer(OkWithMessage):
    """Response of `create_config_profile`."""

    data: CreatedConfigProfile


class ConfigProfileName(BaseModel):
    """A new name."""

    name: Nullable[str] = None


class ConfigRoutes(BaseModel):
    """The profiles that are selected for sessions."""

    routing: dict[str, str]


class ConfigRoutesAnswer(Ok):
    """Response of `get_config_routes`."""

    data: ConfigRoutes


class ConfigRouteChoice(BaseModel):
    """The profile to select."""

    config_id: Annotated[str, Field(min_length=1)]


class ConfigFile(BaseModel):
    """A profile, and whether it is that of the installation."""

    id: str
    name: str
    path: str
    is_default: bool


class ConfigFileList(BaseModel):
    """The profiles."""

    configs: Annotated[list[ConfigFile], Field(min_length=1)]


class ConfigFileListAnswer(Ok):
    """Response of `list_configs`."""

    data: ConfigFileList


class ChatSocketPing(BaseModel):
    """Asks whether the server is there."""

    model_config = ConfigDict(extra="allow")
    t: Literal["ping"] = "ping"


class ChatSocketPong(BaseModel):
    """The response to a ping."""

    type: Literal["pong"] = "pong"


class ChatSocketError(BaseModel):
    """The key or a message is rejected, or the answer failed."""

    type: Literal["error"] = "error"
    code: Literal["UNAUTHORIZED", "INVALID_MESSAGE", "BAD_USER", "SESSION_ERROR", "CONFIG_ERROR", "PROCESSING_ERROR"]
    data: str


class ChatSocketSession(BaseModel):
    """The message is accepted and stored; the events of its answer follow."""

    type: Literal["session_id"] = "session_id"
    data: None = None
    session_id: str
    message_id: str


class ChatSocketSavedMessage(BaseModel):
    """The stored message."""

    id: int
    created_at: str


class ChatSession(BaseModel):
    """A session, without its messages."""

    session_id: str
    platform_id: str
    creator: str
    display_name: str | None
    is_group: Any
    created_at: str
    updated_at: str


class ChatSessionPage(BaseModel):
    """A page of the sessions of a user, the newest first. Sessions in a project are omitted."""

    sessions: list[ChatSession]
    page: int
    page_size: int
    total: int


class ChatSessionPageAnswer(Ok):
    """Response of `list_chat_sessions`."""

    data: ChatSessionPage


class NewChatSession(BaseModel):
    """A new session."""

    session_id: str
    platform_id: str


class NewChatSessionAnswer(Ok):
    """Response of `create_chat_session`."""

    data: NewChatSession


class ProjectOfSession(BaseModel):
    """The project of the session; absent if there is none."""

    project_id: str
    title: str
    emoji: str


class ChatSessionChange(BaseModel):
    """The changes to a session."""

    model_config = ConfigDict(extra="allow")
    display_name: Nullable[str] = None


class ChatSessionBatch(BaseModel):
    """Sessions by id."""

    model_config = ConfigDict(extra="allow")
    session_ids: Annotated[list[str], Field(min_length=1)]


class KeptSession(BaseModel):
    """A session that was not deleted."""

    session_id: str
    reason: str


class Regeneration(BaseModel):
    """How to generate the answer."""

    model_config = ConfigDict(extra="allow")
    selected_provider: Nullable[str] = None
    selected_model: Nullable[str] = None
    enable_streaming: Nullable[bool] = None


class StoppedRuns(BaseModel):
    """The number of stopped answers."""

    stopped_count: int


class StoppedRunsAnswer(Ok):
    """Response of `stop_chat_session`."""

    data: StoppedRuns


class ChatProjectCreation(BaseModel):
    """The project to create."""

    model_config = ConfigDict(extra="allow")
    title: Annotated[str, Field(min_length=1)]
    emoji: Nullable[str] = None
    description: Nullable[str] = None
    project_id: Nullable[str] = None


class ChatProjectChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    title: Nullable[str] = None
    emoji: Nullable[str] = None
    description: Nullable[str] = None
    project_id: Nullable[str] = None


class ChatProject(BaseModel):
    """A project."""

    project_id: str
    title: str
    emoji: str
    description: str | None
    created_at: str
    updated_at: str


class ChatProjectAnswer(Ok):
    """Response of `create_chat_project` and `get_chat_project`."""

    data: ChatProject


class ChatProjectListAnswer(Ok):
    """Response of `list_chat_projects`."""

    data: Any


class ProjectSessionListAnswer(Ok):
    """Response of `list_project_sessions`."""

    data: Any


class ConfigurationElement(BaseModel):
    """The form of the elements of a list."""

    model_config = ConfigDict(extra="allow")
    type: str


class ConfigurationSlider(BaseModel):
    """The range of a slider."""

    min: int | float
    max: int | float
    step: int | float


class OpenConfiguration(BaseModel):
    """The configuration of one bot, provider or source; its `type` decides the members."""

    model_config = ConfigDict(extra="allow")


class PlatformSettingsRateLimit(BaseModel):
    model_config = ConfigDict(extra="allow")
    time: int | None = None
    count: int | None = None
    strategy: str | None = None


class PlatformSettingsSegmentedReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    only_llm_result: bool | None = None
    interval_method: str | None = None
    interval: str | None = None
    log_base: int | float | None = None
    words_count_threshold: int | None = None
    split_mode: str | None = None
    regex: str | None = None
    split_words: list[str] | None = None
    content_cleanup_rule: str | None = None


class PlatformExtrasPreAckEmoji(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    emojis: list[str] | None = None


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


class ProviderSettingsImageCompressOptions(BaseModel):
    model_config = ConfigDict(extra="allow")
    max_size: int | None = None
    quality: int | None = None


class SandboxSettings(BaseModel):
    """The sandbox in which the agent runs programs."""

    model_config = ConfigDict(extra="allow")
    booter: str | None = None
    shipyard_endpoint: str | None = None
    shipyard_access_token: str | None = None
    shipyard_ttl: int | None = None
    shipyard_max_sessions: int | None = None
    shipyard_neo_endpoint: str | None = None
    shipyard_neo_access_token: str | None = None
    shipyard_neo_profile: str | None = None
    shipyard_neo_ttl: int | None = None
    cua_image: str | None = None
    cua_os_type: str | None = None
    cua_idle_timeout: int | None = None
    cua_telemetry_enabled: bool | None = None
    cua_local: bool | None = None
    cua_api_key: str | None = None


class Subagent(BaseModel):
    """An agent to which the main agent can delegate."""

    model_config = ConfigDict(extra="allow")
    name: str | None = None
    persona_id: Nullable[str] = None
    public_description: str | None = None
    system_prompt: str | None = None
    tools: Nullable[list[str]] = None
    enabled: bool | None = None
    provider_id: Nullable[str] = None


class SpeechToTextSettings(BaseModel):
    """Whether speech is converted to text."""

    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    provider_id: str | None = None


class TextToSpeechSettings(BaseModel):
    """Whether answers are converted to speech."""

    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    provider_id: str | None = None
    dual_output: bool | None = None
    use_file_service: bool | None = None
    trigger_probability: int | float | None = None


class GroupMemorySettingsActiveReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    method: str | None = None
    possibility_reply: int | float | None = None
    whitelist: list[str] | None = None


class ContentSafetySettingsInternalKeywords(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    extra_keywords: list[str] | None = None


class ContentSafetySettingsBaiduAip(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    app_id: str | None = None
    api_key: str | None = None
    secret_key: str | None = None


class DashboardSettingsAuthRateLimit(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    average_interval: int | float | None = None
    max_burst: int | None = None


class DashboardSettingsTotp(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    secret: str | None = None
    recovery_code_hash: str | None = None


class DashboardSettingsSsl(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    cert_file: str | None = None
    key_file: str | None = None
    ca_certs: str | None = None


class StoredSubagent(Subagent):
    """A subagent as it was given, with its persona and its provider."""

    persona_id: str | None
    provider_id: str | None


class SubagentConfigReplacement(BaseModel):
    """The new subagents. A member that is absent or null is removed and then has its default."""

    model_config = ConfigDict(extra="allow")
    main_enable: Nullable[bool] = None
    enable: Nullable[bool] = None
    remove_main_duplicate_tools: Nullable[bool] = None
    agents: Nullable[list[Subagent]] = None


class ToolParameters(BaseModel):
    """A JSON Schema of its arguments."""

    type: str
    properties: dict[str, dict[str, Any]]
    required: list[str] | None = None


class SubagentToolListAnswer(Ok):
    """Response of `list_subagent_tools`."""

    data: Any


class T2iTemplateSummary(BaseModel):
    """A template without its text."""

    name: str
    is_default: bool


class T2iTemplateListAnswer(Ok):
    """Response of `list_t2i_templates`."""

    data: Any


class T2iTemplateCreation(BaseModel):
    """The template to create."""

    name: Annotated[str, Field(min_length=1)]
    content: Annotated[str, Field(min_length=1)]


class T2iTemplateText(BaseModel):
    """The new text."""

    name: Nullable[str] = None
    content: str


class T2iTemplateChoice(BaseModel):
    """The template to activate."""

    name: Annotated[str, Field(min_length=1)]


class T2iTemplate(BaseModel):
    """A template with its text."""

    name: str
    content: str


class T2iTemplateAnswer(Ok):
    """Response of `get_t2i_template`."""

    data: T2iTemplate


class T2iTemplateName(BaseModel):
    """The template that was written."""

    name: str


class T2iTemplateNameAnswer(OkWithMessage):
    """Response of `create_t2i_template` and `replace_t2i_template`."""

    data: T2iTemplateName


class ActiveT2iTemplate(BaseModel):
    """The active template."""

    active_template: str


class ActiveT2iTemplateAnswer(Ok):
    """Response of `get_active_t2i_template`."""

    data: ActiveT2iTemplate


class PluginTranslations(RootModel[dict[str, dict[str, Any]]]):
    """The name and description of the plugin, by language tag; empty if the author provided none."""

    root: dict[str, dict[str, Any]]


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
    online_vesion: str
    display_name: str | None
    logo: str | None
    support_platforms: list[str]
    astrbot_version: str | None
    installed_at: str
    i18n: dict[str, dict[str, Any]]


class PluginListItem(PluginBasics):
    """An installed plugin in the list."""

    pages: list[str]


class PluginListAnswer(OkWithMessage):
    """Response of `list_plugins`."""

    data: Any


class PluginSubcommand(BaseModel):
    """A command in a command group."""

    name: str
    description: str
    type: str


class PluginComponent(BaseModel):
    """A component of a plugin. The members depend on its type."""

    type: str
    name: str
    description: str
    title: str | None = None
    page_name: str | None = None
    i18n_key: str | None = None
    plugin_name: str | None = None
    plugin_marketplace_name: str | None = None
    path: str | None = None
    event_type: str | None = None
    event_type_h: str | None = None
    handler_name: str | None = None
    handler_full_name: str | None = None
    has_admin: bool | None = None
    display_type: str | None = None
    command: str | None = None
    cmd: str | None = None
    match: str | None = None
    subcommands: list[PluginSubcommand] | None = None


class Plugin(PluginBasics):
    """An installed plugin with all its components."""

    components: list[PluginComponent]


class PluginAnswer(Ok):
    """Response of `get_plugin_by_id`, `get_plugin` and 2 more."""

    data: Plugin


class PluginRemoval(BaseModel):
    """What to delete in addition to the plugin."""

    model_config = ConfigDict(extra="allow")
    delete_config: Nullable[bool] = None
    delete_data: Nullable[bool] = None


class PluginSwitch(BaseModel):
    """Whether to enable the plugin."""

    enabled: bool


class PluginSwitchById(BaseModel):
    """The plugin, and whether to enable it."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str
    enabled: bool


class PluginChoice(BaseModel):
    """The plugin to reload."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str


class PluginReadme(BaseModel):
    """The README of a plugin."""

    content: str


class PluginReadmeAnswer(OkWithMessage):
    """Response of `get_plugin_readme_by_id` and `get_plugin_readme`."""

    data: PluginReadme


class PluginChangelog(BaseModel):
    """The changelog of a plugin."""

    content: str | None


class PluginChangelogAnswer(OkWithMessage):
    """Response of `get_plugin_changelog_by_id` and `get_plugin_changelog`."""

    data: PluginChangelog


class FailedPlugin(BaseModel):
    """A plugin that could not be loaded. Members from its metadata are absent if the metadata could not be read."""

    name: str
    error: str
    traceback: str
    reserved: bool
    author: str | None = None
    desc: str | None = None
    short_desc: Nullable[str] = None
    version: str | None = None
    repo: Nullable[str] = None
    display_name: Nullable[str] = None
    support_platforms: list[str] | None = None
    astrbot_version: Nullable[str] = None


class FailedPluginList(RootModel[dict[str, FailedPlugin]]):
    """The plugins that failed, by folder."""

    root: dict[str, FailedPlugin]


class FailedPluginListAnswer(Ok):
    """Response of `list_failed_plugins`."""

    data: dict[str, FailedPlugin]


class MarketPlugin(BaseModel):
    """A plugin in the market."""

    name: str | None = None
    display_name: str | None = None
    desc: str | None = None
    author: str | None = None
    repo: str | None = None
    tags: list[str] | None = None
    stars: int | None = None
    version: str | None = None
    updated_at: str | None = None
    social_link: str | None = None
    logo: str | None = None


class PluginMarket(RootModel[dict[str, MarketPlugin] | list[MarketPlugin]]):
    root: Annotated[
        dict[str, MarketPlugin] | list[MarketPlugin],
        Field(description="The content of the registry, returned unchanged; by plugin or as a list."),
    ]


class PluginMarketAnswer(Ok):
    """Response of `list_market_plugins`."""

    data: dict[str, MarketPlugin] | list[MarketPlugin]


class MarketCategories(BaseModel):
    """The categories of the market."""

    categories: Annotated[list[Any], Field(max_length=0)]


class MarketCategoriesAnswer(Ok):
    """Response of `list_market_categories`."""

    data: MarketCategories


class VersionRange(BaseModel):
    """The AstrBot versions that a plugin supports."""

    model_config = ConfigDict(extra="allow")
    astrbot_version: Nullable[str] = None
    plugin_ids: Nullable[list[str]] = None


class VersionSupport(BaseModel):
    """Whether the running AstrBot is in a range of versions."""

    supported: bool
    message: str | None
    astrbot_version: str


class VersionSupportAnswer(Ok):
    """Response of `check_plugin_version_support`."""

    data: VersionSupport


class GithubPlugin(BaseModel):
    """A plugin in a GitHub repository."""

    model_config = ConfigDict(extra="allow")
    repository: Nullable[str] = None
    url: Nullable[str] = None
    download_url: Nullable[str] = None
    proxy: Nullable[str] = None
    ignore_version_check: Nullable[bool] = None


class LinkedPlugin(BaseModel):
    """A plugin, by the URL of its repository."""

    model_config = ConfigDict(extra="allow")
    url: Nullable[str] = None
    repository: Nullable[str] = None
    download_url: Nullable[str] = None
    proxy: Nullable[str] = None
    ignore_version_check: Nullable[bool] = None


class PluginUpload(BaseModel):
    """The archive of a plugin."""

    file: str
    ignore_version_check: str = "false"


class InstalledPlugin(BaseModel):
    """A newly installed plugin."""

    repo: str | None
    readme: str | None
    name: str


class InstalledPluginAnswer(OkWithMessage):
    """Response of `install_plugin_from_upload` and `install_plugin_from_url`."""

    data: InstalledPlugin


class GithubInstalledPlugin(RootModel[InstalledPlugin]):
    root: InstalledPlugin


class GithubInstalledPluginAnswer(OkWithMessage):
    """Response of `install_plugin_from_github`."""

    data: InstalledPlugin


class PluginUpdate(BaseModel):
    """The source of the new version."""

    model_config = ConfigDict(extra="allow")
    plugin_id: Nullable[str] = None
    plugin_ids: Nullable[list[str]] = None
    name: Nullable[str] = None
    names: Nullable[list[str]] = None
    proxy: Nullable[str] = None
    download_url: Nullable[str] = None
    download_urls: Nullable[dict[str, str]] = None


class PluginUpdates(BaseModel):
    """The plugins to update, and the sources of the new versions."""

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


class PluginUpdateResult(BaseModel):
    """The result for one plugin."""

    name: str
    status: str
    message: str


class UpdatedPluginList(BaseModel):
    """The results for several plugins, even if none could be updated."""

    model_config = ConfigDict(extra="allow")
    results: list[PluginUpdateResult]


class UpdatedPluginsAnswer(OkWithMessage):
    """Response of `update_plugins`."""

    data: UpdatedPlugin | UpdatedPluginList


class PluginConfigValues(BaseModel):
    """The values of the items, by name."""

    model_config = ConfigDict(extra="allow")


class PluginConfigChange(BaseModel):
    """The items to change, in `config` or, if that is absent or null, as the body itself. An absent item stays, an absent member of a given object gets its default, an unknown one is dropped."""

    model_config = ConfigDict(extra="allow")
    config: Nullable[PluginConfigValues] = None


class PluginConfigChangeById(BaseModel):
    """A plugin and the items to change. An absent item stays, an absent member of a given object gets its default, an unknown one is dropped."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str
    config: Nullable[PluginConfigValues] = None


class PluginConfigFiles(RootModel[dict[str, str]]):
    """The files to store; the names of the parts are ignored."""

    root: dict[str, str]


class PluginConfigFileChoice(BaseModel):
    """The file to delete."""

    model_config = ConfigDict(extra="allow")
    path: str
    file: Nullable[str] = None
    filename: Nullable[str] = None
    key: Nullable[str] = None


class PluginConfigFileList(BaseModel):
    """The files of an item."""

    files: list[str]


class PluginConfigFileListAnswer(Ok):
    """Response of `list_plugin_config_files_by_id` and `list_plugin_config_files`."""

    data: PluginConfigFileList


class PluginConfigUpload(BaseModel):
    """The result for each uploaded file; at least one was stored."""

    uploaded: Annotated[list[str], Field(min_length=1)]
    errors: list[str]


class PluginConfigUploadAnswer(Ok):
    """Response of `upload_plugin_config_files_by_id` and `upload_plugin_config_files`."""

    data: PluginConfigUpload


class PluginPage(BaseModel):
    """A page that a plugin adds to the dashboard."""

    name: str
    title: str
    i18n_key: str
    content_path: str


class PluginPageAnswer(Ok):
    """Response of `get_plugin_page_by_id` and `get_plugin_page`."""

    data: PluginPage


class PluginPageAsset(RootModel[Any]):
    root: Annotated[Any, Field(description="A file of a page, without an envelope.")]


class ExtensionRequest(RootModel[Any]):
    root: Annotated[Any, Field(description="The input for the plugin, passed on unchanged.")]


class ExtensionAnswer(RootModel[Any]):
    root: Annotated[
        Any,
        Field(description="The response of the plugin, unchanged; or an error envelope if no plugin has such a route."),
    ]


class PluginSource(BaseModel):
    """A source of the plugin market, as a well-behaved client stores it."""

    model_config = ConfigDict(extra="allow")
    id: str | None = None
    name: str | None = None
    url: str | None = None


class PluginSourceCreation(BaseModel):
    """The source to add. Nothing in it is checked; a member that is null is dropped, any other is stored."""

    model_config = ConfigDict(extra="allow")
    id: Nullable[str] = None
    name: Nullable[str] = None
    url: Nullable[str] = None
    sources: Nullable[list[Any]] = None


class PluginSourceReplacement(BaseModel):
    """The sources to store instead of the current ones."""

    model_config = ConfigDict(extra="allow")
    sources: Nullable[list[Any]] = None
    id: Nullable[str] = None
    name: Nullable[str] = None
    url: Nullable[str] = None


class PluginSourceList(BaseModel):
    """All sources, in the order in which they were added."""

    sources: list[Any]


class PluginSourceListAnswer(Ok):
    """Response of `list_plugin_sources`."""

    data: PluginSourceList


class ChangedPluginSourceListAnswer(OkWithMessage):
    """Response of `replace_plugin_sources`, `create_plugin_source` and 2 more."""

    data: PluginSourceList


class McpConfiguration(BaseModel):
    """How to connect to a server: `command` starts it locally and uses its standard streams; `url` with `transport` connects to a running one. Other members are stored."""

    model_config = ConfigDict(extra="allow")
    command: str | None = None
    args: list[str] | None = None
    env: dict[str, str] | None = None
    url: str | None = None
    transport: str | None = None
    headers: dict[str, str] | None = None
    timeout: int | float | None = None
    provider: str | None = None


class McpConfigurationSet(RootModel[dict[str, McpConfiguration]]):
    """One configuration, in the format of other MCP clients."""

    root: dict[str, McpConfiguration]


class McpServer(McpConfiguration):
    """A stored server and its state."""

    name: str
    active: bool
    tools: list[str]
    errlogs: list[str] | None = None


class McpServerListAnswer(Ok):
    """Response of `list_mcp_servers`."""

    data: Any


class McpServerState(BaseModel):
    """Whether a server is enabled. When it is created, it is tested in any case."""

    active: Nullable[bool] = None
    enabled: Nullable[bool] = None


class McpServerCreation(McpConfiguration, McpServerState):
    """The server to create. It is tested before it is stored."""

    name: Annotated[str, Field(min_length=1)]
    oldName: Nullable[str] = None
    config: Nullable[McpConfiguration] = None
    mcpServers: Nullable[dict[str, McpConfiguration]] = None


class McpWrappers(BaseModel):
    """Alternative members for the configuration."""

    config: Nullable[McpConfiguration] = None
    mcpServers: Nullable[dict[str, McpConfiguration]] = None


class NamedMcpServerReplacement(BaseModel):
    """The server and its new configuration."""

    model_config = ConfigDict(extra="allow")
    server_name: str
    config: Nullable[McpConfiguration] = None
    mcp_server_config: Nullable[McpConfiguration] = None
    enabled: Nullable[bool] = None


class McpServerEnabling(BaseModel):
    """Whether to enable the server."""

    enabled: bool


class McpServerTrial(McpServerState, McpWrappers):
    """The configuration to test; if none is given, the stored one."""

    model_config = ConfigDict(extra="allow")
    mcp_server_config: McpConfiguration | None = None
    name: Nullable[str] = None
    oldName: Nullable[str] = None


class NamedMcpServerTrial(BaseModel):
    """The server and the configuration to test."""

    model_config = ConfigDict(extra="allow")
    server_name: str
    mcp_server_config: Nullable[McpConfiguration] = None
    config: Nullable[McpConfiguration] = None
    enabled: Nullable[bool] = None


class McpToolNamesAnswer(OkWithMessage):
    """Response of `test_mcp_server_by_name` and `test_mcp_server`."""

    data: Any


class ModelScopeSynced(BaseModel):
    """An object without members."""

    model_config = ConfigDict(extra="forbid")


class ModelScopeSync(BaseModel):
    """The account."""

    access_token: Nullable[str] = None


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


class SandboxCache(BaseModel):
    """The cached list of skills in the sandbox."""

    exists: bool
    ready: bool
    count: int
    updated_at: str | None


class SkillList(BaseModel):
    """The skills and their runtime."""

    skills: list[Skill]
    runtime: str
    sandbox_cache: SandboxCache


class SkillListAnswer(Ok):
    """Response of `list_skills`."""

    data: SkillList


class SkillUpload(BaseModel):
    """The archive of one skill."""

    file: str


class SkillBatchUpload(BaseModel):
    """The archives of several skills."""

    files: Annotated[list[str], Field(min_length=1)]


class SkillName(BaseModel):
    """The changed skill."""

    name: str


class SkillUploadedAnswer(OkWithMessage):
    """Response of `upload_skill`."""

    data: SkillName


class SkillDeletedAnswer(Ok):
    """Response of `delete_skill_by_name` and `delete_skill`."""

    data: SkillName


class UploadedSkill(BaseModel):
    """An accepted archive."""

    filename: str
    name: str


class FailedSkill(BaseModel):
    """An archive that could not be read."""

    filename: str
    error: str


class SkippedSkill(UploadedSkill, FailedSkill):
    """An archive of an existing skill."""


class SkillState(BaseModel):
    """Whether to enable the skill for the agent."""

    model_config = ConfigDict(extra="allow")
    enabled: Nullable[bool] = None
    active: Nullable[bool] = None


class NamedSkillState(SkillState):
    """The skill, and whether to enable it for the agent."""

    skill_name: str


class SkillActivity(BaseModel):
    """Whether the skill is enabled for the agent now."""

    name: str
    active: bool


class SkillActivityAnswer(Ok):
    """Response of `set_skill_enabled_by_name` and `set_skill_enabled`."""

    data: SkillActivity


class SkillEntry(BaseModel):
    """A folder or file of a skill."""

    name: str
    path: str
    type: Literal["directory", "file"]
    size: Annotated[int, Field(ge=0)]
    editable: bool


class SkillFile(BaseModel):
    """A file of a skill, with its text."""

    name: str
    path: str
    content: str
    size: Annotated[int, Field(ge=0)]
    editable: bool


class SkillFileAnswer(Ok):
    """Response of `get_skill_file_by_name` and `get_skill_file`."""

    data: SkillFile


class SkillFileReplacement(BaseModel):
    """A new text for an existing file."""

    model_config = ConfigDict(extra="allow")
    skill_name: str
    path: str
    content: str = ""


class WrittenSkillFile(BaseModel):
    """The replaced file."""

    name: str
    path: str
    size: Annotated[int, Field(ge=0)]


class WrittenSkillFileAnswer(Ok):
    """Response of `replace_skill_file_by_name` and `replace_skill_file`."""

    data: WrittenSkillFile


class NeoCandidate(BaseModel):
    """A proposed skill."""

    id: str
    skill_key: str
    scenario_key: str | None
    payload_ref: str
    skill_type: str
    auto_release_eligible: bool
    auto_release_reason: str | None
    summary: str
    usage_notes: str | None
    preconditions: str | None
    postconditions: str | None
    source_execution_ids: list[str]
    status: str
    latest_score: int | float | None
    latest_pass: bool | None
    last_evaluated_at: str | None
    promotion_release_id: str | None
    created_by: str | None
    created_at: str
    updated_at: str
    is_deleted: bool
    deleted_at: str | None
    deleted_by: str | None
    delete_reason: str | None


class NeoCandidateList(BaseModel):
    """A page of candidates."""

    items: list[NeoCandidate]
    total: Annotated[int, Field(ge=0)]


class NeoCandidateListAnswer(Ok):
    """Response of `list_neo_candidates`."""

    data: NeoCandidateList


class NeoRelease(BaseModel):
    """A released candidate."""

    id: str
    skill_key: str
    candidate_id: str
    version: int
    stage: str
    is_active: bool
    release_mode: str
    promoted_by: str | None
    promoted_at: str
    rollback_of: str | None
    auto_promoted_from: str | None
    health_window_end_at: str | None
    upgrade_of_release_id: str | None
    upgrade_reason: str | None
    change_summary: str | None
    is_deleted: bool
    deleted_at: str | None
    deleted_by: str | None
    delete_reason: str | None


class NeoReleaseList(BaseModel):
    """A page of releases."""

    items: list[NeoRelease]
    total: Annotated[int, Field(ge=0)]


class NeoReleaseListAnswer(Ok):
    """Response of `list_neo_releases`."""

    data: NeoReleaseList


class NeoPayload(BaseModel):
    """The content of a candidate or release."""

    payload_ref: str
    kind: str
    payload: dict[str, Any] | list[Any]


class NeoPayloadAnswer(Ok):
    """Response of `get_neo_payload`."""

    data: NeoPayload


class NeoEvaluation(BaseModel):
    """An evaluation of a candidate."""

    id: str
    candidate_id: str
    benchmark_id: str | None
    score: int | float | None
    passed: bool
    report: str | None
    evaluated_by: str | None
    created_at: str


class NeoEvaluationAnswer(Ok):
    """Response of `evaluate_neo_candidate`."""

    data: NeoEvaluation


class NeoSync(BaseModel):
    """A release that was imported as a local skill."""

    skill_key: str
    local_skill_name: str
    release_id: str
    candidate_id: str
    payload_ref: str
    map_path: str
    synced_at: str


class NeoSyncAnswer(Ok):
    """Response of `sync_neo_release`."""

    data: NeoSync


class NeoPromotion(BaseModel):
    """The release of a candidate."""

    release: NeoRelease
    sync: NeoSync | None


class NeoPromotionAnswer(Ok):
    """Response of `promote_neo_candidate`."""

    data: NeoPromotion


class NeoReleaseAnswer(Ok):
    """Response of `rollback_neo_release`."""

    data: NeoRelease


class NeoDeletion(BaseModel):
    """The response of the Neo service to a deletion, returned unchanged."""

    model_config = ConfigDict(extra="allow")
    candidate_id: str | None = None
    release_id: str | None = None
    deleted_at: str | None = None
    deleted_by: str | None = None
    delete_reason: Nullable[str] = None


class NeoDeletionAnswer(Ok):
    """Response of `delete_neo_candidate` and `delete_neo_release`."""

    data: NeoDeletion


class NeoSubject(BaseModel):
    """The input of an operation. Members that the operation does not use are ignored."""

    model_config = ConfigDict(extra="allow")
    candidate_id: Nullable[str] = None
    release_id: Nullable[str] = None
    skill_name: Nullable[str] = None
    name: Nullable[str] = None
    profile_id: Nullable[str] = None
    payload: Nullable[dict[str, Any]] = None


class NeoCandidateChoice(BaseModel):
    """A candidate."""

    model_config = ConfigDict(extra="allow")
    candidate_id: str
    release_id: Nullable[str] = None
    skill_name: Nullable[str] = None
    name: Nullable[str] = None
    profile_id: Nullable[str] = None
    payload: Nullable[dict[str, Any]] = None


class NeoReleaseChoice(BaseModel):
    """A release."""

    model_config = ConfigDict(extra="allow")
    candidate_id: Nullable[str] = None
    release_id: str
    skill_name: Nullable[str] = None
    name: Nullable[str] = None
    profile_id: Nullable[str] = None
    payload: Nullable[dict[str, Any]] = None


class NeoCandidateDeletion(NeoCandidateChoice):
    """The candidate to delete."""

    reason: str | None = None


class NeoReleaseDeletion(NeoReleaseChoice):
    """The release to delete."""

    reason: str | None = None


class NeoJudgement(NeoCandidateChoice):
    """An evaluation of a candidate."""

    passed: bool
    score: int | float | None = None
    benchmark_id: str | None = None
    report: Any = None


class NeoPromotionWish(NeoCandidateChoice):
    """The candidate to release."""

    stage: Literal["canary", "stable"] = "canary"
    sync_to_local: bool = True


class NeoSyncWish(NeoSubject):
    """The release to import, by its id or by the key of its skill."""

    skill_key: str | None = None
    require_stable: bool = True


class Login(BaseModel):
    """The credentials."""

    model_config = ConfigDict(extra="allow")
    username: str
    password: str


class DashboardSession(BaseModel):
    """What the dashboard needs to continue."""

    token: str
    username: str
    change_pwd_hint: bool
    md5_pwd_hint: bool
    password_upgrade_required: bool


class DashboardSessionAnswer(Ok):
    """Response of `log_in`."""

    data: DashboardSession


class SetupStatus(BaseModel):
    """The state of the first-run setup."""

    setup_required: bool
    skip_default_password_auth: bool
    password_upgrade_required: bool


class SetupStatusAnswer(Ok):
    """Response of `get_setup_status`."""

    data: SetupStatus


class ScopeName(RootModel[Literal["bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"]]):
    root: Annotated[
        Literal["bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"],
        Field(description="A scope that a developer key can have."),
    ]


class ApiKeyCreation(BaseModel):
    """The key to create."""

    name: Nullable[str] = None
    scopes: Nullable[list[Literal["bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"]]] = (
        None
    )
    expires_in_days: Nullable[int] = None


class ApiKey(BaseModel):
    """A key without its secret."""

    key_id: str
    name: str
    key_prefix: str
    scopes: list[Literal["bot", "provider", "persona", "im", "config", "chat", "plugin", "mcp", "skill"]]
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


class Version(BaseModel):
    """The running release."""

    version: str
    dashboard_version: str | None
    change_pwd_hint: bool
    md5_pwd_hint: bool
    password_upgrade_required: bool


class VersionAnswer(Ok):
    """Response of `get_version`."""

    data: Version


class PublishedDocumentInfo(BaseModel):
    title: str
    version: str


class MessageText(RootModel[str]):
    root: Annotated[str, Field(description="Text that is not empty. It is equivalent to one `plain` segment.")]


class PlainSegment(BaseModel):
    """Text."""

    type: Literal["plain"] = "plain"
    text: Annotated[str, Field(min_length=1)]


class ReplySegment(BaseModel):
    """A reference to an earlier message of the same session. It cannot be the only segment."""

    type: Literal["reply"] = "reply"
    message_id: int | str
    selected_text: str | None = None


class ImageSegment(BaseModel):
    """A stored image."""

    type: Literal["image"] = "image"
    attachment_id: Annotated[str, Field(min_length=1)]


class RecordSegment(BaseModel):
    """A stored audio recording."""

    type: Literal["record"] = "record"
    attachment_id: Annotated[str, Field(min_length=1)]


class FileSegment(BaseModel):
    """A stored file of any kind."""

    type: Literal["file"] = "file"
    attachment_id: Annotated[str, Field(min_length=1)]


class VideoSegment(BaseModel):
    """A stored video."""

    type: Literal["video"] = "video"
    attachment_id: Annotated[str, Field(min_length=1)]


class ChatStream(RootModel[str]):
    root: Annotated[
        str,
        Field(
            description="Events. Each is a line `data: ` with a JSON object, followed by a blank line. A line that starts with a colon is a comment: it is sent about once per second while there is nothing to send, and a reader skips it. The stream ends after the last event."
        ),
    ]


class SessionIdEvent(BaseModel):
    """The session; always the first event."""

    type: Literal["session_id"] = "session_id"
    data: None = None
    session_id: str


class SavedMessage(BaseModel):
    """The stored message."""

    id: int
    created_at: str
    llm_checkpoint_id: str


class PlainEvent(BaseModel):
    """Text, or information about a tool call; `chain_type` tells which."""

    model_config = ConfigDict(extra="allow")
    type: Literal["plain"] = "plain"
    data: str
    streaming: bool
    chain_type: Literal["reasoning", "tool_call", "tool_call_result"] | None
    message_id: str


class ToolArguments(RootModel[Any]):
    root: Annotated[
        Any,
        Field(
            description="The arguments of the call, by name. Arguments that are not an object are passed on unchanged."
        ),
    ]


class ToolResultNews(BaseModel):
    """The result of a tool. A tool that the server does not know has no result."""

    id: str
    ts: int | float
    result: str


class ImageEvent(BaseModel):
    """The agent sends an image."""

    type: Literal["image"] = "image"
    data: str
    streaming: bool
    message_id: str


class RecordEvent(BaseModel):
    """The agent sends an audio recording."""

    type: Literal["record"] = "record"
    data: str
    streaming: bool
    message_id: str


class FileEvent(BaseModel):
    """The agent sends a file."""

    type: Literal["file"] = "file"
    data: str
    streaming: bool
    message_id: str


class VideoEvent(BaseModel):
    """The agent sends a video."""

    type: Literal["video"] = "video"
    data: str
    streaming: bool
    message_id: str


class SavedAttachment(BaseModel):
    """The stored attachment."""

    id: str
    type: Literal["image", "record", "file", "video"]


class TokenUsage(BaseModel):
    """Tokens by kind."""

    input_other: int
    input_cached: int
    output: int


class CompleteEvent(BaseModel):
    """Completes the pieces before it. With `reasoning`, it completes the answer and contains the text of the model. With `chain_type`, it completes what a tool sends to the user in the meantime, and contains the last piece."""

    type: Literal["complete"] = "complete"
    data: str
    reasoning: str | None = None
    chain_type: Nullable[None] = None
    streaming: bool
    message_id: str


class EndEvent(BaseModel):
    """The answer has ended. If it was not streamed, one `message_saved` can follow."""

    type: Literal["end"] = "end"
    data: Literal[""] = ""
    streaming: bool
    message_id: str


class StoredText(BaseModel):
    """Text."""

    type: Literal["plain"] = "plain"
    text: str


class StoredThought(BaseModel):
    """The reasoning of the model."""

    type: Literal["think"] = "think"
    think: str


class StoredToolCall(BaseModel):
    """A tool call and its result. If the tool sent something to the user, one message ends with the call and the next starts with the result, under the same id."""

    id: str
    name: str | None = None
    args: Any = None
    ts: int | float | None = None
    result: str | None = None
    finished_ts: int | float | None = None


class StoredImage(BaseModel):
    """An image."""

    type: Literal["image"] = "image"
    attachment_id: str
    filename: str


class StoredRecord(BaseModel):
    """An audio recording."""

    type: Literal["record"] = "record"
    attachment_id: str
    filename: str


class StoredFile(BaseModel):
    """A file."""

    type: Literal["file"] = "file"
    attachment_id: str
    filename: str


class StoredVideo(BaseModel):
    """A video."""

    type: Literal["video"] = "video"
    attachment_id: str
    filename: str


class BotRegistrationStep(BaseModel):
    """One step of setting up a bot by scanning a code: `start` requests the code, `poll` asks for the result. Supported on some platforms only, such as weixin_oc, qq_official, lark and dingtalk."""

    model_config = ConfigDict(extra="allow")
    action: Annotated[str, Field(min_length=1)]
    platform_config: Nullable[OpenConfiguration] = None
    registration_code: Nullable[str] = None
    device_code: Nullable[str] = None
    qrcode: str | None = None
    task_id: str | None = None
    bind_key: str | None = None


class BotRegistrationAnswer(Ok):
    """Response of `register_bot`."""

    data: BotRegistration


class BotConfiguration(OpenConfiguration):
    """The configuration of a bot."""

    model_config = ConfigDict(extra="allow")
    id: Annotated[str | None, Field(min_length=1)] = None
    type: str | None = None
    enable: bool | None = None


class Bot(BotConfiguration):
    """A bot, as it is stored."""

    id: Annotated[str, Field(min_length=1)]
    enable: bool


class BotList(BaseModel):
    """The configured bots; the built-in webchat is not one of them."""

    bots: list[Bot]


class BotListAnswer(Ok):
    """Response of `list_bots`."""

    data: BotList


class SingleBot(BaseModel):
    """One bot."""

    bot: Bot


class SingleBotAnswer(Ok):
    """Response of `get_bot_by_id` and `get_bot`."""

    data: SingleBot


class BotMembers(BaseModel):
    """A bot, either in `config` or flat. In the flat form, every member except `bot_id`, `config` and `enabled` is part of its configuration. An enabled bot requires a `type`."""

    model_config = ConfigDict(extra="allow")
    id: Nullable[str] = None
    name: Nullable[str] = None
    type: Nullable[str] = None
    enabled: Nullable[bool] = None
    enable: Nullable[bool] = None
    config: Nullable[BotConfiguration] = None


class BotCreation(BotMembers):
    """The bot to create. It requires an id, flat or in `config`, that no other bot has."""

    bot_id: Nullable[str] = None


class BotReplacement(BotMembers):
    """The whole new configuration of a bot; absent members are removed. The id cannot change."""

    bot_id: Nullable[str] = None


class BotReplacementById(BotMembers):
    """A bot, and its whole new configuration."""

    bot_id: str


class BotReference(BotMembers):
    """A bot, named by `bot_id`. Other members are accepted and ignored, except `enabled` if a bot is enabled or disabled."""

    bot_id: str


class BotTrialAnswer(Ok):
    """Response of `test_bot_by_id` and `test_bot`."""

    data: BotTrial


class BotStatsAnswer(Ok):
    """Response of `get_bot_stats`."""

    data: BotStats


class DashboardAnswer(RootModel[DashboardData | ErrorEnvelope]):
    root: Annotated[
        DashboardData | ErrorEnvelope,
        Field(description="The response of an operation that is closed to developer keys, as the dashboard gets it."),
    ]


class ProviderConfiguration(OpenConfiguration, ProviderConnection):
    """The configuration of a provider."""

    model_config = ConfigDict(extra="allow")
    id: Annotated[str | None, Field(min_length=1)] = None
    type: str | None = None
    enable: bool | None = None
    model: str | None = None
    provider_source_id: str | None = None


class Provider(ProviderConfiguration):
    """A provider. Lists show it with the settings of its source."""

    id: Annotated[str, Field(min_length=1)]
    enable: bool


class ProviderList(BaseModel):
    """Providers."""

    providers: list[Provider]


class ProviderListAnswer(Ok):
    """Response of `list_providers`, `list_provider_source_providers_by_id` and `list_provider_source_providers`."""

    data: ProviderList


class SingleProvider(BaseModel):
    """One provider."""

    provider: Provider


class SingleProviderAnswer(Ok):
    """Response of `get_provider_by_id` and `get_provider`."""

    data: SingleProvider


class ProviderMembers(ProviderConnection):
    """A provider, either in `config` or flat. In the flat form, every member except `provider_id`, `source_id`, `provider_config`, `capability`, `config` and `enabled` is part of its configuration. An enabled provider requires a `type`, its own or that of its source."""

    model_config = ConfigDict(extra="allow")
    id: Nullable[str] = None
    type: Nullable[str] = None
    model: str | None = None
    provider_source_id: Nullable[str] = None
    capability: Nullable[str] = None
    enabled: Nullable[bool] = None
    enable: Nullable[bool] = None
    config: Nullable[ProviderConfiguration] = None
    provider_config: Nullable[ProviderConfiguration] = None


class ProviderCreation(ProviderMembers):
    """The provider to create. It requires an id, flat or in `config`, that no other provider has."""

    provider_id: Nullable[str] = None
    source_id: Nullable[str] = None


class ProviderReplacement(ProviderMembers):
    """The whole new configuration of a provider; absent members are removed. Another `id` renames the provider."""

    provider_id: Nullable[str] = None
    source_id: Nullable[str] = None


class ProviderReplacementById(ProviderMembers):
    """A provider, and its whole new configuration. Another `id` renames the provider."""

    provider_id: str
    source_id: Nullable[str] = None


class ProviderReference(ProviderMembers):
    """A provider, named by `provider_id`. Other members are accepted and ignored, except `enabled` if a provider is enabled or disabled, and `provider_config` if an embedding dimension is requested."""

    provider_id: str
    source_id: Nullable[str] = None


class EmbeddingQuestion(ProviderMembers):
    """Settings to try instead of the stored ones, in `provider_config`. Other members are accepted and ignored."""

    provider_id: Nullable[str] = None
    source_id: Nullable[str] = None


class ProviderSourceConfiguration(OpenConfiguration, ProviderConnection):
    """The configuration of a source."""

    model_config = ConfigDict(extra="allow")
    id: str | None = None
    type: str | None = None
    enable: bool | None = None


class ProviderSource(ProviderSourceConfiguration):
    """A source, as it is stored."""

    id: str


class ProviderSourceList(BaseModel):
    """Sources."""

    provider_sources: list[ProviderSource]


class ProviderSourceListAnswer(Ok):
    """Response of `list_provider_sources`."""

    data: ProviderSourceList


class SingleProviderSource(BaseModel):
    """One source."""

    provider_source: ProviderSource


class SingleProviderSourceAnswer(Ok):
    """Response of `get_provider_source_by_id` and `get_provider_source`."""

    data: SingleProviderSource


class ProviderSourceMembers(ProviderConnection):
    """A source, either in `config` or flat. In the flat form, every member except `source_id` and `config` is part of its configuration."""

    model_config = ConfigDict(extra="allow")
    id: Nullable[str] = None
    type: str | None = None
    enable: bool | None = None
    config: Nullable[ProviderSourceConfiguration] = None


class ProviderSourceCreation(ProviderSourceMembers):
    """The source to create, with an id, flat or in `config`. A source that already has this id is replaced."""

    source_id: Nullable[str] = None


class ProviderSourceReplacement(ProviderSourceMembers):
    """The whole new configuration of a source; absent members are removed. Another `id` renames the source, also in its providers; an id that another source has is rejected. A nonexistent source is created."""

    source_id: Nullable[str] = None


class ProviderSourceReplacementById(ProviderSourceMembers):
    """A source and its whole new configuration. The source keeps its id; a nonexistent one is created."""

    source_id: str


class SourcedProviderCreation(ProviderMembers):
    """The provider to create for a source. It requires an id, flat or in `config`, that no other provider has."""

    provider_id: Nullable[str] = None
    source_id: Nullable[str] = None


class SourcedProviderCreationById(ProviderMembers):
    """A source, which does not have to exist, and the provider to create for it."""

    provider_id: Nullable[str] = None
    source_id: str


class Persona(BaseModel):
    """A persona of the agent."""

    persona_id: str
    system_prompt: str
    begin_dialogs: list[Any]
    tools: list[str] | None
    skills: list[str] | None
    custom_error_message: str | None
    folder_id: str | None
    sort_order: int
    created_at: str
    updated_at: str


class PersonaAnswer(Ok):
    """Response of `get_persona_by_id` and `get_persona`."""

    data: Persona


class CreatedPersona(BaseModel):
    """The new persona."""

    message: str
    persona: NewPersona


class CreatedPersonaAnswer(Ok):
    """Response of `create_persona`."""

    data: CreatedPersona


class PersonaOrder(BaseModel):
    """The order of personas and folders."""

    items: Annotated[list[PersonaPlace], Field(min_length=1)]


class ChatSocketSaved(BaseModel):
    """A message of the agent is stored in the history. One answer can be stored as several messages."""

    type: Literal["message_saved"] = "message_saved"
    data: ChatSocketSavedMessage
    session_id: str


class ChatSessionBatchResult(BaseModel):
    """The number of deleted sessions, and those that were not deleted."""

    deleted_count: int
    failed_count: int
    failed_items: list[KeptSession]


class ChatSessionBatchAnswer(Ok):
    """Response of `delete_chat_sessions`."""

    data: ChatSessionBatchResult


class PlatformSettings(BaseModel):
    """How messages from platforms are handled."""

    model_config = ConfigDict(extra="allow")
    unique_session: bool | None = None
    rate_limit: PlatformSettingsRateLimit | None = None
    reply_prefix: str | None = None
    forward_threshold: int | None = None
    enable_id_white_list: bool | None = None
    id_whitelist: list[str] | None = None
    id_whitelist_log: bool | None = None
    wl_ignore_admin_on_group: bool | None = None
    wl_ignore_admin_on_friend: bool | None = None
    reply_with_mention: bool | None = None
    reply_with_quote: bool | None = None
    path_mapping: list[str] | None = None
    segmented_reply: PlatformSettingsSegmentedReply | None = None
    no_permission_reply: bool | None = None
    empty_mention_waiting: bool | None = None
    empty_mention_waiting_need_reply: bool | None = None
    friend_message_needs_wake_prefix: bool | None = None
    ignore_bot_self_message: bool | None = None
    ignore_at_all: bool | None = None


class PlatformExtras(BaseModel):
    """Settings for this platform only."""

    model_config = ConfigDict(extra="allow")
    pre_ack_emoji: PlatformExtrasPreAckEmoji | None = None


class ProviderSettings(BaseModel):
    """How models are used."""

    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    default_provider_id: str | None = None
    fallback_chat_models: list[str] | None = None
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
    default_personality: str | None = None
    persona_pool: list[str] | None = None
    prompt_prefix: str | None = None
    context_limit_reached_strategy: str | None = None
    llm_compress_instruction: str | None = None
    llm_compress_keep_recent_ratio: int | float | None = None
    llm_compress_provider_id: str | None = None
    max_context_length: int | None = None
    dequeue_context_length: int | None = None
    streaming_response: bool | None = None
    show_tool_use_status: bool | None = None
    show_tool_call_result: bool | None = None
    buffer_intermediate_messages: bool | None = None
    sanitize_context_by_modalities: bool | None = None
    max_quoted_fallback_images: int | None = None
    quoted_message_parser: ProviderSettingsQuotedMessageParser | None = None
    agent_runner_type: str | None = None
    dify_agent_runner_provider_id: str | None = None
    coze_agent_runner_provider_id: str | None = None
    dashscope_agent_runner_provider_id: str | None = None
    deerflow_agent_runner_provider_id: str | None = None
    unsupported_streaming_strategy: str | None = None
    reachability_check: bool | None = None
    max_agent_step: int | None = None
    tool_call_timeout: int | None = None
    tool_schema_mode: str | None = None
    llm_safety_mode: bool | None = None
    safety_mode_strategy: str | None = None
    file_extract: ProviderSettingsFileExtract | None = None
    proactive_capability: ProviderSettingsProactiveCapability | None = None
    computer_use_runtime: str | None = None
    computer_use_require_admin: bool | None = None
    sandbox: SandboxSettings | None = None
    image_compress_enabled: bool | None = None
    image_compress_options: ProviderSettingsImageCompressOptions | None = None


class SubagentSettings(BaseModel):
    """The agents to which the main agent can delegate."""

    model_config = ConfigDict(extra="allow")
    main_enable: bool | None = None
    remove_main_duplicate_tools: bool | None = None
    router_system_prompt: str | None = None
    agents: list[Subagent] | None = None


class GroupMemorySettings(BaseModel):
    """The memory of group chats."""

    model_config = ConfigDict(extra="allow")
    group_icl_enable: bool | None = None
    group_message_max_cnt: int | None = None
    image_caption: bool | None = None
    image_caption_provider_id: str | None = None
    active_reply: GroupMemorySettingsActiveReply | None = None


class ContentSafetySettings(BaseModel):
    """The filter for messages and answers."""

    model_config = ConfigDict(extra="allow")
    also_use_in_response: bool | None = None
    internal_keywords: ContentSafetySettingsInternalKeywords | None = None
    baidu_aip: ContentSafetySettingsBaiduAip | None = None


class DashboardSettings(BaseModel):
    """The dashboard. Credentials in here should be hidden from developer keys; measured servers show all of them."""

    model_config = ConfigDict(extra="allow")
    enable: bool | None = None
    username: str | None = None
    password: str | None = None
    pbkdf2_password: str | None = None
    password_storage_upgraded: bool | None = None
    password_change_required: bool | None = None
    jwt_secret: str | None = None
    host: str | None = None
    port: int | None = None
    disable_access_log: bool | None = None
    trust_proxy_headers: bool | None = None
    auth_rate_limit: DashboardSettingsAuthRateLimit | None = None
    totp: DashboardSettingsTotp | None = None
    ssl: DashboardSettingsSsl | None = None


class SubagentConfig(BaseModel):
    """The subagents and how the main agent delegates to them."""

    main_enable: bool
    remove_main_duplicate_tools: bool
    router_system_prompt: str | None = None
    agents: list[StoredSubagent]


class SubagentConfigAnswer(Ok):
    """Response of `get_subagent_config`."""

    data: SubagentConfig


class SubagentTool(BaseModel):
    """A tool that a subagent can use."""

    name: str
    description: str
    parameters: ToolParameters
    active: bool
    handler_module_path: str | None


class McpServerReplacement(McpConfiguration, McpServerState, McpWrappers):
    """The new configuration of the server. Without connection settings, the stored ones stay. A `name` renames the server."""

    name: Nullable[str] = None
    oldName: Nullable[str] = None


class ModelScopeSyncedAnswer(OkWithMessage):
    """The servers were imported."""

    data: ModelScopeSynced


class SkillBatchReport(BaseModel):
    """The result for each archive."""

    total: Annotated[int, Field(ge=0)]
    succeeded: list[UploadedSkill]
    failed: list[FailedSkill]
    skipped: list[SkippedSkill]


class SkillBatchAnswer(OkWithMessage):
    """At least one archive was accepted or skipped."""

    data: SkillBatchReport


class SkillBatchRefusal(BaseModel):
    """No archive could be read. Only this error envelope has data."""

    status: Literal["error"] = "error"
    message: str
    data: SkillBatchReport


class SkillFolder(BaseModel):
    """The content of a folder of a skill."""

    name: str
    path: str
    entries: list[SkillEntry]


class SkillFolderAnswer(Ok):
    """Response of `list_skill_files_by_name` and `list_skill_files`."""

    data: SkillFolder


class PublishedDocument(BaseModel):
    """An OpenAPI document of the running release."""

    openapi: str
    info: PublishedDocumentInfo
    paths: dict[str, dict[str, Any]]


class MessageSegment(
    RootModel[PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment]
):
    root: Annotated[
        PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
        Field(description="One part of a message to the agent; `type` tells which kind.", discriminator="type"),
    ]


class ImMessageSegment(RootModel[PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment]):
    root: Annotated[
        PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
        Field(description="One part of a message that a bot sends; `type` tells which kind.", discriminator="type"),
    ]


class UserMessageSavedEvent(BaseModel):
    """The user's message is stored in the history."""

    type: Literal["user_message_saved"] = "user_message_saved"
    data: SavedMessage


class MessageSavedEvent(BaseModel):
    """The agent's message is stored in the history. One answer can be stored as several messages."""

    type: Literal["message_saved"] = "message_saved"
    data: SavedMessage


class ToolCallNews(BaseModel):
    """The model calls a tool."""

    id: str
    name: str
    args: Any
    ts: int | float


class AttachmentSavedEvent(BaseModel):
    """A file that the agent sent is stored and has an id."""

    type: Literal["attachment_saved"] = "attachment_saved"
    data: SavedAttachment


class AgentStats(BaseModel):
    """What an answer used, in tokens and time."""

    token_usage: TokenUsage
    start_time: int | float
    end_time: int | float
    time_to_first_token: int | float


class StoredToolCalls(BaseModel):
    """The tools that the model called at the same time."""

    type: Literal["tool_call"] = "tool_call"
    tool_calls: list[StoredToolCall]


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
    trace_log_enable: bool | None = None
    trace_log_path: str | None = None
    trace_log_max_mb: int | None = None
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


class MessageSegments(
    RootModel[
        list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ]
    ]
):
    """Segments in order, at least one of them not a `reply`."""

    root: Annotated[
        list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ],
        Field(description="Segments in order, at least one of them not a `reply`."),
    ]


class ImMessageSegments(
    RootModel[
        list[
            Annotated[
                PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment, Field(discriminator="type")
            ]
        ]
    ]
):
    """Segments in order. A bot cannot send `reply`."""

    root: Annotated[
        list[
            Annotated[
                PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment, Field(discriminator="type")
            ]
        ],
        Field(description="Segments in order. A bot cannot send `reply`.", min_length=1),
    ]


class AgentStatsEvent(BaseModel):
    """What the answer used."""

    type: Literal["agent_stats"] = "agent_stats"
    data: AgentStats


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
        | EndEvent,
        Field(
            description="A message of the server; `type` tells which kind. The events of an answer end with `end`.",
            discriminator="type",
        ),
    ]


class MessageChangeContent(BaseModel):
    type: Literal["user"] = "user"
    message: list[
        Annotated[
            PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
            Field(discriminator="type"),
        ]
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
    trace_log_enable: bool
    trace_log_path: str
    trace_log_max_mb: int
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


class ConfigurationChange(RootModel[ConfigurationSections]):
    root: ConfigurationSections


class MessageChain(
    RootModel[
        str
        | list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ]
    ]
):
    root: Annotated[
        str
        | list[
            Annotated[
                PlainSegment | ReplySegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                Field(discriminator="type"),
            ]
        ],
        Field(
            description="A message for the agent, as text or in segments. One invalid segment makes the whole message invalid."
        ),
    ]


class ImMessageChain(
    RootModel[
        str
        | Annotated[
            list[
                Annotated[
                    PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                    Field(discriminator="type"),
                ]
            ],
            Field(min_length=1),
        ]
    ]
):
    root: Annotated[
        str
        | Annotated[
            list[
                Annotated[
                    PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                    Field(discriminator="type"),
                ]
            ],
            Field(min_length=1),
        ],
        Field(
            description="A message for a bot to send, as text or in segments. One invalid segment makes the whole message invalid."
        ),
    ]


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
        | EndEvent,
        Field(description="One event of a stream; `type` tells which kind.", discriminator="type"),
    ]


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


class ImMessage(BaseModel):
    """A message and its destination."""

    model_config = ConfigDict(extra="allow")
    umo: str
    message: (
        str
        | Annotated[
            list[
                Annotated[
                    PlainSegment | ImageSegment | RecordSegment | FileSegment | VideoSegment,
                    Field(discriminator="type"),
                ]
            ],
            Field(min_length=1),
        ]
    )
    type: Nullable[str] = None


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


class ConfigProfileCreation(BaseModel):
    """The profile to create."""

    name: Nullable[str] = None
    config: Nullable[Configuration] = None


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


class MessageChange(BaseModel):
    """The changed text of a user's message."""

    model_config = ConfigDict(extra="allow")
    content: MessageChangeContent


class HistoryContent(RootModel[UserContent | BotContent]):
    root: Annotated[
        UserContent | BotContent, Field(description="The content; `type` tells who wrote it.", discriminator="type")
    ]


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


class ThreadHistoryAnswer(Ok):
    """Response of `get_chat_thread`."""

    data: ThreadHistory


class ChatSessionHistory(BaseModel):
    """The messages of a session."""

    history: list[HistoryMessage]
    threads: list[ChatThread]
    is_running: bool
    project: ProjectOfSession | None = None


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
    type: str
    description: str | None = None
    desc: str | None = None
    name: str | None = None
    hint: str | None = None
    items: Union[ConfigurationElement, "ConfigurationFields", None] = None
    options: list[str] | None = None
    labels: str | list[str] | None = None
    condition: dict[str, str | bool | int | float] | None = None
    slider: ConfigurationSlider | None = None
    default: int | float | None = None
    config_template: dict[str, OpenConfiguration] | None = None
    template_schema: Union["ConfigurationFields", None] = None
    render_type: str | None = None
    editor_mode: bool | None = None
    field_special: Annotated[str | None, Field(alias="_special")] = None
    invisible: bool | None = None
    collapsed: bool | None = None
    obvious: bool | None = None
    obvious_hint: bool | None = None


class FilledConfigurationForm(BaseModel):
    """A configuration and its form."""

    config: Configuration
    metadata: "ConfigurationForm"


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


class PluginConfigItem(BaseModel):
    """One item of a configuration, as the plugin's author describes it."""

    type: str
    description: str | None = None
    hint: str | None = None
    default: Any = None
    options: list[str] | None = None
    file_types: list[str] | None = None
    items: Union["PluginConfigItems", None] = None
    templates: dict[str, Any] | None = None


class PluginConfig(BaseModel):
    """The configuration of a plugin and its form. An unknown plugin has none."""

    plugin_name: str
    metadata: Union["PluginConfigItems", None]
    config: PluginConfigValues | None
    i18n: dict[str, dict[str, Any]]


class PluginConfigAnswer(Ok):
    """Response of `get_plugin_config_by_id`, `get_plugin_config_schema_by_id` and 2 more."""

    data: PluginConfig


class ConfigurationForm(RootModel[dict[str, ConfigurationFormGroup]]):
    """The groups of a form, by name."""

    root: dict[str, ConfigurationFormGroup]


class ConfigurationFields(RootModel[dict[str, ConfigurationField]]):
    """Fields, by the name or the dotted path of their member."""

    root: dict[str, ConfigurationField]


class PluginConfigItems(RootModel[dict[str, PluginConfigItem]]):
    """Items by name."""

    root: dict[str, PluginConfigItem]


PersonaBranch.model_rebuild()
BotType.model_rebuild()
ProviderForms.model_rebuild()
ConfigurationFormGroup.model_rebuild()
ConfigurationField.model_rebuild()
FilledConfigurationForm.model_rebuild()
RuntimeForm.model_rebuild()
PluginConfigItem.model_rebuild()
PluginConfig.model_rebuild()
