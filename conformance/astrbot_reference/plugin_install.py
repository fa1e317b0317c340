"""Installation and updates of plugins. Nothing is fetched: the embedded catalogue replaces GitHub."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from astrbot_api import models
from astrbot_api.server import Form, Json

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service
from .packages.archives import BadArchive
from .packages.plugin_archives import read_archive
from .packages.plugin_packages import JsonObject, Package, package_at
from .refusal import Refusal
from .stores.plugin_store import LONGEST_NAME
from .threads import elsewhere

SHORT = re.compile(r"[\w.-]+/[\w.-]+")
REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+")
YES = {"true", "1", "yes", "on"}


class PluginInstall(Service):
    """The operations of the tag `plugin-install`."""

    async def install_plugin_from_github(
        self, *, caller: Caller, body: models.GithubPlugin
    ) -> Json[models.GithubInstalledPluginAnswer]:
        """Install a plugin of the catalogue by its repository, also in the form `owner/name`."""
        asked = given(body)
        address = asked.get("repository") or asked.get("url") or ""
        if SHORT.fullmatch(address):
            address = f"https://github.com/{address}"
        installed = self._install(address, asked)
        return ok(models.GithubInstalledPluginAnswer, told(installed), f"{installed.name} was installed")

    async def install_plugin_from_url(
        self, *, caller: Caller, body: models.LinkedPlugin | None = None
    ) -> Json[models.InstalledPluginAnswer]:
        """Install a plugin of the catalogue by the full URL of its repository."""
        asked = given(body)
        installed = self._install(asked.get("url") or asked.get("repository") or "", asked)
        return ok(models.InstalledPluginAnswer, told(installed), f"{installed.name} was installed")

    async def install_plugin_from_upload(self, *, caller: Caller, body: Form) -> Json[models.InstalledPluginAnswer]:
        """Install a plugin from an archive. If it cannot be loaded, it is stored as failed."""
        sent = body.file("file")
        if sent is None:
            raise Refusal("Missing file")
        any_release = (body.text("ignore_version_check") or "false").lower() in YES
        folder = f"plugin_upload_{PurePosixPath(sent.name).stem[:LONGEST_NAME]}"
        try:
            package = await elsewhere(read_archive, sent.content)
        except BadArchive as error:
            self._fail_upload(folder, str(error))
            raise Refusal("The plugin failed to load; see the failed plugins") from error
        installed = self._install_upload(package, folder, any_release=any_release)
        return ok(models.InstalledPluginAnswer, told(installed), f"{installed.name} was installed")

    async def update_plugin(
        self, *, caller: Caller, plugin_id: str, body: models.PluginUpdate | None = None
    ) -> Json[models.UpdatedPluginAnswer]:
        """Update the plugin in the path. A name in the body is ignored."""
        asked = given(body)
        self._update(plugin_id, asked.get("download_url"))
        return ok(models.UpdatedPluginAnswer, {}, f"{plugin_id} was updated")

    async def update_plugins(self, *, caller: Caller, body: models.PluginUpdates) -> Json[models.UpdatedPluginsAnswer]:
        """Update one plugin, or many with a result for each."""
        asked = given(body)
        if asked.get("plugin_id"):
            self._update(asked["plugin_id"], asked.get("download_url"))
            return ok(models.UpdatedPluginsAnswer, {}, f"{asked['plugin_id']} was updated")
        names = asked.get("names") or asked.get("plugin_ids")
        if not names:
            raise Refusal("names is required")
        addresses = asked.get("download_urls") or {}
        results = [self._result(name, addresses.get(name)) for name in names]
        failed = sum(result["status"] == "error" for result in results)
        return ok(models.UpdatedPluginsAnswer, {"results": results}, f"{failed} of {len(results)} failed")

    def _fail_upload(self, folder: str, problem: str) -> None:
        """Store a plugin whose archive cannot be read as failed."""
        self._plugins.fail(folder, problem)

    def _install_upload(self, package: Package, folder: str, *, any_release: bool) -> Package:
        """Install the plugin in an archive."""
        return self._plugins.install(package, folder, any_release=any_release)

    def _install(self, repository: str, asked: JsonObject) -> Package:
        """Install the plugin at the URL of the archive, else of the repository."""
        if not REPOSITORY.fullmatch(repository):
            raise Refusal("The URL of a GitHub repository is required")
        package = fetched(asked.get("download_url") or repository)
        return self._plugins.install(package, package.name, any_release=bool(asked.get("ignore_version_check")))

    def _update(self, name: str, address: str | None) -> None:
        repository = self._plugins.find(name).package.repo
        self._plugins.update(name, fetched(address or repository or ""))

    def _result(self, name: str, address: str | None) -> JsonObject:
        """The result for one of several plugins."""
        try:
            self._update(name, address)
        except Refusal as refusal:
            return {"name": name, "status": "error", "message": refusal.message}
        return {"name": name, "status": "ok", "message": f"{name} was updated"}


def fetched(address: str) -> Package:
    """The package at an address.

    Raises Refusal if it is not in the catalogue.
    """
    package = package_at(address)
    if package is None:
        raise Refusal(f"Cannot reach {address or 'the repository'}")
    return package


def told(package: Package) -> JsonObject:
    """The InstalledPlugin of the contract."""
    return {"repo": package.repo, "readme": package.readme, "name": package.name}
