"""Faults in updates of chat sessions, chat projects, templates and configuration profiles."""

from __future__ import annotations

import unicodedata
from typing import Any

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.answers import ok
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.chat_projects import ChatProjects
from astrbot_reference.config_profiles import ROUTES, ConfigProfiles
from astrbot_reference.stores.profile_store import KIND, ProfileStore
from astrbot_reference.stores.session_store import SessionStore
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.t2i import T2i

from .server import Server, fault

BREAKS = "UPDATE-EXACT"


@fault(breaks=BREAKS)
def titles_are_composed(server: Server) -> None:
    """The title of a session is stored in a normalized form of its characters."""

    def composed(body: Any) -> Any:
        return body | {"display_name": unicodedata.normalize("NFC", body["display_name"])}

    server.bodies["PATCH /api/v1/chat/sessions/{session_id}"] = composed


@fault(breaks=BREAKS)
def sessions_share_their_title(server: Server) -> None:
    """A new title of a session is the title of every session of its owner."""

    @server.override
    class Broken(SessionStore):
        def change(self, session: JsonObject, **members: object) -> None:
            for other in self.all() if "display_name" in members else [session]:
                if other["creator"] == session["creator"]:
                    super().change(other, **members)


@fault(breaks=BREAKS)
def projects_keep_their_description(server: Server) -> None:
    """An empty description of a project is ignored."""

    @server.override
    class Broken(ChatProjects):
        def _wanted(self, fields: JsonObject) -> JsonObject:
            return {name: value for name, value in super()._wanted(fields).items() if value}


@fault(breaks=BREAKS)
def a_title_resets_the_emoji(server: Server) -> None:
    """A change of a project that does not name its emoji sets the default one."""
    server.bodies["PATCH /api/v1/chat/projects/{project_id}"] = lambda body: {"emoji": "\N{FILE FOLDER}"} | body


@fault(breaks=BREAKS)
def templates_without_line_ends(server: Server) -> None:
    """The text of a template is stored without tabs and line ends."""

    @server.override
    class Broken(T2i):
        def _keep(self, name: str, content: str) -> None:
            super()._keep(name, " ".join(content.split()))


@fault(breaks=BREAKS)
def renaming_resets_the_profile(server: Server) -> None:
    """A new name of a configuration profile resets its configuration."""

    @server.override
    class Broken(ProfileStore):
        def rename(self, id: str, name: str | None) -> None:
            super().rename(id, name)
            self._store.put(KIND, id, self.find(id) | {"config": self.usual() | {"timezone": "UTC"}})


@fault(breaks=BREAKS)
def profiles_are_merged_deeply(server: Server) -> None:
    """A change of a profile merges an object into the stored one instead of replacing it."""

    @server.override
    class Broken(ProfileStore):
        def change(self, id: str, change: JsonObject) -> None:
            config = self.find(id)["config"]
            super().change(id, {n: config[n] | v if _both(config.get(n), v) else v for n, v in change.items()})


def _both(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


@fault(breaks=BREAKS)
def every_profile_is_changed(server: Server) -> None:
    """A change of a profile changes every profile."""

    @server.override
    class Broken(ProfileStore):
        def change(self, id: str, change: JsonObject) -> None:
            for profile in self.all():
                super().change(profile["id"], change)


@fault(breaks=BREAKS)
def a_second_route_is_ignored(server: Server) -> None:
    """A session that has a route keeps it, although the server confirms another one."""

    @server.override
    class Broken(ConfigProfiles):
        async def set_config_route(
            self, *, caller: Caller, umo: str, body: models.ConfigRouteChoice
        ) -> Json[models.Done]:
            self._store.set_setting(ROUTES, {umo: given(body)["config_id"]} | self._routes())
            return ok(models.Done, {}, "Saved")
