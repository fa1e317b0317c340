"""Plugins in responses."""

from __future__ import annotations

from astrbot_api.contract import Contract

from astrbot_reference.release import described
from astrbot_reference.stores.plugin_store import Plugin

from .plugin_packages import JsonObject

UPLOAD = "upload"  # the install method of a plugin from an archive


def in_list(contract: Contract, plugin: Plugin) -> JsonObject:
    """The PluginListItem of the contract."""
    return basics(contract, plugin) | {"pages": list(plugin.package.pages)}


def in_full(contract: Contract, plugin: Plugin) -> JsonObject:
    """The Plugin of the contract."""
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
    return basics(contract, plugin) | {"components": pages + package.components}


def page(name: str) -> JsonObject:
    """The members of a page that every response contains."""
    return {"name": name, "title": name.replace("_", " ").capitalize(), "i18n_key": f"pages.{name}"}


def basics(contract: Contract, plugin: Plugin) -> JsonObject:
    """The PluginBasics of the contract."""
    package = plugin.package
    is_linked = plugin.origin is not None and plugin.origin["install_method"] != UPLOAD
    whole = {
        "name": package.name,
        "marketplace_name": marketplace_name(package.name),
        "repo": package.repo or "",
        "author": package.author,
        "desc": package.desc,
        "version": package.version,
        "reserved": plugin.reserved,
        "activated": plugin.activated,
        "online_vesion": "",  # so it is written until 4.27
        "online_version": "",
        "display_name": package.display_name,
        "logo": package.logo,
        "support_platforms": package.support_platforms,
        "astrbot_version": package.astrbot_version,
        "installed_at": plugin.installed_at,
        "i18n": package.i18n,
        "root_dir_name": package.name,
        "install_source": plugin.origin,
        "updates_enabled": is_linked,
        "update_disabled_reason": "" if is_linked else "It was not installed from a source of updates",
    }
    return described(contract, "PluginBasics", whole)


def marketplace_name(name: str) -> str:
    """The name as the market spells it."""
    return name.replace("_", "-")
