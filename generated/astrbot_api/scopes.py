"""The scopes of AstrBot HTTP API 4.26.0b8: their meanings and implications. Generated; do not edit."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from .vocabulary import Meaning

__all__ = [
    "CLOSED_SCOPES",
    "IMPLIES",
    "MEANINGS",
    "SCOPES",
    "SUB_SCOPES",
    "Meaning",
    "Scope",
    "closure",
    "sufficient",
]


class Scope(StrEnum):
    """A scope of a developer key."""

    BOT = "bot"
    PROVIDER = "provider"
    PERSONA = "persona"
    IM = "im"
    CONFIG = "config"
    CHAT = "chat"
    PLUGIN = "plugin"
    MCP = "mcp"
    SKILL = "skill"


SCOPES: tuple[Scope, ...] = (
    Scope.BOT,
    Scope.PROVIDER,
    Scope.PERSONA,
    Scope.IM,
    Scope.CONFIG,
    Scope.CHAT,
    Scope.PLUGIN,
    Scope.MCP,
    Scope.SKILL,
)
"""The default scopes of a new key: all except the sub-scopes."""

SUB_SCOPES: Mapping[Scope, Scope] = MappingProxyType({})
"""sub-scope -> the scope that it requires. Sub-scopes matter for certain inputs only."""

CLOSED_SCOPES: tuple[str, ...] = (
    "file",
    "tool",
    "skills",
    "kb",
    "data",
    "system",
)
"""Areas that no developer key can access."""

IMPLIES: Mapping[Scope, frozenset[Scope]] = MappingProxyType(
    {
        Scope.BOT: frozenset(),
        Scope.PROVIDER: frozenset(),
        Scope.PERSONA: frozenset(),
        Scope.IM: frozenset(),
        Scope.CONFIG: frozenset(
            {
                Scope.BOT,
                Scope.PROVIDER,
            }
        ),
        Scope.CHAT: frozenset(),
        Scope.PLUGIN: frozenset(),
        Scope.MCP: frozenset(),
        Scope.SKILL: frozenset(),
    }
)
"""scope -> the scopes that it implies, directly or through others; without the scope itself."""

MEANINGS: Mapping[Scope, Meaning] = MappingProxyType(
    {
        Scope.BOT: Meaning("Manage bots and their platforms.", "管理机器人与接入平台。"),
        Scope.PROVIDER: Meaning("Manage model providers and their sources.", "管理模型提供商与提供商源。"),
        Scope.PERSONA: Meaning("Manage personas and persona folders.", "管理人格与人格文件夹。"),
        Scope.IM: Meaning("Send messages through a bot and list the bots.", "主动发送 IM 消息并查询机器人列表。"),
        Scope.CONFIG: Meaning(
            "Manage configuration profiles and the configuration of the installation; includes bot and provider.",
            "管理配置文件与系统配置，同时包含 bot 与 provider 权限。",
        ),
        Scope.CHAT: Meaning("Chat with the agent and read chat sessions.", "与内置 Agent 对话并查询对话会话。"),
        Scope.PLUGIN: Meaning(
            "Manage plugins, their configuration and sources, and the plugin market.",
            "管理插件、插件配置、插件源与插件市场。",
        ),
        Scope.MCP: Meaning("Manage MCP servers.", "管理 MCP 服务器。"),
        Scope.SKILL: Meaning("Manage skills, their archives and their files.", "管理 Skills 及其压缩包与文件。"),
    }
)


def closure(scopes: Iterable[str]) -> frozenset[str]:
    """Returns these scopes and every scope that they imply. Unknown names are kept and imply nothing."""
    held = frozenset(str(scope) for scope in scopes)
    return held.union(*(map(str, IMPLIES[Scope(scope)]) for scope in held if scope in _NAMES))


def sufficient(scope: Scope | str) -> frozenset[Scope]:
    """Returns the scopes that each suffice for this scope: the scope itself, and every scope that implies it."""
    return frozenset(other for other in Scope if other == scope or scope in IMPLIES[other])


_NAMES = frozenset(str(scope) for scope in Scope)
