"""The plugins of this server: those that run and those that failed to load."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from astrbot_api.contract import Contract

from astrbot_reference.clock import Clock, stamp
from astrbot_reference.packages.plugin_packages import JsonObject, Package, built_in
from astrbot_reference.packages.plugin_versions import unsupported
from astrbot_reference.refusal import Refusal

from .store import Store

INSTALLED = "plugin"
FAILED = "failed_plugin"
CONFIG = "plugin_config"
FILES = "plugin_file"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """An installed plugin. Reserved ones are part of AstrBot and cannot be deleted.

    origin: its source of updates, as PluginOrigin of the contract; None if that is not known.
    """

    package: Package
    reserved: bool
    activated: bool
    installed_at: str
    origin: JsonObject | None = None


class PluginStore:
    """The plugins in a store. A fresh store contains those that are part of AstrBot."""

    def __init__(self, store: Store, clock: Clock, contract: Contract) -> None:
        self._store = store
        self._clock = clock
        self._release = contract.release
        for package in built_in():
            if store.get(INSTALLED, package.name) is None:
                self._keep(Plugin(package=package, reserved=True, activated=True, installed_at=stamp(clock())))

    def all(self) -> list[Plugin]:
        """Every installed plugin, the oldest first."""
        return [restored(stored) for stored in self._store.all(INSTALLED)]

    def get(self, name: str) -> Plugin | None:
        """The plugin of this name; None if it is not installed."""
        stored = self._store.get(INSTALLED, name)
        return None if stored is None else restored(stored)

    def find(self, name: str) -> Plugin:
        """The plugin of this name.

        Raises Refusal if it is not installed.
        """
        return restored(self._store.find(INSTALLED, name, f"Plugin {name} not found"))

    def install(self, package: Package, folder: str, *, any_release: bool = False, replaces: bool = False) -> Package:
        """Install a package. If it cannot be loaded, it is stored as failed, under its folder.

        any_release: whether to install it on a release that it does not support.
        replaces: whether to install it over an installed plugin, whose configuration and state stay.
        Raises Refusal if it cannot be loaded, failed before, or is already installed and not replaced.
        """
        if self._store.get(FAILED, folder) is not None:
            raise Refusal(f"{folder} failed to load before; delete it first")
        installed = self.get(package.name)
        self._load(package, folder, any_release=any_release, replaces=replaces)
        if installed is not None:
            self.switch(package.name, on=installed.activated)
        return package

    def update(self, name: str, package: Package) -> None:
        """Replace a plugin by another version; configuration and state stay.

        Raises Refusal if the package is another plugin or cannot be loaded.
        """
        plugin = self.find(name)
        problem = self._problem(package) if package.name == name else f"It is {package.name}"
        if problem is not None:
            raise Refusal(f"{name} cannot be updated: {problem}")
        self._keep(replace(plugin, package=package))

    def give_origin(self, name: str, origin: JsonObject) -> None:
        """Store the source of updates of a plugin.

        Raises Refusal if it is not installed.
        """
        self._keep(replace(self.find(name), origin=origin))

    def switch(self, name: str, *, on: bool) -> None:
        """Enable or disable a plugin.

        Raises Refusal if it is not installed.
        """
        self._keep(replace(self.find(name), activated=on))

    def remove(self, name: str, *, config: bool, data: bool) -> None:
        """Delete a plugin, and its configuration and files if that is requested.

        Raises Refusal if it is not installed or part of AstrBot.
        """
        if self.find(name).reserved:
            raise Refusal(f"{name} is part of AstrBot and cannot be deleted")
        self._store.remove(INSTALLED, name)
        self._forget(name, config=config, data=data)

    def failed(self) -> dict[str, JsonObject]:
        """The details of each failed plugin, by folder."""
        return {stored["folder"]: stored["told"] for stored in self._store.all(FAILED)}

    def fail(self, folder: str, problem: str, package: Package | None = None) -> None:
        """Store a plugin that could not be loaded. package: None if not even its metadata could be read."""
        told: JsonObject = {"name": folder, "error": problem, "traceback": "", "reserved": False}
        if package is not None:
            members = (
                "name author desc short_desc version repo display_name support_platforms astrbot_version"
            ).split()
            told |= {member: getattr(package, member) for member in members}
        stored = {"folder": folder, "told": told, "package": None if package is None else asdict(package)}
        self._store.put(FAILED, folder, stored)

    def retry(self, folder: str) -> None:
        """Try to load a failed plugin again.

        Raises Refusal if there is none in this folder or it fails again.
        """
        stored = self._failed(folder)
        if stored["package"] is None:
            raise Refusal(f"{folder} failed to load again")
        self._load(Package(**stored["package"]), folder)
        self._store.remove(FAILED, folder)

    def remove_failed(self, folder: str, *, config: bool, data: bool) -> None:
        """Delete a failed plugin.

        Raises Refusal if there is none in this folder.
        """
        stored = self._failed(folder)
        self._store.remove(FAILED, folder)
        if self.get(stored["told"]["name"]) is None:
            self._forget(stored["told"]["name"], config=config, data=data)

    def _load(self, package: Package, folder: str, *, any_release: bool = False, replaces: bool = False) -> None:
        installed = self.get(package.name)
        if installed is not None and (installed.reserved or not replaces):
            raise Refusal(f"{package.name} is already installed")
        problem = self._problem(package, any_release=any_release)
        if problem is not None:
            self.fail(folder, problem, package)
            raise Refusal(f"{package.name} cannot be loaded; see the failed plugins")
        self._keep(Plugin(package=package, reserved=False, activated=True, installed_at=stamp(self._clock())))

    def _failed(self, folder: str) -> JsonObject:
        return self._store.find(FAILED, folder, f"Failed plugin {folder} not found")

    def _problem(self, package: Package, *, any_release: bool = False) -> str | None:
        """Why a package cannot be loaded; None if it can."""
        if not package.name.isidentifier() or len(package.name) > LONGEST_NAME:
            return f"{package.name} is not the name of a module"
        missing = [name for name in package.requires if self.get(name) is None]
        if missing:
            return f"No plugin named {', '.join(missing)}"
        if package.broken is not None:
            return package.broken
        return None if any_release else unsupported(package.astrbot_version or "", self._release)

    def _keep(self, plugin: Plugin) -> None:
        self._store.put(INSTALLED, plugin.package.name, asdict(plugin))

    def _forget(self, name: str, *, config: bool, data: bool) -> None:
        if config:
            self._store.remove(CONFIG, name)
        if data:
            stored = [file for file in self._store.all(FILES) if file["plugin"] != name]
            self._store.replace_all(FILES, [(file["id"], file) for file in stored])


def restored(stored: JsonObject) -> Plugin:
    """A plugin as it was before it was stored."""
    return Plugin(**stored | {"package": Package(**stored["package"])})
