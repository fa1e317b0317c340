"""Serves AstrBot HTTP API: hand `mount` your services and a function that finds out who calls. Generated; do not edit."""

from dataclasses import dataclass
from typing import Any, Generic

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from . import (
    api_keys,
    auth,
    backups,
    bots,
    chat,
    chat_projects,
    chat_sessions,
    config_profiles,
    conversations,
    documents,
    files,
    im,
    knowledge_bases,
    mcp,
    neo_skills,
    personas,
    plugin_config,
    plugin_install,
    plugin_pages,
    plugin_sources,
    plugins,
    provider_sources,
    providers,
    sessions,
    skills,
    system,
    system_config,
    t2i,
    tools,
)
from .answers import EventStream, Raw, WrongAnswer
from .bodies import Form, Upload
from .routing import OperationRoute, contract_path, exactness
from .security import Authenticate, Caller, CallerT, Credentials, InsufficientScope, authorize

__all__ = [
    "Authenticate",
    "Caller",
    "Credentials",
    "EventStream",
    "Form",
    "InsufficientScope",
    "Raw",
    "Services",
    "Upload",
    "WrongAnswer",
    "authorize",
    "derive",
    "mount",
]


@dataclass(frozen=True)
class Services(Generic[CallerT]):
    """A service for each tag."""

    bots: bots.BotsService[CallerT]
    providers: providers.ProvidersService[CallerT]
    provider_sources: provider_sources.ProviderSourcesService[CallerT]
    personas: personas.PersonasService[CallerT]
    im: im.ImService[CallerT]
    chat: chat.ChatService[CallerT]
    chat_sessions: chat_sessions.ChatSessionsService[CallerT]
    chat_projects: chat_projects.ChatProjectsService[CallerT]
    config_profiles: config_profiles.ConfigProfilesService[CallerT]
    system_config: system_config.SystemConfigService[CallerT]
    t2i: t2i.T2iService[CallerT]
    plugins: plugins.PluginsService[CallerT]
    plugin_install: plugin_install.PluginInstallService[CallerT]
    plugin_config: plugin_config.PluginConfigService[CallerT]
    plugin_pages: plugin_pages.PluginPagesService[CallerT]
    plugin_sources: plugin_sources.PluginSourcesService[CallerT]
    mcp: mcp.McpService[CallerT]
    skills: skills.SkillsService[CallerT]
    neo_skills: neo_skills.NeoSkillsService[CallerT]
    auth: auth.AuthService[CallerT]
    api_keys: api_keys.ApiKeysService[CallerT]
    backups: backups.BackupsService[CallerT]
    conversations: conversations.ConversationsService[CallerT]
    files: files.FilesService[CallerT]
    knowledge_bases: knowledge_bases.KnowledgeBasesService[CallerT]
    sessions: sessions.SessionsService[CallerT]
    system: system.SystemService[CallerT]
    tools: tools.ToolsService[CallerT]
    documents: documents.DocumentsService


def mount(app: FastAPI, services: Services[CallerT], authenticate: Authenticate[CallerT]) -> None:
    """Adds a route for every operation to an application, the more exact ones first."""
    routers: list[APIRouter] = [
        bots.router(services.bots, authenticate),
        providers.router(services.providers, authenticate),
        provider_sources.router(services.provider_sources, authenticate),
        personas.router(services.personas, authenticate),
        im.router(services.im, authenticate),
        chat.router(services.chat, authenticate),
        chat_sessions.router(services.chat_sessions, authenticate),
        chat_projects.router(services.chat_projects, authenticate),
        config_profiles.router(services.config_profiles, authenticate),
        system_config.router(services.system_config, authenticate),
        t2i.router(services.t2i, authenticate),
        plugins.router(services.plugins, authenticate),
        plugin_install.router(services.plugin_install, authenticate),
        plugin_config.router(services.plugin_config, authenticate),
        plugin_pages.router(services.plugin_pages, authenticate),
        plugin_sources.router(services.plugin_sources, authenticate),
        mcp.router(services.mcp, authenticate),
        skills.router(services.skills, authenticate),
        neo_skills.router(services.neo_skills, authenticate),
        auth.router(services.auth, authenticate),
        api_keys.router(services.api_keys, authenticate),
        backups.router(services.backups, authenticate),
        conversations.router(services.conversations, authenticate),
        files.router(services.files, authenticate),
        knowledge_bases.router(services.knowledge_bases, authenticate),
        sessions.router(services.sessions, authenticate),
        system.router(services.system, authenticate),
        tools.router(services.tools, authenticate),
        documents.router(services.documents, authenticate),
    ]
    routes = [route for router in routers for route in router.routes]
    app.router.routes.extend(sorted(routes, key=exactness))


def derive(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document that FastAPI derives from the mounted routes, without the answers it adds on its own."""
    routes = [route for route in app.router.routes if isinstance(route, OperationRoute)]
    document = get_openapi(title=app.title, version=app.version, routes=routes)
    derived: dict[str, Any] = {}
    for route in routes:
        path, names = contract_path(route)
        for method, operation in document["paths"][route.path_format].items():
            if operation["operationId"] != route.operation.id:
                continue
            declared = {answer.status for answer in route.operation.answers}
            operation["responses"] = {key: value for key, value in operation["responses"].items() if key in declared}
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["name"] = names.get(parameter["name"], parameter["name"])
            derived.setdefault(path, {})[method] = operation
    return document | {"paths": derived}
