"""Faults in the states of a plugin, and in installations from something that is not an address."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.plugin_config import PluginConfig
from astrbot_reference.plugin_install import PluginInstall
from astrbot_reference.plugins import Plugins
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.plugin_store import PluginStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

BREAKS = "JOURNEY-PLUGIN"


@fault(breaks=BREAKS)
def disabled_plugins_cannot_be_reloaded(server: Server) -> None:
    """Reloading a disabled plugin is rejected."""

    @server.override
    class Broken(Plugins):
        async def reload_plugin(self, *, caller: Caller, plugin_id: str) -> Json[models.Done]:
            if not self._plugins.find(plugin_id).activated:
                raise Refusal(f"{plugin_id} is not loaded")
            return await super().reload_plugin(caller=caller, plugin_id=plugin_id)


@fault(breaks=BREAKS)
def reloading_enables_the_plugin(server: Server) -> None:
    """Reloading a disabled plugin enables it."""

    @server.override
    class Broken(Plugins):
        async def reload_plugin(self, *, caller: Caller, plugin_id: str) -> Json[models.Done]:
            self._plugins.switch(plugin_id, on=True)
            return await super().reload_plugin(caller=caller, plugin_id=plugin_id)


@fault(breaks=BREAKS)
def a_disabled_plugin_forgets_its_configuration(server: Server) -> None:
    """The configuration of a disabled plugin is confirmed but not stored."""

    @server.override
    class Broken(PluginConfig):
        def _set(self, name: str, items: JsonObject) -> Json[models.Done]:
            return super()._set(name, items if self._plugins.find(name).activated else {})


@fault(breaks=BREAKS)
def a_second_switch_is_ignored(server: Server) -> None:
    """A plugin that was disabled and enabled again cannot be disabled any more, although the server confirms it."""
    enabled_again = set[str]()

    @server.override
    class Broken(PluginStore):
        def switch(self, name: str, *, on: bool) -> None:
            if on:
                enabled_again.add(name)
            super().switch(name, on=on or name in enabled_again)


@fault(breaks=BREAKS)
def anything_is_installed_from_github(server: Server) -> None:
    """An installation from text that is no repository of GitHub reports success."""

    @server.override
    class Broken(PluginInstall):
        async def install_plugin_from_github(
            self, *, caller: Caller, body: models.GithubPlugin
        ) -> Json[models.GithubInstalledPluginAnswer]:
            try:
                return await super().install_plugin_from_github(caller=caller, body=body)
            except Refusal:
                if "/" in str(given(body)):
                    raise
            installed = {"name": "plugin", "repo": None, "readme": None}
            return ok(models.GithubInstalledPluginAnswer, installed, "Installed")


@fault(breaks=BREAKS)
def blank_addresses_are_installed(server: Server) -> None:
    """An installation from a URL that has no colon reports success."""

    @server.override
    class Broken(PluginInstall):
        async def install_plugin_from_url(
            self, *, caller: Caller, body: models.LinkedPlugin | None = None
        ) -> Json[models.InstalledPluginAnswer]:
            url = given(body).get("url")
            if isinstance(url, str) and url and ":" not in url:
                return ok(models.InstalledPluginAnswer, {"name": "plugin", "repo": None, "readme": None}, "Installed")
            return await super().install_plugin_from_url(caller=caller, body=body)
