"""The services of the newest release. Each extends that of the base release if it differs.

Inherited methods are annotated with the models of the base release. The stubs validate each response against the
contract of the served release, and a test compares the types of all methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from astrbot_reference import services as base
from astrbot_reference.auth import Caller
from astrbot_reference.chat_sessions import ChatSessions
from astrbot_reference.context import Context
from astrbot_reference.conversations import Conversations
from astrbot_reference.files import Files
from astrbot_reference.im import Im
from astrbot_reference.sessions import Sessions
from astrbot_reference.stores.attachment_files import AttachmentFiles
from astrbot_reference.stores.attachment_store import AttachmentStore
from astrbot_reference.stores.conversation_store import ConversationStore
from astrbot_reference.stores.plugin_store import PluginStore
from astrbot_reference.stores.profile_store import ProfileStore
from astrbot_reference.stores.session_rules import SessionRules
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.uploads import Uploads
from astrbot_reference.stores.workspaces import Workspaces
from astrbot_reference.stubs import server

from .chat import Chat
from .chat_projects import ChatProjects
from .plugin_config import PluginConfig
from .plugin_install import PluginInstall
from .plugin_pages import PluginPages
from .plugin_sources import PluginSources
from .replies import LiveReplies


def services(context: Context, derive: Callable[[], dict[str, Any]]) -> server.Services[Caller]:
    """Every service. derive: returns the OpenAPI document of the mounted routes."""
    store, clock, contract, of = context.store, context.clock, context.contract, context.overrides.of
    sessions = of(SessionStore)(store, clock, context.overrides, only_owners_read=True)
    profiles, attachments, plugins = (
        ProfileStore(store, contract),
        of(AttachmentStore)(store),
        PluginStore(store, clock, contract),
    )
    workspaces, memory = Workspaces(store), ConversationStore(store, clock)
    replies = LiveReplies(sessions.runs, attachments, clock, context.threads, memory=memory, workspaces=workspaces)
    context.closing.push_async_callback(replies.end)
    inherited = base.services(context, derive)
    made: dict[str, Any] = {field.name: getattr(inherited, field.name) for field in fields(inherited)}
    made |= {
        "im": of(Im)(store, attachments, sessions),
        "chat": of(Chat)(contract, profiles, attachments, sessions, replies),
        "chat_sessions": of(ChatSessions)(store, contract, attachments, sessions, replies),
        "chat_projects": of(ChatProjects)(store, clock, contract, sessions, workspaces),
        "plugin_install": of(PluginInstall)(store, clock, contract),
        "plugin_config": of(PluginConfig)(store, clock, contract),
        "plugin_pages": of(PluginPages)(store, clock, contract),
        "plugin_sources": of(PluginSources)(store, clock, contract, plugins),
        "files": of(Files)(AttachmentFiles(store, clock, contract, attachments), Uploads(store, clock)),
        "conversations": of(Conversations)(store, contract, memory),
        "sessions": of(Sessions)(store, SessionRules(store, memory), plugins),
    }
    return server.Services(**made)
