"""The services of the newest release, each an extension of that of the base where there is something to extend.

What they inherit is annotated with the answers of the base. The stubs hold it to the contract of the release all the
same; that every operation is there is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from astrbot_reference import services as base
from astrbot_reference.attachments import Attachments
from astrbot_reference.auth import Caller
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.im import Im
from astrbot_reference.installed_plugins import InstalledPlugins
from astrbot_reference.profiles import Profiles
from astrbot_reference.services import Ground
from astrbot_reference.session_book import SessionBook

from .answering import LiveReplies
from .attachment_files import AttachmentFiles
from .chat import Chat
from .chat_projects import ChatProjects
from .conversation_book import ConversationBook
from .conversations import Conversations
from .files import Files
from .plugin_config import PluginConfig
from .plugin_install import PluginInstall
from .plugin_pages import PluginPages
from .plugin_sources import PluginSources
from .session_rules import SessionRules
from .sessions import Sessions
from .stubs import server
from .uploads import Uploads
from .workspaces import Workspaces


def services(ground: Ground, derive: Callable[[], dict[str, Any]]) -> server.Services[Caller]:
    """Every service. derive gives the OpenAPI document of the routes that are mounted."""
    store, clock, contract, of = ground.store, ground.clock, ground.contract, ground.overrides.of
    book = of(SessionBook)(store, clock, ground.overrides, only_owners_read=True)
    profiles, attachments, plugins = (
        Profiles(store, contract),
        of(Attachments)(store),
        InstalledPlugins(store, clock, contract),
    )
    workspaces, memory = Workspaces(store), ConversationBook(store, clock)
    replies = LiveReplies(book.runs, attachments, clock, ground.threads, memory=memory, workspaces=workspaces)
    ground.closing.push_async_callback(replies.end)
    inherited = base.services(ground, derive)
    made: dict[str, Any] = {field.name: getattr(inherited, field.name) for field in fields(inherited)}
    made |= {
        "im": of(Im)(store, attachments, book),
        "chat": of(Chat)(contract, profiles, attachments, book, replies),
        "chat_sessions": of(ChatSessions)(store, contract, attachments, book, replies),
        "chat_projects": of(ChatProjects)(store, clock, contract, book, workspaces),
        "plugin_install": of(PluginInstall)(store, clock, contract),
        "plugin_config": of(PluginConfig)(store, clock, contract),
        "plugin_pages": of(PluginPages)(store, clock, contract),
        "plugin_sources": of(PluginSources)(store, clock, contract, plugins),
        "files": of(Files)(AttachmentFiles(store, clock, contract, attachments), Uploads(store, clock)),
        "conversations": of(Conversations)(store, contract, memory),
        "sessions": of(Sessions)(store, SessionRules(store, memory), plugins),
    }
    return server.Services(**made)
