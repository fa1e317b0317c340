"""One service for each tag of the contract, over one store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, fields
from typing import Any

from astrbot_api.contract import Contract
from astrbot_api.server import Services, derive, mount
from fastapi import FastAPI

from .answering import Replies
from .api_keys import ApiKeys
from .attachments import Attachments
from .auth import Authentication, Caller
from .bots import Bots
from .chat import Chat
from .chat_projects import ChatProjects
from .chat_sessions import ChatSessions
from .clock import Clock
from .closed import ClosedArea, System
from .config_profiles import ConfigProfiles
from .documents import Documents
from .im import Im
from .keys import Keys
from .mcp import Mcp
from .neo_skills import NeoSkills
from .overrides import Overrides
from .personas import Personas
from .plugin_config import PluginConfig
from .plugin_install import PluginInstall
from .plugin_pages import PluginPages
from .plugin_sources import PluginSources
from .plugins import Plugins
from .profiles import Profiles
from .provider_sources import ProviderSources
from .providers import Providers
from .session_book import SessionBook
from .skill_shelf import SkillShelf
from .skills import Skills
from .store import Store
from .system_config import SystemConfig
from .t2i import T2i
from .threads import Threaded, Threads

STORELESS = {"auth", "documents", "system"}  # what these know they know from the start


@dataclass(frozen=True, slots=True)
class Ground:
    """What services stand on: what is remembered, the time, what the release that is served promises, who may."""

    store: Store
    clock: Clock
    contract: Contract
    keys: Keys
    authentication: Authentication
    threads: Threads
    closing: AsyncExitStack
    """Whatever is to be ended with the server."""
    overrides: Overrides


def serve(app: FastAPI, ground: Ground) -> None:
    """Serve the base."""
    made: Any = threaded(services(ground, lambda: derive(app)), ground.threads)
    mount(app, made, ground.authentication.authenticate, ground.contract)


def threaded(services: Any, threads: Threads) -> Any:
    """The same services, each with its operations run in the thread of the store if it uses one."""
    named = {each.name: getattr(services, each.name) for each in fields(services)}
    return type(services)(
        **{name: Threaded(one, threads, uses_store=name not in STORELESS) for name, one in named.items()}
    )


def services(ground: Ground, derive: Callable[[], dict[str, Any]]) -> Services[Caller]:
    """Every service. derive gives the OpenAPI document of the routes that are mounted."""
    store, clock, contract, of = ground.store, ground.clock, ground.contract, ground.overrides.of
    closed: Any = ClosedArea(contract)
    system: Any = System(contract)
    profiles, attachments, shelf = Profiles(store, contract), of(Attachments)(store), of(SkillShelf)(store)
    book = of(SessionBook)(store, clock, ground.overrides)
    replies = Replies(book.runs, attachments, clock, ground.threads)
    login: Any = ground.authentication
    return Services(
        bots=of(Bots)(store, clock),
        providers=of(Providers)(store, contract),
        provider_sources=of(ProviderSources)(store, contract),
        personas=of(Personas)(store, clock),
        im=of(Im)(store, attachments, book),
        chat=of(Chat)(contract, profiles, attachments, book, replies),
        chat_sessions=of(ChatSessions)(store, contract, attachments, book, replies),
        chat_projects=of(ChatProjects)(store, clock, contract, book),
        config_profiles=of(ConfigProfiles)(store, contract, profiles),
        system_config=of(SystemConfig)(store, clock, contract, profiles),
        t2i=of(T2i)(store, profiles),
        plugins=of(Plugins)(store, clock, contract),
        plugin_install=of(PluginInstall)(store, clock, contract),
        plugin_config=of(PluginConfig)(store, clock, contract),
        plugin_pages=of(PluginPages)(store, clock, contract),
        plugin_sources=of(PluginSources)(store, clock),
        mcp=of(Mcp)(store, contract),
        skills=of(Skills)(contract, shelf),
        neo_skills=of(NeoSkills)(store, clock, shelf),
        api_keys=of(ApiKeys)(ground.keys),
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
