"""Personas and their folders."""

from __future__ import annotations

from astrbot_api import models
from astrbot_api.server import Json
from astrbot_api.server.personas import PersonasService

from .answers import ok
from .auth import Caller
from .bodies import given
from .clock import stamp
from .context import Context, Service
from .refusal import Refusal
from .stores.persona_folders import PersonaFolders
from .stores.store import JsonObject

PERSONA = "persona"


class Personas(Service, PersonasService[Caller]):
    """The operations of the tag `personas`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._folders = context.overrides.of(PersonaFolders)(self._store, self._clock)

    async def list_persona_folders(
        self, *, caller: Caller, parent_id: str | None = None
    ) -> Json[models.PersonaFolderListAnswer]:
        """The folders in a folder, or those at the top."""
        return ok(models.PersonaFolderListAnswer, self._folders.within(parent_id))

    async def create_persona_folder(
        self, *, caller: Caller, body: models.PersonaFolderCreation
    ) -> Json[models.CreatedPersonaFolderAnswer]:
        """Create a folder."""
        folder = self._folders.create(given(body))
        return ok(models.CreatedPersonaFolderAnswer, {"message": "Created", "folder": folder})

    async def update_persona_folder(
        self, *, caller: Caller, folder_id: str, body: models.PersonaFolderChange
    ) -> Json[models.PersonaNoteAnswer]:
        """Update the given members of a folder, if it exists."""
        fields = given(body)
        refuse_empty_id(folder_id)
        self.refuse_another_id(folder_id, fields.get("folder_id"))
        self._folders.change(folder_id, fields)
        return ok(models.PersonaNoteAnswer, {"message": "Saved"})

    async def delete_persona_folder(self, *, caller: Caller, folder_id: str) -> Json[models.PersonaNoteAnswer]:
        """Delete a folder, if it exists; its contents move to the top."""
        refuse_empty_id(folder_id)
        self._folders.remove(folder_id)
        for persona in self._store.all(PERSONA):
            if persona["folder_id"] == folder_id:
                self._keep(persona, folder_id=None)
        return ok(models.PersonaNoteAnswer, {"message": "Deleted"})

    async def get_persona_tree(self, *, caller: Caller) -> Json[models.PersonaTreeAnswer]:
        """The folders as a tree."""
        return ok(models.PersonaTreeAnswer, self._folders.tree())

    async def list_personas(self, *, caller: Caller, folder_id: str | None = None) -> Json[models.PersonaListAnswer]:
        """All personas in the order of creation, or those in a folder in their own order."""
        personas = self._store.all(PERSONA)
        if folder_id is not None:
            personas = [persona for persona in personas if (persona["folder_id"] or "") == folder_id]
            personas.sort(key=lambda persona: persona["sort_order"])
        return ok(models.PersonaListAnswer, personas)

    async def create_persona(
        self, *, caller: Caller, body: models.PersonaCreation
    ) -> Json[models.CreatedPersonaAnswer]:
        """Create a persona. Raises Refusal if the id is taken."""
        fields = given(body)
        persona_id = fields["persona_id"].strip()
        if self._store.get(PERSONA, persona_id) is not None:
            raise Refusal(f"Persona {persona_id} already exists")
        refuse_broken_dialog(fields.get("begin_dialogs") or [])
        stored = self._keep(self._new(fields | {"persona_id": persona_id}))
        shown = stored | {"tools": stored["tools"] or [], "skills": stored["skills"] or []}
        return ok(models.CreatedPersonaAnswer, {"message": "Created", "persona": shown})

    async def get_persona(self, *, caller: Caller, persona_id: str) -> Json[models.PersonaAnswer]:
        """A persona. Raises Refusal if it does not exist."""
        return ok(models.PersonaAnswer, self._persona(persona_id))

    async def update_persona(
        self, *, caller: Caller, persona_id: str, body: models.PersonaChange
    ) -> Json[models.PersonaNoteAnswer]:
        """Update the given members of a persona."""
        fields = given(body)
        self.refuse_another_id(persona_id, fields.get("persona_id"))
        return self._change(persona_id, fields)

    async def update_persona_by_id(
        self, *, caller: Caller, body: models.PersonaChangeById
    ) -> Json[models.PersonaNoteAnswer]:
        """Update the given members of a persona."""
        return self._change(body.persona_id, given(body))

    async def delete_persona(self, *, caller: Caller, persona_id: str) -> Json[models.PersonaNoteAnswer]:
        """Delete a persona."""
        self._persona(persona_id)
        self._store.remove(PERSONA, persona_id)
        return ok(models.PersonaNoteAnswer, {"message": "Deleted"})

    async def move_persona(self, *, caller: Caller, body: models.PersonaMove) -> Json[models.PersonaNoteAnswer]:
        """Move a persona to a folder, if it exists."""
        persona = self._store.get(PERSONA, body.persona_id)
        if persona is not None:
            self._keep(persona, folder_id=given(body).get("folder_id") or None)
        return ok(models.PersonaNoteAnswer, {"message": "Moved"})

    async def reorder_personas(self, *, caller: Caller, body: models.PersonaOrder) -> Json[models.PersonaNoteAnswer]:
        """Set the order of the given personas and folders, if they exist."""
        for place in body.items:
            if place.type == "folder":
                self._folders.change(place.id, {"sort_order": place.sort_order})
            elif (persona := self._store.get(PERSONA, place.id)) is not None:
                self._keep(persona, sort_order=place.sort_order)
        return ok(models.PersonaNoteAnswer, {"message": "Saved"})

    @staticmethod
    def refuse_another_id(addressed: str, named: str | None) -> None:
        """Raises Refusal if the body names another id than the path: real servers then change that other one."""
        if named and named != addressed:
            raise Refusal("The id in the body differs from the id in the path")

    def _persona(self, persona_id: str) -> JsonObject:
        return self._store.find(PERSONA, persona_id, f"Persona {persona_id} not found")

    def _change(self, persona_id: str, fields: JsonObject) -> Json[models.PersonaNoteAnswer]:
        persona = self._persona(persona_id)
        changes: JsonObject = {name: fields[name] for name in ("tools", "skills") if name in fields}
        changes |= {name: fields[name] for name in ("system_prompt", "begin_dialogs") if fields.get(name) is not None}
        if "custom_error_message" in fields:
            changes["custom_error_message"] = told(fields["custom_error_message"])
        refuse_broken_dialog(changes.get("begin_dialogs", []))
        self._keep(persona, **changes)
        return ok(models.PersonaNoteAnswer, {"message": "Saved"})

    def _new(self, fields: JsonObject) -> JsonObject:
        """A persona with these members, created now."""
        return {
            "persona_id": fields["persona_id"],
            "system_prompt": fields["system_prompt"].strip(),
            "begin_dialogs": fields.get("begin_dialogs") or [],
            "tools": fields.get("tools") or None,
            "skills": fields.get("skills") or None,
            "custom_error_message": told(fields.get("custom_error_message")),
            "folder_id": fields.get("folder_id"),
            "sort_order": fields.get("sort_order") or 0,
            "created_at": self._now(),
        }

    def _keep(self, persona: JsonObject, **changes: object) -> JsonObject:
        stored = persona | changes | {"updated_at": self._now()}
        self._store.put(PERSONA, stored["persona_id"], stored)
        return stored

    def _now(self) -> str:
        return stamp(self._clock().replace(tzinfo=None))


def told(message: str | None) -> str | None:
    """The error message for users; None if it is blank."""
    return message if message and message.strip() else None


def refuse_broken_dialog(dialog: list[object]) -> None:
    """Raises Refusal unless the dialog has an even number of items and none is blank."""
    if len(dialog) % 2:
        raise Refusal("begin_dialogs must have an even number of items")
    if any(isinstance(turn, str) and not turn.strip() for turn in dialog):
        raise Refusal("begin_dialogs must not contain empty items")


def refuse_empty_id(id: str) -> None:
    """Raises Refusal if the id at the end of a path is empty."""
    if not id:
        raise Refusal("folder_id is required")
