"""The dependencies of the services, and the stores that they share."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from astrbot_api.contract import Contract

from .agent.replies import Replies
from .auth import Authentication
from .clock import Clock
from .overrides import Overrides
from .stores.attachment_store import AttachmentStore
from .stores.key_store import KeyStore
from .stores.mcp_servers import McpServers
from .stores.plugin_store import PluginStore
from .stores.profile_store import ProfileStore
from .stores.provider_store import ProviderStore
from .stores.session_store import SessionStore
from .stores.skill_store import SkillStore
from .stores.store import Store
from .threads import Threads


@dataclass
class Context:
    """The dependencies of the services of the base release.

    contract: that of the served release. closing: ends with the server.
    """

    store: Store
    clock: Clock
    contract: Contract
    keys: KeyStore
    authentication: Authentication
    threads: Threads
    closing: AsyncExitStack
    overrides: Overrides

    def __post_init__(self) -> None:
        store, clock, contract, of = self.store, self.clock, self.contract, self.overrides.of
        self.profiles = of(ProfileStore)(store, contract)
        self.providers = of(ProviderStore)(store)
        self.mcp_servers = of(McpServers)(store)
        self.plugins = of(PluginStore)(store, clock, contract)
        self.skills = of(SkillStore)(store)
        self.attachments = of(AttachmentStore)(store)
        self.sessions = of(SessionStore)(store, clock, self.overrides)
        self.replies = Replies(self.sessions.runs, self.attachments, clock, self.threads)


class Service:
    """The operations of one tag. Every service can use every shared store."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._clock = context.clock
        self._contract = context.contract
        self._profiles = context.profiles
        self._providers = context.providers
        self._mcp_servers = context.mcp_servers
        self._plugins = context.plugins
        self._skills = context.skills
        self._attachments = context.attachments
        self._sessions = context.sessions
        self._replies = context.replies
