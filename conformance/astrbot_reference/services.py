"""One service for each tag of the contract. They share one store.

A service that extends the protocol of its tag inherits the second paths (`x-alias-of`) that differ in the path only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from astrbot_api.server import Services, derive, mount
from fastapi import FastAPI

from .api_keys import ApiKeys
from .auth import Caller
from .bots import Bots
from .chat import Chat
from .chat_projects import ChatProjects
from .chat_sessions import ChatSessions
from .closed import ClosedArea, System
from .config_profiles import ConfigProfiles
from .context import Context
from .documents import Documents
from .im import Im
from .mcp import Mcp
from .neo_skills import NeoSkills
from .personas import Personas
from .plugin_config import PluginConfig
from .plugin_install import PluginInstall
from .plugin_pages import PluginPages
from .plugin_sources import PluginSources
from .plugins import Plugins
from .provider_sources import ProviderSources
from .providers import Providers
from .skills import Skills
from .system_config import SystemConfig
from .t2i import T2i
from .threads import Threaded, Threads

STORELESS = {"auth", "documents", "system"}  # they do not use the store


def serve(app: FastAPI, context: Context) -> None:
    """Serve the base release."""
    made: Any = threaded(services(context, lambda: derive(app)), context.threads)
    mount(app, made, context.authentication.authenticate, context.contract)


def threaded(services: Any, threads: Threads) -> Any:
    """The same services, with their operations run in the thread of the store if they use it."""
    named = {each.name: getattr(services, each.name) for each in fields(services)}
    return type(services)(
        **{name: Threaded(one, threads, uses_store=name not in STORELESS) for name, one in named.items()}
    )


def services(context: Context, derive: Callable[[], dict[str, Any]]) -> Services[Caller]:
    """Every service. derive: returns the OpenAPI document of the mounted routes."""
    of, contract = context.overrides.of, context.contract
    closed: Any = ClosedArea(contract)
    system: Any = System(contract)
    login: Any = context.authentication
    context.sessions.runs.end_all()
    return Services(
        bots=of(Bots)(context),
        providers=of(Providers)(context),
        provider_sources=of(ProviderSources)(context),
        personas=of(Personas)(context),
        im=of(Im)(context),
        chat=of(Chat)(context),
        chat_sessions=of(ChatSessions)(context),
        chat_projects=of(ChatProjects)(context),
        config_profiles=of(ConfigProfiles)(context),
        system_config=of(SystemConfig)(context),
        t2i=of(T2i)(context),
        plugins=of(Plugins)(context),
        plugin_install=of(PluginInstall)(context),
        plugin_config=of(PluginConfig)(context),
        plugin_pages=of(PluginPages)(context),
        plugin_sources=of(PluginSources)(context),
        mcp=of(Mcp)(context),
        skills=of(Skills)(context),
        neo_skills=of(NeoSkills)(context),
        api_keys=of(ApiKeys)(context),
        auth=login,
        documents=of(Documents)(contract.release, derive),
        system=system,
        backups=closed,
        conversations=closed,
        files=closed,
        knowledge_bases=closed,
        sessions=closed,
        tools=closed,
    )
