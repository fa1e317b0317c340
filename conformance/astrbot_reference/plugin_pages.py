"""Pages and routes of plugins."""

from __future__ import annotations

import json
from importlib.resources import files
from urllib.parse import quote

from astrbot_api.models import PluginAnswer, PluginPageAnswer
from astrbot_api.server import Json, Raw
from astrbot_api.server.plugin_pages import PluginPagesService

from .answers import ok
from .auth import Caller
from .context import Service
from .http.body_limit import has_too_many_values
from .http.page_headers import UPLOADED
from .packages.plugin_views import in_full, page
from .refusal import Refusal

SCRIPT = files(__package__) / "catalogue" / "page_bridge.js"
MEDIA_TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "application/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}


class PluginPages(Service, PluginPagesService[Caller]):
    """The operations of the tag `plugin-pages`. Language, theme and token have no effect here."""

    async def list_plugin_pages(self, *, caller: Caller, plugin_id: str) -> Json[PluginAnswer]:
        """A plugin with its pages among its components."""
        return ok(PluginAnswer, in_full(self._contract, self._plugins.find(plugin_id)))

    async def get_plugin_page(
        self, *, caller: Caller, plugin_id: str, page_name: str, accept_language: str = "zh-CN"
    ) -> Json[PluginPageAnswer]:
        """The address of a page, which is an operation of this server."""
        plugin = self._plugins.find(plugin_id)
        if not plugin.activated:
            raise Refusal(f"Plugin {plugin_id} is disabled")
        if page_name not in plugin.package.pages:
            raise Refusal(f"Page {page_name} of plugin {plugin_id} not found")
        path = f"/api/v1/plugins/{quote(plugin_id, '')}/pages/{quote(page_name, '')}/assets/index.html"
        return ok(PluginPageAnswer, page(page_name) | {"content_path": path})

    async def get_plugin_page_asset(
        self,
        *,
        caller: Caller,
        plugin_id: str,
        page_name: str,
        asset_path: str,
        asset_token: str | None = None,
        theme: str | None = None,
        accept_language: str = "zh-CN",
    ) -> Raw:
        """A file of a page."""
        plugin = self._plugins.get(plugin_id)
        if plugin is None:
            return plain(404, f"There is no plugin {plugin_id}")
        if not plugin.activated:
            return plain(403, f"Plugin {plugin_id} is disabled")
        asset = plugin.package.pages.get(page_name, {}).get(asset_path)
        if asset is None:
            return plain(404, f"The page {page_name} has no file {asset_path}")
        media_type = MEDIA_TYPES.get(asset_path.rpartition(".")[2].lower(), "application/octet-stream")
        return Raw(content=asset.encode(), media_type=media_type, headers=UPLOADED)

    async def get_page_bridge_script(
        self,
        *,
        caller: Caller,
        asset_token: str | None = None,
        theme: str | None = None,
        accept_language: str = "zh-CN",
    ) -> Raw:
        """The script that connects a page with the dashboard."""
        return Raw(content=SCRIPT.read_bytes(), media_type="application/javascript")

    async def get_plugin_extension(self, *, caller: Caller, plugin_path: str) -> Raw:
        """The response of a plugin route."""
        return self._extension("GET", plugin_path)

    async def post_plugin_extension(self, *, caller: Caller, plugin_path: str, body: bytes) -> Raw:
        """The response of a plugin route."""
        return self._extension("POST", plugin_path, body)

    async def put_plugin_extension(self, *, caller: Caller, plugin_path: str, body: bytes) -> Raw:
        """The response of a plugin route."""
        return self._extension("PUT", plugin_path, body)

    async def patch_plugin_extension(self, *, caller: Caller, plugin_path: str, body: bytes) -> Raw:
        """The response of a plugin route."""
        return self._extension("PATCH", plugin_path, body)

    async def delete_plugin_extension(self, *, caller: Caller, plugin_path: str, body: bytes) -> Raw:
        """The response of a plugin route."""
        return self._extension("DELETE", plugin_path, body)

    def _extension(self, method: str, path: str, body: bytes = b"") -> Raw:
        """The response of a route of an installed plugin, even if the plugin is disabled."""
        for plugin in self._plugins.all():
            for route in plugin.package.routes:
                if (route["method"], route["path"]) == (method, path):
                    echo = {"status": "ok", "method": method, "plugin": plugin.package.name, "json": as_json(body)}
                    answer = json.dumps(route.get("answer", echo))
                    return Raw(content=answer.encode(), media_type="application/json", status=route.get("status", 200))
        raise Refusal(f"No plugin route for {method} {path}")


def plain(status: int, text: str) -> Raw:
    """An error response in plain text."""
    return Raw(content=text.encode(), media_type="text/plain", status=status)


def as_json(body: bytes) -> object:
    """The JSON in a body; None if it is not JSON, or has too many values."""
    if has_too_many_values(body):
        return None
    try:
        read: object = json.loads(body or b"null")
        json.dumps(read, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return read
