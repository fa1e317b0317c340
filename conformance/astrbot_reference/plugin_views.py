"""How a plugin looks in answers."""

from __future__ import annotations

from .installed_plugins import Plugin
from .plugin_packages import JsonObject


def in_list(plugin: Plugin) -> JsonObject:
    """The contract's PluginListItem."""
    return basics(plugin) | {"pages": list(plugin.package.pages)}


def in_full(plugin: Plugin) -> JsonObject:
    """The contract's Plugin."""
    package = plugin.package
    pages = [
        {
            "type": "page",
            **page(name),
            "page_name": name,
            "description": "",
            "plugin_name": package.name,
            "plugin_marketplace_name": marketplace_name(package.name),
        }
        for name in package.pages
    ]
    return basics(plugin) | {"components": pages + package.components}


def page(name: str) -> JsonObject:
    """What is told of a page wherever it is named."""
    return {"name": name, "title": name.replace("_", " ").capitalize(), "i18n_key": f"pages.{name}"}


def basics(plugin: Plugin) -> JsonObject:
    """The contract's PluginBasics."""
    package = plugin.package
    return {
        "name": package.name,
        "marketplace_name": marketplace_name(package.name),
        "repo": package.repo or "",
        "author": package.author,
        "desc": package.desc,
        "version": package.version,
        "reserved": plugin.reserved,
        "activated": plugin.activated,
        "online_vesion": "",
        "display_name": package.display_name,
        "logo": package.logo,
        "support_platforms": package.support_platforms,
        "astrbot_version": package.astrbot_version,
        "installed_at": plugin.installed_at,
        "i18n": package.i18n,
    }


def marketplace_name(name: str) -> str:
    """The name as the market writes it."""
    return name.replace("_", "-")
