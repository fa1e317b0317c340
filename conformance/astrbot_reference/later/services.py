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
from astrbot_reference.context import Context
from astrbot_reference.conversations import Conversations
from astrbot_reference.files import Files
from astrbot_reference.sessions import Sessions
from astrbot_reference.stubs import server

from .chat import Chat
from .chat_projects import ChatProjects
from .personas import Personas
from .plugin_config import PluginConfig
from .plugin_install import PluginInstall
from .plugin_pages import PluginPages
from .plugin_sources import PluginSources
from .skills import Skills


def services(context: Context, derive: Callable[[], dict[str, Any]]) -> server.Services[Caller]:
    """Every service. derive: returns the OpenAPI document of the mounted routes."""
    inherited, of = base.services(context, derive), context.overrides.of
    made: dict[str, Any] = {field.name: getattr(inherited, field.name) for field in fields(inherited)}
    made |= {
        "chat": of(Chat)(context),
        "chat_projects": of(ChatProjects)(context),
        "personas": of(Personas)(context),
        "skills": of(Skills)(context),
        "plugin_install": of(PluginInstall)(context),
        "plugin_config": of(PluginConfig)(context),
        "plugin_pages": of(PluginPages)(context),
        "plugin_sources": of(PluginSources)(context),
        "files": of(Files)(context),
        "conversations": of(Conversations)(context),
        "sessions": of(Sessions)(context),
    }
    return server.Services(**made)
