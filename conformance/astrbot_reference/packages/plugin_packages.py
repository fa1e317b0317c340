"""The contents of a plugin, and the packages in the embedded catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from astrbot_reference.catalogue import catalogue

JsonObject = dict[str, Any]

PLUGINS: JsonObject = catalogue("plugins")
"""The embedded catalogue: `built_in` packages, the `market`, other `registries` by address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A plugin before it is installed.

    config_items: the items of its configuration by name, as PluginConfigItem of the contract.
    pages: the files of each page, by page and then by path, as text.
    components: its components besides pages, as PluginComponent of the contract.
    routes: `method`, `path`, `answer` and `status` of each route; without `answer` it echoes the request.
    requires: the plugins that it needs to be loaded.
    broken: why its code cannot be loaded; None if it can.
    """

    name: str
    author: str = ""
    desc: str = ""
    short_desc: str | None = None
    version: str = ""
    repo: str | None = None
    display_name: str | None = None
    logo: str | None = None
    support_platforms: list[str] = field(default_factory=list)
    astrbot_version: str | None = None
    i18n: JsonObject = field(default_factory=dict)
    readme: str | None = None
    changelog: str | None = None
    config_items: JsonObject = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    components: list[JsonObject] = field(default_factory=list)
    routes: list[JsonObject] = field(default_factory=list)
    requires: list[str] = field(default_factory=list)
    broken: str | None = None


def built_in() -> list[Package]:
    """The packages that come with AstrBot."""
    return [Package(**package) for package in PLUGINS["built_in"]]


def market() -> JsonObject:
    """The plugins of the default registry, by name, as MarketPlugin of the contract."""
    shown = ("name", "display_name", "desc", "author", "repo", "version", "logo")
    counted = ("tags", "stars", "updated_at", "social_link")
    listed = {}
    for entry in PLUGINS["market"]:
        package = Package(**entry["package"])
        told = {member: getattr(package, member) for member in shown if getattr(package, member) is not None}
        listed[package.name] = told | {member: entry[member] for member in counted}
    return listed


def package_at(address: str) -> Package | None:
    """The package whose repository or archive has this address; None if there is none."""
    for entry in PLUGINS["market"]:
        if address in {entry["archive"], entry["package"]["repo"]}:
            return Package(**entry["package"])
    return None
