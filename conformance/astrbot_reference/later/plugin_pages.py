"""Views and routes of plugins."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from astrbot_api.models import PluginAnswer, PluginPageAnswer
from astrbot_api.server import Json
from fastapi import FastAPI, Response

from astrbot_reference import plugin_pages
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.context import Context
from astrbot_reference.http.page_headers import UPLOADED
from astrbot_reference.packages.plugin_views import page
from astrbot_reference.plugin_pages import MEDIA_TYPES
from astrbot_reference.refusal import Refusal
from astrbot_reference.threads import Threads

FOR = timedelta(minutes=1)


class PluginPages(plugin_pages.PluginPages):
    """Views replace the pages with assets of earlier releases. A token in the view gives access to its files."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tokens: dict[str, tuple[str, str, datetime]] = {}

    async def get_plugin_view(
        self, *, caller: Caller, plugin_id: str, view_name: str, accept_language: str = "zh-CN"
    ) -> Json[PluginPageAnswer]:
        """The address of a view, valid for a minute. Raises Refusal if there is none, or if its plugin is disabled."""
        plugin = self._plugins.find(plugin_id)
        if not plugin.activated:
            raise Refusal(f"Plugin {plugin_id} is disabled")
        if view_name not in plugin.package.pages:
            raise Refusal(f"View {view_name} of plugin {plugin_id} not found")
        now = self._clock()
        self._tokens = {token: stored for token, stored in self._tokens.items() if stored[2] > now}
        token = secrets.token_urlsafe(16)
        self._tokens[token] = (plugin_id, view_name, now + FOR)
        path = f"/api/v1/plugins/{quote(plugin_id, '')}/views/{quote(view_name, '')}/_t/{token}/"
        return ok(PluginPageAnswer, page(view_name) | {"content_path": path})

    async def get_plugin_view_by_id(
        self, *, caller: Caller, plugin_id: str, page_name: str, accept_language: str = "zh-CN"
    ) -> Json[PluginPageAnswer]:
        """The same, with the id in the query."""
        return await self.get_plugin_view(caller=caller, plugin_id=plugin_id, view_name=page_name)

    async def get_plugin_page(
        self,
        *,
        caller: Caller,
        plugin_id: str,
        view_name: str = "",
        page_name: str = "",
        accept_language: str = "zh-CN",
    ) -> Json[PluginPageAnswer]:
        """The same on an older path. Releases with pages call it `page_name` and show its assets."""
        if "get_plugin_view" in self._contract.by_id:
            return await self.get_plugin_view(caller=caller, plugin_id=plugin_id, view_name=view_name or page_name)
        return await super().get_plugin_page(caller=caller, plugin_id=plugin_id, page_name=page_name)

    async def list_plugin_views(self, *, caller: Caller, plugin_id: str) -> Json[PluginAnswer]:
        """A plugin with its views among its components."""
        return await self.list_plugin_pages(caller=caller, plugin_id=plugin_id)

    async def list_plugin_views_by_id(self, *, caller: Caller, plugin_id: str) -> Json[PluginAnswer]:
        """The same, with the id in the query."""
        return await self.list_plugin_pages(caller=caller, plugin_id=plugin_id)

    def file(self, plugin_id: str, view_name: str, token: str, path: str) -> Response:
        """A file of a view for a valid token, else 404."""
        stored = self._tokens.get(token)
        plugin = self._plugins.get(plugin_id)
        if plugin is None or stored is None or stored[:2] != (plugin_id, view_name) or stored[2] <= self._clock():
            return Response("Not Found", 404, media_type="text/plain")
        found = plugin.package.pages.get(view_name, {}).get(path or "index.html")
        if found is None:
            return Response("Not Found", 404, media_type="text/plain")
        media_type = MEDIA_TYPES.get((path or "index.html").rpartition(".")[2].lower(), "application/octet-stream")
        return Response(found.encode(), media_type=media_type, headers=UPLOADED)


def serve_views(app: FastAPI, pages: Any, threads: Threads) -> None:
    """Serve the files of views. This is not an operation of the contract and requires no key."""

    @app.get("/api/v1/plugins/{plugin_id}/views/{view_name}/_t/{token}/{path:path}", include_in_schema=False)
    async def view_file(plugin_id: str, view_name: str, token: str, path: str) -> Response:
        return await threads.in_store(pages.file, plugin_id, view_name, token, path)
