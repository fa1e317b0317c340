"""Personas, with the default persona of the system from 4.29.1 on."""

from __future__ import annotations

from astrbot_api.models import CreatedPersonaAnswer, PersonaCreation, PersonaNoteAnswer
from astrbot_api.server import Json

from astrbot_reference import personas
from astrbot_reference.auth import Caller
from astrbot_reference.context import Context
from astrbot_reference.personas import PERSONA
from astrbot_reference.refusal import Refusal
from astrbot_reference.release import since

DEFAULT = "default"
PROMPT = "You answer questions."


class Personas(personas.Personas):
    """A fresh server contains the persona `default`, which cannot be created or deleted."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._has_default = since(context.contract, "4.29.1")
        if self._has_default and self._store.get(PERSONA, DEFAULT) is None:
            self._keep(self._new({"persona_id": DEFAULT, "system_prompt": PROMPT}))

    async def create_persona(self, *, caller: Caller, body: PersonaCreation) -> Json[CreatedPersonaAnswer]:
        """Create a persona. Raises Refusal if the id is taken or reserved."""
        if self._has_default and body.persona_id.strip() == DEFAULT:
            raise Refusal(f"Persona {DEFAULT} is reserved for the system")
        return await super().create_persona(caller=caller, body=body)

    async def delete_persona(self, *, caller: Caller, persona_id: str) -> Json[PersonaNoteAnswer]:
        """Delete a persona. Raises Refusal if it does not exist or belongs to the system."""
        if self._has_default and persona_id == DEFAULT:
            raise Refusal(f"Persona {DEFAULT} belongs to the system and cannot be deleted")
        return await super().delete_persona(caller=caller, persona_id=persona_id)
