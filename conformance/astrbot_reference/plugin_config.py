"""Configuration of plugins and their files."""

from __future__ import annotations

from pathlib import PurePosixPath

from astrbot_api import models
from astrbot_api.server import Form, Json, Upload
from astrbot_api.server.plugin_config import PluginConfigService

from .answers import ok
from .auth import Caller
from .bodies import given
from .context import Service
from .packages.plugin_packages import JsonObject
from .packages.plugin_values import defaults, file_item, merged
from .refusal import Refusal
from .stores.plugin_store import CONFIG, FILES

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 255


class PluginConfig(Service, PluginConfigService[Caller]):
    """The operations of the tag `plugin-config`."""

    async def get_plugin_config(self, *, caller: Caller, plugin_id: str) -> Json[models.PluginConfigAnswer]:
        """The configuration and its items; both are null if there are none, also for an unknown plugin."""
        return ok(models.PluginConfigAnswer, self._shown(plugin_id))

    async def get_plugin_config_schema(self, *, caller: Caller, plugin_id: str) -> Json[models.PluginConfigAnswer]:
        """The same, on another path."""
        return ok(models.PluginConfigAnswer, self._shown(plugin_id))

    async def set_plugin_config(
        self, *, caller: Caller, plugin_id: str, body: models.PluginConfigChange
    ) -> Json[models.Done]:
        """Set the items given under `config`, or in the body itself."""
        fields = given(body)
        wrapped = fields.get("config")
        return self._set(plugin_id, fields if wrapped is None else wrapped)

    async def set_plugin_config_by_id(
        self, *, caller: Caller, body: models.PluginConfigChangeById
    ) -> Json[models.Done]:
        """The same, with the id in the body; only `config` contains items."""
        return self._set(body.plugin_id, given(body).get("config") or {})

    async def list_plugin_config_files(
        self, *, caller: Caller, plugin_id: str, config_key: str
    ) -> Json[models.PluginConfigFileListAnswer]:
        """The files of an item."""
        file_item(self._items(plugin_id), config_key)
        paths = [file["path"] for file in self._files(plugin_id) if file["key"] == config_key]
        return ok(models.PluginConfigFileListAnswer, {"files": paths})

    async def upload_plugin_config_files(
        self, *, caller: Caller, plugin_id: str, config_key: str, body: Form
    ) -> Json[models.PluginConfigUploadAnswer]:
        """Store files for an item. Raises Refusal if every file is rejected."""
        item = file_item(self._items(plugin_id), config_key)
        uploaded: list[str] = []
        errors: list[str] = []
        for sent in body.files():
            problem = unwelcome(sent, item)
            if problem is None:
                uploaded.append(self._keep_file(plugin_id, config_key, sent))
            else:
                errors.append(problem)
        if not uploaded:
            raise Refusal("; ".join(errors) or "Missing file")
        return ok(models.PluginConfigUploadAnswer, {"uploaded": uploaded, "errors": errors})

    async def delete_plugin_config_file(
        self, *, caller: Caller, plugin_id: str, body: models.PluginConfigFileChoice | None = None
    ) -> Json[models.Done]:
        """Delete a file, if it exists."""
        if body is None:
            raise Refusal("path is required")
        self._items(plugin_id)
        self._store.remove(FILES, file_id(plugin_id, body.path))
        return ok(models.Done, {}, f"{body.path} was deleted")

    def _shown(self, plugin_id: str) -> JsonObject:
        """The contract's PluginConfig."""
        plugin = self._plugins.get(plugin_id)
        items = {} if plugin is None else plugin.package.config_items
        whole = {"description": f"Configuration of {plugin_id}", "type": "object", "items": items}
        return {
            "plugin_name": plugin_id,
            "metadata": {plugin_id: whole} if items else None,
            "config": self._values(plugin_id, items) if items else None,
            "i18n": {} if plugin is None else plugin.package.i18n,
        }

    def _items(self, plugin_id: str) -> JsonObject:
        plugin = self._plugins.get(plugin_id)
        if plugin is None or not plugin.package.config_items:
            raise Refusal(f"Plugin {plugin_id} not found or not configurable")
        return plugin.package.config_items

    def _values(self, plugin_id: str, items: JsonObject) -> JsonObject:
        """The values of the items, with defaults for those that are not set."""
        stored = self._store.get(CONFIG, plugin_id) or {}
        return {name: stored.get(name, value) for name, value in defaults(items).items()}

    def _set(self, plugin_id: str, values: JsonObject) -> Json[models.Done]:
        items = self._items(plugin_id)
        self._store.put(CONFIG, plugin_id, merged(items, self._values(plugin_id, items), values))
        return ok(models.Done, {}, f"{plugin_id} was configured and loaded again")

    def _files(self, plugin_id: str) -> list[JsonObject]:
        return [file for file in self._store.all(FILES) if file["plugin"] == plugin_id]

    def _keep_file(self, plugin_id: str, key: str, sent: Upload) -> str:
        """Store the path of a file. Its bytes are not stored, because no operation returns them."""
        path = f"files/{key.replace('.', '/')}/{name_of(sent)}"
        id = file_id(plugin_id, path)
        self._store.put(FILES, id, {"id": id, "plugin": plugin_id, "key": key, "path": path})
        return path


def file_id(plugin_id: str, path: str) -> str:
    """The id under which a file is stored."""
    return f"{plugin_id}:{path}"


def name_of(sent: Upload) -> str:
    """The name of a file without the folders that a client may send before it."""
    return PurePosixPath(sent.name.replace("\\", "/")).name


def unwelcome(sent: Upload, item: JsonObject) -> str | None:
    """Why a file is rejected; None if it is accepted."""
    name = name_of(sent)
    if name in {"", "..", "."} or len(name) > LONGEST_NAME:
        return "A file has no name, or one that is too long"
    taken = [extension.lstrip(".").lower() for extension in item.get("file_types", [])]
    if taken and name.rpartition(".")[2].lower() not in taken:
        return f"{name} is not of a type that is taken: {', '.join(taken)}"
    return f"{name} is too big" if len(sent.content) > MOST_BYTES else None
