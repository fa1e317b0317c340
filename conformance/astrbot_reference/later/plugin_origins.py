"""The sources of plugin updates."""

from __future__ import annotations

from astrbot_api.contract import Contract

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.packages.plugin_packages import Package, market
from astrbot_reference.packages.plugin_views import UPLOAD, marketplace_name
from astrbot_reference.stores.store import JsonObject

FROM_REPOSITORY = {"github", "repo", "repository"}


def origin(contract: Contract, clock: Clock, package: Package, download_url: str = "") -> JsonObject:
    """The PluginOrigin of a plugin that is installed now."""
    return {
        "schema_version": 1,
        "root_dir_name": package.name,
        "install_method": word_for_repository(contract),
        "registry_url": None,
        "registry_name": "Repository",
        "repo": package.repo or "",
        "download_url": download_url,
        "installed_at": stamp(clock()),
    }


def uploaded(clock: Clock, package: Package) -> JsonObject:
    """The PluginOrigin of a plugin that is installed now from an archive."""
    return {
        "schema_version": 1,
        "root_dir_name": package.name,
        "install_method": UPLOAD,
        "registry_url": None,
        "registry_name": "Default",
        "repo": "",
        "download_url": "",
        "installed_at": stamp(clock()),
    }


def word_for_repository(contract: Contract) -> str:
    """The word for an installation from a repository, taken from the examples of the contract."""
    example = contract.resolve("#/components/responses/PluginOriginOrNot/content/application~1json/example")
    return str(example["data"]["install_method"])


def market_id(package: Package) -> str:
    """The id of a plugin in the market."""
    return f"{package.author}/{marketplace_name(package.name)}"


def in_market(package: Package) -> bool:
    """Whether the market has a plugin with the same repository."""
    listed = market().get(package.name)
    return listed is not None and listed["repo"] == package.repo
