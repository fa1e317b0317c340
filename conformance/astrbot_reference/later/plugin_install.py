"""Plugins installed from any Git server, and checks of repositories. Nothing is fetched."""

from __future__ import annotations

from astrbot_api.server import Json

from astrbot_reference import plugin_install
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.packages.plugin_packages import Package
from astrbot_reference.plugin_install import SHORT, fetched, told
from astrbot_reference.release import described, since
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.stubs import models

from .plugin_origins import origin, uploaded

REPLACING = "4.28.2"  # the first release that installs an archive over an installed plugin


class PluginInstall(plugin_install.PluginInstall):
    """The operations of the tag `plugin-install`. An installed plugin knows its origin."""

    async def check_plugin_repository(
        self, *, caller: Caller, body: models.PluginRepository
    ) -> Json[models.CheckedPluginAnswer]:
        """Whether a repository of the catalogue contains a plugin. Raises Refusal if the catalogue has none there."""
        asked = given(body)
        package = fetched(in_full(asked.get("url") or asked.get("repository") or ""))
        whole = {"valid": True, "metadata_entry": "metadata.yaml", "metadata_branch": "main"}
        whole |= {
            name: getattr(package, name) for name in ("name", "display_name", "desc", "version", "author", "repo")
        }
        return ok(models.CheckedPluginAnswer, described(self._contract, "CheckedPlugin", whole), "It is a plugin")

    async def install_plugin_from_git(
        self, *, caller: Caller, body: models.LinkedPlugin
    ) -> Json[models.InstalledPluginAnswer]:
        """Install a plugin of the catalogue by the address of its repository. Raises Refusal if there is none."""
        asked = given(body)
        repository = in_full(asked.get("url") or asked.get("repository") or "")
        package = fetched(asked.get("download_url") or repository)
        any_release = bool(asked.get("ignore_version_check"))
        installed = self._plugins.install(package, package.name, any_release=any_release)
        self._note(installed, asked)
        return ok(models.InstalledPluginAnswer, told(installed), f"{installed.name} was installed")

    def _fail_upload(self, folder: str, problem: str) -> None:
        """Until 4.28.1, store a plugin whose archive cannot be read as failed."""
        if not since(self._contract, REPLACING):
            super()._fail_upload(folder, problem)

    def _install_upload(self, package: Package, folder: str, *, any_release: bool) -> Package:
        """Install the plugin in an archive, in later releases over an installed one."""
        replaces = since(self._contract, REPLACING)
        installed = self._plugins.install(package, folder, any_release=any_release, replaces=replaces)
        self._plugins.give_origin(installed.name, uploaded(self._clock, installed))
        return installed

    def _install(self, repository: str, asked: JsonObject) -> Package:
        installed = super()._install(repository, asked)
        self._note(installed, asked)
        return installed

    def _note(self, package: Package, asked: JsonObject) -> None:
        made = origin(self._contract, self._clock, package, asked.get("download_url") or "")
        self._plugins.give_origin(package.name, made)


def in_full(address: str) -> str:
    """The address of a repository, which may be written `owner/name` and end in `.git`."""
    whole = f"https://github.com/{address}" if SHORT.fullmatch(address) else address
    return whole.removesuffix(".git")
