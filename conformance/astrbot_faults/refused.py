"""Faults in rejected requests: the server rejects a request for its content, but stores a part of it."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_reference.auth import Caller
from astrbot_reference.bodies import given
from astrbot_reference.bots import BOT, Bots
from astrbot_reference.personas import PERSONA, Personas
from astrbot_reference.refusal import Refusal
from astrbot_reference.stores.persona_folders import FOLDER, PersonaFolders
from astrbot_reference.stores.provider_store import PROVIDER, ProviderStore
from astrbot_reference.stores.store import JsonObject
from astrbot_reference.t2i import T2i, usable

from .server import Server, fault

BREAKS = "SCOPE-NO-EFFECT"


@fault(breaks=BREAKS)
def rejected_providers_are_listed_too(server: Server) -> None:
    """A provider whose id is taken is rejected, and then listed beside the first one."""
    rejected = list[JsonObject]()

    @server.override
    class Broken(ProviderStore):
        def add(self, provider: JsonObject) -> None:
            try:
                super().add(provider)
            except Refusal:
                rejected.append(provider)
                raise

        def providers(self) -> list[JsonObject]:
            stored = super().providers()
            ids = {provider["id"] for provider in stored}
            return [*stored, *(provider for provider in rejected if provider["id"] in ids)]


@fault(breaks=BREAKS)
def a_taken_persona_is_moved(server: Server) -> None:
    """A persona whose id is taken is rejected, but the position of the existing one changes."""

    @server.override
    class Broken(Personas):
        async def create_persona(
            self, *, caller: Caller, body: models.PersonaCreation
        ) -> Json[models.CreatedPersonaAnswer]:
            stored = self._store.get(PERSONA, body.persona_id)
            if stored is not None:
                self._keep(stored, sort_order=stored["sort_order"] + 1)
            return await super().create_persona(caller=caller, body=body)


@fault(breaks=BREAKS)
def unsafe_templates_are_stored(server: Server) -> None:
    """A template that is not safe is rejected after it was stored."""

    @server.override
    class Broken(T2i):
        async def replace_t2i_template(
            self, *, caller: Caller, name: str, body: models.T2iTemplateText
        ) -> Json[models.T2iTemplateNameAnswer]:
            self._keep(usable(name), given(body)["content"])
            return await super().replace_t2i_template(caller=caller, name=name, body=body)


@fault(breaks=BREAKS)
def a_looping_folder_is_renamed(server: Server) -> None:
    """A folder that would contain itself is rejected, but its new name is stored."""

    @server.override
    class Broken(PersonaFolders):
        def change(self, folder_id: str, fields: JsonObject) -> None:
            try:
                super().change(folder_id, fields)
            except Refusal:
                folder = self._store.get(FOLDER, folder_id) or {}
                self._store.put(FOLDER, folder_id, folder | {"name": fields.get("name") or folder["name"]})
                raise


@fault(breaks=BREAKS)
def a_rejected_id_removes_the_provider(server: Server) -> None:
    """A provider that would get the id of another one is rejected, but loses its own configuration."""

    @server.override
    class Broken(ProviderStore):
        def replace(self, provider_id: str, provider: JsonObject) -> None:
            try:
                super().replace(provider_id, provider)
            except Refusal:
                if self._store.get(PROVIDER, provider_id) is not None:
                    self._store.remove(PROVIDER, provider_id)
                raise


@fault(breaks=BREAKS)
def a_rejected_change_creates_a_bot(server: Server) -> None:
    """A change of a nonexistent bot is rejected, but the bot is created."""

    @server.override
    class Broken(Bots):
        async def replace_bot(
            self, *, caller: Caller, bot_id: str, body: models.BotReplacement | models.BotReplacementById
        ) -> Json[models.Done]:
            if self._store.get(BOT, bot_id) is None:
                self._store.put(BOT, bot_id, self._described(body, bot_id))
                raise Refusal(f"Bot {bot_id} not found")
            return await super().replace_bot(caller=caller, bot_id=bot_id, body=body)


@fault(breaks=BREAKS)
def bots_are_locked_by_a_rejection(server: Server) -> None:
    """After a creation that is rejected because the id is taken, changes of that bot are confirmed but not made."""
    locked = set[str]()

    @server.override
    class Broken(Bots):
        async def create_bot(self, *, caller: Caller, body: models.BotCreation) -> Json[models.Done]:
            try:
                return await super().create_bot(caller=caller, body=body)
            except Refusal:
                locked.add(given(body)["id"])
                raise

        def _keep(self, bot: JsonObject) -> None:
            if bot["id"] not in locked:
                super()._keep(bot)


@fault(breaks=BREAKS)
def personas_are_locked_by_half_a_dialog(server: Server) -> None:
    """After a change of a persona that is rejected for its dialog, every further change of it is rejected."""
    locked = set[str]()

    @server.override
    class Broken(Personas):
        def _change(self, persona_id: str, fields: JsonObject) -> Json[models.PersonaNoteAnswer]:
            if persona_id in locked:
                raise Refusal("The persona is being changed")
            try:
                return super()._change(persona_id, fields)
            except Refusal as error:
                if "even number" in str(error):
                    locked.add(persona_id)
                raise
