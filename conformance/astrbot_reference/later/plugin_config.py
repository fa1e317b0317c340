"""Configuration of plugins, and their log levels."""

from __future__ import annotations

from astrbot_api.server import Json

from astrbot_reference import plugin_config
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.stubs import models

LOG_LEVELS = "plugin_log_levels"


class PluginConfig(plugin_config.PluginConfig):
    """The operations of the tag `plugin-config`."""

    async def get_plugin_config(  # type: ignore[override]  # later releases have another schema here
        self, *, caller: Caller, plugin_id: str
    ) -> Json[models.PluginSettingsAnswer]:
        """The configuration, its items and the log level."""
        level = self._store.setting(LOG_LEVELS, {}).get(plugin_id)
        return ok(models.PluginSettingsAnswer, self._shown(plugin_id) | {"log_level": level})

    async def set_plugin_log_level(
        self, *, caller: Caller, plugin_id: str, body: models.PluginLogLevelChange
    ) -> Json[models.PluginLogLevelAnswer]:
        """Set the log level of a plugin, or reset it; also for a plugin that is not installed."""
        level = given(body).get("level")
        level = None if level is None else level.upper()
        self._store.set_setting(LOG_LEVELS, self._store.setting(LOG_LEVELS, {}) | {plugin_id: level})
        return ok(models.PluginLogLevelAnswer, {"log_level": level}, "Saved")
