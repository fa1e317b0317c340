"""The schemas of the contract as pydantic models: one class for each component schema. Generated; do not edit."""

from typing import Annotated, Any, Literal, Optional, Union

from pydantic import MISSING, ConfigDict, Field

from .validation import BaseModel, RootModel


class BotRegistration(BaseModel):
    """The state of the registration, and the input for the next step. The members depend on the platform."""

    status: Literal["pending", "created", "expired", "denied", "slow_down", "error"]
    message: str | MISSING = MISSING
    qr_status: str | int | MISSING = MISSING
    registration_code: str | MISSING = MISSING
    device_code: str | MISSING = MISSING
    task_id: str | MISSING = MISSING
    bind_key: str | MISSING = MISSING
    qrcode: str | MISSING = MISSING
    qrcode_img_content: str | MISSING = MISSING
    user_code: str | MISSING = MISSING
    verification_uri: str | MISSING = MISSING
    verification_uri_complete: str | MISSING = MISSING
    interval: int | MISSING = MISSING
    expires_in: int | MISSING = MISSING
    platform_id_suffix: str | MISSING = MISSING
    weixin_oc_token: str | MISSING = MISSING
    weixin_oc_account_id: str | MISSING = MISSING
    weixin_oc_base_url: str | MISSING = MISSING
    weixin_oc_user_id: str | MISSING = MISSING
    appid: str | MISSING = MISSING
    secret: str | MISSING = MISSING
    app_id: str | MISSING = MISSING
    app_secret: str | MISSING = MISSING
    tenant_brand: str | MISSING = MISSING
    domain: str | MISSING = MISSING
    client_id: str | MISSING = MISSING
    client_secret: str | MISSING = MISSING


class BotSwitch(BaseModel):
    """Whether to enable the bot."""

    enabled: bool


class BotTrial(BaseModel):
    """The result of a test of a bot."""

    id: str
    status: Literal["unsupported"]


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

    status: Literal["ok"]
    message: None
    data: Any


class OkWithMessage(BaseModel):
    """The success envelope with a message for a person."""

    status: Literal["ok"]
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

    status: Literal["error"]
    message: str
    data: NoData | None | MISSING = MISSING


class InputProblem(BaseModel):
    """One error in the input."""

    type: str
    loc: list[str | int]
    msg: str
    input: Any
    ctx: dict[str, Any] | MISSING = MISSING


class InputProblems(BaseModel):
    """The errors in the input, found before the operation started. Not an envelope."""

    detail: Annotated[list[InputProblem], Field(min_length=1)]


class DashboardData(BaseModel):
    """The envelope around data that only the dashboard sees."""

    status: Literal["ok"]
    message: str | None | MISSING = MISSING
    data: Any


class ProviderConnection(BaseModel):
    """How to connect to a model service. A provider and its source can each have a part of this."""

    model_config = ConfigDict(extra="allow")
    provider: str | MISSING = MISSING
    provider_type: str | MISSING = MISSING
    key: list[str] | MISSING = MISSING
    api_base: str | MISSING = MISSING
    timeout: int | str | MISSING = MISSING


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
    begin_dialogs: OpeningDialog | None | MISSING = MISSING
    tools: list[str] | None | MISSING = MISSING
    skills: list[str] | None | MISSING = MISSING
    custom_error_message: str | None | MISSING = MISSING


class PersonaCreation(PersonaMembers):
    """The persona to create. For `tools` and `skills`, empty is the same as null."""

    persona_id: str
    system_prompt: str
    folder_id: str | None | MISSING = MISSING
    sort_order: int | None | MISSING = MISSING


class PersonaChange(PersonaMembers):
    """The members of a persona to change. Null is accepted for `tools`, `skills` and `custom_error_message` only."""

    persona_id: str | None | MISSING = MISSING
    system_prompt: str | None | MISSING = MISSING
    folder_id: str | None | MISSING = MISSING
    sort_order: int | None | MISSING = MISSING


class PersonaChangeById(PersonaMembers):
    """A persona, and the members to change."""

    persona_id: str
    system_prompt: str | None | MISSING = MISSING


class NewPersona(BaseModel):
    """A persona, as its creation returns it. If all tools or skills are allowed, the list is empty here, not null."""

    persona_id: str
    system_prompt: str
    begin_dialogs: OpeningDialog
    tools: list[Any]
    skills: list[Any]
    custom_error_message: str | None
    folder_id: str | None
    sort_order: int
    created_at: str
    updated_at: str


class PersonaMove(BaseModel):
    """A persona and its new folder."""

    persona_id: str
    folder_id: str | None | MISSING = MISSING


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
    folder_id: str | None | MISSING = MISSING
    name: str
    parent_id: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    sort_order: int | None | MISSING = MISSING


class PersonaFolderChange(BaseModel):
    """The members of a folder to change. Absent members stay, and so do name and position if they are null."""

    model_config = ConfigDict(extra="allow")
    folder_id: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    parent_id: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    sort_order: int | None | MISSING = MISSING


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

    name: str | None | MISSING = MISSING


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

    t: Literal["ping"]


class ChatSocketPong(BaseModel):
    """The response to a ping."""

    type: Literal["pong"]


class ChatSocketError(BaseModel):
    """The key or a message is rejected, or the answer failed."""

    type: Literal["error"]
    code: Literal["UNAUTHORIZED", "INVALID_MESSAGE", "BAD_USER", "SESSION_ERROR", "CONFIG_ERROR", "PROCESSING_ERROR"]
    data: str


class ChatSocketSession(BaseModel):
    """The message is accepted and stored; the events of its answer follow."""

    type: Literal["session_id"]
    data: None
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
    display_name: str | None | MISSING = MISSING


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
    selected_provider: str | None | MISSING = MISSING
    selected_model: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING


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
    emoji: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    project_id: str | None | MISSING = MISSING


class ChatProjectChange(BaseModel):
    """The changes; a member that is absent or null stays as it is."""

    model_config = ConfigDict(extra="allow")
    title: str | None | MISSING = MISSING
    emoji: str | None | MISSING = MISSING
    description: str | None | MISSING = MISSING
    project_id: str | None | MISSING = MISSING


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
    time: int | MISSING = MISSING
    count: int | MISSING = MISSING
    strategy: str | MISSING = MISSING


class PlatformSettingsSegmentedReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    only_llm_result: bool | MISSING = MISSING
    interval_method: str | MISSING = MISSING
    interval: str | MISSING = MISSING
    log_base: int | float | MISSING = MISSING
    words_count_threshold: int | MISSING = MISSING
    split_mode: str | MISSING = MISSING
    regex: str | MISSING = MISSING
    split_words: list[str] | MISSING = MISSING
    content_cleanup_rule: str | MISSING = MISSING


class PlatformExtrasPreAckEmoji(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    emojis: list[str] | MISSING = MISSING


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


class ProviderSettingsImageCompressOptions(BaseModel):
    model_config = ConfigDict(extra="allow")
    max_size: int | MISSING = MISSING
    quality: int | MISSING = MISSING


class SandboxSettings(BaseModel):
    """The sandbox in which the agent runs programs."""

    model_config = ConfigDict(extra="allow")
    booter: str | MISSING = MISSING
    shipyard_endpoint: str | MISSING = MISSING
    shipyard_access_token: str | MISSING = MISSING
    shipyard_ttl: int | MISSING = MISSING
    shipyard_max_sessions: int | MISSING = MISSING
    shipyard_neo_endpoint: str | MISSING = MISSING
    shipyard_neo_access_token: str | MISSING = MISSING
    shipyard_neo_profile: str | MISSING = MISSING
    shipyard_neo_ttl: int | MISSING = MISSING
    cua_image: str | MISSING = MISSING
    cua_os_type: str | MISSING = MISSING
    cua_idle_timeout: int | MISSING = MISSING
    cua_telemetry_enabled: bool | MISSING = MISSING
    cua_local: bool | MISSING = MISSING
    cua_api_key: str | MISSING = MISSING


class Subagent(BaseModel):
    """An agent to which the main agent can delegate."""

    model_config = ConfigDict(extra="allow")
    name: str | MISSING = MISSING
    persona_id: str | None | MISSING = MISSING
    public_description: str | MISSING = MISSING
    system_prompt: str | MISSING = MISSING
    tools: list[str] | None | MISSING = MISSING
    enabled: bool | MISSING = MISSING
    provider_id: str | None | MISSING = MISSING


class SpeechToTextSettings(BaseModel):
    """Whether speech is converted to text."""

    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    provider_id: str | MISSING = MISSING


class TextToSpeechSettings(BaseModel):
    """Whether answers are converted to speech."""

    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    provider_id: str | MISSING = MISSING
    dual_output: bool | MISSING = MISSING
    use_file_service: bool | MISSING = MISSING
    trigger_probability: int | float | MISSING = MISSING


class GroupMemorySettingsActiveReply(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    method: str | MISSING = MISSING
    possibility_reply: int | float | MISSING = MISSING
    whitelist: list[str] | MISSING = MISSING


class ContentSafetySettingsInternalKeywords(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    extra_keywords: list[str] | MISSING = MISSING


class ContentSafetySettingsBaiduAip(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    app_id: str | MISSING = MISSING
    api_key: str | MISSING = MISSING
    secret_key: str | MISSING = MISSING


class DashboardSettingsAuthRateLimit(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    average_interval: int | float | MISSING = MISSING
    max_burst: int | MISSING = MISSING


class DashboardSettingsTotp(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    secret: str | MISSING = MISSING
    recovery_code_hash: str | MISSING = MISSING


class DashboardSettingsSsl(BaseModel):
    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    cert_file: str | MISSING = MISSING
    key_file: str | MISSING = MISSING
    ca_certs: str | MISSING = MISSING


class StoredSubagent(Subagent):
    """A subagent as it was given, with its persona and its provider."""

    persona_id: str | None
    provider_id: str | None


class SubagentConfigReplacement(BaseModel):
    """The new subagents. A member that is absent or null is removed and then has its default."""

    model_config = ConfigDict(extra="allow")
    main_enable: bool | None | MISSING = MISSING
    enable: bool | None | MISSING = MISSING
    remove_main_duplicate_tools: bool | None | MISSING = MISSING
    agents: list[Subagent] | None | MISSING = MISSING


class ToolParameters(BaseModel):
    """A JSON Schema of its arguments."""

    type: str
    properties: dict[str, dict[str, Any]]
    required: list[str] | MISSING = MISSING


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

    name: str | None | MISSING = MISSING
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
    i18n: PluginTranslations


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
    title: str | MISSING = MISSING
    page_name: str | MISSING = MISSING
    i18n_key: str | MISSING = MISSING
    plugin_name: str | MISSING = MISSING
    plugin_marketplace_name: str | MISSING = MISSING
    path: str | MISSING = MISSING
    event_type: str | MISSING = MISSING
    event_type_h: str | MISSING = MISSING
    handler_name: str | MISSING = MISSING
    handler_full_name: str | MISSING = MISSING
    has_admin: bool | MISSING = MISSING
    display_type: str | MISSING = MISSING
    command: str | MISSING = MISSING
    cmd: str | MISSING = MISSING
    match: str | MISSING = MISSING
    subcommands: list[PluginSubcommand] | MISSING = MISSING


class Plugin(PluginBasics):
    """An installed plugin with all its components."""

    components: list[PluginComponent]


class PluginAnswer(Ok):
    """Response of `get_plugin_by_id`, `get_plugin` and 2 more."""

    data: Plugin


class PluginRemoval(BaseModel):
    """What to delete in addition to the plugin."""

    model_config = ConfigDict(extra="allow")
    delete_config: bool | None | MISSING = MISSING
    delete_data: bool | None | MISSING = MISSING


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
    author: str | MISSING = MISSING
    desc: str | MISSING = MISSING
    short_desc: str | None | MISSING = MISSING
    version: str | MISSING = MISSING
    repo: str | None | MISSING = MISSING
    display_name: str | None | MISSING = MISSING
    support_platforms: list[str] | MISSING = MISSING
    astrbot_version: str | None | MISSING = MISSING


class FailedPluginList(RootModel[dict[str, FailedPlugin]]):
    """The plugins that failed, by folder."""

    root: dict[str, FailedPlugin]


class FailedPluginListAnswer(Ok):
    """Response of `list_failed_plugins`."""

    data: FailedPluginList


class MarketPlugin(BaseModel):
    """A plugin in the market."""

    name: str | MISSING = MISSING
    display_name: str | MISSING = MISSING
    desc: str | MISSING = MISSING
    author: str | MISSING = MISSING
    repo: str | MISSING = MISSING
    tags: list[str] | MISSING = MISSING
    stars: int | MISSING = MISSING
    version: str | MISSING = MISSING
    updated_at: str | MISSING = MISSING
    social_link: str | MISSING = MISSING
    logo: str | MISSING = MISSING


class PluginMarket(RootModel[dict[str, MarketPlugin] | list[MarketPlugin]]):
    root: Annotated[
        dict[str, MarketPlugin] | list[MarketPlugin],
        Field(description="The content of the registry, returned unchanged; by plugin or as a list."),
    ]


class PluginMarketAnswer(Ok):
    """Response of `list_market_plugins`."""

    data: PluginMarket


class MarketCategories(BaseModel):
    """The categories of the market."""

    categories: Annotated[list[Any], Field(max_length=0)]


class MarketCategoriesAnswer(Ok):
    """Response of `list_market_categories`."""

    data: MarketCategories


class VersionRange(BaseModel):
    """The AstrBot versions that a plugin supports."""

    model_config = ConfigDict(extra="allow")
    astrbot_version: str | None | MISSING = MISSING
    plugin_ids: list[str] | None | MISSING = MISSING


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
    repository: str | None | MISSING = MISSING
    url: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    ignore_version_check: bool | None | MISSING = MISSING


class LinkedPlugin(BaseModel):
    """A plugin, by the URL of its repository."""

    model_config = ConfigDict(extra="allow")
    url: str | None | MISSING = MISSING
    repository: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    ignore_version_check: bool | None | MISSING = MISSING


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

    data: GithubInstalledPlugin


class PluginUpdate(BaseModel):
    """The source of the new version."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str | None | MISSING = MISSING
    plugin_ids: list[str] | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    names: list[str] | None | MISSING = MISSING
    proxy: str | None | MISSING = MISSING
    download_url: str | None | MISSING = MISSING
    download_urls: dict[str, str] | None | MISSING = MISSING


class PluginUpdates(BaseModel):
    """The plugins to update, and the sources of the new versions."""

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


class PluginUpdateResult(BaseModel):
    """The result for one plugin."""

    name: str
    status: str
    message: str


class UpdatedPluginList(BaseModel):
    """The results for several plugins, even if none could be updated."""

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
    config: PluginConfigValues | None | MISSING = MISSING


class PluginConfigChangeById(BaseModel):
    """A plugin and the items to change. An absent item stays, an absent member of a given object gets its default, an unknown one is dropped."""

    model_config = ConfigDict(extra="allow")
    plugin_id: str
    config: PluginConfigValues | None | MISSING = MISSING


class PluginConfigFiles(RootModel[dict[str, str]]):
    """The files to store; the names of the parts are ignored."""

    root: dict[str, str]


class PluginConfigFileChoice(BaseModel):
    """The file to delete."""

    model_config = ConfigDict(extra="allow")
    path: str
    file: str | None | MISSING = MISSING
    filename: str | None | MISSING = MISSING
    key: str | None | MISSING = MISSING


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
    id: str | MISSING = MISSING
    name: str | MISSING = MISSING
    url: str | MISSING = MISSING


class PluginSourceCreation(BaseModel):
    """The source to add. Nothing in it is checked; a member that is null is dropped, any other is stored."""

    model_config = ConfigDict(extra="allow")
    id: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    url: str | None | MISSING = MISSING
    sources: list[Any] | None | MISSING = MISSING


class PluginSourceReplacement(BaseModel):
    """The sources to store instead of the current ones."""

    model_config = ConfigDict(extra="allow")
    sources: list[Any] | None | MISSING = MISSING
    id: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    url: str | None | MISSING = MISSING


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
    command: str | MISSING = MISSING
    args: list[str] | MISSING = MISSING
    env: dict[str, str] | MISSING = MISSING
    url: str | MISSING = MISSING
    transport: str | MISSING = MISSING
    headers: dict[str, str] | MISSING = MISSING
    timeout: int | float | MISSING = MISSING
    provider: str | MISSING = MISSING


class McpConfigurationSet(RootModel[dict[str, McpConfiguration]]):
    """One configuration, in the format of other MCP clients."""

    root: dict[str, McpConfiguration]


class McpServer(McpConfiguration):
    """A stored server and its state."""

    name: str
    active: bool
    tools: list[str]
    errlogs: list[str] | MISSING = MISSING


class McpServerListAnswer(Ok):
    """Response of `list_mcp_servers`."""

    data: Any


class McpServerState(BaseModel):
    """Whether a server is enabled. When it is created, it is tested in any case."""

    active: bool | None | MISSING = MISSING
    enabled: bool | None | MISSING = MISSING


class McpServerCreation(McpConfiguration, McpServerState):
    """The server to create. It is tested before it is stored."""

    name: Annotated[str, Field(min_length=1)]
    oldName: str | None | MISSING = MISSING
    config: McpConfiguration | None | MISSING = MISSING
    mcpServers: McpConfigurationSet | None | MISSING = MISSING


class McpWrappers(BaseModel):
    """Alternative members for the configuration."""

    config: McpConfiguration | None | MISSING = MISSING
    mcpServers: McpConfigurationSet | None | MISSING = MISSING


class NamedMcpServerReplacement(BaseModel):
    """The server and its new configuration."""

    model_config = ConfigDict(extra="allow")
    server_name: str
    config: McpConfiguration | None | MISSING = MISSING
    mcp_server_config: McpConfiguration | None | MISSING = MISSING
    enabled: bool | None | MISSING = MISSING


class McpServerEnabling(BaseModel):
    """Whether to enable the server."""

    enabled: bool


class McpServerTrial(McpServerState, McpWrappers):
    """The configuration to test; if none is given, the stored one."""

    mcp_server_config: McpConfiguration | MISSING = MISSING
    name: str | None | MISSING = MISSING
    oldName: str | None | MISSING = MISSING


class NamedMcpServerTrial(BaseModel):
    """The server and the configuration to test."""

    model_config = ConfigDict(extra="allow")
    server_name: str
    mcp_server_config: McpConfiguration | None | MISSING = MISSING
    config: McpConfiguration | None | MISSING = MISSING
    enabled: bool | None | MISSING = MISSING


class McpToolNamesAnswer(OkWithMessage):
    """Response of `test_mcp_server_by_name` and `test_mcp_server`."""

    data: Any


class ModelScopeSynced(BaseModel):
    """An object without members."""

    model_config = ConfigDict(extra="forbid")


class ModelScopeSync(BaseModel):
    """The account."""

    access_token: str | None | MISSING = MISSING


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
    enabled: bool | None | MISSING = MISSING
    active: bool | None | MISSING = MISSING


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
    candidate_id: str | MISSING = MISSING
    release_id: str | MISSING = MISSING
    deleted_at: str | MISSING = MISSING
    deleted_by: str | MISSING = MISSING
    delete_reason: str | None | MISSING = MISSING


class NeoDeletionAnswer(Ok):
    """Response of `delete_neo_candidate` and `delete_neo_release`."""

    data: NeoDeletion


class NeoSubject(BaseModel):
    """The input of an operation. Members that the operation does not use are ignored."""

    model_config = ConfigDict(extra="allow")
    candidate_id: str | None | MISSING = MISSING
    release_id: str | None | MISSING = MISSING
    skill_name: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    profile_id: str | None | MISSING = MISSING
    payload: dict[str, Any] | None | MISSING = MISSING


class NeoCandidateChoice(BaseModel):
    """A candidate."""

    model_config = ConfigDict(extra="allow")
    candidate_id: Annotated[str, Field(min_length=1)]
    release_id: str | None | MISSING = MISSING
    skill_name: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    profile_id: str | None | MISSING = MISSING
    payload: dict[str, Any] | None | MISSING = MISSING


class NeoReleaseChoice(BaseModel):
    """A release."""

    model_config = ConfigDict(extra="allow")
    candidate_id: str | None | MISSING = MISSING
    release_id: Annotated[str, Field(min_length=1)]
    skill_name: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    profile_id: str | None | MISSING = MISSING
    payload: dict[str, Any] | None | MISSING = MISSING


class NeoCandidateDeletion(NeoCandidateChoice):
    """The candidate to delete."""

    reason: str | MISSING = MISSING


class NeoReleaseDeletion(NeoReleaseChoice):
    """The release to delete."""

    reason: str | MISSING = MISSING


class NeoJudgement(NeoCandidateChoice):
    """An evaluation of a candidate."""

    passed: bool
    score: int | float | MISSING = MISSING
    benchmark_id: str | MISSING = MISSING
    report: Any | MISSING = MISSING


class NeoPromotionWish(NeoCandidateChoice):
    """The candidate to release."""

    stage: Literal["canary", "stable"] = "canary"
    sync_to_local: bool = True


class NeoSyncWish(NeoSubject):
    """The release to import, by its id or by the key of its skill."""

    skill_key: str | MISSING = MISSING
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

    type: Literal["plain"]
    text: Annotated[str, Field(min_length=1)]


class ReplySegment(BaseModel):
    """A reference to an earlier message of the same session. It cannot be the only segment."""

    type: Literal["reply"]
    message_id: int | str
    selected_text: str | MISSING = MISSING


class ImageSegment(BaseModel):
    """A stored image."""

    type: Literal["image"]
    attachment_id: Annotated[str, Field(min_length=1)]


class RecordSegment(BaseModel):
    """A stored audio recording."""

    type: Literal["record"]
    attachment_id: Annotated[str, Field(min_length=1)]


class FileSegment(BaseModel):
    """A stored file of any kind."""

    type: Literal["file"]
    attachment_id: Annotated[str, Field(min_length=1)]


class VideoSegment(BaseModel):
    """A stored video."""

    type: Literal["video"]
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

    type: Literal["session_id"]
    data: None
    session_id: str


class SavedMessage(BaseModel):
    """The stored message."""

    id: int
    created_at: str
    llm_checkpoint_id: str


class PlainEvent(BaseModel):
    """Text, or information about a tool call; `chain_type` tells which."""

    type: Literal["plain"]
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

    type: Literal["image"]
    data: str
    streaming: bool
    message_id: str


class RecordEvent(BaseModel):
    """The agent sends an audio recording."""

    type: Literal["record"]
    data: str
    streaming: bool
    message_id: str


class FileEvent(BaseModel):
    """The agent sends a file."""

    type: Literal["file"]
    data: str
    streaming: bool
    message_id: str


class VideoEvent(BaseModel):
    """The agent sends a video."""

    type: Literal["video"]
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

    type: Literal["complete"]
    data: str
    reasoning: str | MISSING = MISSING
    chain_type: None | MISSING = MISSING
    streaming: bool
    message_id: str


class EndEvent(BaseModel):
    """The answer has ended. If it was not streamed, one `message_saved` can follow."""

    type: Literal["end"]
    data: Literal[""]
    streaming: bool
    message_id: str


class StoredText(BaseModel):
    """Text."""

    type: Literal["plain"]
    text: str


class StoredThought(BaseModel):
    """The reasoning of the model."""

    type: Literal["think"]
    think: str


class StoredToolCall(BaseModel):
    """A tool call and its result. If the tool sent something to the user, one message ends with the call and the next starts with the result, under the same id."""

    id: str
    name: str | MISSING = MISSING
    args: ToolArguments | MISSING = MISSING
    ts: int | float | MISSING = MISSING
    result: str | MISSING = MISSING
    finished_ts: int | float | MISSING = MISSING


class StoredImage(BaseModel):
    """An image."""

    type: Literal["image"]
    attachment_id: str
    filename: str


class StoredRecord(BaseModel):
    """An audio recording."""

    type: Literal["record"]
    attachment_id: str
    filename: str


class StoredFile(BaseModel):
    """A file."""

    type: Literal["file"]
    attachment_id: str
    filename: str


class StoredVideo(BaseModel):
    """A video."""

    type: Literal["video"]
    attachment_id: str
    filename: str


class BotRegistrationStep(BaseModel):
    """One step of setting up a bot by scanning a code: `start` requests the code, `poll` asks for the result. Supported on some platforms only, such as weixin_oc, qq_official, lark and dingtalk."""

    model_config = ConfigDict(extra="allow")
    action: Annotated[str, Field(min_length=1)]
    platform_config: OpenConfiguration | None | MISSING = MISSING
    registration_code: str | None | MISSING = MISSING
    device_code: str | None | MISSING = MISSING
    qrcode: str | MISSING = MISSING
    task_id: str | MISSING = MISSING
    bind_key: str | MISSING = MISSING


class BotRegistrationAnswer(Ok):
    """Response of `register_bot`."""

    data: BotRegistration


class BotConfiguration(OpenConfiguration):
    """The configuration of a bot."""

    id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    type: str | MISSING = MISSING
    enable: bool | MISSING = MISSING


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
    id: str | None | MISSING = MISSING
    name: str | None | MISSING = MISSING
    type: str | None | MISSING = MISSING
    enabled: bool | None | MISSING = MISSING
    enable: bool | None | MISSING = MISSING
    config: BotConfiguration | None | MISSING = MISSING


class BotCreation(BotMembers):
    """The bot to create. It requires an id, flat or in `config`, that no other bot has."""

    bot_id: str | None | MISSING = MISSING


class BotReplacement(BotMembers):
    """The whole new configuration of a bot; absent members are removed. The id cannot change."""

    bot_id: str | None | MISSING = MISSING


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

    id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    type: str | MISSING = MISSING
    enable: bool | MISSING = MISSING
    model: str | MISSING = MISSING
    provider_source_id: str | MISSING = MISSING


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

    id: str | None | MISSING = MISSING
    type: str | None | MISSING = MISSING
    model: str | MISSING = MISSING
    provider_source_id: str | None | MISSING = MISSING
    capability: str | None | MISSING = MISSING
    enabled: bool | None | MISSING = MISSING
    enable: bool | None | MISSING = MISSING
    config: ProviderConfiguration | None | MISSING = MISSING
    provider_config: ProviderConfiguration | None | MISSING = MISSING


class ProviderCreation(ProviderMembers):
    """The provider to create. It requires an id, flat or in `config`, that no other provider has."""

    provider_id: str | None | MISSING = MISSING
    source_id: str | None | MISSING = MISSING


class ProviderReplacement(ProviderMembers):
    """The whole new configuration of a provider; absent members are removed. Another `id` renames the provider."""

    provider_id: str | None | MISSING = MISSING
    source_id: str | None | MISSING = MISSING


class ProviderReplacementById(ProviderMembers):
    """A provider, and its whole new configuration. Another `id` renames the provider."""

    provider_id: str
    source_id: str | None | MISSING = MISSING


class ProviderReference(ProviderMembers):
    """A provider, named by `provider_id`. Other members are accepted and ignored, except `enabled` if a provider is enabled or disabled, and `provider_config` if an embedding dimension is requested."""

    provider_id: str
    source_id: str | None | MISSING = MISSING


class EmbeddingQuestion(ProviderMembers):
    """Settings to try instead of the stored ones, in `provider_config`. Other members are accepted and ignored."""

    provider_id: str | None | MISSING = MISSING
    source_id: str | None | MISSING = MISSING


class ProviderSourceConfiguration(OpenConfiguration, ProviderConnection):
    """The configuration of a source."""

    id: str | MISSING = MISSING
    type: str | MISSING = MISSING
    enable: bool | MISSING = MISSING


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

    id: str | None | MISSING = MISSING
    type: str | MISSING = MISSING
    enable: bool | MISSING = MISSING
    config: ProviderSourceConfiguration | None | MISSING = MISSING


class ProviderSourceCreation(ProviderSourceMembers):
    """The source to create, with an id, flat or in `config`. A source that already has this id is replaced."""

    source_id: str | None | MISSING = MISSING


class ProviderSourceReplacement(ProviderSourceMembers):
    """The whole new configuration of a source; absent members are removed. Another `id` renames the source, also in its providers; an id that another source has is rejected. A nonexistent source is created."""

    source_id: str | None | MISSING = MISSING


class ProviderSourceReplacementById(ProviderSourceMembers):
    """A source and its whole new configuration. The source keeps its id; a nonexistent one is created."""

    source_id: str


class SourcedProviderCreation(ProviderMembers):
    """The provider to create for a source. It requires an id, flat or in `config`, that no other provider has."""

    provider_id: str | None | MISSING = MISSING
    source_id: str | None | MISSING = MISSING


class SourcedProviderCreationById(ProviderMembers):
    """A source, which does not have to exist, and the provider to create for it."""

    provider_id: str | None | MISSING = MISSING
    source_id: str


class Persona(BaseModel):
    """A persona of the agent."""

    persona_id: str
    system_prompt: str
    begin_dialogs: OpeningDialog
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

    type: Literal["message_saved"]
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
    unique_session: bool | MISSING = MISSING
    rate_limit: PlatformSettingsRateLimit | MISSING = MISSING
    reply_prefix: str | MISSING = MISSING
    forward_threshold: int | MISSING = MISSING
    enable_id_white_list: bool | MISSING = MISSING
    id_whitelist: list[str] | MISSING = MISSING
    id_whitelist_log: bool | MISSING = MISSING
    wl_ignore_admin_on_group: bool | MISSING = MISSING
    wl_ignore_admin_on_friend: bool | MISSING = MISSING
    reply_with_mention: bool | MISSING = MISSING
    reply_with_quote: bool | MISSING = MISSING
    path_mapping: list[str] | MISSING = MISSING
    segmented_reply: PlatformSettingsSegmentedReply | MISSING = MISSING
    no_permission_reply: bool | MISSING = MISSING
    empty_mention_waiting: bool | MISSING = MISSING
    empty_mention_waiting_need_reply: bool | MISSING = MISSING
    friend_message_needs_wake_prefix: bool | MISSING = MISSING
    ignore_bot_self_message: bool | MISSING = MISSING
    ignore_at_all: bool | MISSING = MISSING


class PlatformExtras(BaseModel):
    """Settings for this platform only."""

    model_config = ConfigDict(extra="allow")
    pre_ack_emoji: PlatformExtrasPreAckEmoji | MISSING = MISSING


class ProviderSettings(BaseModel):
    """How models are used."""

    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    default_provider_id: str | MISSING = MISSING
    fallback_chat_models: list[str] | MISSING = MISSING
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
    default_personality: str | MISSING = MISSING
    persona_pool: list[str] | MISSING = MISSING
    prompt_prefix: str | MISSING = MISSING
    context_limit_reached_strategy: str | MISSING = MISSING
    llm_compress_instruction: str | MISSING = MISSING
    llm_compress_keep_recent_ratio: int | float | MISSING = MISSING
    llm_compress_provider_id: str | MISSING = MISSING
    max_context_length: int | MISSING = MISSING
    dequeue_context_length: int | MISSING = MISSING
    streaming_response: bool | MISSING = MISSING
    show_tool_use_status: bool | MISSING = MISSING
    show_tool_call_result: bool | MISSING = MISSING
    buffer_intermediate_messages: bool | MISSING = MISSING
    sanitize_context_by_modalities: bool | MISSING = MISSING
    max_quoted_fallback_images: int | MISSING = MISSING
    quoted_message_parser: ProviderSettingsQuotedMessageParser | MISSING = MISSING
    agent_runner_type: str | MISSING = MISSING
    dify_agent_runner_provider_id: str | MISSING = MISSING
    coze_agent_runner_provider_id: str | MISSING = MISSING
    dashscope_agent_runner_provider_id: str | MISSING = MISSING
    deerflow_agent_runner_provider_id: str | MISSING = MISSING
    unsupported_streaming_strategy: str | MISSING = MISSING
    reachability_check: bool | MISSING = MISSING
    max_agent_step: int | MISSING = MISSING
    tool_call_timeout: int | MISSING = MISSING
    tool_schema_mode: str | MISSING = MISSING
    llm_safety_mode: bool | MISSING = MISSING
    safety_mode_strategy: str | MISSING = MISSING
    file_extract: ProviderSettingsFileExtract | MISSING = MISSING
    proactive_capability: ProviderSettingsProactiveCapability | MISSING = MISSING
    computer_use_runtime: str | MISSING = MISSING
    computer_use_require_admin: bool | MISSING = MISSING
    sandbox: SandboxSettings | MISSING = MISSING
    image_compress_enabled: bool | MISSING = MISSING
    image_compress_options: ProviderSettingsImageCompressOptions | MISSING = MISSING


class SubagentSettings(BaseModel):
    """The agents to which the main agent can delegate."""

    model_config = ConfigDict(extra="allow")
    main_enable: bool | MISSING = MISSING
    remove_main_duplicate_tools: bool | MISSING = MISSING
    router_system_prompt: str | MISSING = MISSING
    agents: list[Subagent] | MISSING = MISSING


class GroupMemorySettings(BaseModel):
    """The memory of group chats."""

    model_config = ConfigDict(extra="allow")
    group_icl_enable: bool | MISSING = MISSING
    group_message_max_cnt: int | MISSING = MISSING
    image_caption: bool | MISSING = MISSING
    image_caption_provider_id: str | MISSING = MISSING
    active_reply: GroupMemorySettingsActiveReply | MISSING = MISSING


class ContentSafetySettings(BaseModel):
    """The filter for messages and answers."""

    model_config = ConfigDict(extra="allow")
    also_use_in_response: bool | MISSING = MISSING
    internal_keywords: ContentSafetySettingsInternalKeywords | MISSING = MISSING
    baidu_aip: ContentSafetySettingsBaiduAip | MISSING = MISSING


class DashboardSettings(BaseModel):
    """The dashboard. Credentials in here should be hidden from developer keys; measured servers show all of them."""

    model_config = ConfigDict(extra="allow")
    enable: bool | MISSING = MISSING
    username: str | MISSING = MISSING
    password: str | MISSING = MISSING
    pbkdf2_password: str | MISSING = MISSING
    password_storage_upgraded: bool | MISSING = MISSING
    password_change_required: bool | MISSING = MISSING
    jwt_secret: str | MISSING = MISSING
    host: str | MISSING = MISSING
    port: int | MISSING = MISSING
    disable_access_log: bool | MISSING = MISSING
    trust_proxy_headers: bool | MISSING = MISSING
    auth_rate_limit: DashboardSettingsAuthRateLimit | MISSING = MISSING
    totp: DashboardSettingsTotp | MISSING = MISSING
    ssl: DashboardSettingsSsl | MISSING = MISSING


class SubagentConfig(BaseModel):
    """The subagents and how the main agent delegates to them."""

    main_enable: bool
    remove_main_duplicate_tools: bool
    router_system_prompt: str | MISSING = MISSING
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

    name: str | None | MISSING = MISSING
    oldName: str | None | MISSING = MISSING


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

    status: Literal["error"]
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

    type: Literal["user_message_saved"]
    data: SavedMessage


class MessageSavedEvent(BaseModel):
    """The agent's message is stored in the history. One answer can be stored as several messages."""

    type: Literal["message_saved"]
    data: SavedMessage


class ToolCallNews(BaseModel):
    """The model calls a tool."""

    id: str
    name: str
    args: ToolArguments
    ts: int | float


class AttachmentSavedEvent(BaseModel):
    """A file that the agent sent is stored and has an id."""

    type: Literal["attachment_saved"]
    data: SavedAttachment


class AgentStats(BaseModel):
    """What an answer used, in tokens and time."""

    token_usage: TokenUsage
    start_time: int | float
    end_time: int | float
    time_to_first_token: int | float


class StoredToolCalls(BaseModel):
    """The tools that the model called at the same time."""

    type: Literal["tool_call"]
    tool_calls: list[StoredToolCall]


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
    trace_log_enable: bool | MISSING = MISSING
    trace_log_path: str | MISSING = MISSING
    trace_log_max_mb: int | MISSING = MISSING
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


class MessageSegments(RootModel[list[MessageSegment]]):
    """Segments in order, at least one of them not a `reply`."""

    root: Annotated[list[MessageSegment], Field(description="Segments in order, at least one of them not a `reply`.")]


class ImMessageSegments(RootModel[list[ImMessageSegment]]):
    """Segments in order. A bot cannot send `reply`."""

    root: Annotated[
        list[ImMessageSegment], Field(description="Segments in order. A bot cannot send `reply`.", min_length=1)
    ]


class AgentStatsEvent(BaseModel):
    """What the answer used."""

    type: Literal["agent_stats"]
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
    type: Literal["user"]
    message: MessageSegments


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


class MessageChain(RootModel[MessageText | MessageSegments]):
    root: Annotated[
        MessageText | MessageSegments,
        Field(
            description="A message for the agent, as text or in segments. One invalid segment makes the whole message invalid."
        ),
    ]


class ImMessageChain(RootModel[MessageText | ImMessageSegments]):
    root: Annotated[
        MessageText | ImMessageSegments,
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

    type: Literal["user"]
    message: list[HistorySegment]


class BotContent(BaseModel):
    """A message of the agent."""

    type: Literal["bot"]
    message: list[HistorySegment]
    reasoning: str | MISSING = MISSING
    agent_stats: AgentStats | MISSING = MISSING


class ImMessage(BaseModel):
    """A message and its destination."""

    model_config = ConfigDict(extra="allow")
    umo: str
    message: ImMessageChain
    type: str | None | MISSING = MISSING


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


class ThreadMessage(BaseModel):
    """A message of a user in a thread."""

    model_config = ConfigDict(extra="allow")
    message: MessageChain
    selected_provider: str | None | MISSING = MISSING
    selected_model: str | None | MISSING = MISSING
    enable_streaming: bool | None | MISSING = MISSING


class ConfigProfileCreation(BaseModel):
    """The profile to create."""

    name: str | None | MISSING = MISSING
    config: Configuration | None | MISSING = MISSING


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
    content: HistoryContent
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
    project: ProjectOfSession | MISSING = MISSING


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

    name: str | MISSING = MISSING
    metadata: "ConfigurationFields"


class ConfigurationField(BaseModel):
    """How one member of a configuration is shown and edited."""

    type: str
    description: str | MISSING = MISSING
    desc: str | MISSING = MISSING
    name: str | MISSING = MISSING
    hint: str | MISSING = MISSING
    items: Union[ConfigurationElement, "ConfigurationFields"] | MISSING = MISSING
    options: list[str] | MISSING = MISSING
    labels: str | list[str] | MISSING = MISSING
    condition: dict[str, str | bool | int | float] | MISSING = MISSING
    slider: ConfigurationSlider | MISSING = MISSING
    default: int | float | MISSING = MISSING
    config_template: dict[str, OpenConfiguration] | MISSING = MISSING
    template_schema: Union["ConfigurationFields", MISSING] = MISSING
    render_type: str | MISSING = MISSING
    editor_mode: bool | MISSING = MISSING
    field_special: Annotated[str | MISSING, Field(alias="_special")] = MISSING
    invisible: bool | MISSING = MISSING
    collapsed: bool | MISSING = MISSING
    obvious: bool | MISSING = MISSING
    obvious_hint: bool | MISSING = MISSING


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
    description: str | MISSING = MISSING
    hint: str | MISSING = MISSING
    default: Any | MISSING = MISSING
    options: list[str] | MISSING = MISSING
    file_types: list[str] | MISSING = MISSING
    items: Union["PluginConfigItems", MISSING] = MISSING
    templates: dict[str, Any] | MISSING = MISSING


class PluginConfig(BaseModel):
    """The configuration of a plugin and its form. An unknown plugin has none."""

    plugin_name: str
    metadata: Optional["PluginConfigItems"]
    config: PluginConfigValues | None
    i18n: PluginTranslations


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
