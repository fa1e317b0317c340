"""Pages and routes that plugins provide. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Header

from .. import models
from ..contract import Contract
from ..operations import RELEASE
from ..releases import contract as contract_of
from .answers import Answered, Raw
from .routing import Routes
from .security import Authenticate, CallerT, CallerT_contra


class PluginPagesService(Protocol[CallerT_contra]):
    """Pages and routes that plugins provide."""

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
        """Get the address of a page of a plugin. `GET /api/v1/plugins/page`, scope `plugin`."""
        return await self.get_plugin_page(
            caller=caller, plugin_id=plugin_id, page_name=page_name, accept_language=accept_language
        )

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

    async def get_plugin_page_asset_by_id(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        page_name: str,
        asset_path: str,
        asset_token: str | None = None,
        theme: str | None = None,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAsset] | Raw:
        """Read a file of a page. `GET /api/v1/plugins/page/assets`, scope `plugin`."""
        return await self.get_plugin_page_asset(
            caller=caller,
            plugin_id=plugin_id,
            page_name=page_name,
            asset_path=asset_path,
            asset_token=asset_token,
            theme=theme,
            accept_language=accept_language,
        )

    async def list_plugin_pages_by_id(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its pages are among its components. `GET /api/v1/plugins/pages`, scope `plugin`."""
        return await self.list_plugin_pages(caller=caller, plugin_id=plugin_id)

    async def list_plugin_pages(
        self, *, caller: CallerT_contra, plugin_id: str
    ) -> Answered[models.PluginAnswer] | Answered[models.ErrorEnvelope]:
        """Show a plugin; its pages are among its components.

        `GET /api/v1/plugins/{plugin_id}/pages`, scope `plugin`.
        """

    async def get_plugin_page(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        page_name: str,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAnswer] | Answered[models.ErrorEnvelope]:
        """Get the address of a page of a plugin.

        `GET /api/v1/plugins/{plugin_id}/pages/{page_name}`, scope `plugin`.
        """

    async def get_plugin_page_asset(
        self,
        *,
        caller: CallerT_contra,
        plugin_id: str,
        page_name: str,
        asset_path: str,
        asset_token: str | None = None,
        theme: str | None = None,
        accept_language: Annotated[str, Header(alias="Accept-Language")] = "zh-CN",
    ) -> Answered[models.PluginPageAsset] | Raw:
        """Read a file of a page.

        `GET /api/v1/plugins/{plugin_id}/pages/{page_name}/assets/{asset_path}`, scope `plugin`.
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
        "get_plugin_page_asset_by_id",
        "/api/v1/plugins/page/assets",
        declared.get_plugin_page_asset_by_id,
        service.get_plugin_page_asset_by_id,
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
        "/api/v1/plugins/{plugin_id}/pages/{page_name}",
        declared.get_plugin_page,
        service.get_plugin_page,
    )
    serve(
        "get_plugin_page_asset",
        "/api/v1/plugins/{plugin_id}/pages/{page_name}/assets/{asset_path:path}",
        declared.get_plugin_page_asset,
        service.get_plugin_page_asset,
    )
    return routes.router()
