"""Configuration profiles, and the routes that select them."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json

from .administrators import refuse_change
from .answers import ok
from .auth import Caller
from .bodies import given
from .catalogue import catalogue
from .context import Service
from .refusal import Refusal
from .stores.profile_store import DEFAULT
from .stores.store import JsonObject

ROUTES = "config_routes"


class ConfigProfiles(Service):
    """The operations of the tag `config-profiles`. This server has no second factor and needs no code for it."""

    refuse_change = staticmethod(refuse_change)

    async def list_config_profiles(self, *, caller: Caller) -> Json[models.ConfigProfileListAnswer]:
        """Every profile, without its configuration."""
        return ok(models.ConfigProfileListAnswer, {"info_list": self._profiles.listed()})

    async def list_configs(self, *, caller: Caller) -> Json[models.ConfigFileListAnswer]:
        """Every profile, without its configuration, and whether it is the default one."""
        listed = [self._profiles.shown(one) | {"is_default": one["id"] == DEFAULT} for one in self._profiles.all()]
        return ok(models.ConfigFileListAnswer, {"configs": listed})

    async def create_config_profile(
        self, *, caller: Caller, body: models.ConfigProfileCreation
    ) -> Json[models.CreatedConfigProfileAnswer]:
        """Create a profile. Raises Refusal if it names other administrators and the key may not change them."""
        fields = given(body)
        usual = self._profiles.usual()
        self.refuse_change(self._contract.by_id["create_config_profile"], caller, usual, fields.get("config") or {})
        id = self._profiles.create(fields.get("name"), fields.get("config"))
        return ok(models.CreatedConfigProfileAnswer, {"conf_id": id}, "Created")

    async def get_config_profile_schema(self, *, caller: Caller) -> Json[models.FilledConfigurationFormAnswer]:
        """The default profile with its form."""
        return self._filled(DEFAULT)

    async def get_config_profile(self, *, caller: Caller, config_id: str) -> Json[models.FilledConfigurationFormAnswer]:
        """A profile with its form. Raises Refusal if the id is unknown."""
        return self._filled(config_id)

    def _filled(self, id: str) -> Json[models.FilledConfigurationFormAnswer]:
        form: JsonObject = {"config": self._profiles.find(id)["config"], "metadata": catalogue("forms")["profile"]}
        return ok(models.FilledConfigurationFormAnswer, form)

    async def update_config_profile(
        self, *, caller: Caller, config_id: str, body: models.ConfigurationChange, x_2_fa_code: str | None = None
    ) -> Json[models.Done]:
        """Replace the given members of a profile.

        Raises Refusal if the id is unknown, or if the key may not change the administrators.
        """
        change, stored = given(body), self._profiles.find(config_id)["config"]
        self.refuse_change(self._contract.by_id["update_config_profile"], caller, stored, change)
        self._profiles.change(config_id, change)
        return ok(models.Done, {}, "Saved")

    async def rename_config_profile(
        self, *, caller: Caller, config_id: str, body: models.ConfigProfileName
    ) -> Json[models.Done]:
        """Rename a profile. Raises Refusal for the default profile and for an unknown id."""
        self._profiles.rename(config_id, given(body).get("name"))
        return ok(models.Done, {}, "Saved")

    async def delete_config_profile(self, *, caller: Caller, config_id: str) -> Json[models.Done]:
        """Delete a profile. Raises Refusal for the default profile and for an unknown id."""
        self._profiles.remove(config_id)
        return ok(models.Done, {}, "Deleted")

    async def get_config_routes(self, *, caller: Caller) -> Json[models.ConfigRoutesAnswer]:
        """The profile of each route."""
        return ok(models.ConfigRoutesAnswer, {"routing": self._routes()})

    async def replace_config_routes(self, *, caller: Caller, body: models.ConfigRoutes) -> Json[models.Done]:
        """Replace all routes."""
        self._store.set_setting(ROUTES, given(body)["routing"])
        return ok(models.Done, {}, "Saved")

    async def set_config_route(self, *, caller: Caller, umo: str, body: models.ConfigRouteChoice) -> Json[models.Done]:
        """Route these sessions to a profile. Raises Refusal if `umo` does not have three parts."""
        if umo.count(":") < 2:
            raise Refusal(f"Invalid umo: {umo}")
        self._store.set_setting(ROUTES, self._routes() | {umo: given(body)["config_id"]})
        return ok(models.Done, {}, "Saved")

    async def delete_config_route(self, *, caller: Caller, umo: str) -> Json[models.Done]:
        """Delete a route, if it exists."""
        self._store.set_setting(ROUTES, {route: id for route, id in self._routes().items() if route != umo})
        return ok(models.Done, {}, "Deleted")

    def _routes(self) -> dict[str, str]:
        routes: dict[str, str] = self._store.setting(ROUTES, {})
        return routes
