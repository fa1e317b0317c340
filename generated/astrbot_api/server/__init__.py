"""Serves AstrBot HTTP API: pass `mount` your services and a function that authenticates callers. Generated; do not edit."""

from dataclasses import dataclass
from typing import Generic

from fastapi import APIRouter, FastAPI

from ..contract import Contract
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
from .answers import EventStream, Json, Raw, WrongAnswer
from .bodies import Form, Upload
from .route_index import RouteIndex
from .routing import derive, exactness
from .security import Authenticate, Caller, CallerT, Credentials, InsufficientScope, authorize
from .sockets import WrongMessage

__all__ = [
    "Authenticate",
    "Caller",
    "Credentials",
    "EventStream",
    "Form",
    "InsufficientScope",
    "Json",
    "Raw",
    "Services",
    "Upload",
    "WrongAnswer",
    "WrongMessage",
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


def mount(
    app: FastAPI,
    services: Services[CallerT],
    authenticate: Authenticate[CallerT],
    contract: Contract | None = None,
) -> None:
    """Adds a route for every operation to an application, more specific routes first.

    With the contract of another release, only its operations are served, and responses are validated against it.
    """
    routers: list[APIRouter] = [
        bots.router(services.bots, authenticate, contract),
        providers.router(services.providers, authenticate, contract),
        provider_sources.router(services.provider_sources, authenticate, contract),
        personas.router(services.personas, authenticate, contract),
        im.router(services.im, authenticate, contract),
        chat.router(services.chat, authenticate, contract),
        chat_sessions.router(services.chat_sessions, authenticate, contract),
        chat_projects.router(services.chat_projects, authenticate, contract),
        config_profiles.router(services.config_profiles, authenticate, contract),
        system_config.router(services.system_config, authenticate, contract),
        t2i.router(services.t2i, authenticate, contract),
        plugins.router(services.plugins, authenticate, contract),
        plugin_install.router(services.plugin_install, authenticate, contract),
        plugin_config.router(services.plugin_config, authenticate, contract),
        plugin_pages.router(services.plugin_pages, authenticate, contract),
        plugin_sources.router(services.plugin_sources, authenticate, contract),
        mcp.router(services.mcp, authenticate, contract),
        skills.router(services.skills, authenticate, contract),
        neo_skills.router(services.neo_skills, authenticate, contract),
        auth.router(services.auth, authenticate, contract),
        api_keys.router(services.api_keys, authenticate, contract),
        backups.router(services.backups, authenticate, contract),
        conversations.router(services.conversations, authenticate, contract),
        files.router(services.files, authenticate, contract),
        knowledge_bases.router(services.knowledge_bases, authenticate, contract),
        sessions.router(services.sessions, authenticate, contract),
        system.router(services.system, authenticate, contract),
        tools.router(services.tools, authenticate, contract),
        documents.router(services.documents, authenticate, contract),
    ]
    routes = sorted((route for router in routers for route in router.routes), key=exactness)
    app.router.routes.extend(routes)
    app.router.middleware_stack = RouteIndex(app.router, routes)
