"""Configuration profiles, and the routes that select one for a session. Generated; do not edit."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Header

from ...contract import Contract
from ...releases import contract as contract_of
from ...server.answers import Answered
from ...server.routing import Routes
from ...server.security import Authenticate, CallerT, CallerT_contra
from .. import models
from ..operations import RELEASE


class ConfigProfilesService(Protocol[CallerT_contra]):
    """Configuration profiles, and the routes that select one for a session."""

    async def list_config_profiles(self, *, caller: CallerT_contra) -> Answered[models.ConfigProfileListAnswer]:
        """List the configuration profiles. `GET /api/v1/config-profiles`, scope `config`."""

    async def create_config_profile(
        self, *, caller: CallerT_contra, body: models.ConfigProfileCreation
    ) -> Answered[models.CreatedConfigProfileAnswer]:
        """Create a configuration profile. `POST /api/v1/config-profiles`, scope `config`."""

    async def get_config_profile_schema(
        self, *, caller: CallerT_contra
    ) -> Answered[models.FilledConfigurationFormAnswer]:
        """Show the configuration of the default profile with the form of a profile.

        `GET /api/v1/config-profiles/schema`, scope `config`.
        """

    async def get_config_profile(
        self, *, caller: CallerT_contra, config_id: str
    ) -> Answered[models.FilledConfigurationFormAnswer]:
        """Show the configuration of a profile with its form.

        `GET /api/v1/config-profiles/{config_id}`, scope `config`.
        """

    async def update_config_profile(
        self,
        *,
        caller: CallerT_contra,
        config_id: str,
        x_2_fa_code: Annotated[str | None, Header(alias="X-2FA-Code")] = None,
        body: models.ConfigurationChange,
    ) -> Answered[models.Done]:
        """Change the configuration of a profile; absent members stay.

        `PUT /api/v1/config-profiles/{config_id}`, scope `config`.
        """

    async def delete_config_profile(self, *, caller: CallerT_contra, config_id: str) -> Answered[models.Done]:
        """Delete a profile; the default profile cannot be deleted.

        `DELETE /api/v1/config-profiles/{config_id}`, scope `config`.
        """

    async def rename_config_profile(
        self, *, caller: CallerT_contra, config_id: str, body: models.ConfigProfileName
    ) -> Answered[models.Done]:
        """Rename a profile; the default profile keeps its name.

        `PATCH /api/v1/config-profiles/{config_id}`, scope `config`.
        """

    async def get_config_routes(self, *, caller: CallerT_contra) -> Answered[models.ConfigRoutesAnswer]:
        """Show which profile is selected for which sessions. `GET /api/v1/config-routes`, scope `config`."""

    async def replace_config_routes(
        self, *, caller: CallerT_contra, body: models.ConfigRoutes
    ) -> Answered[models.Done]:
        """Replace all routes. `PUT /api/v1/config-routes`, scope `config`."""

    async def set_config_route(
        self, *, caller: CallerT_contra, umo: str, body: models.ConfigRouteChoice
    ) -> Answered[models.Done]:
        """Select the profile for sessions. `PUT /api/v1/config-routes/{umo}`, scope `config`."""

    async def delete_config_route(self, *, caller: CallerT_contra, umo: str) -> Answered[models.Done]:
        """Remove a route; a nonexistent one is accepted. `DELETE /api/v1/config-routes/{umo}`, scope `config`."""

    async def list_configs(self, *, caller: CallerT_contra) -> Answered[models.ConfigFileListAnswer]:
        """List the configuration profiles and name the default one. `GET /api/v1/configs`, scope `config`."""


def router(
    service: ConfigProfilesService[CallerT], authenticate: Authenticate[CallerT], contract: Contract | None = None
) -> APIRouter:
    """Returns the routes of `config-profiles` for a contract, by default the contract of this release."""
    routes = Routes(contract or contract_of(RELEASE), authenticate)
    serve, declared = routes.serve, ConfigProfilesService
    serve(
        "list_config_profiles", "/api/v1/config-profiles", declared.list_config_profiles, service.list_config_profiles
    )
    serve(
        "create_config_profile",
        "/api/v1/config-profiles",
        declared.create_config_profile,
        service.create_config_profile,
    )
    serve(
        "get_config_profile_schema",
        "/api/v1/config-profiles/schema",
        declared.get_config_profile_schema,
        service.get_config_profile_schema,
    )
    serve(
        "get_config_profile",
        "/api/v1/config-profiles/{config_id}",
        declared.get_config_profile,
        service.get_config_profile,
    )
    serve(
        "update_config_profile",
        "/api/v1/config-profiles/{config_id}",
        declared.update_config_profile,
        service.update_config_profile,
    )
    serve(
        "delete_config_profile",
        "/api/v1/config-profiles/{config_id}",
        declared.delete_config_profile,
        service.delete_config_profile,
    )
    serve(
        "rename_config_profile",
        "/api/v1/config-profiles/{config_id}",
        declared.rename_config_profile,
        service.rename_config_profile,
    )
    serve("get_config_routes", "/api/v1/config-routes", declared.get_config_routes, service.get_config_routes)
    serve(
        "replace_config_routes", "/api/v1/config-routes", declared.replace_config_routes, service.replace_config_routes
    )
    serve("set_config_route", "/api/v1/config-routes/{umo}", declared.set_config_route, service.set_config_route)
    serve(
        "delete_config_route", "/api/v1/config-routes/{umo}", declared.delete_config_route, service.delete_config_route
    )
    serve("list_configs", "/api/v1/configs", declared.list_configs, service.list_configs)
    return routes.router()
