"""Views and routes that plugins provide. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Header

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered, Raw
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class PluginPagesService(Protocol[CallerT_contra]):
    """Views and routes that plugins provide."""

    async def get_plugin_extension(
        self, *, caller: CallerT_contra, plugin_path: str
    ) -> Answered[models.ExtensionAnswer] | Raw:
        """Send GET to a route of a plugin. `GET /api/v1/plugins/extensions/{plugin_path}`, scope `plugin`."""

    async def put_plugin_extension(
        self, *, caller: CallerT_contra, plugin_path: str, body: bytes
    ) -> Answered[models.ExtensionAnswer] | Raw:
        """Send PUT to a route of a plugin. `PUT /api/v1/plugins/extensions/{plugin_path}`, scope `plugin`."""

    async def post_plugin_extension(
        self, *, caller: CallerT_contra, plugin_path: str, body: bytes
    ) -> Answered[models.ExtensionAnswer] | Raw:
        """Send POST to a route of a plugin. `POST /api/v1/plugins/extensions/{plugin_path}`, scope `plugin`."""

    async def delete_plugin_extension(
        self, *, caller: CallerT_contra, plugin_path: str, body: bytes
    ) -> Answered[models.ExtensionAnswer] | Raw:
        """Send DELETE to a route of a plugin. `DELETE /api/v1/plugins/extensions/{plugin_path}`, scope `plugin`."""

    async def patch_plugin_extension(
        self, *, caller: CallerT_contra, plugin_path: str, body: bytes
    ) -> Answered[models.ExtensionAnswer] | Raw:
        """Send PATCH to a route of a plugin. `PATCH /api/v1/plugins/extensions/{plugin_path}`, scope `plugin`."""

    async def get_plugin_page_by_id(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        page_name: str,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAnswer] | Answered[models.ErrorEnvelope]:
        """Get the address of a view of a plugin. `GET /api/v1/plugins/page`, scope `plugin`."""

    async def get_page_bridge_script(
        self,
        *,
        caller: CallerT_contra,
        asset_token: str | None = None,
        theme: str | None = None,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Raw:
        """Read the script that connects a page to the dashboard.

        `GET /api/v1/plugins/page-bridge-sdk.js`, scope `plugin`.
        """

    async def list_plugin_pages_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its views are among its components. `GET /api/v1/plugins/pages`, scope `plugin`."""
        return await self.list_plugin_views(caller=caller, plugin_id=plugin_id)

    async def list_plugin_pages(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its views are among its components.

        `GET /api/v1/plugins/{plugin_id}/pages`, scope `plugin`.
        """
        return await self.list_plugin_views(caller=caller, plugin_id=plugin_id)

    async def get_plugin_page(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        view_name: str,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAnswer] | Answered[models.ErrorEnvelope]:
        """Get the address of a view of a plugin.

        `GET /api/v1/plugins/{plugin_id}/pages/{view_name}`, scope `plugin`.
        """
        return await self.get_plugin_view(
            caller=caller, plugin_id=plugin_id, view_name=view_name, accept_language=accept_language
        )

    async def get_plugin_view_by_id(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        page_name: str,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAnswer] | Answered[models.ErrorEnvelope]:
        """Get the address of a view of a plugin. `GET /api/v1/plugins/view`, scope `plugin`."""

    async def list_plugin_views_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its views are among its components. `GET /api/v1/plugins/views`, scope `plugin`."""
        return await self.list_plugin_views(caller=caller, plugin_id=plugin_id)

    async def list_plugin_views(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its views are among its components.

        `GET /api/v1/plugins/{plugin_id}/views`, scope `plugin`.
        """

    async def get_plugin_view(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        view_name: str,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAnswer] | Answered[models.ErrorEnvelope]:
        """Get the address of a view of a plugin.

        `GET /api/v1/plugins/{plugin_id}/views/{view_name}`, scope `plugin`.
        """


def router(
    service: PluginPagesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `plugin-pages` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, PluginPagesService
    serve(
        "get_plugin_extension",
        "/api/v1/plugins/extensions/{plugin_path:path}",
        declared.get_plugin_extension,
        service.get_plugin_extension,
    )
    serve(
        "put_plugin_extension",
        "/api/v1/plugins/extensions/{plugin_path:path}",
        declared.put_plugin_extension,
        service.put_plugin_extension,
    )
    serve(
        "post_plugin_extension",
        "/api/v1/plugins/extensions/{plugin_path:path}",
        declared.post_plugin_extension,
        service.post_plugin_extension,
    )
    serve(
        "delete_plugin_extension",
        "/api/v1/plugins/extensions/{plugin_path:path}",
        declared.delete_plugin_extension,
        service.delete_plugin_extension,
    )
    serve(
        "patch_plugin_extension",
        "/api/v1/plugins/extensions/{plugin_path:path}",
        declared.patch_plugin_extension,
        service.patch_plugin_extension,
    )
    serve(
        "get_plugin_page_by_id", "/api/v1/plugins/page", declared.get_plugin_page_by_id, service.get_plugin_page_by_id
    )
    serve(
        "get_page_bridge_script",
        "/api/v1/plugins/page-bridge-sdk.js",
        declared.get_page_bridge_script,
        service.get_page_bridge_script,
    )
    serve(
        "list_plugin_pages_by_id",
        "/api/v1/plugins/pages",
        declared.list_plugin_pages_by_id,
        service.list_plugin_pages_by_id,
    )
    serve(
        "list_plugin_pages", "/api/v1/plugins/{plugin_id}/pages", declared.list_plugin_pages, service.list_plugin_pages
    )
    serve(
        "get_plugin_page",
        "/api/v1/plugins/{plugin_id}/pages/{view_name}",
        declared.get_plugin_page,
        service.get_plugin_page,
    )
    serve(
        "get_plugin_view_by_id", "/api/v1/plugins/view", declared.get_plugin_view_by_id, service.get_plugin_view_by_id
    )
    serve(
        "list_plugin_views_by_id",
        "/api/v1/plugins/views",
        declared.list_plugin_views_by_id,
        service.list_plugin_views_by_id,
    )
    serve(
        "list_plugin_views", "/api/v1/plugins/{plugin_id}/views", declared.list_plugin_views, service.list_plugin_views
    )
    serve(
        "get_plugin_view",
        "/api/v1/plugins/{plugin_id}/views/{view_name}",
        declared.get_plugin_view,
        service.get_plugin_view,
    )
    return routes.router()
