"""Faults in updates: the server reports success, and changes something else, more or less than the request names."""

from __future__ import annotations

from typing import Any

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.bots import BOT, Bots
from astrbot_reference.personas import PERSONA, Personas
from astrbot_reference.stores.persona_folders import FOLDER, PersonaFolders
from astrbot_reference.stores.provider_store import PROVIDER, ProviderStore
from astrbot_reference.stores.store import JsonObject

from .server import Server, fault

BREAKS = "UPDATE-EXACT"


@fault(breaks=BREAKS)
def a_source_keeps_its_id(server: Server) -> None:
    """A new id of a provider source is accepted, and the source keeps its old id."""

    @server.override
    class Broken(ProviderStore):
        def rename_source(self, source_id: str, source: JsonObject) -> None:
            self.put_source(source | {"id": source_id})


@fault(breaks=BREAKS)
def a_renamed_source_stays(server: Server) -> None:
    """A provider source that gets another id also stays under its old id."""

    @server.override
    class Broken(ProviderStore):
        def rename_source(self, source_id: str, source: JsonObject) -> None:
            old = self.source(source_id)
            super().rename_source(source_id, source)
            self.put_source(old)


@fault(breaks=BREAKS)
def providers_lose_their_source(server: Server) -> None:
    """If a provider source gets another id, its providers keep the old id."""

    @server.override
    class Broken(ProviderStore):
        def rename_source(self, source_id: str, source: JsonObject) -> None:
            before = self._providers_of(source_id)
            super().rename_source(source_id, source)
            for provider in before:
                self._store.put(PROVIDER, provider["id"], provider)


@fault(breaks=BREAKS)
def a_renamed_provider_is_new(server: Server) -> None:
    """A provider that gets another id loses the members that it had before, except its type and source."""

    @server.override
    class Broken(ProviderStore):
        def replace(self, provider_id: str, provider: JsonObject) -> None:
            if provider["id"] != provider_id:
                provider = {name: value for name, value in provider.items() if not name.startswith("conform_")}
            super().replace(provider_id, provider)


@fault(breaks=BREAKS)
def a_switched_provider_is_completed(server: Server) -> None:
    """Switching a provider also stores the members of its source in it."""

    @server.override
    class Broken(ProviderStore):
        def replace(self, provider_id: str, provider: JsonObject) -> None:
            stored = self.provider(provider_id)
            is_switch = stored | {"enable": None} == provider | {"enable": None}
            super().replace(provider_id, {"api_base": ""} | provider if is_switch else provider)


@fault(breaks=BREAKS)
def folders_move_to_the_top(server: Server) -> None:
    """A change of a folder that does not name its parent moves it to the top level."""

    @server.override
    class Broken(PersonaFolders):
        def change(self, folder_id: str, fields: JsonObject) -> None:
            super().change(folder_id, {"parent_id": None} | fields)


@fault(breaks=BREAKS)
def folders_cannot_return(server: Server) -> None:
    """A change of a folder ignores members that are null, also its parent."""

    @server.override
    class Broken(PersonaFolders):
        def change(self, folder_id: str, fields: JsonObject) -> None:
            super().change(folder_id, {name: value for name, value in fields.items() if value is not None})


@fault(breaks=BREAKS)
def a_position_of_zero_is_ignored(server: Server) -> None:
    """A change of the position of a folder to 0 is ignored."""

    @server.override
    class Broken(PersonaFolders):
        def change(self, folder_id: str, fields: JsonObject) -> None:
            super().change(folder_id, {name: value for name, value in fields.items() if value != 0})


@fault(breaks=BREAKS)
def sub_folders_are_renamed_too(server: Server) -> None:
    """A new name for a folder is also the new name of its sibling folders."""

    @server.override
    class Broken(PersonaFolders):
        def change(self, folder_id: str, fields: JsonObject) -> None:
            super().change(folder_id, fields)
            parent = (self._store.get(FOLDER, folder_id) or {}).get("parent_id")
            for folder in self.within(parent) if parent and fields.get("name") else ():
                self._store.put(FOLDER, folder["folder_id"], folder | {"name": fields["name"]})


@fault(breaks=BREAKS)
def tools_cannot_be_cleared(server: Server) -> None:
    """A change of the tools of a persona to null is ignored."""

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, fields: JsonObject) -> Json[models.PersonaNoteAnswer]:
            return super()._change(persona_id, {n: v for n, v in fields.items() if n != "tools" or v is not None})


@fault(breaks=BREAKS)
def a_new_prompt_ends_the_dialog(server: Server) -> None:
    """A new prompt of a persona empties its dialog."""

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, fields: JsonObject) -> Json[models.PersonaNoteAnswer]:
            return super()._change(persona_id, ({"begin_dialogs": []} if "system_prompt" in fields else {}) | fields)


@fault(breaks=BREAKS)
def moving_empties_the_place(server: Server) -> None:
    """Moving a persona moves every persona of its folder."""

    @server.override
    class Broken(Personas):
        async def move_persona(self, *, caller: Caller, body: models.PersonaMove) -> Json[models.PersonaNoteAnswer]:
            mine = self._persona(body.persona_id)
            for persona in self._store.all(PERSONA):
                if persona["folder_id"] and persona["folder_id"] == mine["folder_id"]:
                    self._keep(persona, folder_id=given(body).get("folder_id"))
            return await super().move_persona(caller=caller, body=body)


@fault(breaks=BREAKS)
def bots_keep_absent_members(server: Server) -> None:
    """Replacing a bot keeps the members that the new configuration does not have."""

    @server.override
    class Broken(Bots):
        def _keep(self, bot: JsonObject) -> None:
            super()._keep((self._store.get(BOT, bot["id"]) or {}) | bot)


@fault(breaks=BREAKS)
def empty_values_of_bots_are_dropped(server: Server) -> None:
    """The configuration of a bot is stored without its members that are empty, zero or false."""

    @server.override
    class Broken(Bots):
        async def replace_bot(
            self, *, caller: Caller, bot_id: str, body: models.BotReplacement | models.BotReplacementById
        ) -> Json[models.Done]:
            answer = await super().replace_bot(caller=caller, bot_id=bot_id, body=body)
            stored = {name: value for name, value in self._bot(bot_id).items() if value or name == "enable"}
            self._store.put(BOT, bot_id, stored)
            return answer


@fault(breaks=BREAKS)
def one_bot_at_a_time(server: Server) -> None:
    """Enabling a bot disables every other bot."""

    @server.override
    class Broken(Bots):
        def _switch(self, bot_id: str, *, on: bool) -> Json[models.Done]:
            for bot in self._store.all(BOT):
                self._store.put(BOT, bot["id"], bot | {"enable": bot["enable"] and not on})
            return super()._switch(bot_id, on=on)


@fault(breaks=BREAKS)
def lists_of_sources_become_texts(server: Server) -> None:
    """The second path to a change of a provider source stores lists as texts."""

    def as_texts(body: Any) -> Any:
        return {name: str(value) if isinstance(value, list) else value for name, value in body.items()}

    server.bodies["PUT /api/v1/provider-sources/by-id"] = as_texts


@fault(breaks=BREAKS)
def a_source_takes_other_providers_along(server: Server) -> None:
    """Deleting a provider source deletes every provider that is off."""

    @server.override
    class Broken(ProviderStore):
        def remove_source(self, source_id: str) -> None:
            super().remove_source(source_id)
            for provider in self.providers():
                if not provider["enable"]:
                    self._store.remove(PROVIDER, provider["id"])
