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
    store, clock, contract = ground.store, ground.clock, ground.contract
    closed: Any = ClosedArea(contract)
    system: Any = System(contract)
    profiles, attachments, book = Profiles(store, contract), Attachments(store), SessionBook(store, clock)
    replies = Replies(book.runs, attachments, clock, ground.threads)
    login: Any = ground.authentication
    return Services(
        bots=Bots(store, clock),
        providers=Providers(store, contract),
        provider_sources=ProviderSources(store, contract),
        personas=Personas(store, clock),
        im=Im(store, book),
        chat=Chat(contract, profiles, attachments, book, replies),
        chat_sessions=ChatSessions(store, contract, book, replies),
        chat_projects=ChatProjects(store, clock, contract, book),
        config_profiles=ConfigProfiles(store, contract, profiles),
        system_config=SystemConfig(store, clock, contract, profiles),
        t2i=T2i(store, profiles),
        plugins=Plugins(store, clock, contract),
        plugin_install=PluginInstall(store, clock, contract),
        plugin_config=PluginConfig(store, clock, contract),
        plugin_pages=PluginPages(store, clock, contract),
        plugin_sources=PluginSources(store, clock),
        mcp=Mcp(store, contract),
        skills=Skills(store, contract),
        neo_skills=NeoSkills(store, clock),
        api_keys=ApiKeys(ground.keys),
        auth=login,
        documents=Documents(contract.release, derive),
        system=system,
        backups=closed,
        conversations=closed,
        files=closed,
        knowledge_bases=closed,
        sessions=closed,
        tools=closed,
    )
